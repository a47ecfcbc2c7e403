"""Runs an inspection program on somebody else's bytes in a child process with hard limits."""

import json
import logging
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

PROGRAMS = Path(__file__).parent
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 8
WALL_SECONDS = 20
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)
_STOPPED = {-signal.SIGXCPU, -signal.SIGKILL}


class InspectionRefusedError(Exception):
    """The program said no, ran into a limit, broke down or found no free place: see `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def inspect(program: str, *arguments: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """What `program` says of `data`: one line of JSON, then the bytes that follow it.

    At most `AT_ONCE` children of one web process run at a time, so that many uploads together
    cannot take the memory of the machine.
    """
    if not _places.acquire(timeout=WALL_SECONDS):
        raise InspectionRefusedError("busy")
    try:
        output = _run(program, *arguments, data=data)
    finally:
        _places.release()
    line, _, rest = output.partition(b"\n")
    try:
        verdict = dict(json.loads(line))
    except (ValueError, TypeError) as error:
        raise InspectionRefusedError("unreadable") from error
    if not verdict or "refused" in verdict:
        raise InspectionRefusedError(str(verdict.get("refused", "unreadable")))
    return verdict, rest


def _run(program: str, *arguments: str, data: bytes) -> bytes:
    # -I and an empty environment: the child sees neither our settings nor our secrets. It reads
    # nothing before the limits below stand, because its input comes only afterwards. They are set
    # from outside: preexec_fn is not safe in a process with threads.
    with subprocess.Popen(
        [sys.executable, "-I", "-B", str(PROGRAMS / program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    ) as process:
        try:
            _limit(process.pid)
            output, _ = process.communicate(data, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            logger.warning("%s took more than %s s and was stopped", program, WALL_SECONDS)
            raise InspectionRefusedError("too_complex") from error
        finally:
            process.kill()
    if process.returncode in _STOPPED:
        logger.warning("%s was stopped at a limit (signal %s)", program, -process.returncode)
        raise InspectionRefusedError("too_complex")
    if process.returncode:
        logger.info("%s ended with %s", program, process.returncode)
        raise InspectionRefusedError("unreadable")
    return output


def _limit(pid: int) -> None:
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.prlimit(pid, limit)
        if ceiling != resource.RLIM_INFINITY:  # only root may raise it, and need not
            value = min(value, ceiling)  # noqa: PLW2901
        resource.prlimit(pid, limit, (value, value))
