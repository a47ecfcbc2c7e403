"""What an editor does with an article by one button, with a sentence where one is asked for."""

from __future__ import annotations

from typing import Final

from django import forms

from epk.lib.plain_text import PlainTextField

ACTS: Final = (
    "setujui",
    "kembalikan",
    "tarik_ajuan",
    "batalkan",
    "versi_baru",
    "pulihkan",
    "tarik",
    "terbitkan_lagi",
    "sematkan",
    "lepas",
    "buat_tautan",
    "cabut_tautan",
)
UNKNOWN: Final = "Tindakan itu tidak (lagi) dapat dilakukan di sini; muat ulang halamannya."


class ActForm(forms.Form):
    """Which act; `seen` is how often the version had been saved, `number` a version, link or days."""

    aksi = forms.ChoiceField(
        choices=[(act, act) for act in ACTS],
        error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN},
    )
    seen = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)
    number = forms.IntegerField(min_value=0, max_value=2**62, required=False)
    words = PlainTextField(lines=True, label="Alasan atau catatan", max_length=500, required=False)

    def clean_words(self) -> str:
        return " ".join((self.cleaned_data["words"] or "").split())
