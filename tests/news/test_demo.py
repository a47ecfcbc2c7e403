"""The articles of the demo: what they tell, that they are made up and say so, the same every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from accounts.models import User
from epk.lib import indonesian
from epk.lib.files import check_document
from news import presenters
from news.demo import fill_articles, fill_more_articles
from news.demo.drawings import DESIGNS, cover, in_sizes
from news.demo.history import HISTORICAL, WORKSHOP_PAPERS
from news.demo.papers import Slide, paper
from news.demo.recent import RECENT
from news.models import WIDTHS, Article, ArticleVersion, File, Picture

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 24)
WORKSHOP = "workshop-nasional-pejabat-fungsional-pengantar-kerja-2018"
LONGEST_FILL = 6
"""Seconds; half as long on a quiet machine. The contract wants a start within ten."""


def public() -> Any:
    return Article.objects.visible_to(AnonymousUser())


def read(client: Client, slug: str) -> str:
    answer = client.get(reverse("news:article", args=[slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_is_written_once_and_quickly(agus: User) -> None:
    began = time.process_time()
    written = fill_articles(on=DAY)
    assert time.process_time() - began < LONGEST_FILL
    assert written == Article.objects.count() == len(HISTORICAL) + len(RECENT)
    assert fill_articles(on=DAY) == 0
    assert Article.objects.count() == written


def test_tells_of_the_workshop(client: Client, agus: User) -> None:
    fill_articles(on=timezone.localdate())
    html = read(client, WORKSHOP)
    for fact in (
        "M. Hanif Dhakiri", "Hotel Aryaduta", "7 sampai 9 Mei", "125 peserta", "ILO Jenewa",
        "Klik Tukang", "Join Kandidat", "Penguatan Peran Pengantar Kerja dalam Menghadapi Era",
        "130 desa", "Maruli A. Hasoloan", "2018–2023", "7 Mei 2018, 09.41 WIB",
    ):  # fmt: skip
        assert fact in html
    paths = re.findall(r'href="(/berita/berkas/[^"]+)"', html)
    assert len(paths) == len(WORKSHOP_PAPERS) == 4
    for path in paths:
        answer: Any = client.get(path)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert WORKSHOP in client.get(reverse("news:articles")).content.decode()


def test_says_that_it_is_made_up(client: Client, agus: User) -> None:
    fill_articles(on=timezone.localdate())
    for version in ArticleVersion.objects.all():
        assert "rekaan" in version.source
        assert "rekaan" in version.html
    for file in File.objects.all():
        with file.file.open("rb") as opened:
            text = PdfReader(io.BytesIO(opened.read())).pages[0].extract_text()
        assert "rekaan" in text


def test_has_one_of_everything(client: Client, siti: User, agus: User) -> None:
    today = timezone.localdate()
    fill_articles(on=today)
    now = timezone.now()
    everything = Article.objects.all()
    assert set(everything.values_list("kind", flat=True)) == set(Article.Kind.values)
    assert public().filter(pinned_at__isnull=False).count() == 1
    assert everything.filter(audience="petugas").count() == 2
    assert everything.filter(publish_from__gt=now, live__isnull=False).count() == 1
    assert everything.filter(withdrawn_at__isnull=False).count() == 1
    assert Article.objects.visible_to(siti).count() == public().count() + 2
    changed = public().get(updated_at__isnull=False)
    states = list(changed.versions.order_by("number").values_list("state", "change"))
    assert states == [("lama", "pertama"), ("terbit", "besar")]
    assert changed.announced == 2
    assert "Diperbarui" in read(client, changed.slug)
    working = ArticleVersion.objects.filter(state__in=["draf", "telaah"])
    assert sorted(working.values_list("state", flat=True)) == ["draf", "telaah"]
    waiting = working.get(state="telaah")
    assert waiting.saved_by is None  # so that Agus may look it over


def test_every_moment_is_in_order(agus: User) -> None:
    fill_articles(on=DAY)
    for version in ArticleVersion.objects.select_related("article"):
        assert version.created_at <= version.saved_at
        if version.state in {"terbit", "lama"}:
            assert version.decided_at is not None
            assert version.saved_at < version.decided_at
            assert version.reviewer_name
            assert version.reviewer_name != version.writer_name
            assert (version.reviewer == agus) == (version.reviewer_name == agus.name)
    for article in Article.objects.filter(updated_at__isnull=False):
        assert article.updated_at > article.publish_from
        assert article.updated_at.date() <= DAY


def test_is_found_and_read_by_the_others(client: Client, agus: User) -> None:
    fill_articles(on=timezone.localdate())
    live = Article.objects.filter(live__isnull=False)
    assert not live.filter(search=None).exists()
    assert set(live.values_list("indexer", flat=True)) == {indonesian.VERSION}
    found = client.get(reverse("news:articles"), {"q": "angka kredit"}).content.decode()
    assert "panduan-angka-kredit-dari-predikat-kinerja" in found
    assert presenters.feed().entries
    assert "Baca juga" in read(client, WORKSHOP)


def test_every_picture_says_what_it_shows_and_can_be_seen(client: Client, agus: User) -> None:
    fill_articles(on=timezone.localdate())
    assert Picture.objects.count() == 4
    for picture in Picture.objects.all():
        assert len(picture.alt) > 40
        assert picture.widths == list(WIDTHS)
        for width in picture.widths:
            path = reverse("news:picture", args=[picture.key, width])
            assert client.get(path).status_code == 200
    html = read(client, "e-pengantar-kerja-diluncurkan")
    assert '<figure class="picture">' in html
    assert "@gambar" not in html


def test_is_the_same_every_time() -> None:
    for name in DESIGNS:
        assert cover(name).tobytes() == cover(name).tobytes()
    one = WORKSHOP_PAPERS[0]
    assert paper(one.title, one.slides, foot="x") == paper(one.title, one.slides, foot="x")


@pytest.mark.parametrize("name", DESIGNS)
def test_covers_are_light(name: str) -> None:
    sizes = in_sizes(cover(name))
    assert [Image.open(io.BytesIO(data)).width for data in sizes] == list(WIDTHS)
    assert len(sizes[0]) < 25_000


def test_many_more_are_read_like_the_others(client: Client, siti: User) -> None:
    fill_more_articles(50, on=DAY)
    assert Article.objects.filter(live__isnull=False).exclude(search=None).count() == 50
    assert public().count() == 45
    assert Article.objects.visible_to(siti).count() == 50
    assert "Baca juga" in read(client, "artikel-uji-2")
    found = client.get(reverse("news:articles"), {"q": "penempatan"}).content.decode()
    assert "<mark>" in found


class TestPapers:
    PAPERS = [one for item in (*HISTORICAL, *RECENT) for one in item.papers]

    @pytest.mark.parametrize("one", PAPERS, ids=[one.name for one in PAPERS])
    def test_pass_the_check_of_uploads_and_are_tagged(self, one: Any) -> None:
        data = paper(one.title, one.slides, foot="Kaki")
        assert check_document(SimpleUploadedFile(one.name, data)).pages == len(one.slides)
        reader = PdfReader(io.BytesIO(data), strict=True)
        catalog: Any = reader.trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/Lang"] == "id-ID"
        assert reader.metadata is not None
        assert reader.metadata.title == one.title
        kinds = [mark.get_object()["/S"] for mark in catalog["/StructTreeRoot"]["/K"]]
        assert kinds.count("/H1") == len(one.slides)
        for page, slide in zip(reader.pages, one.slides, strict=True):
            text = " ".join(page.extract_text().split())
            assert slide.heading in text
            for line in slide.lines:
                assert line in text

    def test_hold_any_sign_and_break_long_lines(self) -> None:
        line = r"Tanda \ ( ) dan – “kutip” " + "kata " * 30
        data = paper("(x", [Slide("A (b) \\c", [line.strip()])], foot=")")
        page = PdfReader(io.BytesIO(data), strict=True).pages[0]
        assert line.strip() in " ".join(page.extract_text().split())
        assert len(page.extract_text().splitlines()) > 4
