"""Objecting to a decision, once, and what another moderator makes of that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from epk.lib.notices import notify
from forum import rules
from forum.actions import moderation
from forum.actions.deciding import NO_REASON, handled
from forum.models import Appeal, Category, Decision, Topic
from forum.notices.moderation import DECISION, OBJECTED, QUEUE, REPORT_WAITING, subject_of

if TYPE_CHECKING:
    from accounts.models import User

Verb = Decision.Verb
ONCE: Final = "Anda sudah mengajukan keberatan atas tindakan ini."
NO_TEXT: Final = "Tulis keberatan Anda."


def appeal(decision: Decision, *, text: str, by: User) -> Appeal:
    """The one objection of the person concerned, in thirty days."""
    if not rules.can_appeal(by, decision, timezone.now()):
        raise PermissionDenied
    if not text.strip():
        raise ValidationError(NO_TEXT, code="text")
    with transaction.atomic():
        made, fresh = Appeal.objects.get_or_create(
            decision=decision, defaults={"by": by, "text": text.strip()}
        )
        if not fresh:
            raise ValidationError(ONCE, code="twice")
        notify(REPORT_WAITING, subject=QUEUE, item=f"{OBJECTED}{made.pk}", by=by)
    return made


def decide_appeal(appeal: Appeal, *, upheld: bool, answer: str, by: User) -> Decision | None:
    """Another moderator's answer. Upheld undoes what can be undone; the Decision that did, if any."""
    if not answer.strip():
        raise ValidationError(NO_REASON, code="reason")
    with transaction.atomic():
        rows = Appeal.objects.select_for_update(of=("self",))
        current: Any = rows.select_related(
            "decision__topic", "decision__post", "decision__person"
        ).get(pk=appeal.pk)
        if not rules.can_decide_appeal(by, current):
            raise PermissionDenied
        if current.decided_at is not None:
            raise handled()
        current.decided_by = by
        current.decided_at = timezone.now()
        current.upheld = upheld
        current.answer = answer.strip()
        current.save(update_fields=["decided_by", "decided_at", "upheld", "answer"])
        undone = _undo(current.decision, by=by, reason=answer) if upheld else None
        subject = subject_of(current.decision)
        notify(DECISION, subject=subject, item=f"{OBJECTED}{current.pk}", by=by)
    return undone


def _undo(decision: Any, *, by: User, reason: str) -> Decision | None:
    """By the same actions; what others have undone meanwhile, or what never can be, stays."""
    back, about = _way_back(decision)
    if back is None or about is None:
        return None
    try:
        made: Decision = back(about, by=by, reason=reason, undoes=decision)
    except ValidationError:
        return None
    return made


def _way_back(decision: Any) -> tuple[Callable[..., Decision] | None, Any]:
    """The action that undoes a decision, and what it is done to."""
    match decision.verb:
        case Verb.HIDE_POST:
            return moderation.show_post, decision.post
        case Verb.HIDE_TOPIC:
            return moderation.show_topic, decision.topic
        case Verb.LOCK:
            return moderation.unlock_topic, decision.topic
        case Verb.SUSPEND:
            return moderation.lift_suspension, decision.person
        case Verb.MOVE:
            before = Category.objects.filter(slug=decision.facts["from"]).first()
            if before is not None:
                return partial(_move_back, category=before), decision.topic
    return None, None


def _move_back(topic: Topic, *, category: Category, **facts: Any) -> Decision:
    return moderation.move_topic(topic, category, **facts)
