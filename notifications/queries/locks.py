"""Locks of the database that a worker holds while it does what only one may do at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

COMPOSING: Final = (0x6D61696D, 0)
"""Any numbers will do, as long as nobody else has them."""


@contextmanager
def try_hold(lock: tuple[int, int]) -> Iterator[bool]:
    """Whether the lock is ours alone. It goes with the connection, so with the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        held = bool(cursor.fetchone()[0])
    if not held:
        yield False
        return
    try:
        yield True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)
