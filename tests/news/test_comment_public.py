"""The public comments: a form without a cookie, a mail, a link, and the wait for an editor."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news import links
from news.actions.comment_keeping import forget_ended
from news.models import Article, Comment
from notifications.models import Mail, Notification
from tests.news.made import make_article
from tests.news.made_comments import make_comment, make_public_comment, old_stamp, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


def new_path(article: Article) -> str:
    return reverse("news:comment_new", args=[article.slug])


def send(client: Client, article: Article, **values: Any) -> Any:
    return client.post(new_path(article), sent(**values))


def link_of(comment: Comment) -> str:
    return reverse("news:comment_confirm", args=[signing.dumps(comment.pk, salt=links.COMMENT)])


class TestSending:
    def test_is_kept_and_a_mail_asks_for_confirmation(
        self, client: Client, article: Article
    ) -> None:
        response = send(client, article)
        assert response.headers["Location"] == reverse("news:comment_sent")
        assert not response.cookies
        made = Comment.objects.get()
        assert (made.state, made.email, made.number) == ("baru", "wahyu@contoh.example", None)
        mail = Mail.objects.get()
        assert mail.recipient == "wahyu@contoh.example"
        assert "Periksa surat Anda" in client.get(reverse("news:comment_sent")).content.decode()
        article.refresh_from_db()
        assert article.comment_count == 0

    def test_the_mail_repeats_nothing_that_was_typed(
        self, client: Client, article: Article
    ) -> None:
        send(client, article, name="Beli di sini", source="Obat murah di spam.example")
        text = Mail.objects.get().text
        assert "murah" not in text
        assert "Beli" not in text
        assert "/berita/komentar/konfirmasi/" in text

    def test_a_second_click_sends_no_second_mail(self, client: Client, article: Article) -> None:
        form = sent()
        for _ in range(2):
            assert client.post(new_path(article), form).status_code == 302
        assert (Comment.objects.count(), Mail.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"name": ""}, "Tulis nama Anda."),
            ({"name": "W\u0430hyu"}, "huruf Latin"),
            ({"email": ""}, "Tulis alamat e-mail Anda."),
            ({"email": "wahyu@"}, "Tulis alamat e-mail yang lengkap"),
            ({"email": "a@b.id\nBcc: c@d.id"}, "Tulis alamat e-mail yang lengkap"),
            ({"source": ""}, "Tulis dulu komentarnya."),
            ({"source": "NIK saya 3212014107900001"}, "memuat NIK"),
            ({"website": "https://spam.example"}, "Kosongkan isian ini"),
            ({"stamp": ""}, "sudah lama terbuka"),
            ({"stamp": "palsu:x:y"}, "sudah lama terbuka"),
            ({"stamp": old_stamp(2 * 86_400)}, "sudah lama terbuka"),
            ({"parent": "4711"}, "Komentar yang Anda balas tidak tampil lagi."),
        ],
    )
    def test_what_is_refused_stays_in_the_form(
        self, client: Client, article: Article, values: dict[str, str], sentence: str
    ) -> None:
        response = send(client, article, **values)
        page = response.content.decode()
        assert response.status_code == 200
        assert sentence in page
        assert values.get("source", "Kapan data kabupaten kami dimuat?") in page
        assert not response.cookies
        assert not Comment.objects.exists()
        assert not Mail.objects.exists()

    def test_a_form_filled_within_a_moment_is_not_believed(
        self, client: Client, article: Article
    ) -> None:
        form = sent(stamp=links.new_stamp())
        assert "terlalu cepat" in client.post(new_path(article), form).content.decode()
        assert not Comment.objects.exists()

    def test_an_old_page_is_stamped_anew(self, client: Client, article: Article) -> None:
        page = send(client, article, stamp=old_stamp(2 * 86_400)).content.decode()
        stamp = re.search(r'name="stamp" value="([^"]+)"', page)
        assert stamp is not None
        assert links.is_stamp(stamp[1], max_age=10)

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://lain.example"}, {"Origin": "null"}],
    )
    def test_forms_of_other_sites_are_refused(
        self, client: Client, article: Article, headers: dict[str, str]
    ) -> None:
        response = client.post(new_path(article), sent(), headers=headers)
        assert response.status_code == 403
        made = make_public_comment(article)
        path = reverse("news:comment_report", args=[made.pk])
        assert client.post(path, {"reason": "iklan"}, headers=headers).status_code == 403
        assert Comment.objects.count() == 1

    def test_our_own_form_is_taken(self, client: Client, article: Article) -> None:
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
        assert client.post(new_path(article), sent(), headers=headers).status_code == 302

    def test_who_has_logged_in_since_sends_once_more_with_a_token(
        self, article: Article, siti: User
    ) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(siti)
        page = send(client, article).content.decode()
        assert "Anda sekarang masuk." in page
        assert "Kapan data kabupaten kami dimuat?" in page
        assert "csrfmiddlewaretoken" in page
        assert not Comment.objects.exists()
        reply = make_comment(article, siti)
        response = client.get(new_path(article) + f"?balas={reply.pk}")
        assert response.headers["Location"].endswith(f"/komentar/tulis/?balas={reply.pk}")

    def test_closed_since_says_so_and_keeps_the_text(
        self, client: Client, article: Article
    ) -> None:
        Article.objects.update(comments_open=False)
        response = send(client, article)
        assert response.status_code == 409
        assert "Kapan data kabupaten kami dimuat?" in response.content.decode()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize("values", [{"audience": "petugas"}, {"withdrawn_at": True}])
    def test_an_article_not_for_them_is_not_there(
        self, client: Client, article: Article, values: dict[str, Any]
    ) -> None:
        Article.objects.update(
            **{name: timezone.now() if value is True else value for name, value in values.items()}
        )
        assert send(client, article).status_code == 404
        assert client.get(new_path(article)).status_code == 404
        assert not Comment.objects.exists()

    def test_the_page_of_a_reply_sets_no_cookie(self, client: Client, article: Article) -> None:
        made = make_public_comment(article, "Yang dibalas.")
        response = client.get(new_path(article) + f"?balas={made.pk}")
        assert "Yang dibalas." in response.content.decode()
        assert not response.cookies
        assert send(client, article, parent=str(made.pk)).status_code == 302
        assert Comment.objects.get(state="baru").parent == made


class TestSpam:
    @pytest.fixture(autouse=True)
    def counted(self, settings: Any) -> None:
        settings.THROTTLE = True

    def test_one_address_is_stopped_and_costs_little(
        self, client: Client, article: Article
    ) -> None:
        answers = [send(client, article, email=f"a{n}@contoh.example") for n in range(11)]
        assert [answer.status_code for answer in answers] == [302] * 10 + [429]
        assert "Kapan data kabupaten kami dimuat?" in answers[-1].content.decode()
        assert int(answers[-1].headers["Retry-After"]) > 0
        with CaptureQueriesContext(connection) as queries:
            begin = time.perf_counter()
            assert send(client, article).status_code == 429
            took = time.perf_counter() - begin
        assert len(queries) <= 3
        assert took < 1
        assert (Comment.objects.count(), Mail.objects.count()) == (10, 10)

    def test_a_thousand_from_everywhere_leave_the_queue_of_an_article_readable(
        self, client: Client, article: Article
    ) -> None:
        for number in range(125):
            form = sent(email=f"a{number}@contoh.example")
            client.post(new_path(article), form, REMOTE_ADDR=f"203.0.113.{number}")
        assert Comment.objects.count() == 120

    def test_one_mailbox_gets_three_mails_an_hour(self, client: Client, article: Article) -> None:
        for number in range(5):
            address = f"203.0.113.{number}"
            response = client.post(new_path(article), sent(), REMOTE_ADDR=address)
        assert response.status_code == 429
        assert "Kapan data kabupaten kami dimuat?" in response.content.decode()
        assert Mail.objects.count() == 3


class TestConfirming:
    def test_a_look_confirms_nothing_and_the_button_does(
        self, client: Client, article: Article, agus: User
    ) -> None:
        send(client, article)
        made = Comment.objects.get()
        page = client.get(link_of(made))
        assert "Ya, ini komentar saya" in page.content.decode()
        assert not page.cookies
        client.head(link_of(made))
        made.refresh_from_db()
        assert made.state == "baru"
        assert "Editor membaca" in client.post(link_of(made)).content.decode()
        made.refresh_from_db()
        assert made.state == "menunggu"
        assert made.confirmed_at is not None
        told = Notification.objects.filter(kind="news.comment_waiting")
        assert agus.pk in told.values_list("recipient", flat=True)

    def test_a_link_counts_once(self, client: Client, article: Article) -> None:
        send(client, article)
        made = Comment.objects.get()
        client.post(link_of(made))
        for state in ("menunggu", "ditolak"):
            Comment.objects.update(state=state, reason="Iklan.")
            assert "sudah dikonfirmasi" in client.post(link_of(made)).content.decode()
            assert "sudah dikonfirmasi" in client.get(link_of(made)).content.decode()
            made.refresh_from_db()
            assert made.state == state

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_dead_links_say_so(
        self, client: Client, article: Article, monkeypatch: pytest.MonkeyPatch, method: str
    ) -> None:
        made = make_public_comment(article, state="baru")
        path = link_of(made)
        assert getattr(client, method)(path[:-2] + "x/").status_code == 404
        other = signing.dumps(made.pk, salt="lain")
        forged = reverse("news:comment_confirm", args=[other])
        assert getattr(client, method)(forged).status_code == 404
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 3 * 86_400 + 5)
        response = getattr(client, method)(path)
        assert response.status_code == 404
        assert "Tautan tidak berlaku lagi" in response.content.decode()
        made.refresh_from_db()
        assert made.state == "baru"

    def test_nothing_of_a_withdrawn_article_is_confirmed(
        self, client: Client, article: Article
    ) -> None:
        made = make_public_comment(article, state="baru")
        Article.objects.update(withdrawn_at=timezone.now())
        assert client.post(link_of(made)).status_code == 404

    def test_the_link_in_the_mail_is_the_one(self, client: Client, article: Article) -> None:
        send(client, article)
        found = re.search(
            r"https?://[^/]+(/berita/komentar/konfirmasi/\S+)", Mail.objects.get().text
        )
        assert found is not None
        assert client.get(found[1]).status_code == 200


class TestKeeping:
    def test_what_has_run_out_goes(self, article: Article, clock: Any) -> None:
        for state in ("baru", "menunggu", "ditolak", "tampil"):
            make_public_comment(article, state, state=state, moderated_at=timezone.now())
        clock.move(days=2)
        assert forget_ended() == (0, 0)
        clock.move(days=2)
        assert forget_ended() == (1, 0)
        clock.move(days=27)
        Comment.objects.filter(state="menunggu").update(moderated_at=None)
        assert forget_ended() == (1, 1)
        assert forget_ended() == (0, 0)
        left = dict(Comment.objects.values_list("state", "email"))
        assert left == {"menunggu": "wahyu@contoh.example", "tampil": ""}
        assert Comment.objects.get(state="tampil").author_name == "Wahyu Pratama"


def test_keys_of_forms_differ(client: Client, article: Article) -> None:
    path = reverse("news:comment_new", args=[article.slug])
    keys = {
        uuid.UUID(re.search(r'name="key" value="([^"]+)"', client.get(path).content.decode())[1])
        for _ in range(2)
    }
    assert len(keys) == 2
