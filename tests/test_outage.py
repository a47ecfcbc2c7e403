"""A database that goes away and comes back, behind a real web server that is never restarted."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.processes import Program, free_port, own_folder, wait_for

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("process")]

SECOND = 1.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# A key as the server gives them out, so that the session has to be looked up.
LOGGED_IN = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={'a' * 32}"}


class Line:
    """A wire to PostgreSQL on a port of its own, which can be cut and mended."""

    def __init__(self, family: socket.AddressFamily, server: str | tuple[str, int]) -> None:
        self.family, self.server = family, server
        self.port = free_port()
        self.open_ends: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def cut(self) -> None:
        """As when the server's machine is switched off: connections break, new ones are refused."""
        for end in (self.listener, *self.open_ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open_ends.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.socket(self.family)
                far.connect(self.server)
                self.open_ends += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=[source, target], daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    text: str
    seconds: float


class Portal:
    """The real server, one worker with two threads, its database at the far end of a line."""

    def __init__(self, port: int, line: Line) -> None:
        self.port, self.line = port, line

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Reply:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        return Reply(response.status, response.headers, text, time.monotonic() - began)

    def is_up(self) -> bool:
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def portal(django_db_setup: None, checkout_root: Path) -> Iterator[Portal]:
    """An empty register, for what is asked here is never who is in it."""
    place = settings.DATABASES["default"]
    host, port = place["HOST"] or "127.0.0.1", int(place["PORT"] or 5432)
    line = (
        Line(socket.AF_UNIX, f"{host}/.s.PGSQL.{port}")
        if host.startswith("/")
        else Line(socket.AF_INET, (host, port))
    )
    account = ":".join(quote(place[part], safe="") for part in ("USER", "PASSWORD") if place[part])
    web_port = free_port()
    command = [sys.executable, "-m", "gunicorn", "epk.wsgi:application", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "2", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{web_port}", "--limit-request-line", "8190"]
    with own_folder() as folder:
        (folder / "run").mkdir()
        program = Program(
            command,
            folder / "run",
            DATABASE_URL=f"postgresql://{account}@127.0.0.1:{line.port}/{place['NAME']}",
            DEMO="1",
            SECRET_KEY="k" * 50,
            DJANGO_SETTINGS_MODULE="tests.plain_settings",
            MEDIA_STORE=str(folder / "media"),
            PYTHONPATH=str(checkout_root),
        )
        found = Portal(web_port, line)
        try:
            wait_for(found.is_up, 30, lambda: program.output)
            yield found
        finally:
            program.process.terminate()
            program.process.wait(20)
            line.cut()


@pytest.fixture
def without_database(portal: Portal) -> Iterator[Portal]:
    """Connections were open and in use when the line broke."""
    for _ in range(4):
        assert portal.ask("GET", "/").status == 200
    portal.line.cut()
    yield portal
    portal.line.mend()


Asked = tuple[str, str, str, dict[str, str]]
READING: list[Asked] = [("GET", path, "", {}) for path in ("/", "/direktori/", "/direktori/?q=siti",
           "/direktori/PK-000001/", "/cek/PK-000001/", "/direktori/PK-000001/foto/",
           "/sitemap-petugas.xml")]  # fmt: skip
# Where the session is looked up before any view is reached, or after it.
LOOKED_UP: list[Asked] = [
    ("GET", "/gaya/", "", LOGGED_IN),
    ("GET", "/admin/", "", LOGGED_IN),
    ("GET", "/akun/masuk/", "", LOGGED_IN),
    ("GET", "/cek/", "", LOGGED_IN),
    ("POST", "/tema/", "tema=dark", FORM | LOGGED_IN),
    ("POST", "/cek/", "q=Siti+Wulandari", FORM | LOGGED_IN),
    ("POST", "/cek/", "q=Siti+Wulandari", FORM),
]


class TestDatabaseAway:
    @pytest.mark.parametrize(("method", "path", "body", "headers"), [*READING, *LOOKED_UP])
    def test_is_told_in_a_page_of_ours(
        self, without_database: Portal, method: str, path: str, body: str, headers: dict[str, str]
    ) -> None:
        reply = without_database.ask(method, path, body, **headers)
        assert reply.status == 503
        assert "Registri sedang tidak dapat dibuka" in reply.text
        assert "Traceback" not in reply.text
        assert int(reply.headers["Retry-After"]) > 0
        assert reply.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]

    def test_is_told_within_a_second(self, without_database: Portal) -> None:
        """The quickest of three, so that a busy machine does not decide."""
        for headers in ({}, LOGGED_IN):
            times = [without_database.ask("GET", "/", **headers).seconds for _ in range(3)]
            assert min(times) < SECOND

    def test_leaves_what_needs_no_database(self, without_database: Portal) -> None:
        for path in ("/cek/", "/akun/masuk/", "/robots.txt", "/static/css/site.css"):
            assert without_database.ask("GET", path).status == 200
        assert without_database.ask("POST", "/tema/", "tema=dark", **FORM).status == 302
        assert without_database.ask("GET", "/tidak/ada/").status == 404

    def test_shows_in_readyz_and_not_in_healthz(self, without_database: Portal) -> None:
        assert without_database.ask("GET", "/healthz").status == 200
        ready = without_database.ask("GET", "/readyz")
        assert ready.status == 503
        assert json.loads(ready.text)["checks"] == {
            "database": False,
            "migrations": False,
            "storage": True,
        }


class TestDatabaseBack:
    def test_is_used_at_once_without_a_restart(self, portal: Portal) -> None:
        for _ in range(2):
            portal.line.cut()
            for path in ("/", "/direktori/"):
                assert portal.ask("GET", path).status == 503
            portal.line.mend()
            for path in ("/", "/direktori/", "/readyz", "/", "/direktori/"):
                assert portal.ask("GET", path).status == 200

    def test_is_used_where_only_the_connection_was_lost(self, portal: Portal) -> None:
        """A server that was restarted: nobody need hear of it."""
        for _ in range(4):
            assert portal.ask("GET", "/").status == 200
        portal.line.cut()
        portal.line.mend()
        for headers in ({}, LOGGED_IN):
            assert portal.ask("GET", "/", **headers).status == 200


def test_address_longer_than_the_server_reads_is_refused(portal: Portal) -> None:
    assert portal.ask("GET", f"/direktori/?q={'x' * 9_000}").status in {400, 414}
