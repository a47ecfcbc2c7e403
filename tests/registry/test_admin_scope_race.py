"""An officer goes to another province at the very moment that the old one saves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from registry.models import Officer
from tests.registry.admin_forms import filled
from tests.registry.two_provinces import Side, move, page

pytestmark = pytest.mark.django_db(transaction=True)


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def moved_once_someone_waits(side: Side) -> Iterator[None]:
    """The Ditjen holds the officer's row, and moves the officer while another save waits for it."""
    locked = threading.Event()
    waited: list[bool] = []

    def hold_and_move() -> None:
        try:
            with transaction.atomic():
                officer = Officer.objects.select_for_update().get(pk=side.own.officer.pk)
                locked.set()
                deadline = time.monotonic() + 20
                while not someone_waits() and time.monotonic() < deadline:
                    time.sleep(0.02)
                waited.append(someone_waits())
                move(officer, side.other.unit)
        finally:
            locked.set()
            connection.close()

    thread = threading.Thread(target=hold_and_move)
    thread.start()
    locked.wait()
    yield
    thread.join()
    assert waited == [True]


@pytest.mark.parametrize("name", ["change", "delete"])
def test_who_waited_for_the_row_is_told_that_it_is_not_found(side: Side, name: str) -> None:
    form = page("officer_change", side.own.officer.pk)
    data = filled(side.client, form, reason="SK baru", birth_place="Tempat Baru") | {"post": "yes"}
    with moved_once_someone_waits(side):
        response = side.client.post(page(f"officer_{name}", side.own.officer.pk), data)
    assert response.status_code == 404
    side.own.officer.refresh_from_db()
    assert side.own.officer.birth_place != "Tempat Baru"
