"""The errors of a long page gathered on top, each a link to its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import NON_FIELD_ERRORS


@dataclass(frozen=True)
class ErrorItem:
    """One sentence; `target` is the id of its field, empty where it is about the whole record."""

    target: str
    label: str
    sentence: str


def error_items(form: Any, fieldsets: Any, inlines: Iterable[Any]) -> list[ErrorItem]:
    """In the order of the page: the record, each row of each history, the reason at the end."""
    names = [name for name in flatten_fieldsets(fieldsets) if name != "reason"]
    items = list(_of_form(form, "", [NON_FIELD_ERRORS, *names]))
    for inline in inlines:
        label = str(inline.opts.verbose_name).capitalize()
        items += [ErrorItem("", label, str(text)) for text in inline.formset.non_form_errors()]
        for place, row in enumerate(inline.formset.forms, start=1):
            items += _of_form(row, f"{label} {place}", list(row.errors))
    return [*items, *_of_form(form, "", ["reason"])]


def _of_form(form: Any, row: str, names: Iterable[str]) -> Iterator[ErrorItem]:
    for name in names:
        bound = form[name] if name in form.fields else None
        label = str(bound.label) if bound else ""
        for sentence in form.errors.get(name, ()):
            yield ErrorItem(
                bound.id_for_label if bound else "",
                ", ".join(filter(None, (row, label))),
                str(sentence),
            )
