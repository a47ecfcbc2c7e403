"""How somebody wants to be told: the page, its refusals, and the link that ends mails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from epk.lib.mail import letters
from epk.lib.notices import Choice, Kind, kinds, notify
from notifications import links
from notifications.actions import all_choices_of, choose
from notifications.addresses import pause_address, pause_of
from notifications.models import MailHours, Notification, Preference
from tests.notifications.kinds import Board, declared

PAGE = reverse("notifications:preferences")
FIELD = "pilihan-uji-balasan"
OTHERS = [f"pilihan-{kind.name.replace('.', '-')}" for kind in kinds() if not kind.fixed]
"""Of the kinds that the portal has itself."""
SENT = {
    FIELD: "segera",
    **dict.fromkeys(OTHERS, "harian"),
    "zone": "",
    "quiet_from": "21:00",
    "quiet_until": "05:30",
    "digest_at": "06:15",
    "digest_weekday": "4",
}


@pytest.fixture(autouse=True)
def reply(siti: User) -> Iterator[Kind]:
    kind = Board(followers=[siti.pk]).kind()
    with declared(kind):
        yield kind


@pytest.fixture
def reader(client: Client, siti: User) -> Client:
    client.force_login(siti)
    return client


def _choice(user: User, kind: Kind) -> str:
    return Preference.objects.get(user=user, kind=kind.name).choice


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({FIELD: "merpati"}, "Pilih salah satu dari daftar."),
        ({FIELD: ""}, "Pilih salah satu dari daftar."),
        ({"quiet_from": "25:00"}, "Isi jam dan menit"),
        ({"quiet_until": ""}, "Isi jam dan menit"),
        ({"digest_at": "23:00"}, "jatuh dalam jam tenang"),
        ({"digest_weekday": "7"}, "Pilih salah satu dari daftar."),
        ({"digest_weekday": "1e9"}, "Pilih salah satu dari daftar."),
        ({"zone": "Asia/Tokyo"}, "Pilih salah satu dari daftar."),
        ({"zone": "\0"}, "Pilih salah satu dari daftar."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_half_saved(
    reader: Client, changed: dict[str, str], sentence: str
) -> None:
    response = reader.post(PAGE, {**SENT, **changed})
    html = response.content.decode()
    assert "Ada yang perlu diperbaiki" in html
    assert sentence in html
    assert "Galat:" in html
    assert 'value="21:00"' in html or 'value="25:00"' in html
    assert Preference.objects.count() == MailHours.objects.count() == 0


def test_saving_and_seeing_it_again(reader: Client, siti: User, reply: Kind) -> None:
    response = reader.post(PAGE, SENT, follow=True)
    html = response.content.decode()
    assert "Pengaturan disimpan." in html
    assert _choice(siti, reply) == Choice.AT_ONCE
    hours = MailHours.objects.get(user=siti)
    assert (hours.quiet_from, hours.digest_weekday) == (dt.time(21), 4)
    assert '<option value="segera" selected>' in html
    reader.post(PAGE, {**SENT, FIELD: "tidak"})
    assert _choice(siti, reply) == Choice.NONE
    assert MailHours.objects.count() == 1


def test_the_page_says_what_cannot_be_chosen_and_the_clock(client: Client, budi: User) -> None:
    client.force_login(budi)
    html = client.get(PAGE).content.decode()
    assert "Tempat tugas Anda memakai WIT" in html
    assert "Akun saya dibuka dari perangkat baru: surat segera" in html
    assert "pilihan-accounts-new_device" not in html


def test_seconds_are_no_part_of_the_hours(reader: Client) -> None:
    reader.post(PAGE, {**SENT, "quiet_until": "05:30:30", "digest_at": "06:15:59"})
    hours = MailHours.objects.get()
    assert (hours.quiet_until, hours.digest_at) == (dt.time(5, 30), dt.time(6, 15))


def test_the_page_keeps_to_its_queries(reader: Client, siti: User) -> None:
    kinds = [Board(followers=[siti.pk]).kind(f"uji.lain{number}") for number in range(12)]
    with declared(*kinds), CaptureQueriesContext(connection) as captured:
        reader.get(PAGE)
    assert len(captured) <= 8


def test_defaults_are_digests_but_for_what_concerns_one_person_alone(reader: Client) -> None:
    html = reader.get(PAGE).content.decode()
    chosen = [kind for kind in kinds() if not kind.fixed]
    assert len(chosen) == html.count('name="pilihan-')
    at_once = {kind.name for kind in chosen if kind.default is not Choice.DAILY}
    assert at_once == {
        "forum.consultation_answered",
        "forum.consultation_asked",
        "forum.consultation_due",
        "forum.consultation_invited",
        "forum.consultation_unassigned",
        "forum.decision",
        "forum.mention",
        "news.published",
        "news.sent",
        "news.sent_back",
        "news.certificate",
        "news.circular",
        "news.circular_reminder",
        "news.comment_hidden",
        "news.event_cancelled",
        "news.event_changed",
        "news.event_moved_up",
        "news.event_published",
        "news.event_refused",
        "news.event_registered",
        "news.event_reminder",
        "news.event_taken_off",
    }
    daily = html.count('<option value="harian" selected>')
    assert daily == len(chosen) - len(at_once)


def test_what_waits_follows_the_new_choice(reader: Client, reply: Kind) -> None:
    notify(reply, subject="topic-1", item="post-1")
    assert Notification.objects.get().span == Choice.DAILY
    reader.post(PAGE, {**SENT, FIELD: "mingguan"})
    assert Notification.objects.get().span == Choice.WEEKLY
    reader.post(PAGE, {**SENT, FIELD: "kotak"})
    row = Notification.objects.get()
    assert (row.span, row.due_at) == ("", None)


def test_a_paused_address_is_told_and_tried_again(reader: Client, siti: User) -> None:
    resume = reverse("notifications:resume_address")
    assert "tidak sedang dijeda" in reader.post(resume, follow=True).content.decode()
    pause_address(siti.email, code="5.1.1", answer="550 5.1.1 no such user")
    inbox = reader.get(reverse("notifications:inbox")).content.decode()
    assert "Surat tidak sampai ke alamat e-mail Anda (s***@demo.example)" in inbox
    assert "Surat ke alamat Anda dijeda" in reader.get(PAGE).content.decode()
    assert "dikirim lagi" in reader.post(resume, follow=True).content.decode()
    assert pause_of(siti.email) is None
    assert "Surat ke alamat Anda dijeda" not in reader.get(PAGE).content.decode()


def test_one_pause_is_told_once(siti: User) -> None:
    for _ in range(3):
        pause_address(siti.email, code="5.1.1", answer="550")
    assert Notification.objects.get().due_at is None


# --- The link in the mails ------------------------------------------------------------------------


def _path(user: User, what: str) -> str:
    return "/notifikasi/" + links.unsubscribe_link(user, what).partition("/notifikasi/")[2]


def test_one_click_ends_the_mails_without_a_login(siti: User, reply: Kind) -> None:
    """RFC 8058: a POST of `List-Unsubscribe=One-Click`, no cookie, no referrer, no token."""
    choose(siti, {reply.name: Choice.AT_ONCE})
    mail_program = Client(enforce_csrf_checks=True)
    path = _path(siti, reply.name)
    for _ in range(2):
        response = mail_program.post(path, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert not response.cookies
    assert _choice(siti, reply) == Choice.INBOX


def test_looking_at_the_link_changes_nothing(client: Client, siti: User, reply: Kind) -> None:
    response = client.get(_path(siti, reply.name))
    html = response.content.decode()
    assert "Berhenti menerima surat?" in html
    assert reply.label in html
    assert Preference.objects.count() == 0
    assert siti.name not in html
    assert siti.email not in html


def test_the_link_of_a_digest_ends_that_digest(client: Client, siti: User, reply: Kind) -> None:
    weekly = Board(followers=[siti.pk]).kind("uji.mingguan", Choice.WEEKLY)
    with declared(weekly):
        response = client.post(_path(siti, Choice.DAILY.value))
        assert "ringkasan harian" in response.content.decode()
        assert _choice(siti, reply) == Choice.INBOX
        assert not Preference.objects.filter(kind=weekly.name).exists()


def test_a_digest_that_was_ended_does_not_come_back_with_a_new_kind(
    client: Client, siti: User, reply: Kind
) -> None:
    client.post(_path(siti, Choice.DAILY.value))
    later = Board(followers=[siti.pk]).kind("uji.baru")
    with declared(later):
        notify(later, subject="topic-1", item="post-1")
        assert Notification.objects.get().due_at is None
        client.force_login(siti)
        html = client.get(PAGE).content.decode()
        assert html.count('<option value="harian" selected>') == 0
        client.post(_path(siti, Choice.WEEKLY.value))  # another digest changes nothing of it
        assert all_choices_of(siti)[later.name] is Choice.INBOX
        choose(siti, {reply.name: Choice.DAILY})
        notify(later, subject="topic-1", item="post-2")
        assert Notification.objects.latest("pk").due_at is not None


def test_mail_that_was_silenced_stays_silenced(client: Client, siti: User, reply: Kind) -> None:
    choose(siti, {reply.name: Choice.NONE})
    client.post(_path(siti, reply.name))
    assert _choice(siti, reply) == Choice.NONE


def test_a_forged_cut_or_foreign_link_is_none(client: Client, siti: User, reply: Kind) -> None:
    path = _path(siti, reply.name)
    token = path.split("/")[3]
    for wrong in (token[:-1], f"x{token}", "a:b:c", "x" * 500, "%00"):
        address = reverse("notifications:unsubscribe", args=["X"]).replace("X", wrong)
        assert client.post(address).status_code == 404
    User.objects.filter(pk=siti.pk).update(is_active=False)
    assert client.post(path).status_code == 404
    assert Preference.objects.count() == 0


@pytest.mark.parametrize("what", ["accounts.new_device", "tidak.ada"])
def test_a_link_for_what_cannot_be_chosen_ends_nothing(
    client: Client, siti: User, what: str
) -> None:
    html = client.post(_path(siti, what)).content.decode()
    assert "“”" not in html
    assert ("wajib dan tidak dapat dihentikan" in html) is (what == "accounts.new_device")
    assert Preference.objects.count() == 0


def test_the_footer_of_mails_leads_to_the_page() -> None:
    """`epk.lib` writes the footer and may not know the names of our pages."""
    assert letters.PREFERENCES == PAGE
