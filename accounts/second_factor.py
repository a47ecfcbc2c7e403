"""Who holds a role that asks for a second factor sets it up before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.rules import lacks_second_factor

# What stays open: the pages of the account itself, what answers machines, and the colours.
OPEN: Final = ("/akun/", "/tema/", "/privasi/", "/healthz", "/readyz", settings.STATIC_URL)


class SecondFactorMiddleware:
    """Leads to Keamanan akun from every other page; the rules void the role in any case."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.DEMO or request.path.startswith(OPEN):
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if request.user.is_authenticated and lacks_second_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None
