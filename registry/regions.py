"""The official list of provinces and kabupaten/kota: read from a file, brought into the table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pghistory
from django.db import connection, transaction

from registry.models import Region

OFFICIAL_LIST = Path(__file__).resolve().parent / "data" / "regions.csv"
"""Codes and names of Kepmendagri 300.2.2-2430/2025; see the README beside it."""

COLUMNS = ("code", "name", "iso", "time_zone", "tile_row", "tile_column")
_FACTS = ("name", "level", "iso", "time_zone", "tile_row", "tile_column")
_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?", re.ASCII)
_TILE = re.compile(r"[0-9]{1,2}", re.ASCII)
_LEVELS = (("Kabupaten ", Region.Level.KABUPATEN), ("Kota ", Region.Level.KOTA))
_LONGEST_NAME = 80


class RegionFileError(ValueError):
    """The file is no list of regions; `str(error)` is the sentence that says why and where."""


@dataclass(frozen=True)
class RegionRow:
    """One region of the list, checked, with the time zone of its province."""

    code: str
    name: str
    level: str
    iso: str
    time_zone: str
    tile_row: int | None
    tile_column: int | None

    @property
    def parent_code(self) -> str | None:
        return self.code[:2] if "." in self.code else None


@dataclass
class RegionReport:
    """What a load did, in the order of the codes."""

    added: list[Region] = field(default_factory=list)
    renamed: list[tuple[str, Region]] = field(default_factory=list)
    """The old name, and the region under its new one."""
    updated: list[Region] = field(default_factory=list)
    """Same name, other facts: level, ISO code, time zone, place on the map."""
    closed: list[Region] = field(default_factory=list)
    reopened: list[Region] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.added, self.renamed, self.updated, self.closed, self.reopened))


def read_regions(content: bytes) -> list[RegionRow]:
    """The rows of a file laid out like `registry/data/regions.csv`.

    Raises:
        RegionFileError: at the first thing that is wrong, with its line.
    """
    lines = _numbered_lines(_decoded(content))
    provinces: dict[str, RegionRow] = {}
    rows: dict[str, RegionRow] = {}
    regencies: list[tuple[int, dict[str, str]]] = []
    first_line: dict[str, int] = {}
    for line, values in lines:
        code = values["code"]
        if not _CODE.fullmatch(code):
            raise RegionFileError(
                f"Baris {line}: kode “{code[:20]}” bukan kode wilayah; contoh yang benar 32 dan 32.12."
            )
        if code in first_line:
            raise RegionFileError(
                f"Baris {line}: kode {code} sudah ada di baris {first_line[code]}."
            )
        first_line[code] = line
        if not values["name"] or len(values["name"]) > _LONGEST_NAME:
            raise RegionFileError(
                f"Baris {line}: nama wilayah {code} kosong atau lebih dari {_LONGEST_NAME} huruf."
            )
        if "." in code:
            regencies.append((line, values))
        else:
            provinces[code] = rows[code] = _province(line, values)
    for line, values in regencies:
        rows[values["code"]] = _regency(line, values, provinces)
    if not rows:
        raise RegionFileError("Berkas tidak memuat satu wilayah pun.")
    return [rows[code] for code in sorted(rows)]


def load_regions(rows: Iterable[RegionRow], *, on: dt.date) -> RegionReport:
    """Bring the table up to the list, in one transaction; what already agrees is not written.

    A region that has left the list is closed on the day before `on` and never deleted. One that
    joins a list already loaded is valid from `on`.
    """
    listed = {row.code: row for row in rows}
    report = RegionReport()
    with pghistory.context(reason="Pemutakhiran daftar wilayah"), transaction.atomic():
        with connection.cursor() as cursor:  # two loads at once take turns
            cursor.execute(f"LOCK TABLE {Region._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        known = Region.objects.in_bulk()
        changed: dict[str, Region] = {}
        for code, row in sorted(listed.items()):
            region = known.get(code)
            if region is None:
                region = Region(code=code, parent_id=row.parent_code)
                region.valid_from = on if known else None
                _bring_up(region, row)
                report.added.append(region)
                continue
            old_name = region.name
            if _bring_up(region, row):
                changed[code] = region
                if region.name == old_name:
                    report.updated.append(region)
                else:
                    report.renamed.append((old_name, region))
            if region.valid_until is not None and region.valid_until < on:
                region.valid_until, region.successor = None, None
                changed[code] = region
                report.reopened.append(region)
        for code, region in sorted(known.items()):
            last_day = _last_day(region, on)
            if code not in listed and (region.valid_until is None or region.valid_until > last_day):
                region.valid_until = last_day
                changed[code] = region
                report.closed.append(region)
        Region.objects.bulk_create(report.added)  # by code: a province before its regencies
        Region.objects.bulk_update(
            changed.values(), [*_FACTS, "valid_until", "successor"], batch_size=200
        )
    return report


def _bring_up(region: Region, row: RegionRow) -> bool:
    """Write the facts of the list onto the region; whether any of them was different."""
    different = [name for name in _FACTS if getattr(region, name) != getattr(row, name)]
    for name in different:
        setattr(region, name, getattr(row, name))
    return bool(different)


def _last_day(region: Region, on: dt.date) -> dt.date:
    """Yesterday; for a region that only began today, today."""
    yesterday = on - dt.timedelta(days=1)
    return max(yesterday, region.valid_from or yesterday)


def _decoded(content: bytes) -> str:
    if not content.strip():
        raise RegionFileError("Berkas kosong.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RegionFileError(f"Baris {line}: berkas bukan teks UTF-8.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RegionFileError(f"Baris {line}: berkas bukan CSV.")
    return text


def _numbered_lines(text: str) -> list[tuple[int, dict[str, str]]]:
    """The filled lines below the heading: number in the file, and values by column."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, dict[str, str]]] = []
    heading: Sequence[str] = ()
    try:
        for cells in reader:
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if not heading:
                heading = _checked_heading(reader.line_num, values)
                continue
            if len(values) != len(heading):
                raise RegionFileError(
                    f"Baris {reader.line_num}: ada {len(values)} kolom, seharusnya {len(heading)}."
                )
            lines.append((reader.line_num, dict(zip(heading, values, strict=True))))
    except csv.Error:
        raise RegionFileError(
            f"Baris {max(reader.line_num, 1)}: berkas bukan CSV yang utuh (tanda petik atau pemisah salah)."
        ) from None
    return lines


