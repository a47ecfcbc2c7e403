"""The cast: the people of product.md, with the same names, numbers and roles in every demo."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.models import RoleGrant, User
from registry.demo.careers import Career
from registry.demo.dossiers import FICTITIOUS, Dossier, add_learning, add_records
from registry.demo.offices import Office, Offices
from registry.demo.plan import Fate, Kind, Place
from registry.demo.schooling import Degree, Schooling
from registry.demo.serving import Status, Stint, by_founding
from registry.models import Education, Officer, Unit
from registry.models.terms import Golongan, Jenjang

PASSWORD = "demo-pengantar-kerja"  # noqa: S105 - the published password of the demo
DOMAIN = "@demo.example"
GRANTED = dt.date(2024, 1, 1)
_JOINED = dt.datetime(2024, 1, 1, 1, 0, tzinfo=dt.UTC)

Role = RoleGrant.Role
Level = Education.Level
_PERTAMA, _MUDA, _MADYA = Jenjang.AHLI_PERTAMA, Jenjang.AHLI_MUDA, Jenjang.AHLI_MADYA


@dataclass(frozen=True)
class Account:
    """An account of the demo: `email` is the part before the domain."""

    email: str
    name: str
    nip: str | None = None
    roles: tuple[str, ...] = ()
    province: str = ""
    is_superuser: bool = False


ACCOUNTS = (
    Account("siti", "Siti Wulandari", "198609262014012001", (Role.PENGANTAR_KERJA,)),
    Account("budi", "Budi Rumbiak", "197503022001121002", (Role.PENGANTAR_KERJA,)),
    Account("joko", "Joko", "196501051990031003", (Role.PENGANTAR_KERJA,)),
    Account("dewi", "Dewi Lestari", "198002142005012004", (Role.ADMIN_PROVINSI,), "32"),
    Account("cut", "Cut Meutia", "198311202009042001", (Role.ADMIN_PROVINSI,), "11"),
    Account("rina", "Rina Hapsari", "197907082003122001", (Role.ADMIN_DITJEN,)),
    Account("agus", "Agus Salim", "198805172012121003", (Role.REDAKSI,)),
    Account("maya", "Maya Sari", "197604252001122002", (Role.MODERATOR, Role.PEMBINA)),
    Account("admin", "Administrator", is_superuser=True),
)


@dataclass(frozen=True)
class Member:
    """An officer of the cast: which register number, in which place of the plan."""

    number: int
    account: str
    tier: str
    region: str
    fate: Fate


SITI = Member(47, "siti", Unit.Tier.KABUPATEN_KOTA, "32.12", Fate.SERVES)
BUDI = Member(31, "budi", Unit.Tier.PROVINSI, "91", Fate.SERVES)
JOKO = Member(9, "joko", Unit.Tier.KABUPATEN_KOTA, "32.12", Fate.RETIRED)
OFFICERS = (JOKO, BUDI, SITI)
FEWEST = max(member.number for member in OFFICERS)
"""With fewer officers Siti would not have her number."""


def create_accounts() -> dict[str, User]:
    """The accounts with their roles, by the first part of the address."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=account.email + DOMAIN,
            nip=account.nip,
            name=account.name,
            password=password,
            is_superuser=account.is_superuser,
            date_joined=_JOINED,
            activated_at=_JOINED,
        )
        for account in ACCOUNTS
    )
    by_email = {account.email: user for account, user in zip(ACCOUNTS, users, strict=True)}
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=by_email[account.email],
            role=role,
            province_code=account.province,
            valid_from=GRANTED,
            given_by=by_email["admin"],
            reason="Akun peragaan",
        )
        for account in ACCOUNTS
        for role in account.roles
    )
    return by_email


def take_places(places: list[Place]) -> None:
    """Bring the places of the cast to the positions of their register numbers."""
    reserved = {member.number - 1 for member in OFFICERS}
    taken: set[int] = set()
    for member in OFFICERS:
        here = member.number - 1
        there = next(
            index
            for index, place in enumerate(places)
            if index not in taken
            and place.office.unit.tier == member.tier
            and place.office.unit.region_id == member.region
        )
        places[here], places[there] = places[there], places[here]
        taken.add(here)
        mine = places[here]
        mine.kind = Kind.PNS
        if mine.fate is not member.fate:  # trade, so that there are as many of each as before
            other = next(
                place
                for index, place in enumerate(places)
                if index not in reserved and place.fate is member.fate and place.kind is Kind.PNS
            )
            mine.fate, other.fate = other.fate, mine.fate


def dossier(member: Member, rng: Random, place: Place, offices: Offices) -> Dossier:
    """The record of one of the cast: the same facts in every demo."""
    return {SITI: _siti, BUDI: _budi, JOKO: _joko}[member](rng, place.office, offices)


