"""Whether the time of an answer tells if a name is known: login, activation and reset.

    DATABASE_URL=postgresql://... python -m bench.entrance [--tries 200]

Known and unknown names take turns in random order. The difference of their medians is set against
what chance alone does: the tries are dealt anew into two heaps, 2,000 times over.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import psycopg

from bench.directory import database
from bench.servers import Server

WARM_UP = 10  # tries that do not count
DEALS = 2_000
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Form = Callable[[str], dict[str, str]]


class Visitor:
    """Sends one form over and over with a token and cookie of its own."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        answer, page = self._ask("GET", {}, "")
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        found = TOKEN.search(page)
        if not found:
            raise RuntimeError(f"{path} has no form")
        self.token, self.headers = found[1], {"Cookie": cookie}

    def send(self, data: dict[str, str]) -> tuple[float, int]:
        """Milliseconds until the whole answer had arrived, and its status."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.token})
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        answer, _ = self._ask("POST", headers, body)
        return (time.perf_counter() - began) * 1_000, answer.status

    def _ask(
        self, method: str, headers: dict[str, str], body: str
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, self.path, body or None, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer, page


def main() -> None:
    parser = argparse.ArgumentParser(description="Waktu jawaban untuk nama yang ada dan tidak.")
    parser.add_argument("--tries", type=int, default=200)
    tries = parser.parse_args().tries
    place = database(1_051)
    nips, accounts = _known(place, tries)
    strangers = [_other(nip) for nip in nips]
    forms: dict[str, tuple[str, Form, Sequence[str], Sequence[str]]] = {
        "login": (
            "/akun/masuk/",
            lambda name: {"username": name, "password": "bukan sandinya"},
            accounts,
            [_other(nip) for nip in accounts],
        ),
        "activation": ("/akun/aktivasi/", lambda name: {"nip": name}, nips, strangers),
        "reset": (
            "/akun/sandi/lupa/",
            lambda name: {"login": name},
            accounts,
            [_other(nip) for nip in accounts],
        ),
    }
    print("| page | known, ms | unknown, ms | difference | by chance (95 %) | answers |")
    print("|---|---:|---:|---:|---:|---|")
    with Server("warm", place) as server:
        for name, (path, form, known, unknown) in forms.items():
            _measure(name, Visitor(server.port, path), form, (known, unknown), tries)


def _measure(
    name: str,
    visitor: Visitor,
    form: Form,
    names: tuple[Sequence[str], Sequence[str]],
    tries: int,
) -> None:
    order = [(kind, number) for number in range(tries + WARM_UP) for kind in (0, 1)]
    random.shuffle(order)
    times: tuple[list[float], list[float]] = ([], [])
    statuses: tuple[set[int], set[int]] = (set(), set())
    for place, (kind, number) in enumerate(order):
        took, status = visitor.send(form(names[kind][number % len(names[kind])]))
        statuses[kind].add(status)
        if place >= WARM_UP * 2:
            times[kind].append(took)
    known, unknown = map(statistics.median, times)
    chance = _by_chance(*times)
    answers = "the same" if statuses[0] == statuses[1] else f"{statuses[0]} and {statuses[1]}"
    print(
        f"| {name} | {known:.2f} | {unknown:.2f} | {known - unknown:+.2f} | ±{chance:.2f} | {answers} |"
    )


def _by_chance(first: list[float], second: list[float]) -> float:
    """The difference of medians that 95 of 100 deals of the same tries stay below."""
    tries, differences = first + second, []
    for _ in range(DEALS):
        random.shuffle(tries)
        heaps = tries[: len(first)], tries[len(first) :]
        differences.append(abs(statistics.median(heaps[0]) - statistics.median(heaps[1])))
    return statistics.quantiles(differences, n=20)[-1]


def _known(place: str, tries: int) -> tuple[list[str], list[str]]:
    """NIPs of officers with an office address, and those that have an account."""
    with psycopg.connect(place) as connection:
        officers = connection.execute(
            "SELECT nip FROM registry_officer WHERE nip IS NOT NULL AND office_email <> ''"
            " AND user_id IS NULL ORDER BY id LIMIT %s",
            [tries + WARM_UP],
        ).fetchall()
        accounts = connection.execute(
            "SELECT nip FROM accounts_user WHERE nip IS NOT NULL ORDER BY id"
        ).fetchall()
    return [row[0] for row in officers], [row[0] for row in accounts]


def _other(nip: str) -> str:
    """A NIP of the same shape that nobody has: the demo gives out no number from 900 on."""
    return f"{nip[:15]}9{nip[16:]}"


if __name__ == "__main__":
    main()
