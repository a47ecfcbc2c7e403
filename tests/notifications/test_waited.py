"""Mails that waited for the server: only what may still be seen and is still wanted goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.mail import send_mail

from accounts.models import User
from epk.lib.notices import Choice, Kind, notify
from notifications.actions import choose, choose_hours, compose_due, retry_failed
from notifications.delivery import CUT_OFF, NOT_WANTED, look_after_lanes
from notifications.models import Digest, Mail, MailHours, Notification
from notifications.waited import UNJUDGED
from tests.clock import Clock
from tests.jobs import run_jobs
from tests.mail_server import MailServer
from tests.notifications.kinds import Board, declared

SENDER = "Portal <portal@contoh.example>"


@pytest.fixture
def board(siti: User) -> Board:
    return Board(followers=[siti.pk])


@pytest.fixture
def at_once(board: Board) -> Iterator[Kind]:
    kind = board.kind("uji.segera", Choice.AT_ONCE)
    with declared(kind):
        yield kind


@pytest.fixture
def daily(board: Board) -> Iterator[Kind]:
    kind = board.kind("uji.harian")
    with declared(kind):
        yield kind


def _tell(kind: Kind, *items: str) -> None:
    for item in items:
        notify(kind, subject=f"topic-{item}", item=item)


def _wait(smtp: MailServer, clock: Clock, minutes: float = 5) -> None:
    """Compose what is due while the server is away, which it is for so long."""
    smtp.stop()
    compose_due()
    run_jobs()
    clock.move(minutes=minutes)


def _back(smtp: MailServer) -> None:
    smtp.start()
    _look()


def _look() -> None:
    look_after_lanes()
    run_jobs()


def _digest(kind: Kind, clock: Clock, *items: str) -> Mail:
    """A digest of these events, written and not yet sent."""
    _tell(kind, *items)
    clock.move(days=1)
    compose_due()
    return Mail.objects.get()


# --- Mails of one event ------------------------------------------------------------------------------


def test_what_was_hidden_meanwhile_is_not_sent(
    smtp: MailServer, at_once: Kind, board: Board, clock: Clock
) -> None:
    _tell(at_once, "a", "b")
    _wait(smtp, clock)
    board.hidden.add("a")
    _back(smtp)
    assert "topic-b" in smtp.only().text
    cancelled = Mail.objects.get(state="dibatalkan")
    assert (cancelled.last_error, cancelled.attempts) == (NOT_WANTED, 0)


@pytest.mark.parametrize("choice", [Choice.NONE, Choice.INBOX])
def test_what_is_not_wanted_any_more_is_not_sent(
    smtp: MailServer, at_once: Kind, siti: User, clock: Clock, choice: Choice
) -> None:
    _tell(at_once, "a")
    _wait(smtp, clock)
    choose(siti, {at_once.name: choice})
    _back(smtp)
    assert not smtp.letters
    assert Mail.objects.get().state == "dibatalkan"
    assert Notification.objects.pending().count() == 0


def test_a_kind_that_is_gone_sends_nothing(smtp: MailServer, board: Board, clock: Clock) -> None:
    kind = board.kind("uji.lama", Choice.AT_ONCE)
    with declared(kind):
        _tell(kind, "a")
        _wait(smtp, clock)
    _back(smtp)
    assert not smtp.letters


def test_a_failed_mail_tried_again_by_hand_is_judged_each_time(
    smtp: MailServer, at_once: Kind, board: Board, siti: User, clock: Clock
) -> None:
    smtp.refusals[siti.email] = "554 5.7.1 Not now"
    _tell(at_once, "a")
    run_jobs()
    mail = Mail.objects.get(state="gagal")
    smtp.refusals.clear()
    clock.move(days=2)
    board.hidden.add("a")
    for _ in range(2):
        assert retry_failed(mail)
        run_jobs()
        mail.refresh_from_db()
        assert mail.state == "dibatalkan"
    assert not smtp.letters
    board.hidden.clear()
    assert retry_failed(mail)
    run_jobs()
    assert len(smtp.letters) == 1


def test_an_app_that_fails_keeps_the_mail_waiting_and_no_other(
    smtp: MailServer,
    at_once: Kind,
    board: Board,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    siti: User,
) -> None:
    other = Board(followers=[siti.pk]).kind("uji.lain", Choice.AT_ONCE)
    with declared(other):
        _tell(at_once, "rahasia")
        _tell(other, "b")
        _wait(smtp, clock)
        board.broken.add("rahasia")
        _back(smtp)
        assert "topic-b" in smtp.only().text
        mail = Mail.objects.get(state="menunggu")
        assert (mail.attempts, mail.last_error) == (0, UNJUDGED)
        assert "LookupError" in caplog.text
        assert "rahasia" not in caplog.text
        board.broken.clear()
        clock.move(minutes=6)
        _look()
        assert len(smtp.letters) == 2


def test_a_mail_just_written_costs_no_question(
    smtp: MailServer, at_once: Kind, board: Board, clock: Clock
) -> None:
    _tell(at_once, "a")
    compose_due()
    asked = board.asked
    clock.move(seconds=90)
    run_jobs()
    assert len(smtp.letters) == 1
    assert board.asked == asked


def test_what_is_required_is_never_judged(smtp: MailServer, board: Board, clock: Clock) -> None:
    kind = Kind(**{**vars(board.kind("uji.wajib", Choice.AT_ONCE)), "fixed": True})
    with declared(kind):
        _tell(kind, "a")
        _wait(smtp, clock)
        board.hidden.add("a")
        _back(smtp)
    assert len(smtp.letters) == 1


# --- Digests ---------------------------------------------------------------------------------------------


def test_a_digest_of_which_something_was_hidden_is_written_anew(
    smtp: MailServer, daily: Kind, board: Board, clock: Clock
) -> None:
    old = _digest(daily, clock, "a", "b", "c")
    _wait(smtp, clock)
    board.hidden.add("b")
    _back(smtp)
    letter = smtp.only()
    assert ["topic-a" in letter.text, "topic-b" in letter.text, "topic-c" in letter.text] == [
        True,
        False,
        True,
    ]
    old.refresh_from_db()
    assert (old.state, old.last_error, old.text, old.html) == ("dibatalkan", NOT_WANTED, "", "")
    assert Digest.objects.get().mail != old
    assert Notification.objects.pending().count() == 0
    assert not retry_failed(old), "it would tell of the others a second time"


def test_a_digest_of_which_nothing_is_left_is_not_sent(
    smtp: MailServer, daily: Kind, board: Board, clock: Clock
) -> None:
    _digest(daily, clock, "a", "b")
    _wait(smtp, clock)
    board.hidden |= {"a", "b"}
    _back(smtp)
    assert not smtp.letters
    assert Mail.objects.get().state == "dibatalkan"


def test_a_kind_not_wanted_any_more_leaves_the_digest(
    smtp: MailServer, daily: Kind, board: Board, siti: User, clock: Clock
) -> None:
    other = board.kind("uji.lain")
    with declared(other):
        _tell(other, "b")
        _digest(daily, clock, "a")
        _wait(smtp, clock)
        choose(siti, {daily.name: Choice.INBOX})
        asked = board.asked
        _back(smtp)
        assert "topic-b" in smtp.only().text
        assert "topic-a" not in smtp.only().text
        assert board.asked == asked + 2, "one question a kind: by the judge and by the composer"


@pytest.mark.parametrize(
    ("attempts", "error", "again"),
    [
        (0, "", 1),
        (0, UNJUDGED, 1),
        # Of earlier tries only the last error is known, and a retry by hand counts from nought.
        (0, "550 5.1.1 No such user", 0),
        (0, NOT_WANTED, 0),
        (2, "450 4.2.1 Mailbox busy", 0),
        (1, "", 0),
        (1, "Sambungan ke server surat terputus (SMTPServerDisconnected).", 0),
        (0, CUT_OFF, 0),
    ],
)
def test_what_may_have_arrived_is_not_told_again(
    smtp: MailServer,
    daily: Kind,
    board: Board,
    clock: Clock,
    attempts: int,
    error: str,
    again: int,
) -> None:
    """A worker killed after the server's answer leaves a mail waiting that has arrived."""
    _digest(daily, clock, "a", "b")
    _wait(smtp, clock)
    Mail.objects.update(attempts=attempts, last_error=error)
    board.hidden.add("b")
    _back(smtp)
    assert len(smtp.letters) == again
    assert Mail.objects.filter(state="dibatalkan").count() == 1


