"""How the times of directory and profile grow with the register, and beside bare Django.

    DATABASE_URL=postgresql://... python -m bench.directory [--rounds 60] [--sizes 364 1051 36400]

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
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.servers import Server

SIZES = (364, 1_051, 36_400)
KINDS = ("warm", "cold", "reference-warm", "reference-cold")
WARM_UP = 5  # rounds that do not count
PER_PAGE = 25
Times = dict[tuple[int, str, str], list[float]]


def pages(size: int) -> dict[str, str]:
    return {
        "first page": "/direktori/",
        "deepest page": f"/direktori/?halaman={-(-size // PER_PAGE)}",
        "search by name": "/direktori/?q=sitti+wulandary",
        "filter by province": "/direktori/?provinsi=32",
        "profile": "/direktori/PK-000047/",
    }


def main() -> None:
    arguments = _arguments()
    databases = {size: database(size) for size in arguments.sizes}
    times: Times = defaultdict(list)
    with contextlib.ExitStack() as stack:
        servers = {
            (size, kind): stack.enter_context(Server(kind, database))
            for size, database in databases.items()
            for kind in KINDS
        }
        for round_number in range(WARM_UP + arguments.rounds):
            for (size, kind), server in servers.items():
                for page, path in pages(size).items():
                    took, _ = server.get(path)
                    if round_number >= WARM_UP:
                        times[size, kind, page].append(took)
    _report(times, arguments.sizes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Waktu halaman direktori dan profil.")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    return parser.parse_args()


def database(size: int) -> str:
    """The address of a database with a demo of that size, made when it is not there."""
    server = os.environ["DATABASE_URL"]
    name = f"epk_bench_{size}"
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
        ["demo", "--officers", str(size)],
    ):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return address


def _report(times: Times, sizes: list[int]) -> None:
    """Markdown tables: medians in milliseconds, growth, and the share of bare Django's speed."""
    median = {key: statistics.median(values) for key, values in times.items()}
    smallest, largest = sizes[0], sizes[-1]
    names = list(pages(smallest))
    for kind in ("warm", "cold"):
        print(
            f"\n{kind}, ms | {' | '.join(f'{size:,}' for size in sizes)} | {largest:,} : {smallest:,}"
        )
        print("---|" + "---:|" * (len(sizes) + 1))
        for page in names:
            row = [f"{median[size, kind, page]:.1f}" for size in sizes]
            growth = median[largest, kind, page] / median[smallest, kind, page]
            print(f"{page} | {' | '.join(row)} | {growth:.2f}")
    print(f"\ndeepest : first page | {' | '.join(f'{size:,}' for size in sizes)}")
    print("---|" + "---:|" * len(sizes))
    for kind in ("warm", "cold"):
        row = [
            f"{median[size, kind, 'deepest page'] / median[size, kind, 'first page']:.2f}"
            for size in sizes
        ]
        print(f"{kind} | {' | '.join(row)}")
    print(f"\nrequests per second, of bare Django's | {' | '.join(f'{size:,}' for size in sizes)}")
    print("---|" + "---:|" * len(sizes))
    for kind in ("warm", "cold"):
        for page in names:
            row = [
                f"{median[size, f'reference-{kind}', page] / median[size, kind, page]:.2f}"
                for size in sizes
            ]
            print(f"{page}, {kind} | {' | '.join(row)}")


if __name__ == "__main__":
    main()
