"""Where an officer of the demo has served: one stint after another, each with its decree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from registry.demo.careers import TODAY, Career, add_months
from registry.demo.offices import Office
from registry.demo.plan import Fate
from registry.models import StatusRecord, Unit
from registry.models.terms import Jenjang

Status = StatusRecord.Status

_SECTIONS = {
    Unit.Tier.PUSAT: (
        "Kelompok Kerja Bimbingan Jabatan",
        "Kelompok Kerja Antar Kerja Daerah",
        "Kelompok Kerja Informasi Pasar Kerja",
        "Kelompok Kerja Penempatan Tenaga Kerja Khusus",
        "Subbagian Tata Usaha",
    ),
    Unit.Tier.LEMBAGA: (
        "Seksi Penyiapan Penempatan",
        "Seksi Pelindungan dan Pemberdayaan",
        "Layanan Terpadu Satu Atap (LTSA)",
        "Tim Penyebaran Informasi",
    ),
    Unit.Tier.PROVINSI: (
        "Bidang Penempatan dan Perluasan Kesempatan Kerja",
        "Bidang Penempatan Tenaga Kerja dan Transmigrasi",
        "Bidang Pelatihan Kerja dan Produktivitas",
        "UPTD Pelayanan Penempatan Tenaga Kerja",
    ),
    Unit.Tier.KABUPATEN_KOTA: (
        "Bidang Penempatan Tenaga Kerja",
        "Bidang Penempatan dan Pelatihan Tenaga Kerja",
        "Bidang Penempatan Tenaga Kerja dan Perluasan Kesempatan Kerja",
        "Bidang Tenaga Kerja",
        "Seksi Informasi Pasar Kerja dan Bursa Kerja",
    ),
}
_NEXT_MOVES = (
    dt.date(2026, 12, 15),
    dt.date(2027, 1, 1),
    dt.date(2027, 1, 1),
    dt.date(2027, 2, 1),
    dt.date(2027, 3, 1),
)
_END_STATUS = {
    Fate.RETIRED: Status.PENSIUN,
    Fate.RETIRES_SOON: Status.PENSIUN,
    Fate.LEFT: Status.PINDAH_INSTANSI,
    Fate.RESIGNED: Status.MENGUNDURKAN_DIRI,
    Fate.DIED: Status.MENINGGAL,
}


@dataclass
class Stint:
    """From a day until before another, or open, at one office in one jenjang."""

    office: Office
    start: dt.date
    end: dt.date | None
    jenjang: Jenjang
    section: str


def draw_stints(
    rng: Random, career: Career, fate: Fate, office: Office, neighbours: list[Office]
) -> list[Stint]:
    """The stints of a career that ends (so far) at `office`, oldest first."""
    transfers = _transfers(rng, career, neighbours)
    changes = sorted([*transfers, *(day for day, _ in career.jenjang[1:])], reverse=True)
    stints: list[Stint] = []
    section, end = _section(rng, office), career.left
    for day in changes:
        stints.append(Stint(office, day, end, _jenjang_on(career, day), section))
        end = day
        if day in transfers:
            office = rng.choice([other for other in neighbours if other is not office])
            section = _section(rng, office)
            if rng.random() < 0.05:  # a gap between two decrees
                end = add_months(day, -rng.randint(1, 4))
    stints.append(Stint(office, career.entered, end, career.jenjang[0][1], section))
    stints.reverse()
    if fate is Fate.MOVES_SOON:
        stints.append(_next_stint(rng, stints[-1], neighbours))
    return [part for stint in stints for part in by_founding(stint)]


def draw_statuses(rng: Random, career: Career, fate: Fate) -> list[tuple[dt.date, Status]]:
    """Since when which status holds, oldest first; a decided retirement may lie ahead."""
    rows = [(career.entered, Status.AKTIF)]
    if fate is Fate.STUDIES:
        rows.append((add_months(TODAY, -rng.randint(2, 28)), Status.TUGAS_BELAJAR))
    elif fate is Fate.SUSPENDED:
        rows.append((add_months(TODAY, -rng.randint(1, 11)), Status.DIBERHENTIKAN_SEMENTARA))
    elif fate in _END_STATUS and career.left is not None:
        rows.append((career.left, _END_STATUS[fate]))
    elif career.entered < add_months(TODAY, -60) and rng.random() < 0.012:
        away = add_months(career.entered, rng.randint(18, 30))
        rows += [(away, Status.TUGAS_BELAJAR), (add_months(away, 24), Status.AKTIF)]
    return rows


def decree(rng: Random, office: Office, since: dt.date, subject: str) -> tuple[str, dt.date]:
    """Number and date of the decree by which something holds `since` a day."""
    day = since - dt.timedelta(days=rng.randint(4, 45))
    number = rng.randint(11, 1999)
    tier = office.unit.tier
    if office.private:
        return f"{number % 90 + 10}/SK-DIR/{day.year}", day
    if tier == Unit.Tier.PUSAT:
        return f"KEP.{number}/SJ-OP/{_ROMAN[day.month - 1]}/{day.year}", day
    if tier == Unit.Tier.LEMBAGA:
        return f"SK.{number}/KP.03.0{rng.randint(1, 5)}/{day.year}", day
    office_code = "BKD" if tier == Unit.Tier.PROVINSI else rng.choice(("BKPSDM", "BKPSDM", "BKD"))
    return f"{subject}/{number}/{office_code}/{day.year}", day


def status_decree(
    rng: Random, office: Office, since: dt.date, status: Status
) -> tuple[str, dt.date | None]:
    """The decree of a status; a death has none, and entering was the decree of the posting."""
    if status in {Status.AKTIF, Status.MENINGGAL}:
        return "", None
    number, day = decree(rng, office, since, "882" if status == Status.PENSIUN else "800")
    return number, min(day, TODAY - dt.timedelta(days=14))


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _transfers(rng: Random, career: Career, neighbours: list[Office]) -> list[dt.date]:
    """First days at another office: about one in twelve years, well apart from other changes."""
    if len(neighbours) < 2:
        return []
    last = career.left or TODAY
    days: list[dt.date] = []
    for _ in range(((last - career.entered).days // 365) // 6):
        if rng.random() < 0.5:
            span = (last - career.entered).days - 730
            day = add_months(career.entered + dt.timedelta(days=365 + rng.randrange(span)), 0)
            taken = [*days, *(since for since, _ in career.jenjang)]
            if all(abs((day - other).days) > 300 for other in taken):
                days.append(day)
    return days


def _jenjang_on(career: Career, day: dt.date) -> Jenjang:
    return [jenjang for since, jenjang in career.jenjang if since <= day][-1]


def _section(rng: Random, office: Office) -> str:
    if office.private or rng.random() < 0.2:
        return ""
    return rng.choice(_SECTIONS[Unit.Tier(office.unit.tier)])


def _next_stint(rng: Random, present: Stint, neighbours: list[Office]) -> Stint:
    """Decided, but still to come: the present stint ends the day before."""
    present.end = rng.choice(_NEXT_MOVES)
    others = [office for office in neighbours if office is not present.office]
    office = rng.choice(others) if others else present.office
    choices = _SECTIONS[Unit.Tier(office.unit.tier)]
    section = rng.choice([name for name in choices if name != present.section])
    return Stint(office, present.end, None, present.jenjang, section)


def by_founding(stint: Stint) -> Iterator[Stint]:
    """The stint, with its time before the office was founded spent at the one before it."""
    before, founded = stint.office.before, stint.office.founded
    if before is None or stint.start >= founded:
        yield stint
        return
    first_end = founded if stint.end is None else min(founded, stint.end)
    yield from by_founding(Stint(before, stint.start, first_end, stint.jenjang, stint.section))
    if stint.end is None or stint.end > founded:
        yield Stint(stint.office, founded, stint.end, stint.jenjang, stint.section)