def test_the_digest_of_the_next_day_takes_what_is_put_back(
    smtp: MailServer, daily: Kind, board: Board, clock: Clock
) -> None:
    """The digests of two days wait; each event is told of once, in the end."""
    _digest(daily, clock, "a", "b")
    _wait(smtp, clock, minutes=1)
    _tell(daily, "c", "d")
    _wait(smtp, clock, minutes=dt.timedelta(days=1).total_seconds() / 60)
    compose_due()
    clock.move(minutes=5)
    board.hidden |= {"a", "c"}
    _back(smtp)
    for _ in range(3):
        clock.move(days=1)
        compose_due()
        _look()
    told = "\n".join(letter.text for letter in smtp.letters)
    assert [told.count(f"Topik topic-{item}") for item in "abcd"] == [0, 1, 0, 1]
    assert Notification.objects.pending().count() == 0


# --- Quiet hours ----------------------------------------------------------------------------------------


def _subjects(smtp: MailServer) -> list[str]:
    """Which of the topics were told of, in the order of arrival."""
    return [item for letter in smtp.letters for item in "abc" if f"topic-{item}" in letter.text]


def test_a_backlog_waits_for_the_morning_and_keeps_its_order(
    smtp: MailServer, at_once: Kind, siti: User, clock: Clock
) -> None:
    """From 12.00 to 19.59 WIB away, with one mail written in the last minute."""
    _tell(at_once, "a")
    _wait(smtp, clock, minutes=8 * 60 - 1)
    _tell(at_once, "b")
    compose_due()
    clock.move(minutes=1)
    send_mail("Wajib", "Isi.", SENDER, [siti.email])
    _back(smtp)
    assert [letter.subject for letter in smtp.letters] == ["Wajib"], "nobody waits with that"
    first, _second = Mail.objects.waiting().order_by("pk")
    assert (first.attempts, first.next_try - clock.moment) == (0, dt.timedelta(hours=10))
    clock.move(hours=9, minutes=59)
    _look()
    assert _subjects(smtp) == []
    _tell(at_once, "c")
    clock.move(minutes=1)
    compose_due()
    _look()
    assert _subjects(smtp) == ["a", "b", "c"]


