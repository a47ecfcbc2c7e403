"""A moderator is told whose eyes posts come before, and says yes to that, before it is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.models import Category, Decision, Topic
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
WHY = "Pertanyaan yang sama."
TICK = "Centang akibatnya"


@pytest.fixture
def narrow(db: None) -> Category:
    """Read by Pembina and Admin Ditjen alone."""
    roles = ["pembina", "admin_ditjen"]
    return make_category("sempit", readers=roles, starters=roles, repliers=roles)


@pytest.fixture
def topic(maya: User, rina: User, narrow: Category) -> Topic:
    topic = make_topic(rina, narrow)
    make_reply(topic, maya)
    return topic


def sent(client: Client, topic: Topic, **values: Any) -> str:
    """What the page says to it; "" where it was done."""
    path = reverse("forum:topic_moderate", args=[topic.pk])
    answer = client.post(path, {"reason": WHY, **values})
    return "" if answer.status_code == 302 else answer.content.decode()


def hide(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())


@pytest.mark.parametrize("verb", ["gabungkan", "pindahkan", "pisahkan"])
def test_new_readers_are_named_and_asked_for(
    client: Client, topic: Topic, siti: User, maya: User, verb: str
) -> None:
    target, wide = make_topic(siti), make_category()
    values = {
        "gabungkan": {"target": str(target.pk)},
        "pindahkan": {"category": "umum"},
        "pisahkan": {"category": "umum", "numbers": "2", "title": "Judul yang baru"},
    }[verb]
    client.force_login(maya)
    html = sent(client, topic, verb=verb, **values)
    assert TICK in html
    assert "Dapat dibaca juga oleh Pengantar Kerja" in html
    assert "Pembina" not in html.split("Dapat dibaca juga oleh")[1].split("</label>")[0]
    assert not Decision.objects.exists()
    assert sent(client, topic, verb=verb, **values, akibat=f"pembaca-{wide.pk}") == ""
    assert Decision.objects.count() == 1


def test_those_who_lose_it_are_named(
    client: Client, narrow: Category, siti: User, maya: User
) -> None:
    topic = make_topic(siti)
    client.force_login(maya)
    html = sent(client, topic, verb="pindahkan", category="sempit")
    assert "Tidak lagi dapat dibaca oleh Pengantar Kerja, Moderator" in html
    ticked = f"bukan-pembaca-{narrow.pk}"
    assert sent(client, topic, verb="pindahkan", category="sempit", akibat=ticked) == ""


def test_what_was_hidden_is_not_shown_by_merging_or_splitting_unasked(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    topic, target = make_topic(siti), make_topic(budi)
    make_reply(topic, budi)
    hide(topic)
    client.force_login(maya)
    merging = {"verb": "gabungkan", "target": str(target.pk)}
    splitting = {"verb": "pisahkan", "category": "umum", "numbers": "2", "title": "Judul baru ini"}
    for values in (merging, splitting):
        html = sent(client, topic, **values)
        assert "menjadi terlihat oleh semua pembaca" in html
    assert sent(client, topic, **splitting, akibat="tampil") == ""
    assert sent(client, topic, **merging, akibat=f"tampil-{target.pk}") == ""


def test_into_a_hidden_topic_they_go_out_of_sight(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    topic, target = make_topic(siti), make_topic(budi)
    hide(target)
    client.force_login(maya)
    html = sent(client, topic, verb="gabungkan", target=str(target.pk))
    assert "tidak lagi terlihat" in html


def test_an_archive_is_named(client: Client, siti: User, maya: User) -> None:
    old = make_category("lama", archived_at=timezone.now())
    topic = make_topic(siti)
    client.force_login(maya)
    assert "diarsipkan" in sent(client, topic, verb="pindahkan", category="lama")
    ticked = f"arsip-{old.pk}"
    assert sent(client, topic, verb="pindahkan", category="lama", akibat=ticked) == ""


def test_a_yes_to_one_place_is_none_to_another(
    client: Client, topic: Topic, siti: User, maya: User
) -> None:
    wide, other = make_category(), make_category("lain")
    client.force_login(maya)
    html = sent(client, topic, verb="pindahkan", category="lain", akibat=f"pembaca-{wide.pk}")
    assert TICK in html
    assert f"pembaca-{other.pk}" in html
    assert not Decision.objects.exists()


def test_nothing_is_asked_where_nothing_changes(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    topic, target = make_topic(siti), make_topic(budi, make_category("lain"))
    client.force_login(maya)
    page = client.get(reverse("forum:topic_moderate", args=[topic.pk])).content.decode()
    assert "akibat" not in page
    assert sent(client, topic, verb="gabungkan", target=str(target.pk)) == ""
