"""What axe finds on a page, narrow and wide, light and dark, and whether it fits 320 px."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COMMON: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
# Markup, names and sizes are the same in the dark: there only the colours are looked at again.
OPTIONS: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": COMMON | {"rules": {"target-size": {"enabled": True}}},
    "dark": COMMON | {"runOnly": ["color-contrast", "link-in-text-block"]},
}
WIDTHS = (360, 1280)
NARROWEST = 320
CUT_OFF = "cut-off"
AXE = Axe().axe_script
HEIGHT = 900
# Halfway through a transition a text has neither its old nor its new contrast.
COLOURS_AT_REST = """async () => {
    for (const moving of document.getAnimations()) {
        moving.finish();
    }
    await new Promise(requestAnimationFrame);
}"""
# Past the right edge: what the page scrolls sideways for, and what is cut off without a way to it.
# Within a box that scrolls by itself, as a wide table, it may be.
OUTSIDE = """(cutOffToo) => {
    const edge = document.documentElement.clientWidth;
    const scrolls = (box) =>
        box && (/auto|scroll/.test(getComputedStyle(box).overflowX) || scrolls(box.parentElement));
    const found = [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > edge + 1 && !scrolls(one.parentElement))
        .slice(0, 5).map((one) => `${one.tagName}.${one.className}`);
    const width = document.scrollingElement.scrollWidth;
    return width > edge ? [`${width} px`, ...found] : cutOffToo ? found : [];
}"""


def findings(
    page: Page, name: str, *, within: str | None = None, known: Collection[str] = ()
) -> list[str]:
    """One line for each fault on the page as it stands, or in one part of it.

    `known` names rules that are left out: of axe, or CUT_OFF.
    """
    found = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme, options in OPTIONS.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate(COLOURS_AT_REST)
            where = f"{name}, {width} px, {scheme}"
            faults = _faults(page, within, options, known)
            found += [f"{where}: {fault}" for fault in faults]
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    if outside := page.evaluate(OUTSIDE, CUT_OFF not in known):
        found.append(f"{name}: wider than a screen of {NARROWEST} px: {outside}")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    return found


def _faults(
    page: Page, within: str | None, options: dict[str, Any], known: Collection[str]
) -> list[str]:
    arguments = [within, options]
    response = page.evaluate(
        "([within, options]) => axe.run(within ?? document, options)", arguments
    )
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in response["violations"]
        if violation["id"] not in known
        for node in violation["nodes"]
    ]
