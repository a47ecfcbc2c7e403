"""The sessions of a person: which still live, and how they end."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from allauth.core.internal.sessionkit import get_session_user
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from accounts.notices import NEW_DEVICE, subject_of
from epk.lib import zones
from epk.lib.addresses import client_address
from epk.lib.notices import notify

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

# Looked for in this order: each browser also names those before it.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Place:
    """One place where a person is logged in."""

    number: int
    device: str
    address: str
    since: dt.datetime
    current: bool


def of_user(user: User, current_key: str | None) -> list[Place]:
    """The sessions that still live, the present one first, then the newest; deletes nothing."""
    found = [
        Place(
            row.pk, device(row.user_agent), row.ip, row.created_at, row.session_key == current_key
        )
        for row in UserSession.objects.filter(user=user).order_by("-created_at")
        if _lives(row, user)
    ]
    return sorted(found, key=lambda session: not session.current)


def end(user: User, number: int) -> bool:
    """End one session of this person; False where it is none of theirs."""
    row = UserSession.objects.filter(user=user, pk=number).first()
    if row is None:
        return False
    row.end()
    return True


def end_others(user: User, current_key: str | None) -> None:
    """End all sessions of this person but one."""
    for row in UserSession.objects.filter(user=user).exclude(session_key=current_key or ""):
        row.end()


def clear_ended() -> None:
    """Forget where people were logged in once the session itself is gone."""
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()


def device(user_agent: str) -> str:
    """Browser and system in words: `Chrome di Android`."""
    browser = next((name for mark, name in BROWSERS if f"{mark}/" in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} di {system}"
    return browser or system or "Perangkat tidak dikenal"


def keep_zone(request: HttpRequest, user: User) -> None:
    """The clock of the place where this person serves, for as long as the session lasts."""
    request.session[zones.SESSION_KEY] = zones.zones_of([user.pk]).get(user.pk, "")


def tell_new_device(user: User, request: HttpRequest) -> None:
    """A browser in which this person has never logged in before: they should know."""
    facts = {
        "device": device(request.headers.get("User-Agent", "")),
        "address": client_address(request),
    }
    notify(NEW_DEVICE, subject=subject_of(user), item=secrets.token_hex(8), facts=facts)


def _lives(row: Any, user: User) -> bool:
    """Whether its cookie would still log this person in: a changed password ends all others."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(row.session_key)
    owner = get_session_user(store)
    return owner is not None and owner.pk == user.pk
