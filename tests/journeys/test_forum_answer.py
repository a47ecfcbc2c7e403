"""From a question to the verified answer that a third officer finds, until its regulation ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Topic
from registry.models import Unit
from tests.forum.made import make_category, make_colleague, make_topic
from tests.journeys.conftest import Reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

INDEX = reverse("forum:index")
TITLE = "Apakah penyetaraan memakai ijazah terakhir?"
ANSWER = "Ya, sepanjang ijazahnya sudah diakui BKN."


@pytest.fixture
def tari(disnaker_papua: Unit) -> User:
    """An officer who will have the same question."""
    return make_colleague("Tari Nugraha", disnaker_papua)


def test_is_found_and_trusted_afterwards(
    reader: Reader, has_script: bool, siti: User, budi: User, maya: User, tari: User
) -> None:
    make_category("karier")
    make_topic(budi, title="Penyetaraan jabatan dengan ijazah lama")
    _ask(reader(siti), has_script)
    topic = Topic.objects.latest("pk")
    _answer(reader(budi))

    page = reader(siti)
    page.reload()
    page.get_by_role("button", name="Jadikan jawaban").click()
    expect(page.get_by_text("Ditandai sebagai jawaban")).to_be_visible()

    page = reader(maya)
    _verify(page, old=_add_regulation(page, "Permenaker 1/2024", "2024-01-01"))

    page = reader(tari)
    page.goto(INDEX)
    page.get_by_label("Cari di forum").fill("disetarakan ijazah")
    page.get_by_role("button", name="Cari", exact=True).click()
    first = page.locator(".hit").first
    expect(first).to_contain_text("Jawaban terverifikasi")
    expect(first.locator("mark").first).to_be_visible()
    first.get_by_role("link", name=TITLE).click()
    page.wait_for_url(f"**{reverse('forum:topic', args=[topic.pk])}#tulisan-2")
    expect(page.locator("#tulisan-2")).to_be_in_viewport()
    expect(page.locator("#tulisan-2")).to_contain_text(ANSWER)
    top = page.get_by_role("region", name="Jawaban terverifikasi")
    for words in ("Permenaker 1/2024", "Pasal 7", "berlaku sejak 1 Januari 2024", "Maya Sari"):
        expect(top).to_contain_text(words)
    expect(top).to_contain_text("diterima penanya")

    _replace_regulation(reader(maya))
    page.reload()
    top = page.get_by_role("region", name="Jawaban terverifikasi, perlu ditinjau")
    expect(top).to_contain_text("diganti dengan Permenaker 9/2026")
    expect(page.locator("#tulisan-2")).to_contain_text("Jawaban perlu ditinjau")


def _ask(page: Page, has_script: bool) -> None:
    """Like topics are offered while the title is typed, or else with the preview."""
    page.goto(INDEX)
    page.get_by_role("link", name="Mulai topik").click()
    page.get_by_label("Kategori").select_option("karier")
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label("Tulisan").fill("Ijazah saya yang lama setingkat diploma.")
    if not has_script:
        page.get_by_role("button", name="Pratinjau").click()
    like = page.get_by_role("region", name="Mungkin sudah pernah dibahas")
    expect(like.get_by_role("link", name="Penyetaraan jabatan dengan ijazah lama")).to_be_visible()
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def _answer(page: Page) -> None:
    page.goto(f"{INDEX}?tampil=belum-terjawab")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("textbox", name="Tulisan").fill(ANSWER)
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**#tulisan-2")


def _add_regulation(page: Page, name: str, since: str) -> str:
    page.goto(reverse("forum:regulation_new"))
    page.get_by_label("Nama pendek").fill(name)
    page.get_by_label("Berlaku sejak").fill(since)
    page.get_by_role("button", name="Tambah").click()
    expect(page.get_by_text(f"{name} ditambahkan.")).to_be_visible()
    return name


def _verify(page: Page, *, old: str) -> None:
    page.goto(reverse("forum:reviews"))
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Verifikasi tulisan 2").click()
    page.get_by_label("Peraturan 1").select_option(old)
    page.get_by_label("Berlaku sampai").fill(str(timezone.localdate() + dt.timedelta(days=400)))
    page.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis pasalnya")
    page.get_by_label("Pasal 1").fill("Pasal 7")
    page.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.get_by_text("Jawaban ini terverifikasi.")).to_be_visible()


def _replace_regulation(page: Page) -> None:
    new = _add_regulation(page, "Permenaker 9/2026", "2026-01-01")
    page.get_by_role("link", name="Tandai diganti").filter(has_text="Permenaker 1/2024").click()
    page.get_by_label("Diganti dengan").select_option(new)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Jawaban yang mengutipnya: 1.")).to_be_visible()
    page.goto(reverse("forum:reviews"))
    expect(page.get_by_role("region", name="Perlu ditinjau")).to_contain_text(TITLE)
