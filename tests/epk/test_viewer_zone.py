"""Times by the clock of the place where the viewer serves, and by Jakarta's for everyone else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.notices import ROLE_CHANGED, subject_of
from epk.lib import mail
from epk.lib.notices import notify
from epk.lib.zones import SESSION_KEY, shown_in
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


def test_the_day_is_the_same_for_the_whole_country(budi: User, clock: Clock) -> None:
    """At 00.30 in Papua it is still the day before in Jakarta: rights begin for all at once."""
    clock.move(hours=10, minutes=30)
    client = Client()
    client.post(reverse("account_login"), {"username": budi.email, "password": PASSWORD})
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    grant = {"role": RoleGrant.Role.ADMIN_DITJEN, "valid_from": tomorrow}
    RoleGrant.objects.create(user=budi, reason="SK", **grant)
    assert client.get(reverse("admin:index")).status_code == 403


def test_a_zone_that_is_none_is_passed_over(siti: User) -> None:
    client = Client()
    client.post(reverse("account_login"), {"username": siti.email, "password": PASSWORD})
    session = client.session
    session[SESSION_KEY] = "Asia/../../etc"
    session.save()
    assert client.get(reverse("notifications:inbox")).status_code == 200


def test_mails_do_not_follow_whoever_causes_them(clock: Clock) -> None:
    with shown_in("Asia/Jayapura"):
        letter = mail.render(
            "accounts/mail/security_notice.txt",
            {"name": "Siti", "sentence": "Sandi diganti.", "now": clock.moment},
        )
    assert "12.00 WIB" in letter.text
