"""Dates and times in Indonesian."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from epk.lib.dates import format_date, format_datetime, format_day, format_rest

MOMENT = dt.datetime(2018, 5, 7, 2, 30, tzinfo=dt.UTC)


def test_a_date_names_its_month() -> None:
    assert format_date(dt.date(2018, 5, 7)) == "7 Mei 2018"


def test_a_day_names_its_weekday() -> None:
    assert format_day(dt.date(2018, 5, 7)) == "Senin, 7 Mei 2018"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "7 Mei 2018, 09.30 WIB"),
        ("Asia/Makassar", "7 Mei 2018, 10.30 WITA"),
        ("Asia/Jayapura", "7 Mei 2018, 11.30 WIT"),
    ],
)
def test_a_time_says_which_zone(zone: str, expected: str) -> None:
    assert format_datetime(MOMENT, ZoneInfo(zone)) == expected


def test_the_date_moves_with_the_zone() -> None:
    evening = dt.datetime(2018, 5, 7, 16, 0, tzinfo=dt.UTC)
    assert format_datetime(evening, ZoneInfo("Asia/Jayapura")) == "8 Mei 2018, 01.00 WIT"


def test_a_time_without_zone_is_refused() -> None:
    naive = MOMENT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        format_datetime(naive, ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 detik"), (45, "45 detik"), (60, "1 menit"), (61, "2 menit"), (300, "5 menit"),
     (5_400, "90 menit"), (7_200, "2 jam"), (7_201, "3 jam")],
)  # fmt: skip
def test_a_wait_is_rounded_up(seconds: int, words: str) -> None:
    assert format_rest(seconds) == words
