"""What the public types to ask whether an officer is genuine."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from epk.lib.nip import NipError, parse_nip
from registry.queries import REGISTER_NUMBER


@dataclass(frozen=True)
class Asked:
    """What was typed, read as one of three: an 18-digit NIP, a register number, or a name."""

    kind: str
    value: str


class CheckForm(forms.Form):
    """One field; `asked` is what it holds. The NIP stays in the body of the request."""

    q = forms.CharField(
        label="NIP, nomor register, atau nama lengkap",
        max_length=100,
        help_text="NIP tidak dicatat dan tidak tampil di alamat halaman.",
        error_messages={
            "required": "Isi NIP, nomor register, atau nama lengkap petugas.",
            "max_length": "Isian terlalu panjang; paling banyak 100 huruf.",
            "null_characters_not_allowed": "Isian mengandung huruf yang tidak dapat dibaca.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_q(self) -> Asked:
        text = " ".join(self.cleaned_data["q"].split())
        if sum(character.isdigit() for character in text) > 9:  # no name, no register number
            return Asked("nip", self._nip(text))
        if number := REGISTER_NUMBER.fullmatch(text):
            return Asked("number", str(int(number[1])))
        if len(text) < 3:
            raise ValidationError("Tulis nama lengkap, sedikitnya tiga huruf.")
        return Asked("name", text)

    def _nip(self, text: str) -> str:
        """PPPK numbers hold no month, so a number is refused only when it is neither kind."""
        try:
            return parse_nip(text, pppk=True).digits
        except NipError as error:
            raise ValidationError(str(error)) from error
