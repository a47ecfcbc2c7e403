"""The feed of the news: valid Atom of what everyone may read, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.models import Article, ArticleVersion, Category
from tests.news.made import make_article, make_picture

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ONCE = ("id", "title", "updated")
AT_MOST_ONCE = ("published", "summary", "content", "rights", "subtitle", "generator")
KNOWN = {
    *ONCE, *AT_MOST_ONCE, "author", "category", "contributor", "entry", "icon", "link", "logo",
    "source",
}  # fmt: skip


def fetch(**headers: str) -> Any:
    """As a program does."""
    return Client().get(reverse("news:feed"), headers=headers)


def parsed() -> Any:
    answer = fetch()
    headers = {"content-type": answer.headers["Content-Type"], "content-location": "http://x/"}
    found = feedparser.parse(answer.content, response_headers=headers)
    assert found.bozo == 0
    assert found.version == "atom10"
    return found


def titles() -> list[str]:
    return [entry.title for entry in parsed().entries]


def faults(body: bytes) -> list[str]:
    """What RFC 4287 forbids and this document does: sections 3.1 to 4.2."""
    feed = ElementTree.fromstring(body)
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else ["4.1.1: no feed"]
    for part in (feed, *entries):
        names = [child.tag.removeprefix(ATOM) for child in part]
        found += [f"6.3: {name}" for name in names if name not in KNOWN]
        found += [f"4.1: {name} {names.count(name)}" for name in ONCE if names.count(name) != 1]
        found += [f"4.1: {name} twice" for name in AT_MOST_ONCE if names.count(name) > 1]
        for name in ("updated", "published"):
            moments = [moment.text or "" for moment in part.findall(f"{ATOM}{name}")]
            found += [f"3.3: {moment}" for moment in moments if not RFC_3339.fullmatch(moment)]
        links = part.findall(f"{ATOM}link")
        found += [f"4.2.7.1: {link.attrib}" for link in links if not whole(link.get("href", ""))]
        found += ["4.2.6: id"] if not whole(part.findtext(f"{ATOM}id") or "") else []
        found += ["4.2.2: category"] if "" in [one.get("term", "") for one in part.findall(f"{ATOM}category")] else []  # fmt: skip
        twice = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]  # fmt: skip
        found += ["4.1: two alternates alike"] if len(set(twice)) != len(twice) else []
        found += ["4.1: no author"] if part.find(f"{ATOM}author/{ATOM}name") is None else []
    for entry in entries:
        has_content = entry.find(f"{ATOM}content") is not None
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]  # fmt: skip
        found += ["4.1.2: neither content nor alternate"] if not (has_content or alternates) else []
    ids = [part.findtext(f"{ATOM}id") for part in (feed, *entries)]
    found += ["4.2.6: ids alike"] if len(set(ids)) != len(ids) else []
    if not any(link.get("rel") == "self" for link in feed.findall(f"{ATOM}link")):
        found.append("4.1.1: no self")
    return found


def whole(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address


class TestValid:
    def test_holds_what_was_published(self, agus: User) -> None:
        article = make_article("Tanda <b> & “kutip”", by=agus)
        article.categories.set(Category.objects.filter(slug__in=["karier", "regulasi"]))
        assert article.live is not None
        article.live.summary = "Ringkasan <i> & lengkap."
        article.live.cover = make_picture(alt="Aula & peserta")
        article.live.save()
        make_article("Lebih lama", published=timezone.now() - dt.timedelta(days=3))
        assert faults(fetch().content) == []
        found = parsed()
        assert found.feed.title == "Berita e-Pengantar Kerja"
        assert found.feed.id == f"{settings.SITE_URL}/berita/"
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == f"{settings.SITE_URL}{reverse('news:feed')}"
        first, second = found.entries
        assert first.title_detail.type == "text/plain"
        assert first.title == "Tanda <b> & “kutip”"
        assert first.summary == "Ringkasan <i> & lengkap."
        assert first.id == first.link == f"{settings.SITE_URL}/berita/{article.slug}/"
        assert first.author == agus.name
        assert [tag.term for tag in first.tags] == ["berita", "karier", "regulasi"]
        (cover,) = first.enclosures
        assert cover.type == "image/webp"
        assert cover.href.startswith(f"{settings.SITE_URL}/berita/gambar/")
        assert Client().get(urlsplit(cover.href).path).status_code == 404  # not among its pictures
        article.live.pictures.add(article.live.cover)
        assert Client().get(urlsplit(cover.href).path).status_code == 200
        assert second.title == "Lebih lama"
        assert second.author == "Redaksi e-Pengantar Kerja"

    def test_of_nothing_is_valid_too(self) -> None:
        assert faults(fetch().content) == []
        assert parsed().entries == []

    def test_what_no_xml_can_hold_is_left_out(self) -> None:
        article = make_article("x")
        ArticleVersion.objects.filter(article=article).update(title="Baris\x0b\x1bsatu\ufffe")
        assert titles() == ["Barissatu"]

    def test_the_page_of_the_list_leads_to_it(self, client: Client) -> None:
        html = client.get(reverse("news:articles")).content.decode()
        address = reverse("news:feed")
        assert f'<link rel="alternate" type="application/atom+xml" title="Berita e-Pengantar Kerja" href="{address}">' in html  # fmt: skip


class TestHolds:
    def test_the_thirty_newest(self) -> None:
        now = timezone.now()
        for number in range(32):
            make_article(f"Nomor {number}", published=now - dt.timedelta(days=number))
        assert titles() == [f"Nomor {number}" for number in range(30)]

    def test_nothing_that_is_not_for_everyone_now(self, client: Client, agus: User) -> None:
        """Whoever asks: what a program has fetched lies open."""
        now, hour = timezone.now(), dt.timedelta(hours=1)
        make_article("Petugas", audience="petugas")
        make_article("Nanti", published=now + hour)
        make_article("Berakhir", publish_until=now - dt.timedelta(minutes=1))
        make_article("Ditarik", withdrawn_at=now)
        make_article("Draf", state="draf")
        assert titles() == []
        client.force_login(agus)
        answer = client.get(reverse("news:feed"))
        assert answer.content == fetch().content
        assert "public" in answer.headers["Cache-Control"]

    def test_appears_at_its_minute(self, clock: Any) -> None:
        make_article("Nanti", published=timezone.now() + dt.timedelta(hours=1))
        tag = fetch().headers["ETag"]
        clock.move(minutes=61)
        again = fetch(**{"if-none-match": tag})
        assert again.status_code == 200
        assert b"Nanti" in again.content


class TestUpdated:
    def test_is_when_it_was_published_or_changed_since(self) -> None:
        published = timezone.now() - dt.timedelta(days=9)
        article = make_article(published=published)
        assert parsed().entries[0].updated == parsed().entries[0].published
        changed = published + dt.timedelta(days=2)
        Article.objects.filter(pk=article.pk).update(updated_at=changed)
        found = parsed()
        assert found.entries[0].updated == f"{changed:%Y-%m-%dT%H:%M:%SZ}"
        assert found.feed.updated == found.entries[0].updated
        assert found.entries[0].published == f"{published:%Y-%m-%dT%H:%M:%SZ}"

    def test_is_not_before_it_was_published(self) -> None:
        """A second version went live while the first was still waiting for its day."""
        article = make_article()
        before = timezone.now() - dt.timedelta(days=2)
        Article.objects.filter(pk=article.pk).update(updated_at=before)
        found = parsed().entries[0]
        assert found.updated == found.published


class TestHttp:
    def test_what_is_known_already_is_not_sent_again(self) -> None:
        make_article()
        first = fetch()
        assert first.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert not first.cookies
        assert first.content == fetch().content
        again = fetch(**{"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_what_is_withdrawn_changes_it(self) -> None:
        make_article("Tetap", published=timezone.now() - dt.timedelta(days=1))
        article = make_article("Ditarik")
        first = fetch()
        Article.objects.filter(pk=article.pk).update(withdrawn_at=timezone.now())
        again = fetch(**{"if-none-match": first.headers["ETag"]})
        assert again.status_code == 200
        assert "Last-Modified" not in again.headers

    def test_takes_no_post(self) -> None:
        assert Client().post(reverse("news:feed")).status_code == 405

    def test_asks_once_however_many(self) -> None:
        def asked() -> list[str]:
            with CaptureQueriesContext(connection) as captured:
                fetch()
            return [query["sql"] for query in captured]

        make_article()
        assert len(asked()) == 1
        for _ in range(40):
            make_article().categories.set(Category.objects.all())
        (only,) = asked()
        assert only.startswith("SELECT")
