"""Passwords: the first one, a forgotten one, a new one."""

from __future__ import annotations

from typing import Any

from allauth.account import views as library
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import actions, links, throttle
from accounts.forms import ChangePasswordForm, NameForm, NewPasswordForm, SetPasswordForm
from accounts.refusals import refuse, with_status

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the same sentence, in the same time, whether the account exists or not."""
    form = NameForm(request.POST or None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["login"]
        verdict = throttle.hit_by(request, "reset", account=name)
        if verdict.allowed:
            actions.ask_for_password_link(name)
            return redirect("accounts:password_sent")
        refuse(form, verdict)
    response = render(request, "accounts/password_forgotten.html", {"form": form})
    return with_status(response, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def password_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/password_sent.html", {"days": links.DAYS})


@sensitive_post_parameters("password1", "password2")
@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def password_new(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The page behind the link of a forgotten password."""
    return _by_link(request, uid, token, links.PASSWORD, "accounts/password_new.html")


@sensitive_post_parameters("password1", "password2")
@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def activate(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The page behind the link of an invitation: the first password."""
    return _by_link(request, uid, token, links.ACTIVATION, "accounts/activate.html")


def _by_link(
    request: HttpRequest, uid: str, token: str, tokens: links.LinkTokens, template: str
) -> HttpResponse:
    user = links.user_of(uid, token, tokens)
    if user is None:
        return _dead_link(request, tokens)
    form = NewPasswordForm(user, request.POST or None)
    if form.is_bound and form.is_valid():
        if actions.use_link(uid, token, form.cleaned_data["password1"], tokens=tokens) is None:
            return _dead_link(request, tokens)
        done = (
            "Akun Anda sudah aktif." if tokens is links.ACTIVATION else "Kata sandi sudah diganti."
        )
        messages.success(request, f"{done} Silakan masuk dengan kata sandi yang baru.")
        return redirect("account_login")
    return render(request, template, {"form": form, "owner": user})


def _dead_link(request: HttpRequest, tokens: links.LinkTokens) -> HttpResponse:
    context = {"activation": tokens is links.ACTIVATION, "days": links.DAYS}
    return render(request, "accounts/dead_link.html", context, status=404)


class ChangePasswordView(library.PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "accounts/password_change.html"

    def get_form_class(self) -> Any:
        return self.form_class

    def form_invalid(self, form: Any) -> HttpResponse:
        return with_status(super().form_invalid(form), form)

    def get_default_success_url(self) -> str:
        return reverse("mfa_index")


class SetPasswordView(library.PasswordSetView):
    """Who has only come by single sign-on so far can have a password as well."""

    form_class = SetPasswordForm
    template_name = "accounts/password_change.html"

    def get_form_class(self) -> Any:
        return self.form_class

    def get_default_success_url(self) -> str:
        return reverse("mfa_index")


password_change = require_http_methods(FORM_METHODS)(
    method_decorator(never_cache, name="dispatch")(ChangePasswordView).as_view()
)
password_set = require_http_methods(FORM_METHODS)(
    method_decorator(never_cache, name="dispatch")(SetPasswordView).as_view()
)
