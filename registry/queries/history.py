"""What the history tables hold about a record: who changed what, and how a row was before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from pghistory.models import Events


def events_of(*records: models.Model, with_rows: bool = False) -> models.QuerySet[Any]:
    """The events of records, newest first; `with_rows` those of all that refers to them as well."""
    events: Any = Events.objects
    found: models.QuerySet[Any] = (
        events.references(*records) if with_rows else events.tracks(*records)
    )
    return found.order_by("-pgh_created_at", "pgh_context_id", "pgh_model", "-pgh_id")


@dataclass(frozen=True)
class Meanwhile:
    """The saves of a record since it had a version, each known by the context of its events.

    Times do not tell them apart: an event carries the time at which its transaction began.
    """

    record: Any
    version: int
    contexts: frozenset[uuid.UUID]

    def events(self, *, with_rows: bool = False) -> models.QuerySet[Any]:
        """What was changed by these saves, newest first."""
        found = events_of(self.record, with_rows=with_rows)
        newer = _newer(self.record, self.version).values_list("pgh_id", flat=True)
        label = self.record.pgh_event_model._meta.label
        slugs = [f"{label}:{key}" for key in newer]
        return found.filter(Q(pgh_context_id__in=self.contexts) | Q(pgh_slug__in=slugs))

    def row_before(self, row: Any) -> Any | None:
        """The record or a row of its histories as it was before, where the history says."""
        events = row.pgh_event_model.objects.filter(pgh_obj=row.pk).order_by("pgh_id")
        if row == self.record:
            event = events.filter(version__lte=self.version).last()
        else:
            first = events.filter(pgh_context__in=self.contexts).first()
            event = (events.filter(pgh_id__lt=first.pgh_id) if first else events).last()
        return None if event is None else _as_row(event, type(row))

    def expertise_before(self) -> list[Any]:
        """The fields of expertise an officer had before."""
        model: Any = apps.get_model("registry", "OfficerExpertise")
        events = model.pgh_event_model.objects.filter(officer=self.record.pk)
        earlier = events.exclude(pgh_context__in=self.contexts).order_by("pgh_id")
        latest = {event.pgh_obj_id: event for event in earlier}
        held = [event.expertise_id for event in latest.values() if event.pgh_label != "delete"]
        return list(apps.get_model("registry", "Expertise")._default_manager.filter(pk__in=held))


def meanwhile(record: Any, version: int) -> Meanwhile:
    contexts = _newer(record, version).values_list("pgh_context", flat=True)
    return Meanwhile(record, version, frozenset(key for key in contexts if key))


def _newer(record: Any, version: int) -> Any:
    return record.pgh_event_model.objects.filter(pgh_obj=record.pk, version__gt=version)


def _as_row(event: Any, model: Any) -> Any:
    kept = {field.attname for field in event._meta.concrete_fields}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in kept]
    row = model(**{name: getattr(event, name) for name in names})
    row._state.adding = False
    return row
