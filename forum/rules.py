"""Who may do what in the forum. Which rows exist for whom is `visible_to`'s to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accounts import rules as account_rules
from accounts.models import RoleGrant
from forum.models import (
    MEMBERS,
    Appeal,
    Category,
    Consultation,
    Decision,
    Member,
    Post,
    Topic,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Viewer = User | AnonymousUser

Role = RoleGrant.Role
Verb = Decision.Verb
OWN_TOPIC = frozenset({Verb.PIN.value, Verb.UNPIN.value, Verb.LOCK.value})
APPEALABLE = frozenset(
    verb.value
    for verb in (
        Verb.HIDE_POST,
        Verb.HIDE_TOPIC,
        Verb.LOCK,
        Verb.MOVE,
        Verb.MERGE,
        Verb.SPLIT,
        Verb.WARN,
        Verb.SUSPEND,
    )
)
UNDONE_AS_A_WHOLE = frozenset({Verb.MERGE.value, Verb.SPLIT.value, Verb.WARN.value})
"""What no opposite verb takes back: it is undone by naming the decision itself."""
APPEAL_DAYS = dt.timedelta(days=30)

LOCKED = "Topik ini dikunci; tulisan baru tidak lagi diterima."
HIDDEN = "Topik ini disembunyikan; tulisan baru tidak diterima."
ARCHIVED = "Kategori ini diarsipkan; tulisannya masih dapat dibaca."
NOT_HERE = "Di kategori ini Anda hanya membaca."
CLOSED = "Konsultasi ini sudah selesai."
SUSPENDED = "Hak menulis Anda di forum ditangguhkan sampai {until}."


def can_enter_forum(user: Viewer) -> bool:
    """Officers, and those who work for the forum: Ditjen, Moderator, Pembina."""
    return account_rules.is_superuser(user) or any(
        account_rules.has_role(user, role) for role in MEMBERS
    )


def can_moderate(user: Viewer) -> bool:
    return account_rules.is_superuser(user) or account_rules.has_role(user, Role.MODERATOR)


def can_decide_post(user: Viewer, post: Post) -> bool:
    """A moderator other than its author. Of a consultation only what was reported comes here."""
    return can_moderate(user) and not is_author(user, post) and post.state != Post.State.MOVED


def can_decide_topic(user: Viewer, topic: Topic, verb: str | None = None) -> bool:
    """A moderator; of a topic of one's own only what takes nothing back that another decided."""
    if not can_moderate(user) or topic.is_private:
        return False
    own = user.is_authenticated and topic.author_id == user.pk
    return not own or verb is None or verb in OWN_TOPIC


def can_suspend(user: Viewer, person: User) -> bool:
    """Not oneself, and nobody who moderates: those lose their role instead."""
    return can_moderate(user) and person.pk != user.pk and not can_moderate(person)


def can_report(user: Viewer, post: Post) -> bool:
    """Anybody who sees it but its author."""
    return post.is_shown and user.is_authenticated and not is_author(user, post)


def can_appeal(user: Viewer, decision: Decision, now: dt.datetime) -> bool:
    """The person concerned, in thirty days, of what was done against them."""
    return (
        user.is_authenticated
        and decision.person_id == user.pk
        and decision.verb in APPEALABLE
        and decision.undoes_id is None
        and now - decision.created_at <= APPEAL_DAYS
    )


def can_undo(user: Viewer, decision: Decision) -> bool:
    """A moderator, of a merge, a split or a warning that does not concern themselves."""
    return (
        can_moderate(user)
        and user.is_authenticated
        and decision.verb in UNDONE_AS_A_WHOLE
        and decision.person_id != user.pk
    )


def can_decide_appeal(user: Viewer, appeal: Appeal) -> bool:
    """A moderator other than who decided, and other than who objects."""
    return (
        can_moderate(user)
        and user.is_authenticated
        and user.pk not in {appeal.decision.by_id, appeal.decision.person_id, appeal.by_id}
    )


def can_verify_answers(user: Viewer) -> bool:
    """Only the Pembina speaks for the ministry; being superuser is no expertise."""
    return account_rules.has_role(user, Role.PEMBINA)


def can_read_category(user: Viewer, category: Category) -> bool:
    return can_moderate(user) or _among(user, category.readers)


def can_start_topic(user: Viewer, category: Category) -> bool:
    """In a category of which one is a starter, and which is in use."""
    if can_moderate(user):
        return True
    return _among(user, category.starters) and not category.is_archived