def _checked_heading(line: int, heading: list[str]) -> list[str]:
    missing = [name for name in COLUMNS if name not in heading]
    if missing:
        hint = "; pisahkan kolom dengan koma, bukan titik koma" if ";" in heading[0] else ""
        raise RegionFileError(f"Baris {line}: tidak ada kolom {', '.join(missing)}{hint}.")
    if len(set(heading)) != len(heading):
        raise RegionFileError(f"Baris {line}: ada kolom yang disebut dua kali.")
    return heading


def _province(line: int, values: dict[str, str]) -> RegionRow:
    if values["time_zone"] not in Region.Zone.values:
        raise RegionFileError(
            f"Baris {line}: zona waktu “{values['time_zone'][:30]}” tidak dikenal; "
            f"pilihannya {', '.join(Region.Zone.values)}."
        )
    if len(values["iso"]) > 5:
        raise RegionFileError(f"Baris {line}: kode ISO “{values['iso'][:20]}” terlalu panjang.")
    for column in ("tile_row", "tile_column"):
        if values[column] and not _TILE.fullmatch(values[column]):
            raise RegionFileError(
                f"Baris {line}: {column} “{values[column][:20]}” bukan angka 0 sampai 99."
            )
    return RegionRow(
        code=values["code"],
        name=values["name"],
        level=Region.Level.PROVINSI,
        iso=values["iso"],
        time_zone=values["time_zone"],
        tile_row=int(values["tile_row"]) if values["tile_row"] else None,
        tile_column=int(values["tile_column"]) if values["tile_column"] else None,
    )


def _regency(line: int, values: dict[str, str], provinces: dict[str, RegionRow]) -> RegionRow:
    code, name = values["code"], values["name"]
    province = provinces.get(code[:2])
    if province is None:
        raise RegionFileError(
            f"Baris {line}: provinsi {code[:2]} dari {code} tidak ada dalam berkas."
        )
    level = next((level for prefix, level in _LEVELS if name.startswith(prefix)), None)
    if level is None:
        raise RegionFileError(
            f"Baris {line}: nama “{name[:40]}” harus diawali Kabupaten atau Kota."
        )
    return RegionRow(
        code=code,
        name=name,
        level=level,
        iso="",
        time_zone=province.time_zone,
        tile_row=None,
        tile_column=None,
    )
