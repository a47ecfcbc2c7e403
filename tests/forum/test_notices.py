"""Who is told of a new post: followers, those mentioned, and nobody who may not read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Ref
from forum import notices
from forum.actions import reading, writing
from forum.models import Category, Member, Post, Topic
from forum.queries.audience import readers_among
from notifications.models import Notification
from registry.models import Officer
from tests.forum.made import make_category, make_reply, make_topic, words

pytestmark = pytest.mark.django_db


def name_of(user: User) -> str:
    return f"@{Officer.objects.of_account(user).get().register_number}"


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user, kind__startswith="forum.")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def for_pembina() -> Category:
    return make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=["pembina"])


@pytest.mark.parametrize("category", ["umum", "pembina", "ditjen"])
@pytest.mark.parametrize("state", ["", "hidden", "private"])
def test_readers_are_those_to_whom_it_is_visible(
    request: pytest.FixtureRequest, siti: User, category: str, state: str
) -> None:
    names = ("budi", "joko", "dewi", "rina", "agus", "maya", "admin")
    cast = [siti, *(request.getfixturevalue(name) for name in names)]
    fields = {"ditjen": {"readers": ["admin_ditjen"]}, "pembina": {"readers": ["pembina"]}}
    limits: dict[str, Any] = fields.get(category, {})
    if limits:
        limits |= {"starters": [], "repliers": []}
    topic = make_topic(siti, make_category(category, **limits))
    if state == "hidden":
        topic.hidden_at = timezone.now()
    if state == "private":
        topic.kind, topic.category = Topic.Kind.CONSULTATION, None
        Member.objects.create(topic=topic, user=siti, part=Member.Part.ASKER)
        left = timezone.now()
        Member.objects.create(topic=topic, user=cast[1], part=Member.Part.GUEST, left_at=left)
    topic.save()
    sees = {user.pk for user in cast if Topic.objects.visible_to(user).filter(pk=topic.pk)}
    assert readers_among(topic, [user.pk for user in cast]) == sees


@pytest.mark.parametrize("demo", [True, False])
def test_a_role_without_its_second_factor_reads_nothing(
    settings: Any, maya: User, rina: User, demo: bool
) -> None:
    settings.DEMO = demo
    topic = make_topic(maya, for_pembina())
    sees = {user.pk for user in (maya, rina) if Topic.objects.visible_to(user).exists()}
    assert readers_among(topic, [maya.pk, rina.pk]) == sees


def test_a_mention_of_somebody_who_may_not_read_tells_nobody(siti: User, maya: User) -> None:
    topic = make_topic(maya, for_pembina())
    writing.reply(topic, words(f"Lihat {name_of(siti)}"), by=maya)
    assert told(siti) == []


def test_a_follower_who_may_no_longer_read_is_not_told(siti: User, maya: User) -> None:
    topic = make_topic(maya)
    reading.set_topic_stance(topic, "ikut", by=siti)
    Topic.objects.filter(pk=topic.pk).update(category=for_pembina())
    writing.reply(topic, words("Baru"), by=maya)
    assert told(siti) == []


@pytest.mark.parametrize("what", ["topic", "category"])
def test_the_muted_hear_nothing_of_a_mention(siti: User, budi: User, what: str) -> None:
    topic = make_topic(siti)
    if what == "topic":
        reading.set_topic_stance(topic, "bisu", by=budi)
    else:
        reading.set_category_stance(make_category(), "bisu", by=budi)
    writing.reply(topic, words(f"Halo {name_of(budi)}"), by=siti)
    assert told(budi) == []


def test_a_mention_is_told_once_and_not_as_a_reply(siti: User, budi: User, joko: User) -> None:
    topic = make_topic(siti)
    for user in (budi, joko):
        reading.set_topic_stance(topic, "ikut", by=user)
    writing.reply(topic, words(f"Halo {name_of(budi)}"), by=siti)
    assert (told(budi), told(joko), told(siti)) == (["forum.mention"], ["forum.reply"], [])


def test_a_mention_in_a_quotation_tells_nobody(siti: User, budi: User) -> None:
    topic = make_topic(siti)
    writing.reply(topic, words(f"> Halo {name_of(budi)}\n\nSetuju"), by=siti)
    assert told(budi) == []


def test_an_edit_tells_only_those_newly_mentioned(siti: User, budi: User, joko: User) -> None:
    post = writing.reply(make_topic(siti), words(f"Halo {name_of(budi)}"), by=siti)
    both = f"Halo {name_of(budi)} dan {name_of(joko)}"
    for version, source in enumerate([both, "Halo", both], start=1):
        writing.edit_post(post, source=source, seen_version=version, by=siti)
    assert (told(budi), told(joko)) == (["forum.mention"], ["forum.mention"])


def test_followers_of_a_category_hear_of_new_topics_only(siti: User, budi: User) -> None:
    umum = make_category()
    reading.set_category_stance(umum, "ikut", by=budi)
    topic = writing.start_topic(
        umum, kind="diskusi", title="Topik yang baru", words=words(), by=siti
    )
    writing.reply(topic, words(), by=siti)
    assert told(budi) == ["forum.topic"]


def test_a_second_click_tells_once(siti: User, budi: User) -> None:
    topic = make_topic(siti)
    reading.set_topic_stance(topic, "ikut", by=budi)
    sent = words()
    for _ in range(2):
        writing.reply(topic, sent, by=siti)
    assert told(budi) == ["forum.reply"]


@pytest.mark.parametrize("what", ["hidden post", "deleted post", "hidden topic", "moved topic"])
def test_the_inbox_forgets_what_may_no_longer_be_seen(siti: User, budi: User, what: str) -> None:
    topic = make_topic(siti)
    post = make_reply(topic, siti)
    ref = Ref(notices.subject_of(post), notices.item_of(post))
    assert notices.seen_in_forum(budi, [ref])[ref].title == topic.title
    if what.endswith("post"):
        state = Post.State.HIDDEN if what == "hidden post" else Post.State.DELETED
        Post.objects.filter(pk=post.pk).update(state=state)
    elif what == "hidden topic":
        Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    else:
        Topic.objects.filter(pk=topic.pk).update(category=for_pembina())
    assert notices.seen_in_forum(budi, [ref]) == {}


def test_who_left_the_profession_is_not_told(siti: User, budi: User) -> None:
    topic = make_topic(siti)
    reading.set_topic_stance(topic, "ikut", by=budi)
    RoleGrant.objects.filter(user=budi).delete()
    writing.reply(topic, words(), by=siti)
    assert told(budi) == []
