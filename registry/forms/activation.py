"""The NIP of an officer who asks for an account."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from epk.lib.nip import NipError, parse_nip


class ActivationForm(forms.Form):
    nip = forms.CharField(
        label="NIP",
        max_length=60,
        help_text="18 angka; spasi dan titik boleh ikut.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
        error_messages={
            "required": "Isi NIP Anda.",
            "max_length": "NIP terdiri atas 18 angka.",
            "null_characters_not_allowed": "NIP hanya memuat angka.",
        },
    )

    def clean_nip(self) -> str:
        try:
            return parse_nip(self.cleaned_data["nip"], pppk=True).digits
        except NipError as error:
            raise ValidationError(str(error)) from error
