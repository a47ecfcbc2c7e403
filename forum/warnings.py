"""Private numbers that people write without thinking: a NIK, a mobile number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NIK: Final = "nik"
PHONE: Final = "telepon"
NIK_DIGITS: Final = 16
WOMEN_ADD: Final = 40
"""In a NIK the day of birth of a woman is written 40 higher."""
LONGEST_PHONE: Final = 15

# Letters of no width, put between digits, change nothing of what a reader sees.
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_RUN: Final = re.compile(r"\+?\d+(?:[ \t\u00a0\u2007\u2009\u202f.()/\u2010-\u2015-]{1,3}\d+)*")
_GROUP: Final = re.compile(r"\d+")
_MOBILE: Final = re.compile(r"(?:620?|0)8[1-9]\d{7,10}")
_DATE: Final = re.compile(r"[0-3]\d\D{1,3}[01]\d\D{1,3}(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Warning:  # noqa: A001  (what it is; Python's own is not meant here)
    """What was found: `kind` is NIK or PHONE, `masked` shows enough of it to be known again."""

    kind: str
    masked: str


def found_in(text: str) -> list[Warning]:
    """Every NIK and mobile number of a text, in their order, each once.

    Groups of digits with a space, dot or dash between them are read together; a longer number
    without a gap (an account, a NIP of 18 digits) is neither.
    """
    found: list[Warning] = []
    for run in _RUN.finditer(_UNSEEN.sub("", text)):
        found += _in_run(run[0])
    return list(dict.fromkeys(found))


def _in_run(run: str) -> list[Warning]:
    groups = [(found.start(), _ascii(found[0])) for found in _GROUP.finditer(run)]
    found, place = [], 0
    while place < len(groups):
        warning, taken = _beginning_at(run, groups, place)
        if warning is not None:
            found.append(warning)
        place += taken
    return found


def _beginning_at(
    run: str, groups: list[tuple[int, str]], place: int
) -> tuple[Warning | None, int]:
    """The longest number that begins with this group, and how many groups it takes (at least one)."""
    is_date = _DATE.match(run, groups[place][0]) is not None
    best: tuple[Warning | None, int] = (None, 1)
    digits = ""
    for end in range(place, len(groups)):
        digits += groups[end][1]
        if len(digits) > NIK_DIGITS:
            break
        if _is_nik(digits):
            return Warning(NIK, masked(digits)), end - place + 1
        if len(digits) <= LONGEST_PHONE and not is_date and _MOBILE.fullmatch(digits):
            best = (Warning(PHONE, masked(digits)), end - place + 1)
    return best


def masked(digits: str) -> str:
    """`3212••••••••••01`: the beginning and the end."""
    return f"{digits[:4]}{'•' * (len(digits) - 6)}{digits[-2:]}"


def _is_nik(digits: str) -> bool:
    """Sixteen digits with a province, a day and a month at their places (Permendagri 72/2022)."""
    if len(digits) != NIK_DIGITS:
        return False
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    born = day - WOMEN_ADD if day > WOMEN_ADD else day
    return 11 <= province <= 97 and 1 <= born <= 31 and 1 <= month <= 12


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)
