"""A post is reported and hidden, its author objects, and another moderator decides."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Topic
from tests.factories import make_user
from tests.forum.made import make_reply, make_topic
from tests.journeys.conftest import Look, Reader

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Bursa kerja antardaerah"
WORDS = "Dinas sebelah tidak becus mengurus bursa kerja."
REASON = "Menyebut dinas lain dengan kasar."
ANSWER = "Kalimatnya keras, tetapi tidak menyerang orang."
INBOX = reverse("notifications:inbox")
APPEALS = reverse("forum:appeals")


@pytest.fixture
def lina(db: None) -> User:
    """Another moderator."""
    return make_user("lina@contoh.example", "Lina Marpaung", "moderator")


@pytest.fixture
def topic(siti: User, budi: User) -> Topic:
    """A question of Siti's, to which Budi replied."""
    made = make_topic(siti, title=TITLE)
    make_reply(made, budi, WORDS)
    return made


def test_report_hide_appeal_and_show_again(
    reader: Reader, look: Look, topic: Topic, siti: User, budi: User, maya: User, lina: User
) -> None:
    path = reverse("forum:topic", args=[topic.pk])
    _report(reader(siti), path, look)
    _hide(reader(maya), look)

    page = reader(siti)
    page.goto(path)
    expect(page.locator("#tulisan-2")).to_contain_text("disembunyikan")
    expect(page.get_by_text(WORDS)).to_have_count(0)

    _object(reader(budi), look)
    _cannot_judge_oneself(reader(maya))
    _judge(reader(lina), look)

    page = reader(siti)
    page.goto(path)
    expect(page.locator("#tulisan-2")).to_contain_text(WORDS)
    _is_told(reader(budi))
    _is_logged(reader(lina), look)


def _report(page: Page, path: str, look: Look) -> None:
    page.goto(path)
    page.get_by_role("link", name="Laporkan tulisan 2").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("alert")).to_contain_text("Pilih salah satu.")
    look(page, "report, refused")
    page.get_by_label("Menyerang").check()
    page.get_by_label("Penjelasan").fill("Tolong dilihat.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Terima kasih; moderator akan melihatnya.")).to_be_visible()


def _hide(page: Page, look: Look) -> None:
    page.goto(reverse("forum:index"))
    page.get_by_role("link", name="Moderasi", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Tolong dilihat.")
    look(page, "queue")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("Menyembunyikan tulisan").check()
    page.get_by_label("Alasan").fill(REASON)
    look(page, "deciding")
    page.get_by_role("button", name="Lakukan dan catat").click()
    expect(page.get_by_text("Tindakan dicatat.")).to_be_visible()
    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()


def _object(page: Page, look: Look) -> None:
    page.goto(INBOX)
    page.get_by_role("main").get_by_role("button", name="disembunyikan moderator").first.click()
    expect(page.get_by_text(REASON)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_label("Keberatan Anda").fill("Saya menyebut keadaan, bukan orang.")
    look(page, "decision, objecting")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", name="Keberatan")).to_be_visible()
    expect(page.get_by_label("Keberatan Anda")).to_have_count(0)


def _cannot_judge_oneself(page: Page) -> None:
    page.goto(APPEALS)
    expect(page.get_by_text("Untuk moderator lain")).to_be_visible()
    page.get_by_role("link", name="Menyembunyikan tulisan").click()
    expect(page.get_by_role("heading", name="Keberatan")).to_be_visible()
    expect(page.get_by_label("Jawaban")).to_have_count(0)


def _judge(page: Page, look: Look) -> None:
    page.goto(APPEALS)
    look(page, "appeals")
    page.get_by_role("link", name="Menyembunyikan tulisan").click()
    page.get_by_label("Keberatan diterima; tindakan dibatalkan").check()
    page.get_by_label("Jawaban").fill(ANSWER)
    look(page, "decision, judging")
    page.get_by_role("button", name="Kirim").click()


def _is_told(page: Page) -> None:
    page.goto(INBOX)
    page.get_by_role("main").get_by_role("button", name="keberatan").first.click()
    expect(page.get_by_text("Tindakan ini sudah dibatalkan.")).to_be_visible()
    expect(page.get_by_text(ANSWER)).to_be_visible()


def _is_logged(page: Page, look: Look) -> None:
    page.goto(reverse("forum:moderation_log"))
    rows = page.get_by_role("main").locator(".topic-row")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("Maya Sari")
    expect(rows.last).to_contain_text(REASON)
    expect(rows.first).to_contain_text("Lina Marpaung")
    look(page, "log")
