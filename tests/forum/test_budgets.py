"""The budgets of the forum's pages: statements, the same for few posts and for many, and bytes."""

from __future__ import annotations

import gzip
import random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import throttle
from accounts.models import User
from epk.lib import markdown
from epk.lib.indonesian import query
from epk.lib.text_search import vector_of
from forum.actions import writing
from forum.demo.bulk import PLACES, WORDS
from forum.models import Draft, Post, Stance, Topic, TopicFollow
from forum.queries.search import best_posts
from registry.models import Officer
from tests.forum.made import make_category, make_reply, make_topic, words

pytestmark = pytest.mark.django_db

MOST_QUERIES, HTML = 8, 20_000
SEARCHES: dict[str, dict[str, str]] = {
    "a word": {"q": "penyetaraan"},
    "a phrase": {"q": '"penyetaraan jabatan"'},
    "nothing": {"q": "xyzzyplugh"},
    "category": {"q": "penyetaraan", "kategori": "umum"},
    "author": {"q": "penyetaraan", "penulis": "siti"},
    "number": {"q": "penyetaraan", "penulis": "PK-000001"},
    "accepted": {"q": "penyetaraan", "jawaban": "diterima"},
    "verified": {"q": "penyetaraan", "jawaban": "terverifikasi"},
    "unanswered": {"q": "penyetaraan", "jawaban": "belum"},
    "days": {"q": "penyetaraan", "sejak": "2020-01-01", "sampai": "2199-01-01"},
}
LISTS: dict[str, dict[str, str]] = {
    "all": {},
    "most thanked": {"urut": "terima-kasih"},
    "unanswered": {"tampil": "belum-terjawab"},
    "mine": {"tampil": "ikut-saya"},
    "unread": {"tampil": "belum-dibaca"},
}


def fill(topic: Topic, by: User, count: int, topics: int) -> None:
    """So many posts more in this topic, and so many topics of one post beside it."""
    text = "Penyetaraan jabatan sudah selesai di dinas kami."
    named = Officer.objects.of_account(by).get()
    common: dict[str, Any] = {
        "author": by,
        "author_name": named.full_name,
        "author_number": named.number,
        "source": text,
        "html": markdown.render(text).html,
        "search": vector_of("", text),
    }
    Post.objects.bulk_create(
        Post(topic=topic, number=topic.last_number + place, **common)
        for place in range(1, count + 1)
    )
    last = topic.last_number + count
    Topic.objects.filter(pk=topic.pk).update(last_number=last, reply_count=last - 1)
    beside = Topic.objects.bulk_create(
        Topic(
            kind=Topic.Kind.QUESTION,
            category=topic.category,
            title=f"Penyetaraan jabatan {place}",
            author_name=named.full_name,
            last_number=1,
        )
        for place in range(topics)
    )
    Post.objects.bulk_create(Post(topic=one, number=1, **common) for one in beside)
    TopicFollow.objects.bulk_create(
        TopicFollow(user=by, topic=one, stance=Stance.FOLLOWED) for one in beside
    )
    Draft.objects.bulk_create(
        Draft(user=by, place=f"balas-{one.pk}", source=text) for one in beside[:40]
    )


def pages(topic: Topic, deep: int) -> dict[str, tuple[str, dict[str, str]]]:
    here = reverse("forum:topic", args=[topic.pk])
    post = topic.posts.get(number=1)
    lists: tuple[tuple[str, list[str]], ...] = (("forum:index", []), ("forum:category", ["umum"]))
    return {
        "topic": (here, {}),
        "topic, deepest page": (here, {"halaman": str(deep)}),
        "permanent address": (reverse("forum:post", args=[post.pk]), {}),
        "similar": (reverse("forum:similar_topics"), {"judul": "Penyetaraan jabatan"}),
        "names": (reverse("forum:mention_names"), {"q": "si"}),
        "drafts": (reverse("forum:drafts"), {}),
        **{
            f"{name}, {kind}": (reverse(name, args=args), asked)
            for name, args in lists
            for kind, asked in LISTS.items()
        },
        **{f"search, {kind}": (reverse("forum:search"), asked) for kind, asked in SEARCHES.items()},
    }


