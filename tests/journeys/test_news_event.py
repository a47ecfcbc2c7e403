"""One seat: an officer takes it, a second waits, and moves up when the first gives it back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from news.models import Event
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "Temu Wicara Papua"


def test_a_seat_goes_from_one_to_the_next(
    reader: Reader, has_script: bool, siti: User, budi: User, agus: User
) -> None:
    _write(reader(agus), has_script)
    event = Event.objects.get()
    path = reverse("news:event", args=[event.slug])

    page = reader(siti)
    page.goto(reverse("news:events"))
    _look(page, "events", has_script)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("1 kursi, tersisa 1")).to_be_visible()
    _look(page, "event", has_script)
    page.get_by_role("button", name="Daftar", exact=True).click()
    expect(page.get_by_text("Anda terdaftar.")).to_be_visible()

    waiting = reader(budi)
    waiting.goto(path)
    waiting.get_by_role("button", name="Daftar", exact=True).click()
    expect(waiting.get_by_text("Urutan 1 di daftar tunggu")).to_be_visible()

    page.get_by_role("button", name="Batalkan pendaftaran saya").click()
    expect(page.get_by_text("Pendaftaran Anda dibatalkan.")).to_be_visible()

    waiting.goto(reverse("notifications:inbox"))
    told = waiting.get_by_text(f"Anda naik dari daftar tunggu {TITLE}")
    expect(told.first).to_be_visible()
    waiting.goto(reverse("news:events"))
    own = waiting.get_by_role("region", name="Kegiatan saya")
    expect(own).to_contain_text(TITLE)
    expect(own).to_contain_text("Terdaftar")

    editor = reader(agus)
    editor.goto(reverse("news:event_people", args=[event.pk]))
    expect(editor.get_by_role("row").filter(has_text="Budi Rumbiak")).to_contain_text("Terdaftar")
    expect(editor.get_by_role("row").filter(has_text="Siti Wulandari")).to_contain_text(
        "Dibatalkan"
    )
    _look(editor, "people", has_script)


def _write(page: Page, has_script: bool) -> None:
    """A draft that lacks its organiser first, then a session, then it is published."""
    page.goto(reverse("news:event_desk"))
    page.get_by_role("link", name="Tulis kegiatan").click()
    _look(page, "new event", has_script)
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label("Ringkasan").fill("Sehari di Jayapura.")
    page.get_by_label("Zona waktu").select_option("Asia/Jayapura")
    page.get_by_label("Mulai", exact=False).first.fill("2027-03-01T08:00")
    page.get_by_label("Selesai", exact=False).first.fill("2027-03-01T16:00")
    page.get_by_label("Tempat", exact=True).fill("Aula Disnaker, Jayapura")
    page.get_by_label("Kuota").fill("1")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("penyelenggara", exact=True)).to_be_visible()
    _look(page, "event, edited", has_script)
    page.get_by_label("Penyelenggara").fill("Disnaker Papua")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("link", name="Tambah sesi").click()
    _look(page, "new session", has_script)
    page.get_by_label("Judul sesi").fill("Pembukaan")
    page.get_by_label("Narasumber 1").fill("Ratna Dewi")
    page.get_by_role("button", name="Simpan sesi").click()
    expect(page.get_by_text("Ratna Dewi")).to_be_visible()
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Kegiatan terbit.")).to_be_visible()


def _look(page: Page, name: str, has_script: bool) -> None:
    """Whether everybody can use it; what looks is a script itself."""
    if has_script:
        assert findings(page, name) == []
