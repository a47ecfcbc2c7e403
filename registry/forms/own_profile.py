"""What officers type about themselves, and what admins say about why they looked."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from epk.lib.plain_text import PlainTextField
from registry.actions import MOVED_MEANWHILE, OWN_FIELDS, OwnProfile
from registry.forms.admin import RegisterForm
from registry.forms.admin.officer import expertise_of
from registry.forms.photo import PhotoField
from registry.models import Expertise, Officer

PHONE = re.compile(r"[0-9 +()-]*")
FEWEST_DIGITS, MOST_DIGITS = 5, 20


class PhoneField(PlainTextField):
    """A telephone number as people write it; a stored one that was not touched stays as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            **kwargs,
        )


class OwnProfileForm(RegisterForm):
    """Contacts, expertise, a few words, and what the public may see."""

    conflict_sentence = MOVED_MEANWHILE
    reason = None  # type: ignore[assignment]

    seen_version = forms.Field(required=False, widget=forms.HiddenInput)  # type: ignore[assignment]
    office_email = forms.EmailField(
        label="E-mail dinas",
        required=False,
        max_length=254,
        error_messages={"invalid": "Tulis alamat e-mail seperti nama@dinas.go.id."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    office_phone = PhoneField(label="Telepon dinas", help_text="Misalnya 0234-271234.")
    private_phone = PhoneField(
        label="Telepon pribadi", help_text="Hanya terlihat oleh Anda dan admin register."
    )
    fields_of_expertise = forms.ModelMultipleChoiceField(
        label="Keahlian",
        queryset=Expertise.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Keahlian itu tidak ada dalam daftar; pilih sekali lagi.",
            "invalid_pk_value": "Keahlian itu tidak ada dalam daftar; pilih sekali lagi.",
        },
    )
    bio = PlainTextField(
        label="Tentang Anda",
        lines=True,
        max_length=600,
        required=False,
        help_text="Paling banyak 600 huruf. Dapat dibaca semua orang.",
    )
    new_photo = PhotoField(
        label="Unggah foto",
        required=False,
        help_text="JPEG, PNG, atau WebP, paling besar 5 MB; dipotong menjadi bujur sangkar.",
    )
    remove_photo = forms.BooleanField(label="Hapus foto yang sekarang", required=False)
    photo_public = forms.BooleanField(
        label="Foto saya boleh dilihat semua orang",
        required=False,
        help_text="Tanpa izin ini hanya Anda dan admin yang melihatnya. Izin dapat dicabut kapan saja.",
    )
    contact_public = forms.BooleanField(
        label="E-mail dan telepon dinas saya boleh dilihat semua orang",
        required=False,
        help_text=(
            "Tanpa izin ini hanya sesama petugas dan admin yang melihatnya. "
            "Izin dapat dicabut kapan saja."
        ),
    )

    class Meta:
        model = Officer
        fields = OWN_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["fields_of_expertise"] = expertise_of(self.instance)
        if not self.instance.photo:
            del self.fields["remove_photo"]

    def clean_office_phone(self) -> str:
        return self._phone("office_phone")

    def clean_private_phone(self) -> str:
        return self._phone("private_phone")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("new_photo") and self.cleaned_data.get("remove_photo"):
            self.add_error("remove_photo", "Pilih salah satu: unggah foto baru, atau hapus foto.")
        return self.cleaned_data

    @property
    def version(self) -> int | None:
        """The version this form was opened on; None for what is no version."""
        text = str(self.cleaned_data.get("seen_version") or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def wanted(self) -> OwnProfile:
        return OwnProfile(
            values={name: self.cleaned_data[name] for name in OWN_FIELDS},
            expertise=list(self.cleaned_data["fields_of_expertise"]),
            new_photo=self.cleaned_data["new_photo"],
            remove_photo=self.cleaned_data.get("remove_photo", False),
        )

    def _phone(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        if not text or name not in self.changed_data:
            return text
        digits = sum(letter.isdigit() for letter in text)
        if not PHONE.fullmatch(text) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
            raise ValidationError(
                "Tulis nomor telepon dengan 5 sampai 20 angka; selain angka hanya spasi, "
                "tanda +, tanda -, dan kurung.",
                code="phone",
            )
        return text


class ReasonForm(forms.Form):
    """Why an admin looked at private data; what is written cannot be changed later."""

    reason = PlainTextField(
        label="Alasan melihat data ini (opsional)",
        max_length=300,
        required=False,
        help_text="Tercatat bersama kunjungan Anda, dan dapat dibaca petugas ini.",
    )

    def clean_reason(self) -> str:
        """Giving a reason is free; sending an empty one is an oversight."""
        reason: str = self.cleaned_data["reason"]
        if not reason:
            raise ValidationError("Tulis alasannya, atau tutup halaman ini tanpa mengisinya.")
        return reason
