"""Choosing a password: by a link from a mail, or with the present one."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.forms.fields import PasswordField
from accounts.models import User

ADVICE = (
    "Sedikitnya 12 karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak. "
    "Boleh ditempel dari pengelola kata sandi."
)


class NewPasswordForm(forms.Form):
    """A password twice, checked against the rules of the settings."""

    password1 = PasswordField(
        label="Kata sandi baru",
        autocomplete="new-password",
        required="Isi kata sandi baru.",
        help_text=ADVICE,
    )
    password2 = PasswordField(
        label="Kata sandi baru, sekali lagi",
        autocomplete="new-password",
        required="Isi kata sandi baru sekali lagi.",
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if not password.isprintable():
            raise ValidationError("Kata sandi memuat karakter yang tidak dapat dipakai.")
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Kedua kata sandi tidak sama; ketik ulang keduanya.")
        return data


class SetPasswordForm(NewPasswordForm):
    """By whoever is logged in; the library calls `save`."""

    def save(self) -> None:
        actions.change_password(self.user, self.cleaned_data["password1"])


class ChangePasswordForm(SetPasswordForm):
    """With the present password, so that an unwatched screen is not enough."""

    oldpassword = PasswordField(
        label="Kata sandi sekarang",
        autocomplete="current-password",
        required="Isi kata sandi Anda yang sekarang.",
    )
    field_order = ("oldpassword", "password1", "password2")

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError("Kata sandi sekarang tidak cocok.")
        return password
