"""What the Pembina types: what an answer rests on and until when, and the regulations themselves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from epk.lib.keyset import moment_in, place_in
from epk.lib.plain_text import PlainTextField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from forum.models import Regulation

MOST_CITATIONS: Final = 5
YEARS: Final = 2
MOST_YEARS: Final = 10
FORMATS: Final = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
NO_BASIS = "Pilih paling sedikit satu peraturan dengan pasalnya."
NO_ARTICLE = "Tulis pasalnya, misalnya Pasal 12 ayat (3)."
NO_REGULATION = "Pilih peraturan yang memuat pasal ini."
TWICE = "Peraturan dan pasal ini sudah disebut."
UNKNOWN = "Peraturan itu tidak ada atau tidak lagi berlaku."


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Isi tanggalnya.",
            "invalid": "Tanggal ini tidak dikenal; tulis seperti 31-12-2028.",
        },
        **kwargs,
    )


def regulation_field(regulations: Iterable[Regulation], label: str) -> forms.TypedChoiceField:
    """One of regulations that were read already: five fields ask the database once."""
    by_key = {str(found.pk): found for found in regulations}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Pilih peraturan"), *((key, str(found)) for key, found in by_key.items())],
        coerce=by_key.__getitem__,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )


class VerifyForm(forms.Form):
    """One to five regulations with their articles; until when; the version that was read."""

    valid_until = day_field(
        "Berlaku sampai", help_text="Sesudah itu jawaban kembali ke daftar tinjauan."
    )
    note = PlainTextField(
        label="Catatan",
        lines=True,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tampil di bawah jawaban, misalnya untuk siapa jawaban ini tidak berlaku.",
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regulations: Iterable[Regulation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regulations = list(regulations)
        cited: dict[str, forms.Field] = {}
        for number in self.numbers:
            cited[f"regulation_{number}"] = regulation_field(regulations, f"Peraturan {number}")
            cited[f"article_{number}"] = PlainTextField(
                label=f"Pasal {number}", max_length=80, required=False
            )
        self.fields = {**cited, **self.fields}

    numbers = range(1, MOST_CITATIONS + 1)

    @property
    def first_pair(self) -> list[Any]:
        return self._pair(1)

    @property
    def other_pairs(self) -> list[list[Any]]:
        return [self._pair(number) for number in self.numbers[1:]]

    @property
    def has_others(self) -> bool:
        """Whether more than the first was filled in, so that it is shown opened."""
        return any(field.value() or field.errors for pair in self.other_pairs for field in pair)

    @property
    def citations(self) -> list[tuple[Regulation, str]]:
        pairs = [
            (self.cleaned_data.get(f"regulation_{n}"), self.cleaned_data.get(f"article_{n}"))
            for n in self.numbers
        ]
        return [(found, article) for found, article in pairs if found and article]

    def clean_valid_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_until"]
        today = timezone.localdate()
        if day <= today:
            raise ValidationError("Pilih hari sesudah hari ini.", code="past")
        if day > today + dt.timedelta(days=366 * MOST_YEARS):
            raise ValidationError(f"Paling lama {MOST_YEARS} tahun dari sekarang.", code="far")
        return day

    def clean(self) -> dict[str, Any]:
        seen: set[tuple[int, str]] = set()
        for number in self.numbers:
            self._check_pair(number, seen)
        if not seen and not self.errors:
            self.add_error("regulation_1", NO_BASIS)
        return self.cleaned_data

    def _check_pair(self, number: int, seen: set[tuple[int, str]]) -> None:
        names = f"regulation_{number}", f"article_{number}"
        if any(name in self.errors for name in names):
            return
        found, article = (self.cleaned_data.get(name) for name in names)
        if found and not article:
            self.add_error(names[1], NO_ARTICLE)
        elif article and not found:
            self.add_error(names[0], NO_REGULATION)
        elif found and article:
            if (found.pk, article) in seen:
                self.add_error(names[1], TWICE)
            seen.add((found.pk, article))

    def _pair(self, number: int) -> list[Any]:
        return [self[f"regulation_{number}"], self[f"article_{number}"]]


class WithdrawForm(forms.Form):
    """Why the Pembina no longer vouches for an answer."""

    reason = PlainTextField(
        label="Alasan mencabut",
        max_length=300,
        help_text="Disimpan bersama verifikasi yang dicabut.",
        error_messages={"required": "Tulis alasannya."},
    )


class RegulationForm(forms.Form):
    """A regulation that answers may cite."""

    name = PlainTextField(
        label="Nama pendek",
        max_length=80,
        help_text="Misalnya Permenaker 1/2026.",
        error_messages={"required": "Tulis namanya."},
    )
    title = PlainTextField(label="Tentang", max_length=300, required=False)
    in_force_from = day_field("Berlaku sejak")

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class ReviewsForm(forms.Form):
    """After which rows the two lists of the Pembina go on; junk is left out."""

    tinjau = forms.CharField(max_length=60, required=False)
    belum = forms.CharField(max_length=60, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def after_review(self) -> tuple[dt.date, int] | None:
        return place_in(self.cleaned_data.get("tinjau"), dt.date.fromisoformat)

    @property
    def after_answered(self) -> tuple[dt.datetime, int] | None:
        return place_in(self.cleaned_data.get("belum"), moment_in)


class ReplaceForm(forms.Form):
    """From which day on a regulation is no longer in force, and by which one it is replaced."""

    on = day_field("Tidak berlaku sejak")

    def __init__(self, *args: Any, successors: Iterable[Regulation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = regulation_field(successors, "Diganti dengan")
        field.help_text = "Kosongkan bila dicabut tanpa pengganti."
        self.fields["by_regulation"] = field
