"""Documents in the admin: a list to read; scans come and go with the rows they prove."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from epk.lib.admin_access import ReadOnly
from epk.lib.dates import format_datetime
from epk.lib.text import format_number
from registry.admin import watching
from registry.admin.base import RegisterAdmin
from registry.admin.filters import ChoiceFilter
from registry.admin.inlines import document_link
from registry.admin.scope import about_officers_in_scope
from registry.models import Document
from registry.rules import Field


class KindFilter(ChoiceFilter):
    title = "jenis"
    parameter_name = "jenis"
    choices_of_filter = Document.Kind.choices
    column = "kind"


@admin.register(Document)
class DocumentAdmin(ReadOnly, RegisterAdmin):
    """The scans with their officers; nothing is changed here."""

    list_display = ("original_name", "officer", "kind", "pages", "kilobytes", "uploaded")
    list_filter = (KindFilter,)
    ordering = ("-uploaded_at",)
    search_fields = ("original_name", "officer__name", "officer__register_number")
    search_help_text = "Nama berkas, nama petugas, atau nomor register."
    fields = (
        "link", "officer", "kind", "pages", "kilobytes", "uploaded_by", "uploaded",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        documents = super().get_queryset(request).select_related("officer", "uploaded_by")
        return about_officers_in_scope(request, documents)

    def note_history(self, request: HttpRequest, obj: Document, entries: Any) -> None:
        if entries:
            watching.note(request, obj.officer, {Field.DOCUMENTS}, watching.Channel.HISTORY)

    @admin.display(description="berkas")
    def link(self, document: Document) -> str:
        return document_link(document, document.officer)

    @admin.display(description="ukuran", ordering="size")
    def kilobytes(self, document: Document) -> str:
        return f"{format_number(-(-document.size // 1024))} kB"

    @admin.display(description="diunggah", ordering="uploaded_at")
    def uploaded(self, document: Document) -> str:
        return format_datetime(document.uploaded_at, timezone.get_current_timezone())
