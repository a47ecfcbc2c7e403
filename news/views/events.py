"""The public side of events: the list, the page, the calendar file; and an officer's own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import rules as account_rules
from epk.lib.methods import post_only
from news import presenters
from news.actions import registrations
from news.calendar import calendar_of
from news.forms.people import PastForm
from news.models import Event, Registration
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User

MOST_COMING = 50
SAID = {
    Registration.State.IN: "Anda terdaftar.",
    Registration.State.ASKED: "Pendaftaran Anda diterima dan menunggu persetujuan redaksi.",
    Registration.State.WAITING: "Kursi sudah penuh; Anda masuk daftar tunggu.",
}


@login_not_required
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What comes and what is running, then what is over, with its material."""
    form = PastForm(request.GET)
    seen = Event.objects.visible_to(request.user)
    past = presenters.past_events(seen, form.year, form.after)
    context = {
        "coming": presenters.event_rows(seen.coming().for_list()[:MOST_COMING])
        if past.is_first
        else [],
        "own": presenters.own_rows(cast("User", request.user))
        if past.is_first and account_rules.is_officer(request.user)
        else [],
        "past": past,
        "years": seen.past().years(),
        "year": form.year,
    }
    return render(request, "news/events.html", context)


@login_not_required
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: when, where, programme, material; for officers their own registration."""
    found = _event(request, slug)
    own = place = None
    if request.user.is_authenticated:
        own = presenters.own_registration(found, request.user)
        place = presenters.own_place(found, request.user, own)
    page = presenters.event_page(found, own, settings.SITE_URL)
    context = {
        "event": found,
        "page": page,
        "place": place,
        "proof": presenters.proof_links(request.user, found, own),
        "is_preview": False,
    }
    return render(request, "news/event.html", context)


@login_not_required
@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The event and its sessions for one's own calendar."""
    found = _event(request, slug)
    response = HttpResponse(
        calendar_of(found, settings.SITE_URL), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


@post_only
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    """An officer asks for a seat."""
    found, officer = _own(request, slug)
    try:
        made = registrations.register(found, officer=officer, by=cast("User", request.user))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, SAID[Registration.State(made.state)])
    return redirect("news:event", slug=found.slug)


@post_only
def event_unregister(request: HttpRequest, slug: str) -> HttpResponse:
    """An officer gives the seat, or the place on the waiting list, back."""
    found, officer = _own(request, slug)
    try:
        registrations.cancel_registration(found, officer=officer, by=cast("User", request.user))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Pendaftaran Anda dibatalkan.")
    return redirect("news:event", slug=found.slug)


def _event(request: HttpRequest, slug: str) -> Event:
    return get_object_or_404(Event.objects.visible_to(request.user).for_page(), slug=slug)


def _own(request: HttpRequest, slug: str) -> tuple[Event, Officer]:
    """The event, and the officer who logs in with this account; 403 for those who are none."""
    found = _event(request, slug)
    officer = Officer.objects.of_account(request.user).first()
    if officer is None or not account_rules.is_officer(request.user):
        raise PermissionDenied
    return found, officer
