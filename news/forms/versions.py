"""Which two versions are compared."""

from __future__ import annotations

from django import forms


class CompareForm(forms.Form):
    """`?lama=1&baru=3`; junk is left out."""

    lama = forms.IntegerField(min_value=1, max_value=2_000_000_000, required=False)
    baru = forms.IntegerField(min_value=1, max_value=2_000_000_000, required=False)

    @property
    def pair(self) -> tuple[int | None, int | None]:
        self.is_valid()
        found = self.cleaned_data
        return found.get("lama"), found.get("baru")
