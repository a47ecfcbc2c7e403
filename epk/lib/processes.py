"""Child processes that never outlive their parent: started, watched and stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
GRACE_SECONDS = 12.0
LONG_LIFE_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0


class StopAsked(BaseException):
    """Someone pressed Ctrl-C or sent a signal. Not an `Exception`: nothing may swallow it."""


@dataclass(frozen=True)
class Child:
    """A program to keep running, under the name by which messages call it."""

    name: str
    command: Sequence[str]
    comes_back: bool = False
    """Whether it is started again when it ends by itself; the end of any other ends all."""


def die_with_parent(last_signal: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program so that it gets `last_signal` when its parent dies.

    Covers `kill -9` of the parent, which no handler sees. Only Linux offers it.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)  # loaded here: little is safe after the fork
    parent = os.getpid()

    def before_program() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(last_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return before_program


@contextmanager
def stop_signals_raise() -> Iterator[None]:
    """Within the block the first stop signal raises `StopAsked`; further ones are ignored.

    Later signals are ignored so that an impatient second Ctrl-C cannot cut the stopping short.
    """

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise StopAsked

    before = {number: signal.signal(number, on_signal) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def started(children: Sequence[Child]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the children during the block, each in a process group of its own."""
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for child in children:
            processes.append(_start(child))  # noqa: PERF401 - kept where the next one fails
        yield processes
    finally:
        _stop_groups(processes)


def first_to_end(
    children: Sequence[Child],
    processes: list[subprocess.Popen[bytes]],
    *,
    each_second: Callable[[], None],
    on_return: Callable[[Child, int], None],
) -> tuple[Child, int]:
    """Wait until one of the processes ends for good; say which, and its exit code.

    One that comes back is put in the place of the old one in `processes`, each time after a longer
    pause unless it had lived for a minute.
    """
    returns = [_Return() for _ in children]
    while True:
        for place, child in enumerate(children):
            code = processes[place].poll()
            if code is not None and not child.comes_back:
                return child, code
            if code is not None and returns[place].is_due():
                on_return(child, code)
                _signal_group(processes[place], signal.SIGKILL)  # orphans of it
                processes[place] = _start(child)
        each_second()
        time.sleep(1)


class _Return:
    """When a child that ended may come back."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.pause = 0.0
        self.ended: float | None = None

    def is_due(self) -> bool:
        now = time.monotonic()
        if self.ended is None:
            self.ended = now
            lived_well = now - self.started >= LONG_LIFE_SECONDS
            self.pause = 0.0 if lived_well else min(2 * self.pause + 1, LONGEST_PAUSE_SECONDS)
        if now - self.ended < self.pause:
            return False
        self.started, self.ended = now, None
        return True


def _start(child: Child) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        child.command,
        stdin=subprocess.DEVNULL,
        # A Ctrl-C in the terminal then reaches the parent alone, which stops all in order.
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - it only calls prctl
    )


def _stop_groups(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every group to stop, wait, and kill what is left of it, orphans included."""
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        while _group_lives(process) and time.monotonic() < deadline:
            time.sleep(0.05)
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _group_lives(process: subprocess.Popen[bytes]) -> bool:
    process.poll()  # reaps the leader, which would count as alive otherwise
    return _signal_group(process, 0)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> bool:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
        return True
    return False
