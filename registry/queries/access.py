"""Whose private data was shown, and whose records were changed, in a span of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Min, Q
from pghistory.models import Event

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


@dataclass(frozen=True)
class Span:
    """From a moment, the moment included, up to another, which is not; None is now."""

    since: dt.datetime
    until: dt.datetime | None = None

    def of(self, column: str) -> Q:
        begun = Q(**{f"{column}__gte": self.since})
        return begun & Q(**{f"{column}__lt": self.until}) if self.until else begun


class AccessRecordQuerySet(models.QuerySet[_Row_co]):
    def within(self, span: Span) -> Self:
        return self.filter(span.of("viewed_at"))


@dataclass(frozen=True)
class Changes:
    """The changes of one table's rows about one officer, known by key."""

    officer_id: int
    table: str
    count: int
    first: dt.datetime
    last: dt.datetime


def changes_by(span: Span, *, user_id: int | None, address: str | None) -> Iterator[Changes]:
    """What an account, or somebody at an address, changed about officers: one query a table."""
    by = Q()
    if user_id is not None:
        by &= Q(pgh_context__metadata__user=user_id)
    if address is not None:
        by &= Q(pgh_context__metadata__address=address)
    for model in apps.get_app_config("registry").get_models():
        if not issubclass(model, Event):
            continue
        tracked: Any = model
        label = str(tracked.pgh_tracked_model._meta.verbose_name)
        column = _officer_column(tracked)
        if column is None:
            continue
        rows = tracked.objects.filter(by, span.of("pgh_created_at")).order_by()
        counted = rows.values_list(column).annotate(
            Count("pk"), Min("pgh_created_at"), Max("pgh_created_at")
        )
        for officer_id, count, first, last in counted:
            yield Changes(officer_id, label, count, first, last)


def _officer_column(event: Any) -> str | None:
    """The column of a history table that says which officer a row is about."""
    if event.pgh_tracked_model._meta.label == "registry.Officer":
        return "pgh_obj_id"
    names = {field.attname for field in event._meta.concrete_fields}
    return "officer_id" if "officer_id" in names else None
