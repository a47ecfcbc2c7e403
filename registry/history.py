"""The history of the register in words, and what was changed while a form was open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from epk.lib.history_words import Entry, Wording
from registry.forms.admin import Conflict
from registry.models import Officer
from registry.queries.history import Meanwhile, meanwhile

MOST_SHOWN = 50
WORDING = Wording(
    hidden=frozenset({"id", "version", "number", "created_at", "officer_id", "file", "sha256"}),
    subjects={
        "Posting": "unit_id",
        "StatusRecord": "status",
        "JenjangRecord": "jenjang",
        "PangkatRecord": "golongan",
        "Education": "institution",
        "Training": "name",
        "CompetencyTest": "jenjang",
        "OfficerExpertise": "expertise_id",
        "Document": "original_name",
    },
    names={
        "accounts.User": "name",
        "registry.Document": "original_name",
        "registry.Expertise": "name",
        "registry.Region": "name",
        "registry.Unit": "name",
    },
)


def entries(events: Iterable[Any]) -> list[Entry]:
    """Events, newest first, as saves: a fixed number of queries, however many they are."""
    return WORDING.entries(events)


@dataclass
class StoredConflict(Conflict):
    """A conflict with the saves that caused it, where the version of the form is known."""

    others: Meanwhile | None = None


def note_conflict(record: Any, seen_version: str | None) -> None:
    """Set `record.conflict` when the form was opened on another version than is stored now."""
    version = getattr(record, "version", None)
    if version is None or seen_version == str(version):
        return
    digits = seen_version or ""
    known = digits.isascii() and digits.isdigit() and 0 < int(digits) < version
    others = meanwhile(record, int(digits)) if known else None
    record.conflict = StoredConflict(seen=lambda row: _seen(row, others), others=others)


def entries_since(conflict: StoredConflict, *, with_rows: bool) -> list[Entry]:
    """What others saved after the form was opened."""
    if conflict.others is None:
        return []
    return entries(conflict.others.events(with_rows=with_rows)[:MOST_SHOWN])


def _seen(row: models.Model, others: Meanwhile | None) -> models.Model | None:
    before = others.row_before(row) if others else None
    if others and isinstance(before, Officer):
        before.seen_expertise = others.expertise_before()  # type: ignore[attr-defined]
    return before
