"""Whether pages take longer while the mail server is away, those that write mails included.

    DATABASE_URL=postgresql://... python -m bench.away [--tries 100] [--rounds 3]

A worker runs beside the web server. Rounds with a mail server that takes everything and rounds with
none at its address take turns; the mails of the latter wait, and are counted once it is back.
"""

from __future__ import annotations

import argparse
import http
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import psycopg
from aiosmtpd.controller import Controller

from bench.directory import database
from bench.entrance import Visitor
from bench.servers import Server

SIZE = 1_051
RESET = "/akun/sandi/lupa/"
PAGES = ("/", "/direktori/", "/akun/masuk/")
LONGEST = 420
"""Seconds until a worker that waits must have looked again, and a little more."""


class Receiver:
    """Takes every mail."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return "250 OK"


def main() -> None:
    parser = argparse.ArgumentParser(description="Waktu halaman selagi server surat tidak ada.")
    parser.add_argument("--tries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    place = database(SIZE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = os.environ | {
        "DATABASE_URL": place,
        "DEMO": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    os.environ["EMAIL_URL"] = environment["EMAIL_URL"]
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], env=environment)
    times: dict[tuple[str, bool], list[float]] = defaultdict(list)
    try:
        with Server("warm", place) as server:
            for number in range(asked.rounds * 2):
                away = bool(number % 2)
                mails = Controller(Receiver(), hostname="127.0.0.1", port=port)
                if not away:
                    mails.start()
                for page, took in _round(server, asked.tries):
                    times[page, away].append(took)
                if not away:
                    _until_sent(place)
                    mails.stop()
        left = _waiting(place)
        mails = Controller(Receiver(), hostname="127.0.0.1", port=port)
        mails.start()
        waited = _until_sent(place)
        mails.stop()
    finally:
        worker.terminate()
        worker.wait(20)
    _report(times, left, waited)


def _round(server: Server, tries: int) -> Iterator[tuple[str, float]]:
    """Pages in random order, with the milliseconds of each; the first few are for warming up."""
    visitor = Visitor(server.port, RESET)
    order = [*PAGES, RESET] * tries
    random.shuffle(order)
    for place, page in enumerate(order):
        if page == RESET:
            took, status = visitor.send({"login": "siti@demo.example"})
            if status >= http.HTTPStatus.BAD_REQUEST:
                raise RuntimeError(f"{page}: {status}")
        else:
            took, _ = server.get(page)
        if place >= len(PAGES) * 4:
            yield page, took


def _waiting(place: str) -> int:
    with psycopg.connect(place) as connection:
        query = (
            "SELECT (SELECT count(*) FROM notifications_mail WHERE state = 'menunggu') + (SELECT"
            " count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL)"
        )
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _until_sent(place: str) -> float:
    """Seconds until nothing waits."""
    began = time.perf_counter()
    while _waiting(place) and time.perf_counter() - began < LONGEST:
        time.sleep(0.5)
    return time.perf_counter() - began


def _report(times: dict[tuple[str, bool], list[float]], left: int, waited: float) -> None:
    print("| page | mail server there, ms | away, ms | ratio |\n|---|---:|---:|---:|")
    for page in (*PAGES, RESET):
        there, away = (statistics.median(times[page, state]) for state in (False, True))
        name = f"{page} (writes a mail)" if page == RESET else page
        print(f"| {name} | {there:.2f} | {away:.2f} | {away / there:.2f} |")
    print(f"\n{left:,} mails had waited; all were taken {waited:.0f} s after the server was back.")


if __name__ == "__main__":
    main()
