"""Watching children: one that comes back does so, after longer and longer pauses."""

from __future__ import annotations

import sys
import time

import pytest

from epk.lib.processes import Child, first_to_end, started

pytestmark = pytest.mark.process


def test_one_comes_back_until_another_ends_for_good() -> None:
    short = Child("sebentar", [sys.executable, "-c", "raise SystemExit(3)"], comes_back=True)
    long = Child("lama", [sys.executable, "-c", "import time; time.sleep(6); raise SystemExit(7)"])
    returns: list[tuple[str, int]] = []
    ticks: list[float] = []
    with started([short, long]) as processes:
        ended = first_to_end(
            [short, long],
            processes,
            each_second=lambda: ticks.append(time.monotonic()),
            on_return=lambda child, code: returns.append((child.name, code)),
        )
    assert ended == (long, 7)
    # At about 1 and 4 s: the pauses are 1 and 3 s long.
    assert returns == [("sebentar", 3)] * 2
    assert len(ticks) >= 5
    assert all(process.poll() is not None for process in processes)
