"""Private consultation: one's own, asking, and what is done to one of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib.methods import post_only
from forum import presenters, routing
from forum.actions import consultation as actions
from forum.actions.writing import Words
from forum.forms import ListForm
from forum.forms.consultation import (
    AvailabilityForm,
    ColleagueChoice,
    ColleagueForm,
    ConsultationForm,
)
from forum.models import Draft, Topic
from forum.presenters.drafts import CONSULTATION
from forum.views.entrance import members_only, person_of
from forum.views.topics import kept


@never_cache
@require_safe
@members_only
def consultations(request: HttpRequest) -> HttpResponse:
    """What waits for one's answer, what one has asked, and what is finished."""
    user = person_of(request)
    context = {
        "list": presenters.consultations_of(user, ListForm(request.GET).after),
        "availability": presenters.availability_of(user)[1],
    }
    return render(request, "forum/consultations.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def availability(request: HttpRequest) -> HttpResponse:
    """Whether one takes questions, and when one is away."""
    user = person_of(request)
    found, _ = presenters.availability_of(user)
    if request.method != "POST":
        initial = {
            "takes_questions": found is None or found.takes_questions,
            "away_from": found.away_from if found else None,
            "away_until": found.away_until if found else None,
        }
        return render(
            request, "forum/availability.html", {"form": AvailabilityForm(initial=initial)}
        )
    form = AvailabilityForm(data=request.POST)
    if form.is_valid():
        actions.set_availability(**form.cleaned_data, by=user)
        messages.success(request, "Kesediaan Anda disimpan.")
        return redirect("forum:consultations")
    return render(request, "forum/availability.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def consultation_new(request: HttpRequest) -> HttpResponse:
    """The first step: what is asked. It is kept as a draft, and sent once a colleague is chosen."""
    draft = _draft_of(request)
    preview = ""
    if request.method != "POST":
        form = ConsultationForm(initial=_initial(request, draft))
    else:
        form = ConsultationForm(request.POST, request.FILES)
        outcome = kept(request, form, CONSULTATION)
        if outcome.is_sent:
            query = urlencode({"keahlian": form.cleaned_data["expertise"].code})
            return redirect(f"{reverse('forum:consultation_send')}?{query}")
        draft, preview = outcome.draft, outcome.preview
    context = {
        "form": form,
        "preview": preview,
        "draft": draft,
        "files": list(draft.attachments.all()) if draft else [],
        "place": CONSULTATION,
        "key": form.data.get("key") or form.initial.get("key") or uuid.uuid4(),
    }
    return render(request, "forum/consultation_new.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def consultation_send(request: HttpRequest) -> HttpResponse:
    """The second step: whom. Up to three are proposed with why, or the portal chooses."""
    user = person_of(request)
    asked = ColleagueChoice(request.POST if request.method == "POST" else request.GET)
    draft = _draft_of(request)
    if not asked.is_valid():
        return redirect("forum:consultation_new")
    expertise = asked.cleaned_data["keahlian"]
    question = _question_of(draft, expertise.code)
    key = asked.cleaned_data["key"] or (draft.key if draft else None)
    if request.method == "POST" and key is not None:
        asking = question.cleaned_data if question else {"title": "", "source": ""}
        try:
            topic = actions.ask(
                expertise,
                title=asking["title"],
                words=Words(asking["source"], key),
                colleague=asked.cleaned_data["rekan"] or None,
                by=user,
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            return redirect("forum:topic", topic_id=topic.pk)
    if question is None or draft is None:
        return redirect("forum:consultation_new")
    today = timezone.localdate()
    proposed = routing.propose(
        routing.province_of(user.pk, today), expertise, exclude=[user.pk], today=today
    )
    context = {
        "draft": draft,
        "expertise": expertise,
        "candidates": presenters.candidate_rows(proposed),
        "due_days": routing.DAYS_TO_ANSWER,
        "back": f"{reverse('forum:consultation_new')}?{urlencode({'keahlian': expertise.code})}",
    }
    return render(request, "forum/consultation_send.html", context)


@post_only
@members_only
def consultation_decline(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The one who is asked cannot answer."""
    found = private_topic(request, topic_id)
    said = _tried(request, lambda: actions.decline(found, by=person_of(request)))
    if said:
        messages.success(request, "Konsultasi ini diteruskan ke rekan berikutnya.")
        return redirect("forum:consultations")
    return redirect("forum:topic", topic_id=topic_id)


@post_only
@members_only
def consultation_choose(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The asker names whom to ask, where nobody was left to propose."""
    return _with_colleague(
        request, topic_id, actions.choose, "Konsultasi ini sekarang ada pada rekan itu."
    )


@post_only
@members_only
def consultation_invite(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Somebody more reads and writes along."""
    return _with_colleague(
        request, topic_id, actions.invite, "Rekan itu sekarang ikut dalam konsultasi ini."
    )


@post_only
@members_only
def consultation_leave(request: HttpRequest, topic_id: int) -> HttpResponse:
    """A guest goes."""
    found = private_topic(request, topic_id)
    actions.leave(found, by=person_of(request))
    messages.success(request, "Anda keluar dari konsultasi itu.")
    return redirect("forum:consultations")


@post_only
@members_only
def consultation_close(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The asker has what they needed."""
    found = private_topic(request, topic_id)
    actions.close(found, by=person_of(request))
    messages.success(request, "Konsultasi ini selesai.")
    return redirect("forum:topic", topic_id=topic_id)


def private_topic(request: HttpRequest, topic_id: int) -> Topic:
    """The consultation, if this person has a seat in it."""
    rows = Topic.objects.visible_to(request.user).filter(kind=Topic.Kind.CONSULTATION)
    return get_object_or_404(rows, pk=topic_id)


def _with_colleague(
    request: HttpRequest, topic_id: int, act: Callable[..., None], done: str
) -> HttpResponse:
    found = private_topic(request, topic_id)
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["rekan"][0]))
    elif _tried(
        request,
        lambda: act(found, colleague=form.cleaned_data["rekan"], by=person_of(request)),
    ):
        messages.success(request, done)
    return redirect("forum:topic", topic_id=topic_id)


def _tried(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Whether it could be done; else the sentence that says why not is shown on the next page."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    return True


def _draft_of(request: HttpRequest) -> Draft | None:
    return (
        Draft.objects.of(person_of(request))
        .filter(place=CONSULTATION)
        .select_related("expertise")
        .first()
    )


def _question_of(draft: Draft | None, expertise: str) -> ConsultationForm | None:
    """What the draft holds, judged as if it were sent now; None where it may not be."""
    if draft is None:
        return None
    values = {"title": draft.title, "source": draft.source, "expertise": expertise}
    form = ConsultationForm(values)
    return form if form.is_valid() else None


def _initial(request: HttpRequest, draft: Draft | None) -> dict[str, Any]:
    asked = request.GET.get("keahlian", "")[:40]
    if draft is None:
        return {"expertise": asked, "key": uuid.uuid4()}
    kept = draft.expertise.code if draft.expertise else ""
    return {
        "expertise": asked or kept,
        "title": draft.title,
        "source": draft.source,
        "key": draft.key,
    }
