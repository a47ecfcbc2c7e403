"""From the event to the mailbox with workers killed at any moment: each told of once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.notices import NEW_DEVICE
from accounts.notices import subject_of as account_of
from epk.lib.notices import notify
from notifications.models import Digest, Event, Notification
from registry.notices import RECORD_CHANGED
from registry.notices import subject_of as record_of
from tests.factories import make_officer, make_user
from tests.mail_server import MailServer
from tests.notifications.test_kills import all_sent, has_arrived, let_a_minute_pass
from tests.notifications.test_worker import start, stop, until  # noqa: F401
from tests.processes import Program

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PEOPLE = 20
DEVICES, CHANGES = 8, 6
KILLS_AFTER = (10, 70, 130)
"""Letters that have arrived when a worker is killed."""


@pytest.fixture
def people() -> list[User]:
    found = []
    for number in range(PEOPLE):
        user = make_user(f"p{number}@contoh.example", f"P {number}")
        officer = make_officer(f"Petugas {number}", nip=None)
        officer.user = user
        officer.save(update_fields=["user"])
        found.append(user)
    return found


def _tell(people: list[User]) -> None:
    for number in range(DEVICES):
        for user in people:
            facts = {"device": f"Peramban {number}", "address": "192.0.2.1"}
            notify(NEW_DEVICE, subject=account_of(user), item=f"masuk-{number}", facts=facts)
    for number in range(CHANGES):
        for user in people:
            facts = {"fields": f"Bagian {number}"}
            notify(
                RECORD_CHANGED, subject=record_of(user.officer), item=f"versi-{number}", facts=facts
            )
    # It is the time of the digest.
    Notification.objects.for_digests().update(due_at=timezone.now())


def _let_a_minute_pass() -> None:
    let_a_minute_pass()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES"
            " ('default', 'notifications.jobs.compose_regularly', '{\"timestamp\": 1}', 'todo')"
        )


def _all_told() -> bool:
    return not Notification.objects.pending().exists() and all_sent()


def test_each_event_is_told_once_whatever_is_killed(
    smtp: MailServer,
    start: Callable[[], Program],  # noqa: F811
    people: list[User],
) -> None:
    _tell(people)
    programs = [start(), start(), start()]
    chance = random.Random(20261124)
    for letters in KILLS_AFTER:
        _let_a_minute_pass()
        until(partial(has_arrived, smtp, letters), programs[0], 60)
        victim = programs.pop(chance.randrange(3))
        victim.process.kill()
        victim.process.wait()
        programs.append(start())
    _let_a_minute_pass()
    until(_all_told, programs[0], 90)
    for program in programs:
        stop(program)
    assert Event.objects.count() == PEOPLE * (DEVICES + CHANGES)
    assert Digest.objects.count() == PEOPLE
    arrived = Counter(letter.message_id for letter in smtp.letters)
    assert len(arrived) == PEOPLE * (DEVICES + 1)
    assert sum(arrived.values()) - len(arrived) <= 3 * len(KILLS_AFTER)
    for user in people:
        texts = list(dict.fromkeys(letter.text for letter in smtp.to(user.email)))
        told = [text for text in texts if "Peramban" in text]
        assert [f"Peramban {number}" in told[number] for number in range(DEVICES)] == [True] * 8
        (digest,) = [text for text in texts if "Peramban" not in text]
        assert f"{CHANGES} kali admin mengubah" in digest
