"""The form every record of the register shares: a reason, and edits of two people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from epk.lib.dates import format_date

NEW_RECORD = "Pencatatan baru"
EMPTY = "kosong"


@dataclass(frozen=True)
class Clash:
    """A field that two people changed differently: what is stored now and what was typed here."""

    label: str
    stored: str
    typed: str


@dataclass
class Conflict:
    """The record was saved by someone else after this form was opened.

    `seen` gives a row (of the record or of its histories) as it was when the form was opened, or
    None where that is not known. Forms add the clashes they find.
    """

    seen: Callable[[models.Model], models.Model | None]
    clashes: list[Clash] = field(default_factory=list)


class RegisterForm(forms.ModelForm):
    """A record with the reason for its change and, where it is counted, its version.

    The admin sets `conflict` on the instance, and `refusal` on the class when the database turned
    down what the form had let through; either keeps the form from being saved.
    """

    refusal: ClassVar[str] = ""
    conflict_sentence: ClassVar[str] = (
        "Data ini diubah orang lain sejak Anda membukanya. Belum ada yang disimpan."
    )

    reason = forms.CharField(
        label="Alasan perubahan",
        max_length=300,
        help_text="Tercatat dalam riwayat, misalnya “SK Bupati Nomor 821/15/2026”.",
        error_messages={"required": "Tulis alasan perubahan ini; alasan tercatat dalam riwayat."},
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["reason"].required = False
            self.fields["reason"].initial = NEW_RECORD
        if not hasattr(self.instance, "version"):
            self.fields.pop("seen_version", None)
        elif not self.instance._state.adding:
            self.fields["seen_version"].initial = self.instance.version

    def full_clean(self) -> None:
        if self.is_bound:
            resolve(self, getattr(self.instance, "conflict", None))
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refusal:
            self.add_error(None, ValidationError(self.refusal, code="refused"))
        if getattr(self.instance, "conflict", None):
            self.add_error(None, ValidationError(self.conflict_sentence, code="conflict"))
        return self.cleaned_data


def resolve(form: forms.ModelForm, conflict: Conflict | None, row: str = "") -> None:
    """Take over what the other person changed and this one did not touch; note the clashes.

    The form is then bound to values that may be saved as they are, its new version included.
    """
    if conflict is None:
        return
    data: Any = copy(form.data)
    if "seen_version" in form.fields:
        data[form.add_prefix("seen_version")] = str(form.instance.version)
    seen_row = conflict.seen(form.instance)
    if seen_row is not None:
        before = type(form)(instance=seen_row, prefix=form.prefix)
        for name, before_field in before.fields.items():
            if name in {"seen_version", "reason"} or isinstance(before_field, forms.FileField):
                continue
            _resolve_field(form, before, name, data, conflict, row)
    form.data = data


def _resolve_field(
    form: forms.ModelForm,
    before: forms.ModelForm,
    name: str,
    data: Any,
    conflict: Conflict,
    row: str,
) -> None:
    form_field = form.fields[name]
    key = form.add_prefix(name)
    seen = before.get_initial_for_field(before.fields[name], name)
    stored = form.get_initial_for_field(form_field, name)
    typed = form_field.widget.value_from_datadict(form.data, form.files, key)
    if not form_field.has_changed(seen, typed):
        _put(data, key, form_field, stored)
    elif form_field.has_changed(stored, typed) and form_field.has_changed(seen, _sent(stored)):
        label = f"{row}: {form_field.label}" if row else str(form_field.label)
        conflict.clashes.append(Clash(label, _shown(form_field, stored), _shown(form_field, typed)))


def _put(data: Any, key: str, form_field: forms.Field, value: Any) -> None:
    """Write a value as a browser would have sent it."""
    if isinstance(form_field, forms.BooleanField):
        data.pop(key, None)
        if value:
            data[key] = "on"
    elif isinstance(form_field, forms.ModelMultipleChoiceField):
        data.setlist(key, [str(item.pk) for item in value or ()])
    else:
        sent = form_field.prepare_value(value)
        is_date = isinstance(sent, dt.date)
        data[key] = form_field.widget.format_value(sent) if is_date else str(_sent(sent))


def _sent(value: Any) -> Any:
    if isinstance(value, list):
        return [str(item.pk) for item in value]
    return "" if value is None else value


def _shown(form_field: forms.Field, value: Any) -> str:
    if isinstance(form_field, forms.BooleanField):
        return "Ya" if value else "Tidak"
    if isinstance(form_field, forms.ModelMultipleChoiceField):
        keys = {str(getattr(item, "pk", item)) for item in value or ()}
        names = [label for key, label in _choices(form_field).items() if key in keys]
        return ", ".join(names) or EMPTY
    if isinstance(form_field, forms.ChoiceField):
        value = _label(form_field, value)
    return format_date(value) if isinstance(value, dt.date) else str(value or EMPTY)


def _label(form_field: forms.ChoiceField, value: Any) -> Any:
    if isinstance(form_field, forms.ModelChoiceField):
        try:
            return form_field.to_python(value)
        except ValidationError:
            return value
    return _choices(form_field).get(str(value), value)


def _choices(form_field: Any) -> dict[str, str]:
    return {str(key): str(label) for key, label in form_field.choices}
