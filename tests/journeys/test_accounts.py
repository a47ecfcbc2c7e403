"""Getting in: from the invitation in the mailbox to the first login, with a code, a key, one account."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from epk.lib.nip import format_nip
from registry.models import Officer, Unit
from tests.accounts.mails import path_in, received
from tests.accounts.provider import Provider
from tests.factories import PASSWORD, make_officer
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit
from tests.mail_server import MailServer

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NEW = "kuda laut berenang jauh"
ADDRESS = "wulan@dinas.contoh.example"


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail atau NIP").fill(name)
    page.get_by_label("Kata sandi").fill(password)
    page.keyboard.press("Enter")


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def code_for(secret: str, *, steps: int = 0) -> str:
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    return code


def clean(page: Page, name: str) -> None:
    assert findings(page, name) == []


@pytest.fixture
def officer(disnaker_indramayu: Unit) -> Officer:
    return make_officer("Wulan Sari", unit=disnaker_indramayu, office_email=ADDRESS)


@pytest.fixture
def virtual_key(context: BrowserContext, page: Page) -> None:
    """A key such as phones have: it keeps its secrets and asks its owner."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_from_the_mail_to_the_first_login(visit: Visit, officer: Officer, smtp: MailServer) -> None:
    page = visit(reverse("account_login"))
    clean(page, "login")
    page.get_by_role("link", name="mengaktifkan akunnya").click()
    clean(page, "activation")
    page.get_by_label("NIP").fill("123")
    page.get_by_role("button", name="Kirim tautan").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    clean(page, "activation refused")
    page.get_by_label("NIP").fill(format_nip(officer.nip))
    page.get_by_role("button", name="Kirim tautan").click()
    heading(page, "Periksa e-mail dinas Anda")
    clean(page, "activation sent")

    (letter,) = received(smtp, ADDRESS)
    link = path_in(letter)
    page = visit(link)
    heading(page, "Aktifkan akun")
    clean(page, "first password")
    page.get_by_label("Kata sandi baru", exact=False).first.fill("pendek")
    page.get_by_label("sekali lagi", exact=False).fill("pendek")
    page.get_by_role("button", name="Aktifkan akun").click()
    expect(page.get_by_role("alert")).to_contain_text("terlalu pendek")
    page.get_by_label("Kata sandi baru", exact=False).first.fill(NEW)
    page.get_by_label("sekali lagi", exact=False).fill(NEW)
    page.get_by_role("button", name="Aktifkan akun").click()
    heading(page, "Masuk")
    expect(page.get_by_text("Akun Anda sudah aktif.")).to_be_visible()
    log_in(page, officer.nip, NEW)
    heading(page, re.compile(r"Selamat \w+, Wulan S\."))
    page = visit(link)
    heading(page, "Tautan ini tidak berlaku lagi")
    clean(page, "dead link")


def test_without_javascript_too(
    context: BrowserContext, server: object, siti: User, visit: Visit
) -> None:
    """The password page works as plain HTML; the key is not offered."""
    page = context.browser.new_context(java_script_enabled=False, locale="id-ID").new_page()
    page.goto(f"{server.url}{reverse('account_login')}")  # type: ignore[attr-defined]
    expect(page.get_by_role("button", name="Masuk dengan kunci sandi")).to_be_hidden()
    log_in(page, siti.email)
    heading(page, re.compile(r"Selamat \w+, Siti W\."))
    page.close()


def test_with_an_app_and_with_a_recovery_code(visit: Visit, siti: User) -> None:
    page = visit(reverse("mfa_index"))
    log_in(page, siti.email)
    heading(page, "Keamanan akun")
    clean(page, "security")
    page.get_by_role("link", name="Pasang aplikasi autentikator").click()
    clean(page, "app")
    secret = page.locator(".totp-secret").inner_text()
    page.get_by_label("Kode dari aplikasi").fill("000000")
    page.get_by_role("button", name="Pasang").click()
    expect(page.get_by_role("alert").first).to_contain_text("Kode tidak cocok")
    assert page.locator(".totp-secret").inner_text() == secret
    page.get_by_label("Kode dari aplikasi").fill(code_for(secret))
    page.get_by_role("button", name="Pasang").click()
    heading(page, "Kode cadangan")
    clean(page, "recovery codes")
    spare = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Sudah saya simpan").click()
    expect(page.get_by_text("10 tersisa")).to_be_visible()
    clean(page, "security with an app")

    for code in (code_for(secret, steps=1), spare):
        page.locator(".account summary").click()
        page.get_by_role("button", name="Keluar").click()
        page = visit(reverse("account_login"))
        log_in(page, siti.email)
        heading(page, "Langkah kedua")
        clean(page, "second step")
        page.get_by_label("Kode").fill(code)
        page.get_by_role("button", name="Masuk", exact=True).last.click()
        heading(page, re.compile(r"Selamat \w+, Siti W\."))


