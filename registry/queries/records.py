"""The rows of an officer's histories, of all kinds, in one statement."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from epk.lib.dates import format_date

# One statement in place of four queries: the page of an officer has a budget of them.
STATEMENT = """
    SELECT 'education', level, institution, major, NULL::date, year, sk_number, document_id
    FROM registry_education WHERE officer_id = %(officer)s
    UNION ALL
    SELECT 'training', name, organiser, '', start, extract(year FROM start), sk_number, document_id
    FROM registry_training WHERE officer_id = %(officer)s
    UNION ALL
    SELECT 'competency', jenjang, CASE WHEN passed THEN 'Lulus' ELSE 'Belum lulus' END, '',
        date, extract(year FROM date), sk_number, document_id
    FROM registry_competencytest WHERE officer_id = %(officer)s
    UNION ALL
    SELECT 'pangkat', golongan, '', '', since, extract(year FROM since), sk_number, document_id
    FROM registry_pangkatrecord WHERE officer_id = %(officer)s
    ORDER BY 6 DESC, 5 DESC
"""
CODES = {
    "education": ("Education", "level"),
    "competency": ("CompetencyTest", "jenjang"),
    "pangkat": ("PangkatRecord", "golongan"),
}


@dataclass(frozen=True)
class RecordRow:
    """One row: `kind` is education, training, competency or pangkat; newest first."""

    kind: str
    title: str
    detail: str
    when: str
    number: str
    document: uuid.UUID | None


def records_of(officer_id: int) -> list[RecordRow]:
    """Education, training, competency tests and pangkat of one officer: one query."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"officer": officer_id})
        return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[str, str, str, str, dt.date | None, int, str, uuid.UUID | None]) -> RecordRow:
    kind, title, detail, extra, day, year, number, document = row
    when = format_date(day) if day else f"lulus {year}"
    if kind in CODES:
        title = _label(*CODES[kind], title)
    if kind == "education":
        title = f"{title} {extra}".strip()
    elif kind == "competency":
        title = f"Uji kompetensi {title}"
    elif kind == "pangkat":
        when = f"TMT {when}"
    return RecordRow(kind, title, detail, when, number, document)


def _label(model: str, name: str, code: str) -> str:
    choices: Any = apps.get_model("registry", model)._meta.get_field(name)
    return str(dict(choices.flatchoices).get(code, code))
