"""Working days."""

from __future__ import annotations

import datetime as dt

import pytest

from epk.lib.workdays import after_workdays, is_workday, previous_workday


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (dt.date(2026, 11, 24), dt.date(2026, 11, 27)),  # Tuesday to Friday
        (dt.date(2026, 11, 26), dt.date(2026, 12, 1)),  # over a weekend
        (dt.date(2026, 11, 28), dt.date(2026, 12, 2)),  # from a Saturday
        (dt.date(2026, 12, 23), dt.date(2026, 12, 29)),  # over Christmas
        (dt.date(2026, 12, 30), dt.date(2027, 1, 5)),  # over New Year
    ],
)
def test_three_working_days(begin: dt.date, end: dt.date) -> None:
    assert after_workdays(begin, 3) == end


def test_the_operator_names_more_holidays(settings: object) -> None:
    nyepi = dt.date(2026, 3, 19)
    assert is_workday(nyepi)
    settings.HOLIDAYS = (nyepi,)  # type: ignore[attr-defined]
    assert not is_workday(nyepi)


def test_the_working_day_before_a_monday_is_friday() -> None:
    assert previous_workday(dt.date(2026, 11, 30)) == dt.date(2026, 11, 27)
