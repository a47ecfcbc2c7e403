"""Working days: Monday to Friday without national holidays, by which terms are counted."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings

# The holidays on fixed dates: 1 January (Tahun Baru Masehi), 1 May (Hari Buruh, Keppres 24/2013),
# 1 June (Hari Lahir Pancasila, Keppres 24/2016), 17 August (Hari Kemerdekaan) and 25 December
# (Kelahiran Yesus Kristus), all in Keppres 8/2024. Those by a religious calendar are set each year by a
# joint decree (SKB 3 Menteri): the operator adds them in the setting HOLIDAYS.
FIXED: Final = ((1, 1), (5, 1), (6, 1), (8, 17), (12, 25))


def is_workday(day: dt.date) -> bool:
    if day.weekday() >= 5 or (day.month, day.day) in FIXED:
        return False
    return day not in getattr(settings, "HOLIDAYS", ())


def after_workdays(day: dt.date, count: int) -> dt.date:
    """The day on which `count` working days have gone by; the day itself does not count."""
    while count > 0:
        day += dt.timedelta(days=1)
        if is_workday(day):
            count -= 1
    return day


def previous_workday(day: dt.date) -> dt.date:
    """The last working day before this one."""
    day -= dt.timedelta(days=1)
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day
