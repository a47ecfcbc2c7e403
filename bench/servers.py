"""Real gunicorn servers for a measurement, one for each register and kind, all on loopback."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

LONGEST_START = 30  # seconds


class Server:
    """One sync worker, so that requests neither queue nor share a processor with their like."""

    def __init__(self, kind: str, database: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "gunicorn", "epk.wsgi:application", "--workers", "1"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        command += ["--no-control-socket"]
        environment = os.environ | {
            "BENCH": kind,
            "DATABASE_URL": database,
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

    def get(self, path: str) -> tuple[float, int]:
        """Milliseconds until the whole page had arrived, and its size in bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        began = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        size = len(response.read())
        took = (time.perf_counter() - began) * 1_000
        connection.close()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {response.status}")
        return took, size

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
