"""What the layout needs on every page; it asks nothing of the database."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

THEMES = frozenset({"light", "dark"})
SECTIONS = {
    "home": "home",
    "registry:directory": "directory",
    "registry:profile": "directory",
    "registry:check": "check",
    "registry:check_number": "check",
}


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
            "section": SECTIONS.get(match.view_name, "") if match else "",
            "here": request.get_full_path(),
        }
    }
