"""`make run` as a person meets it: real processes in a copy of the checkout."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from epk.lib import embedded_postgres
from tests.processes import Program, free_port, own_folder, running_inside, wait_for

pytestmark = pytest.mark.process

READY = "Tekan Ctrl-C untuk berhenti."
# Production's settings but for the host: the demo data would take a minute to make.
PRODUCTION = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1"}
WORKER = "manage.py worker"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")


@pytest.fixture(scope="module")
def checkout(checkout_root: Path) -> Iterator[Path]:
    """A copy of this checkout with its own `var`, served once so that later starts are quick."""
    with own_folder() as place:
        copy = place / "checkout"
        shutil.copytree(checkout_root, copy, ignore=LEFT_OUT)
        first = serve(copy, 240)  # brotli takes its time, on a busy machine even more
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(20) == 0
        yield copy


def serve(folder: Path, seconds: float = 60) -> Program:
    command = [sys.executable, "manage.py", "serve"]
    program = Program(
        command,
        folder,
        PORT=str(free_port()),
        EMAIL_URL=f"file://{folder}/letters",
        **PRODUCTION,
    )
    program.wait_for_output(READY, seconds)
    return program


def in_database(folder: Path, query: str) -> list[tuple[object, ...]]:
    place = embedded_postgres.connection_settings(folder / "var" / "postgres", "epk")
    with psycopg.connect(
        dbname=place["NAME"], user=place["USER"], host=place["HOST"], port=place["PORT"]
    ) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def assert_nothing_runs(folder: Path) -> None:
    wait_for(lambda: not running_inside(folder), 10, lambda: f"nothing in {running_inside(folder)}")


def test_second_start_is_quick_keeps_the_data_and_stops_on_sigterm(checkout: Path) -> None:
    in_served(checkout, "CREATE TABLE kept AS SELECT 7 AS n")
    start = time.monotonic()
    program = serve(checkout)

    assert time.monotonic() - start < 10
    assert in_database(checkout, "SELECT n FROM kept") == [(7,)]
    assert "tidak berubah" in program.output
    assert_ready(program)

    program.process.send_signal(signal.SIGTERM)

    assert program.process.wait(15) == 0
    assert running_inside(checkout) == {}
    assert "Sudah berhenti." in program.output


def in_served(folder: Path, query: str) -> None:
    with embedded_postgres.running(folder / "var" / "postgres", database="epk"):
        in_database(folder, query)


def assert_ready(program: Program) -> None:
    address = program.output.split("berjalan di ")[1].split()[0]
    with urllib.request.urlopen(f"{address}/readyz", timeout=10) as reply:
        assert reply.status == 200


def test_ctrl_c_stops_everything(checkout: Path) -> None:
    program = serve(checkout)

    program.process.send_signal(signal.SIGINT)
    program.process.send_signal(signal.SIGINT)

    assert program.process.wait(15) == 0
    assert running_inside(checkout) == {}


def test_kill_9_of_the_web_server_stops_postgresql_too(checkout: Path) -> None:
    program = serve(checkout)

    os.kill(program.pid_of("gunicorn"), signal.SIGKILL)

    assert program.process.wait(20) == 1
    assert "server web berhenti tak terduga" in program.output
    assert running_inside(checkout) == {}


def test_kill_9_of_the_worker_brings_another_and_the_web_server_goes_on(checkout: Path) -> None:
    program = serve(checkout)
    first = program.pid_of(WORKER)

    os.kill(first, signal.SIGKILL)

    program.wait_for_output("Pekerja latar berhenti (kode -9); dinyalakan lagi.", 10)
    wait_for(lambda: worker_of(program) not in {None, first}, 10, lambda: program.output)
    assert_ready(program)
    assert_mail_leaves(checkout)
    program.process.terminate()
    assert program.process.wait(15) == 0
    assert running_inside(checkout) == {}


def worker_of(program: Program) -> int | None:
    found = [pid for pid, line in running_inside(program.folder).items() if WORKER in line]
    return found[0] if found else None


def assert_mail_leaves(folder: Path) -> None:
    """Through the outbox and the worker of this server, into the folder of its EMAIL_URL."""
    done = subprocess.run(
        [sys.executable, "manage.py", "send_test_email", "siti@contoh.example", "--wait", "40"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Terkirim."
    letters = [path.read_text() for path in (folder / "letters").iterdir()]
    assert any("Subject: Surat uji e-Pengantar Kerja" in letter for letter in letters)


def test_kill_9_of_the_supervisor_leaves_nothing_behind(checkout: Path) -> None:
    program = serve(checkout)

    program.process.kill()
    program.process.wait()

    assert_nothing_runs(checkout)


def test_postgresql_that_died_is_started_again(checkout: Path) -> None:
    program = serve(checkout)

    os.kill(program.pid_of("bin/postgres"), signal.SIGKILL)

    program.wait_for_output("PostgreSQL mati; menyalakannya lagi.", 10)
    folder = checkout / "var" / "postgres"
    wait_for(lambda: embedded_postgres.is_running(folder), 10, lambda: "PostgreSQL")
    embedded_postgres.start(folder)
    assert_ready(program)
    assert_mail_leaves(checkout)
    program.process.terminate()
    assert program.process.wait(15) == 0


def test_second_make_run_of_the_same_checkout_is_refused(checkout: Path) -> None:
    program = serve(checkout)

    second = Program([sys.executable, "manage.py", "serve"], checkout, PORT="1", **PRODUCTION)

    assert second.process.wait(20) == 1
    assert "make run lain dari folder ini masih berjalan" in second.output
    assert second.output.count("\n") == 1
    program.process.terminate()
    assert program.process.wait(15) == 0


def test_port_in_use(checkout: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "manage.py", "serve"]
        program = Program(command, checkout, PORT=str(port), **PRODUCTION)

        assert program.process.wait(20) == 1

    assert f"port {port} sudah dipakai program lain" in program.output
    assert program.output.count("\n") == 1
    assert running_inside(checkout) == {}


def test_database_that_cannot_be_reached(checkout: Path) -> None:
    address = f"postgresql://u:rahasia@127.0.0.1:{free_port()}/epk"
    command = [sys.executable, "manage.py", "serve"]
    program = Program(command, checkout, PORT=str(free_port()), DATABASE_URL=address, **PRODUCTION)

    assert program.process.wait(30) == 1
    assert "Tidak dapat berjalan: basis data menolak" in program.output
    assert "Traceback" not in program.output
    assert "rahasia" not in program.output


def test_command_brings_its_own_database_and_stops_it(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "showmigrations", "sessions"],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "[X] 0001_initial" in done.stdout
    assert running_inside(checkout) == {}


def test_sigterm_to_make_stops_everything(checkout: Path, checkout_root: Path) -> None:
    (checkout / ".venv").symlink_to(checkout_root / ".venv")
    program = Program(["make", "run"], checkout, PORT=str(free_port()), DEMO="0", **PRODUCTION)
    program.wait_for_output(READY)

    program.process.terminate()

    program.process.wait(20)
    assert_nothing_runs(checkout)
