"""Makes thousands of officers in a few statements, for tests of size and scale."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from registry.models import (
    Expertise,
    JenjangRecord,
    Officer,
    OfficerExpertise,
    PangkatRecord,
    Posting,
    StatusRecord,
    Unit,
)

BIRTH_DATE = dt.date(1985, 5, 17)
SINCE = dt.date(2016, 3, 1)
JENJANG = ("ahli_pertama", "ahli_muda", "ahli_madya")
FAMILY_NAMES = ("Kusumaningrat", "Simanjuntak", "Hadisoeryo", "Tampubolon", "Wirahadikusumah")
# As long as a row gets in earnest: titles, four names, three fields of expertise.
LONG_NAME = "Raden Muhammad Syaifullah"
EXPERTISE = (
    "Perluasan kesempatan kerja",
    "Pengendalian tenaga kerja asing",
    "Informasi pasar kerja",
)


def make_officers(count: int, unit: Unit, *, start: int = 0) -> list[Officer]:
    """That many officers in service at one unit; a second call starts where the first ended."""
    officers = Officer.objects.bulk_create(
        [
            Officer(
                name=f"{LONG_NAME} {FAMILY_NAMES[place % len(FAMILY_NAMES)]} {place:05}",
                front_title="Dr. H.",
                back_title="S.Psi., M.Si.",
                sex="L",
                employment=Officer.Employment.PPPK,
                birth_date=BIRTH_DATE,
                nip=_nip(place),
                office_email=f"petugas{place}@contoh.example",
            )
            for place in range(start, start + count)
        ],
        batch_size=1_000,
    )
    since = {"since": SINCE, "period": DateRange(SINCE, None)}
    StatusRecord.objects.bulk_create(
        [StatusRecord(officer=officer, status="aktif", **since) for officer in officers]
    )
    JenjangRecord.objects.bulk_create(
        [
            JenjangRecord(officer=officer, jenjang=JENJANG[place % len(JENJANG)], **since)
            for place, officer in enumerate(officers)
        ]
    )
    PangkatRecord.objects.bulk_create(
        [PangkatRecord(officer=officer, golongan="III/c", **since) for officer in officers]
    )
    Posting.objects.bulk_create(
        [
            Posting(officer=officer, unit=unit, jenjang="ahli_muda", period=since["period"])
            for officer in officers
        ]
    )
    fields = [
        Expertise.objects.get_or_create(name=name, defaults={"code": f"bidang-{place}"})[0]
        for place, name in enumerate(EXPERTISE)
    ]
    OfficerExpertise.objects.bulk_create(
        [OfficerExpertise(officer=o, expertise=field) for o in officers for field in fields]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # autovacuum cannot see rows that are not yet committed
    return officers


def _nip(place: int) -> str:
    """A PPPK number: digits 13 and 14 are a contract, so there are 99 times as many of them."""
    contract, sequence = divmod(place, 999)
    return f"{BIRTH_DATE:%Y%m%d}2016{contract:02}1{sequence + 1:03}"
