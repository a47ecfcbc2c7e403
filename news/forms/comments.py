"""Writing a comment, with or without an account; reporting one; what editors decide."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from epk.lib.plain_text import PlainTextField, refuse_foreign_letters
from epk.lib.watched_form import WatchedForm
from news.links import is_stamp, new_stamp
from news.models import LONGEST_COMMENT, CommentReport

EMPTY: Final = "Tulis dulu komentarnya."
TRAPPED: Final = "Kosongkan isian ini; ia hanya untuk mengenali program pengirim spam."
TOO_FAST: Final = "Formulir terkirim terlalu cepat. Tunggu beberapa detik, lalu tekan Kirim lagi."
TOO_OLD: Final = "Halaman ini sudah lama terbuka. Tunggu beberapa detik, lalu tekan Kirim lagi."
QUICKEST: Final = 3
"""Nobody reads, types a name, an address and a text within so many seconds."""
OPEN_FOR: Final = 86_400


class CommentForm(WatchedForm):
    """A comment; `parent` is what it replies to, `key` names the form for a second click."""

    source = PlainTextField(
        lines=True,
        label="Komentar",
        max_length=LONGEST_COMMENT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    parent = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_source(self) -> str:
        text: str = self.cleaned_data["source"].strip()
        if not text:
            raise ValidationError(EMPTY, code="empty")
        return text

    @property
    def values(self) -> dict[str, Any]:
        """For the action."""
        asked = self.cleaned_data
        return {
            "text": asked["source"],
            "parent": asked["parent"],
            "sent_key": asked["key"] or uuid.uuid4(),
        }

    @classmethod
    def blank(cls, parent: int | None = None) -> CommentForm:
        return cls(initial={"parent": parent, "key": uuid.uuid4()})


class PublicCommentForm(CommentForm):
    """With name and address, and two traps for programs: an unseen field, and the time it took."""

    field_order = ["name", "email", "source", "website", "parent", "key", "stamp"]
    name = PlainTextField(
        label="Nama",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Tampil di atas komentar Anda.",
        error_messages={"required": "Tulis nama Anda."},
    )
    email = forms.EmailField(
        label="Alamat e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Tidak pernah ditampilkan; kami mengirim tautan konfirmasi ke sana.",
        error_messages={
            "required": "Tulis alamat e-mail Anda.",
            "invalid": "Tulis alamat e-mail yang lengkap, misalnya nama@contoh.id.",
        },
    )
    website = forms.CharField(
        label="Biarkan kosong",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        asked = self.cleaned_data
        return super().values | {"name": asked["name"], "email": asked["email"]}

    @classmethod
    def blank(cls, parent: int | None = None) -> CommentForm:
        return cls(initial={"parent": parent, "key": uuid.uuid4(), "stamp": new_stamp()})

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        refuse_foreign_letters(name)
        return name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(TRAPPED, code="trapped")
        return ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stamp = self.cleaned_data.get("stamp") or ""
        if not is_stamp(stamp, max_age=OPEN_FOR):
            self._stamp_anew()
            self.add_error(None, ValidationError(TOO_OLD, code="old"))
        elif is_stamp(stamp, max_age=QUICKEST):
            self.add_error(None, ValidationError(TOO_FAST, code="fast"))
        return cleaned

    def _stamp_anew(self) -> None:
        data = QueryDict(mutable=True)
        for name in self.data:
            data[name] = self.data[name]
        data["stamp"] = new_stamp()
        self.data = data


class EditCommentForm(CommentForm):
    """One's own comment anew."""

    parent = None  # type: ignore[assignment]
    key = None  # type: ignore[assignment]


class CommentReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label="Apa yang tidak pantas?",
        choices=CommentReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih salah satu.",
            "invalid_choice": "Pilih salah satu yang tersedia.",
        },
    )
    details = PlainTextField(
        lines=True,
        label="Penjelasan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DecideCommentForm(forms.Form):
    """Which of the acts that are open for this comment, and why."""

    act = forms.ChoiceField(
        label="Tindakan",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih tindakannya.",
            "invalid_choice": "Tindakan itu tidak ada.",
        },
    )
    reason = PlainTextField(
        lines=True,
        label="Alasan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Wajib, kecuali untuk menampilkan komentar yang menunggu. Dibaca oleh penulisnya"
        " bila ia punya akun dan komentarnya disembunyikan.",
    )

    def __init__(self, *args: Any, acts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(acts)

    def offer(self, acts: list[tuple[str, str]]) -> None:
        self.fields["act"].choices = acts  # type: ignore[attr-defined]


class ChosenForm(forms.Form):
    """The comments ticked in the queue."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Centang dulu komentar yang hendak ditampilkan.",
            "invalid_choice": "Salah satu komentar sudah tidak menunggu; lihat daftar terbaru.",
        },
    )

    def __init__(self, *args: Any, waiting: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(key, "") for key in waiting]  # type: ignore[attr-defined]


class PageNumberForm(forms.Form):
    """The page of a list; 1 for whatever is no number."""

    halaman = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    @property
    def number(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("halaman") or 1


class ReplyForm(forms.Form):
    """Which comment somebody is about to reply to."""

    balas = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)

    @property
    def parent(self) -> int | None:
        self.is_valid()
        return self.cleaned_data.get("balas")
