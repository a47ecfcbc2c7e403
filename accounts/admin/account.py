"""Accounts in the admin: made, invited, closed. Nobody sets the password of somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from accounts import actions
from accounts.admin.base import AccountsAdmin, ReasonForm, person
from accounts.forms.fields import plain_email
from accounts.models import RoleGrant, User
from accounts.queries import is_last_superuser
from accounts.rules import is_superuser
from epk.lib.admin_access import ReadOnly
from epk.lib.dates import format_datetime
from epk.lib.nip import NipError, format_nip, mask_nip, parse_nip
from epk.lib.plain_text import refuse_foreign_letters


class AccountForm(ReasonForm):
    """E-mail in lower case, NIP as people type it; the last superuser stays one."""

    nip = forms.CharField(
        label="NIP",
        max_length=60,
        required=False,
        empty_value=None,
        help_text="18 angka, bila petugas masuk dengan NIP; spasi dan titik boleh ikut.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Tercatat dalam riwayat, misalnya “Surat tugas Nomor 12/2026”.",
        error_messages={"required": "Tulis alasannya; alasan tercatat dalam riwayat."},
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = User
        fields = ("name", "email", "nip", "is_active", "is_superuser")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.nip and "nip" in self.fields:
            self.initial["nip"] = format_nip(self.instance.nip)

    def clean_name(self) -> str:
        """With plain blanks: those of a word processor cannot be told from them, nor searched."""
        name = " ".join(self.cleaned_data["name"].split())
        refuse_foreign_letters(name)
        name = "".join(filter(str.isprintable, name))
        if not name:
            raise ValidationError("Nama harus berisi huruf.")
        return name

    def clean_email(self) -> str:
        email = plain_email(self.cleaned_data["email"])
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(actions.EMAIL_TAKEN)
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

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if is_last_superuser(self.instance):
            for name in ("is_active", "is_superuser"):
                if name in self.fields and not data.get(name):
                    self.add_error(name, actions.LAST_SUPERUSER)
        if self.instance.pk == self.by.pk and data.get("is_active") is False:
            self.add_error("is_active", "Anda tidak dapat menutup akun Anda sendiri.")
        return data


class RoleGrantInline(ReadOnly, admin.TabularInline):
    """The roles of the account, to read; they are given on the page of the grants."""

    model = RoleGrant
    fk_name = "user"
    extra = 0
    fields = ("role", "province_code", "valid_from", "valid_until", "reason", "given_by")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user", "given_by")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return True


def is_of_officer(user: User) -> bool:
    """Whether the register knows this person: then the NIP comes from there."""
    return getattr(user, "officer", None) is not None


@admin.register(User)
class AccountAdmin(AccountsAdmin):
    """Accounts with the roles they hold. They are closed, never deleted: the history names them."""

    actions = ("send_links", "remove_second_factor")
    form = AccountForm
    inlines = (RoleGrantInline,)
    list_display = ("name", "email", "roles", "state")
    list_filter = ("is_active", "is_superuser", "grants__role")
    search_fields = ("name", "email", "nip")
    search_help_text = "Nama, e-mail, atau NIP."
    ordering = ("name", "id")
    readonly_fields = ("state", "entered", "joined", "shown_nip")
    fieldsets = (
        (None, {"fields": ("name", "email", "nip")}),
        ("Hak masuk", {"fields": ("is_active", "is_superuser", "state")}),
        ("Waktu", {"fields": ("entered", "joined")}),
        ("Alasan", {"fields": ("reason",)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("name", "email", "nip", "reason"),
                "description": "Setelah disimpan, undangan untuk membuat kata sandi dikirim ke alamat itu.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("grants")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        first, *others = super().get_fieldsets(request, obj)
        if is_of_officer(obj):
            first = (None, {"fields": ("name", "email", "shown_nip")})
        return [first, *others]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Superusers are made by superusers."""
        fields = super().get_readonly_fields(request, obj)
        return fields if is_superuser(request.user) else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or is_superuser(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: ARG002
        actions.save_account(obj, by=person(request), reason=form.cleaned_data["reason"])

    @admin.action(description="Kirim undangan atau tautan kata sandi")
    def send_links(self, request: HttpRequest, queryset: Any) -> None:
        chosen = [user for user in queryset if self.has_change_permission(request, user)]
        written = actions.send_links(chosen, by=person(request))
        messages.success(request, f"Tautan dikirim ke {written} akun.")

    def get_actions(self, request: HttpRequest) -> Any:
        found = super().get_actions(request)
        if not is_superuser(request.user):
            found.pop("remove_second_factor", None)
        return found

    @admin.action(description="Lepas faktor kedua (setelah memastikan orangnya)")
    def remove_second_factor(self, request: HttpRequest, queryset: Any) -> None:
        for user in queryset:
            try:
                actions.remove_second_factor(user, by=person(request))
                messages.success(request, f"Faktor kedua {user} dilepas; semua sesinya berakhir.")
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))

    @admin.display(description="NIP")
    def shown_nip(self, user: User) -> str:
        """Of an officer only the end: the whole stands in the register, where a look is logged."""
        return mask_nip(user.nip) if user.nip else "–"

    @admin.display(description="keadaan")
    def state(self, user: User) -> str:
        if not user.is_active:
            return "Ditutup"
        if user.activated_at is not None:
            return "Aktif"
        if user.invited_at is None:
            return "Belum diundang"
        sent = format_datetime(user.invited_at, timezone.get_current_timezone())
        return f"Diundang {sent}, belum diaktifkan"

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
        first = ["Superuser"] if user.is_superuser else []
        held = first + [str(grant) for grant in user.grants.all() if grant.is_in_force(today)]
        return ", ".join(held) or "–"
