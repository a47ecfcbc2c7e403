"""Real gunicorn servers for a measurement, one for each database and kind, all on loopback."""

from __future__ import annotations

import http.client
import itertools
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import psycopg

LONGEST_START = 30  # seconds
NAMES = itertools.count(1)


class Server:
    """One sync worker, so that requests neither queue nor share a processor with their like."""

    def __init__(self, kind: str, database: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.database = database
        self.name = f"bench-{os.getpid()}-{next(NAMES)}"
        command = [sys.executable, "-m", "gunicorn", "epk.wsgi:application", "--workers", "1"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        command += ["--no-control-socket"]
        environment = os.environ | {
            "BENCH": kind,
            "DATABASE_URL": f"{database}?application_name={self.name}",
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        self.process = subprocess.Popen(command, env=environment)
        self._wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(20)

    def get(self, path: str, cookie: str = "") -> tuple[float, int]:
        """Milliseconds until the whole page had arrived, and its size in bytes."""
        took, response, page = self.ask("GET", path, cookie)
        if response.status >= http.HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{path}: {response.status}")
        return took, len(page)

    def ask(
        self, method: str, path: str, cookie: str = "", data: dict[str, str] | None = None
    ) -> tuple[float, http.client.HTTPResponse, bytes]:
        """Milliseconds until the whole answer had arrived, and the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": cookie} if cookie else {}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request(method, path, urlencode(data) if data is not None else None, headers)
        response = connection.getresponse()
        page = response.read()
        took = (time.perf_counter() - began) * 1_000
        connection.close()
        return took, response, page

    def processes(self) -> list[int]:
        """The worker, and the process of PostgreSQL that serves it (on the same machine)."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        with psycopg.connect(self.database) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [self.name]
            )
            return [*map(int, workers.split()), *(row[0] for row in rows)]

    def _wait(self) -> None:
        deadline = time.monotonic() + LONGEST_START
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not start")


def processor_time(processes: list[int]) -> float:
    """Milliseconds for which these processes have had a processor."""
    ran = (Path(f"/proc/{number}/schedstat").read_text().split()[0] for number in processes)
    return sum(map(int, ran)) / 1e6
