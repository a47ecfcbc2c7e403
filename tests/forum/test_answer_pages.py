"""The pages of answers: accepting, verifying, what is to be looked at, regulations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.actions import answers, writing
from forum.models import Post, Regulation, Topic, Verification
from tests.forum.made import make_category, make_reply, make_topic
from tests.forum.test_answers import basis, make_regulation

pytestmark = pytest.mark.django_db


def page_of(client: Client, topic: Topic, **query: Any) -> str:
    return client.get(reverse("forum:topic", args=[topic.pk]), query).content.decode()


def asked(regulation: Regulation, **values: Any) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=100)
    return {
        "regulation_1": regulation.pk,
        "article_1": "Pasal 12 ayat (3)",
        "valid_until": day.isoformat(),
        "note": "Tidak untuk tenaga honorer.",
        "version": 1,
        **values,
    }


class TestAccepting:
    def path(self, post: Post) -> str:
        return reverse("forum:post_answer", args=[post.pk])

    def test_by_the_asker(self, client: Client, answer: Post, question: Topic, siti: User) -> None:
        client.force_login(siti)
        assert "Jadikan jawaban" in page_of(client, question)
        assert client.post(self.path(answer), {"aksi": "terima"}).status_code == 302
        assert "Jawaban diterima" in page_of(client, question)
        client.post(self.path(answer), {"aksi": "batal"})
        question.refresh_from_db()
        assert question.accepted is None

    def test_by_nobody_else(
        self, client: Client, answer: Post, question: Topic, budi: User
    ) -> None:
        client.force_login(budi)
        assert "Jadikan jawaban" not in page_of(client, question)
        assert client.post(self.path(answer), {"aksi": "terima"}).status_code == 403

    def test_needs_a_post_that_one_may_see(self, client: Client, maya: User, siti: User) -> None:
        closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
        post = make_reply(make_topic(maya, closed), maya)
        client.force_login(siti)
        assert client.post(self.path(post)).status_code == 404
        assert client.post(self.path(Post(pk=10**9))).status_code == 404

    def test_what_is_gone_is_refused_in_words(
        self, client: Client, answer: Post, siti: User
    ) -> None:
        Post.objects.filter(pk=answer.pk).update(state="sembunyi")
        client.force_login(siti)
        html = client.post(self.path(answer), {"aksi": "terima"}, follow=True).content.decode()
        assert "tidak lagi dapat dijadikan jawaban" in html


class TestVerifying:
    def path(self, post: Post) -> str:
        return reverse("forum:post_verify", args=[post.pk])

    def test_shows_basis_and_days_at_the_top(
        self, pembina: Client, answer: Post, question: Topic
    ) -> None:
        assert "Verifikasi" in page_of(pembina, question)
        found = make_regulation("Permenaker 1/2024")
        assert pembina.post(self.path(answer), asked(found)).status_code == 302
        html = page_of(pembina, question)
        for words in (
            "Jawaban terverifikasi",
            "Permenaker 1/2024</strong>, Pasal 12 ayat (3)",
            "berlaku sejak 1 Januari 2024",
            "berlaku sampai",
            "Maya Sari",
            "Tidak untuk tenaga honorer.",
        ):
            assert words in html
        assert "Perlu ditinjau" not in html

    def test_on_a_further_page_the_answer_is_quoted(
        self, pembina: Client, answer: Post, question: Topic, siti: User, maya: User
    ) -> None:
        answers.verify_answer(answer, basis(), by=maya)
        for number in range(3, 26):
            make_reply(question, siti, f"Tulisan {number}")
        html = page_of(pembina, question, halaman=2)
        assert "Boleh, sepanjang ada SK." in html
        assert f"/forum/topik/{question.pk}/#tulisan-2" in html
        assert html.count('id="tulisan-') == 5
        assert "Boleh, sepanjang ada SK." not in page_of(pembina, question)

    def test_says_why_it_is_to_be_looked_at(
        self, pembina: Client, answer: Post, question: Topic, maya: User
    ) -> None:
        old = make_regulation("Permenaker 1/2024")
        answers.verify_answer(answer, basis(old), by=maya)
        new = make_regulation("Permenaker 9/2026", in_force_from=dt.date(2026, 1, 1))
        path = reverse("forum:regulation_replace", args=[old.pk])
        today = timezone.localdate()
        pembina.post(path, {"on": today.isoformat(), "by_regulation": new.pk})
        for html in (
            page_of(pembina, question),
            pembina.get(reverse("forum:reviews")).content.decode(),
        ):
            assert "Permenaker 1/2024 tidak berlaku sejak" in html
            assert "diganti dengan Permenaker 9/2026" in html
        assert "Jawaban perlu ditinjau" in page_of(pembina, question)

    def test_an_edit_is_named_as_the_reason(
        self, pembina: Client, answer: Post, question: Topic, budi: User, maya: User
    ) -> None:
        answers.verify_answer(answer, basis(), by=maya)
        writing.edit_post(answer, source="Tidak boleh.", seen_version=1, by=budi)
        assert "disunting setelah diverifikasi" in page_of(pembina, question)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"regulation_1": ""}, "Pilih peraturan yang memuat pasal ini."),
            ({"article_1": ""}, "Tulis pasalnya"),
            ({"regulation_1": "", "article_1": ""}, "Pilih paling sedikit satu peraturan"),
            ({"regulation_1": "999999"}, "tidak ada atau tidak lagi berlaku"),
            ({"regulation_1": "x\0"}, "tidak ada atau tidak lagi berlaku"),
            ({"valid_until": "2020-01-01"}, "sesudah hari ini"),
            ({"valid_until": "9999-12-31"}, "Paling lama 10 tahun"),
            ({"valid_until": "besok"}, "tidak dikenal"),
            ({"version": "2"}, "disunting sejak Anda membukanya"),
            ({"version": ""}, "disunting sejak Anda membukanya"),
            ({"article_1": "x" * 81}, "terlalu panjang"),
        ],
    )
    def test_bad_input_is_told_in_words_and_nothing_typed_is_lost(
        self, pembina: Client, answer: Post, values: dict[str, str], sentence: str
    ) -> None:
        response = pembina.post(self.path(answer), asked(make_regulation(), **values))
        html = response.content.decode()
        assert response.status_code == 200
        assert sentence in html
        assert "Tidak untuk tenaga honorer." in html
        assert Verification.objects.count() == 0

    def test_the_same_article_twice_is_refused(self, pembina: Client, answer: Post) -> None:
        found = make_regulation()
        twice = {"regulation_3": found.pk, "article_3": "Pasal 12 ayat (3)"}
        html = pembina.post(self.path(answer), asked(found, **twice)).content.decode()
        assert "sudah disebut" in html
        assert Verification.objects.count() == 0

    @pytest.mark.parametrize("name", ["siti", "rina", "admin"])
    def test_by_nobody_but_the_pembina(
        self, client: Client, answer: Post, name: str, request: pytest.FixtureRequest
    ) -> None:
        client.force_login(request.getfixturevalue(name))
        assert client.get(self.path(answer)).status_code == 403
        assert client.post(self.path(answer), asked(make_regulation())).status_code == 403
        withdraw = reverse("forum:post_withdraw", args=[answer.pk])
        assert client.post(withdraw, {"reason": "x"}).status_code == 403

    def test_not_ones_own(self, pembina: Client, question: Topic, maya: User) -> None:
        own = make_reply(question, maya)
        assert pembina.get(self.path(own)).status_code == 403

    def test_withdrawn_with_a_reason(
        self, pembina: Client, answer: Post, question: Topic, maya: User
    ) -> None:
        answers.verify_answer(answer, basis(), by=maya)
        path = reverse("forum:post_withdraw", args=[answer.pk])
        assert "Tulis alasannya." in pembina.post(path, {"reason": ""}).content.decode()
        assert Verification.objects.standing().count() == 1
        pembina.post(path, {"reason": "Pasalnya keliru."})
        assert Verification.objects.standing().count() == 0
        assert "terverifikasi" not in page_of(pembina, question).lower()
        again = pembina.post(path, {"reason": "Pasalnya keliru."}, follow=True)
        assert "tidak sedang terverifikasi" in again.content.decode()


class TestLists:
    def test_only_for_the_pembina(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        for name in ("reviews", "regulations", "regulation_new"):
            assert client.get(reverse(f"forum:{name}")).status_code == 403
        assert reverse("forum:reviews") not in client.get(reverse("forum:index")).content.decode()

    def test_are_reached_from_the_forum(self, pembina: Client) -> None:
        html = pembina.get(reverse("forum:index")).content.decode()
        assert reverse("forum:reviews") in html
        assert reverse("forum:regulations") in html

    def test_accepted_answers_wait_there(
        self, pembina: Client, question: Topic, answer: Post, siti: User
    ) -> None:
        answers.accept_answer(answer, by=siti)
        assert question.title in pembina.get(reverse("forum:reviews")).content.decode()

    def test_a_regulation_is_added_once(self, pembina: Client) -> None:
        path = reverse("forum:regulation_new")
        values = {"name": "UU  13/2003", "title": "Ketenagakerjaan", "in_force_from": "2003-03-25"}
        assert pembina.post(path, values).status_code == 302
        html = pembina.post(path, values).content.decode()
        assert "sudah ada" in html
        assert "Ketenagakerjaan" in html
        assert Regulation.objects.get().name == "UU 13/2003"

    def test_a_regulation_does_not_end_before_it_began(self, pembina: Client) -> None:
        found = make_regulation()
        path = reverse("forum:regulation_replace", args=[found.pk])
        html = pembina.post(path, {"on": "2023-01-01"}).content.decode()
        assert "berakhir setelah mulai berlaku" in html
        assert pembina.get(path.replace(str(found.pk), "999999")).status_code == 404


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_few_queries_however_many_rows(
    pembina: Client, siti: User, budi: User, maya: User, answer: Post, question: Topic
) -> None:
    regulation = make_regulation()
    made = answers.verify_answer(answer, basis(regulation), by=maya)
    answers.accept_answer(make_reply(question, maya), by=siti)
    for number in range(4, 26):
        make_reply(question, siti, f"Tulisan {number}")
    last = f"{reverse('forum:topic', args=[question.pk])}?halaman=2"
    names = ("forum:reviews", "forum:regulations")
    paths = [last, *(reverse(name) for name in names)]
    for path in paths:
        pembina.get(path)
    Verification.objects.filter(pk=made.pk).update(review_from=timezone.localdate())
    few = [queries(pembina, path) for path in paths]
    for number in range(12):
        post = make_reply(make_topic(siti), budi)
        more = make_regulation(f"UU {number}/2020")
        row = answers.verify_answer(post, basis(regulation, more), by=maya)
        Verification.objects.filter(pk=row.pk).update(review_from=timezone.localdate())
    for _ in range(12):
        answers.accept_answer(make_reply(make_topic(siti), budi), by=siti)
    assert [queries(pembina, path) for path in paths] == few
    assert max(few) <= 8, few
