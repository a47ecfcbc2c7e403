"""A private question from asking to its publication without names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from registry.models import Unit
from tests.forum.made import make_category, make_colleague
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
LIST = reverse("forum:consultations")


@pytest.fixture
def ani(siti: User, disnaker_indramayu: Unit) -> User:
    make_category()
    make_colleague("Beni", disnaker_indramayu, jenjang="ahli_pertama")
    return make_colleague("Ani Rahmawati", disnaker_indramayu, jenjang="ahli_madya")


def test_from_routing_to_publication(
    visit: Visit, enter: Enter, page: Page, siti: User, ani: User
) -> None:
    enter(siti)
    visit(LIST)
    page.get_by_role("link", name="Mulai konsultasi").click()
    page.get_by_label("Bidang keahlian").select_option("bimbingan-jabatan")
    page.get_by_label("Judul").fill("Atasan meminta data pencari kerja")
    page.get_by_role("textbox", name="Tulisan").fill(
        "Saya Siti Wulandari. Bolehkah data itu diberikan?"
    )
    assert findings(page, "konsultasi: tulis") == []
    page.get_by_role("button", name="Lanjut: pilih rekan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siapa yang Anda tanya?")
    assert findings(page, "konsultasi: pilih rekan") == []
    page.get_by_role("button", name="Tanya Ani Rahmawati").click()
    expect(page.get_by_text("Jawaban ditunggu sampai")).to_be_visible()

    enter(ani)
    visit(LIST)
    assert findings(page, "konsultasi: daftar") == []
    page.get_by_role("link", name="Atasan meminta data pencari kerja").click()
    page.get_by_role("textbox", name="Tulisan").fill("Tidak, kecuali ada dasar hukumnya.")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Sudah dijawab")).to_be_visible()
    assert findings(page, "konsultasi: dijawab") == []
    page.get_by_role("link", name="Terbitkan tanpa nama").click()
    assert "Siti" not in page.get_by_role("textbox", name="Pertanyaan").input_value()
    page.get_by_label("Kategori").select_option("umum")
    assert findings(page, "konsultasi: naskah") == []
    page.get_by_role("button", name="Usulkan").click()

    enter(siti)
    visit(LIST)
    page.get_by_role("link", name="Atasan meminta data pencari kerja").click()
    page.get_by_role("link", name="Lihat naskahnya").click()
    page.get_by_role("button", name="Setujui naskah ini").click()
    page.get_by_role("link", name="Sudah terbit tanpa nama penanya").click()
    expect(page.get_by_text("Penanya anonim")).to_be_visible()
    expect(page.get_by_text("Rekan anonim", exact=True)).to_be_visible()
