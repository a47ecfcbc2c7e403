"""How the forum's times grow from 10,000 posts to 1,000,000, and beside bare Django.

    DATABASE_URL=postgresql://... python -m bench.forum [--rounds 30] [--only list search]

Makes a database for each size on that server where there is none yet; the larger takes a quarter of
an hour. Requests go round and round over all servers and pages; medians count, of the time until the
answer was there and of the processor time that the worker and its process of PostgreSQL have used.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

from bench.filling import MODERATOR, ORDINARY, PEMBINA
from bench.servers import Server, processor_time

SIZES: Final = {10_000: 364, 1_000_000: 36_400}
"""Posts, and the officers of the register that go with them."""
KINDS: Final = ("portal", "reference")
WARM_UP: Final = 3  # rounds that do not count
PER_PAGE: Final = 20
TOKEN: Final = "x" * 32
REPLY: Final = (
    "Terima kasih atas penjelasannya. Di dinas kami **sama**:\n\n- berkas diperiksa\n- lalu dikirim"
)
# Those who reply in turn follow from the beginning, so that each reply tells as many.
FOLLOW: Final = """
INSERT INTO forum_topicfollow (user_id, topic_id, stance, created_at)
SELECT id, %(topic)s, 'ikut', now() FROM accounts_user WHERE email = ANY(%(writers)s)
ON CONFLICT DO NOTHING
"""
# What they wrote in the run before does not count against their limits in this one.
LONG_AGO: Final = """
UPDATE forum_post SET created_at = created_at - interval '3 hours' WHERE author_id IN (
    SELECT id FROM accounts_user WHERE email LIKE 'pembaca-%'
) AND created_at > now() - interval '2 hours'
"""
LISTED: Final = "category_id IS NOT NULL AND hidden_at IS NULL AND merged_into_id IS NULL"


@dataclass
class Place:
    """One database: where its pages are, and by which cookie who comes in."""

    address: str
    cookies: dict[str, str]
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name of the page: who asks, and what."""
    reply: str = ""

    def writers(self, *, names: bool = False) -> list[str]:
        """Whoever replies in turn: their cookies, or their addresses."""
        found = [pair for pair in self.cookies.items() if pair[0].startswith("pembaca")]
        return [name if names else cookie for name, cookie in found]


@dataclass
class Taken:
    """Of one page and server."""

    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0
    statements: int = 0


Results = dict[tuple[int, str, str], Taken]


def main() -> None:
    arguments = _arguments()
    places = {posts: place_of(posts) for posts in arguments.sizes}
    results: Results = defaultdict(Taken)
    with contextlib.ExitStack() as stack:
        servers = {
            (posts, kind): stack.enter_context(Server(kind, place.address))
            for posts, place in places.items()
            for kind in KINDS
        }
        for number in range(WARM_UP + arguments.rounds):
            for (posts, kind), server in servers.items():
                round_of(server, places[posts], arguments.only, number, results, (posts, kind))
    report(results, arguments.sizes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Waktu halaman forum.")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--only", nargs="*", default=[], help="Halaman yang namanya memuat ini.")
    return parser.parse_args()


def round_of(
    server: Server,
    place: Place,
    only: list[str],
    number: int,
    results: Results,
    key: tuple[int, str],
) -> None:
    """Every page once, and a reply; what is measured is noted from the first round that counts."""
    asked: list[tuple[str, str, str, dict[str, str] | None]] = [
        (name, path, place.cookies[who], None) for name, (who, path) in place.pages.items()
    ]
    writers = place.writers()
    # The reference replays what the last of them has sent.
    writer = writers[-1 if key[1] == "reference" else number % (len(writers) - 1)]
    form = {"source": REPLY, "key": str(uuid.uuid4()), "aksi": "kirim"}
    form["csrfmiddlewaretoken"] = TOKEN
    asked.append(("reply", place.reply, f"{writer}; csrftoken={TOKEN}", form))
    processes = server.processes()
    for name, path, cookie, data in asked:
        if only and not any(part in name for part in only):
            continue
        before = processor_time(processes)
        took, response, page = server.ask("GET" if data is None else "POST", path, cookie, data)
        used = processor_time(processes) - before
        wanted = {200, 302} if data is None else {302}
        if response.status not in wanted or "/akun/masuk" in (response.getheader("Location") or ""):
            raise RuntimeError(f"{name}: {response.status} {page[:2000]!r}")
        if number < WARM_UP:
            processes = server.processes()  # the first request opens the connection
            continue
        taken = results[*key, name]
        taken.times.append(took)
        taken.processor.append(used)
        taken.size = len(page)
        taken.statements = int(response.getheader("X-Statements") or 0)


