"""Finding a person's data in text: taking it out of a sentence, and looking where it still stands."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

REMOVED = "[dihapus]"
# Every column that can hold text, in every table of the portal.
COLUMNS = """
    SELECT held.table_name, held.column_name
    FROM information_schema.columns AS held
    JOIN information_schema.tables AS made USING (table_schema, table_name)
    WHERE held.table_schema = 'public' AND made.table_type = 'BASE TABLE'
        AND held.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY')
    ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Remainder:
    """A column in which something of a person still stands."""

    table: str
    column: str
    rows: int


def scrubbed(text: str, values: Collection[str]) -> str:
    """The text without these values, however they are written in upper and lower case."""
    known = sorted(filter(None, values), key=len, reverse=True)
    if not known:
        return text
    pattern = "|".join(re.escape(value) for value in known)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", REMOVED, text, flags=re.IGNORECASE)


def remainders(values: Collection[str]) -> list[Remainder]:
    """Where in the database one of the values stands: each text column of each table is read."""
    found: list[Remainder] = []
    patterns = [f"%{_literal(value)}%" for value in sorted(values)]
    if not patterns:
        return found
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            name = connection.ops.quote_name
            statement = (
                f"SELECT count(*) FROM {name(table)} WHERE {name(column)}::text ILIKE ANY(%s)"  # noqa: S608
            )
            cursor.execute(statement, [patterns])
            (rows,) = cursor.fetchone()
            if rows:
                found.append(Remainder(table, column, rows))
    return found


def _literal(value: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", value)
