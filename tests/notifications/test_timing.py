"""When a mail is due: quiet hours, days and weeks, by the clock of the recipient."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from epk.lib.notices import Choice
from notifications.timing import Hours, due, local_day

WIB, WIT = "Asia/Jakarta", "Asia/Jayapura"


def _at(text: str, zone: str = WIB) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 19:59:59", "2026-11-24 19:59:59"),
        ("2026-11-24 20:00:00", "2026-11-25 06:00:00"),
        ("2026-11-24 23:30:00", "2026-11-25 06:00:00"),
        ("2026-11-25 00:00:00", "2026-11-25 06:00:00"),
        ("2026-11-25 05:59:59", "2026-11-25 06:00:00"),
        ("2026-11-25 06:00:00", "2026-11-25 06:00:00"),
        ("2026-12-31 22:00:00", "2027-01-01 06:00:00"),
    ],
)
def test_at_once_waits_for_the_end_of_the_quiet_hours(moment: str, expected: str) -> None:
    assert due(Choice.AT_ONCE, _at(moment), Hours()) == _at(expected)


def test_quiet_hours_within_one_day_and_none_at_all() -> None:
    noon = Hours(quiet_from=dt.time(12), quiet_until=dt.time(13))
    assert due(Choice.AT_ONCE, _at("2026-11-24 12:30"), noon) == _at("2026-11-24 13:00")
    assert due(Choice.AT_ONCE, _at("2026-11-24 23:00"), noon) == _at("2026-11-24 23:00")
    never = Hours(quiet_from=dt.time(8), quiet_until=dt.time(8))
    assert due(Choice.AT_ONCE, _at("2026-11-24 08:00"), never) == _at("2026-11-24 08:00")


def test_quiet_hours_end_to_the_second() -> None:
    odd = Hours(quiet_from=dt.time(20), quiet_until=dt.time(6, 0, 30))
    assert due(Choice.AT_ONCE, _at("2026-11-24 06:00:10"), odd) == _at("2026-11-24 06:00:30")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 06:59", "2026-11-24 07:00"),
        ("2026-11-24 07:00", "2026-11-25 07:00"),
        ("2026-11-24 23:59", "2026-11-25 07:00"),
    ],
)
def test_a_daily_digest_is_the_next_one(moment: str, expected: str) -> None:
    assert due(Choice.DAILY, _at(moment), Hours()) == _at(expected)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23 06:59", "2026-11-23 07:00"),  # a Monday
        ("2026-11-23 07:00", "2026-11-30 07:00"),
        ("2026-11-29 23:59", "2026-11-30 07:00"),
    ],
)
def test_a_weekly_digest_comes_on_its_day(moment: str, expected: str) -> None:
    assert due(Choice.WEEKLY, _at(moment), Hours()) == _at(expected)


def test_every_moment_of_a_week_has_a_weekly_digest_ahead() -> None:
    friday = Hours(zone=WIT, digest_weekday=4, digest_at=dt.time(16, 30))
    start = _at("2026-11-23 00:00", WIT)
    for hour in range(24 * 7):
        moment = start + dt.timedelta(hours=hour)
        at = due(Choice.WEEKLY, moment, friday)
        assert at is not None
        assert moment < at <= moment + dt.timedelta(days=7)
        assert at.astimezone(ZoneInfo(WIT)).strftime("%w %H:%M") == "5 16:30"


@pytest.mark.parametrize("choice", [Choice.INBOX, Choice.NONE])
def test_no_mail_was_chosen(choice: Choice) -> None:
    assert due(choice, _at("2026-11-24 10:00"), Hours()) is None


def test_the_clock_is_that_of_the_recipient() -> None:
    """18.30 in Jakarta is 20.30 in Jayapura, where it is quiet already."""
    moment = _at("2026-11-24 18:30")
    assert due(Choice.AT_ONCE, moment, Hours(zone=WIB)) == moment
    assert due(Choice.AT_ONCE, moment, Hours(zone=WIT)) == _at("2026-11-25 06:00", WIT)
    assert local_day(_at("2026-11-24 22:30"), Hours(zone=WIB)) == dt.date(2026, 11, 24)
    assert local_day(_at("2026-11-24 22:30"), Hours(zone=WIT)) == dt.date(2026, 11, 25)
