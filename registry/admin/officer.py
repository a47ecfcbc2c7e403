"""Officers in the admin: found in any spelling, kept with all their histories on one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from accounts.actions import follow_nip
from epk.lib.dates import format_date
from epk.lib.nip import clean_digits
from registry import actions, activation
from registry.admin import watching
from registry.admin.base import RegisterAdmin
from registry.admin.doubts import doubts
from registry.admin.filters import (
    JenjangFilter,
    PostingProvinceFilter,
    PostingRegencyFilter,
    StatusFilter,
    TierFilter,
)
from registry.admin.inlines import INLINES
from registry.admin.scope import OFFICER_ELSEWHERE, is_whole, person
from registry.forms.admin import OfficerForm
from registry.models import Officer, Posting
from registry.rules import can_maintain_officer

NONE = "–"
MERGING = "Akun dan penggabungan"


@admin.register(Officer)
class OfficerAdmin(RegisterAdmin):
    """One officer with postings, statuses, jenjang, pangkat, education, training and tests."""

    form = OfficerForm
    inlines = INLINES
    actions = ("invite",)
    history_with_rows = True
    leaves_scope = (
        "Sesudah perubahan ini petugas tidak lagi di wilayah Anda. Mutasi ke luar provinsi dicatat "
        "oleh Ditjen."
    )
    delete_advice = (
        "Petugas yang punya riwayat tidak dihapus. Catat statusnya (pensiun, pindah instansi, "
        "mengundurkan diri, meninggal), atau isi “Digabung ke” bila orang ini tercatat dua kali."
    )
    list_display = (
        "shown_number", "titled_name", "jenjang", "unit", "status",
    )  # fmt: skip
    list_display_links = ("shown_number", "titled_name")
    list_filter = (
        PostingProvinceFilter, TierFilter, JenjangFilter, StatusFilter, "member_type",
        PostingRegencyFilter,
    )  # fmt: skip
    ordering = ("sort_key", "id")
    search_fields = ("name",)
    search_help_text = "Nama (ejaan boleh berbeda), unit kerja, nomor register, atau NIP lengkap."
    autocomplete_fields = ("user", "merged_into")
    readonly_fields = (
        "register_number", "shown_photo", "merged_elsewhere", "postings_elsewhere",
    )  # fmt: skip
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
        (MERGING, {"fields": ("user", "merged_into"), "classes": ["collapse"]}),
        ("Alasan", {"fields": ("reason", "seen_version"), "classes": ["reason"]}),
    )

    # --- Scope -----------------------------------------------------------------------------------

    def may_row(self, request: HttpRequest, row: Officer) -> bool:
        return can_maintain_officer(request.user, row)

    def is_in_scope(self, request: HttpRequest, row: Officer) -> bool:
        if not is_whole(request):
            row.answering_province = Officer.objects.answering_province_of(row.pk)
        return super().is_in_scope(request, row)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.nameable = Officer.objects.in_scope_of(request.user)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new officer has neither number nor photo nor version; accounts are not for provinces."""
        fieldsets: list[Any] = list(super().get_fieldsets(request, obj))
        hidden = set() if is_whole(request) else {"user"}
        if obj is None:
            hidden |= {
                "register_number", "shown_photo", "remove_photo", "merged_into", "seen_version",
            }  # fmt: skip
        else:
            _note_elsewhere(request, obj)
            if obj.is_merged_elsewhere:
                hidden.add("merged_into")
                fieldsets.insert(-1, ("Penggabungan", {"fields": ("merged_elsewhere",)}))
            if obj.rows_elsewhere:
                elsewhere = {"fields": ("postings_elsewhere",)}
                fieldsets.insert(-1, ("Penempatan di luar wilayah Anda", elsewhere))
        kept = [
            (title, {**options, "fields": _without(options["fields"], hidden)})
            for title, options in fieldsets
        ]
        return [
            ("Penggabungan" if title == MERGING and "user" in hidden else title, options)
            for title, options in kept
            if options["fields"]
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Accounts are chosen by those who administer accounts."""
        fields = super().get_readonly_fields(request, obj)
        users = self.admin_site.get_model_admin(Officer.user.field.related_model)
        return fields if users.has_view_permission(request) else (*fields, "user")

    # --- List ------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        officers: Any = super().get_queryset(request)
        own = officers.in_scope_of(request.user)
        return own.joined_on(timezone.localdate()).select_related(
            "current_status", "current_jenjang", "current_posting__unit"
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

    @admin.display(description="jenjang")
    def jenjang(self, officer: Officer) -> str:
        return officer.current_jenjang.get_jenjang_display() if officer.current_jenjang else NONE

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

    @admin.display(description="digabung ke")
    def merged_elsewhere(self, _officer: Officer) -> str:
        return str(capfirst(OFFICER_ELSEWHERE))

    @admin.display(description="Dicatat pihak lain")
    def postings_elsewhere(self, officer: Any) -> str:
        """Postings recorded by others, to read: they decide neither scope nor this form."""
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", _in_words(officer.rows_elsewhere))
        )

    # --- Showing ---------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = super().render_change_form(request, context, *args, **kwargs)
        officer = context["original"]
        if officer is not None and request.method != "HEAD":
            # As it is stored: the form has put what was typed into the one it was given.
            stored = officer if request.method == "GET" else Officer.objects.get(pk=officer.pk)
            fields = watching.fields_on_page(
                stored, context["inline_admin_formsets"], context.get("conflict_entries", ())
            )
            reason = request.POST.get("reason", "").replace("\0", "").strip()
            watching.note(request, stored, fields, watching.Channel.ADMIN, reason)
        return response

    def note_history(self, request: HttpRequest, obj: Officer, entries: Any) -> None:
        watching.note_history(request, obj, entries)

    # --- Accounts -------------------------------------------------------------------------------

    @admin.action(description="Undang mengaktifkan akun")
    def invite(self, request: HttpRequest, queryset: Any) -> None:
        """Only those this person may maintain are among the chosen: the list is narrowed to them."""
        invited, refused = activation.invite(queryset, by=person(request))
        if invited:
            messages.success(request, f"Undangan dikirim kepada {len(invited)} petugas.")
        for officer, sentence in refused.items():
            messages.warning(request, f"{officer.register_number} tidak diundang: {sentence}")

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
            own = saved.postings.in_units_of_scope(request.user)
            for sentence in doubts(saved, own, timezone.localdate()):
                messages.warning(request, sentence)
        return response

    def save_model(self, request: HttpRequest, obj: Officer, form: Any, change: bool) -> None:
        request.seen_version = obj.version if change else None  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
        obj.refresh_from_db(fields=["number", "register_number"])
        if "nip" in form.changed_data and obj.user is not None:
            follow_nip(obj.user, obj.nip, by=person(request))
        if "office_email" in form.changed_data:
            activation.follow_office_email(obj, by=person(request))
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
        if change:
            actions.tell_owner(form.instance, _changed(form, formsets), by=person(request))
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


def _changed(form: Any, formsets: Any) -> list[str]:
    """The labels of what this save changes, as the form shows them; nothing of the values.

    A value typed in another spelling, such as a NIP without its spaces, changes nothing.
    """
    labels = [
        str(form.fields[name].label or name)
        for name in form.changed_data
        if name not in ("reason", "seen_version") and not form.is_as_stored(name)
    ]
    rows = [formset.model._meta.verbose_name for formset in formsets if formset.has_changed()]
    return list(dict.fromkeys(str(capfirst(label)) for label in [*labels, *map(str, rows)]))


def _note_elsewhere(request: HttpRequest, officer: Any) -> None:
    """What of the record lies out of scope, asked once: the form may change what points there."""
    if hasattr(officer, "rows_elsewhere"):
        return
    rows = Posting.objects.of_officer(officer).in_units_elsewhere(request.user)
    officer.rows_elsewhere = [] if is_whole(request) else list(rows)
    target = officer.merged_into_id
    officer.is_merged_elsewhere = (
        target is not None
        and not is_whole(request)
        and not Officer.objects.in_scope_of(request.user).filter(pk=target).exists()
    )


def _in_words(postings: list[Posting]) -> Iterator[tuple[str]]:
    for posting in postings:
        last = format_date(posting.last_day) if posting.last_day else "sekarang"
        span = f"{format_date(posting.first_day)} – {last}"
        title = " · ".join(filter(None, (span, posting.get_jenjang_display())))
        yield (f"{posting.unit.name}: {title}",)


def _without(fields: Any, hidden: set[str]) -> list[Any]:
    kept: list[Any] = []
    for item in fields:
        if isinstance(item, str):
            kept += [] if item in hidden else [item]
        else:
            kept.append(tuple(name for name in item if name not in hidden))
    return kept
