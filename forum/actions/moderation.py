"""Reports, and what moderators do about posts, topics and people: each with a reason, logged."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from epk.lib.notices import notify
from forum import rules
from forum.actions.deciding import handled, held_post, held_topic, settle, write_down
from forum.actions.turns import one_at_a_time
from forum.models import Category, Decision, Post, Report, Suspension, Topic
from forum.notices.moderation import QUEUE, REPORT_WAITING, REPORTED

if TYPE_CHECKING:
    from accounts.models import User

Verb = Decision.Verb
REPORTED_ALREADY: Final = "Anda sudah melaporkan tulisan ini; laporan itu menunggu moderator."
SAME_CATEGORY: Final = "Topik ini sudah di kategori itu."
NO_AUTHOR: Final = "Akun penulisnya tidak ada lagi."
LONGEST_SUSPENSION: Final = 365
WRONG_DAYS: Final = "Isi 1 sampai 365 hari."


def report_post(post: Post, *, reason: str, details: str = "", by: User) -> Report:
    """Tell moderators of a post, once as long as that report is open."""
    with transaction.atomic():
        one_at_a_time(by)
        current = Post.objects.visible_to(by).filter(pk=post.pk).first()
        if current is None or not rules.can_report(by, current):
            raise PermissionDenied
        if Report.objects.waiting().filter(post=post, reporter=by).exists():
            raise ValidationError(REPORTED_ALREADY, code="twice")
        made = Report.objects.create(post=post, reporter=by, reason=reason, details=details)
        notify(REPORT_WAITING, subject=QUEUE, item=f"{REPORTED}{made.pk}", by=by)
    return made


def hide_post(post: Post, *, by: User, reason: str) -> Decision:
    """Its author and moderators still read it; for others a tombstone stands there."""
    with transaction.atomic():
        current = held_post(post, by=by)
        if current.state != Post.State.SHOWN:
            raise handled()
        was_accepted = current.topic.accepted_id == current.pk
        current.state = Post.State.HIDDEN
        current.save(update_fields=["state"])
        settle(current.topic)
        facts = {"was_accepted": True} if was_accepted else {}
        return write_down(
            Verb.HIDE_POST,
            by=by,
            reason=reason,
            about=current,
            person=current.author,
            facts=facts,
        )


def show_post(post: Post, *, by: User, reason: str, undoes: Decision | None = None) -> Decision:
    """Back to where it stood, as accepted answer, too, if no other was accepted meanwhile."""
    with transaction.atomic():
        current = held_post(post, by=by)
        if current.state != Post.State.HIDDEN:
            raise handled()
        current.state = Post.State.SHOWN
        current.save(update_fields=["state"])
        hiding = Decision.objects.filter(post=current, verb=Verb.HIDE_POST).first()
        if hiding is not None and "was_accepted" in hiding.facts and not current.topic.accepted_id:
            current.topic.accepted = current
        settle(current.topic)
        return write_down(
            Verb.SHOW_POST,
            by=by,
            reason=reason,
            about=current,
            person=current.author,
            undoes=undoes,
        )


def dismiss_reports(post: Post, *, by: User, reason: str) -> Decision:
    """Close the open reports of a post; it stays as it is."""
    with transaction.atomic():
        current = held_post(post, by=by)
        if not Report.objects.waiting().filter(post=current).exists():
            raise handled()
        return write_down(Verb.DISMISS, by=by, reason=reason, about=current)


def warn_author(post: Post, *, by: User, reason: str) -> Decision:
    """A reprimand for a post; a second one only if it was reported anew."""
    with transaction.atomic():
        current = held_post(post, by=by)
        if current.author is None:
            raise ValidationError(NO_AUTHOR, code="author")
        warned = Decision.objects.filter(post=current, verb=Verb.WARN).exists()
        if warned and not Report.objects.waiting().filter(post=current).exists():
            raise handled()
        return write_down(
            Verb.WARN,
            by=by,
            reason=reason,
            about=current,
            person=current.author,
        )


def suspend_author(post: Post, *, days: int, by: User, reason: str) -> Decision:
    """For a post its author may not write in the forum for some days; they read on."""
    if not 1 <= days <= LONGEST_SUSPENSION:
        raise ValidationError(WRONG_DAYS, code="days")
    with transaction.atomic():
        author = Post.objects.select_related("author").get(pk=post.pk).author
        if author is None:
            raise ValidationError(NO_AUTHOR, code="author")
        one_at_a_time(author)
        if not rules.can_suspend(by, author):
            raise PermissionDenied
        current = held_post(post, by=by)
        now = timezone.now()
        if Suspension.objects.in_force(now).filter(person=author).exists():
            raise handled()
        made = write_down(
            Verb.SUSPEND,
            by=by,
            reason=reason,
            about=current,
            person=author,
            facts={"days": days},
        )
        Suspension.objects.create(
            person=author, decision=made, begins_at=now, ends_at=now + dt.timedelta(days=days)
        )
    return made


def lift_suspension(
    person: User, *, by: User, reason: str, undoes: Decision | None = None
) -> Decision:
    """They may write again from now on."""
    with transaction.atomic():
        one_at_a_time(person)
        if not rules.can_moderate(by) or person.pk == by.pk:
            raise PermissionDenied
        now = timezone.now()
        if not Suspension.objects.in_force(now).filter(person=person).update(lifted_at=now):
            raise handled()
        return write_down(Verb.LIFT, by=by, reason=reason, person=person, undoes=undoes)


def hide_topic(topic: Topic, *, by: User, reason: str) -> Decision:
    """Only moderators and its author still know of it."""
    return _mark(topic, Verb.HIDE_TOPIC, "hidden_at", True, by=by, reason=reason)


def show_topic(topic: Topic, *, by: User, reason: str, undoes: Decision | None = None) -> Decision:
    """A topic whose first post its author took back stays away."""
    return _mark(topic, Verb.SHOW_TOPIC, "hidden_at", False, by=by, reason=reason, undoes=undoes)


def lock_topic(topic: Topic, *, by: User, reason: str) -> Decision:
    return _mark(topic, Verb.LOCK, "locked_at", True, by=by, reason=reason)


def unlock_topic(
    topic: Topic, *, by: User, reason: str, undoes: Decision | None = None
) -> Decision:
    return _mark(topic, Verb.UNLOCK, "locked_at", False, by=by, reason=reason, undoes=undoes)


def pin_topic(topic: Topic, *, by: User, reason: str) -> Decision:
    return _mark(topic, Verb.PIN, "pinned_at", True, by=by, reason=reason)


def unpin_topic(topic: Topic, *, by: User, reason: str) -> Decision:
    return _mark(topic, Verb.UNPIN, "pinned_at", False, by=by, reason=reason)


def move_topic(
    topic: Topic, category: Category, *, by: User, reason: str, undoes: Decision | None = None
) -> Decision:
    """Into another category: from now on its readers see the topic, and nobody else."""
    with transaction.atomic():
        current = held_topic(topic, Verb.MOVE, by=by)
        if current.category_id == category.pk:
            raise ValidationError(SAME_CATEGORY, code="same")
        old = current.category
        current.category = category
        current.pinned_at = None  # it was pinned among the topics of the other one
        current.save(update_fields=["category", "pinned_at"])
        return write_down(
            Verb.MOVE,
            by=by,
            reason=reason,
            about=current,
            person=current.author,
            facts={"from": old.slug, "to": category.slug},
            undoes=undoes,
        )


def _mark(
    topic: Topic,
    verb: Decision.Verb,
    column: str,
    on: bool,
    *,
    by: User,
    reason: str,
    undoes: Decision | None = None,
) -> Decision:
    """Set or clear one of the moments that say how a topic is treated."""
    with transaction.atomic():
        current: Any = held_topic(topic, verb, by=by)
        if (getattr(current, column) is not None) is on:
            raise handled()
        if verb is Verb.SHOW_TOPIC and _taken_back(current):
            raise ValidationError("Topik ini dihapus penulisnya.", code="deleted")
        setattr(current, column, timezone.now() if on else None)
        current.save(update_fields=[column])
        return write_down(
            verb, by=by, reason=reason, about=current, person=current.author, undoes=undoes
        )


def _taken_back(topic: Topic) -> bool:
    return Post.objects.filter(topic=topic, number=1, state=Post.State.DELETED).exists()
