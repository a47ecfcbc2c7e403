"""The second factor, the address, and showing once more who one is."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from accounts import throttle
from accounts.forms.fields import LONGEST_NAME, PasswordField, plain_email
from accounts.models import User
from accounts.throttle import TooManyError

LONGEST_KEY_NAME = 60
UNREADABLE_KEY = "Kunci tidak terbaca. Coba lagi, atau pakai cara lain."
MALFORMED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


def _as_code(field: forms.Field, *, label: str, help_text: str) -> None:
    field.label, field.help_text = label, help_text
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20}
    )
    field.error_messages["required"] = "Isi kodenya."


class _Code(BaseAuthenticateForm):
    """The code of the app, or one of the recovery codes; spaces may stand in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(
            self.fields["code"],
            label="Kode",
            help_text="6 angka dari aplikasi autentikator, atau satu kode cadangan.",
        )

    def clean_code(self) -> str:
        """Counted before it is looked at, and given back if it was right."""
        verdict = throttle.hit_by(context.request, "second_factor", account=f"#{self.user.pk}")
        if not verdict.allowed:
            raise TooManyError(verdict)
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        code: str = super().clean_code()
        throttle.release(verdict)
        return code


class CodeForm(_Code, AuthenticateForm):
    """As the second step of entering."""


class CodeAgainForm(_Code, ReauthenticateCodeForm):
    """Once more before something that matters."""


class TotpForm(ActivateTOTPForm):
    """The first code of an app that has just been set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(
            self.fields["code"],
            label="Kode dari aplikasi",
            help_text="6 angka yang sekarang tampil di aplikasi autentikator.",
        )

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        code: str = super().clean_code()
        return code


class _AnyAnswer(forms.Form):
    """What a browser says of a key is read by the library; what is no such thing is refused here."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except MALFORMED:
            self.add_error(None, UNREADABLE_KEY)


class KeyLoginForm(_AnyAnswer, LoginWebAuthnForm):
    """Entering with a key alone."""


class KeyStepForm(_AnyAnswer, AuthenticateWebAuthnForm):
    """A key as the second step."""


class KeyAgainForm(_AnyAnswer, ReauthenticateWebAuthnForm):
    """A key once more before something that matters."""


class KeyForm(_AnyAnswer, AddWebAuthnForm):
    """A passkey or security key with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_key_name(self.fields["name"])
        self.fields["name"].help_text = "Misalnya “Ponsel saya” atau “Kunci USB kantor”."
        passwordless = self.fields["passwordless"]
        passwordless.label = "Boleh masuk dengan kunci ini tanpa kata sandi"
        passwordless.help_text = "Kuncinya lalu meminta PIN, sidik jari, atau wajah."


class KeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_key_name(self.fields["name"])
        self.fields["name"].error_messages["required"] = "Isi nama kunci."


def _as_key_name(field: forms.Field) -> None:
    field.label = "Nama kunci"
    field.widget.attrs["maxlength"] = LONGEST_KEY_NAME
    sentence = f"Paling panjang {LONGEST_KEY_NAME} karakter."
    field.validators.append(MaxLengthValidator(LONGEST_KEY_NAME, sentence))


class PasswordAgainForm(ReauthenticateForm):
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField(
            label="Kata sandi",
            autocomplete="current-password",
            required="Isi kata sandi Anda.",
        )


class EmailChangeForm(forms.Form):
    """The new address, and the password."""

    email = forms.EmailField(
        label="Alamat e-mail baru",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Isi alamat e-mail yang baru.",
            "invalid": "Alamat e-mail ini tidak lengkap; contoh: nama@dinas.go.id.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = PasswordField(
        label="Kata sandi",
        autocomplete="current-password",
        required="Isi kata sandi Anda.",
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email = plain_email(self.cleaned_data["email"])
        if email == self.user.email:
            raise ValidationError("Ini alamat yang sekarang; isi alamat yang lain.")
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError("Kata sandi tidak cocok.")
        return password
