"""The history tables in words: who changed what, when and why, and what was changed meanwhile."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst

from epk.lib.dates import format_date, format_datetime
from epk.lib.nip import format_nip
from registry.admin.scope import OFFICER_ELSEWHERE
from registry.forms.admin import Conflict
from registry.models import Document, Officer
from registry.queries.history import Meanwhile, meanwhile
from registry.rules import Field, can_maintain_whole_register

if TYPE_CHECKING:
    from accounts.models import User

ACTIONS = {"insert": "ditambah", "update": "diubah", "delete": "dihapus"}
NOTHING = "kosong"
OUTSIDE = "Di luar aplikasi"
HIDDEN = frozenset({"id", "version", "number", "created_at", "officer_id", "file", "sha256"})
MOST_SHOWN = 50
SUBJECTS = {
    "Posting": "unit_id",
    "StatusRecord": "status",
    "JenjangRecord": "jenjang",
    "PangkatRecord": "golongan",
    "Education": "institution",
    "Training": "name",
    "CompetencyTest": "jenjang",
    "OfficerExpertise": "expertise_id",
    "Document": "original_name",
}
"""The column by which a row of a history is recognised."""
PRIVATE_COLUMNS = {
    "nip": Field.NIP,
    "sex": Field.BIRTH,
    "birth_place": Field.BIRTH,
    "birth_date": Field.BIRTH,
    "private_phone": Field.PRIVATE_PHONE,
    "golongan": Field.PANGKAT,
    "sk_number": Field.DOCUMENTS,
    "sk_date": Field.DOCUMENTS,
    "document_id": Field.DOCUMENTS,
    "original_name": Field.DOCUMENTS,
}
"""What a line of that column shows of an officer."""


@dataclass(frozen=True)
class Line:
    """One field: its label and both values, of which a row added or deleted has only one."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Happening:
    """One row that was added, changed or deleted; `changed` where lines have both values."""

    what: str
    action: str
    subject: str
    lines: Sequence[Line]
    changed: bool
    shows: frozenset[Field] = frozenset()
    officer: str = ""
    """The key of the officer whose own row this is; "" for a row of the histories."""


@dataclass
class Entry:
    """One save: all that one person changed at one moment for one reason."""

    when: str
    who: str
    reason: str
    happenings: list[Happening] = field(default_factory=list)


def in_scope_of(viewer: User, record: Any, events: Any) -> Any:
    """The events of a record without those of other officers whom the viewer does not maintain.

    A record merged into this one refers to it, so that its own history comes along.
    """
    if can_maintain_whole_register(viewer) or not isinstance(record, Officer):
        return events
    merged = Officer.objects.in_scope_of(viewer).filter(merged_into=record)
    keys = [str(key) for key in merged.values_list("pk", flat=True)]
    others = Q(pgh_obj_model=Officer._meta.label) & ~Q(pgh_obj_id__in=[str(record.pk), *keys])
    return events.exclude(others)


def entries(events: Iterable[Any], viewer: User) -> list[Entry]:
    """Events, newest first, as saves: a fixed number of queries, however many they are."""
    known = list(events)
    names = Names(known, viewer)
    found: list[Entry] = []
    last_key: Any = None
    for event in known:
        happening = _happening(event, names)
        if happening is None:
            continue
        key = event.pgh_context_id or event.pgh_created_at
        if key != last_key:
            context = event.pgh_context or {}
            found.append(
                Entry(
                    when=_moment(event.pgh_created_at),
                    who=names.known[get_user_model()].get(str(context.get("user")), OUTSIDE),
                    reason=str(context.get("reason", "")),
                )
            )
            last_key = key
        found[-1].happenings.append(happening)
    return found


# --- Two people at one record ------------------------------------------------------------------


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


def entries_since(conflict: StoredConflict, viewer: User, *, with_rows: bool) -> list[Entry]:
    """What others saved after the form was opened."""
    if conflict.others is None:
        return []
    events = conflict.others.events(with_rows=with_rows)
    return entries(in_scope_of(viewer, conflict.others.record, events)[:MOST_SHOWN], viewer)


def _seen(row: models.Model, others: Meanwhile | None) -> models.Model | None:
    before = others.row_before(row) if others else None
    if others and isinstance(before, Officer):
        before.seen_expertise = others.expertise_before()  # type: ignore[attr-defined]
    return before


