"""Who takes part in an event, as editors see it: on the page, as a table, on paper; what that costs."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.presenters import events_for_editor
from registry.models import Officer, Unit
from tests.news.made import make_picture
from tests.news.made_events import (
    DAY,
    make_event,
    make_officers_with_accounts,
    make_registration,
    make_session,
    officer_of,
)
from tests.news.test_event_desk import html_of

pytestmark = pytest.mark.django_db
FORMS = ("event_edit", "event_preview", "event_cancel", "event_session_new", "event_people")


def test_the_table_keeps_formulas_as_text(client: Client, agus: User, siti: User) -> None:
    made = make_event()
    officer = officer_of(siti)
    Officer.objects.filter(pk=officer.pk).update(name="=HYPERLINK(1)")
    found = make_registration(made, officer, "ditolak")
    found.reason = "+62"
    found.save()
    client.force_login(agus)
    response = client.get(reverse("news:event_people_csv", args=[made.pk]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][1:3] == ["Nomor register", "Nama"]
    assert rows[1][2].startswith("'=HYPERLINK")
    assert rows[1][7] == "'+62"


def test_the_list_on_paper_holds_those_with_a_seat(
    client: Client, agus: User, siti: User, budi: User
) -> None:
    made = make_event()
    make_registration(made, officer_of(siti))
    make_registration(made, officer_of(budi), "menunggu")
    client.force_login(agus)
    page = html_of(client.get(reverse("news:event_people_print", args=[made.pk])))
    assert "Siti Wulandari" in page
    assert "Budi Rumbiak" not in page


def test_registrations_by_state(client: Client, agus: User, siti: User, budi: User) -> None:
    made = make_event()
    make_registration(made, officer_of(siti))
    make_registration(made, officer_of(budi), "menunggu")
    client.force_login(agus)
    path = reverse("news:event_people", args=[made.pk])
    for query, names in (
        ("", ["Siti Wulandari, S.Psi.", "Budi Rumbiak"]),
        ("?keadaan=menunggu", ["Budi Rumbiak"]),
        ("?keadaan=%00&halaman=x", ["Siti Wulandari, S.Psi.", "Budi Rumbiak"]),
    ):
        page = client.get(path + query).context["page"]
        assert [row.name for row in page.object_list] == names


def test_the_dashboard_lists_what_is_to_do(agus: User, siti: User) -> None:
    make_event("Draf", published_at=None, starts_at=timezone.now() - 9 * DAY)
    make_event("Nanti")
    make_event("Lewat", starts_at=timezone.now() - 9 * DAY)
    make_event("Batal", cancelled_at=timezone.now(), cancel_reason="x")
    assert [row.title for row in events_for_editor(agus)] == ["Draf", "Nanti"]
    assert events_for_editor(siti) == []


@pytest.mark.parametrize("many", [2, 120])
def test_pages_of_the_editors_ask_little(
    client: Client,
    agus: User,
    disnaker_indramayu: Unit,
    django_assert_max_num_queries: Any,
    many: int,
) -> None:
    made = make_event(quota=500, cover=make_picture())
    for user in make_officers_with_accounts(many, disnaker_indramayu):
        make_registration(made, officer_of(user), "diajukan")
    for number in range(min(many, 40)):
        make_session(made, f"Sesi {number}")
        make_event(f"Lain {number}")
    found = made.registrations.first()
    assert found is not None
    client.force_login(agus)
    paths = [
        reverse("news:event_desk"),
        reverse("news:event_person", args=[found.pk]),
        *(
            reverse(f"news:{name}", args=[made.pk])
            for name in (*FORMS, "event_people_csv", "event_people_print")
        ),
    ]
    for path in paths:
        with django_assert_max_num_queries(8):
            page = client.get(path)
        assert page.status_code == 200, path
        assert len(gzip.compress(page.content)) < 20_000, path
