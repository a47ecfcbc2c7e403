"""Is this officer genuine? By NIP, register number or exact name, for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from accounts.refusals import Again, too_many
from epk.lib.dates import format_date
from registry.forms.check import Asked, CheckForm
from registry.models import Officer, StatusRecord
from registry.presenters import OfficerRow, officer_row

if TYPE_CHECKING:
    from registry.queries import ListedOfficer, OfficerQuerySet

MOST_NAMESAKES = 10


@dataclass(frozen=True)
class Answer:
    """What the register says of one person who was asked about."""

    rows: Sequence[OfficerRow]
    register_number: str
    in_service: bool
    sentence: str


# Exempt from the CSRF check: it reads and changes nothing, and is a POST only so that a NIP
# stands in no address or log; the token would put a cookie on a public page.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and on POST the answer on the same page."""
    if request.method == "POST" and not (verdict := throttle.hit_by(request, "check")).allowed:
        return too_many(request, verdict, _again(request))
    form = CheckForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "now": timezone.now()}
    if form.is_bound and form.is_valid():
        asked: Asked = form.cleaned_data["q"]
        found = _matching(request, asked)[: MOST_NAMESAKES + 1].listed()
        context |= {
            "asked": asked,
            "answers": [_answer(officer, request) for officer in found[:MOST_NAMESAKES]],
            "more": len(found) > MOST_NAMESAKES,
        }
        if found:  # the next question starts empty, and no NIP stands on the page
            context["form"] = CheckForm()
    response = render(request, "registry/check.html", context)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
@never_cache
@require_safe
def check_number(request: HttpRequest, register_number: str) -> HttpResponse:
    """The answer for one register number: where the QR code on a card leads."""
    asked = Asked("number", str(int(register_number[3:])))
    found = _matching(request, asked).listed()
    context = {
        "form": CheckForm(),
        "asked": asked,
        "answers": [_answer(officer, request) for officer in found],
        "now": timezone.now(),
        "register_number": register_number,
    }
    return render(request, "registry/check.html", context, status=200 if found else 404)


def _again(request: HttpRequest) -> Again:
    field = CheckForm().fields["q"]
    return Again("post", request.path, "q", str(field.label), request.POST.get("q", ""), "Cek")


def _matching(request: HttpRequest, asked: Asked) -> OfficerQuerySet:
    officers = Officer.objects.visible_to(request.user).as_of(timezone.localdate())
    if asked.kind == "nip":
        return officers.with_nip(asked.value)
    if asked.kind == "number":
        return officers.answering_to(int(asked.value))
    return officers.named(asked.value)


def _answer(officer: ListedOfficer, request: HttpRequest) -> Answer:
    return Answer(
        rows=[officer_row(officer, request.user)],
        register_number=officer.register_number,
        in_service=officer.status in StatusRecord.IN_SERVICE,
        sentence=_sentence(officer),
    )


def _sentence(officer: ListedOfficer) -> str:
    status, since = StatusRecord.Status(officer.status), format_date(officer.status_since)
    if status == StatusRecord.Status.AKTIF:
        return "Tercatat sebagai petugas yang masih aktif."
    label = status.label.lower()
    if status in StatusRecord.IN_SERVICE:
        return f"Tercatat sebagai petugas; sejak {since} {label}."
    return f"Pernah tercatat, tetapi tidak lagi bertugas: {label} sejak {since}."
