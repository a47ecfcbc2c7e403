"""Workers killed at any moment: every mail arrives, in order, and hardly any twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone

from notifications.models import Mail
from tests.mail_server import MailServer
from tests.notifications.test_worker import start, stop, until  # noqa: F401
from tests.processes import Program

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PEOPLE = [f"p{number}@contoh.example" for number in range(30)]
MAILS_EACH = 10
KILLS_AFTER = (40, 110, 190)
"""Letters that have arrived when a worker is killed."""


def let_a_minute_pass() -> None:
    """What was put off while it was tried is due, and the clock asks for forgotten lanes."""
    Mail.objects.waiting().update(next_try=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES"
            " ('default', 'notifications.jobs.find_forgotten', '{\"timestamp\": 1}', 'todo')"
        )


def all_sent() -> bool:
    return not Mail.objects.exclude(state="terkirim").exists()


def has_arrived(smtp: MailServer, letters: int) -> bool:
    return len(smtp.letters) >= letters


def test_300_mails_and_three_kills(
    smtp: MailServer,
    start: Callable[[], Program],  # noqa: F811
) -> None:
    for number in range(MAILS_EACH):
        for person in PEOPLE:
            send_mail(f"Surat {number}", "Isi.", "Portal <portal@contoh.example>", [person])
    programs = [start(), start()]
    chance = random.Random(20261124)
    for letters in KILLS_AFTER:
        until(partial(has_arrived, smtp, letters), programs[0], 60)
        victim = programs.pop(chance.randrange(2))
        victim.process.kill()
        victim.process.wait()
        programs.append(start())
        let_a_minute_pass()
    until(all_sent, programs[0], 60)
    for program in programs:
        stop(program)
    arrived = Counter(letter.message_id for letter in smtp.letters)
    assert len(arrived) == len(PEOPLE) * MAILS_EACH
    # A killed worker had up to one mail of each lane under way.
    assert sum(arrived.values()) - len(arrived) <= 3 * len(KILLS_AFTER)
    for person in PEOPLE:
        subjects = list(dict.fromkeys(letter.subject for letter in smtp.to(person)))
        assert subjects == [f"Surat {number}" for number in range(MAILS_EACH)], person
