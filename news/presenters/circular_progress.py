"""How far a circular has been read: counts by province, names, lines of a CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from epk.lib import zones
from epk.lib.csv_cells import safe_cell
from epk.lib.dates import format_date, format_datetime
from epk.lib.text import format_number
from news.models import Circular, Reader
from registry.models import Region
from registry.models.terms import Jenjang

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from accounts.models import User

ELSEWHERE: Final = "Pusat dan lembaga"
NAMELESS: Final = "Mantan pengguna"
NAMES_A_PAGE: Final = 50
NAMES_A_PART: Final = 200
HEADER: Final = (
    "Provinsi",
    "Nama",
    "Unit kerja",
    "Jenjang",
    "Diminta membaca",
    "Dibaca",
    "Versi dibaca",
)


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """One province (or all): `done` of `asked`, all written out; `code` as in the address."""

    code: str
    name: str
    asked: str
    done: str
    waiting: str
    share: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One person who was asked, as they were on the day it was sent."""

    name: str
    about: str
    when: str


@dataclass(frozen=True)
class Progress:
    """`next_place` is where the following page begins, 0 on the last one."""

    title: str
    letter: str
    version: str
    sent: str
    deadline: str
    state: str
    total: ProvinceRow
    provinces: list[ProvinceRow]
    chosen: str
    rows: list[ReaderRow]
    next_place: int
    is_first: bool
    is_open: bool
    made: str


def progress_of(
    circular: Circular,
    user: User,
    *,
    province: str | None,
    is_done: bool | None,
    after: int,
    size: int = NAMES_A_PAGE,
) -> Progress:
    """Counted and listed within the scope of this person: three queries.

    `is_done` None lists both, as the proof does.
    """
    zone = zones.viewers_zone()
    readers = Reader.objects.of_version(circular.asking_id).in_scope_of(user)
    names = province_names()
    counted = sorted(readers.per_province(), key=lambda row: (not row[0], row[0]))
    if province not in {row[0] for row in counted}:
        province = None  # nobody there was asked, or none of this person's business
    chosen = [row for row in counted if province is None or row[0] == province]
    asked = sum(row[1] for row in chosen)
    done = sum(row[2] for row in chosen)
    place = "" if province is None else _name(province, names)
    listed = readers if province is None else readers.in_province(province)
    if is_done is not None:
        listed = listed.done() if is_done else listed.waiting()
    rows = list(listed.in_order().after(after)[: size + 1])
    version: Any = circular.live
    asking: Any = circular.asking
    return Progress(
        title=version.title,
        letter=version.letter,
        version=_version_words(version.number, asking.number),
        sent=format_datetime(asking.decided_at or asking.created_at, zone),
        deadline=format_date(version.deadline) if version.deadline else "",
        state=_state(circular, zone),
        total=_province("", place or "Semua", asked, done, is_chosen=False),
        provinces=[
            _province(code or "pusat", _name(code, names), *figures, is_chosen=code == province)
            for code, *figures in counted
        ],
        chosen=place,
        rows=[_reader(row, names, zone) for row in rows[:size]],
        next_place=rows[size - 1].position if len(rows) > size else 0,
        is_first=after == 0,
        is_open=_is_open(circular),
        made=format_datetime(timezone.now(), zone),
    )


def progress_csv(circular: Circular, user: User, *, province: str | None) -> str:
    """All readers within the scope of this person; no cell is a formula."""
    zone, names = zones.viewers_zone(), province_names()
    readers = Reader.objects.of_version(circular.asking_id).in_scope_of(user)
    if province is not None:
        readers = readers.in_province(province)
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    labels = dict(Jenjang.choices)
    columns = (
        "province_code",
        "name",
        "unit",
        "jenjang",
        "asked_at",
        "acknowledged_at",
        "acknowledged__number",
    )
    for code, name, unit, jenjang, asked, read, number in (
        readers.in_order().values_list(*columns).iterator(chunk_size=2000)
    ):
        cells = (
            _name(code, names), name or NAMELESS, unit, labels.get(jenjang, ""), format_datetime(asked, zone),
            format_datetime(read, zone) if read else "", number or "",
        )  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def province_names() -> dict[str, str]:
    """By code, in one query."""
    return dict(Region.objects.provinces().order_by("code").values_list("code", "name"))


def _province(code: str, name: str, asked: int, done: int, *, is_chosen: bool) -> ProvinceRow:
    return ProvinceRow(
        code=code,
        name=name,
        asked=format_number(asked),
        done=format_number(done),
        waiting=format_number(asked - done),
        share=f"{100 * done // asked} %" if asked else "–",
        is_chosen=is_chosen,
    )


def _reader(row: Any, names: Mapping[str, str], zone: dt.tzinfo) -> ReaderRow:
    parts = (
        Jenjang(row.jenjang).label if row.jenjang else "",
        row.unit,
        _name(row.province_code, names),
    )
    return ReaderRow(
        name=row.name or NAMELESS,
        about=" · ".join(part for part in parts if part),
        when=format_datetime(row.acknowledged_at, zone) if row.acknowledged_at else "",
    )


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code) if code else ELSEWHERE


def _version_words(live: int, asking: int) -> str:
    if live == asking:
        return f"Versi {live}"
    return f"Versi {live} (perbaikan kecil; yang diminta membaca ditetapkan pada versi {asking})"


def _is_open(circular: Circular) -> bool:
    """Whether it stands at its address now."""
    moment: Any = circular.publish_from
    return circular.withdrawn_at is None and bool(moment <= timezone.now())


def _state(circular: Circular, zone: dt.tzinfo) -> str:
    if circular.withdrawn_at is not None:
        return f"Ditarik {format_datetime(circular.withdrawn_at, zone)}"
    moment: Any = circular.publish_from
    return "Terbit" if moment <= timezone.now() else f"Terbit mulai {format_datetime(moment, zone)}"
