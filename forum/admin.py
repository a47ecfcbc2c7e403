"""Categories in the admin: who may read, start and reply where. All else is done in the forum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from forum.models import MEMBERS, Category
from registry.admin.base import RegisterAdmin
from registry.admin.scope import NationOnly
from registry.forms.admin import RegisterForm

CHOICES = [(role.value, role.label) for role in MEMBERS]


def _roles(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )


class CategoryForm(RegisterForm):
    """A category; moderators read and write everywhere, whatever is chosen here."""

    readers = _roles("Boleh membaca")
    starters = _roles("Boleh memulai topik")
    repliers = _roles("Boleh membalas")

    class Meta:
        model = Category
        fields = "__all__"


@admin.register(Category)
class CategoryAdmin(NationOnly, RegisterAdmin):
    """One subject of the forum; one in which something was written is archived, never deleted."""

    form = CategoryForm
    delete_advice = "Kategori yang sudah berisi topik tidak dapat dihapus; arsipkan."
    list_display = ("name", "position", "slug", "archived_at")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "position")}),
        ("Siapa", {"fields": ("readers", "starters", "repliers")}),
        ("Arsip", {"fields": ("archived_at",)}),
        ("Alasan", {"fields": ("reason",), "classes": ["reason"]}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return ("slug",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj is not None else super().get_prepopulated_fields(request, obj)
