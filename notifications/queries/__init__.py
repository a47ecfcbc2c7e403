"""Which mails and notifications, in what order."""

from notifications.queries.inbox import (
    MOST_COUNTED,
    MOST_OF_A_GROUP,
    JudgedRow,
    NotificationQuerySet,
    composing_lock,
)
from notifications.queries.jobs import JobPulse, pulse_of_jobs
from notifications.queries.outbox import CANCELLED, FAILED, SENT, WAITING, MailQuerySet, Standing

__all__ = [
    "CANCELLED",
    "FAILED",
    "MOST_COUNTED",
    "MOST_OF_A_GROUP",
    "SENT",
    "WAITING",
    "JobPulse",
    "JudgedRow",
    "MailQuerySet",
    "NotificationQuerySet",
    "Standing",
    "composing_lock",
    "pulse_of_jobs",
]
