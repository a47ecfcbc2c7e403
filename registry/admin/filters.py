"""Filters beside the lists, by what holds today; a value that is no choice filters nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from registry.admin.scope import is_whole
from registry.models import Jenjang, Region, StatusRecord, Unit
from registry.queries import PROVINCIAL

WITHOUT = "tanpa"
OWN_TIERS = (*PROVINCIAL, WITHOUT)


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
    """The provinces one maintains; with a single one there is nothing to choose."""

    title = "provinsi"
    parameter_name = "provinsi"
    column = "region__code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        provinces = Region.objects.provinces().in_scope_of(request.user)
        found = list(provinces.values_list("code", "name"))
        return found if is_whole(request) or len(found) > 1 else []

    def apply(self, queryset: Any, value: str) -> Any:
        return queryset.filter(**{f"{self.column}__startswith": value})


class RegencyFilter(ChoiceFilter):
    """The kabupaten/kota of one's provinces; nationwide they would be too many to choose from."""

    title = "kabupaten/kota"
    parameter_name = "kabupaten"
    column = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        if is_whole(request):
            return []
        regencies = Region.objects.regencies().in_scope_of(request.user)
        return list(regencies.values_list("code", "name"))


class PostingProvinceFilter(ProvinceFilter):
    def apply(self, queryset: Any, value: str) -> Any:
        return queryset.in_region(value)


class PostingRegencyFilter(RegencyFilter):
    column = "current_posting__unit__region"


class UnitTierFilter(ChoiceFilter):
    """The tiers of the units one maintains."""

    title = "tingkat"
    parameter_name = "tingkat"
    choices_of_filter = Unit.Tier.choices
    column = "tier"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = super().lookups(request, model_admin)
        return found if is_whole(request) else [item for item in found if item[0] in OWN_TIERS]


class TierFilter(UnitTierFilter):
    title = "tingkat unit"
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