def _siti(rng: Random, office: Office, offices: Offices) -> Dossier:
    career = Career(dt.date(1986, 9, 26), dt.date(2014, 1, 1), dt.date(2015, 1, 1))
    career.jenjang = [(dt.date(2015, 1, 1), _PERTAMA), (dt.date(2022, 4, 1), _MUDA)]
    career.golongan = [
        (dt.date(2014, 1, 1), Golongan.III_A),
        (dt.date(2018, 4, 1), Golongan.III_B),
        (dt.date(2022, 4, 1), Golongan.III_C),
        (dt.date(2024, 10, 1), Golongan.III_D),
    ]
    career.tests = [(dt.date(2021, 9, 16), _MUDA, True)]
    officer = _officer("siti", "P", "Indramayu", career.birth_date, back_title="S.Psi.")
    officer.office_email = f"siti.wulandari@{office.domain}"
    officer.office_phone = "(0999) 555-0047"
    officer.contact_public = True
    officer.private_phone = "0800-0000-0047"
    officer.ikaperjasi_member = True
    officer.bio = f"Mendampingi pencari kerja dan calon pekerja migran di Indramayu. {FICTITIOUS}"
    province = offices.dinas("32")
    section = "Bidang Penempatan Tenaga Kerja"
    stints = [
        Stint(province, dt.date(2015, 1, 1), dt.date(2018, 3, 1), _PERTAMA, ""),
        Stint(office, dt.date(2018, 3, 1), dt.date(2022, 4, 1), _PERTAMA, section),
        Stint(office, dt.date(2022, 4, 1), None, _MUDA, section),
    ]
    degrees = [Degree(Level.S1, "Universitas Padjadjaran", "Psikologi", 2009)]
    made = Dossier(officer, expertise=["bimbingan-jabatan", "penempatan-pmi", "desmigratif"])
    _fill(rng, made, career, stints, degrees)
    made.postings[-1].sk_number = "821/114/BKPSDM/2022"
    made.postings[-1].sk_date = dt.date(2022, 3, 21)
    return made


def _budi(rng: Random, office: Office, _offices: Offices) -> Dossier:
    career = Career(dt.date(1975, 3, 2), dt.date(2001, 12, 1), dt.date(2009, 4, 1))
    career.jenjang = [
        (dt.date(2009, 4, 1), _PERTAMA),
        (dt.date(2013, 10, 1), _MUDA),
        (dt.date(2021, 4, 1), _MADYA),
    ]
    career.golongan = [
        (dt.date(2001, 12, 1), Golongan.III_A),
        (dt.date(2006, 4, 1), Golongan.III_B),
        (dt.date(2013, 10, 1), Golongan.III_C),
        (dt.date(2017, 10, 1), Golongan.III_D),
        (dt.date(2021, 4, 1), Golongan.IV_A),
        (dt.date(2025, 4, 1), Golongan.IV_B),
    ]
    career.tests = [(dt.date(2013, 5, 15), _MUDA, True), (dt.date(2020, 9, 10), _MADYA, True)]
    officer = _officer("budi", "L", "Biak Numfor", career.birth_date, back_title="S.Sos., M.Si.")
    officer.office_email = f"budi.rumbiak@{office.domain}"
    officer.office_phone = "(0999) 555-0031"
    officer.private_phone = "0800-0000-0031"
    officer.ikaperjasi_member = True
    section = "Bidang Penempatan dan Perluasan Kesempatan Kerja"
    stints = [
        Stint(office, dt.date(2009, 4, 1), dt.date(2013, 10, 1), _PERTAMA, ""),
        Stint(office, dt.date(2013, 10, 1), dt.date(2021, 4, 1), _MUDA, section),
        Stint(office, dt.date(2021, 4, 1), None, _MADYA, section),
    ]
    degrees = [
        Degree(Level.S1, "Universitas Cenderawasih", "Ilmu Administrasi Negara", 1999),
        Degree(Level.S2, "Universitas Hasanuddin", "Ilmu Administrasi", 2012),
    ]
    made = Dossier(officer, expertise=["perantaraan-kerja", "tenaga-kerja-khusus"])
    _fill(rng, made, career, stints, degrees)
    return made


def _joko(rng: Random, office: Office, _offices: Offices) -> Dossier:
    career = Career(dt.date(1965, 1, 5), dt.date(1990, 3, 1), dt.date(2009, 1, 1))
    career.jenjang = [(dt.date(2009, 1, 1), _MUDA), (dt.date(2014, 4, 1), _MADYA)]
    career.golongan = [
        (dt.date(1990, 3, 1), Golongan.III_A),
        (dt.date(1994, 4, 1), Golongan.III_B),
        (dt.date(1998, 4, 1), Golongan.III_C),
        (dt.date(2002, 10, 1), Golongan.III_D),
        (dt.date(2014, 4, 1), Golongan.IV_A),
        (dt.date(2019, 10, 1), Golongan.IV_B),
    ]
    career.tests = [(dt.date(2013, 11, 20), _MADYA, True)]
    career.left = career.retirement
    officer = _officer("joko", "L", "Klaten", career.birth_date, front_title="Drs.")
    officer.private_phone = "0800-0000-0009"
    section = "Bidang Penempatan Tenaga Kerja"
    stints = [
        Stint(office, dt.date(2009, 1, 1), dt.date(2014, 4, 1), _MUDA, ""),
        Stint(office, dt.date(2014, 4, 1), career.left, _MADYA, section),
    ]
    degrees = [Degree(Level.S1, "Universitas Sebelas Maret", "Sosiologi", 1989)]
    made = Dossier(officer, expertise=["perantaraan-kerja"])
    _fill(rng, made, career, stints, degrees)
    return made


def _officer(email: str, sex: str, birth_place: str, birth_date: dt.date, **titles: str) -> Officer:
    account = next(account for account in ACCOUNTS if account.email == email)
    return Officer(
        name=account.name,
        nip=account.nip,
        sex=sex,
        birth_place=birth_place,
        birth_date=birth_date,
        **titles,
    )


def _fill(
    rng: Random, made: Dossier, career: Career, stints: list[Stint], degrees: list[Degree]
) -> None:
    statuses = [(career.entered, Status.AKTIF)]
    if career.left is not None:
        statuses.append((career.left, Status.PENSIUN))
    parts = [part for stint in stints for part in by_founding(stint)]
    add_records(rng, made, career, parts, statuses, Kind.PNS)
    add_learning(rng, made, career, Schooling(degrees), "Jawa Barat")
