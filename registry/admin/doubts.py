"""What is legal but odd about an officer: told after saving, never a reason to refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from epk.lib.dates import format_date
from registry.models import JenjangRecord, Officer, Posting, Unit
from registry.models.terms import USUAL_GOLONGAN
from registry.queries import PostingQuerySet


def doubts(officer: Officer, postings: PostingQuerySet, today: dt.date) -> Iterator[str]:
    """Sentences on the stored record; four queries, however many rows it has.

    `postings`: those of the officer that whoever saved can mend.
    """
    if officer.employment != Officer.Employment.NON_ASN and not officer.nip:
        yield "NIP belum diisi."
    if not officer.statuses.filter(period__contains=today).exists():
        yield "Belum ada status yang berlaku hari ini, jadi petugas ini belum tampil di direktori."
    jenjang_records = list(officer.jenjang_records.order_by("since"))
    for posting in postings.select_related("unit").order_by("period"):
        yield from _about_unit(posting, posting.unit)
        yield from _about_jenjang(posting, jenjang_records)
    yield from _about_golongan(officer, jenjang_records, today)


def _about_unit(posting: Posting, unit: Unit) -> Iterator[str]:
    last_day = posting.last_day
    if unit.valid_from and posting.first_day < unit.valid_from:
        begins = format_date(unit.valid_from)
        yield f"{unit.short_name} baru berdiri {begins}, sesudah penempatan di sana dimulai."
    if unit.valid_until and (last_day is None or last_day > unit.valid_until):
        until = format_date(unit.valid_until)
        yield f"{unit.short_name} hanya berlaku sampai {until}, tetapi penempatan di sana lebih lama."


def _about_jenjang(posting: Posting, records: list[JenjangRecord]) -> Iterator[str]:
    """Compare a posting with the jenjang on its last day, or on its first while it lasts."""
    day = posting.last_day or max(posting.first_day, dt.date.today())
    held = [record for record in records if record.since <= day]
    if held and posting.jenjang and held[-1].jenjang != posting.jenjang:
        yield (
            f"Penempatan di {posting.unit.short_name} menyebut {posting.get_jenjang_display()}, "
            f"tetapi riwayat jenjang menyebut {held[-1].get_jenjang_display()}."
        )


def _about_golongan(
    officer: Officer, records: list[JenjangRecord], today: dt.date
) -> Iterator[str]:
    held = [record for record in records if record.since <= today]
    pangkat = officer.pangkat_records.filter(period__contains=today).first()
    if not held or pangkat is None:
        return
    jenjang = held[-1]
    if pangkat.golongan not in USUAL_GOLONGAN[jenjang.jenjang]:
        yield (
            f"Golongan {pangkat.golongan} tidak lazim untuk {jenjang.get_jenjang_display()}; "
            "boleh, asalkan memang demikian."
        )
