"""Real programs under test: a free port, a quiet folder, and what still runs inside it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.plugin import PREFIX


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder straight under /tmp; nothing runs in it any more when it is removed.

    pytest's own ones lie in a folder that every new run closes to all other users, while a
    PostgreSQL started by root runs as one of those.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        for pid in running_inside(folder):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def running_inside(folder: Path) -> dict[int, str]:
    """The processes whose working folder is this one or below it, with their command lines."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = (process / "cwd").readlink()
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it ended meanwhile, or is a zombie
            continue
        if place.is_relative_to(folder):
            found[int(process.name)] = command
    return found


def wait_for(condition: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what()}")
        time.sleep(0.05)


class Program:
    """A program running in a folder, its output kept in a file."""

    def __init__(self, command: list[str], folder: Path, **environment: str) -> None:
        self.folder = folder
        self.output_file = folder.parent / f"output-{time.monotonic_ns()}"
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        with self.output_file.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env=kept | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    def catches(self, number: signal.Signals) -> bool:
        """Whether it has said by now what to do on that signal, or has ended."""
        if self.process.poll() is not None:
            return True
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        caught = int(status.partition("SigCgt:")[2].split()[0], 16)
        return bool(caught >> (number - 1) & 1)

    def wait_for_output(self, text: str, seconds: float = 90) -> None:
        wait_for(
            lambda: text in self.output or self.process.poll() is not None,
            seconds,
            lambda: f"“{text}” in:\n{self.output}",
        )
        assert text in self.output, self.output

    def pid_of(self, part: str) -> int:
        """The oldest process in the folder whose command line holds this text."""
        return min(pid for pid, line in running_inside(self.folder).items() if part in line)
