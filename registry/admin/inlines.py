"""An officer's histories as rows on the officer's page, each with its scan."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.db.models.fields.related import ForeignKey
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from registry.admin.base import choices_of
from registry.admin.scope import Maintainers, is_whole
from registry.admin.unit import unit_label
from registry.forms.admin import (
    CompetencyTestForm,
    EducationForm,
    PostingForm,
    PostingFormSet,
    RecordFormSet,
    SinceForm,
    TrainingForm,
)
from registry.forms.admin.fields import DayField
from registry.models import (
    CompetencyTest,
    Document,
    Education,
    JenjangRecord,
    Officer,
    PangkatRecord,
    Posting,
    StatusRecord,
    Training,
)
from registry.rules import can_maintain_unit

OTHER_UNITS = "Pilih unit kerja di wilayah Anda. Mutasi ke luar provinsi dicatat oleh Ditjen."
LETTER = (("sk_number", "sk_date"), ("upload", "document", "stored_document"))


class UnitSelect(AutocompleteSelect):
    """A choice of units by typing; the chosen one of a stored row is known without a query."""

    url_name = "%s:registry_unit_choose"
    known: ClassVar[dict[str, str]] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        chosen = [key for key in value if key]
        if not all(key in self.known for key in chosen):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [
            self.create_option(name, key, self.known[key], True, index)
            for index, key in enumerate(chosen, start=len(options))
        ]
        return [(None, options, 0)]


class RecordInline(Maintainers, admin.StackedInline):
    """Rows of one kind, with the officer's scans to choose from and a place for a new one."""

    formset = RecordFormSet
    readonly_fields = ("stored_document",)
    classes: tuple[str, ...] = ("collapse",)
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.DateField: {"form_class": DayField, "widget": admin.widgets.AdminDateWidget}
    }

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:  # noqa: ARG002
        return 0 if obj else 1

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("document")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "document":
            # Its rows are those of this officer alone: RecordFormSet puts them in.
            kwargs["queryset"] = Document.objects.none()
            return db_field.formfield(**kwargs)
        kwargs.setdefault("queryset", choices_of(self.admin_site, db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="Berkas tersimpan")
    def stored_document(self, row: Any) -> str:
        return document_link(row.document, row.officer) if row.document_id else "Belum ada"


def document_link(document: Document, officer: Officer) -> str:
    """A link to the view that asks permission; never to the file itself."""
    address = reverse("registry:document", args=[officer.register_number, document.pk])
    return format_html('<a href="{}">{}</a>', address, document.original_name)


class PostingInline(RecordInline):
    """The postings in units of one's scope; those elsewhere are told apart on the same page."""

    model = Posting
    form = PostingForm
    formset = PostingFormSet
    classes = ()
    fields = (("unit", "jenjang"), ("start", "end"), "position_title", *LETTER)

    def get_queryset(self, request: HttpRequest) -> Any:
        postings: Any = super().get_queryset(request).select_related("unit__region__parent")
        return postings.in_units_of_scope(request.user)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name != "unit":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        kwargs["widget"] = UnitSelect(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label_from_instance = unit_label
        if not is_whole(request):
            field.error_messages["invalid_choice"] = OTHER_UNITS
            field.help_text = "Hanya unit di wilayah Anda; mutasi ke luar dicatat oleh Ditjen."
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.can_post_to = staticmethod(partial(can_maintain_unit, request.user))
        formset.needs_one = not is_whole(request)
        widget: Any = formset.form.base_fields["unit"].widget
        select: Any = getattr(widget, "widget", widget)
        rows = self.get_queryset(request).filter(officer=obj) if obj else ()
        select.known = {str(row.unit_id): unit_label(row.unit) for row in rows}
        return formset


class StatusInline(RecordInline):
    model = StatusRecord
    form = SinceForm
    classes = ()
    fields = (("status", "since"), *LETTER)


class JenjangInline(RecordInline):
    model = JenjangRecord
    form = SinceForm
    fields = (("jenjang", "since"), *LETTER)


class PangkatInline(RecordInline):
    model = PangkatRecord
    form = SinceForm
    fields = (("golongan", "since"), *LETTER)


class OptionalInline(RecordInline):
    """Rows that many officers have none of: no empty one on the page of a new officer."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:  # noqa: ARG002
        return 0


class EducationInline(OptionalInline):
    model = Education
    form = EducationForm
    fields = (("level", "year"), ("institution", "major"), *LETTER)


class TrainingInline(OptionalInline):
    model = Training
    form = TrainingForm
    fields = (("name", "organiser"), ("start", "end", "hours"), *LETTER)


class CompetencyTestInline(OptionalInline):
    model = CompetencyTest
    form = CompetencyTestForm
    fields = (("jenjang", "date", "passed"), *LETTER)


INLINES = (
    StatusInline,
    PostingInline,
    JenjangInline,
    PangkatInline,
    EducationInline,
    TrainingInline,
    CompetencyTestInline,
)
