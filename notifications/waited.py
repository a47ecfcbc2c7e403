"""Mails that have waited: whether what was right when they were written is right now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from epk.lib.jobs import enqueue
from epk.lib.notices import MAILED, Choice, Sees, kind_named
from notifications.actions import COMPOSE
from notifications.actions.events import choices_of, hours_of
from notifications.models import Digest, Mail, Notification
from notifications.timing import DEFAULT, due

FRESH: Final = dt.timedelta(minutes=2)
"""Until then what was judged while the mail was composed still holds."""
UNJUDGED: Final = "Belum dapat diperiksa apakah penerima masih boleh melihat isinya."
"""Why a mail waits that no app could judge."""


@dataclass(frozen=True)
class Verdict:
    """The rows of a mail that may still be told of in a mail, and those that may not."""

    good: list[Notification]
    bad: list[Notification]


def has_waited(mail: Mail, now: dt.datetime) -> bool:
    """Not by the clock alone: one that was put back makes a mail of tomorrow, judged who knows when."""
    return abs(now - mail.created_at) > FRESH


def judge(mail: Mail) -> Verdict:
    """Ask of each row whether its recipient may still see the event and still wants mails of it.

    Whatever an app raises in its answer comes through.
    """
    rows = list(
        Notification.objects.filter(mail=mail).select_related("event", "recipient").order_by("pk")
    )
    kinds = {name: kind for name in {row.kind for row in rows} if (kind := kind_named(name))}
    wanted = choices_of({row.recipient_id for row in rows}, *kinds.values())
    asked: dict[Sees, list[Notification]] = defaultdict(list)
    for row in rows:
        kind = kinds.get(row.kind)
        if kind and wanted[row.kind][row.recipient_id] in MAILED:
            asked[kind.seen].append(row)
    good: set[int] = set()
    for sees, group in asked.items():
        seen = sees(group[0].recipient, [row.event.ref for row in group])
        good |= {row.pk for row in group if row.event.ref in seen}
    return Verdict(
        good=[row for row in rows if row.pk in good],
        bad=[row for row in rows if row.pk not in good],
    )


def quiet_until(rows: list[Notification], now: dt.datetime) -> dt.datetime | None:
    """When the quiet hours of the recipient end that it is in now; None outside of them.

    Digests come at the hour that was chosen for them, or as soon as they can.
    """
    if not rows or any(row.span != Choice.AT_ONCE for row in rows):
        return None
    person = rows[0].recipient_id
    end = due(Choice.AT_ONCE, now, hours_of([person]).get(person, DEFAULT))
    return end if end is not None and end > now else None


def surely_not_taken(mail: Mail) -> bool:
    """Whether the server has never been offered this mail, not before it was tried again by hand
    either: only then can nobody have got it.
    """
    return mail.attempts == 0 and mail.last_error in ("", UNJUDGED)


def put_back(rows: list[Notification], mail: Mail, now: dt.datetime) -> None:
    """Have a new mail written of rows whose mail is cancelled, in the transaction that cancels it.

    The text goes: tried again by hand, that mail would tell of them a second time.
    """
    locked = Notification.objects.select_for_update().order_by("pk")
    keys = list(locked.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    Mail.objects.filter(pk=mail.pk).update(text="", html="")
    Digest.objects.filter(mail=mail).delete()
    Notification.objects.filter(pk__in=keys).update(mail=None, due_at=now, tries=0)
    enqueue(COMPOSE, once=True)
