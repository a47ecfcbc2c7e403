"""A private question from asking to its publication without names."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from registry.models import Unit
from tests.forum.made import make_category, make_colleague, make_consultation
from tests.journeys.conftest import Look, Reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LIST = reverse("forum:consultations")
TITLE = "Atasan meminta data pencari kerja"


@pytest.fixture
def ani(siti: User, disnaker_indramayu: Unit) -> User:
    make_category()
    make_colleague("Beni", disnaker_indramayu, jenjang="ahli_pertama")
    return make_colleague("Ani Rahmawati", disnaker_indramayu, jenjang="ahli_madya")


def test_from_routing_to_publication(reader: Reader, look: Look, siti: User, ani: User) -> None:
    page = reader(siti)
    page.goto(LIST)
    page.get_by_role("link", name="Mulai konsultasi").click()
    page.get_by_label("Bidang keahlian").select_option("bimbingan-jabatan")
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_role("textbox", name="Tulisan").fill(
        "Saya Siti Wulandari. Bolehkah data itu diberikan?"
    )
    look(page, "asking")
    page.get_by_role("button", name="Lanjut: pilih rekan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siapa yang Anda tanya?")
    look(page, "choosing")
    page.get_by_role("button", name="Tanya Ani Rahmawati").click()
    expect(page.get_by_text("Jawaban ditunggu sampai")).to_be_visible()

    page = reader(ani)
    page.goto(LIST)
    look(page, "list")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("textbox", name="Tulisan").fill("Tidak, kecuali ada dasar hukumnya.")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Sudah dijawab")).to_be_visible()
    look(page, "answered")
    page.get_by_role("link", name="Terbitkan tanpa nama").click()
    assert "Siti" not in page.get_by_role("textbox", name="Pertanyaan").input_value()
    page.get_by_label("Kategori").select_option("umum")
    look(page, "proposing")
    page.get_by_role("button", name="Usulkan").click()

    page = reader(siti)
    page.goto(LIST)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Lihat naskahnya").click()
    page.get_by_role("button", name="Setujui naskah ini").click()
    page.get_by_role("link", name="Sudah terbit tanpa nama penanya").click()
    expect(page.get_by_text("Penanya anonim")).to_be_visible()
    expect(page.get_by_text("Rekan anonim", exact=True)).to_be_visible()


def test_nobody_else_reads_it(reader: Reader, siti: User, budi: User, ani: User) -> None:
    topic = make_consultation(siti, colleague=ani.officer.register_number, title=TITLE)
    page = reader(budi)
    page.goto(f"{reverse('forum:search')}?q=pencari+kerja")
    expect(page.get_by_text("Tidak ada yang ditemukan")).to_be_visible()
    answer = page.goto(reverse("forum:topic", args=[topic.pk]))
    assert answer is not None
    assert answer.status == 404
    assert TITLE not in page.content()
