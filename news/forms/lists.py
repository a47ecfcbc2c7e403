"""The address of the list of news read as a form: junk is dropped and named, never a 500."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict

from epk.lib.keyset import moment_in, place_in
from news.models import Article

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199
SHOWN: Final = 60
"""Characters of a refused value that are shown again."""
NARROWING: Final = ("jenis", "kategori", "tahun")


class ListForm(forms.Form):
    """Which articles, after which one (a page of the list begins where another one ended).

    Always bound. `ignored` holds a sentence for everything in the address that was not used.
    """

    q = forms.CharField(label="Kata yang dicari", max_length=100, required=False)
    jenis = forms.ChoiceField(label="Jenis", choices=Article.Kind.choices, required=False)
    kategori = forms.ChoiceField(label="Kategori", required=False)
    tahun = forms.IntegerField(
        label="Tahun", min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    setelah = forms.CharField(label="Tempat", max_length=60, required=False)
    halaman = forms.IntegerField(label="Halaman", min_value=1, max_value=100, required=False)

    def __init__(self, data: QueryDict, categories: Mapping[str, str]) -> None:
        super().__init__(data)
        self.categories = categories
        self.fields["kategori"].choices = list(categories.items())  # type: ignore[attr-defined]
        self.full_clean()
        self.ignored = [self._sentence(name) for name in self.errors]

    @property
    def text(self) -> str:
        return " ".join((self.cleaned_data.get("q") or "").split())

    @property
    def kind(self) -> str:
        return self.cleaned_data.get("jenis") or ""

    @property
    def category(self) -> str:
        return self.cleaned_data.get("kategori") or ""

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")

    @property
    def page(self) -> int:
        """Of what a search has found, which is ranked and therefore counted in pages."""
        return self.cleaned_data.get("halaman") or 1

    @property
    def after(self) -> tuple[dt.datetime, int] | None:
        return place_in(self.cleaned_data.get("setelah"), moment_in)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.kind or self.category or self.year)

    def query(self, **changes: Any) -> dict[str, str]:
        """The address of this list from its first page, with these parts changed."""
        parts = {"q": self.text, "jenis": self.kind, "kategori": self.category, "tahun": self.year}
        return {name: str(value) for name, value in (parts | changes).items() if value}

    def _sentence(self, name: str) -> str:
        label = self.fields[name].label
        value = str(self.data.get(name, "")).replace("\0", "")[:SHOWN]
        if name == "q":
            return (
                "Kata pencarian tidak dapat dibaca atau lebih dari 100 huruf, jadi tidak dipakai."
            )
        if name in {"setelah", "halaman"}:
            return "Halaman itu tidak ada; ini halaman pertama."
        return f"{label} “{value}” tidak dikenal, jadi tidak dipakai."
