"""Who asks to come in: name and password, or the name alone for a link by mail."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as LibraryLoginForm
from django import forms

from accounts.forms.fields import NameField


class LoginForm(LibraryLoginForm):
    """Name (e-mail or NIP) and password; one and the same answer for every wrong pair."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = NameField()
        self.order_fields(["login", "password"])
        password = self.fields["password"]
        password.label = "Kata sandi"
        password.help_text = ""
        password.max_length = None
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        password.error_messages["required"] = "Isi kata sandi Anda."

    def add_prefix(self, field_name: str) -> str:
        """The field is called as browsers and password keepers expect."""
        name: str = super().add_prefix("username" if field_name == "login" else field_name)
        return name

    def user_credentials(self) -> dict[str, str]:
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class NameForm(forms.Form):
    """Whose password link is asked for; whether there is such an account is never told."""

    login = NameField()
