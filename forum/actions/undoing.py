"""Undoing a merge, a split, a warning: every post goes back under the number that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from forum import rules
from forum.actions.deciding import handled, held_post, settle, write_down
from forum.actions.indexing import index_post
from forum.actions.rearranging import stub_of
from forum.actions.turns import held_together
from forum.models import Decision, Post, Topic
from forum.queries.rearranging import hand_over_followers, part_readers

if TYPE_CHECKING:
    from accounts.models import User

Verb = Decision.Verb
TOO_OLD: Final = "Tindakan ini dicatat sebelum portal dapat membatalkannya."
MOVED_ON: Final = "Tulisan itu sudah dipindahkan lagi ke topik lain."
HEAVY: Final = ("source", "html", "search")
OUT_OF_THE_WAY: Final = 1_000_000_000
"""Added to a number while two posts change places: no topic is that long."""
AT_ONCE: Final = 500


def strike_warning(decision: Decision, *, by: User, reason: str) -> Decision:
    """The warning stays in the log, marked, and counts no more."""
    if decision.post is None:
        raise handled()
    if not rules.can_undo(by, decision):
        raise PermissionDenied
    with transaction.atomic():
        held_post(decision.post, by=by)
        _still_stands(decision)
        return write_down(
            Verb.STRIKE,
            by=by,
            reason=reason,
            about=decision.post,
            person=decision.person,
            undoes=decision,
        )


def part_topics(decision: Decision, *, by: User, reason: str) -> Decision:
    """What a merge appended becomes its own topic again.

    In the other one a stub stays under each number: numbers are dense, and addresses lead on.
    """
    with transaction.atomic():
        gone, kept = _merged(decision, by=by)
        size, offset = decision.facts.get("size"), gone.merged_offset
        if size is None:
            raise ValidationError(TOO_OLD, code="old")
        _send_back(gone, kept, offset=offset, size=size)
        part_readers(source=gone.pk, target=kept.pk, offset=offset, size=size)
        gone.merged_into, gone.merged_offset = None, 0
        gone.save(update_fields=["merged_into", "merged_offset"])
        within = {"merged_offset__gt": offset, "merged_offset__lt": offset + size}
        Topic.objects.filter(merged_into=kept, **within).update(
            merged_into=gone, merged_offset=F("merged_offset") - offset
        )
        gone.accepted_id = decision.facts.get("accepted")
        settle(kept, thanks=True)
        settle(gone, thanks=True)
        facts = {"from": kept.pk, "size": size}
        return write_down(
            Verb.PART,
            by=by,
            reason=reason,
            about=gone,
            person=gone.author,
            facts=facts,
            undoes=decision,
        )


def put_back(decision: Decision, *, by: User, reason: str) -> Decision:
    """Each post that a split took away changes places with its stub, wherever the stub stands now.

    If nobody wrote in the new topic since, it leads to the old one; else it stays, with the stubs.
    """
    made = _may_undo(decision, by=by)
    with transaction.atomic():
        topics = {topic.pk: topic for topic in held_together(lambda: _places(decision, made))}
        _still_stands(decision)
        pairs = _pairs(decision, made)
        if not pairs:
            said = MOVED_ON if "stubs" in decision.facts else TOO_OLD
            raise ValidationError(said, code="moved")
        target = topics[pairs[0][0].topic_id]
        place = pairs[0][0].number
        _change_places(pairs)
        for post in (pair[1] for pair in pairs):
            if post.source:
                index_post(post, title=topics[post.topic_id].title)
        new = topics[made.pk]
        for topic in topics.values():
            _reopen_if_filled(topic)
        facts = {"into": target.pk, "numbers": [post.number for _, post in pairs]}
        if not target.accepted_id:
            target.accepted_id = decision.facts.get("accepted")
        for topic in topics.values():
            settle(topic, thanks=True)
        _close_if_empty(new, target, offset=place - 1)
        return write_down(
            Verb.PUT_BACK,
            by=by,
            reason=reason,
            about=new,
            person=decision.person,
            facts=facts,
            undoes=decision,
        )


def _may_undo(decision: Decision, *, by: User) -> Topic:
    if not rules.can_undo(by, decision):
        raise PermissionDenied
    if decision.topic is None:
        raise handled()
    return decision.topic


def _leads_to(topic: Topic) -> list[int]:
    """A topic, and the one it was merged into."""
    rows = Topic.objects.filter(pk=topic.pk).values_list("pk", "merged_into")
    return [key for pair in rows for key in pair if key]


def _still_stands(decision: Decision) -> None:
    if Decision.objects.filter(undoes=decision).exists():
        raise handled()


def _merged(decision: Decision, *, by: User) -> tuple[Any, Any]:
    """The topic that was merged away and the one it leads to, both held."""
    source = _may_undo(decision, by=by)

    topics = {topic.pk: topic for topic in held_together(lambda: _leads_to(source))}
    gone = topics[source.pk]
    latest = Decision.objects.filter(topic=gone, verb=Verb.MERGE).order_by("-pk").first()
    if not gone.merged_into_id or latest != decision:
        raise handled()
    _still_stands(decision)
    return gone, topics[gone.merged_into_id]


def _send_back(gone: Topic, kept: Topic, *, offset: int, size: int) -> None:
    span = Post.objects.filter(topic=kept, number__gt=offset, number__lte=offset + size)
    posts = list(span.defer(*HEAVY).order_by("number"))
    span.update(topic=gone, number=F("number") - offset)
    stubs = (stub_of(post, kept, post.number) for post in posts)
    Post.objects.bulk_create(stubs, batch_size=AT_ONCE)
    first = Post.objects.filter(topic=gone, number=1).first()
    if first is not None and first.source:
        index_post(first, title=gone.title)


def _stubs(decision: Decision) -> list[Any]:
    rows = Post.objects.filter(pk__in=decision.facts.get("stubs", []))
    return list(rows.select_related("moved_to").order_by("topic", "number"))


def _places(decision: Decision, made: Topic) -> set[int]:
    """The topics in which those posts and their stubs stand, and the one that the split made."""
    found = {made.pk}
    for stub in _stubs(decision):
        found |= {stub.topic_id, stub.moved_to.topic_id}
    return found


def _pairs(decision: Decision, made: Topic) -> list[tuple[Any, Any]]:
    """Stubs with their posts; what another split took further stays there."""
    there = set(_leads_to(made))
    found = [(stub, stub.moved_to) for stub in _stubs(decision)]
    return [(stub, post) for stub, post in found if post.topic_id in there]


def _change_places(pairs: list[tuple[Any, Any]]) -> None:
    stubs, posts = [stub for stub, _ in pairs], [post for _, post in pairs]
    free = Post.objects.filter(pk__in=[stub.pk for stub in stubs])
    free.update(number=F("number") + OUT_OF_THE_WAY)
    for stub, post in pairs:
        here, there = (stub.topic_id, stub.number), (post.topic_id, post.number)
        stub.topic_id, stub.number = there
        post.topic_id, post.number = here
    for rows in (posts, stubs):
        Post.objects.bulk_update(rows, ["topic", "number"], batch_size=100)


def _reopen_if_filled(topic: Any) -> None:
    """A topic that was closed for want of posts, and to which one comes back, is a topic again."""
    filled = Post.objects.filter(topic=topic).exclude(state=Post.State.MOVED)
    if topic.merged_into_id and filled.exists():
        topic.merged_into, topic.merged_offset = None, 0
        topic.save(update_fields=["merged_into", "merged_offset"])


def _close_if_empty(made: Topic, target: Topic, *, offset: int) -> None:
    """A topic of nothing but stubs leads to where they lead."""
    if made.merged_into_id or made.pk == target.pk:
        return
    if Post.objects.filter(topic=made).exclude(state=Post.State.MOVED).exists():
        return
    hand_over_followers(source=made.pk, target=target.pk)
    Topic.objects.filter(pk=made.pk).update(
        merged_into=target, merged_offset=offset, pinned_at=None
    )
