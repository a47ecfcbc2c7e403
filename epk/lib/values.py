"""Stored values in words: what a column holds, as an Indonesian reader expects to see it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from epk.lib.dates import format_date, format_datetime
from epk.lib.nip import format_nip

NOTHING = "kosong"


def in_words(column: Any, value: Any) -> str:
    """The value of a column, given as the database writes it into JSON.

    Relations are the caller's: the value of one is a key that says nothing to a reader.
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(column, ArrayField):
        return ", ".join(in_words(column.base_field, item) for item in value) or NOTHING
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if column.attname == "nip":
        return format_nip(str(value))
    return _day_or_text(column, value)


def moment(value: dt.datetime) -> str:
    return format_datetime(value, timezone.get_current_timezone())


def _day_or_text(column: Any, value: Any) -> str:
    if isinstance(column, DateRangeField):
        return _days(str(value))
    if isinstance(column, models.DateTimeField):
        parsed = value if isinstance(value, dt.datetime) else parse_datetime(str(value))
        return moment(parsed) if parsed else str(value)
    if isinstance(column, models.DateField):
        return format_date(dt.date.fromisoformat(str(value)))
    return str(value)


def _days(period: str) -> str:
    """`[2020-01-01,2021-01-01)` as the first and the last day."""
    lower, upper = period.strip("[()]").split(",")
    first = format_date(dt.date.fromisoformat(lower))
    if not upper:
        return f"{first} – seterusnya"
    return f"{first} – {format_date(dt.date.fromisoformat(upper) - dt.timedelta(days=1))}"
