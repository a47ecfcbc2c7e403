"""Telling people of an event: who gets a row, when its mail is due, and once only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from epk.lib.notices import Choice, Kind, Ref, Seen, declare, kinds, notify
from notifications.actions import choose, compose_due
from notifications.models import Event, Mail, MailHours, Notification
from tests.clock import Clock
from tests.factories import make_user
from tests.jobs import waiting_jobs
from tests.notifications.kinds import Board, declared

COMPOSE = "notifications.jobs.compose"


@pytest.fixture
def board(siti: User, budi: User) -> Board:
    return Board(followers=[siti.pk, budi.pk])


@pytest.fixture
def reply(board: Board) -> Iterator[Kind]:
    kind = board.kind()
    with declared(kind):
        yield kind


def test_the_same_event_is_told_once(reply: Kind, siti: User, budi: User) -> None:
    for _ in range(3):
        notify(reply, subject="topic-1", item="post-2")
    assert Event.objects.count() == 1
    assert set(Notification.objects.values_list("recipient", flat=True)) == {siti.pk, budi.pk}
    notify(reply, subject="topic-1", item="post-3")
    assert Notification.objects.count() == 4


def test_neither_the_actor_nor_closed_accounts_nor_strangers(
    reply: Kind, board: Board, siti: User, budi: User, dewi: User
) -> None:
    board.followers += [10**12, siti.pk, dewi.pk]
    User.objects.filter(pk=dewi.pk).update(is_active=False)
    notify(reply, subject="topic-1", item="post-2", by=budi)
    assert [row.recipient for row in Notification.objects.all()] == [siti]


def test_whoever_chose_nothing_gets_no_row(reply: Kind, siti: User, budi: User) -> None:
    choose(siti, {reply.name: Choice.NONE})
    choose(budi, {reply.name: Choice.INBOX})
    notify(reply, subject="topic-1", item="post-2")
    row = Notification.objects.get()
    assert (row.recipient, row.span, row.due_at) == (budi, "", None)
    assert waiting_jobs(COMPOSE) == []


@pytest.mark.usefixtures("clock")
def test_a_digest_is_due_by_the_clock_of_the_place(
    reply: Kind, board: Board, siti: User, budi: User
) -> None:
    """Siti serves in Indramayu, Budi in Papua; a zone that was chosen goes before the place."""
    board.followers = [siti.pk, budi.pk]
    seven = dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC)
    notify(reply, subject="topic-1", item="post-2")
    due = dict(Notification.objects.values_list("recipient", "due_at"))
    assert due[siti.pk] == seven.replace(tzinfo=ZoneInfo("Asia/Jakarta"))
    assert due[budi.pk] == seven.replace(tzinfo=ZoneInfo("Asia/Jayapura"))
    MailHours.objects.create(user=siti, zone=MailHours.Zone.WITA)
    notify(reply, subject="topic-1", item="post-3")
    later = Notification.objects.filter(recipient=siti).latest("pk")
    assert later.due_at == seven.replace(tzinfo=ZoneInfo("Asia/Makassar"))


def test_at_once_asks_for_a_mail_now_or_after_the_quiet_hours(
    reply: Kind, board: Board, siti: User, clock: Clock
) -> None:
    board.followers = [siti.pk]
    choose(siti, {reply.name: Choice.AT_ONCE})
    notify(reply, subject="topic-1", item="post-2")
    assert Notification.objects.latest("pk").due_at == clock.moment
    assert len(waiting_jobs(COMPOSE)) == 1
    clock.move(hours=10)
    notify(reply, subject="topic-1", item="post-3")
    expected = dt.datetime(2026, 11, 25, 6, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert Notification.objects.latest("pk").due_at == expected
    assert len(waiting_jobs(COMPOSE)) == 1


def test_required_mail_knows_no_quiet_hours_and_no_choice(
    board: Board, siti: User, clock: Clock
) -> None:
    board.followers = [siti.pk]
    made = board.kind("uji.wajib", Choice.AT_ONCE)
    kind = Kind(**{**vars(made), "fixed": True})
    clock.move(hours=11)
    with declared(kind):
        choose(siti, {kind.name: Choice.NONE})
        notify(kind, subject="akun-1", item="masuk-1")
        row = Notification.objects.get()
        assert row.due_at == clock.moment


def test_telling_many_costs_no_more_queries_than_telling_two(reply: Kind, board: Board) -> None:
    def queries(item: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            notify(reply, subject="topic-1", item=item)
        return len(captured)

    few = queries("post-1")
    board.followers += [make_user(f"p{n}@contoh.example", f"P {n}").pk for n in range(40)]
    assert queries("post-2") == few
    assert Notification.objects.filter(event__item="post-2").count() == 42


def test_an_address_nobody_has_confirmed_gets_no_mail(
    reply: Kind, siti: User, budi: User, clock: Clock
) -> None:
    """The account was never activated: the admin may have mistyped its address."""
    User.objects.filter(pk=siti.pk).update(activated_at=None)
    notify(reply, subject="topic-1", item="post-1")
    due = dict(Notification.objects.values_list("recipient", "due_at"))
    assert due[siti.pk] is None
    assert due[budi.pk] is not None
    User.objects.filter(pk=budi.pk).update(activated_at=None)
    clock.move(days=2)
    compose_due()
    assert Mail.objects.count() == 0


def test_facts_that_a_sentence_lacks_are_missed_at_once(board: Board) -> None:
    kind = Kind(**{**vars(board.kind("uji.fakta")), "one": "{what}", "sample": {"what": "x"}})
    with pytest.raises(KeyError, match="what"):
        notify(kind, subject="topic-1", item="post-1", facts={"other": "y"})


@pytest.mark.parametrize("subject", ["", "x" * 81])
def test_a_subject_that_fits_nowhere_is_refused(reply: Kind, subject: str) -> None:
    with pytest.raises(ValueError, match="1 to 80 characters"):
        notify(reply, subject=subject, item="post-1")
    assert Event.objects.count() == 0


def test_an_undone_change_tells_nobody(reply: Kind) -> None:
    with transaction.atomic():
        notify(reply, subject="topic-1", item="post-2")
        transaction.set_rollback(True)
    assert Notification.objects.count() == 0
    assert Event.objects.count() == 0


def test_a_declaration_that_cannot_be_told_is_refused() -> None:
    board = Board()
    with declared(board.kind()):
        with pytest.raises(ValueError, match="declared twice"):
            declare(board.kind())
        with pytest.raises(KeyError, match="writer"):
            declare(Kind(**{**vars(board.kind("uji.lain")), "one": "{writer} menulis"}))
        with pytest.raises(ValueError, match="1 to 60 characters"):
            declare(board.kind("x" * 61))


def test_the_kinds_of_the_portal_can_be_said() -> None:
    """Each has sentences that its sample fills, and a heading and a label in the preferences."""
    assert {kind.name for kind in kinds()} >= {
        "accounts.new_device",
        "accounts.role_changed",
        "registry.record_changed",
    }
    for kind in kinds():
        for count in (1, 2):
            sentence = kind.say("Judul", kind.sample or {}, count)
            assert sentence
            assert "{" not in sentence
        assert kind.label
        assert kind.group


def test_facts_cannot_play_with_the_sentence(board: Board) -> None:
    kind = Kind(**{**vars(board.kind("uji.fakta")), "one": "{what} {title}"})
    assert kind.say("{count}", {"what": "{title.__class__}"}) == "{title.__class__} {count}"
    assert Seen("a", "/") == Seen("a", "/")
    assert Ref("a", "b") != Ref("a", "c")
