"""The log of who was shown private data, to read: each maintainer the part about their officers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from epk.lib.admin_access import ReadOnly
from epk.lib.dates import format_datetime
from registry.admin.base import RegisterAdmin
from registry.admin.filters import ChoiceFilter
from registry.admin.scope import about_officers_in_scope
from registry.models import AccessRecord, Officer
from registry.rules import Field


class ChannelFilter(ChoiceFilter):
    title = "lewat"
    parameter_name = "lewat"
    choices_of_filter = AccessRecord.Channel.choices
    column = "channel"


@admin.register(AccessRecord)
class AccessRecordAdmin(ReadOnly, RegisterAdmin):
    """Who saw what of whom, when and why; written by the pages, changed by nobody."""

    list_display = ("moment", "viewer", "whom", "data", "channel", "reason")
    list_display_links = ("moment",)
    list_filter = (ChannelFilter,)
    change_form_template = "admin/registry/access_record.html"
    list_select_related = ("viewer",)
    ordering = ("-viewed_at", "-id")
    search_fields = ("register_number", "viewer__name")
    search_help_text = "Nomor register petugas, atau nama yang melihat."
    fields = ("moment", "viewer_name", "whom", "data", "channel", "reason", "address")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        records = about_officers_in_scope(request, super().get_queryset(request))
        # Not by a join: the record outlives the officer's row.
        named = Officer.objects.filter(pk=OuterRef("officer_id")).order_by()
        return records.select_related("viewer").annotate(
            officer_name=Subquery(named.values("name")[:1])
        )

    def history_view(self, *_asked: Any, **_more: Any) -> HttpResponse:
        """What nobody can change has no history."""
        raise Http404

    @admin.display(description="waktu", ordering="viewed_at")
    def moment(self, record: AccessRecord) -> str:
        return format_datetime(record.viewed_at, timezone.get_current_timezone())

    @admin.display(description="dilihat oleh")
    def viewer_name(self, record: AccessRecord) -> str:
        return record.viewer.name

    @admin.display(description="petugas", ordering="register_number")
    def whom(self, record: Any) -> str:
        name = record.officer_name or "Data sudah dihapus"
        number = format_html('<span class="register-number">{}</span>', record.register_number)
        return format_html("{} {}", number, name)

    @admin.display(description="data yang dilihat")
    def data(self, record: AccessRecord) -> str:
        labels = {field.name.lower(): field.value for field in Field}
        return ", ".join(labels.get(name, name) for name in record.fields)
