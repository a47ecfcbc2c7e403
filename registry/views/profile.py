"""The page of one officer, and the record of who was shown private data on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from epk.lib.methods import post_only
from epk.lib.qr import qr_svg
from registry import actions, presenters
from registry.forms.own_profile import ReasonForm
from registry.models import AccessRecord, Officer, Posting
from registry.queries import records_of
from registry.rules import Access, Field, access

if TYPE_CHECKING:
    from accounts.models import User
    from registry.rules import Viewer


@login_not_required
@require_safe
def profile(request: HttpRequest, register_number: str) -> HttpResponse:
    """What this viewer may see; with `?sebagai=publik` what everyone sees."""
    officer = _found(request, register_number)
    if officer is None:
        return _merged_or_404(register_number)
    return _page(request, officer)


@post_only
def note_reason(request: HttpRequest, register_number: str) -> HttpResponse:
    """Add to the record why an admin looked at this officer's private data."""
    officer = _found(request, register_number)
    if officer is None:
        raise Http404
    if access(request.user, officer) is not Access.ADMIN:
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, officer, form)
    shown = shown_profile(officer, request.user).private_shown
    _note(request, officer, shown, reason=form.cleaned_data["reason"])
    messages.success(request, "Alasan Anda tercatat.")
    return redirect("registry:profile", register_number)


def shown_profile(officer: Officer, viewer: Viewer) -> presenters.Profile:
    """The officer, loaded as of today, as this viewer may see it."""
    return presenters.profile(
        officer,
        viewer,
        postings=Posting.objects.of_officer(officer),
        records=records_of(officer.pk),
        today=timezone.localdate(),
    )


def proof_of(register_number: str) -> dict[str, object]:
    """The card by which others check that an officer is genuine."""
    path = reverse("registry:check_number", args=[register_number])
    return {
        "today": timezone.localdate(),
        "check_path": path,
        "check_qr": qr_svg(f"{settings.SITE_URL}{path}"),
    }


def _page(request: HttpRequest, officer: Officer, form: ReasonForm | None = None) -> HttpResponse:
    as_public = request.GET.get("sebagai") == "publik"
    page = shown_profile(officer, AnonymousUser() if as_public else request.user)
    context = {
        "profile": page,
        "as_public": as_public,
        "is_own": access(request.user, officer) is Access.OWN,
        "reason_form": (form or ReasonForm()) if page.access is Access.ADMIN else None,
        **proof_of(officer.register_number),
    }
    response = render(request, "registry/profile.html", context)
    if page.access is Access.ADMIN and request.method != "HEAD":
        _note(request, officer, page.private_shown)
    if page.private_shown:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _note(
    request: HttpRequest,
    officer: Officer,
    shown: frozenset[Field],
    reason: str = "",
) -> None:
    actions.note_view(
        officer,
        shown,
        by=cast("User", request.user),
        channel=AccessRecord.Channel.PROFILE,
        reason=reason,
        address=request.META.get("REMOTE_ADDR"),
    )


def _found(request: HttpRequest, register_number: str) -> Officer | None:
    officers = Officer.objects.visible_to(request.user).as_of(timezone.localdate())
    return officers.for_page().numbered(register_number).first()


def _merged_or_404(register_number: str) -> HttpResponse:
    """A number that was merged into another leads there for good; others do not exist."""
    target = Officer.objects.merge_target_of(register_number)
    if target is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("registry:profile", args=[target]))
