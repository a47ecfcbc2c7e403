"""Editors let comments through, refuse, hide and show them again; anyone reports one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from news.actions import comment_moderation as acts
from news.erasure import forget_reader
from news.models import Article, Comment, CommentReport
from news.presenters import comments_for_editor
from notifications.models import Mail, Notification
from tests.news.made import make_article, make_editor
from tests.news.made_comments import make_comment, make_public_comment

pytestmark = pytest.mark.django_db
QUEUE = "news:comments"


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


@pytest.fixture
def waiting(article: Article) -> Comment:
    return make_public_comment(article, state="menunggu")


def decide(client: Client, comment: Comment, act: str, reason: str = "") -> Any:
    path = reverse("news:comment_moderate", args=[comment.pk])
    return client.post(path, {"act": act, "reason": reason})


class TestDeciding:
    def test_let_through_it_is_shown(
        self, client: Client, article: Article, waiting: Comment, agus: User
    ) -> None:
        client.force_login(agus)
        page = client.get(reverse(QUEUE)).content.decode()
        assert waiting.text in page
        assert "None" not in page
        assert decide(client, waiting, "tampilkan").status_code == 302
        waiting.refresh_from_db()
        article.refresh_from_db()
        assert (waiting.state, waiting.number, waiting.moderated_by) == ("tampil", 1, agus)
        assert article.comment_count == 1
        shown = Client().get(reverse("news:article", args=[article.slug]))
        assert waiting.text in shown.content.decode()

    def test_refused_it_is_not_and_nobody_is_mailed(
        self, client: Client, waiting: Comment, agus: User
    ) -> None:
        client.force_login(agus)
        response = decide(client, waiting, "tolak")
        assert "Tulis alasannya." in response.content.decode()
        assert decide(client, waiting, "tolak", "Iklan.").status_code == 302
        waiting.refresh_from_db()
        assert (waiting.state, waiting.reason, waiting.number) == ("ditolak", "Iklan.", None)
        assert not Mail.objects.exists()

    def test_hidden_its_author_is_told_why_and_it_can_come_back(
        self, client: Client, article: Article, siti: User, agus: User
    ) -> None:
        made = make_comment(article, siti)
        client.force_login(agus)
        decide(client, made, "sembunyikan", "Memuat data pribadi.")
        article.refresh_from_db()
        assert article.comment_count == 0
        told = Notification.objects.get(kind="news.comment_hidden")
        assert told.recipient == siti
        client.force_login(siti)
        inbox = client.get(reverse("notifications:inbox")).content.decode()
        assert "Memuat data pribadi." in inbox
        client.force_login(agus)
        decide(client, made, "kembalikan", "Sudah diperiksa.")
        made.refresh_from_db()
        assert (made.state, made.number) == ("tampil", 1)

    def test_the_second_editor_gets_a_sentence(
        self, client: Client, waiting: Comment, agus: User
    ) -> None:
        acts.refuse(waiting, reason="Iklan.", by=make_editor())
        client.force_login(agus)
        page = decide(client, waiting, "tampilkan", "Catatan saya.").content.decode()
        assert "sudah ditangani Lina Marpaung: sekarang ditolak" in page
        assert "Catatan saya." in page
        waiting.refresh_from_db()
        assert waiting.state == "ditolak"

    def test_a_reply_waits_for_what_it_replies_to(self, article: Article, agus: User) -> None:
        parent = make_public_comment(article)
        reply = make_public_comment(article, state="menunggu", parent=parent)
        acts.hide(parent, reason="Iklan.", by=agus)
        with pytest.raises(ValidationError, match="tampilkan itu dulu"):
            acts.let_through(reply, by=agus)
        acts.show_again(parent, reason="Keliru.", by=agus)
        acts.let_through(reply, by=agus)
        parent.refresh_from_db()
        reply.refresh_from_db()
        assert (parent.reply_count, reply.thread, reply.number) == (1, parent.number, 2)

    def test_one_does_not_judge_ones_own(
        self, client: Client, article: Article, agus: User
    ) -> None:
        made = make_comment(article, agus)
        client.force_login(agus)
        assert decide(client, made, "sembunyikan", "x").status_code == 403

    def test_is_for_editors(self, client: Client, waiting: Comment, siti: User) -> None:
        paths = [reverse(QUEUE), reverse("news:comment_moderate", args=[waiting.pk])]
        assert [client.post(path).status_code for path in paths] == [302, 302]
        client.force_login(siti)
        assert [client.post(path).status_code for path in paths] == [403, 403]
        assert [client.get(path).status_code for path in paths] == [403, 403]
        with pytest.raises(PermissionDenied):
            acts.let_through(waiting, by=siti)

    def test_unconfirmed_ones_are_not_there(
        self, client: Client, article: Article, agus: User
    ) -> None:
        made = make_public_comment(article, state="baru")
        client.force_login(agus)
        assert decide(client, made, "tampilkan").status_code == 404
        assert made.text not in client.get(reverse(QUEUE)).content.decode()


class TestSeveral:
    def test_are_let_through_at_once(self, client: Client, article: Article, agus: User) -> None:
        made = [make_public_comment(article, state="menunggu") for _ in range(3)]
        client.force_login(agus)
        client.post(reverse(QUEUE), {"chosen": [made[0].pk, made[2].pk]})
        assert list(Comment.objects.order_by("pk").values_list("state", flat=True)) == [
            "tampil",
            "menunggu",
            "tampil",
        ]

    @pytest.mark.parametrize("chosen", [[], ["abc"], ["4711"]])
    def test_but_not_what_does_not_wait(
        self, client: Client, waiting: Comment, agus: User, chosen: list[str]
    ) -> None:
        client.force_login(agus)
        response = client.post(reverse(QUEUE), {"chosen": chosen})
        assert response.status_code == 200
        assert "Ada yang perlu diperbaiki" in response.content.decode()
        waiting.refresh_from_db()
        assert waiting.state == "menunggu"

    def test_no_more_than_twenty(self, article: Article, agus: User) -> None:
        made = [make_public_comment(article, state="menunggu") for _ in range(21)]
        with pytest.raises(ValidationError, match="20"):
            acts.let_through_all(made, by=agus)

    @pytest.mark.parametrize("count", [2, 25])
    def test_the_queue_keeps_its_budget(
        self, client: Client, article: Article, agus: User, count: int
    ) -> None:
        for _ in range(count):
            make_public_comment(article, state="menunggu")
        client.force_login(agus)
        client.get(reverse(QUEUE))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(QUEUE)).status_code == 200
        assert len(queries) <= 8


class TestReporting:
    def test_anyone_may_once(
        self, client: Client, article: Article, siti: User, agus: User
    ) -> None:
        made = make_public_comment(article)
        path = reverse("news:comment_report", args=[made.pk])
        for visitor in (client, Client()):
            if visitor is not client:
                visitor.force_login(siti)
            assert "Pilih salah satu." in visitor.post(path, {"details": "x"}).content.decode()
            first = visitor.post(path, {"reason": "iklan", "details": "Jualan."})
            assert "editor akan melihatnya" in first.content.decode()
            again = visitor.post(path, {"reason": "iklan", "details": "Jualan."}).content.decode()
            assert "sudah Anda laporkan" in again
            assert "Jualan." in again
        assert CommentReport.objects.count() == 2
        client.force_login(agus)
        assert "Iklan atau spam" in client.get(reverse(QUEUE)).content.decode()

    def test_ends_with_a_decision_and_the_address_is_forgotten(
        self, client: Client, article: Article, agus: User
    ) -> None:
        made = make_public_comment(article)
        client.post(reverse("news:comment_report", args=[made.pk]), {"reason": "iklan"})
        assert CommentReport.objects.get().address_key
        client.force_login(agus)
        assert decide(client, made, "tutup", "Bukan iklan.").status_code == 302
        report = CommentReport.objects.get()
        assert (report.address_key, bool(report.handled_at)) == ("", True)
        made.refresh_from_db()
        assert made.state == "tampil"
        assert "sudah ditutup editor lain" in decide(client, made, "tutup", "x").content.decode()

    def test_not_ones_own(self, client: Client, article: Article, siti: User) -> None:
        made = make_comment(article, siti)
        client.force_login(siti)
        path = reverse("news:comment_report", args=[made.pk])
        assert client.post(path, {"reason": "iklan"}).status_code == 403
        assert client.get(reverse("news:comment_report", args=[4711])).status_code == 404

    def test_is_limited(self, client: Client, article: Article, settings: Any) -> None:
        settings.THROTTLE = True
        for number in range(21):
            path = reverse("news:comment_report", args=[make_public_comment(article).pk])
            response = client.post(path, {"reason": "iklan"})
            assert response.status_code == (200 if number < 20 else 429)


def test_the_dashboard_has_what_waits(waiting: Comment, agus: User) -> None:
    page = render_to_string("news/_editor_comments.html", {"queue": comments_for_editor(agus)})
    assert waiting.text in page
    assert "1 menunggu, 0 dilaporkan" in page


def test_after_an_erasure_the_text_stays_without_a_name(article: Article, siti: User) -> None:
    made = make_comment(article, siti)
    name = made.author_name
    forget_reader(siti, set())
    page = Client().get(reverse("news:article", args=[article.slug])).content.decode()
    assert name not in page
    assert made.text in page
    assert "Tanpa nama" in page
