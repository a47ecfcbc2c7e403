"""Somebody without an account comments, confirms by the mail, and an editor lets it through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.accounts.mails import path_in, received
from tests.journeys.conftest import Look, Reader
from tests.mail_server import MailServer
from tests.news.made import make_article

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TEXT = "Kapan data kabupaten kami dimuat?"
ADDRESS = "wahyu@contoh.example"


@pytest.fixture
def stranger(
    browser: Browser, browser_context_args: dict[str, Any], server: LiveServer, has_script: bool
) -> Iterator[Page]:
    """The page of a browser that nobody has logged in with."""
    options = browser_context_args | {"java_script_enabled": has_script, "base_url": server.url}
    context = browser.new_context(**options)
    yield context.new_page()
    context.close()


def test_from_the_form_to_the_page(
    stranger: Page, reader: Reader, look: Look, smtp: MailServer, agus: User
) -> None:
    path = reverse("news:article", args=[make_article().slug])
    page = stranger
    page.goto(path)
    page.get_by_role("link", name="Tulis komentar").click()
    look(page, "the form")
    page.get_by_label("Nama", exact=False).first.fill("Wahyu Pratama")
    page.get_by_label("Alamat e-mail").fill(ADDRESS)
    page.get_by_role("button", name="Kirim komentar").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis dulu komentarnya.")
    look(page, "comment, refused")
    page.get_by_label("Komentar", exact=True).fill(TEXT)
    page.wait_for_timeout(3_500)  # nobody types that fast
    page.get_by_role("button", name="Kirim komentar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa surat Anda")
    look(page, "comment, sent")
    assert page.context.cookies() == []

    (letter,) = received(smtp, ADDRESS)
    page.goto(path_in(letter))
    look(page, "confirming")
    page.get_by_role("button", name="Ya, ini komentar saya").click()
    expect(page.get_by_text("Editor membaca komentar Anda dulu")).to_be_visible()
    page.goto(path)
    expect(page.get_by_text(TEXT)).to_have_count(0)

    editor = reader(agus)
    editor.goto(reverse("news:comments"))
    look(editor, "queue")
    editor.get_by_label("Pilih komentar Wahyu Pratama").check()
    editor.get_by_role("button", name="Tampilkan yang dipilih").click()
    expect(editor.get_by_text("1 komentar ditampilkan.")).to_be_visible()

    page.goto(path)
    expect(page.locator("#komentar-1")).to_contain_text(TEXT)
    look(page, "article with a comment")
