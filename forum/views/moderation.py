"""Reporting posts; what moderators see and do; objecting to what they did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forum import rules
from forum.actions import appeals as objecting
from forum.actions import moderation as acts
from forum.actions import rearranging
from forum.actions.writing import suspended_until
from forum.forms.moderation import (
    AfterForm,
    AppealForm,
    LogForm,
    PostDecisionForm,
    ReportForm,
    TopicDecisionForm,
    UndoForm,
    VerdictForm,
)
from forum.models import Category, Decision, Post, Topic
from forum.presenters import moderation as shown
from forum.views.entrance import members_only, person_of, post_of, topic_of

Verb = Decision.Verb
ON_POSTS: Final[dict[Verb, Callable[..., object]]] = {
    Verb.HIDE_POST: acts.hide_post,
    Verb.SHOW_POST: acts.show_post,
    Verb.WARN: acts.warn_author,
    Verb.DISMISS: acts.dismiss_reports,
}
ON_TOPICS: Final[dict[Verb, Callable[..., object]]] = {
    Verb.HIDE_TOPIC: acts.hide_topic,
    Verb.SHOW_TOPIC: acts.show_topic,
    Verb.LOCK: acts.lock_topic,
    Verb.UNLOCK: acts.unlock_topic,
    Verb.PIN: acts.pin_topic,
    Verb.UNPIN: acts.unpin_topic,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def post_report(request: HttpRequest, post_id: int) -> HttpResponse:
    """Tell moderators what is wrong with a post."""
    found = post_of(request, post_id)
    if not rules.can_report(request.user, found):
        raise PermissionDenied
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked, by = form.cleaned_data, person_of(request)

        def report() -> object:
            return acts.report_post(found, **asked, by=by)

        if _done(form, report):
            messages.success(request, "Terima kasih; moderator akan melihatnya.")
            return redirect("forum:post", post_id=found.pk)
    context = {"form": form, "post": found, "topic": found.topic}
    return render(request, "forum/post_report.html", context)


@never_cache
@require_safe
@members_only
def moderation(request: HttpRequest) -> HttpResponse:
    """What was reported and waits for a decision."""
    page = shown.queue(_moderator(request), AfterForm(request.GET).after)
    return render(request, "forum/moderation.html", {"page": page})


@never_cache
@require_safe
@members_only
def moderation_log(request: HttpRequest) -> HttpResponse:
    """What moderators did, the newest first."""
    _moderator(request)
    form = LogForm(request.GET)
    context = {"log": shown.log(form), "verbs": Verb.choices, "chosen": form.verb}
    return render(request, "forum/moderation_log.html", context)


@never_cache
@require_safe
@members_only
def appeals(request: HttpRequest) -> HttpResponse:
    """Objections that wait for another moderator."""
    page = shown.appeals(_moderator(request), AfterForm(request.GET).after)
    return render(request, "forum/appeals.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def post_moderate(request: HttpRequest, post_id: int) -> HttpResponse:
    """Decide about a post or its author."""
    rows = Post.objects.to_moderate(request.user).select_related("topic__category", "author")
    found = get_object_or_404(rows, pk=post_id)
    if not rules.can_decide_post(request.user, found):
        raise PermissionDenied
    user, reports = person_of(request), shown.waiting_reports(found)
    verbs = _verbs_of_post(found, request, is_reported=bool(reports))
    form = PostDecisionForm(request.POST or None, verbs=verbs)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data

        def decide() -> object:
            verb, why = Verb(asked["verb"]), {"by": user, "reason": asked["reason"]}
            if verb is Verb.SUSPEND:
                return acts.suspend_author(found, days=asked["days"], **why)
            if verb is Verb.LIFT and found.author is not None:
                return acts.lift_suspension(found.author, **why)
            return ON_POSTS[verb](found, **why)

        if _done(form, decide):
            messages.success(request, "Tindakan dicatat.")
            return redirect("forum:moderation")
    is_readable = rules.can_read_post(user, found)
    context = {
        "form": form,
        "post": found,
        "title": shown.PRIVATE if found.topic.is_private else found.topic.title,
        "is_private": found.topic.is_private,
        "reports": reports,
        "warned": shown.warnings_of(found.author),
        "text": shown.safe_text(found, user) if is_readable else None,
        "files": shown.files_of(found) if is_readable else [],
    }
    return render(request, "forum/post_moderate.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def topic_moderate(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Decide about a topic."""
    found = topic_of(request, topic_id)
    if not rules.can_decide_topic(request.user, found):
        raise PermissionDenied
    if found.merged_into_id:
        return redirect("forum:topic_moderate", topic_id=found.merged_into_id)
    user = person_of(request)
    form = TopicDecisionForm(
        request.POST or None,
        verbs=_verbs_of_topic(found, request),
        categories=Category.objects.visible_to(user),
        topics=Topic.objects.visible_to(user).public().listed().select_related("category"),
        topic=found,
    )
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _done(form, lambda: _decide_topic(found, form.cleaned_data, request)):
        messages.success(request, "Tindakan dicatat.")
        return redirect("forum:topic", topic_id=found.pk)
    return render(request, "forum/topic_moderate.html", {"form": form, "topic": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """A decision as the person concerned reads it, with their objection; moderators read it too.

    Open to them even when they have lost their seat in the forum.
    """
    rows = Decision.objects.with_undone()
    rows = rows.select_related("topic", "post", "person", "appeal", "suspension")
    found = get_object_or_404(rows.open_to(request.user), pk=decision_id)
    form, act = _objection(request, found)
    if request.method == "POST":
        if form is None or act is None:
            raise PermissionDenied
        if form.is_valid() and _done(form, lambda: act(**form.cleaned_data, by=person_of(request))):
            messages.success(request, "Tersimpan.")
            return redirect("forum:decision", decision_id=found.pk)
    context = {
        "page": shown.decision_page(found, person_of(request)),
        "form": form,
        "asks": _asks(form),
        "can_moderate": rules.can_moderate(request.user),
    }
    return render(request, "forum/decision.html", context)


def _objection(
    request: HttpRequest, found: Any
) -> tuple[AppealForm | VerdictForm | UndoForm | None, Callable[..., object] | None]:
    """The form that this person may send about a decision now, and what it does."""
    made, data = getattr(found, "appeal", None), request.POST or None
    if made is None:
        if not found.is_undone and rules.can_appeal(request.user, found, timezone.now()):
            return AppealForm(data), lambda **asked: objecting.appeal(found, **asked)
    elif made.decided_at is None and rules.can_decide_appeal(request.user, made):
        return VerdictForm(data), lambda **asked: objecting.decide_appeal(made, **asked)
    waits = made is not None and made.decided_at is None
    if not waits and not found.is_undone and rules.can_undo(request.user, found):
        return UndoForm(data), lambda **asked: objecting.undo(found, **asked)
    return None, None


def _asks(form: Form | None) -> str:
    """What the form of a decision is for, in a word that the page knows."""
    kinds = {AppealForm: "objection", VerdictForm: "verdict", UndoForm: "undoing"}
    return kinds[type(form)] if form is not None else ""


def _moderator(request: HttpRequest) -> Any:
    if not rules.can_moderate(request.user):
        raise PermissionDenied
    return person_of(request)


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Do it; where it could not be done, the form says why."""
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _verbs_of_post(post: Post, request: HttpRequest, *, is_reported: bool) -> list[Verb]:
    hides = {Post.State.SHOWN: [Verb.HIDE_POST], Post.State.HIDDEN: [Verb.SHOW_POST]}
    verbs = list(hides.get(Post.State(post.state), []))
    if post.author is not None:
        verbs.append(Verb.WARN)
        if rules.can_suspend(request.user, post.author):
            verbs.append(Verb.LIFT if suspended_until(post.author) else Verb.SUSPEND)
    return verbs + ([Verb.DISMISS] if is_reported else [])


def _verbs_of_topic(topic: Topic, request: HttpRequest) -> list[Verb]:
    offered = [
        Verb.SHOW_TOPIC if topic.is_hidden else Verb.HIDE_TOPIC,
        Verb.UNLOCK if topic.is_locked else Verb.LOCK,
        Verb.UNPIN if topic.pinned_at else Verb.PIN,
        Verb.MOVE,
        Verb.MERGE,
        Verb.SPLIT,
    ]
    return [verb for verb in offered if rules.can_decide_topic(request.user, topic, verb.value)]


def _decide_topic(topic: Topic, asked: dict[str, Any], request: HttpRequest) -> object:
    verb = Verb(asked["verb"])
    why = {"by": person_of(request), "reason": asked["reason"]}
    if verb is Verb.MOVE:
        return acts.move_topic(topic, asked["category"], **why)
    if verb is Verb.MERGE:
        return rearranging.merge_topics(topic, asked["target"], **why)
    if verb is Verb.SPLIT:
        place = {"title": asked["title"], "category": asked["category"]}
        return rearranging.split_posts(topic, asked["numbers"], **place, **why)
    return ON_TOPICS[verb](topic, **why)
