"""What the admin's pages write into the log of who was shown private data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from epk.lib.history_words import Entry
from registry.actions import note_view
from registry.admin.history import ShownHappening
from registry.admin.scope import person
from registry.models import AccessRecord, Officer, PangkatRecord
from registry.rules import Field

Channel = AccessRecord.Channel


def note(
    request: HttpRequest, officer: Officer, fields: Iterable[Field], channel: str, reason: str = ""
) -> None:
    note_view(
        officer,
        fields,
        by=person(request),
        channel=channel,
        reason=reason,
        address=request.META.get("REMOTE_ADDR"),
    )


def fields_on_page(
    officer: Officer, inlines: Iterable[Any], entries: Iterable[Entry]
) -> set[Field]:
    """The private fields that hold something on the page on which an officer is changed.

    `entries`: what others have changed meanwhile, where the page tells that too.
    """
    fields = {Field.BIRTH}  # the sex is always there, and belongs to it
    if officer.nip:
        fields.add(Field.NIP)
    if officer.private_phone:
        fields.add(Field.PRIVATE_PHONE)
    if getattr(officer, "document_choices", ()):
        fields.add(Field.DOCUMENTS)
    for row in (form.instance for inline in inlines for form in inline.formset.initial_forms):
        if isinstance(row, PangkatRecord):
            fields.add(Field.PANGKAT)
        if row.sk_number or row.sk_date or row.document_id:
            fields.add(Field.DOCUMENTS)
    return fields.union(*_fields_by_officer(entries).values())


def note_history(request: HttpRequest, officer: Officer, entries: Iterable[Entry]) -> None:
    """The officer's history, and with it that of the records merged into this one."""
    found = _fields_by_officer(entries)
    own = found.pop("", set()) | found.pop(str(officer.pk), set())
    note(request, officer, own, Channel.HISTORY)
    for other in Officer.objects.filter(pk__in=found):
        note(request, other, found[str(other.pk)], Channel.HISTORY)


def _fields_by_officer(entries: Iterable[Entry]) -> dict[str, set[Field]]:
    """What is shown of each officer whose own row changed, and under "" of the rows around it."""
    found: defaultdict[str, set[Field]] = defaultdict(set)
    for entry in entries:
        for happening in entry.happenings:
            if isinstance(happening, ShownHappening):
                found[happening.officer] |= happening.shows
    return dict(found)
