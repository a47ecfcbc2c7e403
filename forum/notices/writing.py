"""What is told of new posts: to those who follow, and to those who are mentioned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from epk.lib import markdown
from epk.lib.notices import Choice, Kind, Ref, declare
from forum.models import CategoryFollow, Post, Stance, Topic, TopicFollow
from forum.notices.seen import post_key, seen_in_forum
from forum.queries.audience import readers_among
from registry.models import Officer

SAMPLE: Final = {"title": "Angka kredit saat cuti di luar tanggungan negara"}


def _post(ref: Ref) -> Post | None:
    rows = Post.objects.shown().select_related("topic__category")
    return rows.filter(pk=post_key(ref)).first()


def _followers(ref: Ref) -> Iterable[int]:
    """Who follows the topic and may read it; the mention tells those who are mentioned."""
    post = _post(ref)
    if post is None:
        return ()
    rows = TopicFollow.objects.filter(topic=post.topic, stance=Stance.FOLLOWED)
    people = set(rows.values_list("user", flat=True))
    return readers_among(post.topic, people) - mentioned_in(post)


def _category_followers(ref: Ref) -> Iterable[int]:
    post = _post(ref)
    if post is None:
        return ()
    rows = CategoryFollow.objects.filter(category=post.topic.category, stance=Stance.FOLLOWED)
    people = set(rows.values_list("user", flat=True)) - _with_stance(post.topic, Stance.MUTED)
    return readers_among(post.topic, people) - mentioned_in(post)


def _mentioned(ref: Ref) -> Iterable[int]:
    post = _post(ref)
    return () if post is None else mentioned_in(post)


def mentioned_in(post: Post) -> set[int]:
    """Those named for the first time in this version who may read the topic and have not muted it.

    Who is named again after an edit was told already, or could not be.
    """
    # Rendering is asked only where it can find somebody: it takes its time with long texts.
    numbers = set(markdown.render(post.source).mentions) if "@" in post.source else set()
    for source in post.revisions.values_list("source", flat=True) if numbers else ():
        numbers -= set(markdown.render(source).mentions)
    if not numbers:
        return set()
    rows = Officer.objects.filter(
        merged_into__isnull=True, register_number__in=numbers, user__isnull=False
    )
    people = {key for key in rows.order_by().values_list("user", flat=True) if key is not None}
    return readers_among(post.topic, people - _deaf(post.topic))


def _deaf(topic: Topic) -> set[int]:
    """Who has muted the topic, or its category without following the topic all the same."""
    muted = CategoryFollow.objects.filter(category=topic.category, stance=Stance.MUTED)
    of_category = set(muted.values_list("user", flat=True)) if topic.category else set()
    followers = _with_stance(topic, Stance.FOLLOWED) if of_category else set()
    return (of_category - followers) | _with_stance(topic, Stance.MUTED)


def _with_stance(topic: Topic, stance: Stance) -> set[int]:
    rows = TopicFollow.objects.filter(topic=topic, stance=stance)
    return set(rows.values_list("user", flat=True))


REPLY: Final = declare(
    Kind(
        name="forum.reply",
        group="Forum",
        label="Tulisan baru di topik yang saya ikuti",
        one="Balasan baru di “{title}”",
        many="{count} balasan baru di “{title}”",
        who=_followers,
        seen=seen_in_forum,
        default=Choice.DAILY,
        sample=SAMPLE,
    )
)
TOPIC_STARTED: Final = declare(
    Kind(
        name="forum.topic",
        group="Forum",
        label="Topik baru di kategori yang saya ikuti",
        one="Topik baru: “{title}”",
        many="Topik baru: “{title}”",
        who=_category_followers,
        seen=seen_in_forum,
        default=Choice.DAILY,
        sample=SAMPLE,
    )
)
MENTION: Final = declare(
    Kind(
        name="forum.mention",
        group="Forum",
        label="Nama saya disebut dalam tulisan",
        one="Anda disebut di “{title}”",
        many="Anda disebut {count} kali di “{title}”",
        who=_mentioned,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
        sample=SAMPLE,
    )
)
