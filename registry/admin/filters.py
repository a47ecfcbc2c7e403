"""Filters beside the lists, by what holds today; a value that is no choice filters nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from registry.models import Jenjang, Region, StatusRecord, Unit

WITHOUT = "tanpa"


class ChoiceFilter(admin.SimpleListFilter):
    """One of a fixed list of choices."""

    choices_of_filter: Any = ()
    column = ""
    without = ""
    """The label of "has none at all", where that can be asked for."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        more = [(WITHOUT, self.without)] if self.without else []
        return [(str(value), str(label)) for value, label in self.choices_of_filter] + more

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002
        value = self.value()
        if value not in {key for key, _ in self.lookup_choices}:
            return queryset
        return self.apply(queryset, value)

    def apply(self, queryset: Any, value: str) -> Any:
        if value == WITHOUT:
            return queryset.filter(**{f"{self.column}__isnull": True})
        return queryset.filter(**{self.column: value})


class ProvinceFilter(ChoiceFilter):
    title = "provinsi"
    parameter_name = "provinsi"
    column = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return list(Region.objects.provinces().values_list("code", "name"))

    def apply(self, queryset: Any, value: str) -> Any:
        return queryset.filter(**{f"{self.column}__startswith": value})


class PostingProvinceFilter(ProvinceFilter):
    column = "current_posting__unit__region"

    def apply(self, queryset: Any, value: str) -> Any:
        return queryset.in_region(value)


class TierFilter(ChoiceFilter):
    title = "tingkat unit"
    parameter_name = "tingkat"
    choices_of_filter = Unit.Tier.choices
    column = "current_posting__unit__tier"
    without = "Tanpa penempatan"


class JenjangFilter(ChoiceFilter):
    title = "jenjang"
    parameter_name = "jenjang"
    choices_of_filter = Jenjang.choices
    column = "current_jenjang__jenjang"
    without = "Tanpa jenjang"


class StatusFilter(ChoiceFilter):
    title = "status"
    parameter_name = "status"
    choices_of_filter = StatusRecord.Status.choices
    column = "current_status__status"
    without = "Tanpa status"
