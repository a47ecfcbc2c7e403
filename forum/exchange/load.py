"""Reads an exported forum into an empty one: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import pghistory
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, reset_queries, transaction
from django.db.models import Exists, OuterRef

from epk.lib import indonesian, markdown
from forum.actions.indexing import words_of
from forum.exchange.files import Files
from forum.exchange.lines import FaultError, header_of, lines_of
from forum.exchange.rows import Outside, Rows, content_of
from forum.exchange.tables import BY_MODEL, BY_NAME, CONTENT, KIND, NAMES, PERSON, TABLES, Table
from forum.models import Category, Post, Topic
from forum.recount import count_anew, differences
from forum.rendering import rendered

AT_ONCE: Final = 500
SAY_EVERY: Final = 50_000
SHOWN: Final = 10
NOT_EMPTY: Final = "Forum tidak kosong: {name} berisi {count} baris"
Progress = Callable[[str], None]


@dataclass
class ImportReport:
    """How many rows of each table were saved, left out, or lost a reference; files lost before."""

    saved: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, int] = field(default_factory=dict)
    emptied: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    lost_files: int = 0


def import_forum(
    path: Path, *, lenient: bool = False, progress: Progress = lambda _words: None
) -> ImportReport:
    """Save what the file holds. Raises `FaultError`, and then nothing is changed.

    With `lenient` people unknown here are left out: what they wrote stays under its name without an
    account, what was theirs alone (marks, follows, seats) goes.
    """
    with path.open("rb") as file, Files() as files:
        counts = header_of(file)
        with pghistory.context(reason="import_forum"), transaction.atomic():
            return _Import(path, counts, files, lenient, progress).run(file)


class _Import:
    def __init__(
        self, path: Path, counts: dict[str, int], files: Files, lenient: bool, progress: Progress
    ) -> None:
        self.path, self.counts, self.files, self.progress = path, counts, files, progress
        self.rows = Rows(Outside(lenient))
        self.report = ImportReport()
        self.batch: list[tuple[int, Any]] = []
        self.table: Table | None = None
        self.seen: Counter[str] = Counter()
        self.last_key: Any = None

    def run(self, file: IO[bytes]) -> ImportReport:
        _make_room()
        for number, line in lines_of(file):
            self._take(line, number)
            if number % SAY_EVERY == 0:
                self.progress(f"{number} baris …")
        self._begin(len(NAMES))
        for name, count in self.counts.items():
            if self.seen[name] != count:
                words = f"Menurut baris pertama ada {count} baris {name}, ditemukan {self.seen[name]}; berkas tidak lengkap"
                raise FaultError(words)
        _look_over()
        self._check_references()
        left_out = self.rows.left_out
        self.report.left_out = {name: len(keys) for name, keys in left_out.items() if keys}
        self.report.emptied = dict(self.rows.emptied)
        if self.report.left_out:
            count_anew()
        for found in differences():
            row, stands, right = found.rows[0]
            words = f"Hitungan tidak cocok ({found.what}) di {found.count} tempat; baris basis data {row}: {stands}, seharusnya {right}"
            raise FaultError(words)
        _go_on_counting()
        return self.report

    def _take(self, line: dict[str, Any], number: int) -> None:
        name = line.get(KIND)
        if not isinstance(name, str) or name not in NAMES:
            raise FaultError(f"jenis baris tidak dikenal: “{str(name)[:40]}”", line=number)
        place = NAMES.index(name)
        before = NAMES.index(self.table.name) if self.table else 0
        if place < before:
            raise FaultError(f"{name} berdiri sesudah {NAMES[before]}", line=number)
        if place > before:
            self._begin(place)
        self.seen[name] += 1
        if name == PERSON:
            self.rows.person(line, number)
            return
        table = BY_NAME[name]
        row = self.rows.row(table, line, number)
        self._check_order(table, line, number)
        if row is None:
            return
        if table.has_content:
            self._keep_file(row, line[CONTENT], number)
        self.batch.append((number, row))
        if len(self.batch) >= AT_ONCE:
            self._save()

    def _begin(self, place: int) -> None:
        """What came before this place of the file is complete."""
        if self.table is None:
            self._check_people()
        self._save()
        self.table = BY_NAME[NAMES[place]] if place < len(NAMES) else TABLES[-1]
        self.last_key = None

    def _check_people(self) -> None:
        unknown = self.rows.outside.unknown_people()
        self.report.unknown = unknown
        if unknown and not self.rows.outside.lenient:
            rest = len(unknown) - SHOWN
            more = f" dan {rest} lainnya" if rest > 0 else ""
            raise FaultError(
                f"{len(unknown)} orang tidak ada di basis data ini: {', '.join(unknown[:SHOWN])}"
                f"{more}. Buat akunnya dahulu, atau impor tanpa mereka (--tanpa-akun)"
            )

    def _check_order(self, table: Table, line: dict[str, Any], number: int) -> None:
        """Ascending keys show at once what stands there twice, and need no memory."""
        key = line[table.key.name]
        if self.last_key is not None and key <= self.last_key:
            words = "sudah ada" if key == self.last_key else f"berdiri sesudah {self.last_key}"
            raise FaultError(f"{table.name} {key} {words}", line=number)
        self.last_key = key

    def _keep_file(self, row: Any, encoded: Any, number: int) -> None:
        content = content_of(row, encoded, number)
        if content is None:
            self.report.lost_files += 1
        else:
            self.files.keep(row.file, content, number)

    def _save(self) -> None:
        if not self.batch:
            return
        if isinstance(self.batch[0][1], Post):
            _prepare(row for _, row in self.batch)
        manager: Any = type(self.batch[0][1])._base_manager
        try:
            with transaction.atomic():
                manager.bulk_create([row for _, row in self.batch])
        except (IntegrityError, DataError):
            self._save_one_by_one()
        self.report.saved[BY_MODEL[manager.model].name] += len(self.batch)
        self.batch = []
        reset_queries()

    def _save_one_by_one(self) -> None:
        """Finds the line that the database refuses."""
        for number, row in self.batch:
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except (IntegrityError, DataError) as error:
                diag = getattr(error.__cause__, "diag", None)
                rule = getattr(diag, "constraint_name", None) or "jenis datanya"
                name = BY_MODEL[type(row)].name
                words = f"{name} {row.pk} ditolak basis data ({rule})"
                raise FaultError(words, line=number) from None

    def _check_references(self) -> None:
        """References may lead ahead, so they are looked at when everything is there."""
        for table in TABLES:
            for reference in table.inside:
                there = reference.related_model._base_manager.filter(pk=OuterRef(reference.attname))
                lost = table.rows.filter(
                    ~Exists(there), **{f"{reference.name}__isnull": False}
                ).order_by("pk")
                found = lost.values_list("pk", reference.attname).first()
                if found is not None:
                    key, missing = found
                    name = BY_MODEL[reference.related_model].name
                    words = f"“{reference.name}” dari {table.name} {key} menyebut {name} {missing}, yang tidak ada di berkas"
                    raise FaultError(words, line=self._line_of(table, str(key)))

    def _line_of(self, table: Table, key: str) -> int | None:
        with self.path.open("rb") as file:
            for number, line in lines_of(file, first=1):
                if line.get(KIND) == table.name and str(line.get(table.key.name)) == key:
                    return number
        return None


def _make_room() -> None:
    """Nobody writes meanwhile; the categories that an empty forum begins with make room."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE forum_category, forum_topic IN SHARE ROW EXCLUSIVE MODE")
    for table in TABLES:
        count = 0 if table.model is Category else table.rows.count()
        if count:
            raise FaultError(NOT_EMPTY.format(name=table.name, count=count))
    Category._base_manager.all().delete()


def _prepare(posts: Any) -> None:
    """What a post is shown and found by is made from its source, never taken from a file."""
    posts = list(posts)
    topics = {post.topic_id for post in posts}
    titles = dict(Topic.objects.filter(pk__in=topics).values_list("pk", "title"))
    for post in posts:
        post.renderer = markdown.VERSION
        post.indexer = indonesian.VERSION
        if post.source:
            post.html = rendered(post.source).html
            post.search = words_of(
                post.number,
                post.source,
                title=titles.get(post.topic_id, ""),
                standing=post.standing,
            )


def _look_over() -> None:
    """The planner knows nothing of rows this new, and without it the checks take minutes."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(table.model._meta.db_table for table in TABLES)}")


def _go_on_counting() -> None:
    """New rows get numbers after those of the file."""
    models = [table.model for table in TABLES]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
