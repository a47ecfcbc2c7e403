"""From a draft to the page at its minute: one writes, another reviews, and no job has to run."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from news.models import Article, Category
from tests.journeys.conftest import Look, Reader
from tests.news.made import make_editor, png

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DESK = reverse("news:editor")
TITLE = "Jadwal uji kompetensi triwulan pertama"


def test_one_writes_another_reviews_and_it_appears_at_its_minute(
    reader: Reader, agus: User, siti: User, clock: Any, look: Look
) -> None:
    clock.moment = dt.datetime.now(dt.UTC)
    lina = make_editor()
    Category.objects.get_or_create(slug="karier", defaults={"name": "Karier"})
    moment = (clock.moment + dt.timedelta(hours=2)).astimezone(dt.timezone(dt.timedelta(hours=7)))

    page = reader(agus)
    page.goto(reverse("news:articles"))
    page.get_by_role("link", name="Tulis artikel").click()
    look(page, "artikel baru")
    _write(page, moment)
    page.get_by_role("button", name="Pratinjau").click()
    preview = page.get_by_role("region", name="Pratinjau isi")
    expect(preview.get_by_role("heading", name="Tempat")).to_be_visible()
    page.get_by_label("Gambar baru", exact=True).set_input_files(
        {"name": "ruang.png", "mimeType": "image/png", "buffer": png(900, 500)}
    )
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("Draf tersimpan.")).to_be_visible()
    line = page.get_by_role("region", name="Gambar yang sudah diunggah").locator("code")
    source = page.get_by_label("Isi", exact=True)
    source.fill(f"{source.input_value()}\n\n{line.inner_text()}")
    page.get_by_role("button", name="Simpan dan ajukan").click()
    expect(page.get_by_text("Diajukan; editor lain diberi tahu.")).to_be_visible()
    look(page, "artikel diajukan")

    page = reader(lina)
    page.goto(DESK)
    look(page, "meja redaksi")
    page.get_by_role("region", name="Menunggu telaah").get_by_role("link", name=TITLE).click()
    look(page, "telaah")
    page.get_by_role("link", name="tampilannya").click()
    expect(page.get_by_role("img", name="Ruang ujian")).to_be_visible()
    look(page, "tampilan")
    page.get_by_role("link", name="Kembali ke naskah").click()
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    expect(page.get_by_text("Disetujui")).to_be_visible()
    page.get_by_role("link", name="Riwayat versi").click()
    look(page, "riwayat versi")
    page.goto(DESK)
    due = page.get_by_role("region", name="Segera terbit atau berakhir")
    expect(due).to_contain_text(TITLE)

    address = reverse("news:article", args=[Article.objects.get().slug])
    public = reader(siti)
    assert public.goto(address).status == 404
    clock.move(hours=2, minutes=1)
    public.goto(reverse("news:articles"))
    public.get_by_role("link", name=TITLE).click()
    expect(public.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(public.get_by_role("img", name="Ruang ujian")).to_be_visible()


def _write(page: Page, moment: dt.datetime) -> None:
    page.get_by_label("Judul", exact=False).first.fill(TITLE)
    page.get_by_label("Ringkasan").fill("Tiga kota, tiga tanggal.")
    page.get_by_label("Isi", exact=True).fill("## Tempat\n\nUji kompetensi di **tiga kota**.")
    page.get_by_label("Teks pengganti gambar baru").fill("Ruang ujian")
    page.get_by_label("Karier").first.check()
    page.get_by_label("Terbit mulai").fill(f"{moment:%Y-%m-%dT%H:%M}")
