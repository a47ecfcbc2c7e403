"""An officer's own page, and the form for what officers change themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from registry import actions, history, presenters
from registry.forms.own_profile import OwnProfileForm
from registry.models import Officer
from registry.views.profile import proof_of, shown_profile

if TYPE_CHECKING:
    from accounts.models import User
    from registry.history import StoredConflict


@never_cache
@require_safe
def own_profile(request: HttpRequest) -> HttpResponse:
    """Everything the register shows of oneself; staff without a record are told so."""
    today = timezone.localdate()
    officers = Officer.objects.visible_to(request.user).as_of(today).for_page()
    officer = officers.of_account(request.user).first()
    if officer is None:
        return render(request, "registry/own_profile_none.html")
    context = {
        "profile": shown_profile(officer, request.user),
        "exposures": presenters.exposures(officer),
        **proof_of(officer.register_number),
    }
    return render(request, "registry/own_profile.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_profile_edit(request: HttpRequest) -> HttpResponse:
    """Contacts, expertise, bio, photo and privacy switches: saved at once."""
    officer = _own(request)
    if request.method != "POST":
        return _form_page(request, officer, OwnProfileForm(instance=officer))
    form = OwnProfileForm(request.POST, request.FILES, instance=officer)
    if form.is_valid():
        try:
            actions.update_own_profile(
                officer, form.wanted, by=cast("User", request.user), seen_version=form.version
            )
        except ValidationError as refused:
            form = _refused(request, refused)
        else:
            messages.success(request, "Profil Anda tersimpan.")
            return redirect("registry:own_profile")
    return _form_page(request, officer, form)


def _own(request: HttpRequest) -> Officer:
    return get_object_or_404(Officer.objects.visible_to(request.user).of_account(request.user))


def _refused(request: HttpRequest, refused: ValidationError) -> OwnProfileForm:
    """The form over what is stored now: what others changed is taken over, what was typed stays."""
    officer = _own(request)
    if refused.code == "conflict":
        history.note_conflict(officer, request.POST.get("seen_version"))
    form = OwnProfileForm(request.POST, request.FILES, instance=officer)
    if refused.code != "conflict":
        form.add_error(None, refused)
    return form


def _form_page(request: HttpRequest, officer: Officer, form: OwnProfileForm) -> HttpResponse:
    conflict: StoredConflict | None = getattr(form.instance, "conflict", None)
    context = {
        "form": form,
        "photo_kept": bool(officer.photo),
        "register_number": officer.register_number,
        "conflict": conflict,
        "others": history.entries_since(conflict, with_rows=True) if conflict else [],
        "files_again": form.is_bound and bool(request.FILES),
    }
    return render(request, "registry/own_profile_edit.html", context)