def statements(client: Client, path: str, asked: dict[str, str]) -> int:
    """What a second look asks: the first one moves the watermark."""
    client.get(path, asked)
    throttle.forget_free()  # who searches often is counted in the database
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, asked)
    assert answer.status_code in {200, 302}
    return len(captured)


def test_no_page_asks_more_of_two_thousand_posts_than_of_twenty(siti: User, maya: User) -> None:
    topic = make_topic(siti, title="Penyetaraan jabatan fungsional")
    answer = make_reply(topic, maya, "Penyetaraan jabatan diatur di sana.")
    Topic.objects.filter(pk=topic.pk).update(accepted=answer)
    Post.objects.filter(pk=answer.pk).update(standing=Post.Standing.ACCEPTED)

    def counted(deep: int) -> dict[tuple[str, str], int]:
        found = {}
        for person in (siti, maya):
            client = Client()
            client.force_login(person)
            for page, (path, asked) in pages(topic, deep).items():
                found[person.email, page] = statements(client, path, asked)
        return found

    topic.refresh_from_db()
    fill(topic, siti, 18, 3)
    few = counted(1)
    topic.refresh_from_db()
    fill(topic, siti, 1_980, 200)
    assert counted(100) == few
    assert max(few.values()) <= MOST_QUERIES


def test_a_reply_asks_no_more_of_a_long_topic(siti: User, budi: User) -> None:
    topic = make_topic(siti)
    assert budi.rights.roles  # asked once for each request
    asked = []
    for count in (0, 2_000):
        topic.refresh_from_db()
        fill(topic, siti, count, 0)
        with CaptureQueriesContext(connection) as captured:
            writing.reply(topic, words(), by=budi)
        asked.append(len(captured))
        Draft.objects.all().delete()
    assert asked[0] == asked[1] <= 32


def test_a_search_reads_the_words_of_old_answers_but_not_where_they_are_excluded(
    siti: User,
) -> None:
    topic = make_topic(siti, title="Penyetaraan jabatan")
    answer = make_reply(topic, siti, "Penyetaraan selesai")
    Post.objects.filter(pk=answer.pk).update(standing=Post.Standing.ACCEPTED)
    Topic.objects.filter(pk=topic.pk).update(accepted=answer)
    other = make_topic(siti, title="Penyetaraan yang lain")
    first = {one.pk: one.posts.get(number=1).pk for one in (topic, other)}
    asked = query("penyetaraan")
    assert best_posts(siti, asked, {"topic__accepted__isnull": True}) == [first[other.pk]]
    assert best_posts(siti, asked, {"topic__accepted__isnull": False}) == [
        answer.pk,
        first[topic.pk],
    ]


def test_the_newest_are_those_written_last_whatever_their_key(
    siti: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = make_topic(siti)
    posts = [make_reply(topic, siti, "penyetaraan") for _ in range(3)]
    Post.objects.filter(pk=posts[0].pk).update(created_at=timezone.now())
    monkeypatch.setattr("forum.queries.search.MOST", 0)
    assert best_posts(siti, query("penyetaraan"), {}) == [posts[0].pk]


def long_text(dice: random.Random) -> str:
    """Some 1,500 letters of prose with a list."""
    prose = " ".join(dice.choices(WORDS + PLACES, k=150)).capitalize()
    return f"{prose}.\n\n" + "\n".join(f"- {' '.join(dice.choices(WORDS, k=6))}" for _ in range(5))


def test_the_heaviest_pages_are_light(client: Client, siti: User, budi: User) -> None:
    dice = random.Random(7)
    topic = make_topic(siti, title=" ".join(dice.sample(WORDS, 15))[:150])
    for place in range(19):
        make_reply(topic, (siti, budi)[place % 2], long_text(dice))
    for _ in range(24):
        title = " ".join(dice.sample(WORDS + PLACES, 15))[:150]
        make_topic(budi, make_category(), title=title, source=long_text(dice))
    client.force_login(siti)
    for name, args, asked in (
        ("forum:index", [], {}),
        ("forum:category", ["umum"], {}),
        ("forum:topic", [topic.pk], {}),
        ("forum:search", [], {"q": "angka"}),
    ):
        body = client.get(reverse(name, args=args), asked).content
        assert len(gzip.compress(body, 6)) <= HTML, name
