"""Who learns what by which way: each role, each state of a topic or post, each channel.

What is right stands in `who_sees`, what is looked at in `channels`; here is every cell of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from forum.models import Draft, MeToo, Post, Report, Thanks, Topic, TopicFollow
from tests.forum.channels import (
    BUTTONS,
    BY_TOPIC,
    NAMES_WRITERS,
    NARROW,
    NOWHERE,
    TOPIC_BUTTONS,
    WIDE,
    got,
    plain_answer,
    said,
)
from tests.forum.who_sees import (
    ALL_CATEGORIES,
    CLOSED,
    FILE,
    KINDS,
    MEMBERS,
    NAME,
    OLD,
    OUTSIDE,
    ROLES,
    STATES,
    TEXT,
    TITLE,
    may_know,
    word,
)
from tests.forum.whole_forum import Forum, Spot, whole_forum

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
TOPICS = tuple(name for name in STATES if name != "draf")
PUBLIC = tuple(name for name in TOPICS if STATES[name].is_listed)
MERGED = ("tergabung", "gabungtertutup", "gabungtersembunyi")
# What must be shown to everybody who may know it, and in which states: or nothing were no leak.
MUST: dict[tuple[str, str], tuple[str, ...]] = {
    ("index", TITLE): PUBLIC,
    ("search", TITLE): tuple(name for name in TOPICS if name not in MERGED),
    ("search", TEXT): tuple(name for name in TOPICS if not name.startswith("posnya")),
    ("similar", TITLE): PUBLIC,
    ("links", TITLE): TOPICS,
    ("preview", TITLE): TOPICS,
    ("topic", TITLE): tuple(name for name in TOPICS if name not in MERGED),
    ("topic", TEXT): tuple(name for name in TOPICS if name != "posnyapindah"),
    ("print", TITLE): tuple(name for name in TOPICS if name not in MERGED),
    ("feed", TITLE): PUBLIC,
    ("history", OLD): TOPICS,
    ("history", TEXT): TOPICS,
    ("attachment", FILE): ("terbuka", "terbatas", "terpindah", "pribadi", "gabungtertutup"),
    ("post_moderate", TEXT): ("dilaporkan",),
}
MODERATES = {"post_moderate"}
NOTHING = Spot("", NOWHERE, NOWHERE, "", 0)
CURIOUS = ("author", "left", "pembina", "moderator", "superuser")
DIFFERENT = tuple(
    sorted({*MEMBERS - {"follower", "mentioned", "suspended"}, *OUTSIDE - {"erased"}})
)
"""The roles to whom addresses may answer otherwise; the others differ by what is told to them."""
OF_OUTSIDE = ("terbuka", "pribadi")
BY_OTHERS = {"attachment", "decision"}
"""Addresses that name neither a topic nor a post."""


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Forum]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield whole_forum()
        transaction.set_rollback(True)


@pytest.fixture
def forum(made: Forum, db: None) -> Forum:
    """In a transaction of its own within that of the module: what a test does is undone."""
    return made


def wrong(role: str, name: str, channel: str, text: str) -> list[str]:
    """The cells of one role and state in which a channel says too much or too little."""
    found = []
    for kind in KINDS:
        shown, allowed = word(kind, name) in text, may_know(role, name, kind, channel)
        if kind == NAME and role in ALL_CATEGORIES and channel in NAMES_WRITERS:
            allowed = True
        if shown and not allowed:
            found.append(f"{channel}: {role} reads {kind} of {name}")
        expected = name in MUST.get((channel, kind), ()) and role in MEMBERS
        if channel in MODERATES:
            expected = expected and role in ALL_CATEGORIES
        if expected and allowed and not shown:
            found.append(f"{channel}: {role} misses {kind} of {name}")
    return found


@pytest.mark.parametrize("channel", WIDE)
def test_a_channel_of_everything_tells_each_what_is_theirs(forum: Forum, channel: str) -> None:
    found: list[str] = []
    for role in ROLES:
        text = WIDE[channel](forum, role, forum.visitor(role))
        for name in STATES:
            found += wrong(role, name, channel, text)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("channel", NARROW)
def test_an_address_tells_each_what_is_theirs(forum: Forum, channel: str) -> None:
    """And to whom it names nothing it answers as for a number that does not exist."""
    found = []
    for role in ROLES if channel == "topic" else DIFFERENT:
        client = forum.visitor(role)
        nothing = plain_answer(client.get(NARROW[channel](NOTHING)))
        for name in TOPICS if role in MEMBERS else OF_OUTSIDE:
            spot = forum.spots[name]
            response = client.get(NARROW[channel](spot))
            text = said(response)
            if response.status_code == 302:  # followed: its message is not for the next page
                text += got(client, response.headers["Location"])
            found += wrong(role, name, channel, text)
            if is_blind(role, channel, name, BY_TOPIC) and channel not in BY_OTHERS:
                answer = plain_answer(response)
                if answer != nothing:
                    found.append(
                        f"{channel}: {role} learns of {name} by {answer[0]}, not {nothing[0]}"
                    )
    assert not found, "\n".join(found)


def is_blind(role: str, channel: str, name: str, by_topic: frozenset[str]) -> bool:
    """Whether what this address names is nothing to them."""
    seen = STATES[name].topic if channel in by_topic else STATES[name].post
    if channel in {"post_moderate", "hide_post"}:
        seen |= STATES[name].elsewhere.get("post_moderate", frozenset())
    return role not in seen


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_for_what_may_not_be_seen_is_as_for_nothing(forum: Forum, button: str) -> None:
    address, data = BUTTONS[button]
    found, before = [], _all_that_is_written()
    for role in ("officer", *CURIOUS):
        client = forum.visitor(role)
        expected = _pressed(client, address(NOTHING), data, NOTHING)
        for name in TOPICS:
            if is_blind(role, button, name, TOPIC_BUTTONS):
                spot = forum.spots[name]
                answer = _pressed(client, address(spot), data, spot)
                if answer != expected:
                    found.append(f"{button}: {role}, {name}: {answer[0]} for {expected[0]}")
    assert not found, "\n".join(found)
    assert _all_that_is_written() == before


def _pressed(client: object, path: str, data: dict[str, str], spot: Spot) -> tuple[int, str]:
    filled = {name: text.format(topic=spot.topic) for name, text in data.items()}
    return plain_answer(client.post(path, filled))  # type: ignore[attr-defined]


def _all_that_is_written() -> list[object]:
    models = (Thanks, MeToo, TopicFollow, Report, Draft)
    rows: list[object] = [model.objects.count() for model in models]
    topics = Topic.objects.order_by("pk").values_list("pk", "title", "hidden_at", "last_number")
    return [*rows, list(topics), list(Post.objects.order_by("pk").values_list("state", "version"))]


@pytest.mark.parametrize("role", sorted(MEMBERS))
def test_a_search_counts_what_this_person_may_see(forum: Forum, role: str) -> None:
    """What must be found is counted by hand: first posts with their title, and second ones."""
    page = forum.visitor(role).get(reverse("forum:search"), {"q": "kucing"})
    assert page.context["results"].count == str(_found_by(role))


def _found_by(role: str) -> int:
    count = 0
    for name in TOPICS:
        found = STATES[name]
        count += role in found.topic
        if name in {"posnyasembunyi", "posnyahapus"}:
            continue  # tombstones are found by nobody
        count += role in found.text
    return count


def test_mails_and_notices_reach_those_who_may_still_read(forum: Forum) -> None:
    for role, name in (("mentioned", "terbuka"), ("follower", "terbuka")):
        client = forum.visitor(role)
        for channel in ("inbox", "mail"):
            assert word(TITLE, name) in WIDE[channel](forum, role, client), (role, channel)


@pytest.mark.parametrize("role", ["author", "officer", "superuser"])
def test_no_search_finds_what_was_said_before_an_edit(forum: Forum, role: str) -> None:
    client = forum.visitor(role)
    for name in TOPICS:
        page = client.get(reverse("forum:search"), {"q": word(OLD, name)})
        assert page.context["results"].hits == []


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_file_of_a_draft_is_its_writers(forum: Forum, role: str) -> None:
    path = reverse("forum:attachment", args=[forum.draft_file])
    answer = forum.visitor(role).get(path)
    assert (word(FILE, "draf") in said(answer)) is (role == "author")


def test_the_table_has_everybody_and_is_no_tautology(forum: Forum) -> None:
    assert set(forum.people) == set(ROLES)
    assert {*forum.spots} == set(TOPICS)
    for role in OUTSIDE:
        assert not any(may_know(role, name, kind, "") for name in STATES for kind in KINDS)
    assert CLOSED < MEMBERS
