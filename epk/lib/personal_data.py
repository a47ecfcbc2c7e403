"""What the portal holds about one person, told by each app in sections: for a page and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.text import capfirst

from epk.lib.history_words import Entry
from epk.lib.values import in_words

NO_ROWS = "Tidak ada yang tercatat."


@dataclass(frozen=True)
class Item:
    """One value: `text` for people, `value` for programs."""

    key: str
    label: str
    text: str
    value: Any


@dataclass(frozen=True)
class Row:
    """One record; `url` leads to the file it stands for, `entry` is the save it tells of, if any."""

    items: Sequence[Item]
    url: str = ""
    entry: Entry | None = None

    @property
    def filled(self) -> list[Item]:
        """What is worth a line on a page; the copy as JSON has the empty values too."""
        return [item for item in self.items if item.value not in (None, "")]


@dataclass(frozen=True)
class Section:
    """A heading and its rows, all of them."""

    key: str
    title: str
    rows: Sequence[Row]
    intro: str = ""
    empty: str = NO_ROWS


@dataclass(frozen=True)
class LongSection:
    """A section that grows for years: `entries` newest first, made into rows a page at a time.

    `entries` gives a query set or list when asked, so that a page pays only for what it shows.
    `holds` names the references to a person that it tells of (`registry.AccessRecord.viewer`);
    `preview` says whether the newest stand on the first page too.
    """

    key: str
    title: str
    entries: Callable[[], Any]
    rows: Callable[[Sequence[Any]], list[Row]]
    intro: str = ""
    empty: str = NO_ROWS
    holds: frozenset[str] = frozenset()
    preview: bool = False


class Source(Protocol):
    """What an app's module `personal_data` has."""

    @property
    def TABLES(self) -> Sequence[Table]: ...  # noqa: N802

    def long_sections(self, user: Any) -> list[LongSection]: ...


@dataclass(frozen=True)
class Table:
    """One table of which a person may read their own rows.

    `owners` are the lookups that lead from a row to the account, the first reference of each is
    what the section holds; `columns` are lookups with their labels ("": the column's own).
    """

    key: str
    title: str
    model: str
    owners: Sequence[str]
    columns: Mapping[str, str]
    order: str = "-pk"
    intro: str = ""
    empty: str = NO_ROWS
    url: Callable[[Mapping[str, Any]], str] = field(default=lambda _row: "")

    @property
    def holds(self) -> str:
        return f"{self.model}.{self.owners[0].split('__')[0]}"

    def rows_of_person(self) -> ArraySubquery:
        """The rows of the account at hand as JSON, inside a query over accounts."""
        model: Any = apps.get_model(self.model)
        own = reduce(or_, (Q(**{owner: OuterRef("pk")}) for owner in self.owners))
        # By the order of a column alone, so that equal rows stay where they are.
        rows = model._base_manager.filter(own).order_by(self.order, "pk")
        return ArraySubquery(rows.values(_row=JSONObject(**{name: name for name in self.columns})))

    def section(self, rows: Sequence[Mapping[str, Any]]) -> Section:
        return Section(
            self.key,
            self.title,
            [Row([self._item(row, name) for name in self.columns], self.url(row)) for row in rows],
            self.intro,
            self.empty,
        )

    def _item(self, row: Mapping[str, Any], name: str) -> Item:
        first, column = self._columns(name)
        label = self.columns[name] or capfirst(str(first.verbose_name))
        key = name.split("__", maxsplit=1)[0]
        return Item(key, label, in_words(column, row[name]), row[name])

    def _columns(self, lookup: str) -> tuple[Any, Any]:
        """The column a lookup begins with, and the one it ends at."""
        model: type[Model] = apps.get_model(self.model)
        parts = lookup.split("__")
        columns: list[Any] = []
        for part in parts:
            columns.append(model._meta.get_field(part))
            model = columns[-1].related_model or model
        return columns[0], columns[-1]


def told(accounts: QuerySet[Any], tables: Sequence[Table]) -> list[Section]:
    """The sections of these tables for the one account in `accounts`: a single query."""
    names = [f"_{number}" for number in range(len(tables))]
    asked = dict(zip(names, (table.rows_of_person() for table in tables), strict=True))
    found = accounts.annotate(**asked).values_list(*names).get()
    return [table.section(rows or []) for table, rows in zip(tables, found, strict=True)]
