"""The ticket of an officer, the codes by which one is noted as present, and the lists."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib.methods import post_only
from news.actions import attendance as acts
from news.forms.proof import UNKNOWN_SESSION, ListForm, SessionForm, UndoForm
from news.models import Attendance, Event, Registration, Session
from news.presenters import attendance as shown
from news.queries.attendance import counted_sessions, registration_of
from news.views.entrance import editors_only

if TYPE_CHECKING:
    from accounts.models import User

Method = Attendance.Method


def person_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def own_registration(request: HttpRequest, slug: str) -> Registration:
    """Of the viewer, at an event that is published; 404 for everyone else."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    found: Registration | None = registration_of(request.user, event.pk)
    if found is None:
        raise Http404
    found.event = event
    return found


@never_cache
@require_safe
def ticket(request: HttpRequest, slug: str) -> HttpResponse:
    """The code that is scanned at the door, and where its holder has been."""
    page = shown.ticket_of(own_registration(request, slug))
    return render(request, "news/ticket.html", {"ticket": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def check_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who this is, and a button for each session of today."""
    found = _registration(key)
    sessions = list(counted_sessions(found.event_id))
    if request.method == "POST":
        form = SessionForm(request.POST, sessions=sessions)
        if form.is_valid():
            _note(request, found, form.chosen, Method.QR)
        else:
            messages.error(request, UNKNOWN_SESSION)
        return redirect("news:check_in", key)
    return _arrival(request, found, sessions, UndoForm(sessions=sessions))


@post_only
@editors_only
def check_in_undo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Somebody was noted by mistake."""
    found = _registration(key)
    sessions = list(counted_sessions(found.event_id))
    form = UndoForm(request.POST, sessions=sessions)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            acts.undo_check_in(found, form.chosen, reason=reason, by=person_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Kehadiran dibatalkan.")
            return redirect("news:check_in", key)
    return _arrival(request, found, sessions, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def self_check_in(request: HttpRequest, token: str) -> HttpResponse:
    """Where the code on the wall leads: whoever is registered notes themselves."""
    try:
        key = acts.session_key_in(token)
    except ValidationError as error:
        status = 410 if error.code == "expired" else 404
        wrong = {"problem": error.messages[0]}
        return render(request, "news/self_check_in.html", wrong, status=status)
    session = get_object_or_404(Session.objects.select_related("event"), pk=key)
    registration: Registration | None = registration_of(request.user, session.event_id)
    context: dict[str, object] = {"session": session, "event": session.event}
    if registration is None:
        context["problem"] = "Anda tidak terdaftar sebagai peserta kegiatan ini."
        status = 403 if request.method == "POST" else 200
        return render(request, "news/self_check_in.html", context, status=status)
    if request.method == "POST":
        _note(request, registration, session, Method.SELF)
        return redirect("news:ticket", session.event.slug)
    return render(request, "news/self_check_in.html", context)


@never_cache
@require_safe
@editors_only
def session_code(request: HttpRequest, session_id: int) -> HttpResponse:
    """The code for the wall; the page asks for a new one by itself, by a header of HTTP."""
    found = get_object_or_404(Session.objects.select_related("event"), pk=session_id)
    response = render(request, "news/session_code.html", {"code": shown.wall_code(found)})
    response.headers["Refresh"] = str(shown.RELOAD_AFTER)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def attendance_list(request: HttpRequest, event_id: int) -> HttpResponse:
    """Everyone who is registered, to be ticked for a session."""
    event = get_object_or_404(Event, pk=event_id)
    sessions = list(counted_sessions(event.pk))
    if request.method != "POST":
        return _list(request, event, sessions, _chosen(request, sessions))
    form = ListForm(request.POST, sessions=sessions)
    if not form.is_valid():
        messages.error(request, UNKNOWN_SESSION)
        return redirect("news:attendance", event_id)
    try:
        count = acts.check_in_list(form.chosen, form.ticked(), by=person_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _list(request, event, sessions, form.chosen, ticked=form.ticked())
    messages.success(request, f"{count} kehadiran baru dicatat.")
    return redirect(f"{reverse('news:attendance', args=[event_id])}?sesi={form.chosen.pk}")


@never_cache
@require_safe
@editors_only
def attendance_sheet(request: HttpRequest, event_id: int) -> HttpResponse:
    """The list of a session on paper, with a line for each signature."""
    event = get_object_or_404(Event, pk=event_id)
    sessions = list(counted_sessions(event.pk))
    page = shown.attendance_list(event, sessions, _chosen(request, sessions))
    return render(request, "news/attendance_sheet.html", {"list": page, "now": timezone.now()})


def _registration(key: uuid.UUID) -> Registration:
    return get_object_or_404(Registration.objects.select_related("event", "officer"), key=key)


def _note(request: HttpRequest, registration: Registration, session: Session, method: str) -> None:
    """Note it and say so, or why not."""
    try:
        _, is_new = acts.check_in(registration, session, method=method, by=person_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return
    if is_new:
        messages.success(request, f"Hadir di sesi “{session.title}”, tercatat.")
    else:
        messages.info(request, f"Kehadiran di sesi “{session.title}” sudah tercatat sebelumnya.")


def _arrival(
    request: HttpRequest, found: Registration, sessions: list[Session], form: UndoForm
) -> HttpResponse:
    page = shown.arrival_of(found, sessions, person_of(request))
    return render(request, "news/check_in.html", {"arrival": page, "form": form})


def _chosen(request: HttpRequest, sessions: list[Session]) -> Session | None:
    wanted = request.GET.get("sesi", "")
    return next((session for session in sessions if str(session.pk) == wanted), None)


def _list(
    request: HttpRequest,
    event: Event,
    sessions: list[Session],
    chosen: Session | None,
    ticked: Collection[int] = (),
) -> HttpResponse:
    page = shown.attendance_list(event, sessions, chosen)
    return render(request, "news/attendance.html", {"list": page, "ticked": ticked})
