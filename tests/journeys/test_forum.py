"""An officer asks, a colleague answers; with and without JavaScript, and readable for everyone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Draft, Post, Topic
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Reader, Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]


def test_ask_and_be_answered(reader: Reader, has_script: bool, siti: User, budi: User) -> None:
    page = reader(siti)
    page.goto(reverse("forum:index"))
    page.get_by_role("link", name="Mulai topik").click()
    page.get_by_label("Kategori").select_option("karier")
    page.get_by_label("Judul").fill("Apakah angka kredit dihitung 2/12?")
    page.get_by_label("Tulisan").fill("Mohon **pencerahan**.")
    if has_script:
        expect(page.get_by_text("Draf tersimpan")).to_be_visible(timeout=10_000)
        assert Draft.objects.get().title == "Apakah angka kredit dihitung 2/12?"
    page.get_by_role("button", name="Pratinjau").click()
    expect(page.locator(".preview strong")).to_have_text("pencerahan")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Apakah angka kredit dihitung 2/12?")

    topic = Topic.objects.get()
    page = reader(budi)
    page.goto(reverse("forum:index"))
    page.get_by_role("link", name="Apakah angka kredit dihitung 2/12?").click()
    page.get_by_role("link", name="Kutip tulisan 1").click()
    expect(page.get_by_label("Tulisan")).to_have_value(re.compile(r"> Mohon \*\*pencerahan\*\*\."))
    page.get_by_label("Tulisan").press("End")
    page.get_by_label("Tulisan").fill("Boleh, sebagai penilaian periodik.")
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url(f"**{reverse('forum:topic', args=[topic.pk])}#tulisan-2")
    expect(page.get_by_text("Boleh, sebagai penilaian periodik.")).to_be_visible()
    page.get_by_role("link", name="Sunting tulisan 2").click()
    page.get_by_label("Tulisan").fill("Boleh, sepanjang predikatnya Baik.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="disunting").click()
    expect(page.locator("del").first).to_be_visible()
    assert Post.objects.get(number=2).version == 2


def test_what_is_refused_is_named_and_kept(
    visit: Visit, enter: Enter, page: Page, siti: User
) -> None:
    enter(siti)
    visit(reverse("forum:topic_new"))
    page.get_by_label("Tulisan").fill("Sudah panjang lebar")
    page.get_by_role("button", name="Kirim").click()
    expect(page).to_have_title("Galat: Mulai topik · Forum · e-Pengantar Kerja")
    expect(page.get_by_role("alert")).to_contain_text("Tulis judulnya.")
    expect(page.get_by_label("Tulisan")).to_have_value("Sudah panjang lebar")
    assert findings(page, "new topic, refused") == []