def test_what_is_required_does_not_wait_behind_one_refused_and_put_off(
    smtp: MailServer, at_once: Kind, siti: User, clock: Clock
) -> None:
    smtp.refusals[siti.email] = "450 4.2.1 Mailbox busy"
    clock.move(hours=7, minutes=58)
    _tell(at_once, "a")
    compose_due()
    run_jobs()
    smtp.refusals.clear()
    clock.move(minutes=5)
    _look()
    send_mail("Wajib", "Isi.", SENDER, [siti.email])
    _look()
    assert [letter.subject for letter in smtp.letters] == ["Wajib"]
    clock.move(hours=10)
    _look()
    assert _subjects(smtp) == ["a"]


def test_long_quiet_hours_are_asked_after_twice(
    smtp: MailServer, at_once: Kind, siti: User, clock: Clock
) -> None:
    choose_hours(MailHours(user=siti, quiet_from=dt.time(13), quiet_until=dt.time(11)))
    _tell(at_once, "a")
    _wait(smtp, clock, minutes=90)
    _back(smtp)
    for _ in range(22):
        assert not smtp.letters
        clock.move(hours=1)
        _look()
    assert len(smtp.letters) == 1


def test_a_digest_goes_out_at_night_too(smtp: MailServer, daily: Kind, clock: Clock) -> None:
    _digest(daily, clock, "a")
    _wait(smtp, clock, minutes=11 * 60)
    _back(smtp)
    assert _subjects(smtp) == ["a"]


def test_the_clock_is_that_of_the_recipient(
    smtp: MailServer, at_once: Kind, board: Board, budi: User, clock: Clock
) -> None:
    """19.00 in Jakarta is 21.00 in Papua."""
    board.followers.append(budi.pk)
    _tell(at_once, "a")
    _wait(smtp, clock, minutes=7 * 60)
    _back(smtp)
    assert smtp.to(budi.email) == []
    assert len(smtp.letters) == 1
