"""Accounts and role grants in the admin, for superusers alone."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.rules import is_superuser
from epk.lib.admin_access import OneRule
from epk.lib.admin_lists import KnownParameters
from epk.lib.dates import format_datetime
from epk.lib.nip import NipError, format_nip, parse_nip

LAST_SUPERUSER = (
    "Ini superuser aktif terakhir; angkat superuser lain dahulu sebelum mengubah yang ini."
)

# Roles come from grants; Django's groups and permission rows are not used.
admin.site.unregister(Group)


class SuperuserOnly(OneRule):
    """Accounts and grants are kept by the technical administrator alone."""

    def may(self, request: HttpRequest) -> bool:
        return is_superuser(request.user)


def _person(request: HttpRequest) -> User:
    """Whoever passed the check of permission is logged in."""
    return cast("User", request.user)


class AccountFields(forms.ModelForm):
    """What adding and changing an account share: e-mail in lower case, NIP as people type it."""

    nip = forms.CharField(
        label="NIP",
        max_length=60,
        required=False,
        empty_value=None,
        help_text="18 angka, bila petugas masuk dengan NIP; spasi dan titik boleh ikut.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Alamat e-mail ini sudah dipakai akun lain.")
        return email

    def clean_nip(self) -> str | None:
        text = self.cleaned_data["nip"]
        if not text:
            return None
        try:
            digits = parse_nip(text, pppk=True).digits
        except NipError as error:
            raise ValidationError(str(error)) from error
        other = User.objects.filter(nip=digits).exclude(pk=self.instance.pk).first()
        if other is not None:
            raise ValidationError(f"NIP ini sudah dipakai akun {other}.")
        return digits


class AccountForm(AccountFields, UserChangeForm):
    """An account; the last superuser who can still log in stays one."""

    class Meta:
        model = User
        fields = ("name", "email", "nip", "password", "is_active", "is_superuser")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.nip:
            self.initial["nip"] = format_nip(self.instance.nip)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if is_last_superuser(self.instance.pk):
            for name in ("is_active", "is_superuser"):
                if not self.cleaned_data.get(name):
                    self.add_error(name, LAST_SUPERUSER)
        return self.cleaned_data


class NewAccountForm(AccountFields, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name", "nip")


class PasswordForm(AdminPasswordChangeForm):
    """Sets a new password; taking a password away would lock a person out in passing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class RoleGrantForm(forms.ModelForm):
    """A role with the scope it asks for."""

    class Meta:
        model = RoleGrant
        fields = ("user", "role", "province_code", "valid_from", "valid_until", "reason")

    def clean(self) -> dict[str, Any]:
        super().clean()
        role, province = self.cleaned_data.get("role"), self.cleaned_data.get("province_code", "")
        is_provincial = role == RoleGrant.Role.ADMIN_PROVINSI
        if is_provincial and not (province.isascii() and province.isdigit() and len(province) == 2):
            self.add_error("province_code", "Admin Provinsi memerlukan kode provinsi, dua angka.")
        elif role and not is_provincial and province:
            self.add_error("province_code", "Peran ini berlaku nasional; kosongkan provinsi.")
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "“Berlaku sampai” mendahului “berlaku sejak”.")
        if not self.cleaned_data.get("reason"):
            self.add_error("reason", "Tulis alasan peran ini diberikan.")
        return self.cleaned_data


class RoleGrantInline(SuperuserOnly, admin.TabularInline):
    model = RoleGrant
    form = RoleGrantForm
    fk_name = "user"
    extra = 0
    fields = ("role", "province_code", "valid_from", "valid_until", "reason", "given_by")
    readonly_fields = ("given_by",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user", "given_by")


@admin.register(User)
class AccountAdmin(SuperuserOnly, KnownParameters, DjangoUserAdmin):
    """Accounts with the roles they hold; nobody leaves the portal without a superuser."""

    actions = None
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = PasswordForm
    inlines = (RoleGrantInline,)
    list_display = ("name", "email", "shown_nip", "roles", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "grants__role")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "email", "nip")
    search_help_text = "Nama, e-mail, atau NIP."
    ordering = ("name", "id")
    filter_horizontal = ()
    readonly_fields = ("entered", "joined")
    fieldsets = (
        (None, {"fields": ("name", "email", "nip", "password")}),
        ("Hak masuk", {"fields": ("is_active", "is_superuser")}),
        ("Waktu", {"fields": ("entered", "joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("name", "email", "nip", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("grants")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    @admin.display(description="NIP")
    def shown_nip(self, user: User) -> str:
        return format_nip(user.nip) if user.nip else "–"

    @admin.display(description="masuk terakhir")
    def entered(self, user: User) -> str:
        if user.last_login is None:
            return "Belum pernah"
        return format_datetime(user.last_login, timezone.get_current_timezone())

    @admin.display(description="terdaftar sejak")
    def joined(self, user: User) -> str:
        return format_datetime(user.date_joined, timezone.get_current_timezone())

    @admin.display(description="peran yang berlaku")
    def roles(self, user: User) -> str:
        today = timezone.localdate()
        held = [
            str(grant)
            for grant in user.grants.all()
            if grant.valid_from <= today
            and (grant.valid_until is None or grant.valid_until >= today)
        ]
        return ", ".join(held) or "–"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            _lock_superusers()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            _lock_superusers()
            return super().delete_view(request, object_id, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and is_last_superuser(obj.pk))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for grant_form in formset.extra_forms:
            grant_form.instance.given_by = _person(request)
        super().save_formset(request, form, formset, change)


@admin.register(RoleGrant)
class RoleGrantAdmin(SuperuserOnly, KnownParameters, admin.ModelAdmin):
    """All grants, ended ones included, in one list."""

    actions = None
    form = RoleGrantForm
    list_display = ("user", "role", "province_code", "valid_from", "valid_until", "given_by")
    list_filter = ("role",)
    list_select_related = ("user", "given_by")
    list_per_page = 50
    show_full_result_count = False
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
    readonly_fields = ("given_by",)

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        if not change:
            obj.given_by = _person(request)
        super().save_model(request, obj, form, change)


def is_last_superuser(user_id: int | None) -> bool:
    """Whether this account is the only one left that is an active superuser."""
    active = User.objects.filter(is_superuser=True, is_active=True)
    return set(active.values_list("pk", flat=True)) == {user_id}


def _lock_superusers() -> None:
    """Two superusers who demote each other at once: the second one sees what the first did."""
    superusers = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    list(superusers.order_by("pk").values_list("pk", flat=True))
