"""The page of a topic."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Post, ReadMark, Topic
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db


def test_shows_the_posts_in_their_order(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti, source="Pertama **mencolok**")
    make_reply(topic, budi, "Kedua")
    client.force_login(budi)
    html = client.get(reverse("forum:topic", args=[topic.pk])).content.decode()
    assert "<strong>mencolok</strong>" in html
    assert html.index("Pertama") < html.index("Kedua")
    assert "Ahli Muda" in html


def test_does_not_exist_for_those_who_may_not_read(client: Client, siti: User, maya: User) -> None:
    category = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    topic = make_topic(maya, category)
    client.force_login(siti)
    assert client.get(reverse("forum:topic", args=[topic.pk])).status_code == 404


def test_moves_the_watermark_and_never_back(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    for number in range(2, 26):
        make_reply(topic, siti, f"Tulisan {number}")
    client.force_login(budi)
    path = reverse("forum:topic", args=[topic.pk])
    client.get(path, {"halaman": 2})
    assert ReadMark.objects.get(user=budi, topic=topic).last_number == 25
    client.get(path)
    assert ReadMark.objects.get(user=budi, topic=topic).last_number == 25


@pytest.mark.parametrize("number", ["3", "1000000", "99999999999999999999"])
def test_a_page_beyond_the_end_is_none(client: Client, siti: User, number: str) -> None:
    topic = make_topic(siti)
    client.force_login(siti)
    answer = client.get(reverse("forum:topic", args=[topic.pk]), {"halaman": number})
    assert answer.status_code == (200 if len(number) > 7 else 404)


def test_a_reply_is_one_however_often_it_is_sent(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    client.force_login(budi)
    key = "6b1d1f6e-7d7f-4f0f-8e2b-0c6a1f3f9f11"
    for _ in range(2):
        answer = client.post(
            reverse("forum:reply", args=[topic.pk]), {"source": "Sama", "key": key, "aksi": "kirim"}
        )
        assert answer.status_code == 302
    assert Post.objects.filter(topic=topic).count() == 2
    assert Topic.objects.get(pk=topic.pk).reply_count == 1
