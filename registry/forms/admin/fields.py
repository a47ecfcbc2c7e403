"""Dates as Indonesia writes them and files judged by their content, as form fields."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from epk.lib.dates import MONTHS
from epk.lib.files import CheckedFile, check_document

EARLIEST = dt.date(1930, 1, 1)
YEARS_AHEAD = 10
_NUMBERS = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}")
_WITH_MONTH = re.compile(r"(\d{1,2})[\s-]+([a-z]+)\.?[\s-]+(\d{4})", re.IGNORECASE)
_ABBREVIATIONS = {
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)},
    "peb": 2, "ags": 8, "agt": 8, "nop": 11,
}  # fmt: skip


class DayField(forms.DateField):
    """`7-5-2018`, `7/5/2018`, `7 Mei 2018` or `2018-05-07`, between 1930 and ten years from now."""

    default_error_messages = {"invalid": "Tulis tanggal seperti 7-5-2018 atau 7 Mei 2018."}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        text = _with_month_number(value.strip()) if isinstance(value, str) else value
        try:
            day = super().to_python(text)
        except ValidationError as error:
            if isinstance(text, str) and _NUMBERS.fullmatch(text):
                raise ValidationError(
                    "Tanggal “%(day)s” tidak ada.", code="no_such_day", params={"day": value}
                ) from error
            raise
        if day is None or (day >= EARLIEST and day.year <= dt.date.today().year + YEARS_AHEAD):
            return day
        raise ValidationError(
            "Tahun %(year)s tidak masuk akal; periksa tanggalnya.",
            code="implausible",
            params={"year": day.year},
        )


class DocumentField(forms.FileField):
    """A scan or PDF; its cleaned value is the checked file, or None where none was sent."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        return check_document(upload) if isinstance(upload, UploadedFile) else None


def _with_month_number(text: str) -> str:
    """`7 Mei 2018` as `7-5-2018`; anything else is left to the parser."""
    match = _WITH_MONTH.fullmatch(text)
    if match is None:
        return text
    name = match[2].lower()
    number = _ABBREVIATIONS.get(name[:3])
    known = number and (len(name) == 3 or MONTHS[number - 1].lower().startswith(name))
    return f"{match[1]}-{number}-{match[3]}" if known else text
