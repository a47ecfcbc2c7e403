"""The report for a breach: which people, which fields, since when; nothing about anyone else."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib.csv_cells import safe_cell
from registry import actions
from registry.models import AccessRecord, Officer
from registry.rules import Field
from tests.factories import make_officer

LONG_AGO = "2020-01-01T00:00"


def report(**options: Any) -> str:
    out = io.StringIO()
    call_command("breach_report", stdout=out, **({"sejak": LONG_AGO} | options))
    return out.getvalue()


def view(officer: Officer, by: User, *fields: Field, **more: Any) -> None:
    actions.note_view(officer, fields or [Field.NIP], by=by, **({"channel": "profil"} | more))


@pytest.fixture
def officer(siti: User) -> Officer:
    return Officer.objects.get(user=siti)


@pytest.fixture
def other(budi: User) -> Officer:
    return Officer.objects.get(user=budi)


def test_nobody(db: None) -> None:
    assert "Tidak ada data pribadi yang terlihat atau diubah" in report()


def test_who_which_fields_since_when_and_how_to_reach_them(
    officer: Officer, other: Officer, dewi: User, rina: User
) -> None:
    view(officer, dewi, Field.NIP)
    view(officer, rina, Field.BIRTH, Field.NIP)
    said = report()
    for text in [
        f"{officer.register_number}  Siti Wulandari, S.Psi.",
        "tempat dan tanggal lahir, NIP utuh (2 kali)",
        "Dewi Lestari <dewi@demo.example> (1), Rina Hapsari <rina@demo.example> (1)",
        "hubungi       : siti.wulandari@contoh.example",
        "Petugas yang terkena: 1; data terlihat 2 kali, perubahan 0.",
        "WIB",
    ]:
        assert text in said
    assert "Budi" not in said
    assert other.register_number not in said


def test_tells_no_private_value(officer: Officer, dewi: User) -> None:
    view(officer, dewi, *Field)
    said = report()
    for value in [officer.nip, officer.private_phone, "1986", "Indramayu"]:
        assert value not in said


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-03-02T00:00", "", 1),
        ("2026-03-01T08:00", "", 2),
        ("2026-03-01", "2026-03-01T08:00", 0),
        ("2026-03-01", "2026-03-01T08:01", 1),
        ("2026-03-01T01:00+00:00", "2026-03-01T01:01Z", 1),
    ],
)
def test_the_span(officer: Officer, dewi: User, since: str, until: str, expected: int) -> None:
    for moment in ("2026-03-01T08:00+07:00", "2026-03-02T08:00+07:00"):
        AccessRecord.objects.create(
            officer=officer,
            register_number=officer.register_number,
            viewer=dewi,
            fields=["nip"],
            channel="profil",
            viewed_at=dt.datetime.fromisoformat(moment),
        )
    said = report(sejak=since, sampai=until)
    assert ("Tidak ada" in said) is (expected == 0)
    assert not expected or f"data terlihat {expected} kali" in said


def test_of_one_account_what_it_saw_and_what_it_changed(
    officer: Officer, other: Officer, dewi: User, rina: User
) -> None:
    view(officer, dewi)
    view(other, rina)
    retired = make_officer("Suparman", nip=None)
    with actions.change(by=rina, reason="Perbaikan"):
        Officer.objects.filter(pk=retired.pk).update(bio="Diubah")
        retired.statuses.update(sk_number="1")
        retired.pangkat_records.update(sk_number="2")
    said = report(akun="RINA@demo.example")
    assert officer.register_number not in said
    assert other.register_number in said
    assert "data diubah   : pangkat (1), petugas (1), status (1)" in said
    assert "lewat unit kerjanya" in said
    assert "perubahan 3." in said


def test_of_one_address(officer: Officer, other: Officer, dewi: User, rina: User) -> None:
    view(officer, dewi, address="10.0.0.7")
    view(other, rina, address="10.0.0.8")
    client = Client(REMOTE_ADDR="10.0.0.7")
    client.force_login(other.user)
    path = reverse("registry:own_profile_edit")
    form = client.get(path).context["form"]
    client.post(path, {"seen_version": form["seen_version"].value(), "bio": "Dari sini"})
    said = report(alamat="10.0.0.7")
    assert officer.register_number in said
    assert "data diubah   : petugas (1)" in said
    assert "Rina" not in said


def test_a_log_outlives_the_row(rina: User, db: None) -> None:
    AccessRecord.objects.create(
        officer_id=987654, register_number="PK-987654", viewer=rina, fields=["nip"], channel="admin"
    )
    assert "PK-987654  (catatan sudah tidak ada)" in report()


# --- The file -----------------------------------------------------------------------------------------


def test_the_file(officer: Officer, dewi: User, tmp_path: Path) -> None:
    Officer.objects.filter(pk=officer.pk).update(name="=HYPERLINK(1)", office_email="+x@y.example")
    view(officer, dewi)
    path = tmp_path / "laporan.csv"
    assert "CSV ditulis ke" in report(csv=str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["nomor register"] == officer.register_number
    assert row["nama"].startswith("'=HYPERLINK(1)")
    assert row["e-mail dinas"] == "'+x@y.example"
    assert (row["data terlihat"], row["kali terlihat"]) == ("NIP utuh", "1")


def test_a_file_that_is_there_stays(officer: Officer, dewi: User, tmp_path: Path) -> None:
    path = tmp_path / "laporan.csv"
    path.write_text("penting")
    with pytest.raises(CommandError, match="sudah ada"):
        report(csv=str(path))
    assert path.read_text() == "penting"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [("a=1", "a=1"), ("", ""), (12, "12"), ("'=1", "'=1")])
def test_other_cells_stay(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


# --- Junk ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"sejak": ""}, "Sebutkan sejak kapan"),
        ({"sejak": "kemarin"}, "--sejak harus waktu"),
        ({"sejak": "2026-13-01"}, "--sejak harus waktu"),
        ({"sejak": "2026-01-01T08:00", "sampai": "x"}, "--sampai harus waktu"),
        ({"sejak": "0001-01-01"}, "--sejak"),
        ({"sejak": "9999-12-31T23:59"}, "--sejak"),
        ({"sejak": "2026-02-01", "sampai": "2026-01-01"}, "sesudah --sejak"),
        ({"akun": "tidak@ada.example"}, "tidak ada akun"),
        ({"akun": "\0"}, "tidak ada akun"),
        ({"alamat": "10.0.0"}, "--alamat harus"),
        ({"alamat": "'; --"}, "--alamat harus"),
        ({"csv": "/tidak/ada/laporan.csv"}, "tidak dapat ditulis"),
        ({"csv": "\0"}, "tidak dapat ditulis"),
    ],
)
def test_junk_is_refused_in_a_sentence(db: None, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        report(**options)


def test_the_future_has_no_breaches(db: None) -> None:
    with pytest.raises(CommandError, match="masa depan"):
        report(sejak=(timezone.now() + dt.timedelta(days=1)).isoformat())
