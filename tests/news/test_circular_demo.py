"""The circulars of the demo: one mostly read, one fresh, written once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from news.demo.circulars import LETTERS, fill_circulars
from news.models import Circular, Reader
from registry.models import Unit
from tests.factories import make_officer

pytestmark = pytest.mark.django_db


def test_one_is_mostly_read_and_one_is_fresh(
    agus: User, admin: User, siti: User, disnaker_indramayu: Unit
) -> None:
    for number in range(20):
        make_officer(f"Petugas {number}", unit=disnaker_indramayu)
    today = timezone.localdate()
    assert fill_circulars(today) == 42
    assert fill_circulars(today) == 0
    old, fresh = Circular.objects.order_by("pk")
    assert Reader.objects.of_version(old.asking_id).counts() == (21, 20)
    assert Reader.objects.of_version(fresh.asking_id).counts() == (21, 0)
    assert fresh in Circular.objects.addressed_to(siti).unread_by(siti)
    assert fresh.live is not None
    assert fresh.live.deadline == today + dt.timedelta(days=LETTERS[1].deadline)


def test_without_its_cast_there_is_nothing(siti: User) -> None:
    assert fill_circulars(timezone.localdate()) == 0
    assert not Circular.objects.exists()
