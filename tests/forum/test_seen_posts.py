"""What a notification says of a topic, judged for each reader at each look."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from epk.lib.notices import Ref
from forum.models import Post
from forum.notices.seen import item_of, seen_in_forum, subject_of
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db


def ref_to(post: Post, what: str = "") -> Ref:
    return Ref(subject_of(post), item_of(post, what))


@pytest.fixture
def secret(maya: User) -> Post:
    closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    topic = make_topic(maya, closed, title="Rencana yang belum diumumkan")
    return make_reply(topic, maya)


@pytest.mark.parametrize("what", ["", "diterima", "tinjau-2026-11-24"])
def test_tells_the_title_and_the_address(siti: User, budi: User, what: str) -> None:
    post = make_reply(make_topic(siti, title="Angka kredit saat cuti"), budi)
    ref = ref_to(post, what)
    seen = seen_in_forum(siti, [ref])[ref]
    assert (seen.title, seen.path) == (
        "Angka kredit saat cuti",
        reverse("forum:post", args=[post.pk]),
    )


def test_nothing_of_a_topic_that_may_not_be_read(siti: User, maya: User, secret: Post) -> None:
    ref = ref_to(secret)
    assert seen_in_forum(siti, [ref]) == {}
    assert ref in seen_in_forum(maya, [ref])


def test_nothing_of_where_a_post_was_moved_to(
    siti: User, budi: User, maya: User, secret: Post
) -> None:
    post = make_reply(make_topic(siti), budi)
    Post.objects.filter(pk=post.pk).update(state=Post.State.MOVED, moved_to=secret)
    ref = ref_to(post)
    assert seen_in_forum(siti, [ref]) == {}
    assert seen_in_forum(maya, [ref]) == {}


def test_junk_is_left_out(siti: User) -> None:
    junk = [Ref("topic-1", item) for item in ("post-", "post-x", "topik-1", "post-" + "9" * 70)]
    assert seen_in_forum(siti, junk) == {}
