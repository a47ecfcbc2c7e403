"""A member of the public finds, reads and takes along what the ministry tells, without scripts too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from news.demo import fill_articles
from tests.journeys.conftest import Look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORKSHOP = "Workshop Nasional Pejabat Fungsional Pengantar Kerja 2018"


def test_the_workshop_is_found_read_and_its_material_taken_along(
    browser: Browser, server: LiveServer, look: Look, has_script: bool, agus: User
) -> None:
    fill_articles(on=timezone.localdate())
    context = browser.new_context(java_script_enabled=has_script, base_url=server.url)
    page = context.new_page()
    page.goto(reverse("home"))
    page.get_by_role("link", name="Semua berita").click()
    expect(page.get_by_role("heading", level=2, name="Terbaru")).to_be_visible()
    look(page, "list")
    _narrow(page)
    page.get_by_role("link", name=WORKSHOP).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORKSHOP)
    look(page, "article")
    cover = page.get_by_role("img", name="matahari kuning")
    expect(cover).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Rangkuman tiga hari").click()
    assert taken.value.suggested_filename == "rangkuman-workshop-2018.pdf"
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_role("region", name="Baca juga").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(WORKSHOP)
    page.get_by_role("navigation", name="Kategori").get_by_role("link").first.click()
    expect(page.get_by_role("list", name="Saringan yang dipakai")).to_be_visible()
    context.close()


def _narrow(page: Page) -> None:
    """By year, then by words in a form of their own, then wider again."""
    page.get_by_role("navigation", name="Tahun").get_by_role("link", name="2018").click()
    expect(page.get_by_role("heading", level=2, name="4 tulisan, 2018")).to_be_visible()
    page.get_by_label("Cari berita").fill("lokakarya xyzzy")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_text("Tidak ada yang cocok")).to_be_visible()
    page.get_by_label("Cari berita").fill("narasumber")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("heading", level=2, name="1 tulisan, 2018")).to_be_visible()
    page.get_by_role("link", name="Hapus saringan 2018").click()
    expect(page.get_by_role("link", name=WORKSHOP)).to_be_visible()
