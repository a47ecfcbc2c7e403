"""What people type about their account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    """Name (e-mail or NIP) and password; one and the same answer for every wrong pair."""

    error_messages = {
        "invalid_login": "E-mail/NIP atau kata sandi tidak cocok. Periksa keduanya lalu coba lagi.",
        "inactive": "Akun ini tidak aktif. Hubungi admin Anda.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label = "E-mail atau NIP"
        name.widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "maxlength": 254}
        )
        name.error_messages["required"] = "Isi alamat e-mail atau NIP Anda."
        password.label = "Kata sandi"
        password.error_messages["required"] = "Isi kata sandi Anda."
