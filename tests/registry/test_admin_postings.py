"""Postings in the admin: inclusive days on the page, no two over the same days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import Officer, Unit
from tests.factories import make_officer, make_posting, make_province, make_regency, make_unit
from tests.registry.admin_forms import errors, filled, posting, row


@pytest.fixture
def clerk(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


@pytest.fixture
def unit(db: None) -> Unit:
    make_province()
    return make_unit(make_regency())


@pytest.fixture
def officer(unit: Unit) -> Officer:
    """Served from 2015 to the end of 2019, then again without an end."""
    officer = make_officer("Siti Wulandari")
    make_posting(officer, unit, dt.date(2015, 1, 1), dt.date(2020, 1, 1))
    make_posting(officer, unit, dt.date(2020, 1, 1))
    return officer


def save(clerk: Client, officer: Officer, **typed: Any) -> Any:
    address = reverse("admin:registry_officer_change", args=[officer.pk])
    return clerk.post(address, filled(clerk, address, reason="Mutasi", **typed))


def days(officer: Officer) -> list[tuple[dt.date, dt.date | None]]:
    return [(item.first_day, item.last_day) for item in officer.postings.order_by("period")]


def test_the_last_day_is_shown_inclusive(clerk: Client, officer: Officer) -> None:
    page = clerk.get(reverse("admin:registry_officer_change", args=[officer.pk])).content.decode()
    assert 'value="31-12-2019"' in page
    assert 'value="01-01-2020"' not in page.replace(
        'name="postings-0-start" value="01-01-2020"', ""
    )


def test_an_end_before_the_start_is_refused(clerk: Client, officer: Officer) -> None:
    response = save(clerk, officer, **posting(0, end="31-12-2019"))
    assert errors(response) == ["Hari terakhir mendahului hari pertama (1 Januari 2020)."]


def test_an_overlap_names_the_other_posting_and_how_to_mend_it(
    clerk: Client, officer: Officer, unit: Unit
) -> None:
    typed = row("postings", 2, unit=unit.pk, jenjang="ahli_madya", start="1 Maret 2024")
    assert errors(save(clerk, officer, **typed)) == [
        (
            f"Bertumpuk dengan penempatan di {unit.short_name} (1 Januari 2020 – sekarang). "
            "Isi “Sampai” penempatan itu paling lambat 29 Februari 2024, atau ubah tanggal di sini."
        )
    ]
    assert officer.postings.count() == 2


def test_the_summary_on_top_links_to_the_field(clerk: Client, officer: Officer, unit: Unit) -> None:
    typed = row("postings", 2, unit=unit.pk, jenjang="ahli_madya", start="1-3-2024")
    page = save(clerk, officer, **typed).content.decode()
    assert "<title>Galat: Siti Wulandari" in page
    assert '<a href="#id_postings-2-start">Penempatan 3, Mulai</a>: Bertumpuk' in page


def test_two_new_rows_that_overlap_are_refused(clerk: Client, officer: Officer, unit: Unit) -> None:
    typed = {
        **row("postings", 2, unit=unit.pk, jenjang="ahli_muda", start="1-1-2010", end="31-12-2011"),
        **row("postings", 3, unit=unit.pk, jenjang="ahli_muda", start="31-12-2011", end="1-2-2012"),
    }
    assert len(errors(save(clerk, officer, **typed))) == 1
    assert officer.postings.count() == 2


def test_a_posting_that_begins_the_day_after_is_fine(
    clerk: Client, officer: Officer, unit: Unit
) -> None:
    typed = {
        **posting(0, end="31-12-2025"),
        **row("postings", 2, unit=unit.pk, jenjang="ahli_madya", start="1-1-2026"),
    }
    response = save(clerk, officer, **typed)
    assert response.status_code == 302, errors(response)
    assert days(officer)[-2:] == [
        (dt.date(2020, 1, 1), dt.date(2025, 12, 31)),
        (dt.date(2026, 1, 1), None),
    ]


@pytest.mark.parametrize("border", [dt.date(2018, 6, 1), dt.date(2022, 6, 1)])
def test_the_border_between_two_postings_moves_in_one_save(
    clerk: Client, officer: Officer, border: dt.date
) -> None:
    last = border - dt.timedelta(days=1)
    typed = posting(0, start=f"{border:%d-%m-%Y}") | posting(1, end=f"{last:%d-%m-%Y}")
    response = save(clerk, officer, **typed)
    assert response.status_code == 302, errors(response)
    assert days(officer) == [(dt.date(2015, 1, 1), last), (border, None)]


def test_a_deleted_posting_makes_room_in_the_same_save(
    clerk: Client, officer: Officer, unit: Unit
) -> None:
    typed = {
        **posting(0, DELETE="on"),
        **row("postings", 2, unit=unit.pk, jenjang="ahli_muda", start="1-1-2020"),
    }
    response = save(clerk, officer, **typed)
    assert response.status_code == 302, errors(response)
    assert len(days(officer)) == 2


def test_what_only_the_database_sees_is_a_sentence_and_the_input_stays(
    clerk: Client, officer: Officer, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a race: the other posting is stored after this form was checked."""
    monkeypatch.setattr("registry.forms.admin.PostingFormSet.clean", lambda _: None)
    typed = row(
        "postings", 2, unit=unit.pk, jenjang="ahli_muda", start="1-3-2024", sk_number="821/99"
    )
    response = save(clerk, officer, **typed)
    assert response.status_code == 200
    assert errors(response) == [
        "Masa tugas ini bertumpuk dengan penempatan lain petugas yang sama."
    ]
    assert 'value="821/99"' in response.content.decode()
    assert officer.postings.count() == 2


def test_a_posting_needs_a_unit_and_a_first_day(clerk: Client, officer: Officer) -> None:
    response = save(clerk, officer, **row("postings", 2, jenjang="ahli_muda", sk_number="1"))
    assert errors(response) == ["Pilih unit kerja.", "Isi hari pertama penempatan."]


def test_a_future_posting_is_allowed(clerk: Client, officer: Officer, unit: Unit) -> None:
    start = dt.date.today().replace(day=1) + dt.timedelta(days=400)
    last = start - dt.timedelta(days=1)
    typed = {
        **posting(0, end=f"{last:%d-%m-%Y}"),
        **row("postings", 2, unit=unit.pk, jenjang="ahli_muda", start=f"{start:%d-%m-%Y}"),
    }
    assert save(clerk, officer, **typed).status_code == 302