def test_with_a_passkey(visit: Visit, virtual_key: None, siti: User) -> None:
    page = visit(reverse("mfa_add_webauthn"))
    log_in(page, siti.email)
    heading(page, "Tambah kunci")
    clean(page, "add a key")
    page.get_by_label("Nama kunci").fill("Ponsel Siti")
    page.get_by_label("Boleh masuk dengan kunci ini tanpa kata sandi").check()
    page.get_by_role("button", name="Tambah kunci").click()
    heading(page, "Kode cadangan")
    page = visit(reverse("mfa_index"))
    expect(page.get_by_text("Ponsel Siti", exact=True).first).to_be_visible()
    clean(page, "security with a key")

    page.locator(".account summary").click()
    page.get_by_role("button", name="Keluar").click()
    page = visit(reverse("account_login"))
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    heading(page, re.compile(r"Selamat \w+, Siti W\."))

    page.locator(".account summary").click()
    page.get_by_role("button", name="Keluar").click()
    page = visit(reverse("account_login"))
    log_in(page, siti.email)
    heading(page, "Langkah kedua")
    page.get_by_role("button", name="Pakai kunci keamanan").click()
    heading(page, re.compile(r"Selamat \w+, Siti W\."))

    page = visit(reverse("mfa_index"))
    page.get_by_role("link", name="Hapus Ponsel Siti").click()
    clean(page, "remove a key")
    page.get_by_role("button", name="Hapus kunci").click()
    heading(page, "Keamanan akun")
    expect(page.get_by_text("Kunci sudah dihapus.")).to_be_visible()


def test_a_key_that_says_no(visit: Visit, siti: User) -> None:
    """Without any key the browser refuses; the page says what else to do."""
    page = visit(reverse("account_login"))
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_text("Kunci tidak terbaca.")).to_be_visible()
    log_in(page, siti.email)
    heading(page, re.compile(r"Selamat \w+, Siti W\."))


def test_with_the_account_of_the_ministry(
    visit: Visit,
    provider: Provider,
    siti: User,
) -> None:
    provider.knows("pegawai-47", nip=siti.nip)
    target = reverse("mfa_index")
    page = visit(f"{reverse('account_login')}?next={target}")
    clean(page, "login with single sign-on")
    page.get_by_role("link", name="Masuk dengan akun SIAPkerja").click()
    page.locator("input[name=sub]").fill("pegawai-47")
    page.locator("button, input[type=submit]").first.click()
    heading(page, "Keamanan akun")
    expect(page).to_have_url(re.compile(f"{target}$"))


def test_a_stranger_at_the_ministry_stays_out(
    visit: Visit,
    provider: Provider,
    siti: User,
) -> None:
    page = visit(reverse("account_login"))
    page.get_by_role("link", name="Masuk dengan akun SIAPkerja").click()
    page.locator("input[name=sub]").fill("orang-lain")
    page.locator("button, input[type=submit]").first.click()
    heading(page, "Akun tidak ditemukan")
    clean(page, "unknown at single sign-on")


def test_seeing_and_ending_sessions(visit: Visit, siti: User) -> None:
    page = visit(reverse("usersessions_list"))
    log_in(page, siti.email)
    heading(page, "Sesi")
    expect(page.get_by_text("Sesi ini")).to_be_visible()
    clean(page, "sessions")
    page = visit(reverse("accounts:email_change"))
    clean(page, "change of address")
    page.get_by_label("Alamat e-mail baru").fill("siti.baru@contoh.example")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Kirim permintaan").click()
    expect(page.get_by_role("heading", name="Menunggu persetujuan")).to_be_visible()
    clean(page, "change of address asked for")
    page = visit(reverse("account_change_password"))
    clean(page, "change of password")
