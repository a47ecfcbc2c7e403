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
from forum.actions import moderation, undoing
from forum.actions.deciding import NO_REASON, handled
from forum.models import Appeal, Category, Decision
from forum.notices.moderation import DECISION, OBJECTED, QUEUE, REPORT_WAITING, subject_of

if TYPE_CHECKING:
    from accounts.models import User

Verb = Decision.Verb
ONCE: Final = "Anda sudah mengajukan keberatan atas tindakan ini."
NO_TEXT: Final = "Tulis keberatan Anda."
SINCE: Final = (
    "Sesudahnya sudah ada tindakan lain atas hal yang sama; tindakan itulah yang berlaku."
)
ENDED: Final = "Tindakan ini sudah tidak berlaku lagi ketika keberatan diputus."
NO_CATEGORY: Final = "Kategori asalnya tidak ada lagi."
SETTLED: Final = {"handled", "deleted"}
"""Where nothing is left to be done by hand either."""
BY_HAND: Final = {
    Verb.MOVE: "Moderator memindahkan topik itu ke kategori yang sesuai.",
    Verb.MERGE: "Moderator memisahkan tulisannya kembali dengan “Memisahkan tulisan menjadi topik”.",
    Verb.SPLIT: "Moderator menggabungkan topik itu ke topik asalnya bila masih perlu.",
}
PAIRS: Final = (
    (Verb.HIDE_POST, Verb.SHOW_POST),
    (Verb.HIDE_TOPIC, Verb.SHOW_TOPIC),
    (Verb.LOCK, Verb.UNLOCK),
    (Verb.SUSPEND, Verb.LIFT),
    (Verb.MOVE,),
)
WHOLE: Final[dict[str, Callable[..., Decision]]] = {
    Verb.MERGE: undoing.part_topics,
    Verb.SPLIT: undoing.put_back,
    Verb.WARN: undoing.strike_warning,
}


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
    """Another moderator's answer. Upheld undoes what was done; the Decision that did, if any.

    Why nothing was undone, and what is left to do by hand, is written into the appeal.
    """
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
        undone = _undo(current, by=by) if upheld else None
        subject = subject_of(current.decision)
        notify(DECISION, subject=subject, item=f"{OBJECTED}{current.pk}", by=by)
    return undone


def undo(decision: Decision, *, reason: str, by: User) -> Decision:
    """A moderator takes back a merge, a split or a warning without having been asked to."""
    if decision.verb not in WHOLE:
        raise PermissionDenied
    return WHOLE[decision.verb](decision, by=by, reason=reason)


def _undo(appeal: Any, *, by: User) -> Decision | None:
    """By the same actions. What others decided since holds, and what cannot be undone is said."""
    decision = appeal.decision
    said = [SINCE] if _has_successor(decision) else []
    if not said:
        try:
            return _way_back(decision)(by=by, reason=appeal.answer)
        except ValidationError as error:
            said = [ENDED if error.code == "handled" else error.messages[0]]
            if error.code not in SETTLED and decision.verb in BY_HAND:
                said.append(BY_HAND[decision.verb])
    appeal.not_undone = " ".join(said)
    appeal.save(update_fields=["not_undone"])
    return None


def _has_successor(decision: Any) -> bool:
    """Whether a later decision of the same kind was made of the same thing: that one holds."""
    verbs = next((pair for pair in PAIRS if decision.verb in pair), ())
    later = Decision.objects.filter(verb__in=verbs, pk__gt=decision.pk)
    about = {"person": decision.person}
    if decision.verb != Verb.SUSPEND:
        about = {"post": decision.post, "topic": decision.topic}
    return later.filter(**about).exists()


def _way_back(decision: Any) -> Callable[..., Decision]:
    """The action that undoes a decision, already told what it is done to."""
    match decision.verb:
        case Verb.HIDE_POST:
            return partial(moderation.show_post, decision.post, undoes=decision)
        case Verb.HIDE_TOPIC:
            return partial(moderation.show_topic, decision.topic, undoes=decision)
        case Verb.LOCK:
            return partial(moderation.unlock_topic, decision.topic, undoes=decision)
        case Verb.SUSPEND:
            return partial(moderation.lift_suspension, decision.person, undoes=decision)
        case Verb.MOVE:
            before = Category.objects.filter(slug=decision.facts["from"]).first()
            if before is None:
                raise ValidationError(NO_CATEGORY)
            return partial(moderation.move_topic, decision.topic, before, undoes=decision)
        case _:
            return partial(WHOLE[decision.verb], decision)
