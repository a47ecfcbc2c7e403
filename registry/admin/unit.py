"""Units in the admin: found by any abbreviation, with how many officers serve there today."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from registry.admin.base import RegisterAdmin
from registry.admin.filters import ChoiceFilter, ProvinceFilter
from registry.forms.admin import UnitForm
from registry.models import Unit


def unit_label(unit: Unit) -> str:
    """The name, with what tells it from units of the same name elsewhere or of another time."""
    parts = [unit.name]
    if unit.region and unit.region.name not in unit.name:
        parts.append(unit.region.name)
    if unit.valid_until and unit.valid_until < timezone.localdate():
        parts.append(f"sampai {unit.valid_until.year}")
    return " · ".join(parts)


class UnitTierFilter(ChoiceFilter):
    title = "tingkat"
    parameter_name = "tingkat"
    choices_of_filter = Unit.Tier.choices
    column = "tier"


@admin.register(Unit)
class UnitAdmin(RegisterAdmin):
    """An office; once officers have served there it is closed, not deleted."""

    form = UnitForm
    delete_advice = (
        "Unit yang pernah ditempati petugas tidak dihapus. Isi “Berlaku sampai” dan, bila ada, "
        "unit penerusnya."
    )
    list_display = ("name", "tier", "region", "officers", "valid_until")
    list_filter = (UnitTierFilter, ProvinceFilter)
    ordering = ("name", "id")
    search_fields = ("name",)
    search_help_text = "Nama unit; singkatan seperti “Disnaker Kab.” boleh."
    autocomplete_fields = ("region", "successor")
    fieldsets = (
        (None, {"fields": ("name", "short_name", ("tier", "region"))}),
        ("Kontak", {"fields": ("address", ("email", "phone"))}),
        ("Masa berlaku", {"fields": (("valid_from", "valid_until"), "successor")}),
        ("Alasan", {"fields": ("reason", "seen_version"), "classes": ["reason"]}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        units: Any = super().get_queryset(request)
        return units.with_region().with_officer_count(timezone.localdate())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        reason = ("Alasan", {"fields": ("reason",), "classes": ["reason"]})
        return fieldsets if obj is not None else (*fieldsets[:-1], reason)

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: Any,
        search_term: str,
    ) -> tuple[Any, bool]:
        return queryset.search(search_term.replace("\0", "")[:200]), False

    def choice_label(self, obj: Unit) -> str:
        return unit_label(obj)

    @admin.display(description="petugas saat ini", ordering="officer_count")
    def officers(self, unit: Any) -> int:
        count: int = unit.officer_count
        return count
