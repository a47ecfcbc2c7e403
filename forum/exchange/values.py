"""One value on its way into the file and back: strict, so that nothing is guessed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile

TEXT: Final = {"type": "string"}
SHAPES: Final[dict[str, dict[str, Any]]] = {
    "ArrayField": {"type": "array", "items": TEXT},
    "BooleanField": {"type": "boolean"},
    "CharField": TEXT,
    "DateField": {"type": "string", "format": "date"},
    "DateTimeField": {"type": "string", "format": "date-time"},
    "FileField": TEXT,
    "JSONField": {"type": "object"},
    "SlugField": TEXT,
    "TextField": TEXT,
    "UUIDField": {"type": "string", "format": "uuid"},
}
WHOLE: Final = {"type": "integer"}


class ValueFaultError(ValueError):
    """This value cannot stand in this column; the text says what was expected."""


def written(value: Any) -> Any:
    """A value of a column as it stands in the file."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return (value.name or "") if isinstance(value, FieldFile) else value


def shape_of(field: Any) -> dict[str, Any]:
    """What JSON Schema says of the values of this column; rows of the forum are named by their key."""
    if field.is_relation:
        field = field.target_field
        return shape_of(field)
    return SHAPES.get(field.get_internal_type(), WHOLE)


def read(field: Any, value: Any) -> Any:
    """A value of the file for its column, or `ValueFaultError`."""
    if value is None:
        if not field.null:
            raise ValueFaultError("tidak boleh kosong (null)")
        return None
    shape = shape_of(field)
    found = READERS[shape.get("format") or shape["type"]](value)
    if not field.is_relation:
        _check_choices(field, found)
    target = field.target_field if field.is_relation else field
    if isinstance(found, str) and target.max_length and len(found) > target.max_length:
        raise ValueFaultError(f"lebih dari {target.max_length} karakter")
    try:
        target.run_validators(found)
    except ValidationError as error:
        raise ValueFaultError(" ".join(error.messages)) from None
    return found


def check_text(value: Any) -> None:
    """What no column of a database takes, however deep it stands."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueFaultError("memuat karakter NUL")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueFaultError("memuat separuh karakter (surrogate)") from None
    elif isinstance(value, dict):
        for name, part in value.items():
            check_text(name)
            check_text(part)
    elif isinstance(value, list):
        for part in value:
            check_text(part)


def _check_choices(field: Any, found: Any) -> None:
    base = getattr(field, "base_field", field)
    if not base.choices:
        return
    known = {code for code, _ in base.flatchoices}
    if found == "" and field.blank:
        return
    for one in found if isinstance(field, models.Field) and base is not field else [found]:
        if one not in known:
            raise ValueFaultError(f"tidak mengenal “{one}”")


def _exactly(kind: type, words: str) -> Callable[[Any], Any]:
    def reader(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueFaultError(f"harus {words}")
        return value

    return reader


def _list_of_text(value: Any) -> Any:
    if type(value) is not list or any(type(part) is not str for part in value):
        raise ValueFaultError("harus daftar teks")
    return value


def _date(value: Any) -> Any:
    try:
        return dt.date.fromisoformat(value) if len(value) == 10 else _no("tanggal")
    except (TypeError, ValueError):
        return _no("tanggal seperti 2026-11-24")


def _moment(value: Any) -> Any:
    try:
        found = dt.datetime.fromisoformat(value)
        if found.tzinfo is None:
            return _no("")
        return found.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError):
        return _no("waktu dengan zona seperti 2026-11-24T03:04:05+00:00")


def _uuid(value: Any) -> Any:
    try:
        found = uuid.UUID(value)
    except (AttributeError, TypeError, ValueError):
        return _no("UUID")
    return found if str(found) == value else _no("UUID dalam huruf kecil")


def _no(words: str) -> Any:
    raise ValueFaultError(f"harus {words}")


READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "array": _list_of_text,
    "boolean": _exactly(bool, "true atau false"),
    "date": _date,
    "date-time": _moment,
    "integer": _exactly(int, "bilangan bulat"),
    "object": _exactly(dict, "objek JSON"),
    "string": _exactly(str, "teks"),
    "uuid": _uuid,
}
