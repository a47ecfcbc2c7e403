"""By which clock people live: asked of the app that knows, by the setting ZONES_OF_PEOPLE."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

SESSION_KEY: Final = "zona"
"""Under this the session keeps the zone of whoever is logged in."""


def zones_of(people: Collection[int]) -> Mapping[int, str]:
    """By account, `Asia/Jayapura`; nothing for those who serve nowhere."""
    ask: Callable[[Collection[int]], Mapping[int, str]] = import_string(settings.ZONES_OF_PEOPLE)
    return ask(people)
