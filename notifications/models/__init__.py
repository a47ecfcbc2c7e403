"""What is stored: the outbox of mails, the queue of jobs, the inbox and its preferences."""

from notifications.models.inbox import ENDED, Digest, Event, MailHours, Notification, Preference
from notifications.models.outbox import LANES, Job, Mail, Outage, PausedAddress

__all__ = [
    "ENDED",
    "LANES",
    "Digest",
    "Event",
    "Job",
    "Mail",
    "MailHours",
    "Notification",
    "Outage",
    "PausedAddress",
    "Preference",
]
