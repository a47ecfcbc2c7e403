"""Who is told of articles: editors of what waits, officers of what has come out, each once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions.announcing import announce_published
from news.actions.articles import send_article, send_article_back
from news.models import Article
from notifications.models import Notification
from tests.news.made import make_article, make_editor
from tests.news.test_versions import changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lina(db: None) -> User:
    return make_editor()


def told(user: User, kind: str) -> int:
    return Notification.objects.filter(recipient=user, event__kind=kind).count()


class TestOfficers:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [("pengumuman", "announced"), ("berita", "published"), ("materi", "published")],
    )
    def test_are_told_once(self, siti: User, rina: User, kind: str, name: str) -> None:
        article = make_article(kind=kind)
        assert (announce_published(), announce_published()) == (1, 0)
        assert told(siti, f"news.{name}") == 1
        assert told(rina, f"news.{name}") == 0
        article.refresh_from_db()
        assert article.announced == 1

    def test_are_told_when_it_is_there_and_not_before(self, clock: Any) -> None:
        make_article(published=timezone.now() + dt.timedelta(hours=1))
        make_article(state="telaah")
        make_article(withdrawn_at=timezone.now())
        assert announce_published() == 0
        clock.move(hours=1)
        assert announce_published() == 1

    def test_are_told_again_of_a_major_change_alone(
        self, agus: User, lina: User, siti: User
    ) -> None:
        article = make_article(by=agus)
        announce_published()
        changed(article, agus, lina, change="kecil")
        assert announce_published() == 0
        changed(article, agus, lina, change="besar")
        assert announce_published() == 1
        assert told(siti, "news.published") == 2

    def test_are_told_of_a_major_change_that_a_minor_one_followed(
        self, agus: User, lina: User
    ) -> None:
        article = make_article(by=agus)
        announce_published()
        changed(article, agus, lina, change="besar")
        changed(article, agus, lina, change="kecil")
        assert announce_published() == 1
        assert announce_published() == 0

    def test_see_no_title_of_what_is_gone(self, client: Client, siti: User) -> None:
        make_article("Judul yang ditarik")
        announce_published()
        client.force_login(siti)
        inbox = reverse("notifications:inbox")
        assert "Judul yang ditarik" in client.get(inbox).content.decode()
        Article.objects.update(withdrawn_at=timezone.now())
        assert "Judul yang ditarik" not in client.get(inbox).content.decode()


class TestEditors:
    def test_others_are_told_that_it_waits(
        self, client: Client, agus: User, lina: User, siti: User
    ) -> None:
        article = make_article("Naskah rahasia", state="draf", by=agus)
        send_article(article.versions.get(), seen=1, by=agus)
        assert [told(person, "news.sent") for person in (agus, lina, siti)] == [0, 1, 0]
        client.force_login(lina)
        html = client.get(reverse("notifications:inbox")).content.decode()
        assert "Naskah rahasia" in html

    def test_the_writer_is_told_that_it_came_back_each_time(self, agus: User, lina: User) -> None:
        article = make_article(state="draf", by=agus)
        for count in (1, 2):
            sent = send_article(article.versions.get(), seen=1, by=agus)
            send_article_back(sent, remark="Perbaiki.", seen=1, by=lina)
            assert told(agus, "news.sent_back") == count
            assert told(lina, "news.sent") == count
