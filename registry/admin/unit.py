"""Units in the admin: found by any abbreviation, with how many officers serve there today."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from registry.admin.base import RegisterAdmin
from registry.admin.filters import ProvinceFilter, RegencyFilter, UnitTierFilter
from registry.admin.scope import UNIT_ELSEWHERE, is_whole
from registry.forms.admin import UnitForm
from registry.models import Unit
from registry.queries import PROVINCIAL
from registry.rules import can_maintain_unit

OTHER_TIERS = "Unit Kemnaker dan lembaga lain dicatat oleh Ditjen; pilih Dinas di wilayah Anda."
OTHER_REGIONS = "Pilih wilayah di dalam provinsi Anda."


def unit_label(unit: Unit) -> str:
    """The name, with what tells it from units of the same name elsewhere or of another time."""
    parts = [unit.name]
    if unit.region and unit.region.name not in unit.name:
        parts.append(unit.region.name)
    if unit.valid_until and unit.valid_until < timezone.localdate():
        parts.append(f"sampai {unit.valid_until.year}")
    return " · ".join(parts)


@admin.register(Unit)
class UnitAdmin(RegisterAdmin):
    """An office; once officers have served there it is closed, not deleted."""

    form = UnitForm
    delete_advice = (
        "Unit yang pernah ditempati petugas tidak dihapus. Isi “Berlaku sampai” dan, bila ada, "
        "unit penerusnya."
    )
    list_display = ("name", "tier", "region", "officers", "valid_until")
    list_filter = (UnitTierFilter, ProvinceFilter, RegencyFilter)
    ordering = ("name", "id")
    search_fields = ("name",)
    search_help_text = "Nama unit; singkatan seperti “Disnaker Kab.” boleh."
    autocomplete_fields = ("region", "successor")
    readonly_fields = ("successor_elsewhere",)
    fieldsets = (
        (None, {"fields": ("name", "short_name", ("tier", "region"))}),
        ("Kontak", {"fields": ("address", ("email", "phone"))}),
        ("Masa berlaku", {"fields": (("valid_from", "valid_until"), "successor")}),
        ("Alasan", {"fields": ("reason", "seen_version"), "classes": ["reason"]}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        units: Any = super().get_queryset(request)
        own = units.in_scope_of(request.user)
        return own.with_region().with_officer_count(timezone.localdate())

    def may_row(self, request: HttpRequest, row: Unit) -> bool:
        return can_maintain_unit(request.user, row)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = super().get_fieldsets(request, obj)
        if obj is None:
            reason = ("Alasan", {"fields": ("reason",), "classes": ["reason"]})
            return (*fieldsets[:-1], reason)
        if self._is_succeeded_elsewhere(request, obj):
            span = {"fields": (("valid_from", "valid_until"), "successor_elsewhere")}
            fieldsets = tuple(
                (title, span if title == "Masa berlaku" else options)
                for title, options in fieldsets
            )
        return fieldsets

    def _is_succeeded_elsewhere(self, request: HttpRequest, unit: Unit) -> bool:
        """The Ditjen has set a successor that this person could neither choose nor keep."""
        successor = unit.successor
        return successor is not None and not can_maintain_unit(request.user, successor)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """One's own province has few regions: a plain choice, which needs no script."""
        return super().get_autocomplete_fields(request) if is_whole(request) else ("successor",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None or is_whole(request):
            return field
        if db_field.name == "tier":
            field.choices = [item for item in field.choices if item[0] in ("", *PROVINCIAL)]
            field.error_messages["invalid_choice"] = OTHER_TIERS
        elif db_field.name == "region":
            field.error_messages["invalid_choice"] = OTHER_REGIONS
        elif db_field.name == "successor":
            field.error_messages["invalid_choice"] = "Pilih unit penerus di wilayah Anda."
        return field

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: Any,
        search_term: str,
    ) -> tuple[Any, bool]:
        return queryset.search(search_term.replace("\0", "")[:200]), False

    def choice_label(self, obj: Unit) -> str:
        return unit_label(obj)

    @admin.display(description="unit penerus")
    def successor_elsewhere(self, _unit: Unit) -> str:
        return str(capfirst(UNIT_ELSEWHERE))

    @admin.display(description="petugas saat ini", ordering="officer_count")
    def officers(self, unit: Any) -> int:
        count: int = unit.officer_count
        return count
