"""The mail server is away for an hour in which people are told of things all the time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.notices import Choice, Kind, notify
from notifications import jobs
from notifications.models import Mail, Notification, Outage
from tests.clock import Clock
from tests.jobs import run_jobs
from tests.mail_server import MailServer
from tests.notifications.kinds import Board, declared

MINUTES = 60


@pytest.fixture
def people(siti: User, budi: User, rina: User) -> list[User]:
    return [siti, budi, rina]


@pytest.fixture
def at_once(people: list[User]) -> Iterator[Kind]:
    kind = Board([person.pk for person in people]).kind("uji.segera", Choice.AT_ONCE)
    with declared(kind):
        yield kind


def _tick(minute: int) -> None:
    """What the clock of the queue asks for each minute."""
    jobs.find_forgotten.func(minute)
    jobs.compose_regularly.func(minute)
    run_jobs()


@pytest.mark.django_db
def test_no_mail_loses_a_try_and_all_arrive_in_order(
    smtp: MailServer, people: list[User], at_once: Kind, clock: Clock, client: Client
) -> None:
    smtp.stop()
    client.force_login(people[0])
    for minute in range(MINUTES):
        notify(at_once, subject="topic-1", item=f"post-{minute:02}")
        _tick(minute)
        clock.move(minutes=1)
    assert client.get(reverse("notifications:inbox")).status_code == 200
    assert Notification.objects.unread().count() == MINUTES * len(people)
    assert set(Mail.objects.values_list("state", "attempts")) == {("menunggu", 0)}
    assert Outage.objects.exists()
    smtp.start()
    for minute in range(6):  # the longest pause, and one more
        _tick(minute)
        clock.move(minutes=1)
    assert not Outage.objects.exists()
    for person in people:
        told = [letter.text for letter in smtp.to(person.email)]
        assert len(told) == MINUTES
        assert [f"#post-{number:02}" in text for number, text in enumerate(told)] == [
            True
        ] * MINUTES
    assert set(Mail.objects.values_list("state", "attempts")) == {("terkirim", 1)}
