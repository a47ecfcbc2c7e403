"""What every decision of a moderator has in common: who may, what is held, what is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.utils import timezone

from epk.lib.notices import notify
from forum import rules
from forum.actions.answers import restand
from forum.actions.turns import held_topic_of, locked_topic
from forum.models import Decision, Post, Report, Topic, Verification
from forum.notices.moderation import DECISION, subject_of

if TYPE_CHECKING:
    from accounts.models import User

HANDLED: Final = "Ini sudah ditangani moderator lain; tidak ada yang diubah."
NO_REASON: Final = "Tulis alasannya."


def handled() -> ValidationError:
    """What the second of two moderators is told."""
    return ValidationError(HANDLED, code="handled")


def held_post(post: Post, *, by: User) -> Any:
    """The post as it is now, its topic held; PermissionDenied for those who may not decide on it.

    A post of a consultation is a moderator's affair only if somebody reported it.
    """
    if not rules.can_moderate(by):
        raise PermissionDenied
    topic = held_topic_of(post.pk)
    current: Any = Post.objects.select_related("author").get(pk=post.pk)
    current.topic = topic
    if not rules.can_decide_post(by, current):
        raise PermissionDenied
    if topic.is_private and not current.reports.exists():
        raise PermissionDenied
    return current


def held_topic(topic: Topic, verb: Decision.Verb, *, by: User) -> Any:
    """The topic as it is now, held. One that was merged meanwhile is handled already."""
    if not rules.can_moderate(by):
        raise PermissionDenied
    current = locked_topic(topic.pk)
    if not rules.can_decide_topic(by, current, verb.value):
        raise PermissionDenied
    if current.merged_into_id:
        raise handled()
    return current


def write_down(
    verb: Decision.Verb,
    *,
    by: User,
    reason: str,
    about: Post | Topic | None = None,
    person: User | None = None,
    facts: dict[str, Any] | None = None,
    undoes: Decision | None = None,
) -> Decision:
    """Add to the log, answer the open reports of the post, and tell the person concerned.

    What undoes an earlier decision answers no report: that was made of something else.
    """
    if not reason.strip():
        raise ValidationError(NO_REASON, code="reason")
    post = about if isinstance(about, Post) else None
    topic = about.topic if isinstance(about, Post) else about
    made = Decision.objects.create(
        verb=verb,
        by=by,
        reason=reason.strip(),
        topic=topic,
        post=post,
        person=person,
        facts=facts or {},
        undoes=undoes,
    )
    if post is not None and undoes is None:
        open_reports = Report.objects.waiting().filter(post=post)
        open_reports.update(decision=made, closed_at=timezone.now())
    if person is not None and verb is not Decision.Verb.DISMISS:
        notify(DECISION, subject=subject_of(made), item=subject_of(made), by=by)
    return made


def settle(topic: Any, *, thanks: bool = False) -> None:
    """Bring counters and answers of a topic in line with its posts, after some came or went.

    `thanks` where posts came or went that had been thanked for.
    """
    posts = Post.objects.filter(topic=topic)
    shown = posts.shown()
    newest = posts.order_by("-created_at", "-number").values_list("created_at", "author_name")
    last = newest.first()
    topic.reply_count = shown.filter(number__gt=1).count()
    topic.last_number = posts.order_by("-number").values_list("number", flat=True).first() or 0
    if last is not None:
        topic.last_posted_at, topic.last_author_name = last
    topic.metoo_count = topic.metoo.count()
    if thanks:
        topic.thanks_count = posts.aggregate(all=Sum("thanks_count", default=0))["all"]
    _settle_answers(topic, shown)
    topic.save(
        update_fields=[
            "reply_count",
            "last_number",
            "last_posted_at",
            "last_author_name",
            "metoo_count",
            *(["thanks_count"] if thanks else []),
            "accepted",
            "verification",
        ]
    )


def _settle_answers(topic: Any, shown: Any) -> None:
    """Only a shown post of this topic stands at its top; a discussion has no accepted answer."""
    if not (topic.is_question and shown.filter(pk=topic.accepted_id, number__gt=1).exists()):
        topic.accepted = None
    standing = Verification.objects.standing().filter(post__in=shown)
    topic.verification = standing.newest()
    restand(topic)
