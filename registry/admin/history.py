"""The history as those who keep the register are told it: in their scope, and what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from epk.lib.history_words import Entry, Happening, Names, Wording
from registry.admin.scope import OFFICER_ELSEWHERE
from registry.history import MOST_SHOWN, WORDING, StoredConflict, note_conflict
from registry.models import Document, Officer
from registry.rules import Field, can_maintain_whole_register

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Entry", "entries", "entries_since", "in_scope_of", "note_conflict"]

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
class ShownHappening(Happening):
    """With the private fields that its lines show."""

    shows: frozenset[Field] = frozenset()
    officer: str = ""
    """The key of the officer whose own row this is; "" for a row of the histories."""


class ScopedWording(Wording):
    """Whoever maintains a part of the register gets no name of an officer elsewhere, nor of an
    account, which is as good as one.
    """

    def __init__(self, viewer: User) -> None:
        self.whole = can_maintain_whole_register(viewer)
        hidden = WORDING.hidden if self.whole else {*WORDING.hidden, "user_id"}
        named = {"registry.Document"} if not self.whole else set()
        names = {label: name for label, name in WORDING.names.items() if label not in named}
        super().__init__(hidden=frozenset(hidden), subjects=WORDING.subjects, names=names)
        self.officers = Officer.objects.in_scope_of(viewer)

    def rows(self, model: Any) -> Any:
        if not self.whole and model is Officer:
            return self.officers
        if not self.whole and model is Document:
            return Document.objects.filter(officer__in=self.officers.values("pk"))
        return super().rows(model)

    def missing(self, column: Any, value: Any) -> str:
        if not self.whole and column.related_model in (Officer, Document):
            return OFFICER_ELSEWHERE
        return super().missing(column, value)

    def happening(self, event: Any, names: Names) -> ShownHappening | None:
        told = super().happening(event, names)
        if told is None:
            return None
        changed = event.pgh_diff if event.pgh_label == "update" else _filled(event.pgh_data)
        columns = {column.attname for column in self.columns(event)}
        subject = self.subjects.get(event.pgh_obj_model.rpartition(".")[2])
        return ShownHappening(
            **{item.name: getattr(told, item.name) for item in fields(told)},
            shows=frozenset(
                PRIVATE_COLUMNS[name]
                for name in (*(columns & set(changed or {})), subject)
                if name in PRIVATE_COLUMNS
            ),
            officer=event.pgh_obj_id if event.pgh_obj_model == Officer._meta.label else "",
        )


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
    return ScopedWording(viewer).entries(events)


def entries_since(conflict: StoredConflict, viewer: User, *, with_rows: bool) -> list[Entry]:
    """What others saved after the form was opened."""
    if conflict.others is None:
        return []
    events = conflict.others.events(with_rows=with_rows)
    return entries(in_scope_of(viewer, conflict.others.record, events)[:MOST_SHOWN], viewer)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", False)}
