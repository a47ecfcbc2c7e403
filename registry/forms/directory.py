"""The address of the directory read as one bound form: junk is dropped and named, never a 500."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from epk.lib.nip import clean_digits
from registry.models import Jenjang, StatusRecord, Unit
from registry.queries import Choices, Filters

ORDERS = {
    "nama": "Nama A–Z",
    "-nama": "Nama Z–A",
    "jenjang": "Jenjang tertinggi",
    "wilayah": "Wilayah",
    "terbaru": "Terbaru dicatat",
}
BEST_MATCH = "cocok"
SHOWN = 60
"""Characters of a refused value that are shown again."""


class ForgivingMultipleChoiceField(forms.MultipleChoiceField):
    """Keeps the choices that exist; the others are named by the form."""

    def clean(self, value: Any) -> Any:
        chosen = self.to_python(value)
        return list(dict.fromkeys(code for code in chosen if self.valid_value(code)))

    def unknown(self, value: Any) -> list[str]:
        return [code for code in self.to_python(value) if code and not self.valid_value(code)]


class DirectoryForm(forms.Form):
    """Filters, order and page of the directory, as in contract.md.

    Always bound. `cleaned_data` holds usable values for every field; `ignored` holds a sentence
    for everything in the address that was not used.
    """

    q = forms.CharField(
        label="Nama, unit kerja, atau nomor register", max_length=100, required=False
    )
    provinsi = forms.CharField(label="Provinsi", required=False)
    kabupaten = forms.CharField(label="Kabupaten/kota", required=False)
    tingkat = forms.ChoiceField(
        label="Tempat bertugas", choices=[("", "Semua"), *Unit.Tier.choices], required=False
    )
    jenjang = ForgivingMultipleChoiceField(label="Jenjang", choices=Jenjang.choices, required=False)
    status = ForgivingMultipleChoiceField(
        label="Status", choices=StatusRecord.Status.choices, required=False
    )
    keahlian = ForgivingMultipleChoiceField(label="Keahlian", required=False)
    per = forms.DateField(label="Keadaan per tanggal", required=False, input_formats=["%Y-%m-%d"])
    urut = forms.ChoiceField(
        label="Urutkan",
        choices=[("", ""), *ORDERS.items(), (BEST_MATCH, "Paling cocok")],
        required=False,
    )
    halaman = forms.IntegerField(label="Halaman", required=False, min_value=1, max_value=100_000)

    EARLIEST: ClassVar[dt.date] = dt.date(1950, 1, 1)
    LATEST: ClassVar[dt.date] = dt.date(2100, 12, 31)

    def __init__(self, data: QueryDict, choices: Choices) -> None:
        super().__init__(data)
        self.address = data
        self.ignored: list[str] = []
        self.regions = choices.by_code
        self.fields["keahlian"].choices = choices.expertise  # type: ignore[attr-defined]
        self.full_clean()

    def clean_provinsi(self) -> str:
        code: str = self.cleaned_data["provinsi"]
        if code and (code not in self.regions or self.regions[code].province):
            raise ValidationError("unknown", code="unknown")
        return code

    def clean_kabupaten(self) -> str:
        code: str = self.cleaned_data["kabupaten"]
        asked = self.address.get("provinsi", "") or code[:2]
        if code and (code not in self.regions or self.regions[code].province != asked):
            raise ValidationError("unknown", code="unknown")
        return code

    def clean_q(self) -> str:
        text = " ".join(self.cleaned_data["q"].split())
        if len(clean_digits(text)) >= 18 and clean_digits(text).isdigit():
            raise ValidationError(
                "NIP tidak dicari di sini supaya tidak tercatat di alamat; pakai halaman Cek petugas."
            )
        return text

    def clean_per(self) -> dt.date | None:
        date: dt.date | None = self.cleaned_data["per"]
        if date and not self.EARLIEST <= date <= self.LATEST:
            raise ValidationError("Tanggal di luar rentang 1950 sampai 2100.")
        return date

    def full_clean(self) -> None:
        super().full_clean()
        for name, field in self.fields.items():
            if name in self.errors:
                self.ignored.append(self._sentence(name, field))
                self.cleaned_data[name] = field.empty_value if name == "q" else None  # type: ignore[attr-defined]
            elif isinstance(field, ForgivingMultipleChoiceField):
                for code in field.unknown(self.address.getlist(name))[:3]:
                    self.ignored.append(f"{field.label} “{code[:SHOWN]}” tidak dikenal.")
            elif len(set(self.address.getlist(name))) > 1:
                self.ignored.append(
                    f"{field.label} tertulis lebih dari sekali di alamat; yang dipakai yang terakhir."
                )

    def _sentence(self, name: str, field: forms.Field) -> str:
        error = self.errors.as_data()[name][0]
        value = self.address.get(name, "").replace("\0", "")[:SHOWN]
        if name in {"q", "per"} and error.code is None:
            return str(error.messages[0])
        if name == "q":
            return (
                "Kata pencarian tidak dapat dibaca atau lebih dari 100 huruf, jadi tidak dipakai."
            )
        if name == "per":
            return f"Tanggal “{value}” tidak dikenal; tulis seperti 2025-12-31."
        if name == "halaman":
            return f"Halaman “{value}” tidak ada; ini halaman pertama."
        if name == "kabupaten" and value in self.regions:
            return f"{self.regions[value].name} tidak berada di provinsi itu, jadi tidak dipakai."
        return f"{field.label} “{value}” tidak dikenal."

    # --- What the view asks ----------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.cleaned_data["q"] or ""

    @property
    def region_code(self) -> str:
        return self.cleaned_data["kabupaten"] or self.cleaned_data["provinsi"] or ""

    @property
    def order(self) -> str:
        order: str = self.cleaned_data["urut"] or ""
        if order == BEST_MATCH and not self.text:
            order = ""
        return order or (BEST_MATCH if self.text else "nama")

    @property
    def page_number(self) -> int:
        return self.cleaned_data["halaman"] or 1

    def filters(self) -> Filters:
        return Filters(
            region=self.region_code,
            tier=self.cleaned_data["tingkat"] or "",
            jenjang=tuple(self.cleaned_data["jenjang"] or ()),
            status=tuple(self.cleaned_data["status"] or ()),
            expertise=tuple(self.cleaned_data["keahlian"] or ()),
        )

    def query(self, **changes: str | list[str]) -> QueryDict:
        """The address of this search, junk and page number left out, with some values changed."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            value = changes.get(name, self.cleaned_data[name])
            if name == "halaman" or not value:
                continue
            query.setlist(name, value if isinstance(value, list) else [str(value)])
        return query
