"""Fields that several forms of accounts share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from epk.lib.mail import parse_mailbox

BAD_EMAIL = "Alamat e-mail ini tidak dapat dikirimi surat; contoh yang benar: nama@dinas.go.id."
FOREIGN_EMAIL = "Alamat e-mail hanya boleh memuat huruf Latin tanpa aksen."
LONGEST_NAME = 254
LONGEST_PASSWORD = 4_096


def plain_email(email: str) -> str:
    """In lower case and without needless quotes, one spelling for one mailbox.

    Raises a ValidationError: a domain in other letters could look like one of ours.
    """
    if not email.isascii():
        raise ValidationError(FOREIGN_EMAIL, code="foreign_letters")
    try:
        return parse_mailbox(email.strip().lower()).addr_spec
    except ValueError as error:
        raise ValidationError(BAD_EMAIL, code="invalid") from error


class NameField(forms.CharField):
    """An e-mail address or a NIP as people type it, spaces and dots included."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="E-mail atau NIP",
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
            error_messages={
                "required": "Isi alamat e-mail atau NIP Anda.",
                "max_length": f"Paling panjang {LONGEST_NAME} karakter.",
            },
            **kwargs,
        )


class PasswordField(forms.CharField):
    """A password, kept as typed: spaces at its ends belong to it."""

    def __init__(self, *, autocomplete: str, label: str, required: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            strip=False,
            max_length=LONGEST_PASSWORD,
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
            error_messages={
                "required": required,
                "max_length": "Kata sandi ini terlalu panjang.",
                "null_characters_not_allowed": "Kata sandi memuat karakter yang tidak dapat dipakai.",
            },
            **kwargs,
        )
