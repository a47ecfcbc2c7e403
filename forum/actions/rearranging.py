"""Merging two topics, and splitting posts off into one of their own; every address goes on."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from forum import rules
from forum.actions.deciding import handled, held_topic, settle, write_down
from forum.actions.indexing import index_post
from forum.actions.turns import locked_topic
from forum.models import Category, Decision, Post, Stance, Topic
from forum.queries.rearranging import move_readers, share_readers
from registry.bylines import Byline

if TYPE_CHECKING:
    from accounts.models import User

Verb = Decision.Verb
ITSELF: Final = "Topik tidak dapat digabungkan dengan dirinya sendiri."
PRIVATE: Final = "Konsultasi tidak dapat digabungkan atau dipisahkan."
MERGED: Final = "Topik tujuan sudah digabungkan ke topik lain; pilih topik itu."
NOT_THE_FIRST: Final = "Tulisan pertama tidak dapat dipisahkan; pilih tulisan mulai dari nomor 2."
NO_SUCH_POSTS: Final = (
    "Nomor {numbers} tidak ada di topik ini, sudah dihapus, atau sudah dipindahkan."
)
NO_POSTS: Final = "Sebutkan nomor tulisan yang dipisahkan."
MOST_POSTS: Final = 500
TOO_MANY: Final = "Paling banyak 500 tulisan sekali pisah."
BYLINE: Final = tuple(Byline("").columns)


def merge_topics(source: Topic, target: Topic, *, by: User, reason: str) -> Decision:
    """Append the posts of one topic to another. The first then only leads to the second.

    Post n of the source becomes post n + `merged_offset` of the target and keeps its address.
    """
    if source.pk == target.pk:
        raise ValidationError(ITSELF, code="itself")
    with transaction.atomic():
        gone, kept = _both(source, target, by=by)
        offset, size = kept.last_number, gone.last_number
        accepted = gone.accepted_id
        Topic.objects.filter(pk=gone.pk).update(accepted=None, verification=None)
        first = Post.objects.filter(topic=gone, number=1).first()
        Post.objects.filter(topic=gone).update(topic=kept, number=F("number") + offset)
        if first is not None and first.source:
            first.number += offset
            index_post(first, title=kept.title)  # the title it was found by is gone
        move_readers(source=gone.pk, target=kept.pk, offset=offset, author=kept.author_id)
        if kept.is_question and not kept.accepted_id:
            kept.accepted_id = accepted
        settle(kept, thanks=True)
        Topic.objects.filter(merged_into=gone).update(
            merged_into=kept, merged_offset=F("merged_offset") + offset
        )
        Topic.objects.filter(pk=gone.pk).update(
            merged_into=kept,
            merged_offset=offset,
            last_number=0,
            reply_count=0,
            thanks_count=0,
            pinned_at=None,
        )
        facts = {"into": kept.pk, "offset": offset, "size": size}
        if accepted:
            facts["accepted"] = accepted
        return write_down(
            Verb.MERGE, by=by, reason=reason, about=gone, person=gone.author, facts=facts
        )


def split_posts(
    topic: Topic,
    numbers: Collection[int],
    *,
    title: str,
    category: Category,
    kind: str = Topic.Kind.DISCUSSION,
    by: User,
    reason: str,
) -> Topic:
    """Move posts into a new topic. Each keeps its address; a stub stays under its old number."""
    with transaction.atomic():
        held = held_topic(topic, Verb.SPLIT, by=by)
        posts = _chosen(held, numbers)
        accepted = held.accepted_id
        made: Topic = _begun_with(posts[0], title=title, category=category, kind=kind)
        old = [post.number for post in posts]
        for place, post in enumerate(posts, start=1):
            post.topic, post.number = made, place
        Post.objects.bulk_update(posts, ["topic", "number"], batch_size=100)
        index_post(posts[0], title=made.title)
        stubs = Post.objects.bulk_create(
            [stub_of(post, held, number) for number, post in zip(old, posts, strict=True)]
        )
        share_readers(source=held.pk, target=made.pk, numbers=old, stance=Stance.FOLLOWED)
        settle(held, thanks=True)
        settle(made, thanks=True)
        facts = {"from": held.pk, "numbers": old, "stubs": [stub.pk for stub in stubs]}
        if accepted in {post.pk for post in posts}:
            facts["accepted"] = accepted
        write_down(
            Verb.SPLIT,
            by=by,
            reason=reason,
            about=made,
            person=posts[0].author,
            facts=facts,
        )
    return made


def _both(source: Topic, target: Topic, *, by: User) -> tuple[Any, Any]:
    """Both topics, held in the order of their numbers so that two moderators never wait crosswise."""
    if not rules.can_moderate(by):
        raise PermissionDenied
    rows = {key: locked_topic(key) for key in sorted((source.pk, target.pk))}
    gone, kept = rows[source.pk], rows[target.pk]
    if gone.is_private or kept.is_private:
        raise ValidationError(PRIVATE, code="private")
    if not rules.can_decide_topic(by, gone, Verb.MERGE.value):
        raise PermissionDenied
    if gone.merged_into_id:
        raise handled()
    if kept.merged_into_id:
        raise ValidationError(MERGED, code="merged")
    return gone, kept


def _chosen(topic: Topic, numbers: Collection[int]) -> list[Any]:
    wanted = set(numbers)
    if not wanted:
        raise ValidationError(NO_POSTS, code="numbers")
    if 1 in wanted:
        raise ValidationError(NOT_THE_FIRST, code="first")
    if len(wanted) > MOST_POSTS:
        raise ValidationError(TOO_MANY, code="many")
    movable = Post.objects.filter(topic=topic, number__in=wanted).exclude(
        state__in=[Post.State.MOVED, Post.State.DELETED]
    )
    posts = list(movable.select_related("author").order_by("number"))
    missing = wanted - {post.number for post in posts}
    if missing:
        listed = ", ".join(str(number) for number in sorted(missing)[:10])
        raise ValidationError(NO_SUCH_POSTS.format(numbers=listed), code="numbers")
    return posts


def _begun_with(first: Post, *, title: str, category: Category, kind: str) -> Any:
    return Topic.objects.create(
        kind=kind,
        category=category,
        title=title,
        author=first.author,
        author_name=first.author_name,
        created_at=first.created_at,
        last_posted_at=first.created_at,
    )


def stub_of(post: Post, topic: Topic, number: int) -> Post:
    """What stays under the old number: whose post it was, and where it is now."""
    return Post(
        topic=topic,
        number=number,
        state=Post.State.MOVED,
        moved_to_id=post.moved_to_id or post.pk,
        author_id=post.author_id,
        created_at=post.created_at,
        **{name: getattr(post, name) for name in BYLINE},
    )
