"""Two circulars of the demo: one that nearly everybody has read, and a fresh one with a deadline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from accounts.models import User
from news.audience import officers_in
from news.models import Circular, CircularVersion, Reader
from news.rendering import rendered

DOMAIN: Final = "@demo.example"
BATCH: Final = 1000


@dataclass(frozen=True)
class Letter:
    """A circular sent `days` before the day of the demo; `skipped`: every so many have not read it."""

    letter: str
    title: str
    summary: str
    source: str
    days: int
    deadline: int
    skipped: int


LETTERS: Final = (
    Letter(
        letter="B-118/PK.02/RK",
        title="Tata cara pelaporan kegiatan antar kerja tiap bulan",
        summary="Laporan dikirim paling lambat tanggal lima bulan berikutnya.",
        source=(
            "Kepada para Pengantar Kerja,\n\n"
            "mulai bulan ini laporan kegiatan antar kerja disusun dengan **satu format** untuk semua"
            " Dinas:\n\n"
            "1. jumlah pencari kerja yang dilayani dan ditempatkan;\n"
            "2. lowongan yang diterima, menurut sektor;\n"
            "3. penyuluhan dan bimbingan jabatan, dengan tempat dan jumlah peserta.\n\n"
            "Laporan dikirim melalui atasan langsung, paling lambat tanggal 5 bulan berikutnya."
            " Edaran ini rekaan untuk peragaan."
        ),
        days=24,
        deadline=-10,
        skipped=11,
    ),
    Letter(
        letter="B-131/PK.02/RK",
        title="Pemutakhiran data penempatan semester II",
        summary="Periksa penempatan, jabatan, dan kontak dinas Anda di register.",
        source=(
            "Kepada para Pengantar Kerja,\n\n"
            "data penempatan semester II akan dipakai untuk menghitung kebutuhan jabatan. Mohon:\n\n"
            "- buka halaman profil dan periksa unit kerja, jenjang, dan TMT;\n"
            "- perbarui e-mail dan telepon dinas;\n"
            "- sampaikan kepada Admin Provinsi bila ada yang tidak sesuai dengan SK.\n\n"
            "Edaran ini rekaan untuk peragaan."
        ),
        days=1,
        deadline=6,
        skipped=1,
    ),
)


def fill_circulars(on: dt.date) -> int:
    """Write the circulars as if sent some days before `on`; returns how many people were asked.

    Does nothing where there is one already, or without the cast. The demo gives accounts to its
    cast alone; the other officers stand among the readers without one, so that there is something
    to see.
    """
    people = {
        user.email.removesuffix(DOMAIN): user
        for user in User.objects.filter(email__endswith=DOMAIN)
    }
    if Circular.objects.exists() or not {"agus", "admin"} <= set(people):
        return 0
    return sum(_send(letter, on, people["agus"], people["admin"]) for letter in LETTERS)


def _send(letter: Letter, on: dt.date, writer: User, reviewer: User) -> int:
    day = on - dt.timedelta(days=letter.days)
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(8, 15)))
    circular = Circular.objects.create(
        title=letter.title, publish_from=moment, created_by=writer, created_at=moment
    )
    is_old = letter.skipped > 1
    version = CircularVersion.objects.create(
        circular=circular,
        number=1,
        state=CircularVersion.State.LIVE,
        change=CircularVersion.Change.FIRST,
        title=letter.title,
        letter=letter.letter,
        summary=letter.summary,
        source=letter.source,
        html=rendered(letter.source, {}),
        deadline=on + dt.timedelta(days=letter.deadline),
        writer=writer,
        writer_name=writer.name,
        saved_by=writer,
        created_at=moment,
        saved_at=moment,
        sent_at=moment,
        reviewer=reviewer,
        reviewer_name=reviewer.name,
        decided_at=moment,
        # The old one was told of and reminded of; the worker tells of the fresh one.
        told_at=moment if is_old else None,
        reminded=2 if is_old else 0,
    )
    circular.live = circular.asking = version
    circular.save(update_fields=["live", "asking"])
    officers = officers_in(version, day)
    if officers is None:
        return 0
    rows = officers.order_by("province", "sort_key", "pk").values_list(
        "pk", "user_id", "titled", "unit_then", "tier_then", "jenjang_then", "province"
    )
    readers = [
        Reader(
            version=version,
            officer_id=officer,
            user_id=user,
            name=name,
            unit=unit,
            tier=tier,
            jenjang=jenjang,
            province_code=province,
            position=position,
            asked_at=moment,
            **_read(position, letter, version, moment),
        )
        for position, (officer, user, name, unit, tier, jenjang, province) in enumerate(rows, 1)
    ]
    Reader.objects.bulk_create(readers, batch_size=BATCH)
    return len(readers)


def _read(
    position: int, letter: Letter, version: CircularVersion, moment: dt.datetime
) -> dict[str, object]:
    """When this one acknowledged, within eight days; nothing for those who did not."""
    if position % letter.skipped == 0:
        return {"reminded": 2 if letter.skipped > 1 else 0}
    waited = dt.timedelta(minutes=position * 397 % (8 * 24 * 60))
    return {"acknowledged_at": moment + waited, "acknowledged": version}
