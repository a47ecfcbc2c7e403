"""`/readyz` tells how the mail stands, and is ready whatever that is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.notices import NEW_DEVICE, subject_of
from epk.lib.jobs import enqueue
from epk.lib.notices import notify
from notifications.models import Mail, Outage
from tests.clock import Clock
from tests.jobs import empty_queue, run_jobs
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db


def ask(client: Client) -> Any:
    answer = client.get(reverse("readyz"))
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    return answer.json()["mail"]


def test_the_queue_is_told(client: Client, siti: User, clock: Clock) -> None:
    def jobs() -> dict[str, Any]:
        body: dict[str, Any] = client.get(reverse("readyz")).json()["jobs"]
        return body

    nothing: dict[str, Any] = {"waiting": 0, "oldest_due_seconds": None, "failed": 0}
    nothing |= {"untold_seconds": None, "untellable": 0}
    assert jobs() == nothing
    notify(NEW_DEVICE, subject=subject_of(siti), item="1", facts={"device": "x", "address": "y"})
    assert jobs()["waiting"] == 1
    empty_queue()
    for minutes in (0, 5):
        at = clock.moment + dt.timedelta(minutes=minutes)
        enqueue("notifications.jobs.compose", at=at)
    clock.move(minutes=3)
    assert jobs() == nothing | {"waiting": 1, "oldest_due_seconds": 180, "untold_seconds": 180}


def test_nothing_to_tell(client: Client) -> None:
    assert ask(client) == {
        "waiting": 0,
        "oldest_due_seconds": None,
        "failed_last_day": 0,
        "server_away_seconds": None,
    }


def test_a_mail_server_that_is_away_is_told_and_the_portal_is_ready(
    client: Client, smtp: MailServer
) -> None:
    send_mail("Halo", "Isi.", "a@contoh.example", ["siti@contoh.example"])
    smtp.stop()
    run_jobs()
    earlier = timezone.now() - dt.timedelta(minutes=10)
    Mail.objects.update(next_try=earlier)
    Outage.objects.update(since=earlier)
    told = ask(client)
    assert told["waiting"] == 1
    assert 600 <= told["oldest_due_seconds"] < 700
    assert 600 <= told["server_away_seconds"] < 700


def test_what_failed_lately_is_counted_and_no_name_is_told(client: Client) -> None:
    now = timezone.now()
    for number, hours in enumerate((1, 23, 25)):
        send_mail("Halo", "Isi.", "a@contoh.example", [f"p{number}@contoh.example"])
        Mail.objects.filter(recipient=f"p{number}@contoh.example").update(
            state="gagal", next_try=None, failed_at=now - dt.timedelta(hours=hours)
        )
    assert ask(client)["failed_last_day"] == 2
    assert "contoh" not in client.get(reverse("readyz")).content.decode()


def test_a_mail_that_is_put_off_is_not_late(client: Client) -> None:
    send_mail("Halo", "Isi.", "a@contoh.example", ["siti@contoh.example"])
    Mail.objects.update(next_try=timezone.now() + dt.timedelta(hours=1))
    told = ask(client)
    assert (told["waiting"], told["oldest_due_seconds"]) == (1, None)
