"""What axe finds on a page, narrow and wide, light and dark, and whether it fits 320 px."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NARROWEST = 320
HEIGHT = 900
# Halfway through a transition a text has neither its old nor its new contrast.
COLOURS_AT_REST = """async () => {
    for (const moving of document.getAnimations()) {
        moving.finish();
    }
    await new Promise(requestAnimationFrame);
}"""
FITS = "() => document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"


def findings(
    page: Page, name: str, *, within: str | None = None, known: Collection[str] = ()
) -> list[str]:
    """One line for each fault on the page as it stands, or in one part of it.

    `known` names rules that are left out.
    """
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(COLOURS_AT_REST)
            where = f"{name}, {width} px, {scheme}"
            found += [f"{where}: {fault}" for fault in _faults(page, within, known)]
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    if not page.evaluate(FITS):
        width = page.evaluate("document.scrollingElement.scrollWidth")
        found.append(f"{name}: {width} px wide on a screen of {NARROWEST}: {_widest(page)}")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    return found


def _faults(page: Page, within: str | None, known: Collection[str]) -> list[str]:
    response: dict[str, Any] = Axe().run(page, context=within, options=OPTIONS).response
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in response["violations"]
        if violation["id"] not in known
        for node in violation["nodes"]
    ]


def _widest(page: Page) -> list[str]:
    """The elements that reach past the right edge, to find the culprit by."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .slice(0, 5).map(e => e.tagName + "." + e.className)"""
        )
    )
