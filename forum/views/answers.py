"""Accepting and verifying answers, what is to be looked at again, and the regulations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib.methods import post_only
from forum import presenters, rules
from forum.actions import answers
from forum.forms import (
    PageForm,
    RegulationForm,
    ReplaceForm,
    ReviewsForm,
    VerifyForm,
    WithdrawForm,
)
from forum.forms.answers import YEARS
from forum.models import Post, Regulation, Verification
from forum.views.entrance import members_only, person_of, post_of

if TYPE_CHECKING:
    from accounts.models import User

ACCEPT, TAKE_BACK = "terima", "batal"
NOTHING_TO_WITHDRAW = "Jawaban ini tidak sedang terverifikasi."


@post_only
@members_only
def post_answer(request: HttpRequest, post_id: int) -> HttpResponse:
    """The asker says which answer helped, or takes that back."""
    found = post_of(request, post_id)
    user = person_of(request)
    if not rules.can_take_back_answer(user, found.topic):
        raise PermissionDenied
    try:
        if request.POST.get("aksi") == TAKE_BACK:
            answers.unaccept_answer(found, by=user)
            messages.success(request, "Tulisan ini tidak lagi menjadi jawaban Anda.")
        else:
            answers.accept_answer(found, by=user)
            messages.success(request, "Ditandai sebagai jawaban atas pertanyaan Anda.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("forum:post", post_id=found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def post_verify(request: HttpRequest, post_id: int) -> HttpResponse:
    """The Pembina vouches for an answer, on what basis and until when."""
    found = post_of(request, post_id)
    user = person_of(request)
    if not rules.can_verify_answer(user, found.topic, found):
        raise PermissionDenied
    in_force = list(Regulation.objects.in_force(timezone.localdate()).order_by("name", "pk"))
    if request.method != "POST":
        initial = {"valid_until": _years_on(), "version": found.version}
        return _verifying(request, VerifyForm(initial=initial, regulations=in_force), found)
    form = VerifyForm(request.POST, regulations=in_force)
    if form.is_valid():
        asked = form.cleaned_data
        basis = answers.Basis(
            citations=form.citations,
            valid_until=asked["valid_until"],
            seen_version=asked["version"] or 0,
            note=asked["note"],
        )
        try:
            answers.verify_answer(found, basis, by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Jawaban ini terverifikasi.")
            return redirect("forum:post", post_id=found.pk)
    return _verifying(request, form, found)


@post_only
@members_only
def post_withdraw(request: HttpRequest, post_id: int) -> HttpResponse:
    """The Pembina no longer vouches for an answer."""
    found = post_of(request, post_id)
    user = person_of(request)
    if not rules.can_verify_answers(user):
        raise PermissionDenied
    standing = Verification.objects.standing().filter(post=found).first()
    if standing is None:
        messages.info(request, NOTHING_TO_WITHDRAW)
        return redirect("forum:post", post_id=found.pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        in_force = Regulation.objects.in_force(timezone.localdate()).order_by("name", "pk")
        initial = {"valid_until": _years_on(), "version": found.version}
        asking = VerifyForm(initial=initial, regulations=in_force)
        return _verifying(request, asking, found, withdraw=form)
    answers.withdraw_verification(standing, reason=form.cleaned_data["reason"], by=user)
    messages.success(request, "Verifikasi jawaban ini dicabut.")
    return redirect("forum:post", post_id=found.pk)


@never_cache
@require_safe
@members_only
def reviews(request: HttpRequest) -> HttpResponse:
    """What the Pembina has to look at again, and what nobody has looked at yet."""
    user = _pembina(request)
    context = {"list": presenters.reviews_of(user, ReviewsForm(request.GET))}
    return render(request, "forum/reviews.html", context)


@never_cache
@require_safe
@members_only
def regulations(request: HttpRequest) -> HttpResponse:
    """What answers may cite."""
    _pembina(request)
    page = presenters.regulations_of(PageForm(request.GET).cleaned_data.get("halaman") or 1)
    return render(request, "forum/regulations.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def regulation_new(request: HttpRequest) -> HttpResponse:
    """A regulation that answers may cite from now on."""
    user = _pembina(request)
    form = RegulationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = answers.add_regulation(**form.cleaned_data, by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{made.name} ditambahkan.")
            return redirect("forum:regulations")
    return render(request, "forum/regulation_new.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def regulation_edit(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """Correct a regulation; what it said before is shown below."""
    user = _pembina(request)
    found = get_object_or_404(Regulation, pk=regulation_id)
    name = found.name
    initial = {"name": name, "title": found.title, "in_force_from": found.in_force_from}
    form = RegulationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = answers.edit_regulation(found, **form.cleaned_data, by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{changed.name} diperbaiki.")
            return redirect("forum:regulations")
    context = {"form": form, "name": name, "entries": presenters.regulation_entries(found)}
    return render(request, "forum/regulation_edit.html", context)


@post_only
@members_only
def regulation_reinstate(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """A regulation was marked as replaced by mistake."""
    user = _pembina(request)
    found = get_object_or_404(Regulation, pk=regulation_id)
    count = answers.reinstate_regulation(found, by=user)
    messages.success(request, f"{found.name} berlaku lagi. Jawaban yang mengutipnya: {count}.")
    return redirect("forum:regulations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def regulation_replace(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """A regulation is no longer in force: what cites it goes back to the list of reviews."""
    user = _pembina(request)
    found = get_object_or_404(Regulation.objects.for_list(), pk=regulation_id)
    successors = Regulation.objects.in_force_after(found.in_force_from).order_by("name", "pk")
    initial = {
        "on": found.replaced_on or timezone.localdate(),
        "by_regulation": found.replaced_by_id,
    }
    data = request.POST if request.method == "POST" else None
    form = ReplaceForm(data, initial=initial, successors=successors)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            count = answers.replace_regulation(
                found, by_regulation=asked["by_regulation"], on=asked["on"], by=user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{found.name} ditandai. Jawaban yang mengutipnya: {count}.")
            return redirect("forum:regulations")
    context = {"form": form, "regulation": found}
    return render(request, "forum/regulation_replace.html", context)


def _verifying(
    request: HttpRequest, form: VerifyForm, found: Post, withdraw: WithdrawForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "withdraw": withdraw or WithdrawForm(),
        "post": found,
        "topic": found.topic,
        "text": presenters.filled(found.html, person_of(request)),
        **presenters.answer_context(found),
    }
    return render(request, "forum/post_verify.html", context)


def _pembina(request: HttpRequest) -> User:
    user = person_of(request)
    if not rules.can_verify_answers(user):
        raise PermissionDenied
    return user


def _years_on() -> Any:
    """The same day some years from now; the 29th of February becomes the 28th."""
    today = timezone.localdate()
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + YEARS, day=day)
