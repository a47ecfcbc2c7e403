"""Changing the address one logs in with: asked with the password, confirmed in both mailboxes."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import actions, links, throttle
from accounts.forms import EmailChangeForm
from accounts.models import User
from accounts.refusals import refuse, with_status
from epk.lib.methods import post_only


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_change(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    form = EmailChangeForm(user, request.POST or None)
    if form.is_bound and form.is_valid():
        verdict = throttle.hit_by(request, "email_change")
        if verdict.allowed:
            actions.ask_for_email_change(user, form.cleaned_data["email"])
            return redirect("accounts:email_change")
        refuse(form, verdict)
    context = {"form": form, "asked": links.pending_change(user), "days": links.DAYS}
    return with_status(render(request, "accounts/email_change.html", context), form)


@post_only
def email_cancel(request: HttpRequest) -> HttpResponse:
    """Give up a change that still waits for an answer."""
    asked = links.pending_change(cast("User", request.user))
    if asked is not None:
        actions.cancel_email_change(asked)
        messages.success(request, "Perubahan alamat dibatalkan; alamat lama tetap berlaku.")
    return redirect("accounts:email_change")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in either mailbox: agree, or (in the old one) refuse."""
    found = links.email_change_of(token)
    if found is None:
        return render(request, "accounts/email_dead_link.html", status=404)
    asked, side = found
    context = {"asked": asked, "side": side, "owner": asked.user}
    answer = request.POST.get("jawaban", "")
    if answer not in {"ya", "batal"}:
        return render(request, "accounts/email_confirm.html", context)
    if answer == "batal":
        actions.cancel_email_change(asked)
        return render(request, "accounts/email_confirm.html", context | {"outcome": "batal"})
    try:
        done = actions.confirm_email_change(asked, side)
    except ValidationError as refused:
        context["refusal"] = " ".join(refused.messages)
        return render(request, "accounts/email_confirm.html", context, status=409)
    outcome = "selesai" if done else "tunggu"
    return render(request, "accounts/email_confirm.html", context | {"outcome": outcome})
