"""Publishing a consultation without names: a text, and the word of both sides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from epk.lib.methods import post_only
from forum import presenters, rules
from forum.actions import publication as actions
from forum.forms.consultation import PublicationForm, VersionForm
from forum.models import Category, Topic
from forum.views.consultation import private_topic
from forum.views.entrance import members_only, person_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The text that is to be published, and how far the two sides are."""
    user = person_of(request)
    if not rules.can_enter_forum(user):
        raise Http404  # as for everyone who has no seat
    topic = private_topic(request, topic_id)
    stage = presenters.publication_stage(topic, user)
    if not stage.side:
        raise PermissionDenied
    if stage.published_path:
        return redirect(stage.published_path)
    if not stage.is_open:
        messages.error(request, actions.NOT_YET)
        return redirect("forum:topic", topic_id=topic.pk)
    options: dict[str, Any] = {
        "categories": Category.objects.startable_by(user),
        "is_consultant": stage.is_consultant,
    }
    if request.method != "POST":
        initial = stage.initial or actions.first_text(topic, stage.seats)
        return _shown(request, topic, PublicationForm(initial=initial, **options), stage)
    form = PublicationForm(request.POST, **options)
    if form.is_valid():
        asked = form.cleaned_data
        text = actions.Text(asked["category"], asked["title"], asked["question"], asked["answer"])
        try:
            actions.propose_text(
                topic,
                text,
                seen_version=asked["version"] or 0,
                name_consultant=asked.get("name_consultant"),
                by=user,
                sure=bool(asked.get("sure")),
            )
        except ValidationError as error:
            form.add_error(None, error)
            if getattr(error, "code", "") == "traces":
                form.ask_if_sure()
        else:
            messages.success(request, "Naskah disimpan; pihak lain diminta menyetujuinya.")
            return redirect("forum:topic", topic_id=topic.pk)
    return _shown(request, topic, form, stage)


@post_only
@members_only
def publication_agree(request: HttpRequest, topic_id: int) -> HttpResponse:
    """One side agrees to the version it has read; the second word publishes."""
    topic = private_topic(request, topic_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, actions.CHANGED)
        return redirect("forum:publication", topic_id=topic.pk)
    try:
        public = actions.agree(
            topic, seen_version=form.cleaned_data["version"], by=person_of(request)
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("forum:publication", topic_id=topic.pk)
    if public is None:
        messages.success(request, "Persetujuan Anda dicatat.")
        return redirect("forum:topic", topic_id=topic.pk)
    messages.success(request, "Konsultasi ini terbit tanpa nama penanya.")
    return redirect("forum:topic", topic_id=topic.pk)


@post_only
@members_only
def publication_withdraw(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Either side takes the proposal back."""
    topic = private_topic(request, topic_id)
    try:
        actions.withdraw(topic, by=person_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Usulan penerbitan dibatalkan.")
    return redirect("forum:topic", topic_id=topic.pk)


def _shown(
    request: HttpRequest, topic: Topic, form: PublicationForm, stage: presenters.PublicationStage
) -> HttpResponse:
    context = {"topic": topic, "form": form, "stage": stage}
    return render(request, "forum/publication.html", context)
