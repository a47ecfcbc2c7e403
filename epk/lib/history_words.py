"""Rows of the history tables in words: who changed what, when and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst

from epk.lib.values import NOTHING, in_words, moment

ACTIONS = {"insert": "ditambah", "update": "diubah", "delete": "dihapus"}
OUTSIDE = "Di luar aplikasi"


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


@dataclass
class Entry:
    """One save: all that one person changed at one moment for one reason."""

    when: str
    who: str
    reason: str
    happenings: list[Happening] = field(default_factory=list)


@dataclass(frozen=True)
class Wording:
    """How the tables of an app are told.

    `hidden` columns are left out; `subjects` say, by the name of a model, by which column one of
    its rows is recognised; `names`, by its label, which column holds what the row is called, so
    that all rows an event points to are named in one query.
    """

    hidden: Collection[str] = frozenset({"id"})
    subjects: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def entries(self, events: Iterable[Any]) -> list[Entry]:
        """Events, newest first, as saves: a fixed number of queries, however many they are."""
        known = list(events)
        names = self._names_in(known)
        found: list[Entry] = []
        last_key: Any = None
        for event in known:
            happening = self.happening(event, names)
            if happening is None:
                continue
            key = event.pgh_context_id or event.pgh_created_at
            if key != last_key:
                context = event.pgh_context or {}
                found.append(
                    Entry(
                        when=moment(event.pgh_created_at),
                        who=names.get(get_user_model(), {}).get(str(context.get("user")), OUTSIDE),
                        reason=str(context.get("reason", "")),
                    )
                )
                last_key = key
            found[-1].happenings.append(happening)
        return found

    # --- What a narrower view of the same tables narrows -------------------------------------------

    def columns(self, event: Any) -> list[Any]:
        """The columns of an event's table that are told."""
        model = apps.get_model(event.pgh_obj_model)
        return [
            column for column in model._meta.concrete_fields if column.attname not in self.hidden
        ]

    def rows(self, model: Any) -> Any:
        """The rows of a table that may be named, where `names` does not say how."""
        return model._default_manager.all()

    def missing(self, column: Any, value: Any) -> str:  # noqa: ARG002
        """What stands for a row that is gone, or may not be named."""
        return f"nomor {value}"

    def happening(self, event: Any, names: Names) -> Happening | None:
        """What happened to one row; None where nothing that is told was changed."""
        model = apps.get_model(event.pgh_obj_model)
        columns = {column.attname: column for column in self.columns(event)}
        data, label = event.pgh_data, event.pgh_label
        pairs = (
            (event.pgh_diff or {})
            if label == "update"
            else {
                name: [None, value]
                for name, value in data.items()
                if value not in (None, "", False)
            }
        )
        lines = [
            Line(
                capfirst(str(column.verbose_name)),
                *(self._shown(column, value, names) for value in pairs[name]),
            )
            for name, column in columns.items()
            if name in pairs
        ]
        if label == "update" and not lines:
            return None
        subject = self.subjects.get(model.__name__)
        return Happening(
            what=capfirst(str(model._meta.verbose_name)),
            action=ACTIONS.get(label, label),
            subject=self._shown(columns[subject], data.get(subject), names) if subject else "",
            lines=lines,
            changed=label == "update",
        )

    def _names_in(self, events: Sequence[Any]) -> Names:
        """The rows that the events point to, by table: one query for all that `names` knows."""
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
        found: Names = {
            model: {str(key): str(row) for key, row in self.rows(model).in_bulk(keys).items()}
            for model, keys in wanted.items()
            if keys and model._meta.label not in self.names
        }
        named = [(model, keys) for model, keys in wanted.items() if keys and model not in found]
        for label, key, name in self._named(named):
            found.setdefault(apps.get_model(label), {})[key] = name
        return found

    def _shown(self, column: Any, value: Any, names: Names) -> str:
        if value is None or value == "":
            return NOTHING
        if column.is_relation:
            known = names.get(column.related_model, {})
            return known.get(str(value)) or self.missing(column, value)
        return in_words(column, value)

    def _named(self, wanted: Sequence[tuple[Any, Collection[str]]]) -> Iterable[Any]:
        queries = [
            model._base_manager.filter(pk__in=keys)
            .order_by()
            .values_list(
                Value(model._meta.label, output_field=TextField()),
                Cast("pk", TextField()),
                Cast(self.names[model._meta.label], TextField()),
            )
            for model, keys in wanted
        ]
        return queries[0].union(*queries[1:], all=True) if queries else ()


Names = dict[Any, dict[str, str]]
