"""Sessions end on the server: after two idle hours, after twelve in all, and no text is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import sessions
from epk.lib import security_log

Responder = Callable[[HttpRequest], HttpResponseBase]

LEAVING: Final = frozenset({"account_logout", "admin:logout"})
IDLE = "Sesi Anda berakhir karena lama tidak dipakai. Silakan masuk lagi."
ABSOLUTE = "Sesi Anda berakhir karena sudah lama sejak Anda masuk. Silakan masuk lagi."
TEXT_KEPT = "Sesi Anda berakhir. Masuk lagi; tulisan Anda masih tersimpan."
TOO_LARGE = (
    "Sesi Anda berakhir, dan kiriman Anda terlalu besar untuk disimpan. Tekan Kembali di peramban, "
    "salin tulisan yang panjang ke tempat lain, lalu masuk lagi."
)


UNKNOWN: Final = object()
"""The database could not be asked about the session."""


class LoginMiddleware(LoginRequiredMiddleware):
    """Whoever must log in comes back to the page that was asked for, or to the one with its form."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if getattr(view_func, "post_only", False):
            return redirect_to_login(_referring_page(request) or reverse("home"))
        return super().handle_no_permission(request, view_func)


def _referring_page(request: HttpRequest) -> str:
    """The path of the page of ours from which a request comes; empty where it says none."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    path = page._replace(scheme="", netloc="", fragment="").geturl()
    ours = page.netloc == request.get_host() and path.startswith("/") and path != request.path
    return path if ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


@dataclass(frozen=True)
class Ended:
    """The session this request came with is over; `reason` is empty when that was said before."""

    owner: str
    reason: str
    kept: Any = None
    """Forms that were kept in it and not sent yet."""


class SessionExpiryMiddleware:
    """Take the request of an ended session as one of somebody who is not logged in.

    Stands after the CSRF check, which its `process_view` relies on, and before whatever asks who is
    logged in. The row of an ended session stays until `clearsessions`: of two requests sent with
    its cookie at once, both must still be known to be its owner's. It lets nobody in.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            self._look(request)
        except (DatabaseError, InterfaceError):
            request.ended_session = UNKNOWN  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "POST" and _was_taken(request, response):
            _forget_sent(request)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True):
            return None
        if request.ended_session is UNKNOWN:  # type: ignore[attr-defined]
            self._look(request)  # a page that needs the database says itself that it is away
        ended: Ended | None = request.ended_session  # type: ignore[attr-defined]
        if ended is None:
            return None
        match = request.resolver_match
        if match and match.view_name in LEAVING:
            return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL or "home"))
        if ended.reason:
            security_log.event("session_expired", request, reason=ended.reason, account=ended.owner)
            sessions.remember_owner(request.session, ended.owner)
            request.session.set_expiry(sessions.OWNER_KNOWN_FOR)
            if ended.kept:
                request.session[sessions.KEPT] = ended.kept
        if request.method == "POST":
            return _keep(request, ended)
        if ended.reason:
            messages.warning(request, IDLE if ended.reason == "idle" else ABSOLUTE)
        return None

    def _look(self, request: HttpRequest) -> None:
        """Set `ended_session` where the session is one of somebody no longer logged in."""
        request.ended_session = None  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        session = request.session
        owner = session.get(SESSION_KEY)
        if owner is None:
            if earlier := sessions.last_owner(session):
                request.ended_session = Ended(earlier, "")  # type: ignore[attr-defined]
        elif reason := sessions.end_of(session):
            # The cookie stays in the browser; with it a form that comes later has an owner.
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
            request.session = sessions.SessionStore()
            kept = session.get(sessions.KEPT)
            request.ended_session = Ended(owner, reason, kept)  # type: ignore[attr-defined]
        else:
            sessions.touch(session)


def _keep(request: HttpRequest, ended: Ended) -> HttpResponseBase | None:
    """Keep what was typed and lead to the login page; None where there is nothing to keep."""
    match = request.resolver_match
    if match and match.view_name == "accounts:resume":
        return None
    form = sessions.read_form(request)
    ours = url_has_allowed_host_and_scheme(form.path, allowed_hosts=None)
    if ours and sessions.keep_form(request.session, ended.owner, form):
        security_log.event("form_kept", request, account=ended.owner)
        messages.warning(request, TEXT_KEPT)
        request.session.set_expiry(sessions.KEPT_FOR)
        return redirect_to_login(reverse("accounts:resume"))
    messages.warning(request, TOO_LARGE)
    return None


def _was_taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the page has taken the form; one that leads away to an account page has not."""
    if response.status_code >= 400:
        return False
    accounts = reverse("accounts:resume").rpartition("lanjutkan")[0]
    leads_there = response.headers.get("Location", "").startswith(accounts)
    return request.path.startswith(accounts) or not leads_there


def _forget_sent(request: HttpRequest) -> None:
    """A form that was kept and has now been taken by its page is kept no longer."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or sessions.KEPT not in request.session:
        return
    owner, key = request.session.get(SESSION_KEY, ""), request.POST.get(sessions.SENT_AGAIN, "")
    if key and sessions.discard_form(request.session, owner, key):
        security_log.event("form_resumed", request, account=owner)
