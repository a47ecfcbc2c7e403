"""Text that people type: what must not be in it, because it hides or reorders what others read."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the text around them: `gpj.exe` shown as `exe.jpg`."""
FOREIGN = "Nama hanya memuat huruf Latin; ketik ulang nama ini dengan papan ketik biasa."
HIDDEN = "Isian mengandung huruf tersembunyi yang tidak dapat disimpan; ketik ulang bagian itu."


def refuse_hidden(text: str, *, lines: bool = False) -> None:
    """Raise a ValidationError for control, half and direction characters; `lines` allows breaks."""
    allowed = {"\n", "\t"} if lines else set()
    for letter in text:
        hidden = letter in DIRECTIONS or unicodedata.category(letter) in {"Cc", "Cs"}
        if hidden and letter not in allowed:
            raise ValidationError(HIDDEN, code="hidden")


def refuse_foreign_letters(name: str) -> None:
    """Raise a ValidationError for what could pass a name off as another one.

    A Cyrillic or Greek letter looks like a Latin one, and a letter without width like none at all;
    search would not find such a name, and a reader would take it for somebody else's.
    """
    refuse_hidden(name)
    for letter in name:
        kind = unicodedata.category(letter)
        # A modifier letter is the apostrophe of Ma’ruf.
        foreign = kind in {"Ll", "Lu", "Lt", "Lo"} and not _is_latin(letter)
        if kind == "Cf" or foreign:
            raise ValidationError(FOREIGN, code="foreign_letters")


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")


class PlainTextField(forms.CharField):
    """One line or, with `lines`, several; a line break counts as one character."""

    default_error_messages = {
        "null_characters_not_allowed": HIDDEN,
        "max_length": "Isian terlalu panjang: %(show_value)d huruf, paling banyak %(limit_value)d.",
    }

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) and self.lines else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            refuse_hidden(value, lines=self.lines)
