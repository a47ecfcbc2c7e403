"""Reading the inbox: mark rows as read, plan mails anew, forget what is a year old."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from epk.lib.jobs import enqueue
from epk.lib.notices import kind_named, names_under
from notifications.actions.events import COMPOSE
from notifications.models import Digest, Event, MailHours, Notification, Preference

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.queries import NotificationQuerySet

logger = logging.getLogger(__name__)
KEPT: Final = dt.timedelta(days=365)
SWEPT_AT_ONCE: Final = 5000


def mark_read(user: User, *, up_to: int, group: str = "") -> int:
    """Everything that was there when the page was shown, or what comes under one heading of it.

    Says how many were unread.
    """
    rows = Notification.objects.of(user.pk).unread().up_to(up_to)
    return _mark(rows.of_kinds(names_under(group)) if group else rows)


def mark_group_read(user: User, kind: str, subject: str, *, up_to: int) -> int:
    """One group, as far as it was shown."""
    rows = Notification.objects.of(user.pk).about(kind, subject)
    return _mark(rows.unread().up_to(up_to))


def mark_group_unread(user: User, kind: str, subject: str) -> int:
    """The newest event of a group, to come back to it."""
    rows = Notification.objects.of(user.pk).about(kind, subject).order_by("-pk")
    newest = rows.values("pk")[:1]
    return Notification.objects.filter(pk__in=newest).update(read_at=None)


def open_group(user: User, kind: str, subject: str, *, up_to: int) -> str | None:
    """Mark a group as read and say where its oldest unread event that may be seen is.

    None where nothing of it may be seen any more.
    """
    judged = Notification.objects.of(user.pk).up_to(up_to).first_of_groups([(kind, subject)])
    mark_group_read(user, kind, subject, up_to=up_to)
    known = kind_named(kind)
    if known is None:
        return None
    try:
        seen = known.seen(user, [row.ref for row in judged])
    except Exception:
        logger.exception("what may be seen of %s cannot be told", subject)
        return None
    visible = [row for row in judged if row.ref in seen]
    unread = [row for row in visible if row.read_at is None]
    first = (unread or visible[-1:])[:1]
    return seen[first[0].ref].path if first else None


def sweep_inbox() -> None:
    """Rows go after a year, and events and digests that nobody has any more."""
    oldest = timezone.now() - KEPT
    while True:
        old = Notification.objects.older_than(oldest).order_by("created_at")
        chosen = list(old.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
        if not chosen:
            break
        Notification.objects.filter(pk__in=chosen).delete()
    Event.objects.filter(created_at__lt=oldest, notifications=None).delete()
    Digest.objects.filter(created_at__lt=oldest).delete()


def forget_inbox(user: User) -> None:
    """Delete what the inbox holds of a person, events that nobody else was told of included."""
    own = Notification.objects.of(user.pk)
    events = list(own.values_list("event_id", flat=True))
    own.delete()
    Event.objects.filter(pk__in=events, notifications=None).delete()
    Event.objects.filter(by=user).update(by=None)
    for table in (Preference, MailHours, Digest):
        table.objects.filter(user=user).delete()


def try_again(rows: Iterable[Notification]) -> int:
    """Compose the mails again that could not be; says how many are due now."""
    with transaction.atomic():
        asked = Notification.objects.filter(pk__in=[row.pk for row in rows]).in_trouble()
        again = asked.update(due_at=timezone.now(), trouble="", tries=0)
        if again:
            enqueue(COMPOSE)
    return again


def _mark(rows: NotificationQuerySet[Notification]) -> int:
    """Locked in the order that all others keep too, so that nobody waits for each other."""
    with transaction.atomic():
        locked = rows.select_for_update().order_by("pk")
        chosen = list(locked.values_list("pk", flat=True))
        return Notification.objects.filter(pk__in=chosen).update(read_at=timezone.now())
