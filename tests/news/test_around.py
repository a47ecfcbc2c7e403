"""What stands around an article: head, related articles, categories, and conditional requests."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions.indexing import index_article
from news.models import Article, Category
from news.rendering import rendered
from tests.news.made import attach, make_article, make_file, make_picture

pytestmark = pytest.mark.django_db


def make(title: str, *categories: str, **values: Any) -> Article:
    article = make_article(title, **values)
    article.categories.set(Category.objects.filter(slug__in=categories))
    index_article(article)
    return article


def fetch(client: Client, article: Article, **headers: str) -> Any:
    return client.get(reverse("news:article", args=[article.slug]), headers=headers)


def metas(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', html)
    return dict(found)


def related(html: str) -> list[str]:
    return re.findall(r'related__title"><a href="[^"]*">([^<]*)<', html)


class TestHead:
    def test_says_what_it_is(self, client: Client) -> None:
        article = make("Judul “satu” & dua")
        assert article.live is not None
        picture = make_picture(alt='Aula "besar"')
        article.live.cover, article.live.summary = picture, "Ringkasan <b>."
        article.live.save()
        html = fetch(client, article).content.decode()
        found = metas(html)
        address = f"{settings.SITE_URL}{reverse('news:article', args=[article.slug])}"
        assert found["og:title"] == "Judul “satu” &amp; dua"
        assert found["og:description"] == found["description"] == "Ringkasan &lt;b&gt;."
        assert found["og:url"] == address
        assert f'<link rel="canonical" href="{address}">' in html
        image = f"{settings.SITE_URL}{reverse('news:picture', args=[picture.key, 480])}"
        assert found["og:image"] == image
        assert found["og:image:alt"] == "Aula &quot;besar&quot;"
        assert (found["og:image:width"], found["og:image:height"]) == ("480", "270")
        assert found["og:type"] == "article"
        assert found["article:published_time"] == found["article:modified_time"]

    def test_of_a_later_version_says_when_it_changed(self, client: Client) -> None:
        article = make("Satu")
        later = timezone.now()
        Article.objects.filter(pk=article.pk).update(updated_at=later)
        found = metas(fetch(client, article).content.decode())
        assert found["article:modified_time"] == later.isoformat()

    def test_a_version_from_before_it_appeared_is_not_older_than_it(self, client: Client) -> None:
        article = make("Satu")
        before = timezone.now() - dt.timedelta(days=2)
        Article.objects.filter(pk=article.pk).update(updated_at=before)
        found = metas(fetch(client, article).content.decode())
        assert found["article:modified_time"] == found["article:published_time"]

    def test_says_nothing_of_what_is_for_officers(self, client: Client, siti: User) -> None:
        article = make("Untuk kita", audience="petugas")
        client.force_login(siti)
        html = fetch(client, article).content.decode()
        assert not {name for name in metas(html) if name.startswith(("og:", "desc", "article:"))}
        assert "canonical" not in html


class TestRelated:
    def test_by_words_of_the_title_and_by_categories(self, client: Client) -> None:
        article = make("Bursa kerja di Bandung", "kegiatan", "penempatan")
        make("Bursa kerja di Surabaya", "kegiatan", "penempatan")
        make("Rapat bulanan", "kegiatan")
        make("Uji kompetensi", "karier")
        html = fetch(client, article).content.decode()
        assert related(html) == ["Bursa kerja di Surabaya", "Rapat bulanan"]

    def test_holds_only_what_one_may_read(self, client: Client, siti: User) -> None:
        article = make("Bursa kerja", "kegiatan")
        make("Bursa kerja rahasia", "kegiatan", audience="petugas")
        make("Bursa kerja ditarik", "kegiatan", withdrawn_at=timezone.now())
        assert related(fetch(client, article).content.decode()) == []
        assert "Baca juga" not in fetch(client, article).content.decode()
        client.force_login(siti)
        assert related(fetch(client, article).content.decode()) == ["Bursa kerja rahasia"]

    def test_of_an_article_without_categories_or_telling_words(self, client: Client) -> None:
        article = make("Yang ini", "karier")
        article.categories.clear()
        make("Dan yang itu", "karier")
        assert related(fetch(client, article).content.decode()) == []

    def test_are_four_at_most_the_newest_of_equals(self, client: Client) -> None:
        article = make("Satu", "karier")
        now = timezone.now()
        for number in range(6):
            make(f"Nomor {number}", "karier", published=now - dt.timedelta(days=number + 1))
        found = related(fetch(client, article).content.decode())
        assert found == [f"Nomor {number}" for number in range(4)]


def test_categories_lead_to_their_lists(client: Client) -> None:
    html = fetch(client, make("Satu", "regulasi", "karier")).content.decode()
    links = re.findall(r'class="chip" href="([^"]*)">([^<]*)<', html)
    assert links == [
        ("/berita/?kategori=karier", "Karier dan jabatan fungsional"),
        ("/berita/?kategori=regulasi", "Regulasi"),
    ]


def test_says_how_large_a_file_is_and_when_it_was_changed(client: Client) -> None:
    article = make("Satu")
    assert article.live is not None
    attach(article, make_file(), "Bahan tayang")
    article.live.note = "Tanggalnya dibetulkan."
    article.live.save()
    moment = dt.datetime(2026, 5, 7, 2, 30, tzinfo=dt.UTC)
    Article.objects.filter(pk=article.pk).update(updated_at=moment)
    html = fetch(client, article).content.decode()
    assert "PDF, 1,4 MB, 12 halaman" in html
    assert "Diperbarui 7 Mei 2026, 09.30 WIB: Tanggalnya dibetulkan." in html


class TestAgain:
    def test_what_is_known_already_is_not_sent_again(self, client: Client) -> None:
        article = make("Satu")
        first = fetch(client, article)
        again = fetch(client, article, **{"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not first.cookies

    def test_but_what_changed_is(self, client: Client) -> None:
        article = make("Satu", "karier")
        tag = fetch(client, article).headers["ETag"]
        make("Dua", "karier")
        assert fetch(client, article, **{"if-none-match": tag}).status_code == 200
        Article.objects.filter(pk=article.pk).update(withdrawn_at=timezone.now())
        assert fetch(client, article, **{"if-none-match": tag}).status_code == 404

    def test_of_somebody_logged_in_nothing_is_kept(self, client: Client, siti: User) -> None:
        article = make("Satu")
        client.force_login(siti)
        answer = fetch(client, article)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "ETag" not in answer.headers


def test_headings_follow_the_title_without_a_gap() -> None:
    html = rendered("## Satu\n\n#### Dua\n\n## Tiga\n\n`<h4>`", {})
    assert re.findall(r"<(h\d)", html) == ["h2", "h3", "h2"]
    assert html.count("</h2>") == 2
    assert "&lt;h4&gt;" in html


def test_asks_as_much_with_many_as_with_few(client: Client, siti: User) -> None:
    article = make("Bursa kerja", "karier")
    logged_in = Client()
    logged_in.force_login(siti)

    def asked(viewer: Client) -> int:
        fetch(viewer, article)
        with CaptureQueriesContext(connection) as captured:
            assert fetch(viewer, article).status_code == 200
        return len(captured)

    few = (asked(client), asked(logged_in))
    for number in range(40):
        make(f"Bursa kerja {number}", "karier", "regulasi")
    article.categories.set(Category.objects.all())
    for number in range(10):
        attach(article, make_file(f"materi-{number}.pdf"))
    many = (asked(client), asked(logged_in))
    assert many[0] <= 4
    assert many[1] <= 8
    assert (many[0] - few[0], many[1] - few[1]) == (0, 0)
