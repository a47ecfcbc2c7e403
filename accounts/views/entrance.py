"""Coming in and going out."""

from __future__ import annotations

from typing import Any

from allauth.account import views as library
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import CodeForm, KeyLoginForm, KeyStepForm, LoginForm
from accounts.forms.security import UNREADABLE_KEY
from accounts.refusals import with_status
from accounts.sso import provider_name


class LoginView(library.LoginView):
    form_class = LoginForm
    template_name = "accounts/login.html"

    def get_form_class(self) -> Any:
        return self.form_class

    def form_invalid(self, form: Any) -> HttpResponse:
        return with_status(super().form_invalid(form), form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "sso_name": provider_name()}


class SecondStepView(mfa.AuthenticateView):
    """After the password: the code, or a key."""

    template_name = "accounts/login_code.html"

    def get_form_class(self) -> Any:
        return CodeForm

    def get_webauthn_form_class(self) -> Any:
        return KeyStepForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return with_status(super().form_invalid(form), form)


class KeyLoginView(webauthn.LoginWebAuthnView):
    def get_form_class(self) -> Any:
        return KeyLoginForm

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002
        messages.error(self.request, UNREADABLE_KEY)
        return redirect("account_login")


login = require_http_methods(["GET", "HEAD", "POST"])(LoginView.as_view())
logout = require_POST(login_not_required(library.LogoutView.as_view()))
login_code = require_http_methods(["GET", "HEAD", "POST"])(
    method_decorator(never_cache, name="dispatch")(SecondStepView).as_view()
)
login_key = require_http_methods(["GET", "HEAD", "POST"])(KeyLoginView.as_view())


@login_not_required
@never_cache
@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Who came in by a key or by single sign-on, with an account that was closed."""
    return render(request, "accounts/inactive.html", status=403)
