"""How the times of the news grow with the number of articles, and beside bare Django.

    DATABASE_URL=postgresql://... python -m bench.news [--rounds 60] [--sizes 300 10000]

Makes a database for each size on that server where there is none yet. Requests go round and
round over all servers and pages, so that a drift of the machine meets all alike; medians count.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from bench.servers import Server

SIZES = (300, 10_000)
KINDS = ("warm", "reference-warm")
WARM_UP = 5  # rounds that do not count
OFFICERS = 60
A_PAGE = 12
FIRST, DEEPEST = "first page", "deepest page"
PLACE = """
SELECT publish_from, id FROM news_article
WHERE live_id IS NOT NULL AND withdrawn_at IS NULL AND audience = 'umum' AND publish_from <= now()
ORDER BY publish_from, id OFFSET %s LIMIT 1
"""
Times = dict[tuple[int, str, str], list[float]]


def pages(place: str) -> dict[str, str]:
    """The addresses; `place` is where the deepest page begins."""
    return {
        FIRST: "/berita/",
        DEEPEST: f"/berita/?setelah={quote(place)}",
        "kind": "/berita/?jenis=pengumuman",
        "category and year": "/berita/?kategori=karier&tahun=2024",
        "search, common word": "/berita/?q=menempatkan",
        "search, rare word": "/berita/?q=podcast",
        "search, nothing": "/berita/?q=xyzzyplugh",
        "article": "/berita/artikel-uji-152/",
        "feed": "/berita/umpan.xml",
    }


def main() -> None:
    arguments = _arguments()
    databases = {size: database(size) for size in arguments.sizes}
    addresses = {size: pages(deepest(found)) for size, found in databases.items()}
    times: Times = defaultdict(list)
    with contextlib.ExitStack() as stack:
        servers = {
            (size, kind): stack.enter_context(Server(kind, found))
            for size, found in databases.items()
            for kind in KINDS
        }
        for round_number in range(WARM_UP + arguments.rounds):
            for (size, kind), server in servers.items():
                for page, path in addresses[size].items():
                    took, _ = server.get(path)
                    if round_number >= WARM_UP:
                        times[size, kind, page].append(took)
    _report(times, arguments.sizes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Waktu halaman berita.")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    return parser.parse_args()


def database(size: int) -> str:
    """The address of a database with so many articles, made when it is not there."""
    server = os.environ["DATABASE_URL"]
    name = f"epk_bench_news_{size}"
    address = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return address
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    environment = os.environ | {"DATABASE_URL": address, "DEMO": "1"}
    for command in (
        ["migrate", "--verbosity", "0"],
        ["createcachetable"],
        ["demo", "--officers", str(OFFICERS), "--articles", str(size)],
    ):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return address


def deepest(address: str) -> str:
    """Where the last full page of the list begins."""
    with psycopg.connect(address) as connection:
        row = connection.execute(PLACE, [A_PAGE]).fetchone()
    if row is None:
        raise RuntimeError(f"{address}: no articles")
    return f"{row[0].isoformat()}~{row[1]}"


def _report(times: Times, sizes: list[int]) -> None:
    """Markdown tables: medians in milliseconds, growth, and the share of bare Django's speed."""
    median = {key: statistics.median(values) for key, values in times.items()}
    smallest, largest = sizes[0], sizes[-1]
    heads = " | ".join(f"{size:,}" for size in sizes)
    names = list(pages(""))
    print(f"\nms | {heads} | {largest:,} : {smallest:,}\n---|{'---:|' * (len(sizes) + 1)}")
    for page in names:
        row = " | ".join(f"{median[size, 'warm', page]:.1f}" for size in sizes)
        growth = median[largest, "warm", page] / median[smallest, "warm", page]
        print(f"{page} | {row} | {growth:.2f}")
    print(f"\ndeepest : first page | {heads}\n---|{'---:|' * len(sizes)}")
    ratios = [median[size, "warm", DEEPEST] / median[size, "warm", FIRST] for size in sizes]
    print(f"portal | {' | '.join(f'{ratio:.2f}' for ratio in ratios)}")
    print(f"\nrequests per second, of bare Django's | {heads}\n---|{'---:|' * len(sizes)}")
    for page in names:
        shares = [
            median[size, "reference-warm", page] / median[size, "warm", page] for size in sizes
        ]
        print(f"{page} | {' | '.join(f'{share:.2f}' for share in shares)}")


if __name__ == "__main__":
    main()
