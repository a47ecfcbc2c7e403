"""Who takes part in an event, for editors: the list, a decision, on paper and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib import zones
from epk.lib.dates import format_datetime
from news import rules
from news.actions import registrations
from news.forms.people import AddOfficerForm, DecisionForm, PeopleForm
from news.models import Event, Registration
from news.presenters import event_desk as shown
from news.presenters.event_times import span, zone_of
from news.views.entrance import editors_only
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User

FORM = ["GET", "HEAD", "POST"]
UNKNOWN = "Tidak ada petugas dengan nomor register ini."
ADDED = {
    Registration.State.WAITING: "Kursi sudah penuh; {name} masuk daftar tunggu.",
    Registration.State.IN: "{name} terdaftar.",
    Registration.State.ASKED: "{name} menunggu persetujuan.",
}


@never_cache
@require_http_methods(FORM)
@editors_only
def event_people(request: HttpRequest, event_id: int) -> HttpResponse:
    """The registrations; with a POST, one more by register number."""
    found = get_object_or_404(Event, pk=event_id)
    form = AddOfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = Officer.objects.numbered(form.cleaned_data["number"]).first()
        if officer is None:
            form.add_error("number", UNKNOWN)
        elif (words := _added(found, officer, form, request)) is not None:
            messages.success(request, words)
            return redirect("news:event_people", event_id=found.pk)
    asked = PeopleForm(request.GET)
    people = shown.people_page(found, asked.state, asked.page)
    context = {
        "event": found,
        "form": form,
        "page": people.page,
        "tabs": people.tabs,
        "words": shown.people_words(found),
        "can_add": rules.can_add_late(found, timezone.now()),
    }
    return render(request, "news/event_people.html", context)


@never_cache
@require_http_methods(FORM)
@editors_only
def event_person(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Approve, refuse or cancel one registration."""
    rows = Registration.objects.select_related("event", "officer")
    found = get_object_or_404(rows, pk=registration_id)
    form = DecisionForm(request.POST or None, verbs=shown.decisions_on(found))
    if request.method == "POST" and form.is_valid():
        verb, reason = form.cleaned_data["verb"], form.cleaned_data["reason"]
        try:
            _decide(found, verb, reason, cast("User", request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Keputusan disimpan; petugasnya diberi tahu.")
            return redirect("news:event_people", event_id=found.event_id)
    context = {"event": found.event, "form": form, "row": shown.person_row(found)}
    return render(request, "news/event_person.html", context)


@never_cache
@require_safe
@editors_only
def event_people_csv(request: HttpRequest, event_id: int) -> HttpResponse:  # noqa: ARG001
    """All registrations as a table."""
    found = get_object_or_404(Event, pk=event_id)
    text = "\N{BYTE ORDER MARK}" + shown.people_csv(found)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="peserta-{found.slug}.csv"'
    return response


@never_cache
@require_safe
@editors_only
def event_people_print(request: HttpRequest, event_id: int) -> HttpResponse:
    """Those with a seat, by name, with room for a signature."""
    found = get_object_or_404(Event, pk=event_id)
    context = {
        "event": found,
        "rows": shown.everyone(found),
        "when": span(found.starts_at, found.ends_at, zone_of(found.time_zone)),
        "printed": format_datetime(timezone.now(), zones.viewers_zone()),
    }
    return render(request, "news/event_people_print.html", context)


def _added(
    event: Event, officer: Officer, form: AddOfficerForm, request: HttpRequest
) -> str | None:
    try:
        made = registrations.register(event, officer=officer, by=cast("User", request.user))
    except ValidationError as error:
        form.add_error("number", error)
        return None
    return ADDED[Registration.State(made.state)].format(name=officer.full_name)


def _decide(registration: Registration, verb: str, reason: str, by: User) -> None:
    if verb == "setujui":
        registrations.approve(registration, by=by)
    elif verb == "tolak":
        registrations.refuse(registration, reason=reason, by=by)
    else:
        officer = registration.officer
        registrations.cancel_registration(registration.event, officer=officer, by=by, reason=reason)
