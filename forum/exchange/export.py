"""Writes the forum to a file: one snapshot of the database, a row at a time."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from forum.exchange.tables import (
    CONTENT,
    FORMAT,
    KIND,
    NATURAL,
    PERSON,
    TABLES,
    VERSION,
    Table,
    natural_key,
)
from forum.exchange.values import written

AT_ONCE: Final = 500
SAY_EVERY: Final = 50_000
Progress = Callable[[str], None]


@dataclass(frozen=True)
class ExportReport:
    """How many lines of each kind; `lost` are attachments whose file is not there any more."""

    counts: dict[str, int]
    lost: int


def export_forum(path: Path, *, progress: Progress = lambda _words: None) -> ExportReport:
    """Write all of the forum to a new file, readable by its owner alone.

    Raises `FileExistsError` where there is one, and `OSError` where it cannot be written; then
    nothing is left behind. Not to be called within a transaction.
    """
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f"{path.name}.sebagian")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a handle
            report = _write(file, progress)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return report


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything that is read in it is of the same moment; nothing can be written in it."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _write(file: IO[str], progress: Progress) -> ExportReport:
    lost = 0
    with snapshot():
        names = _natural_names()
        people = sorted(names[User].values())
        counts = {PERSON: len(people)} | {table.name: table.rows.count() for table in TABLES}
        header = {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": written(timezone.now()),
            "counts": counts,
        }
        _put(file, header)
        for email in people:
            _put(file, {KIND: PERSON, "email": email})
        done = 0
        for table in TABLES:
            for line in _lines(table, names):
                lost += table.has_content and line[CONTENT] is None
                _put(file, line)
                done += 1
                if done % SAY_EVERY == 0:
                    progress(f"{done} baris …")
    return ExportReport(counts, lost)


def _natural_names() -> dict[Any, dict[int, str]]:
    """What the rows of other apps are called to which the forum refers; as many as there are people."""
    keys: dict[Any, set[int]] = {model: set() for model in NATURAL}
    for table in TABLES:
        for field in table.outside:
            used = table.rows.order_by().exclude(**{f"{field.name}__isnull": True})
            keys[field.related_model] |= set(used.values_list(field.attname, flat=True).distinct())
    return {
        model: dict(model._base_manager.filter(pk__in=keys[model]).values_list("pk", column))
        for model, column in NATURAL.items()
    }


def _lines(table: Table, names: dict[Any, dict[int, str]]) -> Iterator[dict[str, Any]]:
    columns = [field.attname for field in table.fields]
    lookups = [names[field.related_model] if natural_key(field) else None for field in table.fields]
    rows = table.rows.order_by("pk").values_list(*columns)
    for row in rows.iterator(chunk_size=AT_ONCE):
        line: dict[str, Any] = {KIND: table.name}
        for field, lookup, value in zip(table.fields, lookups, row, strict=True):
            named = lookup[value] if lookup is not None and value is not None else value
            line[field.name] = written(named)
        if table.has_content:
            line[CONTENT] = _content(table, line["file"])
        yield line


def _content(table: Table, name: str) -> str | None:
    field: Any = table.model._meta.get_field("file")
    try:
        with field.storage.open(name, "rb") as stored:
            return base64.b64encode(stored.read()).decode()
    except FileNotFoundError:
        return None


def _put(file: IO[str], line: dict[str, Any]) -> None:
    json.dump(line, file, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    file.write("\n")
