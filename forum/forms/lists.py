"""The address of a list or of a page of a topic, read as a form: junk is left out, never a 500."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from epk.lib.keyset import count_in, moment_in, place_in

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
        return place_in(self.cleaned_data.get("setelah"), count_in if self.order else moment_in)
