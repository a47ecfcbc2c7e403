"""Several workers at once: one digest a day, one mail an event, in the order of the events."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts.models import User
from epk.lib.notices import Choice, Kind, notify
from notifications.actions import choose, compose_due, mark_read
from notifications.models import Digest, Mail, Notification
from tests.factories import make_user
from tests.jobs import waiting_jobs
from tests.notifications.kinds import Board, declared

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


@pytest.fixture
def people() -> list[User]:
    return [make_user(f"p{number}@contoh.example", f"P {number}") for number in range(12)]


@pytest.fixture
def kinds(people: list[User]) -> Iterator[tuple[Kind, Kind]]:
    board = Board(followers=[person.pk for person in people])
    daily, at_once = board.kind(), board.kind("uji.segera", Choice.AT_ONCE)
    with declared(daily, at_once):
        yield daily, at_once


def _at_once(*tasks: Callable[[], object]) -> list[BaseException]:
    """All of them begun at the same moment, each in a connection of its own."""
    gate, faults = threading.Barrier(len(tasks)), list[BaseException]()

    def run(task: Callable[[], object]) -> None:
        try:
            gate.wait()
            task()
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def _make_due() -> None:
    Notification.objects.pending().update(due_at=timezone.now())


def test_three_workers_make_one_digest_a_day(people: list[User], kinds: tuple[Kind, Kind]) -> None:
    daily, _ = kinds
    for number in range(5):
        notify(daily, subject=f"topic-{number}", item="post-1")
    _make_due()
    assert _at_once(compose_due, compose_due, compose_due) == []
    assert Mail.objects.count() == Digest.objects.count() == len(people)
    assert all(
        text.count("Balasan baru di") == 5 for text in Mail.objects.values_list("text", flat=True)
    )
    assert Notification.objects.pending().count() == 0


def test_three_workers_write_each_mail_once_and_in_order(
    people: list[User], kinds: tuple[Kind, Kind]
) -> None:
    _, at_once = kinds
    for number in range(30):
        notify(at_once, subject="topic-1", item=f"post-{number:02}")
    _make_due()
    for _ in range(20):  # a run ends after five seconds, done or not
        assert _at_once(compose_due, compose_due, compose_due) == []
        if not Notification.objects.pending().exists():
            break
    assert Mail.objects.count() == 30 * len(people)
    rows = Notification.objects.of(people[0].pk).order_by("event")
    mails = list(rows.values_list("mail", flat=True))
    assert mails == sorted(mails)


def test_reading_choosing_and_composing_at_once(
    people: list[User], kinds: tuple[Kind, Kind]
) -> None:
    """Nobody waits for each other for ever, and nothing is told twice."""
    daily, at_once = kinds
    for number in range(40):
        notify(daily, subject="topic-1", item=f"post-{number}")
        notify(at_once, subject="topic-1", item=f"post-{number}")
    _make_due()
    newest = Notification.objects.latest("pk").pk
    one = people[0]
    tasks: list[Callable[[], object]] = [compose_due, compose_due]
    for _ in range(2):
        tasks.append(lambda: mark_read(one, up_to=newest))
        tasks.append(
            lambda: choose(one, {daily.name: Choice.AT_ONCE, at_once.name: Choice.AT_ONCE})
        )
    assert _at_once(*tasks) == []
    for _ in range(20):  # a run ends after five seconds, done or not
        _make_due()
        compose_due()
        if not Notification.objects.pending().exists():
            break
    assert Notification.objects.filter(mail=None).count() == 0
    assert Notification.objects.of(one.pk).unread().count() == 0


def test_looks_for_rows_that_somebody_holds_do_not_pile_up(
    people: list[User], kinds: tuple[Kind, Kind]
) -> None:
    _, at_once = kinds
    notify(at_once, subject="topic-1", item="post-1")
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Notification.objects.select_for_update().values_list("pk", flat=True))
            held.set()
            over.wait(20)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    for _ in range(4):
        compose_due()
    waiting = len(waiting_jobs("notifications.jobs.compose"))
    over.set()
    holder.join()
    assert waiting == 1
    compose_due()
    assert Mail.objects.count() == len(people)


def test_an_event_told_by_two_requests_at_once_is_one(
    people: list[User], kinds: tuple[Kind, Kind]
) -> None:
    daily, _ = kinds

    def tell() -> None:
        notify(daily, subject="topic-1", item="post-1")

    assert _at_once(*[tell] * 6) == []
    assert Notification.objects.count() == len(people)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notifications_event")
        assert cursor.fetchone() == (1,)
