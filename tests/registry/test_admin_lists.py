"""The lists and the history page of the admin: found in any spelling, without a query a row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from registry import actions
from registry.models import Document, Officer, Region, StatusRecord, Unit
from tests.factories import make_officer, make_posting, make_province, make_regency, make_unit
from tests.registry.admin_forms import filled, row

LIST = "admin:registry_officer_changelist"


@pytest.fixture
def clerk(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


@pytest.fixture
def unit(db: None) -> Unit:
    make_province()
    return make_unit(make_regency())


def names(clerk: Client, **query: str) -> list[str]:
    page = clerk.get(reverse(LIST), query)
    return [officer.name for officer in page.context["cl"].result_list]


def queries(clerk: Client, address: str) -> int:
    clerk.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert clerk.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "text",
    ["moh saifulah", "Dr. Muhammad Syaifullah, S.H.", "19850315 201001 1 007",
     "19850315.201001.1.007", "PK-{number:06}", "disnaker kab indramayu"],
)  # fmt: skip
def test_an_officer_is_found_in_any_spelling(clerk: Client, unit: Unit, text: str) -> None:
    officer = make_officer(
        "Muhammad Syaifullah", unit=unit, nip="198503152010011007",
        birth_date=dt.date(1985, 3, 15), sex="L",
    )  # fmt: skip
    make_officer("Ketut")
    assert names(clerk, q=text.format(number=officer.number)) == ["Muhammad Syaifullah"]


def test_a_nip_is_found_whole_only(clerk: Client, unit: Unit) -> None:
    make_officer("Ketut", nip="198503152010011007", birth_date=dt.date(1985, 3, 15), sex="L")
    assert names(clerk, q="19850315") == []


def test_filters_ask_for_what_holds_today(clerk: Client, unit: Unit) -> None:
    make_province("11", "Aceh")
    make_officer("Ketut", unit=unit)
    moved = make_officer("Made", status="pensiun", jenjang=None, golongan=None)
    make_posting(moved, unit, dt.date(2010, 1, 1), dt.date(2020, 1, 1))
    Officer.objects.create(name="Wayan", sex="L")
    assert names(clerk, provinsi="32") == ["Ketut"]
    assert names(clerk, provinsi="11") == []
    assert names(clerk, tingkat="kabupaten_kota") == ["Ketut"]
    assert names(clerk, tingkat="tanpa") == ["Made", "Wayan"]
    assert names(clerk, jenjang="ahli_muda") == ["Ketut"]
    assert names(clerk, status="pensiun") == ["Made"]
    assert names(clerk, status="tanpa") == ["Wayan"]


def test_the_list_shows_what_holds_today(clerk: Client, unit: Unit) -> None:
    make_officer("Siti", unit=unit, front_title="Dr.", nip="198609262015052001")
    page = clerk.get(reverse(LIST)).content.decode().replace("\u00a0", " ")
    for text in (
        "Dr. Siti",
        "Ahli Muda",
        unit.short_name,
        "Aktif",
    ):
        assert text in page
    for private in ("19860926", "III/c"):
        assert private not in page


@pytest.mark.parametrize(
    "name",
    [
        "registry_officer",
        "registry_unit",
        "registry_region",
        "registry_document",
        "registry_accessrecord",
    ],
)
def test_the_number_of_queries_of_a_list_does_not_grow(
    clerk: Client, unit: Unit, rina: User, name: str
) -> None:
    address = reverse(f"admin:{name}_changelist")
    fill(2, rina)
    few = queries(clerk, address)
    fill(20, rina)
    assert queries(clerk, address) == few
    assert few <= 8


def fill(count: int, by: User) -> None:
    have = Officer.objects.count()
    for number in range(have, count):
        region = make_regency(f"32.{40 + number}", f"Kabupaten Contoh {number}")
        officer = make_officer(f"Petugas {number}", unit=make_unit(region))
        Document.objects.create(
            officer=officer, original_name="sk.pdf", content_type="application/pdf",
            size=1, pages=1, sha256="0" * 64, uploaded_by=by,
        )  # fmt: skip


def test_the_queries_of_an_officers_page_do_not_grow_with_the_rows(
    clerk: Client, unit: Unit
) -> None:
    officer = make_officer("Siti", unit=unit)
    address = reverse("admin:registry_officer_change", args=[officer.pk])
    few = queries(clerk, address)
    for year in range(1996, 2014):
        other = make_unit(make_regency(f"32.{year % 100:02}", f"Kabupaten Contoh {year}"))
        make_posting(officer, other, dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
        StatusRecord.objects.create(officer=officer, status="aktif", since=dt.date(year, 1, 1))
    assert queries(clerk, address) == few
    assert few <= 25


def test_the_history_says_who_changed_what_and_why(clerk: Client, unit: Unit, rina: User) -> None:
    officer = make_officer("Siti", unit=unit)
    address = reverse("admin:registry_officer_change", args=[officer.pk])
    typed: dict[str, Any] = row("pangkat_records", 1, golongan="III/d", since="1-4-2021")
    typed |= {"postings-0-end": "31-12-2025", "birth_place": "Cirebon"}
    clerk.post(address, filled(clerk, address, reason="SK Bupati 5", **typed))
    page = clerk.get(reverse("admin:registry_officer_history", args=[officer.pk]))
    (newest,) = [entry for entry in page.context["entries"] if entry.reason == "SK Bupati 5"]
    assert newest.who == rina.name
    assert newest.when.endswith("WIB")
    said = {
        (item.what, item.action, line.label, line.old, line.new)
        for item in newest.happenings
        for line in item.lines
    }
    assert ("Petugas", "diubah", "Tempat lahir", "kosong", "Cirebon") in said
    assert (
        "Penempatan", "diubah", "Masa tugas",
        "1 Januari 2015 – seterusnya", "1 Januari 2015 – 31 Desember 2025",
    ) in said  # fmt: skip
    assert ("Pangkat", "ditambah", "TMT", "kosong", "1 April 2021") in said
    assert not any("versi" in label.lower() for _, _, label, _, _ in said)


def test_the_history_shows_raw_sql_and_deleted_rows(clerk: Client, unit: Unit) -> None:
    officer = make_officer("Siti", unit=unit)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_posting SET sk_number = 'gelap'")
    with actions.change(by=None, reason="Salah catat"):
        officer.statuses.get().delete()
    page = clerk.get(reverse("admin:registry_officer_history", args=[officer.pk])).content.decode()
    assert "gelap" in page
    assert "Di luar aplikasi" in page
    assert "Status dihapus: Aktif" in page


def test_the_history_is_paged_and_its_queries_do_not_grow(
    clerk: Client, unit: Unit, rina: User
) -> None:
    officer = make_officer("Siti", unit=unit)
    address = reverse("admin:registry_officer_history", args=[officer.pk])
    few = queries(clerk, address)
    for number in range(60):
        with actions.change(by=rina, reason=f"Perubahan {number}"):
            Officer.objects.filter(pk=officer.pk).update(bio=f"teks {number}")
    assert queries(clerk, address) <= few + 1
    pages = [clerk.get(f"{address}?halaman={number}").context["entries"] for number in (1, 2)]
    assert len(pages[0]) == 50
    reasons = {entry.reason for page in pages for entry in page}
    assert {f"Perubahan {number}" for number in range(60)} <= reasons
    for junk in ("abc", "-1", "9999999999999999999999", "%00"):
        assert clerk.get(f"{address}?halaman={junk}").status_code == 200


def test_the_history_is_read_only(clerk: Client, unit: Unit) -> None:
    officer = make_officer("Siti", unit=unit)
    page = clerk.get(reverse("admin:registry_officer_history", args=[officer.pk]))
    assert '<form method="post" id="officer' not in page.content.decode()


def test_units_and_regions_have_a_history_of_their_own(clerk: Client, unit: Unit) -> None:
    make_officer("Siti", unit=unit)
    page = clerk.get(reverse("admin:registry_unit_history", args=[unit.pk])).content.decode()
    assert "Unit kerja ditambah" in page
    assert "Penempatan" not in page
    region = Region.objects.get(code="32.12")
    assert clerk.get(reverse("admin:registry_region_history", args=[region.pk])).status_code == 200


def test_the_list_of_units_counts_officers_of_today(clerk: Client, unit: Unit) -> None:
    make_officer("Siti", unit=unit)
    moved = make_officer("Made")
    make_posting(moved, unit, dt.date(2010, 1, 1), dt.date(2020, 1, 1))
    page = clerk.get(reverse("admin:registry_unit_changelist"))
    assert page.context["cl"].result_list[0].officer_count == 1