def place_of(posts: int) -> Place:
    """The database of that size, made when it is not there."""
    server = os.environ["DATABASE_URL"]
    name = f"epk_bench_forum_{posts}"
    address = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    environment = os.environ | {"DATABASE_URL": address, "DEMO": "1"}
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        there = found.fetchone() is not None
        if not there:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
    if not there:
        filling = ["--officers", str(SIZES[posts]), "--posts", str(posts)]
        for command in (
            ["manage.py", "migrate", "--verbosity", "0"],
            ["manage.py", "createcachetable"],
            ["-m", "bench.filling", *filling],
        ):
            subprocess.run([sys.executable, *command], env=environment, check=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(LONG_AGO.encode())
        connection.execute("VACUUM ANALYZE")
        command = [sys.executable, "-m", "bench.filling", "--cookies"]
        told = subprocess.run(command, env=environment, check=True, capture_output=True)
        place = Place(address, json.loads(told.stdout))
        _find(place, connection)
    return place


def _find(place: Place, connection: psycopg.Connection[Any]) -> None:
    def one(query: str) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = connection.execute(query.encode()).fetchone()
        if row is None:
            raise RuntimeError(f"nothing there: {query}")
        return row

    def cursor(order: str, condition: str = "") -> str:
        """Where the thousandth page of a list begins, or its last."""
        rows = f"FROM forum_topic WHERE {LISTED} {condition}"
        deep = min(1_000, one(f"SELECT count(*) {rows}")[0] // 25 - 1)
        column = {"": "last_posted_at", "terima-kasih": "thanks_count"}[order]
        value, key = one(
            f"SELECT {column}, id {rows} ORDER BY {column} DESC, id DESC OFFSET {deep * 25} LIMIT 1"
        )
        text = value if order else value.isoformat()
        return urlencode({"urut": order, "setelah": f"{text}~{key}"})

    slug, category = one(
        "SELECT slug, id FROM forum_category WHERE id = (SELECT category_id FROM forum_topic"
        f" WHERE {LISTED} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)"
    )
    open_ones = f"{LISTED} AND locked_at IS NULL"
    replied = one(f"SELECT min(id) FROM forum_topic WHERE {open_ones} AND last_number >= 20")[0]
    place.reply = f"/forum/topik/{replied}/balas/"
    connection.execute(FOLLOW.encode(), {"topic": replied, "writers": place.writers(names=True)})
    short = one(
        f"SELECT max(id) FROM forum_topic WHERE {LISTED} AND last_number BETWEEN 18 AND 20"
    )[0]
    long, length = one(
        f"SELECT id, last_number FROM forum_topic WHERE {LISTED} ORDER BY last_number DESC LIMIT 1"
    )
    last = -(-length // PER_PAGE)
    post = one(f"SELECT id FROM forum_post WHERE topic_id = {long} AND number = {length - 5}")[0]
    word = {
        "common word": {"q": "kerja"},
        "three words": {"q": "angka kredit jenjang"},
        "rare word": {"q": "isyarat"},
        "phrase": {"q": '"uji kompetensi"'},
        "misspelt": {"q": "penempattan"},
        "no hit": {"q": "xyzzyplugh"},
        "category": {"q": "kerja", "kategori": slug},
        "author": {"q": "kerja", "penulis": "PK-000047"},
        "author by name": {"q": "kerja", "penulis": "wirasentosa"},
        "thousands by authors of a name": {"q": "kerja", "penulis": "hartanto"},
        "unknown author": {"q": "kerja", "penulis": "tidakadanama"},
        "accepted": {"q": "kerja", "jawaban": "diterima"},
        "verified": {"q": "kerja", "jawaban": "terverifikasi"},
        "unanswered": {"q": "kerja", "jawaban": "belum"},
        "old dates": {"q": "kerja", "sejak": "2018-01-01", "sampai": "2018-02-01"},
        "25th page": {"q": "kerja", "halaman": "25"},
    }
    ordinary = {
        "index": "/forum/",
        "index, 1000th page": f"/forum/?{cursor('')}",
        "list, most thanked": "/forum/?urut=terima-kasih",
        "list, most thanked, 1000th": f"/forum/?{cursor('terima-kasih')}",
        "list, unanswered": "/forum/?tampil=belum-terjawab",
        "list, unanswered, most thanked": "/forum/?tampil=belum-terjawab&urut=terima-kasih",
        "list, mine": "/forum/?tampil=ikut-saya",
        "list, mine, most thanked": "/forum/?tampil=ikut-saya&urut=terima-kasih",
        "list, unread": "/forum/?tampil=belum-dibaca",
        "list, unread, most thanked": "/forum/?tampil=belum-dibaca&urut=terima-kasih",
        "category list": f"/forum/{slug}/",
        "category list, deepest": f"/forum/{slug}/?{cursor('', f'AND category_id = {category}')}",
        "category list, unanswered": f"/forum/{slug}/?tampil=belum-terjawab",
        "category list, mine": f"/forum/{slug}/?tampil=ikut-saya",
        "category list, unread": f"/forum/{slug}/?tampil=belum-dibaca",
        "category list, most thanked": f"/forum/{slug}/?urut=terima-kasih",
        "topic of 20": f"/forum/topik/{short}/",
        "longest topic, first page": f"/forum/topik/{long}/",
        "longest topic, middle": f"/forum/topik/{long}/?halaman={last // 2}",
        "longest topic, deepest": f"/forum/topik/{long}/?halaman={last - 1}",
        "permanent address": f"/forum/pos/{post}/",
        **{f"search, {name}": f"/forum/cari/?{urlencode(asked)}" for name, asked in word.items()},
        "similar topics": f"/forum/topik/serupa/?{urlencode({'judul': 'Angka kredit untuk pelatihan di Karawang'})}",
        "mention names": "/forum/topik/sebut/?q=sit",
        "drafts": "/forum/draf/",
        "consultations": "/konsultasi/",
        "reply form": place.reply,
    }
    place.pages = {name: (ORDINARY, path) for name, path in ordinary.items()}
    others = {
        "moderator: index": (MODERATOR, "/forum/"),
        "moderator: category list": (MODERATOR, f"/forum/{slug}/"),
        "moderator: topic of 20": (MODERATOR, f"/forum/topik/{short}/"),
        "moderator: search, common word": (MODERATOR, "/forum/cari/?q=kerja"),
        "moderator: queue": (MODERATOR, "/forum/moderasi/"),
        "moderator: log": (MODERATOR, "/forum/moderasi/catatan/"),
        "Pembina: index": (PEMBINA, "/forum/"),
        "Pembina: topic of 20": (PEMBINA, f"/forum/topik/{short}/"),
        "Pembina: reviews": (PEMBINA, "/forum/topik/tinjauan/"),
        "Pembina: regulations": (PEMBINA, "/forum/topik/peraturan/"),
    }
    place.pages |= others


def report(results: Results, sizes: list[int]) -> None:
    """A Markdown table: medians, growth, and the share of bare Django's speed, at each size."""
    small, large = sizes[0], sizes[-1]
    names = list(dict.fromkeys(name for _, _, name in results))

    def median(posts: int, kind: str, name: str, column: str) -> float:
        return float(statistics.median(getattr(results[posts, kind, name], column)))

    print(
        f"| page | statements | {small:,} posts, ms | {large:,}, ms | growth | of bare Django"
        f" | processor, {small:,}, ms | {large:,}, ms | growth | of bare Django | kB |"
    )
    print("|---|" + "---:|" * 10)
    for name in names:
        row = [f"{results[posts, 'reference', name].statements}" for posts in (small, large)]
        cells = [row[0] if row[0] == row[1] else " / ".join(row)]
        for column in ("times", "processor"):
            first, last = (median(posts, "portal", name, column) for posts in (small, large))
            bare = [median(posts, "reference", name, column) for posts in (small, large)]
            cells += [
                f"{first:.1f}",
                f"{last:.1f}",
                f"{last / first:.2f}",
                f"{bare[0] / first:.2f} / {bare[1] / last:.2f}",
            ]
        cells.append(f"{results[large, 'portal', name].size / 1_000:.0f}")
        print(f"| {name} | {' | '.join(cells)} |")
    deep = ("longest topic, first page", "longest topic, middle", "longest topic, deepest")
    if all((large, "portal", name) in results for name in deep):
        for name in deep[1:]:
            shares = [
                f"{median(large, 'portal', name, column) / median(large, 'portal', deep[0], column):.2f}"
                for column in ("times", "processor")
            ]
            print(f"\n{name} : first page: {shares[0]} (processor {shares[1]})")


if __name__ == "__main__":
    main()
