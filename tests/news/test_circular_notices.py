"""Who is told of a circular and reminded of it: once, at its moment, and never afterwards."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Ref
from news import jobs
from news.actions.reading import acknowledge
from news.actions.reminding import remind_of_circulars, tell_of_circulars
from news.erasure import forget_reader
from news.models import Circular, CircularVersion, Reader
from news.notices.circulars import CIRCULAR, REMINDER, item_of, subject_of
from notifications.models import Notification
from registry.models import Officer, StatusRecord
from tests.news.made_circulars import ask, make_circular

pytestmark = pytest.mark.django_db


def told(user: User, kind: str = "news.circular") -> int:
    return Notification.objects.filter(recipient=user, kind=kind).count()


def reminded(user: User) -> int:
    return told(user, REMINDER.name)


def ref_of(circular: Circular, step: int = 0) -> Ref:
    assert circular.asking is not None
    return Ref(subject_of(circular.asking), item_of(circular.asking, step))


def test_the_audience_is_told_once(siti: User, budi: User) -> None:
    make_circular([siti])
    assert (tell_of_circulars(), tell_of_circulars()) == (1, 0)
    jobs.tell_of_circulars(0)
    assert (told(siti), told(budi)) == (1, 0)


def test_when_its_moment_has_come(siti: User, clock: Any) -> None:
    make_circular([siti], published=timezone.now() + dt.timedelta(hours=1))
    assert tell_of_circulars() == 0
    clock.move(minutes=61)
    assert tell_of_circulars() == 1
    assert told(siti) == 1


@pytest.mark.parametrize("state", ["withdrawn", "kecil", "besar"])
def test_what_a_change_tells(siti: User, state: str) -> None:
    circular = make_circular([siti])
    tell_of_circulars()
    if state == "withdrawn":
        Circular.objects.update(withdrawn_at=timezone.now())
    else:
        CircularVersion.objects.update(state="lama")
        version = CircularVersion.objects.create(
            circular=circular, number=2, state="terbit", title="Dua", change=state
        )
        circular.live = version
        circular.asking = version if state == "besar" else circular.asking
        circular.save()
        if state == "besar":
            ask(circular, siti)
    tell_of_circulars()
    assert told(siti) == (2 if state == "besar" else 1)


def test_reminders_after_three_and_seven_days(siti: User, budi: User, clock: Any) -> None:
    circular = make_circular([siti, budi])
    tell_of_circulars()
    counts = []
    for _day in range(10):
        clock.move(days=1)
        counts.append(remind_of_circulars())
        jobs.remind_of_circulars(0)
        if len(counts) == 4:
            acknowledge(circular, version_id=circular.live_id or 0, by=budi)
    assert counts == [0, 0, 2, 0, 0, 0, 1, 0, 0, 0]
    assert (reminded(siti), reminded(budi)) == (2, 1)
    assert set(Reader.objects.values_list("user", "reminded")) == {(siti.pk, 2), (budi.pk, 1)}


def test_a_missed_reminder_is_not_made_up_for(siti: User, clock: Any) -> None:
    make_circular([siti])
    tell_of_circulars()
    clock.move(days=8)
    assert (remind_of_circulars(), remind_of_circulars()) == (1, 0)
    assert reminded(siti) == 1


@pytest.mark.parametrize("end", ["read", "withdrawn", "retired", "closed", "role"])
def test_who_is_reminded_no_more(
    request: pytest.FixtureRequest, siti: User, dewi: User, clock: Any, end: str
) -> None:
    user = dewi if end == "role" else siti
    circular = make_circular([user])
    tell_of_circulars()
    clock.move(days=4)
    officer = Officer.objects.filter(user=siti).get()
    if end == "read":
        acknowledge(circular, version_id=circular.live_id or 0, by=siti)
    elif end == "withdrawn":
        Circular.objects.update(withdrawn_at=timezone.now())
    elif end == "retired":
        today = timezone.localdate()
        StatusRecord.objects.create(officer=officer, status="pensiun", since=today)
    elif end == "closed":
        User.objects.filter(pk=siti.pk).update(is_active=False)
    else:
        RoleGrant.objects.filter(user=dewi).update(valid_until=dt.date(2026, 1, 1))
    assert remind_of_circulars() == 0
    assert reminded(user) == 0


def test_what_is_seen_of_it(siti: User, budi: User) -> None:
    circular = make_circular([siti])
    refs = [ref_of(circular), ref_of(circular, 1), Ref("edaran-x", "versi-1"), Ref("topic-1", "x")]
    assert set(CIRCULAR.seen(siti, refs)) == set(refs[:2])
    assert set(REMINDER.seen(siti, refs[1:])) == {refs[1]}
    assert not CIRCULAR.seen(budi, refs)
    acknowledge(circular, version_id=circular.live_id or 0, by=siti)
    assert set(CIRCULAR.seen(siti, refs)) == {refs[0]}
    assert not REMINDER.seen(siti, refs[1:]), (
        "a mail that waits for the morning is not sent any more"
    )
    Circular.objects.update(withdrawn_at=timezone.now())
    assert not CIRCULAR.seen(siti, refs)


def test_an_erased_reader_is_a_number(siti: User, budi: User) -> None:
    make_circular([siti, budi])
    forget_reader(siti, {siti.name})
    assert sorted(Reader.objects.values_list("name", flat=True)) == ["", budi.name]
    assert Reader.objects.get(user=siti).unit == ""


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(siti: User) -> None:
    make_circular([siti])
    gate, counts = threading.Barrier(4), list[int]()

    def run() -> None:
        gate.wait()
        try:
            counts.append(tell_of_circulars())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 1]
    assert told(siti) == 1
