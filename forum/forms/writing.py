"""The composer: a text with its files, and for a new topic kind, category and title."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from epk.lib.files import CheckedFile, check_document
from epk.lib.plain_text import PlainTextField
from epk.lib.watched_form import WatchedForm
from forum.models import LONGEST_SOURCE, Category, Topic

SHORTEST_TITLE = 8
EMPTY = "Tulis dulu isinya."
HAS_NIK = "Tulisan ini memuat NIK ({found}). NIK tidak boleh dikirim ke forum; hapus dulu."


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several scans or PDFs; the cleaned value is a list of checked files."""

    widget = FilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        uploads = data if isinstance(data, (list, tuple)) else [data]
        found = [super(FilesField, self).clean(upload, initial) for upload in uploads if upload]
        return [check_document(upload) for upload in found if isinstance(upload, UploadedFile)]


class SourceField(PlainTextField):
    """The text of a post in Markdown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            lines=True,
            label=kwargs.pop("label", "Tulisan"),
            max_length=LONGEST_SOURCE,
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
            **kwargs,
        )


class ForumForm(WatchedForm):
    """A form of the forum whose title and text are watched."""

    has_nik = HAS_NIK


class ComposeForm(ForumForm):
    """A reply. `key` names the form, so that a second click is known as such."""

    source = SourceField()
    attachments = FilesField(
        label="Lampiran",
        required=False,
        help_text="PDF, JPEG, atau PNG, paling besar 10 MB; paling banyak 5.",
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def sent_key(self) -> uuid.UUID:
        return place_key(self.cleaned_data.get("key"))

    @property
    def draft_values(self) -> dict[str, Any]:
        """What is worth keeping, whether or not it could be sent."""
        return {"source": self._typed("source")[:LONGEST_SOURCE]}

    def clean_source(self) -> str:
        text: str = self.cleaned_data["source"]
        if not text.strip():
            raise ValidationError(EMPTY, code="empty")
        return text.rstrip()

    def _typed(self, name: str) -> str:
        text = self.data.get(name) or ""
        return "".join(
            letter for letter in text if letter not in "\0\r" and not "\ud800" <= letter <= "\udfff"
        )


class TopicForm(ComposeForm):
    """A new topic: discussion or question, where, under which title."""

    field_order = ["kind", "category", "title", "source", "attachments", "key"]
    kind = forms.ChoiceField(
        label="Jenis",
        choices=[
            (Topic.Kind.QUESTION.value, "Pertanyaan: saya mencari jawaban"),
            (Topic.Kind.DISCUSSION.value, "Diskusi: saya ingin bertukar pikiran"),
        ],
        initial=Topic.Kind.QUESTION.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih pertanyaan atau diskusi."},
    )
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
        label="Judul",
        max_length=150,
        help_text="Satu kalimat yang dipahami orang yang belum membaca isinya.",
        error_messages={"required": "Tulis judulnya."},
    )

    def __init__(self, *args: Any, categories: QuerySet[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]

    @property
    def draft_values(self) -> dict[str, Any]:
        kinds = {choice for choice, _ in self.fields["kind"].choices}  # type: ignore[attr-defined]
        kind = self._typed("kind")
        return super().draft_values | {
            "kind": kind if kind in kinds else "",
            "category": self.cleaned_data.get("category"),
            "title": self._typed("title").replace("\n", " ")[:150],
        }

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        if len(title) < SHORTEST_TITLE:
            raise ValidationError(
                f"Judul terlalu pendek; paling sedikit {SHORTEST_TITLE} huruf.", code="short"
            )
        return title


class EditForm(ForumForm):
    """A post anew; of a first post the title, too. `version` is the one that was opened."""

    title = PlainTextField(label="Judul", max_length=150)
    source = SourceField()
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_title: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_title:
            del self.fields["title"]

    def clean_source(self) -> str:
        text: str = self.cleaned_data["source"]
        if not text.strip():
            raise ValidationError(EMPTY, code="empty")
        return text.rstrip()

    clean_title = TopicForm.clean_title


def place_key(value: uuid.UUID | None) -> uuid.UUID:
    """The key that a form carried, or a new one."""
    return value or uuid.uuid4()
