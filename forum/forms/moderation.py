"""Reporting a post, deciding about it, objecting to a decision."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from epk.lib.keyset import moment_in, place_in
from epk.lib.plain_text import PlainTextField
from forum.forms import consequences
from forum.forms.writing import TopicForm
from forum.models import Category, Decision, Report, Topic

Verb = Decision.Verb
TOPIC_ADDRESS: Final = re.compile(r"(?:.*/forum/topik/)?([1-9][0-9]{0,17})(?:/.*)?")
NUMBERS: Final = re.compile(r"([1-9][0-9]{0,8})(?:\s*[-\u2013]\s*([1-9][0-9]{0,8}))?")
MOST_NUMBERS: Final = 500
WRONG_NUMBERS: Final = "Tulis nomornya seperti ini: 3, 5, 7-9."
REASON_HELP: Final = "Dibaca oleh yang dikenai; sebutkan aturan yang dilanggar."


def _reason(label: str = "Alasan", **options: Any) -> PlainTextField:
    return PlainTextField(
        lines=True,
        label=label,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": "Tulis alasannya."},
        **options,
    )


class ReportForm(forms.Form):
    """What is wrong with a post."""

    reason = forms.ChoiceField(
        label="Apa yang tidak pantas?",
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    details = PlainTextField(
        lines=True,
        label="Penjelasan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DecisionForm(forms.Form):
    """Which of the offered verbs, and why."""

    verb = forms.ChoiceField(
        label="Tindakan",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih tindakannya.",
            "invalid_choice": "Tindakan itu tidak (lagi) dapat dilakukan di sini; muat ulang halaman.",
        },
    )
    reason = _reason(help_text=REASON_HELP)

    def __init__(self, *args: Any, verbs: list[Decision.Verb], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(verb.value, verb.label) for verb in verbs]
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]

    def demand(self, name: str, sentence: str) -> None:
        """A field that only the chosen verb needs."""
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, ValidationError(sentence, code="required"))


class PostDecisionForm(DecisionForm):
    """About one post or its author."""

    days = forms.IntegerField(
        label="Lama penangguhan (hari)",
        min_value=1,
        max_value=365,
        required=False,
        help_text="Hanya untuk menangguhkan hak menulis: 1 sampai 365 hari.",
    )

    def __init__(self, *args: Any, verbs: list[Decision.Verb], **kwargs: Any) -> None:
        super().__init__(*args, verbs=verbs, **kwargs)
        if Verb.SUSPEND not in verbs:
            del self.fields["days"]

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("verb") == Verb.SUSPEND:
            self.demand("days", "Isi berapa hari.")
        return super().clean()


class TopicDecisionForm(DecisionForm):
    """About a whole topic; each of the fields below belongs to the verbs its help names."""

    category = forms.ModelChoiceField(
        label="Kategori",
        queryset=Category.objects.none(),
        required=False,
        empty_label="Pilih kategori",
        to_field_name="slug",
        help_text="Untuk memindahkan, dan untuk topik baru hasil pemisahan.",
        error_messages={"invalid_choice": "Kategori itu tidak ada."},
    )
    target = forms.CharField(
        label="Topik tujuan",
        max_length=300,
        required=False,
        help_text="Untuk menggabungkan: nomor atau alamat topik yang tetap ada.",
    )
    numbers = forms.CharField(
        label="Nomor tulisan",
        max_length=500,
        required=False,
        help_text="Untuk memisahkan, misalnya 3, 5, 7-9.",
    )
    title = PlainTextField(
        label="Judul topik baru",
        max_length=150,
        required=False,
        help_text="Untuk memisahkan.",
    )

    def __init__(
        self,
        *args: Any,
        verbs: list[Decision.Verb],
        categories: QuerySet[Category],
        topics: QuerySet[Topic],
        topic: Topic,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, verbs=verbs, **kwargs)
        self.topic, self.topics = topic, topics
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        needed = {
            "category": {Verb.MOVE, Verb.SPLIT},
            "target": {Verb.MERGE},
            "numbers": {Verb.SPLIT},
            "title": {Verb.SPLIT},
        }
        for name, users in needed.items():
            if not users & set(verbs):
                del self.fields[name]

    def clean_target(self) -> Topic | None:
        text: str = self.cleaned_data["target"]
        if not text:
            return None
        found = TOPIC_ADDRESS.fullmatch(text)
        topic = self.topics.filter(pk=int(found[1])).first() if found else None
        if topic is None:
            raise ValidationError("Topik itu tidak ada.", code="topic")
        return topic

    def clean_numbers(self) -> list[int]:
        chosen: set[int] = set()
        for part in filter(
            None, (part.strip() for part in self.cleaned_data["numbers"].split(","))
        ):
            found = NUMBERS.fullmatch(part)
            if found is None:
                raise ValidationError(WRONG_NUMBERS, code="numbers")
            first, last = int(found[1]), int(found[2] or found[1])
            if last < first or last - first >= MOST_NUMBERS:
                raise ValidationError(WRONG_NUMBERS, code="numbers")
            chosen |= set(range(first, last + 1))
        return sorted(chosen)

    def clean_title(self) -> str:
        return TopicForm.clean_title(self) if self.cleaned_data["title"] else ""  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any] | None:
        verb = self.cleaned_data.get("verb")
        if verb in {Verb.MOVE, Verb.SPLIT}:
            self.demand("category", "Pilih kategorinya.")
        if verb == Verb.MERGE:
            self.demand("target", "Sebutkan topik tujuannya.")
        if verb == Verb.SPLIT:
            self.demand("numbers", "Sebutkan nomor tulisannya.")
            self.demand("title", "Tulis judulnya.")
        consequences.ask(self, self._consequences(verb))
        return super().clean()

    def _consequences(self, verb: str | None) -> list[tuple[str, str]]:
        category, target = (self.cleaned_data.get(name) for name in ("category", "target"))
        if verb == Verb.MERGE and target is not None:
            return consequences.of_merge(self.topic, target)
        if verb == Verb.MOVE and category is not None:
            return consequences.of_category(self.topic, category)
        if verb == Verb.SPLIT and category is not None:
            return consequences.of_split(self.topic, category)
        return []


class AppealForm(forms.Form):
    """What the person concerned has to say, once."""

    text = PlainTextField(
        lines=True,
        label="Keberatan Anda",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": "Tulis keberatan Anda."},
    )


class VerdictForm(forms.Form):
    """What another moderator makes of it."""

    upheld = forms.TypedChoiceField(
        label="Putusan",
        choices=[("ya", "Keberatan diterima; tindakan dibatalkan"), ("tidak", "Keberatan ditolak")],
        coerce=lambda value: value == "ya",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih putusannya."},
    )
    answer = _reason("Jawaban", help_text="Dibaca oleh yang berkeberatan.")


class UndoForm(forms.Form):
    """A moderator takes a decision back."""

    reason = _reason("Alasan pembatalan", help_text="Dibaca oleh yang dikenai.")


class AfterForm(forms.Form):
    """After which row a page of the queue or of the objections begins."""

    setelah = forms.CharField(max_length=60, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def after(self) -> tuple[dt.datetime, int] | None:
        return place_in(self.cleaned_data.get("setelah"), moment_in)


class LogForm(forms.Form):
    """Which decisions, and before which one a page of the log begins."""

    tindakan = forms.ChoiceField(choices=[("", ""), *Verb.choices], required=False)
    sebelum = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def verb(self) -> str:
        return self.cleaned_data.get("tindakan") or ""

    @property
    def before(self) -> int | None:
        return self.cleaned_data.get("sebelum")
