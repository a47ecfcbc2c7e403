"""A circular to thousands of officers: frozen at once, its pages no slower for it."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from news.actions import circulars as acts
from news.actions.reminding import tell_of_circulars
from news.models import Circular, Reader
from notifications.models import Notification
from registry.models import Unit
from tests.factories_bulk import make_officers
from tests.news.made_circulars import make_draft, make_lina

pytestmark = pytest.mark.django_db
OFFICERS = 2_000


def test_all_officers_are_asked(client: Client, agus: User, disnaker_indramayu: Unit) -> None:
    make_officers(OFFICERS, disnaker_indramayu)
    _give_accounts()
    version = make_draft(agus)
    lina = make_lina()
    acts.send_circular(version, seen=1, by=agus)
    begun = time.perf_counter()
    assert acts.let_out_circular(version, change="", seen=1, by=lina) == OFFICERS
    frozen = time.perf_counter() - begun
    circular = Circular.objects.get()
    assert Reader.objects.of_version(circular.asking_id).counts() == (OFFICERS, 0)
    tell_of_circulars()
    assert Notification.objects.filter(kind="news.circular").count() == OFFICERS
    client.force_login(agus)
    path = reverse("news:circular_progress", args=[circular.pk])
    times = []
    for query in ("", "?setelah=36000", "?provinsi=32"):
        begun = time.perf_counter()
        assert client.get(path + query).status_code == 200
        times.append(time.perf_counter() - begun)
    assert client.get(reverse("news:circular_progress_csv", args=[circular.pk])).status_code == 200
    assert frozen < 2
    assert max(times) < 0.5


def _give_accounts() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_user (email, name, password, is_active, is_superuser, date_joined,"
            " activated_at)"
            " SELECT 'p' || id || '@contoh.example', name, '!', true, false, now(), now()"
            " FROM registry_officer"
        )
        cursor.execute("ANALYZE accounts_user")
        cursor.execute("ANALYZE registry_officer")
        cursor.execute(
            "UPDATE registry_officer SET user_id = u.id FROM accounts_user u"
            " WHERE u.email = 'p' || registry_officer.id || '@contoh.example'"
        )
        cursor.execute("ANALYZE")
