"""Sesi: where one is logged in, and ending it from afar."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import own_sessions
from accounts.models import User
from epk.lib.methods import post_only


@never_cache
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """One's own sessions, the present one first."""
    found = own_sessions.of_user(cast("User", request.user), request.session.session_key)
    return render(request, "accounts/session_list.html", {"sessions": found})


@post_only
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """Log one of one's own sessions out."""
    if not own_sessions.end(cast("User", request.user), session_id):
        raise Http404
    messages.success(request, "Sesi itu sudah dikeluarkan.")
    return redirect("usersessions_list")


@post_only
def session_end_others(request: HttpRequest) -> HttpResponse:
    """Log all of one's sessions out but this one."""
    own_sessions.end_others(cast("User", request.user), request.session.session_key)
    messages.success(request, "Semua sesi lain sudah dikeluarkan.")
    return redirect("usersessions_list")
