"""Starting the embedded server and stopping it, whatever state the last run left it in."""

import fcntl
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from epk.lib.embedded_postgres.accounts import account_for, let_through, program, run_as
from epk.lib.embedded_postgres.files import (
    PORT,
    SUPERUSER,
    ServerError,
    beside,
    drop_foreign_pid_file,
    is_last,
    is_running,
    log_since,
    make_parent,
    one_at_a_time,
    open_beside,
    open_log,
    pid_file,
    postmaster,
    reason_in,
    socket_folder,
)
from epk.lib.processes import die_with_parent

START_SECONDS: Final = 60.0
TAKEOVER_SECONDS: Final = 15.0

# A statement that fails may hold a NIP or a phone number, so neither it nor the DETAIL line
# ("Key (nip)=(...) already exists") goes to the server's log.
SERVER_OPTIONS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For servers whose data is thrown away: a crash may ruin it, tests run faster.
THROWAWAY_OPTIONS: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_started_here: dict[Path, subprocess.Popen[bytes]] = {}


def connection_settings(folder: Path, name: str) -> dict[str, Any]:
    """Django's settings for the database `name`, of a server that need not run yet."""
    return {
        "NAME": name,
        "USER": SUPERUSER,
        "HOST": str(socket_folder(folder)),
        "PORT": str(PORT),
    }


def start(folder: Path, *, throwaway: bool = False, with_parent: bool = False) -> None:
    """Start the server, its data folder made where missing; one already running is kept.

    `throwaway` trades safety of the data for speed. `with_parent` stops a server started here
    when this process dies in whatever way.
    """
    with one_at_a_time(folder):
        _start(folder.resolve(), throwaway=throwaway, with_parent=with_parent)


def stop(folder: Path) -> None:
    """Stop the server: open transactions are rolled back, data written. Stopped already: fine."""
    with one_at_a_time(folder):
        _stop(folder.resolve())


@contextmanager
def running(folder: Path, *, database: str, owner: bool = False) -> Iterator[None]:
    """Keep the server running during the block, with the database in it, made where missing.

    It is stopped at the end unless another process is inside such a block too. The `owner`
    (the supervisor behind `make run`) stops it at its own end in any case.
    """
    with open_beside(folder, ".users") as users:
        try:
            with one_at_a_time(folder):
                # The kernel drops this lock when the process dies, so the count is never wrong.
                fcntl.flock(users, fcntl.LOCK_SH)
                _start(folder.resolve(), throwaway=False, with_parent=owner)
                create_database(folder, database)
            yield
        finally:
            with one_at_a_time(folder):
                if owner or is_last(users.fileno()):
                    _stop(folder.resolve())


def create_database(folder: Path, name: str) -> None:
    """Create the database on the running server unless it is there."""
    server = connection_settings(folder, SUPERUSER)
    try:
        with psycopg.connect(
            dbname=server["NAME"],
            user=server["USER"],
            host=server["HOST"],
            port=server["PORT"],
            connect_timeout=10,
            autocommit=True,
        ) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
                )
    except psycopg.Error as error:
        raise ServerError(f"Basis data {name} tidak dapat dibuat: {_one_line(error)}") from error


def _start(folder: Path, *, throwaway: bool, with_parent: bool) -> None:
    deadline = time.monotonic() + START_SECONDS
    if is_running(folder):
        _wait_until_ready(folder, None, deadline)
        return
    account = account_for(folder)
    if not (folder / "PG_VERSION").exists():
        _initialise(folder, account, throwaway=throwaway)
    _check_version(folder)
    _make_socket_folder(folder, account)
    options = SERVER_OPTIONS | {"unix_socket_directories": str(socket_folder(folder))}
    if throwaway:
        options |= THROWAWAY_OPTIONS
    give_up_takeover = time.monotonic() + TAKEOVER_SECONDS
    while True:
        log_start = open_log(folder)
        process = _launch(folder, account, options, with_parent=with_parent)
        _started_here[folder] = process
        if _wait_until_ready(folder, process, deadline):
            return
        said = log_since(folder, log_start)
        # After kill -9 of a server its children hold the data for a moment longer.
        leftover = "shared memory block" in said or "postmaster.pid" in said
        if not leftover or time.monotonic() > give_up_takeover:
            raise ServerError(f"PostgreSQL tidak mau menyala: {reason_in(said)}")
        drop_foreign_pid_file(folder)
        time.sleep(0.5)


