"""Private numbers that people write without thinking: a NIK, a mobile number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from epk.lib import markdown

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
_NIP: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d[01]\d[0-3]\d[ .]?(?:19|20)\d{4}[ .]?[12][ .]?\d{3}(?!\d)"
)
_OFFICE: Final = re.compile(r"(?<!\d)0\d{2,3}\D{1,3}[2-9]\d{4,7}(?!\d)")
"""A telephone of an office: area code, and a number that begins with neither 0 nor 1."""
_BETWEEN: Final = frozenset(" \t\u00a0\u2007\u2009\u202f.\u2010\u2011\u2012\u2013\u2014\u2015-")
_DATE: Final = re.compile(r"[0-3]\d\D{1,3}[01]\d\D{1,3}(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Warning:  # noqa: A001  (what it is; Python's own is not meant here)
    """What was found: `kind` is NIK or PHONE, `masked` shows enough of it to be known again."""

    kind: str
    masked: str


def found_in(title: str, source: str = "") -> list[Warning]:
    """Every NIK and mobile number of a title and a text in Markdown, in their order, each once.

    The text is looked at as it was typed, which has the addresses of links, and as it is read, where
    no mark parts the digits. Groups of digits with a space, dot or dash between them are read
    together; a longer number without a gap (an account, a NIP of 18 digits) is neither.
    """
    found: list[Warning] = []
    for text in (title, source, markdown.lines(source)):
        found += _in_text(text)
    return list(dict.fromkeys(found))


def _in_text(text: str) -> list[Warning]:
    found: list[Warning] = []
    lines = _NIP.sub("#", _UNSEEN.sub("", text)).splitlines()
    runs = [list(_RUN.finditer(line)) for line in lines]
    for place, line in enumerate(lines):
        for run in runs[place]:
            found += _in_run(run[0])
        if runs[place] and place + 1 < len(lines) and runs[place + 1]:
            found += _over_line_end(line, runs[place][-1], lines[place + 1], runs[place + 1][0])
    return found


def _over_line_end(
    line: str, last: re.Match[str], following: str, first: re.Match[str]
) -> list[Warning]:
    """A NIK that goes on in the next line: what ends the one and begins the other is nothing else."""
    if line[last.end() :].strip() or following[: first.start()].strip(" \t>"):
        return []
    digits = _ascii("".join(_GROUP.findall(last[0] + first[0])))
    return [Warning(NIK, masked(digits))] if _is_nik(digits) else []


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
    if _DATE.match(run, groups[place][0]):
        return None, 3
    best: tuple[Warning | None, int] = (None, 1)
    digits = ""
    for end in range(place, len(groups)):
        digits += groups[end][1]
        if len(digits) > NIK_DIGITS:
            break
        if _is_nik(digits) and _is_one_number(run, groups[place : end + 1]):
            return Warning(NIK, masked(digits)), end - place + 1
        if len(digits) <= LONGEST_PHONE and _MOBILE.fullmatch(digits):
            best = (Warning(PHONE, masked(digits)), end - place + 1)
    return best


def _is_one_number(run: str, groups: list[tuple[int, str]]) -> bool:
    """Whether groups hang together: one sign between all of them, and no number of an office."""
    ends = [start + len(digits) for start, digits in groups]
    gaps = {run[end:start] for end, (start, _) in zip(ends, groups[1:], strict=False)}
    if not gaps:
        return True
    within = _OFFICE.search(run, groups[0][0], ends[-1])
    return within is None and len(gaps) == 1 and gaps.pop() in _BETWEEN


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
