"""What editors do with events at /redaksi/kegiatan/: write, publish, cancel, and who takes part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib.methods import post_only
from news import presenters
from news.actions import events as actions
from news.forms.events import IN_TEXT, EventForm, typed_event
from news.forms.people import PeopleForm, ReasonForm
from news.forms.programme import SessionForm, typed_session
from news.models import Event, Session, SessionFile
from news.presenters import event_desk as shown
from news.views.entrance import editors_only

if TYPE_CHECKING:
    from accounts.models import User

FORM = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
@editors_only
def event_desk(request: HttpRequest) -> HttpResponse:
    """All events, drafts included."""
    page = shown.desk_page(PeopleForm(request.GET).page)
    return render(request, "news/event_desk.html", {"page": page})


@never_cache
@require_http_methods(FORM)
@editors_only
def event_new(request: HttpRequest) -> HttpResponse:
    """An event that nobody else reads yet."""
    form = EventForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def create() -> Event:
            return actions.create_event(values=_values(form, None, request), by=_editor(request))

        if (made := _done(form, create)) is not None:
            messages.success(request, "Draf disimpan. Sekarang susun acaranya.")
            return redirect("news:event_edit", event_id=made.pk)
    return render(request, "news/event_new.html", {"form": form})


@never_cache
@require_http_methods(FORM)
@editors_only
def event_edit(request: HttpRequest, event_id: int) -> HttpResponse:
    """An event with its programme; what another editor saved meanwhile is shown beside it."""
    found = get_object_or_404(Event, pk=event_id)
    stale = None
    form = EventForm(request.POST or None, request.FILES or None, initial=typed_event(found))
    if request.method == "POST" and form.is_valid():

        def save() -> Event:
            values = _values(form, found, request)
            return actions.save_event(
                found, values=values, seen=form.seen_edits, by=_editor(request)
            )

        if _done(form, save) is not None:
            messages.success(request, "Kegiatan disimpan.")
            return redirect("news:event_edit", event_id=found.pk)
        found = Event.objects.get(pk=found.pk)
        if form.has_error("__all__", code="stale"):
            form.seen_now(found.edits)
            stale = shown.stored_values(found)
    context = {"event": found, "form": form, "desk": shown.desk_of(found), "stale": stale}
    return render(request, "news/event_edit.html", context)


@never_cache
@require_safe
@editors_only
def event_preview(request: HttpRequest, event_id: int) -> HttpResponse:
    """The page as everyone will see it."""
    found = get_object_or_404(Event.objects.for_page(), pk=event_id)
    page = presenters.event_page(found, None, settings.SITE_URL)
    context = {"event": found, "page": page, "place": None, "is_preview": True}
    return render(request, "news/event.html", context)


@post_only
@editors_only
def event_publish(request: HttpRequest, event_id: int) -> HttpResponse:
    found = get_object_or_404(Event, pk=event_id)
    try:
        actions.publish_event(found, by=_editor(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Kegiatan terbit.")
    return redirect("news:event_edit", event_id=found.pk)


@never_cache
@require_http_methods(FORM)
@editors_only
def event_cancel(request: HttpRequest, event_id: int) -> HttpResponse:
    """Call it off, with the reason that everyone reads."""
    found = get_object_or_404(Event, pk=event_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def cancel() -> Event:
            return actions.cancel_event(
                found, reason=form.cleaned_data["reason"], by=_editor(request)
            )

        if _done(form, cancel) is not None:
            messages.success(request, "Kegiatan dibatalkan; semua yang terdaftar diberi tahu.")
            return redirect("news:event_edit", event_id=found.pk)
    many = found.registrations.in_force().count()
    context = {"event": found, "form": form, "many": many}
    return render(request, "news/event_cancel.html", context)


@never_cache
@require_http_methods(FORM)
@editors_only
def event_session_new(request: HttpRequest, event_id: int) -> HttpResponse:
    return _session_page(request, get_object_or_404(Event, pk=event_id), None)


@never_cache
@require_http_methods(FORM)
@editors_only
def event_session(request: HttpRequest, event_id: int, session_id: int) -> HttpResponse:
    found = get_object_or_404(Session.objects.select_related("event"), **_in(event_id, session_id))
    return _session_page(request, found.event, found)


@post_only
@editors_only
def event_session_delete(request: HttpRequest, event_id: int, session_id: int) -> HttpResponse:
    found = get_object_or_404(Session.objects.select_related("event"), **_in(event_id, session_id))
    try:
        actions.delete_session(found, seen=found.event.edits, by=_editor(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Sesi dihapus.")
    return redirect("news:event_edit", event_id=event_id)


@post_only
@editors_only
def event_material_delete(request: HttpRequest, event_id: int, material_id: int) -> HttpResponse:
    rows = SessionFile.objects.select_related("session__event")
    found = get_object_or_404(rows, pk=material_id, session__event=event_id)
    actions.remove_material(found, by=_editor(request))
    messages.success(request, "Materi dilepas dari sesi.")
    return redirect("news:event_edit", event_id=event_id)


def _session_page(request: HttpRequest, event: Event, session: Session | None) -> HttpResponse:
    initial = typed_session(session, event)
    form = SessionForm(request.POST or None, request.FILES or None, initial=initial, event=event)
    stale = None
    if request.method == "POST" and form.is_valid():

        def save() -> Session:
            return _save_session(form, event, session, _editor(request))

        if _done(form, save) is not None:
            messages.success(request, "Sesi disimpan.")
            return redirect("news:event_edit", event_id=event.pk)
        if form.has_error("__all__", code="stale"):
            event = Event.objects.get(pk=event.pk)
            form.seen_now(event.edits)
            stale = shown.desk_of(event).sessions
    context = {"event": event, "session": session, "form": form, "stale": stale}
    return render(request, "news/event_session.html", context)


def _save_session(
    form: SessionForm, event: Event, session: Session | None, editor: User
) -> Session:
    row = actions.save_session(
        event,
        session,
        values=form.values,
        speakers=form.speakers,
        seen=form.seen_edits,
        by=editor,
    )
    if checked := form.cleaned_data["material"]:
        title = form.cleaned_data["material_title"]
        actions.attach_material(row, checked=checked, title=title, by=editor)
    return row


def _values(form: EventForm, event: Event | None, request: HttpRequest) -> dict[str, Any]:
    """What is stored: what was typed, with the picture that came with it in its place."""
    values, typed = form.values, form.cleaned_data
    if typed["remove_cover"]:
        values["cover"] = None
    checked = typed["picture"]
    is_stale = event is not None and event.edits != form.seen_edits
    if checked is None or is_stale:
        return values
    picture = actions.keep_picture(
        checked, alt=typed["picture_alt"], credit=typed["picture_credit"], by=_editor(request)
    )
    if typed["picture_use"] == IN_TEXT:
        values["source"] = f"{values['source'].rstrip()}\n\n![](gambar:{picture.pk})".lstrip()
    else:
        values["cover"] = picture
    return values


def _done(form: Form, act: Callable[[], Any]) -> Any:
    """What came of it; None with the refusal in the form."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _editor(request: HttpRequest) -> User:
    return cast("User", request.user)


def _in(event_id: int, session_id: int) -> dict[str, int]:
    return {"pk": session_id, "event": event_id}
