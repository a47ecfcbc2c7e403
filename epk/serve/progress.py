"""One line for each step: what is being done, how long it takes, how it ended."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from epk.lib.text import format_number


class Step:
    """A step that is running; `note` is the word written when it ends well."""

    note = "selesai"


class Progress:
    """Writes the lines. On a terminal the seconds of a long step count up in place."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    @contextmanager
    def step(self, text: str) -> Iterator[Step]:
        step, start, over = Step(), time.monotonic(), threading.Event()
        self.say(f"{text} … ", end="")
        counter = threading.Thread(target=self._count, args=(text, start, over), daemon=True)
        if self.out.isatty():
            counter.start()
        ending = "dihentikan"
        try:
            yield step
            ending = step.note
        except Exception:
            ending = "gagal"
            raise
        finally:
            over.set()
            if counter.is_alive():
                counter.join()
                self.say(f"\r\033[K{text} … ", end="")
            self.say(f"{ending} ({format_number(time.monotonic() - start, 1)} s)")

    def say(self, text: str, end: str = "\n") -> None:
        self.out.write(text + end)
        self.out.flush()

    def _count(self, text: str, start: float, over: threading.Event) -> None:
        while not over.wait(1):
            self.say(f"\r\033[K{text} … {time.monotonic() - start:.0f} s", end="")
