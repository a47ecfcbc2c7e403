"""The list of news: order, pages, filters, search, and what of it the public may not know."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts import throttle
from accounts.models import User
from news.actions.indexing import index_article, index_everything
from news.models import Article, Category
from tests.news.made import make_article, make_picture

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 4, 3, 0, tzinfo=dt.UTC)
TITLE = re.compile(r'news-row__title"><a href="[^"]*">(.*?)</a>')
NEXT = re.compile(r'rel="next" href="([^"]*)"')
VARIANTS: dict[str, dict[str, str]] = {
    "all": {},
    "kind": {"jenis": "berita"},
    "category": {"kategori": "karier"},
    "year": {"tahun": "2026"},
    "search": {"q": "penempatan"},
    "search with filters": {"q": "penempatan", "kategori": "karier", "tahun": "2026"},
    "nothing found": {"q": "xyzzyplugh"},
    "no words": {"q": "yang"},
    "deep": {"setelah": "2026-03-01T00:00:00+00:00~900"},
}


def page(client: Client, **asked: str) -> str:
    answer = client.get(reverse("news:articles"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(client: Client, **asked: str) -> list[str]:
    return TITLE.findall(page(client, **asked))


def make(title: str, *categories: str, days: int = 0, **values: Any) -> Article:
    """Published so many days before NOW, and found by the search."""
    article = make_article(title, published=NOW - dt.timedelta(days=days), **values)
    article.categories.set(Category.objects.filter(slug__in=categories))
    index_article(article)
    return article


def headline(html: str) -> str:
    found = re.search(r'list-head__count">([^<]*)<', html)
    assert found
    return found[1]


class TestOrder:
    def test_the_newest_first_and_what_is_pinned_above(self, client: Client) -> None:
        make("Lama", days=9)
        make("Tersemat", days=5, pinned_at=NOW)
        make("Baru", days=1)
        assert titles(client) == ["Tersemat", "Baru", "Lama"]
        assert "Disematkan" in page(client)

    def test_pinned_is_nothing_special_in_a_filtered_list(self, client: Client) -> None:
        make("Tersemat", "karier", days=5, pinned_at=NOW)
        make("Baru", "karier", days=1)
        assert titles(client, kategori="karier") == ["Baru", "Tersemat"]

    def test_pages_hold_each_article_once(self, client: Client) -> None:
        """Also where many were published at the same moment."""
        wanted = [make(f"Artikel {number}", days=number // 10).title for number in range(30)]
        found: list[str] = []
        query = ""
        for _ in range(3):
            html = client.get(reverse("news:articles") + query).content.decode()
            found += TITLE.findall(html)
            there = NEXT.search(html)
            query = there[1].replace("&amp;", "&") if there else ""
        assert query == ""
        assert len(found) == 30
        assert sorted(found) == sorted(wanted)

    def test_a_page_further_on_leads_back_and_is_not_for_search_engines(
        self, client: Client
    ) -> None:
        make("Lama", days=40)
        html = page(client, setelah=f"{NOW.isoformat()}~0")
        assert "Kembali ke yang terbaru" in html
        assert 'content="noindex, follow"' in html
        assert headline(html) == "Berita sebelumnya"
        assert "noindex" not in page(client)

    def test_a_page_behind_the_last_says_so(self, client: Client) -> None:
        make("Satu-satunya")
        assert "Tidak ada lagi" in page(client, setelah="2001-01-01T00:00:00+00:00~1")

    def test_of_nothing(self, client: Client) -> None:
        assert "Belum ada berita" in page(client)


class TestFilters:
    def test_by_kind_category_and_year(self, client: Client) -> None:
        make("Satu", "karier", kind="pengumuman")
        make("Dua", "regulasi", "karier")
        make("Tiga", "regulasi", days=400, kind="materi")
        assert titles(client, jenis="pengumuman") == ["Satu"]
        assert titles(client, kategori="regulasi") == ["Dua", "Tiga"]
        assert titles(client, tahun="2026") == ["Dua", "Satu"]
        assert titles(client, kategori="regulasi", tahun="2025", jenis="materi") == ["Tiga"]

    def test_a_year_begins_at_the_clock_of_the_viewer(self, client: Client) -> None:
        make_article("Malam tahun baru", published=dt.datetime(2025, 12, 31, 17, 30, tzinfo=dt.UTC))
        assert titles(client, tahun="2026") == ["Malam tahun baru"]
        assert titles(client, tahun="2025") == []

    def test_says_in_words_what_it_holds(self, client: Client) -> None:
        for number in range(3):
            make(f"Aturan {number}", "regulasi", kind="pengumuman")
        html = page(client, jenis="pengumuman", kategori="regulasi", tahun="2026")
        assert headline(html) == "3 pengumuman, Regulasi, 2026"
        assert headline(page(client, kategori="regulasi")) == "3 tulisan, Regulasi"
        assert headline(page(client, jenis="materi")) == "Tidak ada materi"

    def test_very_many_are_not_counted(self, client: Client, monkeypatch: Any) -> None:
        monkeypatch.setattr("news.presenters.lists.MOST_COUNTED", 2)
        for number in range(4):
            make(f"Berita {number}")
        assert headline(page(client, jenis="berita")) == "Lebih dari 2 berita"

    def test_chips_take_one_filter_away(self, client: Client) -> None:
        make("Satu", "karier")
        html = page(client, kategori="karier", tahun="2026", q="satu")
        chips = re.findall(r'class="chip" href="([^"]*)"', html)
        assert chips == [
            "?kategori=karier&amp;tahun=2026",
            "?q=satu&amp;tahun=2026",
            "?q=satu&amp;kategori=karier",
        ]
        assert '<input type="hidden" name="kategori" value="karier">' in html
        assert '<input type="hidden" name="q"' not in html

    def test_offers_the_years_there_are(self, client: Client) -> None:
        make("Awal", days=800)
        years = re.findall(r'href="\?tahun=(\d+)"', page(client))
        assert years == [str(year) for year in range(timezone.localdate().year, 2022, -1)]

    def test_nothing_found_offers_a_way_on(self, client: Client) -> None:
        make("Satu")
        html = page(client, jenis="materi")
        assert "Tidak ada yang cocok" in html
        assert "Tampilkan semua berita" in html


class TestSearch:
    def test_finds_forms_of_a_word_and_marks_it(self, client: Client) -> None:
        make("Data penempatan terbaru")
        make("Lain sama sekali", source="Bukan itu.")
        assert titles(client, q="menempatkan") == ["Data <mark>penempatan</mark> terbaru"]

    def test_the_title_counts_more_than_the_text(self, client: Client) -> None:
        make("Umum", source="Di sini tentang bursa.")
        make("Bursa Bandung", source="Ringkas.", days=30)
        assert titles(client, q="bursa") == ["<mark>Bursa</mark> Bandung", "Umum"]

    def test_text_stays_text(self, client: Client) -> None:
        make("Tanda <b> & penempatan")
        assert titles(client, q="penempatan") == ["Tanda &lt;b&gt; &amp; <mark>penempatan</mark>"]
        assert escape('"><script>') in page(client, q='"><script>')

    def test_within_filters_and_page_by_page(self, client: Client) -> None:
        for number in range(14):
            make(f"Pelatihan angkatan {number}", "pelatihan" if number else "karier")
        html = page(client, q="pelatihan", kategori="pelatihan")
        assert headline(html) == "13 tulisan, Pelatihan dan sertifikasi"
        assert len(TITLE.findall(html)) == 12
        assert len(titles(client, q="pelatihan", kategori="pelatihan", halaman="2")) == 1
        assert titles(client, q="pelatihan", halaman="3") == []

    def test_a_line_that_shows_a_picture_is_no_word(self, client: Client) -> None:
        make("Artikel", source="Satu\n\n![Foto rahasia](gambar:1)\n\nDua")
        assert titles(client, q="rahasia") == []
        assert titles(client, q="dua") == ["Artikel"]

    def test_words_that_say_nothing(self, client: Client) -> None:
        make("Yang terbaru")
        html = page(client, q="yang")
        assert "Tidak ada kata yang dapat dicari" in html

    def test_what_is_live_is_what_is_found(self, client: Client) -> None:
        article = make("Kata lama")
        assert article.live is not None
        article.live.title = "Istilah baru"
        article.live.save(update_fields=["title"])
        index_article(article)
        assert titles(client, q="istilah") == ["<mark>Istilah</mark> baru"]
        assert titles(client, q="lama") == []

    def test_everything_can_be_indexed_anew(self, client: Client) -> None:
        make("Penempatan")
        make_article("Hanya draf", state="draf")
        Article.objects.update(search=None)
        assert list(index_everything()) == [2]
        assert len(titles(client, q="penempatan")) == 1

    @override_settings(THROTTLE=True)
    def test_too_many_are_told_when_to_come_back(self, client: Client) -> None:
        throttle.forget_free()
        answers = [client.get(reverse("news:articles"), {"q": "a"}) for _ in range(200)]
        assert {answer.status_code for answer in answers} == {200, 429}


class TestRights:
    @pytest.mark.parametrize("asked", list(VARIANTS.values()), ids=list(VARIANTS))
    def test_the_public_learns_nothing_of_what_is_not_for_it(
        self, client: Client, siti: User, asked: dict[str, str]
    ) -> None:
        hour = dt.timedelta(hours=1)
        now = timezone.now()
        common = ("karier",)
        make("Penempatan untuk petugas", *common, audience="petugas", pinned_at=NOW)
        make("Penempatan ditarik", *common, withdrawn_at=now, pinned_at=NOW)
        make("Penempatan berakhir", *common, publish_until=now - hour, pinned_at=NOW)
        article = make("Penempatan nanti", *common)
        Article.objects.filter(pk=article.pk).update(publish_from=now + hour, pinned_at=NOW)
        make_article("Penempatan draf", state="draf", pinned_at=NOW)
        html = page(client, **asked)
        assert TITLE.findall(html) == []
        assert not re.search(r"\d (?:tulisan|berita)", html)
        client.force_login(siti)
        found = [re.sub(r"</?mark>", "", title) for title in titles(client, **asked)]
        assert found in ([], ["Penempatan untuk petugas"])

    def test_the_oldest_year_is_that_of_what_one_sees(self, client: Client, siti: User) -> None:
        make("Terbuka")
        make("Tertutup", days=3000, audience="petugas")
        assert "tahun=2017" not in page(client)
        client.force_login(siti)
        assert "tahun=2017" in page(client)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("tahun=abc", "Tahun “abc” tidak dikenal, jadi tidak dipakai."),
        ("tahun=99999999999999999999", "tidak dikenal"),
        ("tahun=0", "tidak dikenal"),
        ("jenis=%3Cb%3E", "Jenis “&lt;b&gt;” tidak dikenal"),
        ("kategori=tidak-ada", "Kategori “tidak-ada” tidak dikenal"),
        ("q=%00", "Kata pencarian tidak dapat dibaca"),
        ("q=" + "a" * 200, "lebih dari 100 huruf"),
        ("halaman=0", "Halaman itu tidak ada; ini halaman pertama."),
        ("setelah=" + "9" * 200, "Halaman itu tidak ada"),
        ("setelah=%00", "Halaman itu tidak ada"),
        ("setelah=kemarin~x", ""),
        ("setelah=2026-01-01~5", ""),
        ("setelah=0001-01-01T00:00:00%2B14:00~5", ""),
        ("kategori=%ff%fe&jenis=%f0%9f%98%80&tahun=", ""),
        ("tahun=2026&tahun=x", "“x” tidak dikenal"),
    ],
)
def test_junk_is_dropped_and_named(client: Client, asked: str, sentence: str) -> None:
    make("Tetap tampil")
    answer = client.get(f"{reverse('news:articles')}?{asked}")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert sentence in html
    assert "Tetap tampil" in html


def test_takes_no_post(client: Client) -> None:
    assert client.post(reverse("news:articles")).status_code == 405


def fill(count: int) -> None:
    """So many articles with covers and categories, of two texts."""
    picture = make_picture()
    first = Article.objects.count()
    category = Category.objects.get(slug="karier")
    for number in range(first, first + count):
        article = make(f"Penempatan {number}", days=number % 50)
        assert article.live is not None
        article.live.cover = picture
        article.live.save(update_fields=["cover"])
        article.categories.add(category)


def statements(client: Client, asked: dict[str, str]) -> int:
    client.get(reverse("news:articles"), asked)
    throttle.forget_free()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("news:articles"), asked)
    assert answer.status_code == 200
    return len(captured)


def test_asks_no_more_of_two_hundred_articles_than_of_two(client: Client, siti: User) -> None:
    logged_in = Client()
    logged_in.force_login(siti)
    fill(2)
    few = {name: (statements(client, asked), statements(logged_in, asked)) for name, asked in VARIANTS.items()}  # fmt: skip
    fill(198)
    many = {name: (statements(client, asked), statements(logged_in, asked)) for name, asked in VARIANTS.items()}  # fmt: skip
    assert few == many
    assert max(public for public, _ in many.values()) <= 4
    assert max(own for _, own in many.values()) <= 8


def test_vectors_lie_beside_their_rows() -> None:
    """Or the planner reads all of them for a word that none holds: it takes them for nothing."""
    asked = (
        "SELECT attstorage FROM pg_attribute WHERE attname = 'search'"
        " AND attrelid = 'news_article'::regclass"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert [storage for (storage,) in cursor.fetchall()] == ["m"]


def test_is_light_sets_no_cookie_and_writes_nothing(client: Client) -> None:
    fill(12)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("news:articles"))
    assert len(gzip.compress(answer.content, 6)) <= 20_000
    assert not answer.cookies
    assert all(query["sql"].startswith("SELECT") for query in captured)
