"""Writes what the demo has drawn, in few statements; numbers and histories the database makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pgtrigger
from django.db import connection, models

from accounts.models import User
from registry.demo.dossiers import FICTITIOUS, Dossier
from registry.demo.offices import Offices
from registry.models import (
    CompetencyTest,
    Education,
    Expertise,
    JenjangRecord,
    Officer,
    OfficerExpertise,
    PangkatRecord,
    Posting,
    Region,
    StatusRecord,
    Training,
    Unit,
)

ROWS = 1_000
"""Rows of one statement."""


_PERIOD_KEEPERS = [
    f"{model._meta.label}:keep_periods" for model in (StatusRecord, JenjangRecord, PangkatRecord)
]


@contextmanager
def checked_at_once() -> Iterator[None]:
    """Check foreign keys after each statement instead of at the end of the transaction.

    Triggers that fail softly (an unset `pgtrigger.ignore`) walk the whole queue of checks put
    off: with a hundred thousand of them every further row takes longer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def save_units(offices: Offices) -> None:
    """The offices made since the last call; a successor before those it succeeds."""
    new = [office.unit for office in offices.all if office.unit.pk is None]
    Unit.objects.bulk_create([unit for unit in new if unit.successor is None])
    Unit.objects.bulk_create([unit for unit in new if unit.successor is not None])


def save_dossiers(dossiers: Sequence[Dossier]) -> None:
    """Officers in their order, which is the order of their register numbers, and all their rows."""
    Officer.objects.bulk_create([dossier.officer for dossier in dossiers], batch_size=ROWS)
    expertise = {item.code: item for item in Expertise.objects.all()}
    with pgtrigger.ignore(*_PERIOD_KEEPERS):  # the periods are right already
        _save(StatusRecord, [row for dossier in dossiers for row in dossier.statuses])
        _save(JenjangRecord, [row for dossier in dossiers for row in dossier.jenjang])
        _save(PangkatRecord, [row for dossier in dossiers for row in dossier.pangkat])
    _save(Posting, [row for dossier in dossiers for row in dossier.postings])
    _save(Education, [row for dossier in dossiers for row in dossier.educations])
    _save(Training, [row for dossier in dossiers for row in dossier.trainings])
    _save(CompetencyTest, [row for dossier in dossiers for row in dossier.tests])
    named = [
        OfficerExpertise(officer=dossier.officer, expertise=expertise[code])
        for dossier in dossiers
        for code in dossier.expertise
        if code in expertise  # the Ditjen may have taken one off its list
    ]
    _save(OfficerExpertise, named)


def enter_twice(dossier: Dossier) -> None:
    """A second, poorer record of one officer, merged into the first."""
    first = dossier.officer
    second = Officer(
        name=_otherwise_written(first.name),
        sex=first.sex,
        birth_place=first.birth_place,
        birth_date=first.birth_date,
        bio=f"Tercatat dua kali. {FICTITIOUS}",
        merged_into=first,
    )
    Officer.objects.bulk_create([second])
    status = dossier.statuses[0]
    StatusRecord.objects.create(officer=second, status=status.status, since=status.since)


def analyse() -> None:
    """Tell the planner how large the tables are, for the triggers of the rows still to come."""
    tables = (
        Region,
        Unit,
        User,
        Officer,
        StatusRecord,
        JenjangRecord,
        PangkatRecord,
        Posting,
        Education,
        Training,
        CompetencyTest,
        OfficerExpertise,
    )
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _save(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=ROWS)


def _otherwise_written(name: str) -> str:
    """`Muhammad Fauzan` as `Moch. Fauzan`, `Sri Rahayu` as `Sri R.`, a mononym as it is."""
    shorter = re.sub(r"^(Mu?hamm?ad|Moha?mm?ad)\b", "Moch.", name)
    first, _, last = name.rpartition(" ")
    return shorter if shorter != name or not first else f"{first} {last[0]}."
