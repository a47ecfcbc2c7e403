"""The buttons of a reader, by the addresses they are sent to."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import CategoryFollow, CategoryRead, MeToo, Post, Thanks, Topic, TopicFollow
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
FORMS = {
    "topic_follow": {"sikap": "ikut"},
    "topic_metoo": {"nilai": "1"},
    "post_thanks": {"nilai": "1"},
}


def counted() -> int:
    rows = (TopicFollow.objects, MeToo.objects, Thanks.objects, CategoryFollow.objects)
    return sum(found.count() for found in rows)


@pytest.mark.parametrize("name", FORMS)
def test_what_one_may_not_see_is_not_there(
    client: Client, siti: User, maya: User, name: str
) -> None:
    category = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    topic = make_topic(maya, category)
    key = topic.posts.get().pk if name == "post_thanks" else topic.pk
    before = counted()
    client.force_login(siti)
    assert client.post(reverse(f"forum:{name}", args=[key]), FORMS[name]).status_code == 404
    assert counted() == before


def test_a_category_one_may_not_see_is_not_there(client: Client, siti: User) -> None:
    make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    client.force_login(siti)
    path = reverse("forum:category_follow", args=["pembina"])
    assert client.post(path, {"sikap": "ikut"}).status_code == 404


@pytest.mark.parametrize("what", ["own", "hidden"])
def test_thanks_that_are_forbidden(client: Client, siti: User, budi: User, what: str) -> None:
    post = make_reply(make_topic(siti), siti if what == "own" else budi)
    if what == "hidden":
        Post.objects.filter(pk=post.pk).update(state=Post.State.HIDDEN)
    client.force_login(siti)
    path = reverse("forum:post_thanks", args=[post.pk])
    assert client.post(path, {"nilai": "1"}).status_code == 403
    assert not Thanks.objects.exists()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("junk", ["", "9", "\x00", "ikut\nbisu", "x" * 5000])
def test_junk_changes_nothing(client: Client, siti: User, budi: User, name: str, junk: str) -> None:
    topic = make_topic(siti)
    key = topic.posts.get().pk if name == "post_thanks" else topic.pk
    before = counted()
    client.force_login(budi)
    form = dict.fromkeys(FORMS[name], junk) | {"halaman": junk}
    answer = client.post(reverse(f"forum:{name}", args=[key]), form)
    assert answer.status_code == 302
    assert counted() == before


@pytest.mark.parametrize(
    "moment",
    ["", "kemarin", "2026-13-45", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"],
)
def test_no_moment_breaks_all_read(client: Client, siti: User, moment: str) -> None:
    make_category()
    client.force_login(siti)
    answer = client.post(reverse("forum:mark_read"), {"sampai": moment})
    assert answer.status_code == 302
    assert CategoryRead.objects.filter(user=siti).exists()


def test_a_follower_of_a_merged_topic_follows_the_other(
    client: Client, siti: User, budi: User
) -> None:
    topic, target = make_topic(siti), make_topic(siti)
    Topic.objects.filter(pk=topic.pk).update(merged_into=target)
    client.force_login(budi)
    client.post(reverse("forum:topic_follow", args=[topic.pk]), {"sikap": "ikut"})
    assert TopicFollow.objects.get(user=budi).topic == target


def test_the_page_shows_what_was_pressed(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    client.force_login(budi)
    client.post(reverse("forum:topic_follow", args=[topic.pk]), {"sikap": "bisu"})
    client.post(reverse("forum:topic_metoo", args=[topic.pk]), {"nilai": "1"})
    client.post(reverse("forum:post_thanks", args=[topic.posts.get().pk]), {"nilai": "1"})
    html = client.get(reverse("forum:topic", args=[topic.pk])).content.decode()
    assert 'value="bisu" aria-pressed="true"' in html
    assert "1 orang juga menanyakan ini" in html
    assert "Batalkan terima kasih" in html


def test_the_category_shows_its_stance_and_reads_all(
    client: Client, siti: User, budi: User
) -> None:
    make_topic(siti)
    client.force_login(budi)
    path = reverse("forum:category", args=["umum"])
    client.post(reverse("forum:category_follow", args=["umum"]), {"sikap": "ikut"})
    answer = client.get(path)
    assert 'value="ikut" aria-pressed="true"' in answer.content.decode()
    assert "(belum dibaca)" in answer.content.decode()
    client.post(
        reverse("forum:mark_read"), {"kategori": "umum", "sampai": answer.context["moment"]}
    )
    assert "(belum dibaca)" not in client.get(path).content.decode()
