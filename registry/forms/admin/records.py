"""The dated rows of an officer, each with its letter: status, jenjang, pangkat, education..."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet

from epk.lib.dates import format_date
from epk.lib.nip import YOUNGEST_AT_APPOINTMENT
from registry.forms.admin.base import Conflict, resolve
from registry.forms.admin.fields import DocumentField
from registry.models import Document, Officer

GONE = (
    "Baris ini sudah dihapus orang lain. Biarkan “Hapus” tercentang bila memang tidak perlu; "
    "hilangkan centangnya untuk mencatatnya kembali."
)


class RecordForm(forms.ModelForm):
    """A row of an officer. `upload` is a checked file that the admin stores as its document."""

    document_kind: ClassVar[str] = Document.Kind.SK
    days: ClassVar[tuple[str, ...]] = ()
    """The fields that no officer can have before they were 15."""

    officer: Officer
    is_gone = False
    """Someone else deleted the row after this form was opened."""

    upload = DocumentField(
        label="Unggah berkas", required=False, help_text="PDF, JPEG, atau PNG, paling besar 10 MB."
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.is_gone and getattr(self.officer, "conflict", None):
            self.add_error(None, GONE)
        birth_date = self.officer.birth_date
        if isinstance(birth_date, dt.date):
            youngest = _birthday(birth_date, YOUNGEST_AT_APPOINTMENT)
            for name in self.days:
                day = self.cleaned_data.get(name)
                if isinstance(day, dt.date) and day < youngest:
                    self.add_error(
                        name, f"Tanggal ini sebelum ulang tahun ke-15 ({format_date(youngest)})."
                    )
        return self.cleaned_data


class SinceForm(RecordForm):
    """A row that holds from its TMT on: status, jenjang, pangkat."""

    days = ("since",)


class EducationForm(RecordForm):
    document_kind = Document.Kind.IJAZAH

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 1940 <= year <= dt.date.today().year:
            raise ValidationError(f"Tahun lulus harus antara 1940 dan {dt.date.today().year}.")
        return year


class TrainingForm(RecordForm):
    document_kind = Document.Kind.SERTIFIKAT
    days = ("start",)

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", "Tanggal selesai diklat mendahului tanggal mulainya.")
        return self.cleaned_data


class CompetencyTestForm(RecordForm):
    document_kind = Document.Kind.SERTIFIKAT
    days = ("date",)


class RecordFormSet(BaseInlineFormSet):
    """All rows of one kind. A row that someone else deleted meanwhile stays on the page."""

    @property
    def conflict(self) -> Conflict | None:
        return getattr(self.instance, "conflict", None)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        is_posted_row = self.is_bound and i < self.initial_form_count()
        if is_posted_row and form.instance.pk is None:
            self._keep_deleted_row(form)
        elif is_posted_row:
            resolve(form, self.conflict, row=str(form.instance))
        return form

    def get_queryset(self) -> Any:
        """Once bound, the row of each form: the admin pairs them with the forms by position."""
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.officer = self.instance
        if "document" in form.fields:
            form.fields["document"].queryset = Document.objects.filter(officer=self.instance.pk)
            form.fields["document"].widget.choices = [("", "---------"), *self._choices()]

    def _choices(self) -> list[tuple[str, str]]:
        """The officer's documents, read once for all rows of all kinds."""
        choices: list[tuple[str, str]] | None = getattr(self.instance, "document_choices", None)
        if choices is None:
            documents = Document.objects.filter(officer=self.instance.pk)
            choices = [(str(item.pk), str(item)) for item in documents]
            self.instance.document_choices = choices
        return choices

    def _keep_deleted_row(self, form: Any) -> None:
        key = form.add_prefix(DELETION_FIELD_NAME)
        key_name = self._pk_field.name  # type: ignore[attr-defined]
        form.fields[key_name] = forms.CharField(required=False, widget=forms.HiddenInput)
        form.is_gone = True
        if self.conflict:
            form.data = form.data.copy()
            form.data[key] = "on"

    def gone_forms(self) -> list[Any]:
        posted: list[Any] = self.initial_forms
        return [form for form in posted if form.is_gone]

    def stays(self, form: Any) -> bool:
        return not self._should_delete_form(form)  # type: ignore[attr-defined]

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        saved: list[Any] = super().save_new_objects(commit)
        again = [form for form in self.gone_forms() if self.stays(form)]
        saved.extend(self.save_new(form, commit=commit) for form in again)
        return saved

    def rows(self) -> list[tuple[Any, models.Model]]:
        """Each form that stays, with its row."""
        return [
            (form, form.instance)
            for form in self.forms
            if self.stays(form) and (form.instance.pk or form.has_changed())
        ]

    def get_unique_error_message(self, unique_check: Any) -> str:
        if "since" in unique_check:
            return "Ada dua baris dengan TMT yang sama; satu hari hanya untuk satu baris."
        return str(super().get_unique_error_message(unique_check))


def _birthday(birth_date: dt.date, age: int) -> dt.date:
    """The day someone becomes that old; born on 29 February, on 1 March of other years."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return dt.date(birth_date.year + age, 3, 1)
