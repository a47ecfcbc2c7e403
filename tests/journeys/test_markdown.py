"""What Chromium makes of the HTML of attacks: no script runs, nothing is fetched, nothing foreign."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page

from epk.lib.markdown import fill, render
from tests import suites
from tests.epk.test_markdown_suites import ATTACK, SHORT, pieces, places
from tests.safe_html import ATTRIBUTES, TAGS

# All elements and attributes of the texts, and the schemes that the links have in the end.
SEEN = """() => {
    const all = [...document.querySelectorAll('main *')];
    return {
        tags: [...new Set(all.map(one => one.localName))],
        attributes: [...new Set(all.flatMap(one => one.getAttributeNames()))],
        schemes: [...new Set([...document.links].map(link => link.protocol))],
        hosts: [...document.links].filter(link =>
            link.host !== location.host && !link.rel && link.protocol !== 'mailto:'
        ).map(link => link.outerHTML),
        title: document.querySelector("a[data-topik='17']").textContent,
    };
}"""


@pytest.mark.journey
@pytest.mark.parametrize("project", suites.PROJECTS)
def test_attacks_in_a_real_browser(project: str, page: Page) -> None:
    texts = [text for text in suites.payloads(project) if ATTACK.search(text)]
    texts += [places(text) for text in texts if len(text) <= SHORT]
    titles = {17: "<img src=x onerror=alert(1)>"}
    own = render("https://portal.example/forum/topik/17/", own_host="portal.example").html
    posts = [render(piece).html for text in texts for piece in pieces(text)]
    posts.append(fill(own, topics=titles, posts={}, officers={}))
    requests: list[str] = []
    alerts: list[str] = []

    def alerted(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", alerted)
    page.route(
        "**/*",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body=f"<!doctype html><title>Uji</title><main>{''.join(posts)}</main>",
        ),
    )

    page.goto("http://portal.example/forum/")
    seen = page.evaluate(SEEN)
    page.goto("about:blank")  # too long for a picture of a failure

    assert requests in (
        ["http://portal.example/forum/"],
        ["http://portal.example/forum/", "http://portal.example/favicon.ico"],
    )
    assert not alerts
    assert set(seen["tags"]) <= TAGS
    assert set(seen["attributes"]) <= set(ATTRIBUTES)
    assert set(seen["schemes"]) <= {"http:", "https:", "mailto:"}
    assert not seen["hosts"]
    assert seen["title"] == titles[17]
