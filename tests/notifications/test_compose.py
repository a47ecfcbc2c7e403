"""Writing the mails that are due: each event in one mail, digests once, broken ones set aside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.urls import reverse

from accounts.models import User
from epk.lib.notices import Choice, Kind, notify
from notifications.actions import choose, choose_hours, compose_due, try_again
from notifications.models import Digest, Event, Mail, MailHours, Notification
from tests.clock import Clock
from tests.factories import make_user
from tests.jobs import empty_queue, run_jobs, waiting_jobs
from tests.notifications.kinds import Board, declared

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def board(siti: User) -> Board:
    return Board(followers=[siti.pk])


@pytest.fixture
def reply(board: Board) -> Iterator[Kind]:
    kind = board.kind()
    with declared(kind):
        yield kind


@pytest.fixture
def at_once(board: Board) -> Iterator[Kind]:
    kind = board.kind("uji.segera", Choice.AT_ONCE)
    with declared(kind):
        yield kind


def _tell(kind: Kind, *items: str, subject: str = "topic-1") -> None:
    for item in items:
        notify(kind, subject=subject, item=item)


def _pending() -> int:
    return Notification.objects.pending().count()


# --- What must not happen -------------------------------------------------------------------------


def test_no_mail_for_an_account_closed_meanwhile(at_once: Kind, siti: User) -> None:
    _tell(at_once, "post-1")
    User.objects.filter(pk=siti.pk).update(is_active=False)
    compose_due()
    assert Mail.objects.count() == 0
    assert _pending() == 0


def test_no_mail_about_what_may_not_be_seen_any_more(at_once: Kind, board: Board) -> None:
    _tell(at_once, "post-1", "post-2")
    board.hidden.add("post-1")
    compose_due()
    assert [mail.text.count("#post-2") for mail in Mail.objects.all()] == [1]
    assert _pending() == 0


def test_a_choice_made_since_counts(at_once: Kind, reply: Kind, siti: User, clock: Clock) -> None:
    """Rows follow the choice at once; none is left to be mailed after mails have been ended."""
    _tell(at_once, "post-1")
    _tell(reply, "post-2")
    choose(siti, {at_once.name: Choice.INBOX, reply.name: Choice.NONE})
    clock.move(days=2)
    compose_due()
    assert Mail.objects.count() == 0
    assert Notification.objects.count() == 2


@pytest.mark.parametrize("address", ['"siti"@contoh.example', '"a b"@contoh.example'])
def test_an_odd_address_is_no_trouble(at_once: Kind, siti: User, address: str) -> None:
    """The outbox drops quotes that are not needed."""
    User.objects.filter(pk=siti.pk).update(email=address)
    _tell(at_once, "post-1")
    compose_due()
    row = Notification.objects.get()
    assert (row.trouble, row.mail) == ("", Mail.objects.get())


def test_a_broken_event_is_set_aside_and_the_others_go_on(at_once: Kind, board: Board) -> None:
    _tell(at_once, "post-1")
    _tell(at_once, "post-2", subject="topic-2")
    board.broken.add("post-1")
    board.followers = []
    compose_due()
    # Both were asked for in one question, so both wait for somebody to look at them.
    assert set(Notification.objects.values_list("trouble", flat=True)) == {"LookupError"}
    assert _pending() == 0
    board.broken.clear()
    assert try_again(list(Notification.objects.all())) == 2
    compose_due()
    assert Mail.objects.count() == 2


def test_a_broken_kind_does_not_stop_the_others(
    at_once: Kind, board: Board, siti: User, clock: Clock
) -> None:
    other = Board(followers=[siti.pk])
    sound = other.kind("uji.lain", Choice.AT_ONCE)
    daily = other.kind("uji.harian")
    with declared(sound, daily):
        _tell(at_once, "post-1")
        _tell(sound, "post-2")
        _tell(daily, "post-3")
        board.broken.add("post-1")
        clock.move(days=1)
        compose_due()
        assert Mail.objects.count() == 2
        assert Notification.objects.in_trouble().get().kind == at_once.name


def test_a_line_that_cannot_be_said_leaves_the_digest_whole(siti: User, clock: Clock) -> None:
    board = Board(followers=[siti.pk])
    kind = Kind(**{**vars(board.kind()), "one": "{what} di {title}", "sample": {"what": "Balasan"}})
    with declared(kind):
        for number in (1, 2):
            facts = {"what": "Balasan"}
            notify(kind, subject=f"topic-{number}", item=f"post-{number}", facts=facts)
        Event.objects.filter(subject="topic-1").update(facts={})  # kept by an older release
        clock.move(days=1)
        compose_due()
        assert "Balasan di Topik topic-2" in Mail.objects.get().text
        assert Notification.objects.in_trouble().get().subject == "topic-1"


def test_a_kind_that_is_gone_is_passed_over(siti: User, clock: Clock) -> None:
    board = Board(followers=[siti.pk])
    with declared(board.kind("uji.lama")) as _, declared():
        pass
    kind = board.kind("uji.lama")
    with declared(kind):
        _tell(kind, "post-1")
    clock.move(days=2)
    compose_due()
    assert Mail.objects.count() == 0
    assert _pending() == 0


def test_a_worker_that_comes_late_lets_people_sleep(at_once: Kind, clock: Clock) -> None:
    _tell(at_once, "post-1")
    clock.move(hours=11)  # 23.00
    compose_due()
    assert Mail.objects.count() == 0
    clock.move(hours=7)
    compose_due()
    assert Mail.objects.count() == 1


def test_a_fault_of_the_moment_is_tried_again(
    at_once: Kind, reply: Kind, board: Board, clock: Clock
) -> None:
    _tell(at_once, "post-1")
    _tell(reply, "post-2")
    clock.move(hours=19)
    board.fault = OperationalError("deadlock detected")
    compose_due()
    assert Mail.objects.count() == 0
    assert Notification.objects.in_trouble().count() == 0
    board.fault = None
    clock.move(minutes=1)
    compose_due()
    assert Mail.objects.count() == 2


def test_a_digest_is_whole_though_one_kind_fails_for_a_moment(
    reply: Kind, board: Board, siti: User, clock: Clock
) -> None:
    other = Board(followers=[siti.pk])
    sound = other.kind("uji.lain")
    with declared(sound):
        _tell(reply, "post-1")
        _tell(sound, "post-2", subject="topic-2")
        clock.move(hours=19)
        board.fault = OperationalError("deadlock detected")
        compose_due()
        assert Mail.objects.count() == 0
        board.fault = None
        clock.move(minutes=1)
        compose_due()
        text = Mail.objects.get().text
        assert "topic-1" in text
        assert "topic-2" in text


def test_hardly_any_waking_hours_still_get_their_mail(
    at_once: Kind, siti: User, clock: Clock
) -> None:
    MailHours.objects.create(user=siti, quiet_from="06:00", quiet_until="05:59")
    _tell(at_once, "post-1")
    for _ in range(3):
        compose_due()
        clock.move(days=1)
    assert Mail.objects.count() == 1


def test_a_fault_that_stays_is_set_aside(at_once: Kind, board: Board, clock: Clock) -> None:
    _tell(at_once, "post-1")
    board.fault = OperationalError("deadlock detected")
    for _ in range(6):
        compose_due()
        clock.move(minutes=1)
    assert Notification.objects.get().trouble == "OperationalError"


@pytest.mark.parametrize("title", ["Dua\u2028baris", "Spasi\u00a0keras", "Sambung\u200dan"])
def test_a_title_with_odd_signs_is_told(siti: User, title: str) -> None:
    board = Board(followers=[siti.pk], title=title)
    kind = board.kind("uji.judul", Choice.AT_ONCE)
    with declared(kind):
        _tell(kind, "post-1")
        compose_due()
    assert Mail.objects.get().subject.isprintable()


def test_a_sentence_has_one_end(siti: User) -> None:
    board = Board(followers=[siti.pk], title="Apa itu AK?")
    kind = board.kind("uji.judul", Choice.AT_ONCE)
    with declared(kind):
        _tell(kind, "post-1")
        compose_due()
    assert "AK?." not in Mail.objects.get().text


# --- What does ------------------------------------------------------------------------------------


def test_one_mail_an_event_in_their_order(at_once: Kind, siti: User) -> None:
    _tell(at_once, "post-1", "post-2", "post-3")
    compose_due()
    compose_due()
    mails = list(Mail.objects.order_by("pk"))
    assert [mail.recipient for mail in mails] == [siti.email] * 3
    assert [f"#post-{number}" in mails[number - 1].text for number in (1, 2, 3)] == [True] * 3
    assert "Balasan baru di Topik topic-1" in mails[0].subject
    assert set(Notification.objects.values_list("mail", flat=True)) == {mail.pk for mail in mails}


def test_a_digest_tells_of_each_subject_once(reply: Kind, siti: User, clock: Clock) -> None:
    _tell(reply, "post-1", "post-2", "post-3")
    _tell(reply, "post-9", subject="topic-2")
    compose_due()
    assert Mail.objects.count() == 0
    clock.move(hours=19)  # 7.00 the next day
    compose_due()
    compose_due()
    mail = Mail.objects.get()
    assert mail.recipient == siti.email
    assert mail.subject == "Ringkasan harian: 4 pemberitahuan, 25 November 2026"
    assert "3 balasan baru di Topik topic-1" in mail.text
    assert "Balasan baru di Topik topic-2" in mail.text
    assert mail.text.count("/forum/topic-1/") == 1
    assert reverse("notifications:inbox") in mail.text
    assert Digest.objects.get().mail == mail
    assert set(Notification.objects.values_list("mail", flat=True)) == {mail.pk}


def test_what_comes_late_waits_for_the_next_digest(reply: Kind, clock: Clock) -> None:
    """An event recorded just before seven and committed after the digest is not told twice."""
    _tell(reply, "post-1")
    clock.move(hours=19)
    compose_due()
    _tell(reply, "post-2")
    Notification.objects.filter(mail=None).update(due_at=clock.moment)
    compose_due()
    assert Mail.objects.count() == 1
    clock.move(days=1)
    compose_due()
    assert Mail.objects.count() == 2
    assert Notification.objects.filter(mail=None).count() == 0


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_jumps_a_day_and_back(reply: Kind, clock: Clock, days: int) -> None:
    _tell(reply, "post-1")
    clock.move(hours=19, days=days)
    compose_due()
    clock.move(days=-days)
    _tell(reply, "post-2")
    compose_due()
    for _ in range(4):
        clock.move(days=1)
        compose_due()
    mails = list(Mail.objects.order_by("pk"))
    for number in (1, 2):
        row = Notification.objects.get(event__item=f"post-{number}")
        assert sum(row.mail_id == mail.pk for mail in mails) == 1
    assert _pending() == 0


def test_days_without_a_worker_make_one_digest(reply: Kind, clock: Clock) -> None:
    for number in range(4):
        _tell(reply, f"post-{number}")
        clock.move(days=1)
    compose_due()
    assert "4 balasan baru" in Mail.objects.get().text


def test_daily_and_weekly_are_two_mails(siti: User, clock: Clock) -> None:
    board = Board(followers=[siti.pk])
    daily, weekly = board.kind("uji.harian"), board.kind("uji.mingguan", Choice.WEEKLY)
    with declared(daily, weekly):
        _tell(daily, "post-1")
        _tell(weekly, "post-2")
        clock.move(days=7)
        compose_due()
        subjects = sorted(Mail.objects.values_list("subject", flat=True))
        assert [subject.split(":")[0] for subject in subjects] == [
            "Ringkasan harian",
            "Ringkasan mingguan",
        ]
        assert Digest.objects.count() == 2


def test_a_digest_keeps_to_what_fits(reply: Kind, clock: Clock) -> None:
    for number in range(103):
        _tell(reply, "post-1", subject=f"topic-{number}")
    clock.move(days=1)
    compose_due()
    mail = Mail.objects.get()
    assert mail.text.count("Balasan baru di") == 100
    assert "Ada 3 pokok lain" in mail.text
    assert Notification.objects.filter(mail=mail).count() == 103


def test_a_long_run_ends_and_asks_for_another(reply: Kind, board: Board, clock: Clock) -> None:
    board.followers += [make_user(f"p{n}@contoh.example", f"P {n}").pk for n in range(5)]
    _tell(reply, "post-1")
    clock.move(hours=19)
    empty_queue()
    compose_due(seconds=0)
    assert Mail.objects.count() == 0
    assert [job.scheduled_at for job in waiting_jobs("notifications.jobs.compose")] == [None]
    run_jobs()
    assert Digest.objects.count() == 6


def test_what_is_late_does_not_wait_longer_for_another_choice(
    at_once: Kind, siti: User, clock: Clock
) -> None:
    weekly = Board(followers=[siti.pk]).kind("uji.mingguan", Choice.WEEKLY)
    with declared(weekly):
        _tell(weekly, "post-1")
        clock.move(days=7)
        choose(siti, {at_once.name: Choice.INBOX})
        compose_due()
        assert Mail.objects.get().subject.startswith("Ringkasan mingguan")


def test_new_hours_move_what_waits(reply: Kind, siti: User, clock: Clock) -> None:
    _tell(reply, "post-1")
    choose_hours(MailHours(user=siti, zone="", digest_at="13:00", digest_weekday=0))
    clock.move(hours=1)
    compose_due()
    assert Mail.objects.count() == 1
