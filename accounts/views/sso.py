"""Single sign-on: off to the ministry's provider and back."""

from __future__ import annotations

from collections.abc import Callable

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as library
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.sso import PROVIDER_ID, provider_name

# A provider that is away, slow, or answers with something else than it should.
MISBEHAVIOUR = (requests.RequestException, OAuth2Error, LookupError, ValueError)


@login_not_required
@never_cache
@require_safe
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider; where none is set up there is no such page."""
    return _only_if_set_up(library.login, request, provider_id)


@login_not_required
@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people back to."""
    return _only_if_set_up(library.callback, request, provider_id)


@login_not_required
@never_cache
@require_safe
def cancelled(_request: HttpRequest) -> HttpResponse:
    """Who turned back at the provider may still log in here."""
    return redirect("account_login")


def _only_if_set_up(
    view: Callable[..., HttpResponse], request: HttpRequest, provider_id: str
) -> HttpResponse:
    if not provider_name() or provider_id != PROVIDER_ID:
        raise Http404
    try:
        response: HttpResponse = view(request, provider_id)
    except MISBEHAVIOUR:
        return render(request, "accounts/sso_failed.html", status=502)
    return response
