"""Telling the audience of a circular when it becomes visible, and reminding those who wait."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from epk.lib.notices import notify
from news.models import CircularVersion, Reader
from news.notices.circulars import CIRCULAR, REMINDER, item_of, subject_of

REMIND_AFTER: Final = (dt.timedelta(days=3), dt.timedelta(days=7))


def tell_of_circulars() -> int:
    """Tell of every circular that has become visible, once a version; says of how many."""
    waiting = CircularVersion.objects.asking().untold().order_by("pk").values_list("pk", flat=True)
    return sum(_tell(key) for key in list(waiting))


def remind_of_circulars() -> int:
    """Remind those who have not acknowledged, 3 and 7 days after they were told; says how many.

    Where the first reminder was missed altogether, only the second is sent.
    """
    now, count = timezone.now(), 0
    for step in range(len(REMIND_AFTER), 0, -1):
        due = CircularVersion.objects.asking().told_until(now - REMIND_AFTER[step - 1])
        keys = due.filter(reminded__lt=step).order_by("pk").values_list("pk", flat=True)
        count += sum(_remind(key, step) for key in list(keys))
    return count


@transaction.atomic
def _tell(key: int) -> bool:
    version = _taken(CircularVersion.objects.asking().untold().filter(pk=key).values("pk"))
    if version is None:
        return False
    notify(CIRCULAR, subject=subject_of(version), item=item_of(version))
    version.told_at = timezone.now()
    version.save(update_fields=["told_at"])
    return True


@transaction.atomic
def _remind(key: int, step: int) -> int:
    """The rows that were marked are those who are told: both or neither happens."""
    asking = CircularVersion.objects.asking().filter(pk=key, reminded__lt=step)
    version = _taken(asking.values("pk"))
    if version is None:
        return 0
    due = Reader.objects.of_version(key).to_remind(step, timezone.localdate())
    count = Reader.objects.filter(pk__in=due.values("pk")).update(reminded=step)
    if count:
        notify(REMINDER, subject=subject_of(version), item=item_of(version, step))
    version.reminded = step
    version.save(update_fields=["reminded"])
    return count


def _taken(keys: Any) -> CircularVersion | None:
    """The version, held by this job alone; None where another has it or it is done."""
    rows = CircularVersion.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(pk__in=keys).first()
