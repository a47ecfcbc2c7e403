"""What people type about their account."""

from accounts.forms.entrance import LoginForm, NameForm
from accounts.forms.passwords import ChangePasswordForm, NewPasswordForm, SetPasswordForm
from accounts.forms.security import (
    CodeAgainForm,
    CodeForm,
    EmailChangeForm,
    KeyAgainForm,
    KeyForm,
    KeyLoginForm,
    KeyNameForm,
    KeyStepForm,
    PasswordAgainForm,
    TotpForm,
)

__all__ = [
    "ChangePasswordForm",
    "CodeAgainForm",
    "CodeForm",
    "EmailChangeForm",
    "KeyAgainForm",
    "KeyForm",
    "KeyLoginForm",
    "KeyNameForm",
    "KeyStepForm",
    "LoginForm",
    "NameForm",
    "NewPasswordForm",
    "PasswordAgainForm",
    "SetPasswordForm",
    "TotpForm",
]
