"""The site map of the news: every public article, when it last changed, and no other."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.models import Article
from tests.news.made import make_article

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOUR = dt.timedelta(hours=1)


def read(client: Client) -> dict[str, str]:
    """The path of each article with the day it changed."""
    body = client.get("/sitemap-berita.xml").content
    found = ElementTree.fromstring(body).findall(f"{SITEMAP}url")
    return {
        (one.findtext(f"{SITEMAP}loc") or "").split("testserver")[-1]: one.findtext(
            f"{SITEMAP}lastmod"
        )
        or ""
        for one in found
    }


def address(article: Article) -> str:
    return reverse("news:article", args=[article.slug])


def test_index_names_it_with_its_last_change(client: Client) -> None:
    moment = dt.datetime(2026, 2, 3, 4, 5, tzinfo=dt.UTC)
    make_article(published=moment)
    body = client.get(reverse("sitemap")).content
    parts = {
        one.findtext(f"{SITEMAP}loc"): one.findtext(f"{SITEMAP}lastmod")
        for one in ElementTree.fromstring(body).findall(f"{SITEMAP}sitemap")
    }
    (found,) = [value for name, value in parts.items() if name and "sitemap-berita" in name]
    assert found
    assert dt.datetime.fromisoformat(found) == moment


def test_index_of_no_news(client: Client) -> None:
    assert client.get(reverse("sitemap")).status_code == 200
    assert read(client) == {}


def test_holds_every_public_article_and_no_other(client: Client, agus: User) -> None:
    now = timezone.now()
    shown = [make_article(f"Satu {number}") for number in range(3)]
    make_article("Petugas", audience="petugas")
    make_article("Nanti", published=now + HOUR)
    make_article("Berakhir", published=now - 2 * HOUR, publish_until=now - HOUR)
    make_article("Ditarik", withdrawn_at=now)
    make_article("Draf", state="draf", by=agus)
    assert set(read(client)) == {address(article) for article in shown}
    client.force_login(agus)
    assert set(read(client)) == {address(article) for article in shown}
    anonymous = Client()
    assert {anonymous.get(path).status_code for path in read(client)} == {200}


def test_says_when_each_last_changed(client: Client) -> None:
    published = dt.datetime(2026, 1, 1, 3, 0, tzinfo=dt.UTC)
    article = make_article(published=published)
    assert read(client)[address(article)] == "2026-01-01"
    Article.objects.update(updated_at=published + dt.timedelta(days=9))
    assert read(client)[address(article)] == "2026-01-10"
    Article.objects.update(updated_at=published - dt.timedelta(days=9))
    assert read(client)[address(article)] == "2026-01-01"


def test_pages_name_the_list(client: Client) -> None:
    body = client.get("/sitemap-halaman.xml").content.decode()
    assert f"<loc>http://testserver{reverse('news:articles')}</loc>" in body


def test_the_index_reads_no_article(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("sitemap"))
        return len(captured)

    make_article()
    few = asked()
    for _ in range(20):
        make_article()
    assert asked() == few


def test_robots_lead_to_it_and_keep_nobody_from_the_news(client: Client) -> None:
    text = client.get(reverse("robots")).content.decode()
    assert f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}" in text
    closed = [line.removeprefix("Disallow: ") for line in text.splitlines() if "Disallow" in line]
    assert not any(reverse("news:articles").startswith(path) for path in closed)
