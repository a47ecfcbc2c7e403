"""Whether every event is told, in order and hardly any twice, while workers are killed.

    DATABASE_URL=postgresql://... python -m bench.notifications [--kills 10] [--events 10000]

Many people are told of events, of most at once and of two in the digest of the day; workers are
started, killed (kill -9) at moments drawn by chance, and replaced. A mail server on loopback notes
what arrives. Clocks are the real ones: what a killed worker leaves behind is found by the portal's
own means, within a minute or two.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiosmtpd.controller import Controller

DATABASE = "epk_bench_mail"
LONGEST = 1_800  # seconds, after which what has not arrived counts as lost
WRITTEN_AT_ONCE = 100
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE | re.IGNORECASE)
NUMBER = re.compile(rb"Perangkat: Peramban (\d+)")
DIGEST = re.compile(rb"^Subject: Ringkasan harian: 2 pemberitahuan", re.MULTILINE)
CHANGES = 2
"""Events of the digest, for each person."""


class Receiver:
    """Takes every mail and notes for each recipient its number and Message-ID, as they come."""

    def __init__(self) -> None:
        self.arrived: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
        self.digests: dict[str, list[bytes]] = defaultdict(list)
        self.count = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        number, message_id = NUMBER.search(envelope.content), MESSAGE_ID.search(envelope.content)
        is_digest = DIGEST.search(envelope.content)
        if message_id is None or not (number or is_digest):
            return "554 Not one of ours"
        for recipient in envelope.rcpt_tos:
            if number:
                self.arrived[recipient].append((int(number[1]), message_id[1]))
            else:
                self.digests[recipient].append(message_id[1])
        self.count += 1
        return "250 OK"

    def start(self) -> str:
        """Its address, as EMAIL_URL."""
        self.controller.start()
        return f"smtp://127.0.0.1:{self.port}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Surat dan pekerja latar yang dimatikan paksa.")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20_261_124)
    asked = parser.parse_args()
    receiver = Receiver()
    environment = os.environ | {
        "DATABASE_URL": _new_database(os.environ["DATABASE_URL"]),
        "EMAIL_URL": receiver.start(),
        "DEMO": "1",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, check=True
    )
    os.environ.update(environment)
    writing = _write(asked.events, asked.people)
    chance = random.Random(asked.seed)
    moments = sorted(chance.sample(range(asked.events // 50, asked.events * 19 // 20), asked.kills))
    sending = _send(receiver, asked, moments, chance, environment)
    receiver.controller.stop()
    _report(receiver, asked, moments, writing, sending)


def _new_database(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{DATABASE}"'.encode())
    return urlunsplit(urlsplit(server)._replace(path=f"/{DATABASE}"))


def _write(events: int, people: int) -> float:
    """Everyone's first event, then everyone's second, and so on; the seconds it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epk.settings")
    import django  # noqa: PLC0415 - the settings read the address of the new database

    django.setup()
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from accounts.notices import NEW_DEVICE  # noqa: PLC0415
    from accounts.notices import subject_of as account_of  # noqa: PLC0415
    from epk.lib.notices import notify  # noqa: PLC0415
    from notifications.models import Notification  # noqa: PLC0415
    from registry.models import Officer  # noqa: PLC0415
    from registry.notices import RECORD_CHANGED  # noqa: PLC0415
    from registry.notices import subject_of as record_of  # noqa: PLC0415

    users = [
        User.objects.create_user(
            f"p{number}@contoh.example", None, name=f"P {number}", activated_at=timezone.now()
        )
        for number in range(people)
    ]
    for user in users:
        Officer.objects.create(name=user.name, user=user, sex=Officer.Sex.FEMALE)
    began = time.perf_counter()
    for first in range(0, events, WRITTEN_AT_ONCE):
        with transaction.atomic():
            for event in range(first, min(first + WRITTEN_AT_ONCE, events)):
                number, person = divmod(event, people)
                facts = {"device": f"Peramban {number}", "address": "192.0.2.1"}
                subject = account_of(users[person])
                notify(NEW_DEVICE, subject=subject, item=f"masuk-{number}", facts=facts)
    took = time.perf_counter() - began
    for number in range(CHANGES):
        for user in users:
            subject, facts = record_of(user.officer), {"fields": "Pangkat"}
            notify(RECORD_CHANGED, subject=subject, item=f"versi-{number}", facts=facts)
    # It is the time of the digest.
    Notification.objects.for_digests().update(due_at=timezone.now())
    return took


def _send(
    receiver: Receiver,
    asked: argparse.Namespace,
    moments: list[int],
    chance: random.Random,
    environment: dict[str, str],
) -> float:
    """Seconds until nothing waits any more."""
    command = [sys.executable, "manage.py", "worker"]
    workers = [subprocess.Popen(command, env=environment) for _ in range(asked.workers)]
    began = time.perf_counter()
    left, looked = list(moments), 0.0
    try:
        while time.perf_counter() - began < LONGEST:
            if left and receiver.count >= left[0]:
                left.pop(0)
                time.sleep(chance.random() / 20)
                victim = workers.pop(chance.randrange(len(workers)))
                victim.kill()
                victim.wait()
                workers.append(subprocess.Popen(command, env=environment))
            elif time.perf_counter() - looked > 1:
                looked = time.perf_counter()
                if not _waiting():
                    break
            time.sleep(0.002)
        return time.perf_counter() - began
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(20)


def _waiting() -> int:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        query = (
            "SELECT (SELECT count(*) FROM notifications_mail WHERE state = 'menunggu')"
            " + (SELECT count(*) FROM notifications_notification WHERE due_at IS NOT NULL)"
        )
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _report(
    receiver: Receiver,
    asked: argparse.Namespace,
    moments: list[int],
    writing: float,
    sending: float,
) -> None:
    letters = [letter for person in receiver.arrived.values() for letter in person]
    different = {message_id for _, message_id in letters}
    wrong = sum(
        [number for number, _ in dict.fromkeys(person)]
        != sorted(number for number, _ in dict.fromkeys(person))
        for person in receiver.arrived.values()
    )
    digests = [message_id for ids in receiver.digests.values() for message_id in ids]
    repeated = len(letters) - len(different) + len(digests) - len(set(digests))
    distinct = len(
        {(box, number) for box in receiver.arrived for number, _ in receiver.arrived[box]}
    )
    rows = {
        "events told at once": f"{asked.events:,} to {asked.people:,} people in {writing:.1f} s",
        "workers, kill -9": f"{asked.workers}, {len(moments)}",
        "arrived": f"{distinct:,} of {asked.events:,}",
        "arrived again, the same Message-ID": f"{repeated}",
        "arrived again, another Message-ID": f"{len(different) - distinct}",
        "digests arrived": f"{len(receiver.digests):,} of {asked.people:,} people",
        "digests made twice": f"{sum(len(set(ids)) > 1 for ids in receiver.digests.values())}",
        "people whose mails came out of order": f"{wrong}",
        "until the last": f"{sending:.1f} s, {(len(letters) + len(digests)) / sending:.0f} a second",
    }
    print("\n| | |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
