"""By which clock people live: asked of the app that knows, by the setting ZONES_OF_PEOPLE.

Only times that are shown follow the viewer. What day it is (for rights, for "as of today") is one
question for the whole country, answered by `timezone.localdate()` in Jakarta's time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

SESSION_KEY: Final = "zona"
"""Under this the session keeps the zone of whoever is logged in."""
_viewers: ContextVar[tzinfo | None] = ContextVar("viewers_zone", default=None)


def zones_of(people: Collection[int]) -> Mapping[int, str]:
    """By account, `Asia/Jayapura`; nothing for those who serve nowhere."""
    ask: Callable[[Collection[int]], Mapping[int, str]] = import_string(settings.ZONES_OF_PEOPLE)
    return ask(people)


def viewers_zone() -> tzinfo:
    """By which clock times are shown here: the viewer's, else Jakarta's."""
    return _viewers.get() or timezone.get_current_timezone()


@contextmanager
def shown_in(name: str) -> Iterator[None]:
    """Show times in that zone meanwhile; in Jakarta's where the name is none."""
    zone: tzinfo | None = None
    if name:
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            zone = None
    token = _viewers.set(zone)
    try:
        yield
    finally:
        _viewers.reset(token)
