"""A real Chromium before a real server: its flags, its complaints, its pictures of failures."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.accounts.provider import provider, provider_process  # noqa: F401
from tests.journeys.accessibility import findings

NAMES_OF_CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Chromium reports an error page that it was asked to show as if it were a fault.
# htmx reports a search that a newer one has overtaken.
EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of [45]\d\d"
    r"|htmx: htmx:error: signal is aborted without reason AbortError"
)

# Pages of other servers that a journey passes, such as a provider of single sign-on; the portal
# itself is at localhost.
FOREIGN = "http://127.0.0.1:"

Visit = Callable[..., Page]
Reader = Callable[[User], Page]
Look = Callable[[Page, str], None]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Leave a picture of what was on the screen when a journey failed."""
    outcome: Any = yield
    report = outcome.get_result()
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None and not page.is_closed():
        folder = Path(tempfile.gettempdir()) / "epk-journeys"
        folder.mkdir(exist_ok=True)
        file = folder / f"{re.sub(r'[^a-z0-9]+', '-', item.name.lower())}.png"
        page.screenshot(path=file, full_page=True)
        report.sections.append(("Picture", f"{file} of {page.url}"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, NAMES_OF_CHROMIUM)), None)
    assert found, "Chromium is missing; on Debian: apt-get install chromium"
    return browser_type_launch_args | {
        "executable_path": found,
        "args": FLAGS,
        "chromium_sandbox": False,  # it cannot start as root with one
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
        "reduced_motion": "reduce",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def server(live_server: LiveServer) -> Iterator[LiveServer]:
    """The portal with its error pages at addresses of their own."""
    caches["figures"].clear()
    with override_settings(ROOT_URLCONF="tests.journeys.site_map"):
        yield live_server
    caches["figures"].clear()


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the browser wrote to its console: scripts and styles refused by the policy, errors."""
    return _complaints_of(context)


def _complaints_of(context: BrowserContext) -> list[str]:
    found: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        address = message.page.url if message.page else ""
        foreign = address.startswith(FOREIGN)
        if message.type in {"error", "warning"} and not (foreign or EXPECTED.match(message.text)):
            found.append(f"{address}: {message.text}")

    context.on("console", listen)
    context.on("weberror", lambda fault: found.append(str(fault.error)))
    return found


@pytest.fixture
def visit(page: Page, server: LiveServer, complaints: list[str]) -> Iterator[Visit]:
    """Open an address of the portal; at the end the browser must not have complained."""

    def open_page(path: str) -> Page:
        page.goto(f"{server.url}{path}")
        return page

    yield open_page
    assert complaints == []


@pytest.fixture
def enter(context: BrowserContext, server: LiveServer) -> Callable[[User], None]:
    """Be logged in, by the cookie of a session that the server has given out."""

    def enter_as(user: User) -> None:
        context.clear_cookies()
        _log_in(context, server, user)

    return enter_as


def _log_in(context: BrowserContext, server: LiveServer, user: User) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": server.url}])


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def has_script(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers of `reader` know JavaScript: a story is told both ways."""
    return bool(request.param)


@pytest.fixture
def reader(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, Any],
    server: LiveServer,
    has_script: bool,
) -> Iterator[Reader]:
    """The page of a browser of one's own for each person; none of them may complain."""
    pages: dict[int, Page] = {}
    complaints: list[list[str]] = []

    def page_of(user: User) -> Page:
        if user.pk not in pages:
            context = browser.new_context(
                **browser_context_args | {"java_script_enabled": has_script, "base_url": server.url}
            )
            complaints.append(_complaints_of(context))
            _log_in(context, server, user)
            pages[user.pk] = context.new_page()
        # The one looked at last is the one whose picture is taken when the story breaks off.
        request.node.funcargs["page"] = pages[user.pk]
        return pages[user.pk]

    yield page_of
    for page in pages.values():
        page.context.close()
    assert [complaint for found in complaints for complaint in found] == []


@pytest.fixture
def look(has_script: bool) -> Iterator[Look]:
    """Look at a page of a story for faults, in one of the two ways in which it is told."""
    found: list[str] = []

    def look_at(page: Page, name: str) -> None:
        if has_script:
            found.extend(findings(page, name))

    yield look_at
    assert found == []
