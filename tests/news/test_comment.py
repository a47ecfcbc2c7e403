"""Comments on the page of an article, and people with a role who write them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions.comment_moderation import hide
from news.actions.comments import delete_comment
from news.models import Article, Comment
from notifications.models import Notification
from tests.clock import Clock
from tests.factories import make_user
from tests.news.made import make_article
from tests.news.made_comments import make_comment, make_public_comment

pytestmark = pytest.mark.django_db
TEXT = "Terima kasih, datanya membantu."
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[klik](javascript:alert(1))",
    "https://spam.example/ <a href='https://spam.example/'>murah</a>",
    "{{ 7|add:7 }} {% csrf_token %}",
]


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


def add_path(article: Article) -> str:
    return reverse("news:comment_add", args=[article.slug])


def page_of(client: Client, article: Article, query: str = "") -> str:
    response = client.get(reverse("news:article", args=[article.slug]) + query)
    assert response.status_code == 200
    return response.content.decode()


class TestWriting:
    def test_stands_there_at_once_under_the_name_of_today(
        self, client: Client, article: Article, siti: User
    ) -> None:
        client.force_login(siti)
        response = client.post(add_path(article), {"source": TEXT, "key": str(uuid.uuid4())})
        made = Comment.objects.get()
        assert response.headers["Location"] == reverse("news:comment", args=[made.pk])
        assert (made.state, made.number, made.thread, made.email) == ("tampil", 1, 1, "")
        assert made.author_unit
        page = page_of(Client(), article)
        assert siti.officer.full_name in page
        assert "1 komentar" in page
        assert 'id="komentar-1"' in page
        article.refresh_from_db()
        assert article.comment_count == 1

    def test_a_second_click_makes_no_second_one(
        self, client: Client, article: Article, siti: User
    ) -> None:
        client.force_login(siti)
        form = {"source": TEXT, "key": str(uuid.uuid4())}
        for _ in range(2):
            assert client.post(add_path(article), form).status_code == 302
        assert Comment.objects.count() == 1
        client.post(add_path(article), form | {"source": "Yang lain lagi."})
        assert Comment.objects.count() == 2

    def test_needs_a_role(self, client: Client, article: Article) -> None:
        response = client.post(add_path(article), {"source": TEXT})
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))
        client.force_login(make_user("tamu@contoh.example", "Tamu"))
        assert client.post(add_path(article), {"source": TEXT}).status_code == 403
        assert not Comment.objects.exists()

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (" \n ", "Tulis dulu komentarnya."),
            ("x" * 2001, "terlalu panjang"),
            ("Hubungi 0812 3456 7890 ya", "nomor telepon"),
            ("NIK saya 3212014107900001", "memuat NIK"),
            ("gpj.\u202eexe", "huruf tersembunyi"),
        ],
    )
    def test_what_is_refused_stays_in_the_form(
        self, client: Client, article: Article, siti: User, text: str, sentence: str
    ) -> None:
        client.force_login(siti)
        response = client.post(add_path(article), {"source": text})
        assert response.status_code == 200
        page = response.content.decode()
        assert sentence in page
        assert text.strip() in page
        assert not Comment.objects.exists()

    def test_a_number_of_an_office_is_sent_when_one_is_sure(
        self, client: Client, article: Article, siti: User
    ) -> None:
        client.force_login(siti)
        values = {"source": "Kantor kami 0812 3456 7890", "sure": "on"}
        assert client.post(add_path(article), values).status_code == 302

    def test_too_many_are_refused_with_the_text(
        self, client: Client, article: Article, siti: User, settings: object
    ) -> None:
        settings.THROTTLE = True  # type: ignore[attr-defined]
        client.force_login(siti)
        answers = [
            client.post(add_path(article), {"source": f"Komentar ke-{number}"})
            for number in range(21)
        ]
        assert [answer.status_code for answer in answers] == [302] * 20 + [429]
        assert "Komentar ke-20" in answers[-1].content.decode()

    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_is_text_and_nothing_else(self, article: Article, siti: User, payload: str) -> None:
        make_comment(article, siti, payload)
        page = page_of(Client(), article)
        section = page[page.index('id="komentar-1"') : page.index('id="tulis-komentar"')]
        for bad in ("<script", "<img", 'javascript:alert(1)"', 'href="https://spam', "14 "):
            assert bad not in section
        assert "<a href='https://spam" not in section

    def test_a_name_is_text_too(self, article: Article) -> None:
        make_public_comment(article, name="<b>Wahyu</b>")
        page = page_of(Client(), article)
        assert "<b>Wahyu" not in page
        assert "&lt;b&gt;Wahyu" in page


class TestClosed:
    @pytest.mark.parametrize(
        "values", [{"comments_open": False}, {"comments_until": dt.timedelta(hours=-1)}]
    )
    def test_says_so_and_keeps_what_was_typed(
        self, client: Client, article: Article, siti: User, values: dict[str, object]
    ) -> None:
        moments = {
            name: timezone.now() + value if isinstance(value, dt.timedelta) else value
            for name, value in values.items()
        }
        Article.objects.update(**moments)
        assert "Komentar untuk artikel ini sudah ditutup." in page_of(client, article)
        client.force_login(siti)
        response = client.post(add_path(article), {"source": TEXT})
        assert response.status_code == 409
        assert TEXT in response.content.decode()
        assert not Comment.objects.exists()

    def test_an_article_one_may_not_see_has_no_comments(
        self, client: Client, article: Article, siti: User
    ) -> None:
        made = make_comment(article, siti)
        Article.objects.update(withdrawn_at=timezone.now())
        client.force_login(siti)
        assert client.post(add_path(article), {"source": TEXT}).status_code == 404
        for name in ("comment", "comment_edit", "comment_delete", "comment_report"):
            assert client.get(reverse(f"news:{name}", args=[made.pk])).status_code == 404


class TestReplies:
    def test_stand_below_what_they_reply_to(
        self, client: Client, article: Article, siti: User, agus: User
    ) -> None:
        first = make_comment(article, agus, "Yang pertama.")
        make_comment(article, agus, "Yang kedua.")
        client.force_login(siti)
        client.post(add_path(article), {"source": "Balasan.", "parent": str(first.pk)})
        page = page_of(client, article)
        assert page.index("Yang pertama.") < page.index("Balasan.") < page.index("Yang kedua.")
        first.refresh_from_db()
        assert first.reply_count == 1
        told = Notification.objects.get(kind="news.comment_reply")
        assert told.recipient == agus

    def test_of_oneself_tell_nobody(self, article: Article, siti: User) -> None:
        make_comment(article, siti, "Lagi.", parent=make_comment(article, siti))
        assert not Notification.objects.filter(kind="news.comment_reply").exists()

    @pytest.mark.parametrize("where", ["reply", "hidden", "other article", "nowhere"])
    def test_only_to_a_shown_comment_that_is_no_reply(
        self, client: Client, article: Article, siti: User, agus: User, where: str
    ) -> None:
        parent = make_comment(article, agus)
        if where == "reply":
            parent = make_comment(article, siti, "Balasan.", parent=parent)
        elif where == "hidden":
            hide(make_public_comment(article), reason="Iklan.", by=agus)
            parent = Comment.objects.get(state="tersembunyi")
        elif where == "other article":
            parent = make_comment(make_article(), agus)
        key = 4711 if where == "nowhere" else parent.pk
        before = Comment.objects.count()
        client.force_login(siti)
        assert client.get(add_path(article) + f"?balas={key}").status_code == 404
        response = client.post(add_path(article), {"source": TEXT, "parent": str(key)})
        assert "Komentar yang Anda balas tidak tampil lagi." in response.content.decode()
        assert TEXT in response.content.decode()
        assert Comment.objects.count() == before

    def test_the_database_allows_one_level_on_one_article(
        self, article: Article, siti: User
    ) -> None:
        first = make_comment(article, siti)
        reply = make_comment(article, siti, "Balasan.", parent=first)
        other = make_comment(make_article(), siti)
        for parent in (reply, other):
            with pytest.raises(IntegrityError), transaction.atomic():
                make_public_comment(article, state="menunggu", parent=parent)


class TestOwn:
    def test_is_edited_within_a_quarter_of_an_hour(
        self, client: Client, siti: User, clock: Clock
    ) -> None:
        made = make_comment(make_article(), siti)
        Comment.objects.update(created_at=clock.moment)
        path = reverse("news:comment_edit", args=[made.pk])
        client.force_login(siti)
        assert client.post(path, {"source": "Diperbaiki."}).status_code == 302
        made.refresh_from_db()
        assert (made.text, bool(made.edited_at)) == ("Diperbaiki.", True)
        assert client.post(path, {"source": ""}).status_code == 200
        clock.move(minutes=16)
        response = client.post(path, {"source": "Terlambat."})
        assert "15 menit" in response.content.decode()
        assert "Terlambat." in response.content.decode()
        made.refresh_from_db()
        assert made.text == "Diperbaiki."

    def test_is_deleted_at_any_time_and_its_text_is_gone(
        self, client: Client, article: Article, siti: User
    ) -> None:
        made = make_comment(article, siti)
        client.force_login(siti)
        assert client.get(reverse("news:comment_delete", args=[made.pk])).status_code == 200
        client.post(reverse("news:comment_delete", args=[made.pk]))
        made.refresh_from_db()
        article.refresh_from_db()
        assert (made.state, made.text, article.comment_count) == ("dihapus", "", 0)
        assert 'id="komentar-1"' not in page_of(client, article)

    def test_leaves_a_tombstone_above_replies(
        self, article: Article, siti: User, agus: User
    ) -> None:
        made = make_comment(article, siti, "Yang dihapus.")
        make_comment(article, agus, "Balasan.", parent=made)
        delete_comment(made, by=siti)
        delete_comment(made, by=siti)
        page = page_of(Client(), article)
        assert "Komentar ini dihapus penulisnya." in page
        assert "Yang dihapus." not in page
        assert siti.officer.full_name not in page
        assert "Balasan." in page

    @pytest.mark.parametrize("name", ["comment_edit", "comment_delete"])
    def test_belongs_to_nobody_else(
        self, client: Client, article: Article, siti: User, agus: User, name: str
    ) -> None:
        made = make_comment(article, siti)
        path = reverse(f"news:{name}", args=[made.pk])
        assert client.post(path).status_code == 302
        client.force_login(agus)
        assert client.get(path).status_code == 403
        assert client.post(path, {"source": "Diubah."}).status_code == 403
        assert client.post(reverse(f"news:{name}", args=[4711])).status_code == 404
        made.refresh_from_db()
        assert (made.state, made.text) == ("tampil", TEXT)


class TestPage:
    def test_shows_fifty_and_leads_on(self, client: Client, article: Article) -> None:
        for number in range(52):
            make_public_comment(article, f"Nomor urut {number}.")
        assert "Nomor urut 50." not in page_of(client, article)
        assert "Nomor urut 50." in page_of(client, article, "?halaman=2")
        path = reverse("news:article", args=[article.slug])
        assert client.get(f"{path}?halaman=3").status_code == 404
        assert client.get(f"{path}?halaman=abc").status_code == 200
        last = Comment.objects.get(number=52)
        link = client.get(reverse("news:comment", args=[last.pk])).headers["Location"]
        assert link == f"{path}?halaman=2#komentar-52"

    @pytest.mark.parametrize("count", [2, 60])
    def test_costs_one_query(
        self, client: Client, article: Article, siti: User, count: int
    ) -> None:
        for number in range(count):
            made = make_public_comment(article, f"Nomor urut {number}.")
        make_comment(article, siti, "Balasan.", parent=made)
        path = reverse("news:article", args=[article.slug])
        with CaptureQueriesContext(
            connection,
        ) as public:
            response = client.get(path)
        assert len(public) <= 4
        assert not response.cookies
        client.force_login(siti)
        client.get(path)
        with CaptureQueriesContext(connection) as entered:
            client.get(path)
        assert len(entered) <= 8

    def test_waiting_and_refused_ones_are_not_there(self, client: Client, article: Article) -> None:
        for state in ("baru", "menunggu", "ditolak", "tersembunyi"):
            make_public_comment(article, f"Keadaan {state}.", state=state)
        page = page_of(client, article)
        assert "Keadaan" not in page
        assert "wahyu@contoh.example" not in page
        for made in Comment.objects.all():
            assert client.get(reverse("news:comment", args=[made.pk])).status_code == 404

    def test_an_address_is_nowhere(self, client: Client, article: Article, agus: User) -> None:
        made = make_public_comment(article)
        waiting = make_public_comment(article, state="menunggu")
        assert "wahyu@contoh" not in page_of(client, article)
        client.force_login(agus)
        for path in (
            reverse("news:article", args=[article.slug]),
            reverse("news:comments"),
            reverse("news:comment_moderate", args=[waiting.pk]),
            reverse("news:comment_report", args=[made.pk]),
        ):
            response = client.get(path)
            assert response.status_code == 200
            assert "wahyu@contoh" not in response.content.decode()
