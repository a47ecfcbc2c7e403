"""Times by the clock of the place where the viewer serves, and by Jakarta's for everyone else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.notices import ROLE_CHANGED, subject_of
from epk.lib.notices import notify
from notifications.models import Notification
from tests.clock import Clock
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def _inbox_of(user: User) -> str:
    facts = {"what": "ditambah", "role": "Redaksi"}
    notify(ROLE_CHANGED, subject=subject_of(user), item="1", facts=facts)
    client = Client()
    client.post(reverse("account_login"), {"username": user.email, "password": PASSWORD})
    return client.get(reverse("notifications:inbox")).content.decode()


def test_in_papua(budi: User, clock: Clock) -> None:
    assert clock.moment.hour == 5
    assert "14.00 WIT" in _inbox_of(budi)


def test_in_java(siti: User, clock: Clock) -> None:
    assert clock.moment.hour == 5
    assert "12.00 WIB" in _inbox_of(siti)


def test_for_those_who_serve_nowhere(rina: User, clock: Clock) -> None:
    assert clock.moment.hour == 5
    assert "12.00 WIB" in _inbox_of(rina)
    assert Notification.objects.count() == 1


def test_the_clock_of_one_request_is_not_that_of_the_next(
    client: Client, budi: User, rina: User, clock: Clock
) -> None:
    assert clock.moment.hour == 5
    assert "WIT" in _inbox_of(budi)
    assert "WIT" not in _inbox_of(rina)
    assert client.get(reverse("home")).status_code == 200