# --- Values in words ---------------------------------------------------------------------------


class Names:
    """The rows that events point to, by table: one query a table.

    Whoever maintains a part of the register gets no name of an officer elsewhere, nor of an
    account, which is as good as one.
    """

    def __init__(self, events: Sequence[Any], viewer: User) -> None:
        self.viewer = viewer
        self.whole = can_maintain_whole_register(viewer)
        wanted: defaultdict[Any, set[str]] = defaultdict(set)
        wanted[get_user_model()] = {
            str(event.pgh_context["user"])
            for event in events
            if event.pgh_context and event.pgh_context.get("user")
        }
        for event in events:
            for column in self.columns(event):
                if column.is_relation:
                    old_and_new = (event.pgh_diff or {}).get(column.attname, [])
                    values = [event.pgh_data.get(column.attname), *old_and_new]
                    wanted[column.related_model] |= {str(value) for value in values if value}
        self.known = {model: self._read(model, keys) for model, keys in wanted.items()}

    def columns(self, event: Any) -> list[Any]:
        """The columns of an event's table that are shown to this viewer."""
        model = apps.get_model(event.pgh_obj_model)
        hidden = HIDDEN if self.whole else HIDDEN | {"user_id"}
        return [column for column in model._meta.concrete_fields if column.attname not in hidden]

    def of(self, column: Any, value: Any) -> str:
        missing = f"nomor {value}"
        if not self.whole and column.related_model in (Officer, Document):
            missing = OFFICER_ELSEWHERE
        return self.known.get(column.related_model, {}).get(str(value), missing)

    def _read(self, model: Any, keys: set[str]) -> dict[str, str]:
        rows = model._default_manager.all()
        if not self.whole and model in (Officer, Document):
            officers = Officer.objects.in_scope_of(self.viewer)
            own = {"officer__in": officers.values("pk")}
            rows = officers if model is Officer else rows.filter(**own)
        return {str(key): str(row) for key, row in rows.in_bulk(keys).items()} if keys else {}


def _happening(event: Any, names: Names) -> Happening | None:
    model = apps.get_model(event.pgh_obj_model)
    columns = {column.attname: column for column in names.columns(event)}
    data, label = event.pgh_data, event.pgh_label
    pairs = (
        (event.pgh_diff or {})
        if label == "update"
        else {name: [None, value] for name, value in data.items() if value not in (None, "", False)}
    )
    lines = [
        Line(
            capfirst(str(column.verbose_name)),
            *(_shown(column, value, names) for value in pairs[name]),
        )
        for name, column in columns.items()
        if name in pairs
    ]
    if label == "update" and not lines:
        return None
    subject = SUBJECTS.get(model.__name__)
    return Happening(
        what=capfirst(str(model._meta.verbose_name)),
        action=ACTIONS.get(label, label),
        subject=_shown(columns[subject], data.get(subject), names) if subject else "",
        lines=lines,
        changed=label == "update",
        shows=frozenset(
            PRIVATE_COLUMNS[name]
            for name in (*(set(columns) & set(pairs)), subject)
            if name in PRIVATE_COLUMNS
        ),
        officer=event.pgh_obj_id if model is Officer else "",
    )


def _shown(column: Any, value: Any, names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    if column.is_relation:
        return names.of(column, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if column.attname == "nip":
        return format_nip(str(value))
    return _day_or_text(column, value)


def _day_or_text(column: Any, value: Any) -> str:
    if isinstance(column, DateRangeField):
        return _days(str(value))
    if isinstance(column, models.DateTimeField):
        moment = parse_datetime(str(value))
        return _moment(moment) if moment else str(value)
    if isinstance(column, models.DateField):
        return format_date(dt.date.fromisoformat(str(value)))
    return str(value)


def _days(period: str) -> str:
    """`[2020-01-01,2021-01-01)` as the first and the last day."""
    lower, upper = period.strip("[()]").split(",")
    first = format_date(dt.date.fromisoformat(lower))
    if not upper:
        return f"{first} – seterusnya"
    return f"{first} – {format_date(dt.date.fromisoformat(upper) - dt.timedelta(days=1))}"


def _moment(moment: dt.datetime) -> str:
    return format_datetime(moment, timezone.get_current_timezone())
