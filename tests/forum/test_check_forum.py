"""`check_forum` recounts everything: silent when all is right, loud for each thing that is not."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from forum.actions import writing
from forum.actions.rearranging import split_posts
from forum.models import MeToo, Post, ReadMark, Thanks, Topic, Verification
from forum.recount import CHECKS, differences
from tests.factories import make_user
from tests.forum.made import make_category, make_colleague, make_reply, make_topic
from tests.forum.soak import Soak

pytestmark = pytest.mark.django_db
Spoil = Callable[[Topic, Topic, Post], object]


def test_a_sound_forum_is_sound(siti: User, budi: User) -> None:
    make_reply(make_topic(siti), budi)
    told = io.StringIO()
    call_command("check_forum", stdout=told)
    assert told.getvalue() == "Forum cocok: 1 topik, 2 tulisan.\n"


def told(**values: Any) -> Spoil:
    """The row of the topic says so."""
    return lambda topic, _other, _post: Topic.objects.filter(pk=topic.pk).update(**values)


def written(**values: Any) -> Spoil:
    """The row of the reply says so."""
    return lambda _topic, _other, post: Post.objects.filter(pk=post.pk).update(**values)


def leave_a_gap(topic: Topic, _other: Topic, post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(number=3)
    Topic.objects.filter(pk=topic.pk).update(last_number=3)


def rest_on_what_ended(topic: Topic, _other: Topic, post: Post) -> None:
    today = timezone.localdate()
    ended = Verification.objects.create(
        post=post, valid_until=today, review_from=today, ended_at=timezone.now()
    )
    Topic.objects.filter(pk=topic.pk).update(verification=ended)


def lead_in_circles(topic: Topic, _other: Topic, post: Post) -> None:
    stub = split_off(topic, post)
    Post.objects.filter(pk=stub.pk).update(moved_to=stub)


# What writes past the actions, so that this check and no other finds it.
SPOILS: dict[str, Spoil] = {
    "nomor terakhir topik": told(last_number=7),
    "nomor tulisan yang bolong": leave_a_gap,
    "jumlah balasan topik": told(reply_count=9),
    "terima kasih tulisan": lambda topic, _other, post: Thanks.objects.create(
        post=post, user=topic.author
    ),
    "terima kasih topik": told(thanks_count=3),
    "saya juga": lambda topic, _other, post: MeToo.objects.create(topic=topic, user=post.author),
    "lampiran tulisan": written(attachment_count=1),
    "jawaban diterima di topik lain": lambda topic, other, _post: Topic.objects.filter(
        pk=topic.pk
    ).update(accepted=other.posts.get()),
    "kedudukan jawaban": written(standing=Post.Standing.VERIFIED),
    "verifikasi yang tidak berlaku di topik": rest_on_what_ended,
    "penunjuk yang tidak sampai": lead_in_circles,
    "topik gabungan yang masih berisi": lambda topic, other, _post: Topic.objects.filter(
        pk=topic.pk
    ).update(merged_into=other),
    "waktu tulisan terakhir": told(last_posted_at=timezone.now() - dt.timedelta(days=1)),
    "kategori tulisan": written(category=None),
    "batas baca melewati akhir topik": lambda topic, _other, post: ReadMark.objects.filter(
        user=post.author, topic=topic
    ).update(last_number=99),
}


def split_off(topic: Topic, post: Post) -> Post:
    """The stub that stays where the post stood."""
    boss = make_user("nina@demo.example", "Nina", "moderator")
    split_posts(
        topic, [post.number], title="Terpisah", category=make_category(), by=boss, reason="Uji"
    )
    return Post.objects.get(moved_to=post)


@pytest.mark.parametrize("what", CHECKS)
def test_each_fault_is_found_and_named(siti: User, budi: User, what: str) -> None:
    topic, other = make_topic(siti), make_topic(budi)
    post = make_reply(topic, budi)
    assert list(differences()) == []
    SPOILS[what](topic, other, post)
    found = [difference.what for difference in differences()]
    assert found == [what]
    with pytest.raises(CommandError, match="tidak cocok"):
        call_command("check_forum", stdout=io.StringIO())


STEPS = int(os.environ.get("SOAK", "400"))
A_CHECK = 500
"""Actions between one recount and the next."""
SEED = int(os.environ.get("SOAK_SEED", "5"))


def test_random_actions_leave_it_sound(
    siti: User, budi: User, rina: User, maya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SOAK=10000` makes it as many, `SOAK_SEED` others; the same ones every time."""
    monkeypatch.setattr(writing, "MOST_A_MINUTE", 1_000_000)
    monkeypatch.setattr(writing, "MOST_AN_HOUR", 1_000_000)
    boss = make_user("nina@demo.example", "Nina", "moderator")
    colleagues = [make_colleague(f"Rekan {name}") for name in ("Satu", "Dua", "Tiga")]
    soak = Soak(SEED, [siti, budi, rina, *colleagues], [maya, boss])
    began = time.monotonic()
    for first in range(0, STEPS, A_CHECK):
        soak.walk(range(first, min(first + A_CHECK, STEPS)))
        found = [(found.what, found.rows) for found in differences()]
        sys.stdout.write(f"\n{first + A_CHECK} actions: {found or 'sound'}")
        sys.stdout.flush()
        assert found == []
    sys.stdout.write(f"\n{STEPS} actions, seed {SEED}, {time.monotonic() - began:.0f} s\n")
    sys.stdout.writelines(
        f"{verb}: {soak.done[verb]} done, {soak.refused[verb]} refused\n"
        for verb in sorted(set(soak.verbs))
    )
    never = set(soak.verbs) - set(soak.done)
    assert len(never) <= (0 if STEPS >= 10_000 else 10), f"never came about: {never}"
    assert sum(soak.refused.values()) > STEPS / 20
