"""Several at once, in real threads: each certificate once, numbers without gaps, one attendance."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.models import User
from news.actions import attendance, certificates, evaluation
from news.models import Attendance, Certificate, CertificateYear, Evaluation
from notifications.models import Event as Told
from registry.models import Training
from tests.news.made import make_editor
from tests.news.made_proof import (
    ANSWERS,
    evaluated,
    make_crowd,
    make_event,
    make_registration,
    present,
)

pytestmark = pytest.mark.django_db(transaction=True)


def together(*tasks: Callable[[], Any]) -> list[BaseException]:
    """Each in a thread with a connection of its own; the faults that came of it."""
    gate, faults = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            task()
        except BaseException as fault:  # noqa: BLE001  (told to the test)
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return faults


def test_two_editors_issue_the_same_at_once(agus: User) -> None:
    event, lina = make_event(ended=True), make_editor()
    for row in make_crowd(event, 6):
        present(row)
        evaluated(row)
    counts: list[int] = []
    tasks = [
        lambda who=who: counts.append(certificates.issue_certificates(event, by=who))
        for who in (agus, lina, agus, lina)
    ]
    assert together(*tasks) == []
    assert sorted(counts) == [0, 0, 0, 6]
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Training.objects.count() == 6
    assert Told.objects.filter(kind="news.certificate").count() == 6


def test_two_events_share_the_numbers_of_a_year(agus: User) -> None:
    """The same officers at both, so that the locks meet."""
    first, second = make_event(ended=True), make_event("Lain", ended=True)
    crowd = make_crowd(first, 5)
    others = [make_registration(row.officer.user, second) for row in reversed(crowd)]
    for row in (*crowd, *others):
        present(row)
        evaluated(row)
    assert (
        together(
            lambda: certificates.issue_certificates(first, by=agus),
            lambda: certificates.issue_certificates(second, by=agus),
        )
        == []
    )
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == list(range(1, 11))
    assert CertificateYear.objects.get().last_serial == 10


def test_one_code_scanned_twice_counts_once(siti: User, agus: User) -> None:
    event = make_event()
    found, session = make_registration(siti, event), event.sessions.get()
    lina = make_editor()
    new: list[bool] = []

    def scan(who: User, method: str) -> None:
        new.append(attendance.check_in(found, session, method=method, by=who)[1])

    assert (
        together(
            lambda: scan(agus, "qr"),
            lambda: scan(lina, "qr"),
            lambda: scan(siti, "mandiri"),
            lambda: attendance.check_in_list(session, [found.pk], by=agus),
        )
        == []
    )
    assert Attendance.objects.count() == 1
    assert new.count(True) <= 1


def test_one_revokes_once(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    found = make_registration(siti, event)
    present(found)
    evaluated(found)
    certificates.issue_certificates(event, by=agus)
    made = Certificate.objects.get()
    faults = together(
        *[
            lambda: certificates.revoke_certificate(made, reason="Salah orang.", by=agus)
            for _ in range(3)
        ]
    )
    assert [type(fault) for fault in faults] == [ValidationError] * 2
    assert not Training.objects.exists()


def test_the_form_sent_twice_is_one_evaluation(siti: User) -> None:
    found = make_registration(siti, make_event(ended=True))
    present(found)
    assert together(*[lambda: evaluation.evaluate(found, ANSWERS, by=siti) for _ in range(4)]) == []
    assert Evaluation.objects.count() == 1


def test_undoing_and_issuing_at_once_contradict_each_other_never(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    found = make_registration(siti, event)
    present(found)
    evaluated(found)
    together(
        lambda: certificates.issue_certificates(event, by=agus),
        lambda: attendance.undo_check_in(
            found, event.sessions.get(), reason="Orang lain.", by=agus
        ),
    )
    has_one = Certificate.objects.exists()
    assert Attendance.objects.standing().exists() is has_one
