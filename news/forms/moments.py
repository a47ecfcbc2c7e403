"""A day and a time on the clock of a zone that the form names, and back without moving it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from registry.models import Region

FORMATS: Final = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H.%M")
WRONG: Final = "Tulis tanggal dan jamnya, misalnya 2026-11-25 09:00."
ODD_YEAR: Final = "Tahunnya di luar 2000 sampai 2100."
NO_SUCH_TIME: Final = (
    "Jam itu tidak ada, atau ada dua kali, karena pergantian zona; pilih jam lain."
)


class MomentField(forms.Field):
    """The cleaned value is what a clock on the wall shows; `moment_of` says which moment that is."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        for form in FORMATS:
            try:
                found = dt.datetime.strptime(text, form)  # noqa: DTZ007  (the zone comes after)
            except ValueError:
                continue
            if not 2000 <= found.year <= 2100:
                raise ValidationError(ODD_YEAR, code="year")
            return found.replace(second=0, microsecond=0)
        raise ValidationError(WRONG, code="invalid")


def zone_named(name: str, default: dt.tzinfo) -> dt.tzinfo:
    """The zone that a form was shown in; one of Indonesia's, or else the default."""
    return ZoneInfo(name) if name in Region.Zone.values else default


def name_of(zone: dt.tzinfo) -> str:
    """`Asia/Jayapura`, to be carried by a form."""
    return str(getattr(zone, "key", ""))


def wall_clock(moment: dt.datetime | None, zone: dt.tzinfo) -> str:
    """What the field shows of a stored moment."""
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}" if moment else ""


def moment_of(
    typed: dt.datetime | None, zone: dt.tzinfo, stored: dt.datetime | None
) -> dt.datetime | None:
    """The moment meant. One that was left as it was keeps its seconds, and its place."""
    if typed is None:
        return None
    if stored is not None and f"{typed:%Y-%m-%dT%H:%M}" == wall_clock(stored, zone):
        return stored
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise ValidationError(NO_SUCH_TIME, code="shift")
    return first.astimezone(dt.UTC)
