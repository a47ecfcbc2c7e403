"""Following and muting, reading to the end, thanks and "saya juga"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum import rules
from forum.actions.turns import held_now, held_topic_of, one_at_a_time
from forum.actions.writing import follow_by_writing
from forum.models import (
    Category,
    CategoryFollow,
    CategoryRead,
    MeToo,
    Post,
    ReadMark,
    Stance,
    Thanks,
    Topic,
    TopicFollow,
)

if TYPE_CHECKING:
    from accounts.models import User


def set_topic_stance(topic: Topic, stance: str, *, by: User) -> None:
    """Follow or mute a topic; "" for neither, in which case only a mention is told."""
    with transaction.atomic():
        one_at_a_time(by)
        rows = TopicFollow.objects.filter(user=by, topic=topic)
        if not stance:
            rows.delete()
        elif not rows.update(stance=Stance(stance)):
            TopicFollow.objects.create(user=by, topic=topic, stance=Stance(stance))


def set_category_stance(category: Category, stance: str, *, by: User) -> None:
    """Follow or mute a category; "" for neither."""
    with transaction.atomic():
        one_at_a_time(by)
        rows = CategoryFollow.objects.filter(user=by, category=category)
        if not stance:
            rows.delete()
        elif not rows.update(stance=Stance(stance)):
            CategoryFollow.objects.create(user=by, category=category, stance=Stance(stance))


def read_everything(
    *, by: User, category: Category | None = None, up_to: dt.datetime | None = None
) -> None:
    """All that was there at a moment is read, in one category or in each that this person reads.

    What was written after that moment, while the list lay open, stays unread.
    """
    now = timezone.now()
    moment = min(up_to, now) if up_to else now
    rows = Category.objects.visible_to(by)
    if category is not None:
        rows = rows.filter(pk=category.pk)
    with transaction.atomic():
        one_at_a_time(by)
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        CategoryRead.objects.advance(by, keys, moment)
        ReadMark.objects.advance_all(by, keys, moment)


def thank(post: Post, *, by: User) -> None:
    """Thanks for a post, once; PermissionDenied for one's own and for what is not shown."""
    with transaction.atomic():
        held_topic_of(post.pk)
        current = Post.objects.get(pk=post.pk)
        if not rules.can_thank(by, current):
            raise PermissionDenied
        _, fresh = Thanks.objects.get_or_create(post=current, user=by)
        if fresh:
            _count_thanks(current, 1)


def take_thanks_back(post: Post, *, by: User) -> None:
    with transaction.atomic():
        held_topic_of(post.pk)
        current = Post.objects.get(pk=post.pk)
        gone, _ = Thanks.objects.filter(post=current, user=by).delete()
        if gone:
            _count_thanks(current, -1)


def join_question(topic: Topic, *, by: User) -> None:
    """Somebody else has this question ("saya juga"), and follows it from now on."""
    with transaction.atomic():
        current = held_now(topic.pk)
        if not rules.can_join_question(by, current) or not _still_sees(by, topic, current):
            raise PermissionDenied
        _, fresh = MeToo.objects.get_or_create(topic=current, user=by)
        if fresh:
            Topic.objects.filter(pk=current.pk).update(metoo_count=F("metoo_count") + 1)
        follow_by_writing(current, by=by)


def leave_question(topic: Topic, *, by: User) -> None:
    """Take a "saya juga" back; whether one follows stays as it is."""
    with transaction.atomic():
        current = held_now(topic.pk)
        gone, _ = MeToo.objects.filter(topic=current, user=by).delete()
        if gone:
            Topic.objects.filter(pk=current.pk).update(metoo_count=F("metoo_count") - 1)


def _still_sees(user: User, asked: Topic, found: Topic) -> bool:
    """Where a topic leads to may be out of sight for those who saw it before."""
    return asked.pk == found.pk or Topic.objects.visible_to(user).filter(pk=found.pk).exists()


def _count_thanks(post: Post, change: int) -> None:
    Post.objects.filter(pk=post.pk).update(thanks_count=F("thanks_count") + change)
    Topic.objects.filter(pk=post.topic_id).update(thanks_count=F("thanks_count") + change)
