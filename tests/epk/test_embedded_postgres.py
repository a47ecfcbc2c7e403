"""The embedded server: it starts from every state, and never outlives those who use it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from epk.lib import embedded_postgres
from epk.lib.embedded_postgres import ServerError
from tests.processes import own_folder, running_inside, wait_for

pytestmark = pytest.mark.process

START_AND_SLEEP = """
import sys, time
from pathlib import Path
from epk.lib import embedded_postgres
embedded_postgres.start(Path(sys.argv[1]), throwaway=True, with_parent=True)
print("started", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def made_once() -> Iterator[Path]:
    """One data folder for all tests: making one takes longer than starting it."""
    with own_folder() as place:
        embedded_postgres.start(place / "postgres", throwaway=True)
        embedded_postgres.stop(place / "postgres")
        yield place / "postgres"


@pytest.fixture
def folder(made_once: Path) -> Iterator[Path]:
    yield made_once
    embedded_postgres.stop(made_once)
    assert running_inside(made_once.parent) == {}


def ask(folder: Path, query: str, name: str = "postgres") -> Any:
    place = embedded_postgres.connection_settings(folder, name)
    with psycopg.connect(
        dbname=place["NAME"], user=place["USER"], host=place["HOST"], port=place["PORT"]
    ) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone() if cursor.description else None


def test_settings_are_known_before_the_server_exists(tmp_path: Path) -> None:
    place = embedded_postgres.connection_settings(tmp_path / "none", "epk")

    assert place == {
        "NAME": "epk",
        "USER": "postgres",
        "HOST": str(tmp_path / "none"),
        "PORT": "5432",
    }
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["x" * 120, "koma,", 'kutip"'])
def test_socket_of_an_awkward_path_lies_in_tmp(name: str) -> None:
    first = embedded_postgres.socket_folder(Path("/srv") / name)

    assert first.parent == Path("/tmp")
    assert first == embedded_postgres.socket_folder(Path("/srv") / name)
    assert first != embedded_postgres.socket_folder(Path("/srv/y") / name)


def test_server_of_a_deep_folder(made_once: Path) -> None:
    with own_folder() as place:
        deep = place / ("d" * 60) / ("e" * 60) / "postgres"
        deep.parent.mkdir(parents=True)
        subprocess.run(["cp", "-a", made_once, deep], check=True)
        embedded_postgres.start(deep, throwaway=True)

        assert ask(deep, "SELECT 1") == (1,)

        embedded_postgres.stop(deep)
        assert not embedded_postgres.socket_folder(deep).exists()


def test_data_survives_a_stop(folder: Path) -> None:
    with embedded_postgres.running(folder, database="epk"):
        ask(folder, "CREATE TABLE kept AS SELECT 7 AS n", "epk")
    assert not embedded_postgres.is_running(folder)

    with embedded_postgres.running(folder, database="epk"):
        assert ask(folder, "SELECT n FROM kept", "epk") == (7,)


def test_locale_is_the_same_on_every_machine(folder: Path) -> None:
    with embedded_postgres.running(folder, database="epk"):
        row = ask(folder, "SELECT lower('ÉÀ'), 'Z' < 'a', pg_encoding_to_char(6)", "epk")

    assert row == ("éà", True, "UTF8")


def test_server_listens_on_no_network_address(folder: Path) -> None:
    embedded_postgres.start(folder)

    assert ask(folder, "SHOW listen_addresses") == ("",)
    assert ask(folder, "SHOW unix_socket_permissions") == ("0700",)


def test_last_user_stops_the_server(folder: Path) -> None:
    with embedded_postgres.running(folder, database="epk"):
        with embedded_postgres.running(folder, database="epk"):
            pass
        assert embedded_postgres.is_running(folder)

    assert not embedded_postgres.is_running(folder)


def test_owner_stops_the_server_in_any_case(folder: Path) -> None:
    with embedded_postgres.running(folder, database="epk"):
        with embedded_postgres.running(folder, database="epk", owner=True):
            pass
        assert not embedded_postgres.is_running(folder)


def test_server_starts_again_after_kill_9(folder: Path) -> None:
    embedded_postgres.start(folder)
    os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    wait_for(lambda: not embedded_postgres.is_running(folder), 5, lambda: "a dead server")

    embedded_postgres.start(folder)

    assert ask(folder, "SELECT 1") == (1,)


def test_server_starts_beside_a_pid_file_of_another_program(folder: Path) -> None:
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n1\n5432\n\n\n1 1\nready\n")
    shutil.chown(folder / "postmaster.pid", folder.owner(), folder.group())

    embedded_postgres.start(folder)

    assert ask(folder, "SELECT 1") == (1,)


def test_server_dies_with_a_parent_that_was_killed(folder: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", START_AND_SLEEP, str(folder)], stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == b"started\n"
    parent.kill()
    parent.wait()

    wait_for(lambda: not embedded_postgres.is_running(folder), 10, lambda: "a stopped server")


def test_data_of_another_version_is_refused(folder: Path) -> None:
    version = (folder / "PG_VERSION").read_text()
    (folder / "PG_VERSION").write_text("12\n")
    try:
        with pytest.raises(ServerError, match="dibuat oleh PostgreSQL 12"):
            embedded_postgres.start(folder)
    finally:
        (folder / "PG_VERSION").write_text(version)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ServerError, match="tidak dapat dibuat"):
        embedded_postgres.start(tmp_path / "file" / "postgres")
