"""What the fields of a kept form are called on the page it was sent to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.sessions import KeptForm

# What a browser sends beside what a person has typed.
MACHINERY: Final = re.compile(
    r"^_|^initial-|__prefix__|-id$|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$"
)
IN_A_ROW: Final = re.compile(r"(?P<prefix>.+)-(?P<number>\d{1,4})-(?P<name>[^-]+)")
LONGEST_LABEL: Final = 80
Fields = Mapping[str, forms.Field]


def title_of(form: KeptForm) -> str:
    """What the page keeps, in the admin: `Petugas`; elsewhere its address."""
    keeper = getattr(_view_of(form.path), "model_admin", None)
    return capfirst(str(keeper.opts.verbose_name)) if keeper else form.path


def rows_of(form: KeptForm, request: HttpRequest) -> list[tuple[str, str]]:
    """Label and value of everything that was typed, in the order it was sent."""
    known, row_titles = _fields_of(form.path, request)
    rows = []
    for name, values in form.fields:
        if MACHINERY.search(name) or not any(values):
            continue
        found = IN_A_ROW.fullmatch(name)
        key = f"{found['prefix']}-{found['name']}" if found else name
        field = known.get(key)
        if field is not None and field.widget.is_hidden:
            continue
        label = capfirst(str(field.label or "")) if field else ""
        label = label or _as_words(found["name"] if found else name)
        if found:
            group = row_titles.get(found["prefix"]) or _as_words(found["prefix"])
            label = f"{group} {int(found['number']) + 1}: {label}"
        rows.append((label[:LONGEST_LABEL], "\n".join(_shown(field, v) for v in values if v)))
    return rows


def _view_of(path: str) -> Any:
    try:
        return resolve(urlsplit(path).path).func
    except Resolver404:
        return None


def _fields_of(path: str, request: HttpRequest) -> tuple[Fields, dict[str, str]]:
    """The fields of the page's form by name, those of rows by prefix, and what a row is called."""
    view = _view_of(path)
    keeper = getattr(view, "model_admin", None)
    if keeper is None:
        form_class = getattr(getattr(view, "view_class", None), "form_class", None)
        return getattr(form_class, "base_fields", {}), {}
    if not (keeper.has_add_permission(request) or keeper.has_change_permission(request)):
        return {}, {}
    fields: dict[str, forms.Field] = dict(keeper.get_form(request).base_fields)
    titles = {}
    for inline in keeper.get_inline_instances(request):
        formset = inline.get_formset(request)
        prefix = formset.get_default_prefix()
        titles[prefix] = capfirst(str(inline.verbose_name))
        hidden = {formset.fk.name: forms.Field(widget=forms.HiddenInput())}
        row = hidden | dict(formset.form.base_fields)
        fields |= {f"{prefix}-{name}": field for name, field in row.items()}
    return fields, titles


def _shown(field: forms.Field | None, value: str) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return f"nomor {value}"  # its name would cost a query for each
    if isinstance(field, forms.ChoiceField):
        return _choices(field).get(value, value)
    if isinstance(field, forms.BooleanField):
        return "Ya"
    return value


def _choices(field: forms.ChoiceField) -> dict[str, str]:
    found: dict[str, str] = {}
    choices: Any = field.choices
    for code, label in choices:
        group = label if isinstance(label, list | tuple) else [(code, label)]
        found |= {str(inner): str(text) for inner, text in group}
    return found


def _as_words(name: str) -> str:
    """The name itself where nothing better is known: `sk_number` becomes `Sk number`."""
    return capfirst(" ".join(re.split(r"[-_\s]+", name)).strip()) or "Isian"
