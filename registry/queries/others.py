"""Which regions, units, postings and documents."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count, Q, Value

from registry.queries.functions import UnitKey
from registry.queries.scope import scope_of, unit_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


def _valid_on(date: dt.date) -> Q:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=date)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=date))


class RegionQuerySet(models.QuerySet[_Row_co]):
    def provinces(self) -> Self:
        return self.filter(parent__isnull=True)

    def regencies(self) -> Self:
        return self.filter(parent__isnull=False)

    def in_scope_of(self, user: User | AnonymousUser) -> Self:
        """The regions in which someone maintains units: all, or their provinces with all inside."""
        provinces = scope_of(user)
        if provinces is None:
            return self.all()
        return self.filter(Q(code__in=provinces) | Q(parent__in=provinces))

    def valid_on(self, date: dt.date) -> Self:
        return self.filter(_valid_on(date))


class UnitQuerySet(models.QuerySet[_Row_co]):
    def in_scope_of(self, user: User | AnonymousUser) -> Self:
        """The units someone maintains: all, or the Dinas of their provinces."""
        provinces = scope_of(user)
        return self.all() if provinces is None else self.filter(unit_in(provinces))

    def with_region(self) -> Self:
        return self.select_related("region__parent")

    def valid_on(self, date: dt.date) -> Self:
        return self.filter(_valid_on(date))

    def with_officer_count(self, date: dt.date) -> Self:
        """Adds `officer_count`: how many officers serve there on that date."""
        serving = Q(postings__period__contains=date, postings__officer__merged_into__isnull=True)
        return self.annotate(officer_count=Count("postings", filter=serving))

    def search(self, text: str) -> Self:
        """Units whose name holds every word, abbreviations (`Disnaker`, `Kab.`) written out."""
        found = self
        for word in text.split():
            found = found.filter(search_key__contains=UnitKey(Value(word)))
        return found


class PostingQuerySet(models.QuerySet[_Row_co]):
    def of_officer(self, officer: models.Model) -> Self:
        """Every posting of one officer with its unit, newest first."""
        return self.filter(officer=officer).with_unit().order_by("-period")

    def in_units_of_scope(self, user: User | AnonymousUser) -> Self:
        """Postings in units that this person maintains."""
        provinces = scope_of(user)
        return self.all() if provinces is None else self.filter(unit_in(provinces, "unit__"))

    def in_units_elsewhere(self, user: User | AnonymousUser) -> Self:
        """Postings in units that somebody else maintains."""
        provinces = scope_of(user)
        return self.none() if provinces is None else self.exclude(unit_in(provinces, "unit__"))

    def covering(self, date: dt.date) -> Self:
        return self.filter(period__contains=date)

    def with_unit(self) -> Self:
        return self.select_related("unit__region__parent")
