"""What the layout needs on every page; `site` asks nothing of the database."""

from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

from forum.rules import can_enter_forum
from news.rules import can_read_circulars

THEMES = frozenset({"light", "dark"})
SECTIONS = {
    "home": "home",
    "registry:directory": "directory",
    "registry:profile": "directory",
    "registry:check": "check",
    "registry:check_number": "check",
}


WHOLE = (
    ("forum:", "forum"),
    ("news:event", "events"),
    ("news:circular", "circulars"),
    ("news:editor_circular", "circulars"),
    ("news:", "news"),
)


class Portal(TypedDict):
    """`theme` is "" while the viewer follows the system; `here` is where a form may return to."""

    demo: bool
    theme: str
    section: str
    here: str


def site(request: HttpRequest) -> dict[str, Portal]:
    """The variable `portal` of every template; the name `site` belongs to Django's login view."""
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    match = request.resolver_match
    return {
        "portal": {
            "demo": settings.DEMO,
            "theme": theme if theme in THEMES else "",
            "section": _section(match.view_name) if match else "",
            "here": request.get_full_path(),
        },
    }


def forum(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """`has_forum` and `has_circulars`: whether the navigation leads there.

    Apart from `site`, because it asks for the rights of whoever is logged in: the error pages that
    may ask nothing of the database do without it.
    """
    return {
        "has_forum": lambda: _has_forum(request),
        "has_circulars": lambda: _has_circulars(request),
    }


def _has_forum(request: HttpRequest) -> bool:
    """Whether the navigation leads to the forum; asked only by pages that show it."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and can_enter_forum(user)


def _has_circulars(request: HttpRequest) -> bool:
    """Whether circulars may be addressed to this person: whoever holds a role."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and can_read_circulars(user)


def _section(name: str) -> str:
    """The forum is one section with all its pages, and so are news and events."""
    for prefix, section in WHOLE:
        if name.startswith(prefix):
            return section
    return SECTIONS.get(name, "")
