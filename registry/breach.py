"""Which people a breach concerns, which of their data, and since when: from the logs (UU 27/2022)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.models import AccessRecord, Officer
from registry.queries.access import Span, changes_by
from registry.rules import fields_in_words

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class Affected:
    """One person whose data was shown or changed."""

    register_number: str
    name: str
    office_email: str
    fields: set[str] = field(default_factory=set)
    changed: dict[str, int] = field(default_factory=dict)
    viewers: dict[str, int] = field(default_factory=dict)
    views: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None

    @property
    def data_shown(self) -> str:
        return fields_in_words(sorted(self.fields))

    @property
    def data_changed(self) -> str:
        return ", ".join(f"{table} ({count})" for table, count in sorted(self.changed.items()))

    def note(self, first: dt.datetime, last: dt.datetime) -> None:
        self.first = min(filter(None, (self.first, first)))
        self.last = max(filter(None, (self.last, last)))


def affected(
    span: Span, *, account: User | None = None, address: str | None = None
) -> list[Affected]:
    """The people concerned, by register number.

    With an account or an address: whose data was shown to them, and whose records they changed.
    Without either: everyone whose private data was shown to anybody else in that span.
    """
    views = AccessRecord.objects.within(span).select_related("viewer").order_by("viewed_at", "pk")
    if account is not None:
        views = views.filter(viewer=account)
    if address is not None:
        views = views.filter(address=address)
    seen = list(views)
    changes = []
    if account is not None or address is not None:
        user_id = account.pk if account else None
        changes = list(changes_by(span, user_id=user_id, address=address))
    people = _people(seen, {change.officer_id for change in changes})
    for view in seen:
        person = people[view.register_number]
        person.views += 1
        person.fields |= set(view.fields)
        viewer = f"{view.viewer} <{view.viewer.email}>"
        person.viewers[viewer] = person.viewers.get(viewer, 0) + 1
        person.note(view.viewed_at, view.viewed_at)
    numbers = _numbers(change.officer_id for change in changes)
    for change in changes:
        number = numbers.get(change.officer_id)
        if number is None:  # a record entered and removed again: nobody is known by it
            continue
        person = people[number]
        person.changed[change.table] = person.changed.get(change.table, 0) + change.count
        person.note(change.first, change.last)
    return [people[number] for number in sorted(people)]


def _people(views: Sequence[AccessRecord], changed: Iterable[int]) -> dict[str, Affected]:
    """By register number, since a log outlives the row it tells of."""
    numbers = {view.register_number for view in views} | set(_numbers(changed).values())
    known = {
        officer.register_number: officer
        for officer in Officer.objects.filter(register_number__in=numbers)
    }
    return {
        number: Affected(
            number,
            known[number].full_name if number in known else "(catatan sudah tidak ada)",
            known[number].office_email if number in known else "",
        )
        for number in numbers
    }


def _numbers(keys: Iterable[int]) -> dict[int, str]:
    return dict(Officer.objects.filter(pk__in=set(keys)).values_list("pk", "register_number"))
