"""Reads the lines of a file one by one; what is wrong with one is said with its number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from forum.exchange.tables import FORMAT, NAMES, VERSION

LONGEST: Final = 64_000_000
"""Bytes of a line: four times what an attachment can be."""
NOT_OURS: Final = "ini bukan ekspor forum"


class FaultError(Exception):
    """The file cannot be imported: a sentence for whoever started the import."""

    def __init__(self, words: str, *, line: int | None = None) -> None:
        super().__init__(f"Baris {line}: {words}." if line else f"{words}.")
        self.line = line


def header_of(file: IO[bytes]) -> dict[str, int]:
    """How many lines of each kind the file says it has; reads its first line."""
    found = next(lines_of(file, first=1), None)
    if found is None:
        raise FaultError("Berkas kosong")
    _, header = found
    if header.get("format") != FORMAT:
        raise FaultError(f"{NOT_OURS}; baris pertamanya tidak menyebut {FORMAT}", line=1)
    if header.get("version") != VERSION or type(header["version"]) is not int:
        said = json.dumps(header.get("version"))[:40]
        raise FaultError(f"versi format {said} tidak dikenal; yang dikenal versi {VERSION}", line=1)
    counts = header.get("counts")
    if (
        not isinstance(counts, dict)
        or list(counts) != list(NAMES)
        or any(type(count) is not int or count < 0 for count in counts.values())
    ):
        raise FaultError(f"hitungan di baris pertama tidak lengkap; {NOT_OURS}", line=1)
    return counts


def lines_of(file: IO[bytes], first: int = 2) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line with its number; raises `FaultError` at the first that cannot be read."""
    number = first - 1
    while raw := file.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            raise FaultError(f"lebih dari {LONGEST} byte", line=number)
        yield number, _parsed(raw, number)


def _parsed(raw: bytes, number: int) -> dict[str, Any]:
    strange = f"; {NOT_OURS}" if number == 1 else ""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        if not raw.endswith(b"\n") and error.reason == "unexpected end of data":
            raise _cut(number) from None
        raise FaultError(f"bukan UTF-8 (byte ke-{error.start + 1}){strange}", line=number) from None
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except _RepeatedError as error:
        raise FaultError(f"menyebut “{error}” dua kali", line=number) from None
    except (ValueError, RecursionError):
        if not text.endswith("\n") and number > 1:
            raise _cut(number) from None
        raise FaultError(f"bukan JSON{strange}", line=number) from None
    if not isinstance(found, dict):
        raise FaultError(f"bukan objek JSON{strange}", line=number)
    return found


def _cut(number: int) -> FaultError:
    return FaultError("berkas terpotong di tengah baris ini", line=number)


class _RepeatedError(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedError(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)
