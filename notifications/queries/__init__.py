"""Which mails and notifications, in what order."""

from notifications.queries.inbox import (
    MOST_COUNTED,
    MOST_OF_A_GROUP,
    JudgedRow,
    NotificationQuerySet,
)
from notifications.queries.jobs import JobPulse, pulse_of_jobs
from notifications.queries.locks import COMPOSING, try_hold
from notifications.queries.outbox import CANCELLED, FAILED, SENT, WAITING, MailQuerySet, Standing

__all__ = [
    "CANCELLED",
    "COMPOSING",
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
    "pulse_of_jobs",
    "try_hold",
]
