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
from forum import warnings
from forum.models import LONGEST_SOURCE, Category, Topic

SHORTEST_TITLE = 8
EMPTY = "Tulis dulu isinya."
HAS_NIK = "Tulisan ini memuat NIK ({found}). NIK tidak boleh dikirim ke forum; hapus dulu."
HAS_PHONE = (
    "Tulisan ini memuat nomor telepon ({found}). Hapus nomor pribadi; bila itu nomor kantor,"
    " centang “Tetap kirim”."
)


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


class WatchedForm(forms.Form):
    """Stops a text with private numbers: a phone until the sender is sure, a NIK always."""

    watches = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("sure"):
            self.fields["sure"] = _sure()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        texts = (str(self.cleaned_data.get(name) or "") for name in ("title", "source"))
        found = warnings.found_in(*texts) if self.watches else []
        if any(number.kind == warnings.NIK for number in found):
            self.add_error(None, ValidationError(_saying(HAS_NIK, warnings.NIK, found), code="nik"))
        elif found and not self.cleaned_data.get("sure"):
            self.fields["sure"] = _sure()
            self.add_error(
                None, ValidationError(_saying(HAS_PHONE, warnings.PHONE, found), code="phone")
            )
        return cleaned


def _sure() -> forms.BooleanField:
    return forms.BooleanField(label="Tetap kirim; ini bukan data pribadi", required=False)


def _saying(sentence: str, kind: str, found: list[warnings.Warning]) -> str:
    return sentence.format(found=", ".join(one.masked for one in found if one.kind == kind))


class ComposeForm(WatchedForm):
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


class EditForm(WatchedForm):
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
