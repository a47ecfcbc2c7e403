"""The editors' first page, and what the page of an article costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions.previewing import make_preview_link
from news.models import PreviewLink
from tests.news.editors import begun, path_of
from tests.news.made import make_article, make_editor, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def lina(db: None) -> User:
    return make_editor()


class TestTheDesk:
    def test_names_what_waits_and_whose_it_is(self, client: Client, agus: User, lina: User) -> None:
        begun(client, agus, aksi="ajukan")
        mark = "Menunggu editor lain"
        assert mark in client.get(reverse("news:editor")).content.decode()
        client.force_login(lina)
        assert mark not in client.get(reverse("news:editor")).content.decode()

    def test_names_what_is_due(self, client: Client, agus: User) -> None:
        now = timezone.now()
        make_article("Besok terbit", published=now + dt.timedelta(days=1))
        make_article("Besok berakhir", publish_until=now + dt.timedelta(days=1))
        make_article("Sudah lama", published=now - dt.timedelta(days=90))
        client.force_login(agus)
        html = client.get(reverse("news:editor")).content.decode()
        due = html.split('id="meja-jadwal"')[1].split("</section>")[0]
        assert "Besok terbit" in due
        assert "Besok berakhir" in due
        assert "Sudah lama" not in html

    def test_costs_the_same_for_2_and_60(self, client: Client, agus: User) -> None:
        client.force_login(agus)
        counts = []
        for more in (2, 58):
            for number in range(more):
                make_article(f"Naskah {more}-{number}", state="draf", by=agus)
                make_article(f"Terbit {more}-{number}", by=agus)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("news:editor")).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8

    def test_is_reached_from_the_menu_by_editors(
        self, client: Client, agus: User, siti: User
    ) -> None:
        for person, shown in ((agus, True), (siti, False)):
            client.force_login(person)
            html = client.get(reverse("news:articles")).content.decode()
            assert (f'href="{reverse("news:editor")}"' in html) is shown


def test_the_page_of_an_article_asks_the_same_with_one_picture_and_with_ten(
    client: Client, agus: User
) -> None:
    """More than a page that is only read: the form offers pictures, files and categories."""
    article = begun(client, agus)
    client.get(path_of(article))  # the message of the save is shown, and gone
    counts = []
    for more in (1, 9):
        for number in range(more):
            article.gallery.add(make_picture(f"Gambar {more} {number}"))
            make_preview_link(article, days=1, by=agus)
            PreviewLink.objects.update(expires_at=timezone.now() - dt.timedelta(1))
        with CaptureQueriesContext(connection) as queries:
            client.get(path_of(article))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11, [query["sql"][:90] for query in queries]
