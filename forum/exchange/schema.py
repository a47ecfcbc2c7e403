"""The format as a JSON Schema, made from the models, so that no column is forgotten in it."""

from __future__ import annotations

from typing import Any, Final

from forum.exchange.tables import CONTENT, FORMAT, KIND, NAMES, PERSON, TABLES, VERSION, Table
from forum.exchange.tables import natural_key as natural
from forum.exchange.values import TEXT, WHOLE, shape_of

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """What each line of the file looks like; `docs/forum-export.schema.json` is this, written out."""
    lines: dict[str, Any] = {
        "header": _object(
            {
                "format": {"const": FORMAT},
                "version": {"const": VERSION},
                "exported_at": {"type": "string", "format": "date-time"},
                "counts": _object({name: WHOLE | {"minimum": 0} for name in NAMES}),
            }
        ),
        PERSON: _object({KIND: {"const": PERSON}, "email": TEXT}),
    }
    lines |= {table.name: _line(table) for table in TABLES}
    return {
        "$schema": DIALECT,
        "title": f"{FORMAT}, version {VERSION}: each line of the file is one of these",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in lines],
        "$defs": lines,
    }


def _line(table: Table) -> dict[str, Any]:
    columns = {field.name: _column(field) for field in table.fields}
    if table.has_content:
        columns[CONTENT] = {"type": ["string", "null"], "contentEncoding": "base64"}
    return _object({KIND: {"const": table.name}, **columns})


def _column(field: Any) -> dict[str, Any]:
    known = natural(field)
    shape: dict[str, Any] = dict(TEXT if known else shape_of(field))
    if field.null:
        shape["type"] = [shape["type"], "null"]
    base = getattr(field, "base_field", field)
    if base.choices:
        codes = [code for code, _ in base.flatchoices]
        if base is not field:
            shape["items"] = {**TEXT, "enum": codes}
        else:
            blank = [""] if field.blank and "" not in codes else []
            shape["enum"] = [*blank, *codes]
    if field.max_length and "string" in shape["type"] and not {"enum", "format"} & shape.keys():
        shape["maxLength"] = field.max_length
    if field.is_relation:
        whose = f"{field.related_model._meta.label}.{known or field.target_field.name}"
        shape["description"] = f"names a {whose}"
    return shape


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
