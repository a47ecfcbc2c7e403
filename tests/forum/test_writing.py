"""Starting, replying, editing, deleting: numbers, counters, what is kept, what is refused."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.actions import writing
from forum.actions.writing import Words
from forum.models import Decision, Draft, Post, PostRevision, Suspension, Topic
from tests.forum.made import make_category, make_reply, make_topic, the_expertise, words

pytestmark = pytest.mark.django_db


def test_a_topic_needs_a_starter_of_its_category(siti: User) -> None:
    category = make_category("pengumuman", starters=["moderator"])
    with pytest.raises(PermissionDenied):
        writing.start_topic(
            category, kind="diskusi", title="Judul yang baik", words=words(), by=siti
        )
    assert not Topic.objects.exists()


def test_no_topic_begins_in_an_archived_category(siti: User) -> None:
    category = make_category("lama", archived_at=timezone.now())
    with pytest.raises(PermissionDenied):
        writing.start_topic(
            category, kind="diskusi", title="Judul yang baik", words=words(), by=siti
        )


@pytest.mark.parametrize("column", ["locked_at", "hidden_at"])
def test_a_closed_topic_takes_no_reply(siti: User, column: str) -> None:
    topic = make_topic(siti)
    Topic.objects.filter(pk=topic.pk).update(**{column: timezone.now()})
    with pytest.raises(ValidationError):
        writing.reply(topic, words(), by=siti)
    assert Topic.objects.get(pk=topic.pk).last_number == 1


def test_a_moderator_writes_in_a_locked_topic(siti: User, maya: User) -> None:
    topic = make_topic(siti)
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    assert writing.reply(topic, words(), by=maya).number == 2


def test_who_is_suspended_does_not_write(siti: User, maya: User) -> None:
    topic = make_topic(maya)
    decision = Decision.objects.create(verb="tangguhkan", by=maya, reason="Iklan", person=siti)
    now = timezone.now()
    Suspension.objects.create(
        person=siti, decision=decision, begins_at=now, ends_at=now + dt.timedelta(days=3)
    )
    with pytest.raises(ValidationError, match="ditangguhkan"):
        writing.reply(topic, words(), by=siti)


def test_thirty_posts_a_minute_are_too_many(siti: User, maya: User) -> None:
    topic = make_topic(maya)
    for _ in range(writing.MOST_A_MINUTE):
        writing.reply(topic, words(), by=siti)
    for _ in range(30 - writing.MOST_A_MINUTE):
        with pytest.raises(ValidationError) as refused:
            writing.reply(topic, words(), by=siti)
        assert refused.value.code == "too_fast"
    assert Topic.objects.get(pk=topic.pk).last_number == 1 + writing.MOST_A_MINUTE


def test_who_is_suspended_does_not_edit_either(siti: User, maya: User) -> None:
    post = make_reply(make_topic(maya), siti)
    decision = Decision.objects.create(verb="tangguhkan", by=maya, reason="Iklan", person=siti)
    now = timezone.now()
    Suspension.objects.create(
        person=siti, decision=decision, begins_at=now, ends_at=now + dt.timedelta(days=3)
    )
    with pytest.raises(ValidationError, match="ditangguhkan"):
        writing.edit_post(post, source="Iklan", seen_version=1, by=siti)
    post.refresh_from_db()
    assert post.version == 1


def test_thirty_edits_a_minute_are_too_many_and_hold_up_nobody_else(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    topic = make_topic(maya)
    post, other = make_reply(topic, siti), make_reply(topic, budi)
    for version in range(1, 1 + writing.MOST_EDITS_A_MINUTE):
        writing.edit_post(post, source=f"Versi {version}", seen_version=version, by=siti)
    client.force_login(siti)
    typed = {"source": "Yang panjang sekali", "version": 1 + writing.MOST_EDITS_A_MINUTE}
    html = client.post(reverse("forum:post_edit", args=[post.pk]), typed).content.decode()
    assert "terlalu cepat" in html
    assert "Yang panjang sekali" in html
    writing.edit_post(other, source="Boleh.", seen_version=1, by=budi)


@pytest.mark.parametrize("where", ["topic_new", "reply", "consultation_send"])
def test_too_fast_loses_nothing_and_holds_up_nobody_else(
    client: Client, siti: User, budi: User, maya: User, where: str
) -> None:
    topic = make_topic(maya)
    for _ in range(writing.MOST_A_MINUTE):
        writing.reply(topic, words(), by=siti)
    client.force_login(siti)
    typed = {
        "kind": "diskusi",
        "category": make_category().slug,
        "expertise": the_expertise().code,
        "title": "Yang ingin saya tanyakan",
        "source": "Yang panjang sekali",
        "key": "6b1d1f6e-7d7f-4f0f-8e2b-0c6a1f3f9f11",
    }
    if where == "consultation_send":
        client.post(reverse("forum:consultation_new"), typed)
        answer = client.post(
            reverse("forum:consultation_send"),
            {"keahlian": typed["expertise"], "key": typed["key"]},
        )
    else:
        arguments = [topic.pk] if where == "reply" else []
        answer = client.post(reverse(f"forum:{where}", args=arguments), typed)
    assert "terlalu cepat" in answer.content.decode()
    assert Draft.objects.get(user=siti).source == "Yang panjang sekali"
    writing.reply(topic, words(), by=budi)


def test_a_full_address_of_this_portal_is_shown_as_its_title(
    client: Client, siti: User, settings: Any
) -> None:
    settings.SITE_URL = "https://portal.example"
    other = make_topic(siti, title="Formasi tahun depan")
    topic = make_topic(siti)
    for address in (f"https://portal.example/forum/topik/{other.pk}/", f"/forum/topik/{other.pk}/"):
        post = writing.reply(topic, words(f"Lihat {address}"), by=siti)
        assert f'data-topik="{other.pk}"' in post.html
        assert "noopener" not in post.html
    client.force_login(siti)
    html = client.get(reverse("forum:topic", args=[topic.pk])).content.decode()
    assert html.count(f'data-topik="{other.pk}">Formasi tahun depan</a>') == 2


def test_the_author_stands_as_they_were_when_they_wrote(siti: User) -> None:
    post = make_topic(siti).posts.get()
    assert post.author_name == "Siti Wulandari, S.Psi."
    assert post.author_jenjang == "ahli_muda"
    siti.officer.jenjang_records.create(jenjang="ahli_madya", since=timezone.localdate())
    later = make_reply(post.topic, siti)
    post.refresh_from_db()
    assert (post.author_jenjang, later.author_jenjang) == ("ahli_muda", "ahli_madya")


def test_the_author_outlives_the_account(siti: User) -> None:
    post = make_topic(siti).posts.get()
    Post.objects.filter(pk=post.pk).update(author=None)
    assert Post.objects.get(pk=post.pk).author_name


class TestEditing:
    def test_keeps_what_was_said_before(self, siti: User) -> None:
        post = make_topic(siti, title="Judul yang lama", source="Lama").posts.get()
        writing.edit_post(post, source="Baru", title="Judul yang baru", seen_version=1, by=siti)
        post.refresh_from_db()
        kept = PostRevision.objects.get(post=post)
        assert (kept.source, kept.title, kept.version) == ("Lama", "Judul yang lama", 1)
        assert (post.source, post.version, post.topic.title) == ("Baru", 2, "Judul yang baru")
        assert "Baru" in post.html

    def test_of_a_version_that_has_moved_is_refused(self, siti: User) -> None:
        post = make_topic(siti).posts.get()
        writing.edit_post(post, source="Dua", seen_version=1, by=siti)
        with pytest.raises(ValidationError) as refused:
            writing.edit_post(post, source="Tiga", seen_version=1, by=siti)
        assert refused.value.code == "conflict"
        assert Post.objects.get(pk=post.pk).source == "Dua"

    def test_of_somebody_elses_post_is_refused(self, siti: User, budi: User) -> None:
        post = make_topic(siti).posts.get()
        with pytest.raises(ValidationError):
            writing.edit_post(post, source="Bukan saya", seen_version=1, by=budi)

    def test_with_the_same_text_changes_nothing(self, siti: User) -> None:
        post = make_topic(siti, source="Sama").posts.get()
        writing.edit_post(post, source="Sama", seen_version=1, by=siti)
        assert Post.objects.get(pk=post.pk).version == 1


class TestDeleting:
    def test_leaves_a_tombstone_and_no_text(self, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi, "Rahasia")
        writing.edit_post(post, source="Rahasia lagi", seen_version=1, by=budi)
        writing.delete_post(post, by=budi)
        post.refresh_from_db()
        topic.refresh_from_db()
        assert (post.state, post.source, post.html) == ("hapus", "", "")
        assert not post.revisions.exists()
        assert (topic.reply_count, topic.last_number) == (0, 2)

    def test_of_a_first_post_with_replies_is_refused(self, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        make_reply(topic, budi)
        with pytest.raises(ValidationError):
            writing.delete_post(topic.posts.get(number=1), by=siti)

    def test_of_the_only_post_takes_the_topic_along(self, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        writing.delete_post(topic.posts.get(), by=siti)
        assert not Topic.objects.visible_to(budi).filter(pk=topic.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_dense_numbers(siti: User, budi: User, rina: User, maya: User) -> None:
    topic = make_topic(maya)
    people = [siti, budi, rina, maya] * 2
    start = threading.Barrier(len(people))
    faults: list[BaseException] = []

    def write(person: User) -> None:
        try:
            start.wait()
            for _ in range(2):
                writing.reply(topic, words(), by=User.objects.get(pk=person.pk))
        except BaseException as fault:  # noqa: BLE001  (told by the assertion below)
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    topic.refresh_from_db()
    numbers = list(topic.posts.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 18))
    assert (topic.last_number, topic.reply_count) == (17, 16)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_post(siti: User, maya: User) -> None:
    topic = make_topic(maya)
    sent = Words("Sama persis", uuid.uuid4())
    start = threading.Barrier(2)
    numbers: list[int] = []

    def write() -> None:
        try:
            start.wait()
            numbers.append(writing.reply(topic, sent, by=User.objects.get(pk=siti.pk)).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [2, 2]
    assert topic.posts.count() == 2


def test_sending_takes_the_draft_along(siti: User, maya: User) -> None:
    topic = make_topic(maya)
    draft = Draft.objects.create(user=siti, place=f"balas-{topic.pk}", source="Draf")
    writing.reply(topic, Words("Draf", draft.key), by=siti)
    assert not Draft.objects.exists()
