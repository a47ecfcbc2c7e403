"""Asking in private, whom, with whom, and what of it is published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from epk.lib.plain_text import PlainTextField
from forum.forms.writing import ComposeForm, SourceField, TopicForm
from forum.models import Category
from registry.models import Expertise

NO_NUMBER = "Tulis nomor registernya, misalnya PK-000047."


def expertise_field() -> forms.ModelChoiceField[Expertise]:
    return forms.ModelChoiceField(
        label="Bidang keahlian",
        queryset=Expertise.objects.all(),
        empty_label="Pilih bidang",
        to_field_name="code",
        help_text="Rekan yang diusulkan menguasai bidang ini.",
        error_messages={
            "required": "Pilih bidangnya.",
            "invalid_choice": "Bidang itu tidak ada dalam daftar.",
        },
    )


class ConsultationForm(ComposeForm):
    """A private question; whom it goes to is chosen in the next step."""

    field_order = ["expertise", "title", "source", "attachments", "key"]
    expertise = expertise_field()
    title = PlainTextField(
        label="Judul",
        max_length=150,
        help_text="Hanya dilihat oleh yang ikut dalam konsultasi.",
        error_messages={"required": "Tulis judulnya."},
    )

    clean_title = TopicForm.clean_title

    @property
    def draft_values(self) -> dict[str, Any]:
        title = self._typed("title").replace("\n", " ")[:150]
        return super().draft_values | {
            "title": title,
            "expertise": self.cleaned_data.get("expertise"),
        }


class ColleagueChoice(forms.Form):
    """The second step: which of those proposed ("" has the portal choose)."""

    keahlian = forms.ModelChoiceField(Expertise.objects.all(), to_field_name="code")
    rekan = forms.CharField(max_length=20, required=False)
    key = forms.UUIDField(required=False)


class ColleagueForm(forms.Form):
    """A colleague by register number."""

    rekan = PlainTextField(
        label="Nomor register", max_length=20, error_messages={"required": NO_NUMBER}
    )

    def clean_rekan(self) -> str:
        return str(self.cleaned_data["rekan"]).strip().upper()


class AvailabilityForm(forms.Form):
    """Whether one takes questions, and from when until when one is away."""

    takes_questions = forms.BooleanField(label="Saya menerima konsultasi", required=False)
    away_from = forms.DateField(
        label="Cuti sejak",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    away_until = forms.DateField(
        label="Cuti sampai",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"away_from", "away_until"} & set(self.errors):
            return cleaned
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if first and not last:
            self.add_error("away_until", "Isi juga hari terakhirnya.")
        elif last and not first:
            self.add_error("away_from", "Isi juga hari pertamanya.")
        elif first and last and last < first:
            self.add_error("away_until", "Cuti berakhir pada atau setelah hari pertamanya.")
        return cleaned


class PublicationForm(forms.Form):
    """The text that is to be published; `version` is the one that was opened."""

    category = forms.ModelChoiceField(
        label="Kategori",
        queryset=Category.objects.none(),
        empty_label="Pilih kategori",
        to_field_name="slug",
        error_messages={
            "required": "Pilih kategorinya.",
            "invalid_choice": "Kategori itu tidak ada, atau Anda tidak dapat memulai topik di sana.",
        },
    )
    title = PlainTextField(
        label="Judul", max_length=150, error_messages={"required": "Tulis judulnya."}
    )
    question = SourceField(label="Pertanyaan")
    answer = SourceField(label="Jawaban")
    name_consultant = forms.BooleanField(label="Cantumkan nama saya pada jawaban", required=False)
    version = forms.IntegerField(
        min_value=0, max_value=1_000_000, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, categories: QuerySet[Category], is_consultant: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("sure"):
            self.ask_if_sure()
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        if not is_consultant:
            del self.fields["name_consultant"]

    def ask_if_sure(self) -> None:
        """A text that may point to one of the two is proposed once they have ticked that it does not."""
        label = "Tetap usulkan; ini tidak menunjuk salah satu dari kami"
        self.fields["sure"] = forms.BooleanField(label=label, required=False)

    clean_title = TopicForm.clean_title

    def clean_question(self) -> str:
        return _written(self.cleaned_data["question"])

    def clean_answer(self) -> str:
        return _written(self.cleaned_data["answer"])


class VersionForm(forms.Form):
    """To which version somebody agrees."""

    version = forms.IntegerField(min_value=1, max_value=1_000_000)


def _written(text: str) -> str:
    if not text.strip():
        raise ValidationError("Isinya belum ada.", code="empty")
    return text.rstrip()
