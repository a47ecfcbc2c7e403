"""An officer as the clerk types them: name, NIP and what must agree with it, photo, expertise."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from epk.lib.dates import format_date
from epk.lib.nip import OLDEST_YEAR, YOUNGEST_AT_APPOINTMENT, NipError, format_nip, parse_nip
from epk.lib.plain_text import refuse_foreign_letters
from registry.forms.admin.base import RegisterForm
from registry.forms.photo import PhotoField
from registry.models import Expertise, Officer

if TYPE_CHECKING:
    from registry.queries import OfficerQuerySet

NIP_ELSEWHERE = (
    "NIP ini sudah tercatat untuk petugas di luar wilayah Anda. Bila orang itu pindah ke sini, "
    "minta Ditjen mencatat mutasinya."
)
SEX_WORDS = {"L": "laki-laki", "P": "perempuan"}


class OfficerForm(RegisterForm):
    """The officer's own row; `fields_of_expertise`, `new_photo`, `remove_photo` go to actions.

    The admin sets `nameable`, the officers whom messages may name to this person.
    """

    nameable: ClassVar[OfficerQuerySet | None] = None

    nip = forms.CharField(
        label="NIP",
        max_length=60,
        required=False,
        empty_value=None,
        help_text=(
            "18 angka; spasi dan titik boleh ikut. Tanggal lahir dan jenis kelamin terisi sendiri "
            "dari NIP bila dikosongkan."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    fields_of_expertise = forms.ModelMultipleChoiceField(
        label="Keahlian",
        queryset=Expertise.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_photo = PhotoField(
        label="Unggah foto",
        required=False,
        help_text="JPEG, PNG, atau WebP, paling besar 5 MB; dipotong menjadi bujur sangkar.",
    )
    remove_photo = forms.BooleanField(label="Hapus foto", required=False)

    class Meta:
        model = Officer
        fields = "__all__"
        error_messages = {
            "name": {"required": "Isi nama petugas, tanpa gelar."},
            "user": {"unique": "Akun ini sudah dipakai oleh petugas lain dalam register."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sex" in self.fields:
            self.fields["sex"].required = False
        self._stored = forms.model_to_dict(self.instance, fields=list(self.fields))
        if self.instance.nip:
            self.initial["nip"] = format_nip(self.instance.nip)
        if not self.instance._state.adding:
            self.initial["fields_of_expertise"] = expertise_of(self.instance)
        else:
            self.fields.pop("remove_photo", None)

    def is_as_stored(self, name: str) -> bool:
        """Whether a field of the row, once cleaned, says what the row said before."""
        value = self.cleaned_data[name]
        return name in self._stored and self._stored[name] == getattr(value, "pk", value)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise ValidationError("Nama harus berisi huruf.")
        refuse_foreign_letters(name)
        return name

    def clean_front_title(self) -> str:
        return _title(self.cleaned_data["front_title"])

    def clean_back_title(self) -> str:
        return _title(self.cleaned_data["back_title"])

    def clean_birth_date(self) -> dt.date | None:
        birth_date: dt.date | None = self.cleaned_data["birth_date"]
        if birth_date is None:
            return None
        latest = dt.date.today().year - YOUNGEST_AT_APPOINTMENT
        if not OLDEST_YEAR <= birth_date.year <= latest:
            raise ValidationError(f"Tahun lahir harus antara {OLDEST_YEAR} dan {latest}.")
        return birth_date

    def clean_merged_into(self) -> Officer | None:
        target: Officer | None = self.cleaned_data["merged_into"]
        if target is None:
            return None
        if target.pk == self.instance.pk:
            raise ValidationError("Petugas tidak dapat digabung ke dirinya sendiri.")
        if target.merged_into_id:
            raise ValidationError(
                f"{target.register_number} sendiri sudah digabung ke petugas lain; pilih yang itu."
            )
        return target

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "nip" in self.fields and "nip" not in self.errors:
            self._check_nip()
        asked = "sex" in self.fields and not self.errors.get("sex") and not self.errors.get("nip")
        if asked and not self.cleaned_data.get("sex"):
            self.add_error("sex", "Pilih jenis kelamin, atau isi NIP yang menyebutnya.")
        return self.cleaned_data

    def _check_nip(self) -> None:
        text = self.cleaned_data.get("nip")
        if not text:
            return
        employment = self.cleaned_data.get("employment")
        if employment == Officer.Employment.NON_ASN:
            self.add_error(
                "nip", "Yang bukan ASN tidak mempunyai NIP; kosongkan NIP atau ubah kepegawaian."
            )
            return
        try:
            nip = parse_nip(text, pppk=employment == Officer.Employment.PPPK)
        except NipError as error:
            self.add_error("nip", str(error))
            return
        self.cleaned_data["nip"] = nip.digits
        self._agree("birth_date", nip.birth_date)
        self._agree("sex", nip.sex)
        self._check_unique(nip.digits)

    def _agree(self, name: str, in_nip: dt.date | str) -> None:
        """Fill an empty field from the NIP; a different value is refused beside the NIP."""
        if name not in self.fields or name in self.errors:
            return
        typed = self.cleaned_data.get(name)
        if not typed:
            self.cleaned_data[name] = in_nip
            return
        if typed == in_nip:
            return
        if isinstance(in_nip, dt.date):
            sentence = (
                f"NIP menyebut tanggal lahir {format_date(in_nip)}, "
                f"tetapi tanggal lahir diisi {format_date(typed)}."
            )
        else:
            sentence = (
                f"NIP menyebut {SEX_WORDS[in_nip]}, tetapi jenis kelamin diisi {SEX_WORDS[typed]}."
            )
        self.add_error("nip", sentence)

    def _check_unique(self, digits: str) -> None:
        other = Officer.objects.filter(nip=digits).exclude(pk=self.instance.pk).first()
        if other is None:
            return
        if self.nameable is not None and not self.nameable.filter(pk=other.pk).exists():
            self.add_error("nip", NIP_ELSEWHERE)
        else:
            self.add_error(
                "nip", f"NIP ini sudah tercatat untuk {other.register_number} ({other.full_name})."
            )


def _title(text: str) -> str:
    refuse_foreign_letters(text)
    return text


def expertise_of(officer: Officer) -> list[Expertise]:
    """The fields of expertise; of a row taken from the history those it had then."""
    seen: list[Expertise] | None = getattr(officer, "seen_expertise", None)
    return list(officer.expertise.all()) if seen is None else seen
