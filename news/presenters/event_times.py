"""When an event is: by the clock of its place first, by another one where that differs."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from epk.lib.dates import format_day


def span(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> str:
    """Senin, 7 Mei 2018, 09.00-17.00 WIB; over several days with both days named."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"{format_day(first)}, {first:%H.%M}–{last:%H.%M} {first.tzname()}"
    return (
        f"{format_day(first)}, {first:%H.%M} {first.tzname()}"
        f" sampai {format_day(last)}, {last:%H.%M} {last.tzname()}"
    )


def session_time(start: dt.datetime, end: dt.datetime | None, zone: dt.tzinfo) -> str:
    """09.00-10.30 WIB; past midnight with the day on which it ends."""
    first = start.astimezone(zone)
    if end is None:
        return f"{first:%H.%M} {first.tzname()}"
    last = end.astimezone(zone)
    if first.date() == last.date():
        return f"{first:%H.%M}–{last:%H.%M} {first.tzname()}"
    return f"{first:%H.%M} – {format_day(last)}, {last:%H.%M} {last.tzname()}"


def other_span(start: dt.datetime, end: dt.datetime, place: dt.tzinfo, viewers: dt.tzinfo) -> str:
    """The same on the viewer's clock; "" where that shows what the place's does."""
    return "" if same_clock(start, place, viewers) else span(start, end, viewers)


def other_session_time(
    start: dt.datetime, end: dt.datetime | None, place: dt.tzinfo, viewers: dt.tzinfo
) -> str:
    """As `other_span`; with the day where on the viewer's clock it begins on another one."""
    if same_clock(start, place, viewers):
        return ""
    text = session_time(start, end, viewers)
    here, there = start.astimezone(viewers), start.astimezone(place)
    return text if here.date() == there.date() else f"{format_day(here)}, {text}"


def same_clock(moment: dt.datetime, one: dt.tzinfo, other: dt.tzinfo) -> bool:
    return moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset()


def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)
