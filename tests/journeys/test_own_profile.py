"""An officer reads and changes their own record, and sees who looked at it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from registry import actions
from registry.models import AccessRecord, Officer
from registry.rules import Field
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def photo(folder: Path) -> Path:
    content = BytesIO()
    Image.new("RGB", (400, 500), "teal").save(content, "JPEG")
    file = folder / "wajah.jpg"
    file.write_bytes(content.getvalue())
    return file


def test_changes_the_profile_and_repairs_an_error(
    visit: Visit, enter: Enter, siti: User, tmp_path: Path
) -> None:
    enter(siti)
    page = visit(reverse("registry:own_profile"))
    page.get_by_role("link", name="Ubah profil").click()
    heading(page, "Ubah profil")
    found = findings(page, "edit")

    page.get_by_label("Telepon dinas", exact=True).fill("telepon saya")
    page.get_by_label("Tentang Anda").fill("Melayani pencari kerja.")
    page.get_by_label("Desmigratif").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    page.get_by_role("link", name=re.compile("^Telepon dinas: ")).click()
    expect(page.get_by_label("Telepon dinas", exact=True)).to_be_focused()
    expect(page.get_by_label("Tentang Anda")).to_have_value("Melayani pencari kerja.")
    expect(page.get_by_label("Desmigratif")).to_be_checked()
    found += findings(page, "edit, error")

    page.get_by_label("Telepon dinas", exact=True).fill("(0234) 271-234")
    page.get_by_label("Unggah foto").set_input_files(photo(tmp_path))
    page.get_by_label("Foto saya boleh dilihat semua orang").check()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Profil Anda tersimpan.")).to_be_visible()
    heading(page, "Siti Wulandari, S.Psi.")
    expect(page.get_by_text("(0234) 271-234")).to_be_visible()
    expect(page.get_by_text("Melayani pencari kerja.")).to_be_visible()
    expect(page.locator("img.avatar--lg")).to_be_visible()
    found += findings(page, "own profile")

    page.get_by_role("link", name="Lihat halaman saya sebagai publik").click()
    expect(page.get_by_text("Begini publik melihat halaman ini")).to_be_visible()
    expect(page.get_by_text("0811-0000-0047")).not_to_be_visible()
    found += findings(page, "as the public")
    assert found == []


def test_loses_nothing_when_others_change_it_meanwhile(
    visit: Visit, enter: Enter, siti: User, rina: User
) -> None:
    enter(siti)
    page = visit(reverse("registry:own_profile_edit"))
    with actions.change(by=rina, reason="Telepon kantor berganti"):
        Officer.objects.filter(user=siti).update(office_phone="0234-999-999")
    page.get_by_label("Tentang Anda").fill("Isian saya")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("heading", name="Profil ini berubah")).to_be_visible()
    expect(page.get_by_text("Telepon kantor berganti")).to_be_visible()
    expect(page.get_by_label("Tentang Anda")).to_have_value("Isian saya")
    expect(page.get_by_label("Telepon dinas", exact=True)).to_have_value("0234-999-999")
    assert findings(page, "conflict") == []
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Profil Anda tersimpan.")).to_be_visible()
    officer = Officer.objects.get(user=siti)
    assert (officer.bio, officer.office_phone) == ("Isian saya", "0234-999-999")


def test_an_admin_looks_says_why_and_the_officer_sees_it(
    visit: Visit, enter: Enter, siti: User, dewi: User
) -> None:
    enter(dewi)
    page = visit(reverse("registry:profile", args=[siti.officer.register_number]))
    expect(page.get_by_text("Kunjungan ini tercatat")).to_be_visible()
    found = findings(page, "profile, admin")
    page.get_by_role("button", name="Catat alasan").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    found += findings(page, "profile, admin, no reason")
    page.get_by_label("Alasan melihat data ini").fill("Memeriksa SK kenaikan jenjang")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Alasan Anda tercatat.")).to_be_visible()

    enter(siti)
    page = visit(reverse("own_data"))
    seen = page.locator("#akses")
    expect(seen.get_by_text("Dewi Lestari").first).to_be_visible()
    expect(seen.get_by_text("Memeriksa SK kenaikan jenjang")).to_be_visible()
    assert found + findings(page, "own data") == []


def test_takes_a_copy_home(visit: Visit, enter: Enter, siti: User, rina: User) -> None:
    for number in range(60):
        actions.note_view(
            siti.officer, [Field.NIP], by=rina, channel="profil", reason=f"Ke-{number}"
        )
    enter(siti)
    page = visit(reverse("own_data"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh salinan").click()
    assert download.value.suggested_filename == "data-saya.json"
    copy = json.loads(download.value.path().read_text())
    assert len(next(p for p in copy["bagian"] if p["kode"] == "akses")["baris"]) == 60

    page.locator("#akses").get_by_role("link", name="Lihat semuanya").click()
    heading(page, "Siapa yang melihat data pribadi saya")
    found = findings(page, "long section")
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.get_by_text("Ke-0", exact=True)).to_be_visible()
    page = visit(reverse("own_data_section", args=["riwayat"]))
    assert found + findings(page, "history") == []


def test_staff_and_visitors(visit: Visit, enter: Enter, rina: User) -> None:
    page = visit(reverse("privacy"))
    found = findings(page, "privacy")
    enter(rina)
    page = visit(reverse("registry:own_profile"))
    heading(page, "Profil saya")
    found += findings(page, "no profile")
    page.get_by_role("link", name="Buka Data saya").click()
    heading(page, "Data saya")
    assert found + findings(page, "data of staff") == []


def test_works_without_javascript(
    browser: Browser, server: LiveServer, enter: Enter, siti: User, page: Page
) -> None:
    enter(siti)
    state = page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    try:
        plain = context.new_page()
        plain.goto(f"{server.url}{reverse('registry:own_profile_edit')}")
        plain.get_by_label("Telepon pribadi").fill("0812 3456 7890")
        plain.get_by_role("button", name="Simpan").click()
        expect(plain.get_by_text("Profil Anda tersimpan.")).to_be_visible()
    finally:
        context.close()
    assert Officer.objects.get(user=siti).private_phone == "0812 3456 7890"
    assert not AccessRecord.objects.exists()
