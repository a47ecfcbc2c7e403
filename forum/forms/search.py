"""A search of the forum, read from its address: what cannot be used is said beside its field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from epk.lib import zones
from forum.models import Category, Post

ANSWERS: Final = {
    "": "Semua",
    "diterima": "Dengan jawaban diterima",
    "terverifikasi": "Terverifikasi Pembina",
    "belum": "Pertanyaan yang belum terjawab",
}
NARROWING: Final = ("kategori", "penulis", "jawaban", "sejak", "sampai")
REGISTER_NUMBER: Final = re.compile(r"pk-?0*([1-9][0-9]{0,8})", re.IGNORECASE)
FIRST_DAY: Final = dt.date(2000, 1, 1)
LAST_DAY: Final = dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the page shows it: reading it off costs a tenth of rendering its widget."""

    name: str
    label: str
    kind: str
    value: str
    options: list[tuple[str, str]]
    errors: Sequence[str]
    help: str
    longest: int | None


class SearchForm(forms.Form):
    """Always bound; `filters` are conditions on posts, of those fields that could be read."""

    q = forms.CharField(label="Kata yang dicari", max_length=100, required=False)
    kategori = forms.ModelChoiceField(
        label="Kategori",
        queryset=Category.objects.none(),
        empty_label="Semua kategori",
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": "Kategori itu tidak ada."},
    )
    penulis = forms.CharField(
        label="Penulis", max_length=80, required=False, help_text="Nama atau nomor register."
    )
    jawaban = forms.ChoiceField(label="Jawaban", choices=list(ANSWERS.items()), required=False)
    sejak = forms.DateField(
        label="Ditulis sejak", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    sampai = forms.DateField(
        label="Ditulis sampai", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    halaman = forms.IntegerField(min_value=1, max_value=100, required=False)

    def __init__(self, data: QueryDict, *, categories: QuerySet[Category]) -> None:
        super().__init__(data)
        self.fields["kategori"].queryset = categories  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q") or "")

    @property
    def page(self) -> int:
        return self.cleaned_data.get("halaman") or 1

    @property
    def words(self) -> Asked:
        """The field of the words."""
        return self._asked("q")

    @property
    def narrowing(self) -> list[Asked]:
        """The fields beside the words."""
        return [self._asked(name) for name in NARROWING]

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in NARROWING)

    def _asked(self, name: str) -> Asked:
        field: Any = self.fields[name]
        return Asked(
            name=name,
            label=field.label,
            kind=getattr(field.widget, "input_type", "text"),
            value=self.data.get(name, ""),
            options=[(str(value), label) for value, label in getattr(field, "choices", ())],
            errors=[str(error) for error in self.errors.get(name, ())],
            help=field.help_text,
            longest=getattr(field, "max_length", None),
        )

    def clean_sejak(self) -> dt.date | None:
        return _within(self.cleaned_data["sejak"])

    def clean_sampai(self) -> dt.date | None:
        return _within(self.cleaned_data["sampai"])

    def filters(self) -> dict[str, Any]:
        asked, found = self.cleaned_data, dict[str, Any]()
        if asked.get("kategori"):
            found["category"] = asked["kategori"]
        if author := asked.get("penulis"):
            number = REGISTER_NUMBER.fullmatch(author.strip())
            if number:
                found["author_number"] = int(number[1])
            else:
                found["author_name__icontains"] = author
        found |= _answered(asked.get("jawaban") or "")
        if since := asked.get("sejak"):
            found["created_at__gte"] = _midnight(since)
        if until := asked.get("sampai"):
            found["created_at__lt"] = _midnight(until + dt.timedelta(days=1))
        return found


class TitleForm(forms.Form):
    """The title that is being typed."""

    judul = forms.CharField(min_length=2, max_length=150)


class NameForm(forms.Form):
    """The beginning of a name, or a register number, that is being typed after `@`."""

    q = forms.CharField(min_length=2, max_length=60)
    place = forms.CharField(max_length=40, required=False)
    kategori = forms.CharField(max_length=60, required=False)


def _answered(choice: str) -> dict[str, Any]:
    if choice == "diterima":
        return {"topic__accepted__isnull": False}
    if choice == "terverifikasi":
        return {"standing": Post.Standing.VERIFIED}
    if choice == "belum":
        return {
            "topic__kind": "pertanyaan",
            "topic__accepted__isnull": True,
            "topic__verification__isnull": True,
        }
    return {}


def _within(day: dt.date | None) -> dt.date | None:
    """A day before the forum or after everybody means the first or last of its days."""
    return min(max(day, FIRST_DAY), LAST_DAY) if day else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zones.viewers_zone())
