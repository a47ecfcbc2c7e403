"""The cast: the same people in every test as in the demo data (product.md)."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from registry.models import Officer, Region, StatusRecord, Unit
from tests.factories import (
    make_nip,
    make_officer,
    make_posting,
    make_province,
    make_regency,
    make_unit,
    make_user,
)


@pytest.fixture
def jawa_barat(db: None) -> Region:
    return make_province("32", "Jawa Barat")


@pytest.fixture
def indramayu(jawa_barat: Region) -> Region:
    return make_regency("32.12", "Kabupaten Indramayu")


@pytest.fixture
def papua(db: None) -> Region:
    return make_province("91", "Papua", time_zone=Region.Zone.WIT)


@pytest.fixture
def aceh(db: None) -> Region:
    return make_province("11", "Aceh")


@pytest.fixture
def disnaker_indramayu(indramayu: Region) -> Unit:
    return make_unit(indramayu)


@pytest.fixture
def disnaker_papua(papua: Region) -> Unit:
    return make_unit(papua, name="Dinas Tenaga Kerja Provinsi Papua")


def _with_account(officer: Officer, email: str) -> User:
    user = make_user(email, officer.name, "pengantar_kerja", nip=officer.nip)
    officer.user = user
    officer.save(update_fields=["user"])
    return user


@pytest.fixture
def siti(disnaker_indramayu: Unit) -> User:
    """Officer, Ahli Muda, Kabupaten Indramayu; her office contact is public."""
    return make_siti(disnaker_indramayu)


def make_siti(disnaker_indramayu: Unit) -> User:
    officer = make_officer(
        "Siti Wulandari",
        back_title="S.Psi.",
        unit=disnaker_indramayu,
        golongan="III/d",
        since=dt.date(2022, 4, 1),
        birth_place="Indramayu",
        office_email="siti.wulandari@contoh.example",
        office_phone="0234-000-047",
        private_phone="0811-0000-0047",
        contact_public=True,
        expertise=("Bimbingan jabatan", "Penempatan PMI"),
    )
    return _with_account(officer, "siti@demo.example")


@pytest.fixture
def budi(disnaker_papua: Unit) -> User:
    """Officer, Ahli Madya, Provinsi Papua; keeps his office contact from the public."""
    officer = make_officer(
        "Budi Rumbiak",
        sex="L",
        birth_date=dt.date(1975, 3, 2),
        nip=make_nip(dt.date(1975, 3, 2), "L", 2001, 12),
        unit=disnaker_papua,
        jenjang="ahli_madya",
        golongan="IV/a",
        office_email="budi@contoh.example",
        private_phone="0811-0000-0002",
    )
    return _with_account(officer, "budi@demo.example")


@pytest.fixture
def joko(disnaker_indramayu: Unit) -> User:
    """Retired officer with an account."""
    officer = make_officer(
        "Joko",
        sex="L",
        birth_date=dt.date(1965, 1, 5),
        nip=make_nip(dt.date(1965, 1, 5), "L", 1990, 3),
        status="pensiun",
        since=dt.date(2025, 2, 1),
        jenjang="ahli_madya",
        golongan="IV/b",
    )
    StatusRecord.objects.create(officer=officer, status="aktif", since=dt.date(2012, 1, 1))
    make_posting(officer, disnaker_indramayu, dt.date(2012, 1, 1), dt.date(2025, 2, 1))
    return _with_account(officer, "joko@demo.example")


@pytest.fixture
def dewi(jawa_barat: Region) -> User:
    """Admin Provinsi Jawa Barat."""
    return make_user("dewi@demo.example", "Dewi Lestari", "admin_provinsi", province="32")


@pytest.fixture
def cut(aceh: Region) -> User:
    """Admin Provinsi Aceh."""
    return make_user("cut@demo.example", "Cut Meutia", "admin_provinsi", province="11")


@pytest.fixture
def rina(db: None) -> User:
    """Admin Ditjen."""
    return make_user("rina@demo.example", "Rina Hapsari", "admin_ditjen")


@pytest.fixture
def agus(db: None) -> User:
    """Redaksi."""
    return make_user("agus@demo.example", "Agus Salim", "redaksi")


@pytest.fixture
def maya(db: None) -> User:
    """Moderator and Pembina."""
    return make_user("maya@demo.example", "Maya Sari", "moderator", "pembina")


@pytest.fixture
def admin(db: None) -> User:
    """Superuser."""
    return make_user("admin@demo.example", "Administrator", is_superuser=True)
