"""An officer hears of a change to the own record, reads it, and decides how to hear of more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from epk.lib.notices import Choice, Kind, notify
from notifications import links
from notifications.models import Notification, Preference
from registry.actions import tell_owner
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit
from tests.notifications.kinds import Board, declared

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
INBOX = reverse("notifications:inbox")
PREFERENCES = reverse("notifications:preferences")


@pytest.fixture
def forum(siti: User) -> Iterator[Kind]:
    board = Board(followers=[siti.pk])
    kind = board.kind()
    with declared(kind):
        for number in range(25):
            notify(kind, subject=f"topic-{number}", item="post-1")
        notify(kind, subject="topic-24", item="post-2")
        board.hidden.add("post-9")
        notify(kind, subject="topic-hilang", item="post-9")
        yield kind


def test_from_the_change_to_the_record_with_the_keyboard_alone(
    visit: Visit, enter: Enter, page: Page, siti: User, rina: User
) -> None:
    tell_owner(siti.officer, ("Pangkat", "Diklat"), by=rina)
    enter(siti)
    visit(reverse("home"))
    bell = page.get_by_role("link", name="Notifikasi, 1 belum dibaca")
    bell.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Notifikasi · e-Pengantar Kerja")
    told = page.get_by_role("button", name="Admin mengubah data kepegawaian Anda: Pangkat, Diklat")
    for _ in range(60):
        page.keyboard.press("Tab")
        if told.first.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('registry:own_profile')}*")
    assert Notification.objects.unread().count() == 0
    expect(page.get_by_role("link", name="Notifikasi", exact=True)).to_be_visible()


def test_marks_filters_turns_pages_and_takes_it_back(
    visit: Visit, enter: Enter, page: Page, siti: User, forum: Kind
) -> None:
    enter(siti)
    visit(INBOX)
    gone = "Pemberitahuan ini tidak lagi dapat Anda lihat."
    expect(page.locator(".inbox__sentence")).to_have_text(gone)
    page.get_by_role("button", name="Tandai dibaca 2 balasan baru di Topik topic-24").click()
    again = page.get_by_role("button", name="Tandai belum dibaca Balasan baru di Topik topic-24")
    again.click()
    page.get_by_role("link", name="Berikutnya").click()
    page.get_by_role(
        "button", name="Tandai dibaca Balasan baru di Topik topic-0", exact=True
    ).click()
    expect(page.get_by_role("navigation", name="Halaman notifikasi")).to_contain_text("21–26")
    page.get_by_role("link", name="Belum dibaca", exact=True).click()
    page.get_by_role("button", name="Tandai semua dibaca").click()
    expect(page.get_by_text("pemberitahuan ditandai sudah dibaca")).to_be_visible()
    expect(page.get_by_text("Tidak ada di sini")).to_be_visible()
    assert Notification.objects.unread().count() == 0


def test_chooses_repairs_an_error_and_ends_mails_by_a_link(
    visit: Visit, enter: Enter, page: Page, siti: User, forum: Kind
) -> None:
    enter(siti)
    visit(PREFERENCES)
    page.get_by_label(forum.label).select_option("Surat segera")
    page.get_by_label("Jam ringkasan", exact=False).first.fill("23:00")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("jatuh dalam jam tenang").first).to_be_visible()
    expect(page.get_by_label(forum.label)).to_have_value("segera")
    assert findings(page, "preferences, refused") == []
    page.get_by_label("Jam ringkasan", exact=False).first.fill("07:30")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Pengaturan disimpan.")).to_be_visible()
    page.context.clear_cookies()
    link = links.unsubscribe_link(siti, forum.name)
    visit(link[link.index("/notifikasi/") :])
    assert findings(page, "unsubscribe, asked") == []
    page.get_by_role("button", name="Berhenti menerima surat ini").click()
    expect(page.get_by_role("heading", name="Surat dihentikan")).to_be_visible()
    assert findings(page, "unsubscribe, done") == []
    assert Preference.objects.get(kind=forum.name).choice == Choice.INBOX


def test_every_page_of_it_is_for_everybody(
    visit: Visit, enter: Enter, siti: User, joko: User, forum: Kind
) -> None:
    enter(joko)
    assert findings(visit(INBOX), "inbox, empty") == []
    enter(siti)
    for name, path in {
        "inbox": INBOX,
        "inbox, last page": f"{INBOX}?halaman=2",
        "inbox, nothing here": f"{INBOX}?status=belum&kelompok=akun-saya",
        "preferences": PREFERENCES,
    }.items():
        assert findings(visit(path), name) == []
    assert forum.group == "Forum"
