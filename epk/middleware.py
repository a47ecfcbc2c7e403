"""What happens around every request: methods, cookies, headers, and who is named in the history."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Responder = Callable[[HttpRequest], HttpResponseBase]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SESSION_KEY = re.compile(r"[a-z0-9]{32}")
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
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
        if key is not None and not SESSION_KEY.fullmatch(key):
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
        return response


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
            address=request.META.get("REMOTE_ADDR", ""),
            request=uuid.uuid4().hex,
            path=request.path,
        ):
            return self.get_response(request)
