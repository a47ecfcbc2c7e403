"""Regions in the admin: mostly to read, since they come from the official list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from registry.admin.base import RegisterAdmin
from registry.admin.filters import ChoiceFilter, ProvinceFilter
from registry.admin.scope import NationOnly
from registry.forms.admin import ExpertiseForm, RegionForm
from registry.models import Expertise, Region

IDENTITY = ("code", "level", "parent")


class LevelFilter(ChoiceFilter):
    title = "tingkat"
    parameter_name = "tingkat"
    choices_of_filter = Region.Level.choices
    column = "level"


class RegionProvinceFilter(ProvinceFilter):
    column = "code"


@admin.register(Region)
class RegionAdmin(NationOnly, RegisterAdmin):
    """A province or kabupaten/kota; its code stands for ever, a closed one gets an end date."""

    form = RegionForm
    list_display = ("code", "name", "level", "parent", "time_zone", "valid_until")
    list_display_links = ("code", "name")
    list_filter = (LevelFilter, RegionProvinceFilter)
    list_select_related = ("parent",)
    ordering = ("code",)
    search_fields = ("name", "code")
    search_help_text = "Nama atau kode Kemendagri."
    autocomplete_fields = ("parent", "successor")
    fieldsets = (
        (None, {"fields": (("code", "level", "parent"), "name", ("iso", "time_zone"))}),
        ("Masa berlaku", {"fields": (("valid_from", "valid_until"), "successor")}),
        ("Peta", {"fields": (("tile_row", "tile_column"),), "classes": ["collapse"]}),
        ("Alasan", {"fields": ("reason",), "classes": ["reason"]}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Also what a unit may be given: a province chooses among its own."""
        regions: Any = super().get_queryset(request)
        return regions.in_scope_of(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return IDENTITY if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def choice_label(self, obj: Region) -> str:
        return f"{obj.code} · {obj.name}"


@admin.register(Expertise)
class ExpertiseAdmin(NationOnly, RegisterAdmin):
    """The fields of expertise that officers can name."""

    form = ExpertiseForm
    delete_advice = "Keahlian yang masih dimiliki petugas tidak dapat dihapus; ubah namanya."
    list_display = ("name", "code")
    search_fields = ("name",)
    prepopulated_fields = {"code": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "code")}),
        ("Alasan", {"fields": ("reason",), "classes": ["reason"]}),
    )
