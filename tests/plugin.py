"""The environment of the tests, set before Django reads its settings, and their one server."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

import pytest

from epk.lib import embedded_postgres

PREFIX = "epk-test-"
LONG = ("journey", "process", "walk")
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}

# What the shell of a developer or of CI has set must not decide how the tests go.
# `DATABASE_URL` alone stays: it chooses the server they run on.
for name in (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "EMAIL_URL",
    "MEDIA_STORE",
    "PORT",
    "CHECK_OUTSIDE_LINKS",
    "PRIVACY_CONTACT",
    "SITE_URL",
    "TRUSTED_PROXIES",
):
    os.environ.pop(name, None)
os.environ["DEMO"] = "1"
os.environ["SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "epk.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs beside the live server

_server: list[Path] = []


def server_folder(config: pytest.Config) -> Path | None:
    """The data folder of the tests' server, started when first asked for.

    None with DATABASE_URL. The workers of xdist get the folder from their controller.
    """
    if os.environ.get("DATABASE_URL"):
        return None
    given = getattr(config, "workerinput", {}).get("postgres")
    if given is not None:
        return Path(given)
    if not _server:
        _start_server()
    return _server[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that never ask the database, which its version cannot change",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones first, so that no processor waits for the other one at the end."""
    if config.getoption("--database-only"):
        left_out = [item for item in items if not _asks_the_database(item)]
        items[:] = [item for item in items if _asks_the_database(item)]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda item: not any(map(item.get_closest_marker, LONG)))


def _asks_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & DATABASE)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Called by xdist in the controller, once for each worker before it starts."""
    folder = server_folder(node.config)
    if folder is not None:
        node.workerinput["postgres"] = str(folder)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        # A SIGTERM ends the run like Ctrl-C, so that the server is stopped and removed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_unconfigure() -> None:
    while _server:
        folder = _server.pop()
        embedded_postgres.stop(folder)
        shutil.rmtree(folder.parent, ignore_errors=True)


def _start_server() -> None:
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")) / "postgres"
    _server.append(folder)  # before the start: a run cut off during it cleans up too
    embedded_postgres.start(folder, throwaway=True, with_parent=True)


def _remove_leftovers() -> None:
    """Folders of runs that were killed outright; their servers stopped with them."""
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = place.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(place, ignore_errors=True)
