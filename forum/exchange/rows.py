"""From a line of the file to a row of its table, or to the reason why it cannot be one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from accounts.models import User
from forum.exchange.lines import FaultError
from forum.exchange.tables import (
    BY_MODEL,
    CONTENT,
    KIND,
    NATURAL,
    PERSON,
    TABLES,
    Table,
    goes_along,
    natural_key,
)
from forum.exchange.values import ValueFaultError, check_text, read
from forum.models import Attachment

STORED_NAME: Final = re.compile(r"lampiran/([0-9a-f]{2})/\1[0-9a-f]{30}\.(pdf|jpg|png)")


@dataclass
class Outside:
    """Rows of other apps by their names; what is not there is refused, or left out if `lenient`."""

    lenient: bool
    keys: dict[Any, dict[str, int]] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    """The people that the file has told of so far."""

    def __post_init__(self) -> None:
        for model, column in NATURAL.items():
            self.keys[model] = dict(model._base_manager.values_list(column, "pk"))

    def unknown_people(self) -> list[str]:
        return sorted(self.declared - self.keys[User].keys())


@dataclass
class Rows:
    """Makes rows of lines, and remembers which ones it has left out."""

    outside: Outside
    left_out: dict[str, set[Any]] = field(
        default_factory=lambda: {table.name: set() for table in TABLES}
    )
    emptied: Counter[str] = field(default_factory=Counter)
    """References that lead nowhere any more, by table."""

    def person(self, line: dict[str, Any], number: int) -> None:
        email = line.get("email")
        if line.keys() != {KIND, "email"} or not isinstance(email, str) or not email:
            raise FaultError("baris orang hanya menyebut alamat e-mailnya", line=number)
        if email in self.outside.declared:
            raise FaultError(f"orang {email} sudah disebut", line=number)
        self.outside.declared.add(email)

    def row(self, table: Table, line: dict[str, Any], number: int) -> Any:
        """The row, not saved yet; None where it is left out together with what it belongs to."""
        _check_names(table, line, number)
        values: dict[str, Any] = {}
        for column in table.fields:
            try:
                check_text(line[column.name])
                value, stays = self._value(column, line[column.name])
            except ValueFaultError as fault:
                words = f"“{column.name}” dari {table.name} {fault}"
                raise FaultError(words, line=number) from None
            if not stays:
                if goes_along(column):
                    return self._without(table, line)
                self.emptied[table.name] += 1
            values[column.attname] = value
        if table.needs and not any(values[f"{name}_id"] for name in table.needs):
            if self.outside.lenient:
                return self._without(table, line)
            raise FaultError(f"{table.name} tidak menyebut {', '.join(table.needs)}", line=number)
        return table.model(**values)

    def _value(self, column: Any, value: Any) -> tuple[Any, bool]:
        """What is stored, and whether what the file refers to is there."""
        known = natural_key(column)
        if not known:
            found = read(column, value)
            if column.is_relation and found in self._gone(column):
                return None, False
            return found, True
        if value is None:
            return read(column, value), True
        if type(value) is not str:
            raise ValueFaultError("harus teks")
        if column.related_model is User and value not in self.outside.declared:
            raise ValueFaultError(f"menyebut {value}, yang tidak ada di antara baris {PERSON}")
        key = self.outside.keys[column.related_model].get(value)
        if key is None and not self.outside.lenient:
            raise ValueFaultError(f"menyebut “{value}”, yang tidak ada di basis data ini")
        return key, key is not None

    def _gone(self, column: Any) -> set[Any]:
        return self.left_out[BY_MODEL[column.related_model].name]

    def _without(self, table: Table, line: dict[str, Any]) -> None:
        self.left_out[table.name].add(read(table.key, line[table.key.name]))


def content_of(row: Attachment, encoded: Any, number: int) -> bytes | None:
    """The bytes of an attachment; None where they were lost before the export."""
    name = STORED_NAME.fullmatch(row.file.name or "")
    if name is None or name[2] != row.EXTENSIONS.get(row.content_type):
        raise FaultError(f"“file” tidak dapat bernama “{row.file.name}”", line=number)
    if encoded is None:
        return None
    if type(encoded) is not str:
        raise FaultError(f"“{CONTENT}” harus teks atau null", line=number)
    try:
        found = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise FaultError(f"“{CONTENT}” bukan Base64", line=number) from None
    if len(found) != row.size or hashlib.sha256(found).hexdigest() != row.sha256:
        raise FaultError(f"isi lampiran {row.pk} tidak cocok dengan sidiknya", line=number)
    return found


def _check_names(table: Table, line: dict[str, Any], number: int) -> None:
    asked = {KIND, *(column.name for column in table.fields)}
    asked |= {CONTENT} if table.has_content else set()
    if missing := sorted(asked - line.keys()):
        raise FaultError(f"{table.name} tanpa {', '.join(missing)}", line=number)
    if strange := sorted(line.keys() - asked):
        raise FaultError(f"{table.name} tidak mengenal {', '.join(strange)[:80]}", line=number)
