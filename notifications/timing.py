"""When a mail is due: quiet hours and the time of digests, by the clock of the recipient."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from epk.lib.notices import Choice

WEEK: Final = 7


@dataclass(frozen=True)
class Hours:
    """Wall clock times in `zone`. Quiet hours may pass midnight; none where both ends are equal.

    `digest_weekday` counts from Monday, 0.
    """

    zone: str = "Asia/Jakarta"
    quiet_from: dt.time = dt.time(20)
    quiet_until: dt.time = dt.time(6)
    digest_at: dt.time = dt.time(7)
    digest_weekday: int = 0

    def is_quiet_at(self, moment: dt.datetime) -> bool:
        return self.is_quiet(moment.astimezone(ZoneInfo(self.zone)).time())

    def is_quiet(self, clock: dt.time) -> bool:
        """The first minute of the quiet hours is quiet, that of their end is not."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until


DEFAULT: Final = Hours()


def due(choice: Choice, moment: dt.datetime, hours: Hours) -> dt.datetime | None:
    """When the mail about an event of that moment is written; None for choices without one.

    At once means at the end of the quiet hours where it falls into them. A digest is the next one
    after the moment, never one at the moment itself: that may be made already.
    """
    local = moment.astimezone(ZoneInfo(hours.zone))
    if choice is Choice.AT_ONCE:
        if not hours.is_quiet_at(moment):
            return moment
        return _next(local, hours.quiet_until)
    if choice is Choice.DAILY:
        return _next(local, hours.digest_at)
    if choice is Choice.WEEKLY:
        ahead = (hours.digest_weekday - local.weekday()) % WEEK
        at = _on(local.date() + dt.timedelta(days=ahead), hours.digest_at, hours)
        return at if at > local else at + dt.timedelta(days=WEEK)
    return None


def local_day(moment: dt.datetime, hours: Hours) -> dt.date:
    """The day that the recipient's calendar shows."""
    return moment.astimezone(ZoneInfo(hours.zone)).date()


def _next(local: dt.datetime, clock: dt.time) -> dt.datetime:
    """The first time after `local` that its clock shows this."""
    at = local.replace(
        hour=clock.hour,
        minute=clock.minute,
        second=clock.second,
        microsecond=clock.microsecond,
    )
    return at if at > local else at + dt.timedelta(days=1)


def _on(day: dt.date, clock: dt.time, hours: Hours) -> dt.datetime:
    return dt.datetime.combine(day, clock, ZoneInfo(hours.zone))
