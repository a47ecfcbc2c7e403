"""Officers in the admin: found in any spelling, kept with all their histories on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from epk.lib.nip import clean_digits, format_nip
from registry import actions
from registry.admin.base import RegisterAdmin, person
from registry.admin.doubts import doubts
from registry.admin.filters import JenjangFilter, PostingProvinceFilter, StatusFilter, TierFilter
from registry.admin.inlines import INLINES
from registry.forms.admin import OfficerForm
from registry.models import Officer

NONE = "–"
NO_BREAK = "\u00a0"


@admin.register(Officer)
class OfficerAdmin(RegisterAdmin):
    """One officer with postings, statuses, jenjang, pangkat, education, training and tests."""

    form = OfficerForm
    inlines = INLINES
    history_with_rows = True
    delete_advice = (
        "Petugas yang punya riwayat tidak dihapus. Catat statusnya (pensiun, pindah instansi, "
        "mengundurkan diri, meninggal), atau isi “Digabung ke” bila orang ini tercatat dua kali."
    )
    list_display = (
        "shown_number", "titled_name", "shown_nip", "jenjang", "unit", "status",
    )  # fmt: skip
    list_display_links = ("shown_number", "titled_name")
    list_filter = (
        PostingProvinceFilter, TierFilter, JenjangFilter, StatusFilter, "member_type",
    )  # fmt: skip
    ordering = ("sort_key", "id")
    search_fields = ("name",)
    search_help_text = "Nama (ejaan boleh berbeda), unit kerja, nomor register, atau NIP lengkap."
    autocomplete_fields = ("user", "merged_into")
    readonly_fields = ("register_number", "shown_photo")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "register_number",
                    ("front_title", "name", "back_title"),
                    ("member_type", "employment"),
                    "nip",
                    ("sex", "birth_place", "birth_date"),
                )
            },
        ),
        (
            "Kontak",
            {
                "fields": (
                    ("office_email", "office_phone"),
                    "contact_public",
                    "private_phone",
                )
            },
        ),
        (
            "Profil",
            {
                "fields": (
                    "fields_of_expertise",
                    "bio",
                    "ikaperjasi_member",
                    ("shown_photo", "new_photo", "remove_photo"),
                    "photo_public",
                )
            },
        ),
        ("Akun dan penggabungan", {"fields": ("user", "merged_into"), "classes": ["collapse"]}),
        ("Alasan", {"fields": ("reason", "seen_version"), "classes": ["reason"]}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new officer has neither number nor photo nor version yet."""
        if obj is not None:
            return super().get_fieldsets(request, obj)
        hidden = {"register_number", "shown_photo", "remove_photo", "merged_into", "seen_version"}
        return [
            (title, {**options, "fields": _without(options["fields"], hidden)})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Accounts are chosen by those who administer accounts."""
        fields = super().get_readonly_fields(request, obj)
        users = self.admin_site.get_model_admin(Officer.user.field.related_model)
        return fields if users.has_view_permission(request) else (*fields, "user")

    # --- List ------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        officers: Any = super().get_queryset(request)
        return officers.joined_on(timezone.localdate()).select_related(
            "current_status", "current_jenjang", "current_pangkat", "current_posting__unit"
        )

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: Any,
        search_term: str,
    ) -> tuple[Any, bool]:
        text = search_term.replace("\0", "").strip()
        digits = clean_digits(text)
        if digits.isascii() and digits.isdigit() and len(digits) == 18:
            return queryset.filter(nip=digits), False
        return queryset.search(text[:200]), False

    def choice_label(self, obj: Officer) -> str:
        return f"{obj.register_number} · {obj.full_name}"

    @admin.display(description="nomor", ordering="number")
    def shown_number(self, officer: Officer) -> str:
        return str(officer.register_number)

    @admin.display(description="nama", ordering="sort_key")
    def titled_name(self, officer: Officer) -> str:
        return officer.full_name

    @admin.display(description="NIP", ordering="nip")
    def shown_nip(self, officer: Officer) -> str:
        """On two lines where the column is narrow: `19860926 201505` and `1 001`."""
        if not officer.nip:
            return NONE
        birth, appointed, sex, sequence = format_nip(officer.nip).split(" ")
        return f"{birth}{NO_BREAK}{appointed} {sex}{NO_BREAK}{sequence}"

    @admin.display(description="jenjang")
    def jenjang(self, officer: Officer) -> str:
        jenjang, pangkat = officer.current_jenjang, officer.current_pangkat
        parts = [jenjang.get_jenjang_display()] if jenjang else []
        return ", ".join([*parts, pangkat.golongan] if pangkat else parts) or NONE

    @admin.display(description="unit kerja")
    def unit(self, officer: Officer) -> str:
        return officer.current_posting.unit.short_name if officer.current_posting else NONE

    @admin.display(description="status")
    def status(self, officer: Officer) -> str:
        if officer.merged_into_id:
            return "Digabung"
        return officer.current_status.get_status_display() if officer.current_status else NONE

    @admin.display(description="foto")
    def shown_photo(self, officer: Officer) -> str:
        if not officer.photo:
            return "Belum ada"
        address = reverse("registry:photo", args=[officer.register_number])
        return format_html('<img src="{}" alt="Foto petugas" width="96" height="96">', address)

    # --- Saving ----------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        saved = getattr(request, "saved_officer", None)
        if saved is not None and response.status_code == 302:
            for sentence in doubts(saved, timezone.localdate()):
                messages.warning(request, sentence)
        return response

    def save_model(self, request: HttpRequest, obj: Officer, form: Any, change: bool) -> None:
        request.seen_version = obj.version if change else None  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
        obj.refresh_from_db(fields=["number", "register_number"])
        if "fields_of_expertise" in form.changed_data:
            obj.expertise.set(form.cleaned_data["fields_of_expertise"])
        if form.cleaned_data.get("new_photo"):
            actions.set_photo(obj, form.cleaned_data["new_photo"], by=person(request))
        elif form.cleaned_data.get("remove_photo") and obj.photo:
            actions.set_photo(obj, None, by=person(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        rows_changed = any(formset.has_changed() for formset in formsets)
        if change and (rows_changed or "fields_of_expertise" in form.changed_data):
            actions.count_change(form.instance, since=request.seen_version)  # type: ignore[attr-defined]
        request.saved_officer = form.instance  # type: ignore[attr-defined]

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: Any,
        change: bool,  # noqa: ARG002
    ) -> None:
        """Deletions first, then rows with the scans sent along, in the order the form gives."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        uploads = {
            id(row_form.instance): (row_form.cleaned_data["upload"], row_form.document_kind)
            for row_form in formset.forms
            if row_form.has_changed() and row_form.cleaned_data.get("upload")
        }
        for row in rows:
            if id(row) in uploads:
                checked, kind = uploads[id(row)]
                row.document = actions.store_document(
                    form.instance, checked, kind=kind, by=person(request)
                )
            row.save()


def _without(fields: Any, hidden: set[str]) -> list[Any]:
    kept: list[Any] = []
    for item in fields:
        if isinstance(item, str):
            kept += [] if item in hidden else [item]
        else:
            kept.append(tuple(name for name in item if name not in hidden))
    return kept
