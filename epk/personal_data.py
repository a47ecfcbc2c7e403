"""Data saya, composed of what each app holds about a person; a new app adds its line to SOURCES."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import accounts.personal_data
import forum.personal_data
import news.personal_data
import notifications.personal_data
import registry.personal_data
from accounts.models import User
from epk.lib.personal_data import LongSection, Row, Section, Source, told

SOURCES: tuple[Source, ...] = (
    registry.personal_data,
    accounts.personal_data,
    notifications.personal_data,
    forum.personal_data,
    news.personal_data,
)
PREVIEWED = 10
FORMAT = "e-pengantar-kerja/data-saya"
VERSION = 1


@dataclass(frozen=True)
class Part:
    """A section as the first page shows it; `more` where rows are left for a page of their own."""

    section: Section | LongSection
    rows: Sequence[Row]
    more: bool
    previewed: bool

    @property
    def is_bare(self) -> bool:
        """A short section without rows: worth one line, not a card."""
        return isinstance(self.section, Section) and not self.rows


def sections_of(user: User) -> list[Section | LongSection]:
    """The sections of all apps: who looked first, then the record, then what was changed."""
    account = User.objects.filter(pk=user.pk)
    tables = told(account, [table for source in SOURCES for table in source.TABLES])
    long = _long_sections(user)
    first = [section for section in long if section.preview]
    return [*first, *tables, *(section for section in long if not section.preview)]


def parts_of(user: User) -> list[Part]:
    """What the first page shows: short sections whole, of long ones the newest rows or a link."""
    return [_part(section) for section in sections_of(user)]


def long_section(user: User, key: str) -> LongSection | None:
    return next((section for section in _long_sections(user) if section.key == key), None)


def copy_for(user: User, now: dt.datetime) -> dict[str, Any]:
    """Everything, ready for JSON: its form is described in docs/data-saya.md."""
    return {
        "format": FORMAT,
        "versi": VERSION,
        "dibuat": now.isoformat(),
        "bagian": [_copied(section) for section in sections_of(user)],
    }


def _long_sections(user: User) -> list[LongSection]:
    return [section for source in SOURCES for section in source.long_sections(user)]


def _part(section: Section | LongSection) -> Part:
    if isinstance(section, Section):
        return Part(section, section.rows, more=False, previewed=True)
    if not section.preview:
        return Part(section, (), more=True, previewed=False)
    newest = list(section.entries()[: PREVIEWED + 1])
    rows = section.rows(newest[:PREVIEWED])
    return Part(section, rows, more=len(newest) > PREVIEWED, previewed=True)


def _copied(section: Section | LongSection) -> dict[str, Any]:
    if isinstance(section, LongSection):
        rows: Sequence[Row] = section.rows(list(section.entries()))
    else:
        rows = section.rows
    return {
        "kode": section.key,
        "judul": section.title,
        "kolom": {item.key: item.label for row in rows[:1] for item in row.items},
        "baris": [
            {item.key: item.value for item in row.items} | ({"unduhan": row.url} if row.url else {})
            for row in rows
        ],
    }
