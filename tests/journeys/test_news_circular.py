"""An officer confirms a circular, and the Admin Provinsi sees it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from tests.journeys.conftest import Reader
from tests.news.made_circulars import make_circular

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_is_confirmed_and_seen(reader: Reader, siti: User, budi: User, dewi: User) -> None:
    circular = make_circular([siti, budi], deadline=dt.date(2099, 11, 30))
    page = reader(siti)
    page.goto(reverse("home"))
    card = page.get_by_role("region", name=circular.title)
    expect(card).to_contain_text("Batas waktu 30 November 2099")
    card.get_by_role("link", name="Baca dan konfirmasi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(circular.title)
    page.get_by_role("button", name="Saya telah membaca").click()
    expect(page.get_by_text("Anda menyatakan telah membaca edaran ini pada")).to_be_visible()
    expect(page.get_by_role("button", name="Saya telah membaca")).to_have_count(0)
    page.goto(reverse("home"))
    expect(page.get_by_text("Baca dan konfirmasi")).to_have_count(0)

    page = reader(dewi)
    page.goto(reverse("home"))
    page.get_by_role("link", name="Edaran", exact=True).click()
    page.get_by_role("link", name=circular.title).click()
    page.get_by_role("link", name="Siapa yang sudah membaca").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 dari 1 sudah membaca")
    page.get_by_role("link", name="Lihat yang sudah").click()
    expect(page.get_by_text("Siti Wulandari")).to_be_visible()
    page.get_by_role("link", name="Bukti untuk dicetak").click()
    expect(page.get_by_role("cell", name="Budi Rumbiak")).to_have_count(0)
    expect(page.get_by_text("1 dari 1 orang")).to_be_visible()