def _launch(
    folder: Path,
    account: pwd.struct_passwd | None,
    options: Mapping[str, str],
    *,
    with_parent: bool,
) -> subprocess.Popen[bytes]:
    command = [str(program("postgres")), "-D", str(folder), "-p", str(PORT)]
    for key, value in options.items():
        command += ["-c", f"{key}={value}"]
    with beside(folder, ".log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C in the terminal is not for the server
            preexec_fn=die_with_parent(signal.SIGINT) if with_parent else None,  # noqa: PLW1509
            **run_as(account),
        )


def _wait_until_ready(
    folder: Path, process: subprocess.Popen[bytes] | None, deadline: float
) -> bool:
    """True once the server answers, False if the process just started ends instead."""
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            return False
        lines = pid_file(folder)
        mine = process is None or lines[:1] == [str(process.pid)]
        if mine and len(lines) >= 8 and lines[7].strip() == "ready":
            return True
        if process is None and not is_running(folder):
            raise ServerError("PostgreSQL yang sedang berjalan berhenti; coba sekali lagi.")
        time.sleep(0.05)
    if process is not None:
        process.kill()
        process.wait()
    raise ServerError(
        f"PostgreSQL belum siap setelah {START_SECONDS:.0f} detik; lihat {beside(folder, '.log')}."
    )


def _stop(folder: Path) -> None:
    if not is_running(folder):
        _reap(folder)  # one cut off while it started has written no pid file yet
        _remove_socket_folder(folder)
        return
    account = account_for(folder)
    for mode, seconds in (("fast", 30), ("immediate", 10)):
        command = [
            str(program("pg_ctl")),
            "stop",
            "-D",
            str(folder),
            "-m",
            mode,
            "-t",
            str(seconds),
        ]
        subprocess.run(command, capture_output=True, check=False, **run_as(account))
        _reap(folder)
        if not is_running(folder):
            _remove_socket_folder(folder)
            return
    raise ServerError(f"PostgreSQL di {folder} tidak mau berhenti (proses {postmaster(folder)}).")


def _reap(folder: Path) -> None:
    """End a server that this process started, and collect its exit code: no zombie is left."""
    process = _started_here.pop(folder, None)
    if process is None:
        return
    if process.poll() is None and not is_running(folder):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # an immediate stop
        process.wait()


def _initialise(folder: Path, account: pwd.struct_passwd | None, *, throwaway: bool) -> None:
    """Make the data folder beside its place and move it there: half a one is never taken."""
    make_parent(folder)
    half = beside(folder, ".new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    if account is not None:
        let_through(half.parent)
        os.chown(half, account.pw_uid, account.pw_gid)
    command = [str(program("initdb")), "-D", str(half), "-U", SUPERUSER]
    # Local trust is safe: the socket lies in a folder that only this user may enter. The
    # built-in locale sorts by code point and knows letters of all scripts, on every machine.
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    command += ["--builtin-locale=C.UTF-8", "--no-instructions"]
    if throwaway:
        command.append("--no-sync")
    made = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        check=False,
        **run_as(account),
    )
    if made.returncode != 0:
        shutil.rmtree(half, ignore_errors=True)
        raise ServerError(f"Folder data PostgreSQL tidak dapat dibuat: {reason_in(made.stderr)}")
    if folder.exists():
        folder.rmdir()  # an empty one; anything else is not ours to remove
    half.rename(folder)


def _check_version(folder: Path) -> None:
    of_data = (folder / "PG_VERSION").read_text().strip()
    said = subprocess.run(
        [program("postgres"), "--version"], capture_output=True, text=True, check=True
    )
    of_program = said.stdout.split()[-1].split(".")[0]
    if of_data != of_program:
        raise ServerError(
            f"Data di {folder} dibuat oleh PostgreSQL {of_data}, sedangkan yang terpasang versi "
            f"{of_program}; pindahkan datanya dengan pg_dump atau hapus folder itu."
        )


def _make_socket_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    place = socket_folder(folder)
    user = account.pw_uid if account is not None else os.geteuid()
    if account is not None:
        let_through(folder.parent)
    if place == folder:
        return
    with suppress(FileExistsError):
        place.mkdir(mode=0o700)
        os.chown(place, user, -1)
    found = place.lstat()
    # /tmp is everyone's: a folder laid there by somebody else could catch our connections.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user or found.st_mode & 0o077:
        raise ServerError(f"{place} bukan folder milik server ini; hapus dan coba lagi.")


def _remove_socket_folder(folder: Path) -> None:
    if socket_folder(folder) != folder:
        with suppress(OSError):
            socket_folder(folder).rmdir()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
