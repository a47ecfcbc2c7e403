"""Data saya: everything held about the one who asks, nothing about others, and nothing forgotten."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.nip import format_nip
from epk.personal_data import sections_of
from registry import actions
from registry.models import (
    AccessRecord,
    CompetencyTest,
    Document,
    Education,
    Officer,
    Training,
    Unit,
)
from registry.rules import Field
from tests.factories import make_officer, make_posting

URL = reverse("own_data")
JSON = reverse("own_data_json")
LONG = ["akses", "melihat", "riwayat", "riwayat-akun", "kegiatan-admin"]


def long_url(key: str) -> str:
    return reverse("own_data_section", args=[key])


@pytest.fixture
def own(client: Client, siti: User) -> Client:
    client.force_login(siti)
    return client


@pytest.fixture
def officer(siti: User) -> Officer:
    return Officer.objects.get(user=siti)


@pytest.fixture
def papers(officer: Officer, rina: User) -> Document:
    Education.objects.create(
        officer=officer, level="s1", institution="Universitas Uji", major="Psikologi", year=2008
    )
    Training.objects.create(
        officer=officer,
        name="Diklat Bimbingan Jabatan",
        start=dt.date(2016, 3, 1),
        end=dt.date(2016, 3, 5),
        sk_number="SERT-77",
    )
    CompetencyTest.objects.create(officer=officer, jenjang="ahli_muda", date=dt.date(2021, 5, 1))
    return Document.objects.create(
        officer=officer,
        original_name="SK 2022.pdf",
        file="dokumen/ab/x.pdf",
        content_type="application/pdf",
        size=1,
        pages=2,
        sha256="a" * 64,
        uploaded_by=rina,
    )


@pytest.fixture
def surroundings(siti: User) -> None:
    """A session, a second factor, an address and an account elsewhere, secrets included."""
    user = {"user": siti}
    apps.get_model("usersessions", "UserSession").objects.create(
        **user, ip="10.9.8.7", user_agent="Peramban Uji", session_key="k" * 32, last_seen_at=timezone.now()
    )  # fmt: skip
    apps.get_model("mfa", "Authenticator").objects.create(
        **user, type="totp", data={"secret": "RAHASIA-TOTP"}
    )
    apps.get_model("account", "EmailAddress").objects.create(**user, email="siti@lain.example")
    apps.get_model("socialaccount", "SocialAccount").objects.create(
        **user, provider="siapkerja", uid="SK-12", extra_data={"sub": "SK-12"}
    )


def view(officer: Officer, by: User, **more: Any) -> None:
    more = {"channel": AccessRecord.Channel.PROFILE} | more
    actions.note_view(officer, [Field.NIP, Field.BIRTH], by=by, **more)


# --- The page -----------------------------------------------------------------------------------------


def test_holds_the_record_its_histories_and_the_account(
    own: Client, siti: User, papers: Document, surroundings: None
) -> None:
    response = own.get(URL)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    for text in [
        "Siti Wulandari", format_nip(siti.officer.nip), "26 September 1986", "0811-0000-0047",
        "siti.wulandari@contoh.example", "Bimbingan jabatan", "Penempatan PMI", "Ahli Muda",
        "Penata Tk. I (III/d)", "1 April 2022 – seterusnya", "Universitas Uji", "SERT-77",
        "Diklat Bimbingan Jabatan", "SK 2022.pdf", "siti@demo.example", "10.9.8.7", "Peramban Uji",
        "siti@lain.example", "SK-12", "Pengantar Kerja",
        reverse("registry:document", args=[siti.officer.register_number, papers.pk]),
    ]:  # fmt: skip
        assert text in response.text, text


def test_holds_no_secret(own: Client, siti: User, surroundings: None) -> None:
    for response in (own.get(URL), own.get(JSON)):
        for secret in ("RAHASIA-TOTP", "k" * 32, siti.password):
            assert secret not in response.text


def test_has_a_table_of_contents(own: Client, siti: User) -> None:
    response = own.get(URL)
    html, bare = response.text, {section.key for section in response.context["bare"]}
    assert bare >= {"pendidikan", "berkas"}
    for section in sections_of(siti):
        assert section.title in html
        if section.key not in bare:
            assert f'href="#{section.key}"' in html
            assert f'id="{section.key}"' in html


def test_says_who_looked_and_as_what(
    own: Client, officer: Officer, dewi: User, admin: User
) -> None:
    view(officer, dewi, reason="Verifikasi SK")
    view(officer, admin)
    html = own.get(URL).text
    for text in ["Dewi Lestari", "Admin Provinsi (32)", "Verifikasi SK", "Superuser"]:
        assert text in html
    assert "tempat dan tanggal lahir, NIP utuh" in html


def test_says_what_one_looked_at_oneself(client: Client, officer: Officer, rina: User) -> None:
    view(officer, rina, address="10.1.1.1")
    client.force_login(rina)
    html = client.get(URL).text
    assert officer.register_number in html
    assert "10.1.1.1" in html
    assert "Siti Wulandari" not in html


def test_says_how_to_have_it_corrected(own: Client) -> None:
    html = own.get(URL).text
    assert "3 × 24 jam" in html
    for name in ("registry:own_profile_edit", "privacy"):
        assert f'href="{reverse(name)}"' in html


@pytest.mark.parametrize("name", ["rina", "dewi", "agus", "maya", "admin"])
def test_staff_without_a_record(
    client: Client, siti: User, name: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(name)
    client.force_login(user)
    html = client.get(URL).text
    assert "tidak terhubung dengan catatan petugas" in html
    assert user.email in html
    assert "Siti" not in html
    assert reverse("registry:own_profile_edit") not in html  # which they have not


def test_a_record_merged_into_mine_is_mine(own: Client, officer: Officer) -> None:
    twin = make_officer("Siti Wulan Dari")
    Officer.objects.filter(pk=twin.pk).update(merged_into=officer)
    html = own.get(URL).text
    assert twin.register_number in html
    assert "Siti Wulan Dari" in html


def test_holds_nothing_of_others(
    client: Client, siti: User, budi: User, papers: Document, surroundings: None, rina: User
) -> None:
    Officer.objects.filter(user=siti).update(bio="Rahasia Siti")
    view(siti.officer, rina, reason="Alasan tentang Siti")
    client.force_login(budi)
    for path in [URL, JSON, *map(long_url, LONG)]:
        text = client.get(path).text
        for alien in ["Siti", "SERT-77", "10.9.8.7", "0811-0000-0047", siti.nip, "Rahasia"]:
            assert alien not in text, (path, alien)


# --- Long sections --------------------------------------------------------------------------------------


def test_the_newest_stand_on_the_page_and_all_on_their_own(
    own: Client, officer: Officer, rina: User
) -> None:
    for number in range(60):
        view(officer, rina, reason=f"Alasan nomor {number:02}.")
    first = own.get(URL).text
    assert first.count("Alasan nomor") == 10
    assert "Alasan nomor 59." in first
    assert f'href="{long_url("akses")}"' in first
    assert own.get(long_url("akses")).text.count("Alasan nomor") == 50
    rest = own.get(long_url("akses"), {"halaman": 2}).text
    assert rest.count("Alasan nomor") == 10
    assert "Alasan nomor 00." in rest


def test_the_history_says_who_what_and_why(own: Client, officer: Officer, rina: User) -> None:
    with actions.change(by=rina, reason="SK Nomor 5"):
        Officer.objects.filter(pk=officer.pk).update(birth_place="Cirebon")
    html = own.get(long_url("riwayat")).text
    for text in [
        "Rina Hapsari",
        "SK Nomor 5",
        "Tempat lahir: <del>Indramayu</del>",
        "<ins>Cirebon</ins>",
    ]:
        assert text in html


def test_the_history_of_the_account_leaves_out_roles_given_to_others(
    client: Client, siti: User, rina: User
) -> None:
    RoleGrant.objects.create(user=siti, role="moderator", given_by=rina, reason="Untuk Siti")
    RoleGrant.objects.create(user=rina, role="redaksi", reason="Untuk Rina")
    client.force_login(rina)
    html = client.get(long_url("riwayat-akun")).text
    assert "Untuk Rina" in html
    assert "Untuk Siti" not in html


def test_work_in_the_admin_is_told_without_the_names_of_others(
    client: Client, siti: User, rina: User
) -> None:
    LogEntry.objects.create(
        user=rina,
        content_type=ContentType.objects.get_for_model(Officer),
        object_id="47",
        object_repr="Siti Wulandari",
        action_flag=2,
    )
    client.force_login(rina)
    html = client.get(long_url("kegiatan-admin")).text
    assert "Mengubah" in html
    assert "Siti" not in html


@pytest.mark.parametrize("key", ["tidak-ada", "petugas", "akun", "a" * 300])
def test_other_sections_have_no_page(own: Client, key: str) -> None:
    assert own.get(long_url(key)).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, "\0", "2"])
def test_odd_page_numbers_lead_to_a_page(own: Client, number: str) -> None:
    assert own.get(long_url("riwayat"), {"halaman": number}).status_code == 200


@pytest.mark.parametrize("key", LONG)
def test_an_empty_section_says_so(client: Client, agus: User, key: str) -> None:
    RoleGrant.objects.all().delete()
    client.force_login(agus)
    assert client.get(long_url(key)).status_code == 200


# --- Costs --------------------------------------------------------------------------------------------------


def count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def grow(officer: Officer, viewer: User, unit: Unit, rows: int, year: int) -> None:
    for number in range(rows):
        Training.objects.create(
            officer=officer,
            name=f"Diklat {number}",
            start=dt.date(year, 1, 1),
            end=dt.date(year, 1, 2),
        )
        start = dt.date(year - 40, 1, 1) + dt.timedelta(days=number * 10)
        make_posting(officer, unit, start, start + dt.timedelta(days=9))
        view(officer, viewer)
        with actions.change(by=viewer, reason=f"Perubahan {number}"):
            Officer.objects.filter(pk=officer.pk).update(bio=f"{year}-{number}")


@pytest.mark.parametrize("path", [URL, *map(long_url, ["akses", "melihat", "riwayat"])])
def test_as_many_queries_for_20_rows_as_for_2(
    own: Client, officer: Officer, rina: User, disnaker_indramayu: Unit, path: str
) -> None:
    own.get(path)
    grow(officer, rina, disnaker_indramayu, 2, 2010)
    few = count(own, path)
    grow(officer, rina, disnaker_indramayu, 20, 2012)
    assert count(own, path) == few
    assert few <= 8


# --- The file -------------------------------------------------------------------------------------------------


def test_the_file_is_a_download_that_is_kept_nowhere(own: Client) -> None:
    response = own.get(JSON)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="data-saya.json"'
    assert "no-store" in response["Cache-Control"]


def test_the_file_holds_every_section_whole(
    own: Client, officer: Officer, papers: Document, rina: User, surroundings: None
) -> None:
    for number in range(60):
        view(officer, rina, reason=f"Alasan {number}")
    copy = json.loads(own.get(JSON).content)
    assert (copy["format"], copy["versi"]) == ("e-pengantar-kerja/data-saya", 1)
    assert dt.datetime.fromisoformat(copy["dibuat"]).tzinfo
    parts = {part["kode"]: part for part in copy["bagian"]}
    assert set(parts) == {section.key for section in sections_of(officer.user)}
    assert len(parts["akses"]["baris"]) == 60
    record = parts["petugas"]["baris"][0]
    assert (record["nip"], record["birth_date"]) == (officer.nip, "1986-09-26")
    assert parts["penempatan"]["baris"][0]["period"] == "[2022-04-01,)"
    assert parts["jenjang"]["baris"][0]["jenjang"] == "ahli_muda"
    assert parts["petugas"]["kolom"]["birth_date"] == "Tanggal lahir"
    assert parts["berkas"]["baris"][0]["unduhan"].endswith(f"/{papers.pk}/")
    assert parts["riwayat"]["baris"]


def test_the_file_of_staff(client: Client, agus: User) -> None:
    client.force_login(agus)
    parts = {part["kode"]: part for part in json.loads(client.get(JSON).content)["bagian"]}
    assert parts["akun"]["baris"][0]["email"] == agus.email
    assert parts["petugas"]["baris"] == parts["riwayat"]["baris"] == []


# --- Who ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [URL, JSON, long_url("akses")])
def test_not_logged_in(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("path", [URL, JSON, long_url("akses")])
def test_only_reading(own: Client, path: str) -> None:
    assert own.post(path).status_code == 405
