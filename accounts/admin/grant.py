"""Role grants in the admin: given with a reason, ended with a last day, told to the person."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import actions
from accounts.admin.base import AccountsAdmin, ReasonForm, deletion_reason, person
from accounts.models import RoleGrant

GIVEN = ("user", "role", "province_code", "valid_from")


class RoleGrantForm(ReasonForm):
    """A role with the scope it asks for."""

    class Meta:
        model = RoleGrant
        fields = ("user", "role", "province_code", "valid_from", "valid_until", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        role, province = data.get("role"), data.get("province_code", "")
        is_provincial = role == RoleGrant.Role.ADMIN_PROVINSI
        if is_provincial and not (province.isascii() and province.isdigit() and len(province) == 2):
            self.add_error("province_code", "Admin Provinsi memerlukan kode provinsi, dua angka.")
        elif role and not is_provincial and province:
            self.add_error("province_code", "Peran ini berlaku nasional; kosongkan provinsi.")
        start, end = data.get("valid_from") or self.instance.valid_from, data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "“Berlaku sampai” mendahului “berlaku sejak”.")
        if not data.get("reason"):
            self.add_error("reason", "Tulis alasan peran ini diberikan.")
        holder = data.get("user") or (self.instance.user if self.instance.pk else None)
        if holder == self.by:
            raise ValidationError(actions.OWN_ROLE)
        return data


@admin.register(RoleGrant)
class RoleGrantAdmin(AccountsAdmin):
    """All grants, ended ones included. What was given stands; it can be ended or, if wrong, deleted."""

    form = RoleGrantForm
    delete_confirmation_template = "admin/registry/delete_confirmation.html"
    list_display = ("user", "role", "province_code", "valid_from", "valid_until", "given_by")
    list_filter = ("role",)
    list_select_related = ("user", "given_by")
    search_fields = ("user__name", "user__email")
    search_help_text = "Nama atau e-mail."
    ordering = ("-valid_from", "id")
    autocomplete_fields = ("user",)
    fields = (
        "user",
        ("role", "province_code"),
        ("valid_from", "valid_until"),
        "reason",
        "given_by",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return ("given_by",) if obj is None else (*GIVEN, "given_by")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.user_id != person(request).pk)

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:  # noqa: ARG002
        actions.give_role(obj, by=person(request))

    def delete_model(self, request: HttpRequest, obj: RoleGrant) -> None:
        actions.take_role(obj, by=person(request), reason=deletion_reason(request))
