"""Who sees what, by every way out: page, list, permanent address, quote, history, file, link."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib.files.checked import CheckedFile
from forum.models import Post, Topic
from forum.presenters import filled
from tests.forum.made import make_attachment, make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
TITLE = "Judul yang tidak boleh bocor"
TEXT = "Isi yang tidak boleh bocor"
FILE = CheckedFile.of(b"jpeg", extension="jpg", pages=1, original_name="bocor.jpg")
CHANNELS = ("topic", "index", "category", "post", "reply", "history", "attachment", "link")
# Whether somebody is shown title or text, by what has become of the topic or of the post.
STATES = {
    "open": {"siti": True, "budi": True, "maya": True},
    "restricted": {"siti": False, "budi": False, "maya": True},
    "hidden_topic": {"siti": True, "budi": False, "maya": True},
    "private": {"siti": False, "budi": False, "maya": False},
    "merged": {"siti": False, "budi": False, "maya": True},
}


@pytest.fixture
def people(siti: User, budi: User, maya: User) -> dict[str, User]:
    return {"siti": siti, "budi": budi, "maya": maya}


def in_state(state: str, siti: User, maya: User) -> Topic:
    """A topic of Siti's with a file on its first post; what is closed to her is Maya's."""
    closed = make_category(
        "tertutup", readers=["pembina"], starters=["pembina"], repliers=["pembina"]
    )
    by = maya if state in {"restricted", "private", "merged"} else siti
    topic = make_topic(
        by, closed if state in {"restricted", "merged"} else None, title=TITLE, source=TEXT
    )
    make_attachment(topic.posts.get(), FILE)
    rows = Topic.objects.filter(pk=topic.pk)
    if state == "hidden_topic":
        rows.update(hidden_at=timezone.now())
    elif state == "private":
        rows.update(kind=Topic.Kind.CONSULTATION, category=None)
    elif state == "merged":
        target = make_topic(maya, closed, title=TITLE, source=TEXT)
        rows.update(merged_into=target)
    topic.refresh_from_db()
    return topic


def shown(client: Client, user: User, topic: Topic, channel: str) -> str:
    """All that this channel says to this person about the topic."""
    post = topic.posts.get(number=1)
    if channel == "link":
        marked = f'<a href="/forum/topik/{topic.pk}/" data-topik="{topic.pk}">/x/</a>'
        return filled(marked, user)
    slug = topic.category.slug if topic.category else "umum"
    address = {
        "topic": reverse("forum:topic", args=[topic.pk]),
        "index": reverse("forum:index"),
        "category": reverse("forum:category", args=[slug]),
        "post": reverse("forum:post", args=[post.pk]),
        "reply": reverse("forum:reply", args=[topic.pk]) + "?kutip=1",
        "history": reverse("forum:post_history", args=[post.pk]),
        "attachment": reverse("forum:attachment", args=[post.attachments.get().pk]),
    }[channel]
    client.force_login(user)
    answer = client.get(address, follow=True)
    if channel == "attachment":
        return TITLE if answer.status_code == 200 else ""
    return answer.content.decode()


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("state", STATES)
def test_nothing_leaks(client: Client, people: dict[str, User], state: str, channel: str) -> None:
    topic = in_state(state, people["siti"], people["maya"])
    for name, sees in STATES[state].items():
        text = shown(client, people[name], topic, channel)
        if not sees:
            assert TITLE not in text, name
            assert TEXT not in text, name
        elif channel in {"topic", "link", "attachment", "history", "index"} and state != "merged":
            assert TITLE in text, name


@pytest.mark.parametrize("state", ["sembunyi", "hapus", "pindah"])
def test_the_text_of_a_tombstone_is_not_shown(
    client: Client, people: dict[str, User], state: str
) -> None:
    topic = make_topic(people["maya"])
    post = make_reply(topic, people["siti"], TEXT)
    file = make_attachment(post, FILE)
    fields = {"state": state}
    if state == "pindah":
        elsewhere = make_reply(make_topic(people["maya"]), people["siti"], "Di tempat lain")
        Post.objects.filter(pk=post.pk).update(moved_to=elsewhere, **fields)
    else:
        Post.objects.filter(pk=post.pk).update(**fields)
    client.force_login(people["budi"])
    html = client.get(reverse("forum:topic", args=[topic.pk])).content.decode()
    assert TEXT not in html
    assert "Tulisan ini" in html
    assert client.get(reverse("forum:attachment", args=[file.pk])).status_code == 404
    assert client.get(reverse("forum:post_history", args=[post.pk])).status_code == 404


def test_its_author_reads_what_was_hidden(client: Client, siti: User, maya: User) -> None:
    topic = make_topic(maya)
    post = make_reply(topic, siti, TEXT)
    Post.objects.filter(pk=post.pk).update(state="sembunyi")
    client.force_login(siti)
    assert TEXT in client.get(reverse("forum:topic", args=[topic.pk])).content.decode()


def test_those_without_a_seat_do_not_enter(client: Client, agus: User, dewi: User) -> None:
    for person in (agus, dewi):
        client.force_login(person)
        assert client.get(reverse("forum:index")).status_code == 403
        assert "/forum/" not in client.get(reverse("home")).content.decode()
