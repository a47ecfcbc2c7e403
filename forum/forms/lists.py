"""The address of a list or of a page of a topic, read as a form: junk is left out, never a 500."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict

ORDERS = {"": "Terbaru", "terima-kasih": "Paling bermanfaat"}
SHOWING = {
    "": "Semua",
    "belum-terjawab": "Belum terjawab",
    "ikut-saya": "Ikut saya",
    "belum-dibaca": "Belum dibaca",
}
MOST_PAGES = 1_000_000


class PageForm(forms.Form):
    """Which page of a topic, or which post of it; without either, the first page."""

    halaman = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)
    tulisan = forms.IntegerField(min_value=1, max_value=2_000_000_000, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    def number(self, size: int) -> int:
        """The number of the page, for pages of `size` posts."""
        post: int | None = self.cleaned_data.get("tulisan")
        if post:
            return (post - 1) // size + 1
        return self.cleaned_data.get("halaman") or 1


class ListForm(forms.Form):
    """Which topics, in which order, after which one (a page of a list begins where another ended)."""

    tampil = forms.ChoiceField(choices=list(SHOWING.items()), required=False)
    urut = forms.ChoiceField(choices=list(ORDERS.items()), required=False)
    setelah = forms.CharField(max_length=60, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def showing(self) -> str:
        return self.cleaned_data.get("tampil") or ""

    @property
    def order(self) -> str:
        return self.cleaned_data.get("urut") or ""

    @property
    def after(self) -> tuple[Any, int] | None:
        """Where the page begins: the value by which it is ordered, and the topic's number."""
        text: str = self.cleaned_data.get("setelah") or ""
        if not self.order:
            return moment_and_number(text)
        value, _, number = text.partition("~")
        whole = value.isascii() and value.isdigit() and len(value) < 10
        return (int(value), int(number)) if whole and _is_key(number) else None


def moment_and_number(text: str) -> tuple[dt.datetime, int] | None:
    """Where a page of a list by time begins, as `2026-11-24T08:00:00+00:00~17`; None for junk."""
    value, _, number = text.partition("~")
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment, int(number)) if moment.tzinfo and _is_key(number) else None


def _is_key(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 19
