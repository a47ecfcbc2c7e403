"""What lies in and beside the data folder of the embedded server: socket, pid file, locks, log."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

SUPERUSER: Final = "postgres"
PORT: Final = 5432  # only names the socket file: the server listens on no network address
SOCKET_NAME: Final = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH: Final = 107  # bytes, of the kernel
LONGEST_LOG: Final = 5_000_000  # bytes


class ServerError(Exception):
    """The server cannot be had. The text is one sentence for whoever started it."""


def socket_folder(folder: Path) -> Path:
    """Where the server of this data folder puts its socket; the same answer every time.

    That is the data folder, or a private one in /tmp where its path is too long for a socket or
    holds characters that libpq and PostgreSQL read as the end of a path.
    """
    folder = folder.resolve()
    path = os.fsencode(folder / SOCKET_NAME)
    if len(path) <= LONGEST_SOCKET_PATH and not set(b",\"'\\") & set(path):
        return folder
    return Path("/tmp") / f"epk-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"  # noqa: S108


def is_running(folder: Path) -> bool:
    """Whether the server of this data folder is up (perhaps not yet answering)."""
    return postmaster(folder.resolve()) is not None


def pid_file(folder: Path) -> list[str]:
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
    except PermissionError as error:
        raise ServerError(f"Folder {folder} milik pengguna lain; jalankan sebagai dia.") from error


def postmaster(folder: Path) -> int | None:
    """The process id of the live server of this folder."""
    lines = pid_file(folder)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    command = _command_of(pid)
    ours = len(command) > 2 and command[0].endswith("postgres") and str(folder) in command
    return pid if ours else None


def _command_of(pid: int) -> list[str]:
    """The command line of a process; empty for a dead one and for a zombie."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [os.fsdecode(part) for part in raw.split(b"\0") if part]


def drop_foreign_pid_file(folder: Path) -> None:
    """Remove a pid file whose number now belongs to a program that is no PostgreSQL.

    Happens after a restart of the machine or container; PostgreSQL would refuse for ever.
    """
    lines = pid_file(folder)
    command = _command_of(int(lines[0])) if lines and lines[0].strip().isdigit() else []
    if command and "postgres" not in command[0]:
        (folder / "postmaster.pid").unlink(missing_ok=True)


def make_parent(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(
            f"Folder {folder.parent} tidak dapat dibuat: {error.strerror}."
        ) from error


def beside(folder: Path, suffix: str) -> Path:
    folder = folder.resolve()
    return folder.with_name(folder.name + suffix)


def open_beside(folder: Path, suffix: str) -> TextIO:
    """A file of ours beside the data folder, made where missing."""
    make_parent(folder)
    try:
        return beside(folder, suffix).open("a")
    except OSError as error:
        raise ServerError(
            f"Folder {folder.parent} tidak dapat ditulis: {error.strerror}."
        ) from error


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """One process starts or stops the server, others wait."""
    with open_beside(folder, ".lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_log(folder: Path) -> int:
    """The length of the log so far; one grown too long is set aside first."""
    log = beside(folder, ".log")
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(beside(folder, ".log.1"))
    return log.stat().st_size if log.exists() else 0


def log_since(folder: Path, start: int) -> str:
    with beside(folder, ".log").open("rb") as log:
        log.seek(start)
        return log.read(20_000).decode(errors="replace")


def reason_in(said: str) -> str:
    """The line of PostgreSQL's output that tells most."""
    if "No space left on device" in said:
        return "tidak ada ruang disk lagi."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error:" in line]
    return (telling or lines or ["tanpa keterangan"])[-1]
