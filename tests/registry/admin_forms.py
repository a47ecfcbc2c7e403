"""What a browser would send from a page of the admin, with some fields typed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.test import Client


def filled(client: Client, page: str, /, **typed: Any) -> dict[str, Any]:
    """All fields of the form at `page` as they stand, those of `typed` replaced."""
    context = client.get(page).context
    data = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data | typed


def posting(number: int, **values: Any) -> dict[str, Any]:
    """Fields of one row of postings, by their names on the page."""
    return {f"postings-{number}-{name}": value for name, value in values.items()}


def row(kind: str, number: int, **values: Any) -> dict[str, Any]:
    """Fields of one row of any history, and a form count that includes it."""
    fields = {f"{kind}-{number}-{name}": value for name, value in values.items()}
    return {**fields, f"{kind}-TOTAL_FORMS": number + 1}


def errors(response: Any) -> list[str]:
    """Every sentence of a refused form, those of its rows included."""
    found = _sentences(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        found += [str(sentence) for sentence in inline.formset.non_form_errors()]
        for form in inline.formset.forms:
            found += _sentences(form.errors)
    return found


def _sentences(found: Any) -> list[str]:
    return [str(sentence) for sentences in found.values() for sentence in sentences]


def _values(form: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value())
        if isinstance(bound.field, forms.FileField) or value is None or value is False:
            continue
        if isinstance(value, dt.date):
            value = bound.field.widget.format_value(value)
        values[bound.html_name] = "on" if value is True else value
    return values
