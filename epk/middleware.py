"""What happens around every request: methods, cookies, headers, and who is named in the history."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import pghistory
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from epk.lib import zones
from epk.lib.addresses import believes_proxy, client_address

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Responder = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)

NEVER_BELIEVED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SSL",
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SESSION_COOKIE = re.compile(r"[a-z0-9]{32}")
ACCOUNT_PAGES = "/akun/"
NO_STORE = "no-store, private"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class ProxyHeadersMiddleware:
    """Forget what a peer says of others unless it is a proxy of ours; stands before all else.

    `X-Forwarded-For` needs no dropping: `client_address` reads it only behind a trusted proxy.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for header in NEVER_BELIEVED:
            request.META.pop(header, None)
        if not believes_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        if "HTTP_X_FORWARDED_FOR" in request.META and not settings.TRUSTED_PROXIES:
            _warn_once()
        return self.get_response(request)


@cache
def _warn_once() -> None:
    logger.warning(
        "A proxy sends X-Forwarded-For, but TRUSTED_PROXIES is not set: "
        "all visitors count as one address (docs/operations.md)."
    )


class AllowedMethodsMiddleware:
    """Refuse methods that no page has: Django would run the view for `TRACE`."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class SessionKeyMiddleware:
    """Drop a session cookie that no server of ours has set: a NUL in it would be a 500."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key is not None and not SESSION_COOKIE.fullmatch(key):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """The headers Django and django-csp have no setting for."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Django's own middleware stands too far inside for files and refused methods.
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response


class PrivatePagesMiddleware:
    """Keep every page of somebody who is logged in, and every page of an account, out of caches.

    That includes public pages: to those who are logged in they show more. What says itself that
    it is public, such as a photo, may be kept.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        said = response.headers.get("Cache-Control", "")
        if "no-store" not in said and "public" not in said and self._is_private(request):
            response.headers["Cache-Control"] = NO_STORE
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> None:
        request.page_is_private = getattr(view, "login_required", True)  # type: ignore[attr-defined]

    def _is_private(self, request: HttpRequest) -> bool:
        if request.path.startswith(ACCOUNT_PAGES) or getattr(request, "page_is_private", False):
            return True
        # A session is looked at only where there may be one: looking makes a page vary by cookie.
        there = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
        try:
            return there and SESSION_KEY in request.session
        except (DatabaseError, InterfaceError):
            return True


class HistoryContextMiddleware:
    """Name the person, address and request in every history row a change leaves behind.

    Actions add the reason with `pghistory.context(reason=...)`. Reading requests write nothing
    and pay nothing.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        user: User | AnonymousUser = request.user
        with pghistory.context(
            user=user.pk,
            address=client_address(request),
            request=uuid.uuid4().hex,
            path=request.path,
        ):
            return self.get_response(request)


class ViewerZoneMiddleware:
    """Times are shown by the clock of the place where the viewer serves, as their session has it.

    Only of a request that brings a session: pages for everyone stay the same for everyone.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        zone = ""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            with suppress(DatabaseError, InterfaceError):  # those who need it will say it is away
                zone = request.session.get(zones.SESSION_KEY, "")
        with zones.shown_in(zone):
            return self.get_response(request)
