"""An officer comes in, sees their own data whole, and leaves."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from epk.lib.nip import format_nip
from registry.models import Officer
from tests.factories import PASSWORD
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_logs_in_by_nip_sees_own_data_and_logs_out(visit: Visit, siti: User, budi: User) -> None:
    own, other = (Officer.objects.get(user=user) for user in (siti, budi))
    assert own.nip
    assert other.nip
    page = visit(reverse("home"))
    page.get_by_role("link", name="Masuk").click()
    page.get_by_label("E-mail atau NIP").fill(format_nip(own.nip))
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Selamat \w+, Siti W\."))

    page.get_by_role("link", name="Buka data saya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siti Wulandari, S.Psi.")
    expect(page.get_by_text(format_nip(own.nip))).to_be_visible()
    expect(page.get_by_text("Indramayu, 26 September 1986")).to_be_visible()
    expect(page.get_by_text("0811-0000-0047")).to_be_visible()
    expect(page.get_by_text("Hanya terlihat oleh Anda")).to_be_visible()

    visit(reverse("registry:profile", args=[other.register_number]))
    expect(page.get_by_text("budi@contoh.example")).to_be_visible()
    for hidden in (other.nip, format_nip(other.nip), "0811-0000-0002"):
        assert hidden not in page.content()

    page.locator(".account summary").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("link", name="Masuk")).to_be_visible()
    visit(reverse("registry:profile", args=[own.register_number]))
    assert format_nip(own.nip) not in page.content()
    page.go_back()
    assert format_nip(own.nip) not in page.content()


def test_comes_to_the_page_that_was_asked_for_after_logging_in(visit: Visit, rina: User) -> None:
    page = visit(reverse("style_guide"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")
    page.get_by_label("E-mail atau NIP").fill("rina@demo.example")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{reverse('style_guide')}$"))
