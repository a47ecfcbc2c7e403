"""The NIP, the 18-digit number of a civil servant: reading, checking, showing and masking it.

PNS (Peraturan BKN 22/2007): birth date YYYYMMDD, first appointment YYYYMM, sex 1 or 2, sequence
001-999. PPPK numbers have the same length, but digits 13-14 are a contract number, not a month.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s.\u00a0\u2007\u202f-]+")
_MASK = "•"
YOUNGEST_AT_APPOINTMENT = 15
OLDEST_YEAR = 1930


class NipError(ValueError):
    """The text is no NIP; `str(error)` is the sentence that says why, in Indonesian."""


@dataclass(frozen=True)
class Nip:
    """A well-formed number and what it says."""

    digits: str
    birth_date: dt.date
    appointed_year: int
    appointed_month: int
    sex: str
    """`L` (male, digit 1) or `P` (female, digit 2), as the register stores it."""

    def __str__(self) -> str:
        return format_nip(self.digits)


def clean_digits(text: str) -> str:
    """The text without the spaces, dots and dashes that people put between the groups."""
    return _SEPARATORS.sub("", text)


def parse_nip(text: str, *, pppk: bool = False, today: dt.date | None = None) -> Nip:
    """Read a NIP as people type it.

    Raises:
        NipError: with one sentence naming the first thing that is wrong.
    """
    digits = clean_digits(text)
    if digits and not (digits.isascii() and digits.isdigit()):
        raise NipError("NIP hanya boleh berisi angka, spasi, dan titik.")
    if len(digits) != 18:
        raise NipError(f"NIP harus 18 angka; yang diisi {len(digits)} angka.")
    birth_date = _read_birth_date(digits)
    year, month = int(digits[8:12]), int(digits[12:14])
    if not pppk and not 1 <= month <= 12:
        raise NipError(
            f"Angka ke-13 dan ke-14 NIP adalah bulan pengangkatan; “{digits[12:14]}” bukan bulan."
        )
    if year < birth_date.year + YOUNGEST_AT_APPOINTMENT:
        raise NipError(
            f"NIP menyebut pengangkatan tahun {year}, padahal lahir tahun {birth_date.year}."
        )
    if year > (today or dt.date.today()).year + 1:
        raise NipError(f"NIP menyebut pengangkatan tahun {year}, yang belum tiba.")
    if digits[14] not in "12":
        raise NipError(
            f"Angka ke-15 NIP adalah jenis kelamin, 1 atau 2; yang diisi “{digits[14]}”."
        )
    if digits[15:] == "000":
        raise NipError("Tiga angka terakhir NIP adalah nomor urut 001 sampai 999, bukan 000.")
    sex = "L" if digits[14] == "1" else "P"
    return Nip(digits, birth_date, year, month, sex)


def format_nip(digits: str) -> str:
    """`198609262015051001` becomes `19860926 201505 1 001`; anything else is left alone."""
    if len(digits) != 18:
        return digits
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def mask_nip(digits: str) -> str:
    """The shape of a NIP that gives away neither birth date nor appointment nor sex."""
    if not digits:
        return ""
    return format_nip(_MASK * 15 + digits[-3:])


def _read_birth_date(digits: str) -> dt.date:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        birth_date = dt.date(year, month, day)
    except ValueError:
        raise NipError(
            f"Delapan angka pertama NIP adalah tanggal lahir; {day}-{month}-{year} tidak ada."
        ) from None
    if birth_date.year < OLDEST_YEAR:
        raise NipError(f"NIP menyebut tahun lahir {year}, yang terlalu lama.")
    return birth_date
