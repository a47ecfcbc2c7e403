"""Keamanan akun: second factor, recovery codes, and showing once more who one is."""

from __future__ import annotations

from typing import Any

from allauth.account import views as library
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import (
    CodeAgainForm,
    KeyAgainForm,
    KeyForm,
    KeyNameForm,
    PasswordAgainForm,
    TotpForm,
)
from accounts.refusals import with_status
from accounts.rules import lacks_second_factor

MANAGE = reverse_lazy("mfa_index")


class IndexView(mfa.IndexView):
    """All that guards one's account, on one page."""

    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        kinds = found["authenticators"]
        codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
        return {
            **found,
            "totp": kinds.get(Authenticator.Type.TOTP),
            "keys": kinds.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else None,
            "must_set_up": lacks_second_factor(self.request.user),
        }


class ActivateTotpView(totp.ActivateTOTPView):
    template_name = "accounts/totp_activate.html"

    def get_form_class(self) -> Any:
        return TotpForm


class DeactivateTotpView(totp.DeactivateTOTPView):
    template_name = "accounts/totp_deactivate.html"


class AddKeyView(webauthn.AddWebAuthnView):
    template_name = "accounts/key_add.html"

    def get_form_class(self) -> Any:
        return KeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library leaves out the bound form, and with it the name and what was wrong.
        return {**super().get_context_data(**kwargs), **kwargs}


class EditKeyView(webauthn.EditWebAuthnView):
    template_name = "accounts/key_edit.html"
    success_url = MANAGE

    def get_form_class(self) -> Any:
        return KeyNameForm


class RemoveKeyView(webauthn.RemoveWebAuthnView):
    template_name = "accounts/key_remove.html"
    success_url = MANAGE


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodesView(recovery.GenerateRecoveryCodesView):
    template_name = "accounts/recovery_codes_new.html"


class PasswordAgainView(library.ReauthenticateView):
    template_name = "accounts/again_password.html"

    def get_form_class(self) -> Any:
        return PasswordAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return with_status(super().form_invalid(form), form)


class CodeAgainView(mfa.ReauthenticateView):
    template_name = "accounts/again_code.html"

    def get_form_class(self) -> Any:
        return CodeAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return with_status(super().form_invalid(form), form)


class KeyAgainView(webauthn.ReauthenticateWebAuthnView):
    template_name = "accounts/again_key.html"

    def get_form_class(self) -> Any:
        return KeyAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kwargs}


def _page(view: type[View], *methods: str) -> Any:
    """A page nobody may keep a copy of."""
    kept_nowhere = method_decorator(never_cache, name="dispatch")(view)
    return require_http_methods([*methods, "GET", "HEAD"])(kept_nowhere.as_view())


index: Any = _page(IndexView)
totp_activate: Any = _page(ActivateTotpView, "POST")
totp_deactivate: Any = _page(DeactivateTotpView, "POST")
key_add: Any = _page(AddKeyView, "POST")
key_edit: Any = _page(EditKeyView, "POST")
key_remove: Any = _page(RemoveKeyView, "POST")
recovery_codes: Any = _page(RecoveryCodesView)
recovery_codes_new: Any = _page(NewRecoveryCodesView, "POST")
again_password: Any = _page(PasswordAgainView, "POST")
again_code: Any = _page(CodeAgainView, "POST")
again_key: Any = _page(KeyAgainView, "POST")