def why_no_reply(user: Viewer, topic: Topic) -> str | None:
    """Why somebody who sees a topic may not write in it; None where they may.

    Suspension is asked apart (`why_suspended`), since it is no property of the topic.
    """
    if can_moderate(user) and not topic.is_private:
        return None
    if topic.is_hidden:
        return HIDDEN
    if topic.is_locked:
        return CLOSED if topic.is_private else LOCKED
    category = topic.category
    if category is None:
        return None  # whoever sees a consultation has a seat in it
    if category.is_archived:
        return ARCHIVED
    return None if _among(user, category.repliers) else NOT_HERE


def can_reply(user: Viewer, topic: Topic) -> bool:
    return why_no_reply(user, topic) is None


def is_author(user: Viewer, post: Post) -> bool:
    return user.is_authenticated and post.author_id == user.pk


def can_read_post(user: Viewer, post: Post) -> bool:
    """Whether the text, and not only a tombstone, is theirs: the topic is visible to them."""
    if post.state == Post.State.SHOWN:
        return True
    if post.state == Post.State.HIDDEN:
        return is_author(user, post) or can_moderate(user)
    return False


def can_edit_post(user: Viewer, post: Post) -> bool:
    """Authors, as long as the topic takes posts; the post comes with its topic."""
    return post.is_shown and is_author(user, post) and can_reply(user, post.topic)


def can_delete_post(user: Viewer, post: Post) -> bool:
    """As editing; a first post that was replied to, or an accepted answer, stays."""
    first_of_many = post.number == 1 and post.topic.reply_count > 0
    stands = post.standing != Post.Standing.PLAIN
    return can_edit_post(user, post) and not first_of_many and not stands


def can_accept_answer(user: Viewer, topic: Topic, post: Post) -> bool:
    """The asker, of a shown reply, as long as the question stands open to writing."""
    return (
        topic.is_question
        and user.is_authenticated
        and topic.author_id == user.pk
        and post.topic_id == topic.pk
        and post.number > 1
        and post.is_shown
        and not topic.is_hidden
    )


def can_take_back_answer(user: Viewer, topic: Topic) -> bool:
    """Only the asker says what helped them."""
    return user.is_authenticated and topic.author_id == user.pk and not topic.is_hidden


def can_verify_answer(user: Viewer, topic: Topic, post: Post) -> bool:
    """The Pembina, of a shown reply to a public question; nobody approves their own answer.

    What stands verified stays theirs to look at where a merge or a split has brought it elsewhere.
    """
    answers = topic.kind == Topic.Kind.QUESTION and post.number > 1
    return (
        can_verify_answers(user)
        and (answers or post.standing == Post.Standing.VERIFIED)
        and post.topic_id == topic.pk
        and post.is_shown
        and not topic.is_hidden
        and not is_author(user, post)
    )


def can_thank(user: Viewer, post: Post) -> bool:
    """Anybody who sees it but its author."""
    return post.is_shown and not is_author(user, post)


def can_join_question(user: Viewer, topic: Topic) -> bool:
    """Say "saya juga": whoever sees somebody else's question; a consultation is nobody else's."""
    asked = topic.is_question and not topic.is_private and not topic.is_hidden
    return asked and user.is_authenticated and topic.author_id != user.pk


def is_asker(user: Viewer, topic: Topic) -> bool:
    """Whether somebody asked this question, or began this topic."""
    return user.is_authenticated and topic.author_id == user.pk


def can_invite(user: Viewer, consultation: Consultation, seats: Iterable[Member]) -> bool:
    """The asker and the one with whom it lies, as long as it goes on."""
    if consultation.state == Consultation.State.CLOSED:
        return False
    return any(seat.user_id == user.pk and seat.part != Member.Part.GUEST for seat in _now(seats))


def side_of(user: Viewer, seats: Iterable[Member]) -> str:
    """As which of the two sides somebody agrees to a publication; "" for guests and others."""
    own = (seat.part for seat in _now(seats) if seat.user_id == user.pk)
    return next((part for part in own if part != Member.Part.GUEST), "")


def can_publish(consultation: Consultation) -> bool:
    """What was answered, once."""
    answered = {Consultation.State.ANSWERED, Consultation.State.CLOSED}
    return consultation.state in answered and consultation.published_id is None


def _now(seats: Iterable[Member]) -> Iterable[Member]:
    return (seat for seat in seats if seat.left_at is None)


def suspended_sentence(until: str) -> str:
    return SUSPENDED.format(until=until)


def _among(user: Viewer, roles: list[str]) -> bool:
    return any(account_rules.has_role(user, role) for role in roles)
