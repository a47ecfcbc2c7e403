"""Out of the forum: a topic on paper, and the address of a feed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.forum.made import make_reply, make_topic
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
TABLE = "| Bulan | Hitungan | Angka kredit |\n|---|---|---|\n| 2 | 2/12 × 100% × 25 | 4,167 |"


def test_a_topic_is_printed(visit: Visit, enter: Enter, page: Page, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    make_reply(topic, budi, f"Boleh, lihat [aturannya](https://contoh.example/a).\n\n{TABLE}")
    make_reply(topic, siti, "> Boleh\n\nTerima kasih, Pak Budi. " + "Panjang sekali. " * 60)
    enter(siti)
    visit(reverse("forum:topic", args=[topic.pk]))
    page.get_by_role("link", name="Cetak").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(topic.title)
    assert findings(page, "print") == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    expect(page.get_by_text("#2 · Budi Rumbiak")).to_be_visible()
    expect(page.get_by_role("navigation", name="Utama")).to_be_hidden()
    expect(page.get_by_text("dengan perintah Cetak")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_a_page_of_a_topic_prints_without_its_buttons(
    visit: Visit, enter: Enter, page: Page, siti: User, budi: User
) -> None:
    topic = make_topic(siti)
    make_reply(topic, budi)
    enter(siti)
    visit(reverse("forum:topic", args=[topic.pk]))
    page.emulate_media(media="print")
    expect(page.get_by_text("Boleh, sepanjang ada SK.")).to_be_visible()
    for name in ("Ikuti", "Kirim", "Saya juga"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator(".composer")).to_be_hidden()
    expect(page.locator(".post__actions").first).to_be_hidden()


def test_an_address_of_a_feed_is_made_and_taken_away(
    visit: Visit, enter: Enter, page: Page, siti: User
) -> None:
    topic = make_topic(siti)
    enter(siti)
    visit(reverse("forum:index"))
    page.get_by_role("link", name="Umpan Atom").click()
    page.get_by_role("button", name="Buat alamat umpan").click()
    assert findings(page, "feed address") == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    address = page.locator("code").first.inner_text()
    path = address[address.index("/forum/") :]
    assert topic.title in Client().get(path).text
    visit(reverse("forum:feeds"))
    expect(page.get_by_text("Terakhir dipakai")).to_be_visible()
    page.get_by_role("button", name="Cabut alamat").click()
    expect(page.get_by_text("tidak berlaku lagi")).to_be_visible()
    assert Client().get(path).status_code == 404
