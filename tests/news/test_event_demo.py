"""The events of the demo: as product.md tells of 2018, one open, one full with a waiting list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.demo import fill_events
from news.models import Event, SessionFile
from registry.models import Unit
from tests.news.made_events import make_officers_with_accounts

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("siti", "budi")
def test_three_events(client: Client, agus: User, disnaker_indramayu: Unit) -> None:
    make_officers_with_accounts(12, disnaker_indramayu)
    assert fill_events(on=timezone.localdate()) == 3
    assert fill_events(on=timezone.localdate()) == 0
    workshop, with_seats, full = Event.objects.order_by("pk")
    assert workshop.starts_at.astimezone(timezone.get_current_timezone()).date() == dt.date(
        2018, 5, 7
    )
    assert workshop.attended_by == 125
    assert SessionFile.objects.filter(session__event=workshop).count() == 4
    assert with_seats.quota is not None
    assert with_seats.seats_taken < with_seats.quota
    assert with_seats.registrations.filter(state="diajukan").count() == 1
    assert full.seats_taken == full.quota
    assert full.registrations.waiting().count() >= 1
    for event in (workshop, with_seats, full):
        page = client.get(reverse("news:event", args=[event.slug]))
        assert page.status_code == 200
        for row in SessionFile.objects.filter(session__event=event):
            path = reverse("news:file", args=[row.file.key])
            assert client.get(path)["Content-Type"] == "application/pdf"
