"""Where a page of a list begins, read from its address: the value it is ordered by and a row's key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def place_in(text: str | None, read: Callable[[str], T]) -> tuple[T, int] | None:
    """`2026-11-24~17`: the value by which a list is ordered and the row's number; None for junk."""
    value, _, number = (text or "").partition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return read(value), int(number)
    except (ValueError, OverflowError):
        return None


def count_in(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def moment_in(text: str) -> dt.datetime:
    """A moment with its zone, whose parts of a second PostgreSQL would not read; else a ValueError."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(dt.UTC)
