"""The mail server is away: all workers wait together, and one of them tries whether it is back."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone

from notifications.actions import ensure_look
from notifications.models import LANES, Outage

FIRST_PAUSE: Final = dt.timedelta(seconds=15)
LONGEST_PAUSE: Final = dt.timedelta(minutes=5)
PROBE: Final = dt.timedelta(seconds=60)
"""How long a try may take before another worker takes it over; longer than a mail server is
waited for when it answers nothing."""


class Leave(enum.Enum):
    """What a worker may do that has a mail to hand over."""

    GO = enum.auto()
    TRY = enum.auto()
    """Nobody else is trying: whether the server is back is to be told by `is_over` or `goes_on`."""
    WAIT = enum.auto()


def ask_leave() -> Leave:
    """Whether mails may be handed over now; while the server is away, one worker at a time."""
    now = timezone.now()
    if not Outage.objects.exists():
        return Leave.GO
    # A clock that was a day ahead must not stop all mail for that day once it is put back.
    come = Q(next_try__lte=now) | Q(next_try__gt=now + Outage.FURTHEST)
    taken = Outage.objects.filter(come).update(next_try=now + PROBE)
    return Leave.TRY if taken else Leave.WAIT


def begin(reason: str) -> None:
    """The first worker that meets it notes it; the others find it noted."""
    now = timezone.now()
    row = Outage(
        pk=Outage.ONLY,
        since=now,
        next_try=now + FIRST_PAUSE,
        pause=FIRST_PAUSE,
        last_error=reason[:300],
    )
    Outage.objects.bulk_create([row], ignore_conflicts=True)


def goes_on(reason: str) -> None:
    """A try has failed: the next one after twice the time, at most five minutes."""
    pause = Least(F("pause") * 2, LONGEST_PAUSE)
    Outage.objects.update(pause=pause, next_try=timezone.now() + pause, last_error=reason[:300])


def is_over() -> None:
    """The server has answered: every lane is looked at again at once."""
    with transaction.atomic():
        Outage.objects.all().delete()
        for lane in range(LANES):
            ensure_look(lane)
