"""A topic for paper: everything that a page of it says to this reader, in one piece."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib.files.checked import CheckedFile
from forum.actions import moderation, rearranging
from forum.models import Citation, Post, ReadMark, Regulation, Topic, Verification
from tests.forum.made import (
    make_attachment,
    make_category,
    make_consultation,
    make_reply,
    make_topic,
)

pytestmark = pytest.mark.django_db

FILE = CheckedFile.of(b"jpeg", extension="jpg", pages=1, original_name="Surat tugas.jpg")


def page(client: Client, topic: Topic, number: int = 0) -> str:
    query = {"halaman": number} if number else {}
    answer = client.get(reverse("forum:topic_print", args=[topic.pk]), query)
    assert answer.status_code == 200
    return answer.text


def grow(topic: Topic, last: int) -> None:
    """Posts up to that number, past the actions."""
    Post.objects.bulk_create(
        Post(topic=topic, number=number, source="x", html="<p>x</p>", author_name="Lain")
        for number in range(topic.last_number + 1, last + 1)
    )
    Topic.objects.filter(pk=topic.pk).update(last_number=last, reply_count=last - 1)
    topic.refresh_from_db()


def test_says_what_paper_needs(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti, title="Judul <b>", at=timezone.now() - dt.timedelta(days=400))
    post = make_reply(topic, budi, "Isi **tebal**")
    make_attachment(post, FILE)
    client.force_login(siti)
    html = page(client, topic)
    for text in (
        "Judul &lt;b&gt;", "Umum", "#1 · Siti Wulandari", "#2 · Budi Rumbiak", "Ahli Madya",
        "<strong>tebal</strong>", f"{settings.SITE_URL}/forum/topik/{topic.pk}/",
        f"{settings.SITE_URL}/forum/pos/{post.pk}/", "Surat tugas.jpg (1 kB)", "Dicetak", "Dimulai",
    ):  # fmt: skip
        assert text in html, text
    assert len(re.findall(r"\d{1,2} \w+ 20\d\d, \d\d\.\d\d WI[BTA]+", html)) >= 4
    assert "hari ini" not in html
    assert "<form" not in re.search(r"<main.*</main>", html, re.DOTALL)[0]


def test_authors_stand_as_they_were(client: Client, siti: User) -> None:
    topic = make_topic(siti)
    User.objects.filter(pk=siti.pk).update(name="Nama Baru")
    client.force_login(siti)
    assert "#1 · Siti Wulandari" in page(client, topic)
    Post.objects.update(author=None, author_name="")
    assert "#1 · Mantan anggota" in page(client, topic)


def test_the_answer_stands_with_its_legal_basis(client: Client, siti: User, maya: User) -> None:
    topic = make_topic(siti)
    grow(topic, 250)
    answer = Post.objects.get(topic=topic, number=230)
    law = Regulation.objects.create(name="Permenaker 1/2026", in_force_from=dt.date(2026, 1, 2))
    verification = Verification.objects.create(
        post=answer,
        verified_by=maya,
        verified_by_name="Maya Sari",
        valid_until=timezone.localdate() + dt.timedelta(days=90),
        review_from=timezone.localdate() + dt.timedelta(days=91),
    )
    Citation.objects.create(verification=verification, regulation=law, article="Pasal 12")
    Topic.objects.filter(pk=topic.pk).update(accepted=answer, verification=verification)
    Post.objects.filter(pk=answer.pk).update(standing=2)
    client.force_login(siti)
    for number in (1, 2):
        html = page(client, topic, number)
        assert "Jawaban terverifikasi" in html
        assert "<strong>Permenaker 1/2026</strong>, Pasal 12" in html
        assert "diterima penanya" in html


class TestParts:
    def test_of_a_long_topic_follow_each_other(self, client: Client, siti: User) -> None:
        topic = make_topic(siti)
        grow(topic, 450)
        client.force_login(siti)
        one, two, three = (page(client, topic, number) for number in (1, 2, 3))
        assert [html.count('class="post"') for html in (one, two, three)] == [200, 200, 50]
        assert "1–200 dari 450" in one
        assert "Tulisan 201–400 ada di bagian berikutnya." in one
        assert "Tulisan 401–450 ada di bagian berikutnya." in two
        assert "bagian berikutnya" not in three
        assert 'rel="next" href="?halaman=2"' in one

    @pytest.mark.parametrize("number", ["2", "1000000"])
    def test_beyond_the_end_are_none(self, client: Client, siti: User, number: str) -> None:
        topic = make_topic(siti)
        client.force_login(siti)
        path = reverse("forum:topic_print", args=[topic.pk])
        assert client.get(path, {"halaman": number}).status_code == 404

    @pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "\0"])
    def test_junk_is_the_first(self, client: Client, siti: User, number: str) -> None:
        topic = make_topic(siti)
        client.force_login(siti)
        path = reverse("forum:topic_print", args=[topic.pk])
        assert client.get(path, {"halaman": number}).status_code == 200

    def test_ask_the_same_of_2_and_of_100000_posts(
        self, client: Client, siti: User, budi: User
    ) -> None:
        topic = make_topic(siti, source="Pertama @PK-000001")
        make_reply(topic, budi)
        client.force_login(budi)

        def queries(number: int) -> int:
            with CaptureQueriesContext(connection) as asked:
                page(client, topic, number)
            return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

        few = queries(1)
        grow(topic, 1_000)
        Topic.objects.filter(pk=topic.pk).update(last_number=100_000)
        assert queries(1) == few <= 8
        began = time.monotonic()
        assert queries(5) <= few
        assert time.monotonic() - began < 5


class TestWhoSeesWhat:
    def test_nobody_who_does_not_see_the_topic(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        closed = make_category("tertutup", readers=["pembina"], starters=[], repliers=[])
        hidden = make_topic(siti)
        moderation.hide_topic(hidden, by=maya, reason="Salah.")
        private = make_consultation(siti)
        for topic in (make_topic(maya, closed), hidden, private):
            client.force_login(make_user_outside(budi, private))
            path = reverse("forum:topic_print", args=[topic.pk])
            assert client.get(path).status_code == 404

    def test_a_seat_in_a_consultation_prints_it(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        assert "Konsultasi pribadi" in page(client, make_consultation(siti))

    def test_a_tombstone_is_one_on_paper_for_everybody(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        """Its author and moderators read the text on the page; paper goes further than they do."""
        topic = make_topic(siti)
        post = make_reply(topic, budi, "Kasar sekali")
        make_attachment(post, FILE)
        moderation.hide_post(post, by=maya, reason="Menyerang.")
        for person in (siti, budi, maya):
            client.force_login(person)
            html = page(client, topic)
            assert "Tulisan ini disembunyikan moderator." in html
            assert "Kasar sekali" not in html
            assert FILE.original_name not in html

    def test_titles_of_others_are_not_told(self, client: Client, siti: User, maya: User) -> None:
        closed = make_category("tertutup", readers=["pembina"], starters=[], repliers=[])
        path = f"/forum/topik/{make_topic(maya, closed, title='Rahasia').pk}/"
        topic = make_topic(siti, source=f"[{path}]({path})")
        client.force_login(siti)
        assert "Rahasia" not in page(client, topic)

    def test_a_merged_topic_leads_on(self, client: Client, siti: User, maya: User) -> None:
        gone, kept = make_topic(siti), make_topic(siti)
        rearranging.merge_topics(gone, kept, by=maya, reason="Sama.")
        client.force_login(siti)
        answer = client.get(reverse("forum:topic_print", args=[gone.pk]))
        assert answer.status_code == 302
        assert answer.headers["Location"] == reverse("forum:topic_print", args=[kept.pk])

    def test_does_not_count_as_reading(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        client.force_login(budi)
        page(client, topic)
        assert not ReadMark.objects.filter(user=budi).exists()

    def test_is_linked_from_the_topic(self, client: Client, siti: User) -> None:
        topic = make_topic(siti)
        client.force_login(siti)
        path = reverse("forum:topic_print", args=[topic.pk])
        assert f'href="{path}"' in client.get(reverse("forum:topic", args=[topic.pk])).text


def make_user_outside(budi: User, private: Topic) -> User:
    """Budi, who must not be the colleague that was asked."""
    assert not private.members.filter(user=budi, part="penanya").exists()
    private.members.filter(user=budi).delete()
    return budi
