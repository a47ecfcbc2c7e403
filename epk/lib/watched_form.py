"""Forms for what others will read: private numbers are stopped before they are sent."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from epk.lib import private_numbers

HAS_PHONE = (
    "Tulisan ini memuat nomor telepon ({found}). Hapus nomor pribadi; bila itu nomor kantor,"
    " centang “Tetap kirim”."
)


class WatchedForm(forms.Form):
    """Stops a text with private numbers: a phone until the sender is sure, a NIK always.

    The fields `title` and `source` are looked at, where the form has them.
    """

    watches = True
    has_nik: ClassVar[str] = (
        "Tulisan ini memuat NIK ({found}). NIK tidak boleh dikirim; hapus dulu."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("sure"):
            self.fields["sure"] = _sure()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        texts = (str(self.cleaned_data.get(name) or "") for name in ("title", "source"))
        found = private_numbers.found_in(*texts) if self.watches else []
        if any(number.kind == private_numbers.NIK for number in found):
            sentence = _saying(self.has_nik, private_numbers.NIK, found)
            self.add_error(None, ValidationError(sentence, code="nik"))
        elif found and not self.cleaned_data.get("sure"):
            self.fields["sure"] = _sure()
            sentence = _saying(HAS_PHONE, private_numbers.PHONE, found)
            self.add_error(None, ValidationError(sentence, code="phone"))
        return cleaned


def _sure() -> forms.BooleanField:
    return forms.BooleanField(label="Tetap kirim; ini bukan data pribadi", required=False)


def _saying(sentence: str, kind: str, found: list[private_numbers.Warning]) -> str:
    return sentence.format(found=", ".join(one.masked for one in found if one.kind == kind))
