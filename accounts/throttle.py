"""How many tries are too many: counted in PostgreSQL for all workers, under keyed digests alone."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts import devices
from accounts.devices import plain_name
from accounts.models import ThrottleCount
from epk.lib import security_log
from epk.lib.addresses import client_address, counted_address
from epk.lib.dates import format_rest
from epk.lib.digests import keyed_digest

if TYPE_CHECKING:
    from django.http import HttpRequest

Part = Literal["account", "address", "device"]
MINUTE: Final = 60
HOUR: Final = 3_600
SWEEP_EVERY: Final = 60.0
MOST_FREE_KEYS: Final = 10_000


@dataclass(frozen=True)
class Limit:
    """At most so many tries in a window; the window begins with the first try."""

    by: tuple[Part, ...]
    most: int
    seconds: int
    longest: int = 0
    """Above 0: each window that was used up makes the next one twice as long, up to this."""
    unless: Part | None = None
    """Does not hold for a try of which this is known."""
    free: int = 0
    """So many a minute pass in one process without being counted anywhere else."""


MAILED: Final = (
    Limit(("account", "device"), 3, 15 * MINUTE),
    Limit(("account", "address"), 3, 15 * MINUTE, longest=HOUR, unless="device"),
    Limit(("address",), 60, 10 * MINUTE, unless="device"),
    Limit(("account",), 10, HOUR, unless="device"),
)
# The narrow limits stand first, and what one refuses is not counted by those after it. So one
# address cannot use up the tries of an account everywhere, nor one account those of its office.
LIMITS: Final[dict[str, tuple[Limit, ...]]] = {
    # Only failures stay counted: a success is given back by `release`.
    "login": (
        Limit(("account", "device"), most=10, seconds=MINUTE, longest=15 * MINUTE),
        Limit(("account", "address"), 5, MINUTE, longest=30 * MINUTE, unless="device"),
        Limit(("address",), 100, 10 * MINUTE, unless="device"),
        Limit(("account",), 40, 10 * MINUTE, longest=HOUR, unless="device"),
    ),
    "second_factor": (
        Limit(("account", "address"), 5, MINUTE, longest=30 * MINUTE),
        Limit(("address",), 100, 10 * MINUTE),
        Limit(("account",), 20, 10 * MINUTE, longest=HOUR),
    ),
    # These send mail, so each counts, whether the name exists or not. Whoever is refused because
    # others have asked in their name has the mail that those have asked for.
    "activation": MAILED,
    "reset": MAILED,
    "email_change": (
        Limit(("account",), 5, HOUR, longest=6 * HOUR),
        Limit(("address",), 60, HOUR),
    ),
    "search": (
        Limit(("account",), 240, MINUTE, free=30),
        Limit(("address",), 120, MINUTE, unless="account", free=30),
    ),
    # Programs that fetch a feed: who has no key that counts is known by their address alone.
    "feed": (
        Limit(("account",), 60, MINUTE, free=10),
        Limit(("address",), 60, MINUTE, unless="account", free=10),
    ),
    # What the public writes below the news. The account is the article: one address cannot fill it,
    # and many cannot fill the queue of the editors.
    "comment": (
        Limit(("account", "address"), 10, 10 * MINUTE),
        Limit(("address",), 30, HOUR),
        Limit(("account",), 120, HOUR),
    ),
    # Under one's own name.
    "comment_member": (
        Limit(("account",), 20, 10 * MINUTE),
        Limit(("address",), 60, 10 * MINUTE, unless="account"),
    ),
    # Each sends a mail to an address that may be somebody else's.
    "comment_mail": (
        Limit(("account",), 3, HOUR, longest=6 * HOUR),
        Limit(("address",), 10, HOUR, unless="account"),
    ),
    "comment_report": (
        Limit(("account",), 20, HOUR),
        Limit(("address",), 20, HOUR, unless="account"),
    ),
    # The page that proves a certificate: nobody guesses its code, but somebody may try.
    "certificate": (
        Limit(("account",), 120, MINUTE, free=20),
        Limit(("address",), 60, MINUTE, unless="account", free=20),
    ),
    # Answers by NIP, so nothing is free; a counter office sits behind one address.
    "check": (
        Limit(("account",), 120, MINUTE),
        Limit(("address",), 60, MINUTE, unless="account"),
    ),
}


@dataclass(frozen=True)
class Verdict:
    """May this try go on, and if not, after how many seconds may the next."""

    allowed: bool
    retry_after: int = 0
    limit: str = ""
    """The parts by which the refusing limit counts, for the log."""
    counted: tuple[tuple[bytes, bool], ...] = ()
    """The buckets this try is counted in, and whether others share them."""

    @property
    def rest(self) -> str:
        return format_rest(self.retry_after)

    @property
    def sentence(self) -> str:
        return f"Terlalu banyak percobaan. Coba lagi dalam {self.rest}."


class TooManyError(ValidationError):
    """A form is refused because of its number; the page answers 429 (`accounts.refusals`)."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.sentence, code="too_many")
        self.verdict = verdict


def hit(name: str, *, account: str = "", address: str = "", device: str = "") -> Verdict:
    """Count one try under every limit of this name that has what it counts by.

    Call it before the try and outside of a transaction that may be rolled back. `account` is the
    name as it was typed: one that does not exist is counted just like one that does.
    """
    if not settings.THROTTLE:
        return Verdict(allowed=True)
    known = {
        "account": plain_name(account),
        "address": counted_address(address),
        "device": device,
    }
    counted: list[tuple[bytes, bool]] = []
    for limit in LIMITS[name]:
        if limit.unless and known[limit.unless]:
            continue
        if not all(known[part] for part in limit.by):
            continue
        key = _bucket(name, limit.by, known)
        if limit.free and _free.takes(key, limit.free):
            continue
        tries, rest = ThrottleCount.objects.count_try(
            key, most=limit.most, seconds=limit.seconds, longest=limit.longest
        )
        counted.append((key, len(limit.by) == 1))
        if tries > limit.most:
            _sweeper.sweep()
            return Verdict(False, max(rest, 1), "+".join(limit.by), tuple(counted))
    if counted:
        _sweeper.sweep()
    return Verdict(True, counted=tuple(counted))


def hit_by(request: HttpRequest, name: str, *, account: str = "") -> Verdict:
    """Count one try of this request; `account` where it is not that of who is logged in."""
    if not account and request.user.is_authenticated:
        account = f"#{request.user.pk}"
    verdict = hit(
        name,
        account=account,
        address=client_address(request),
        device=devices.known_id(request, account) if account else "",
    )
    if not verdict.allowed:
        who = security_log.digest(plain_name(account)) if account else None
        security_log.event(
            "throttled", request, limit=name, by=verdict.limit, rest=verdict.retry_after, who=who
        )
    return verdict


def release(verdict: Verdict) -> None:
    """Give a try back that succeeded: its own buckets are emptied, shared ones lose one try."""
    own = [key for key, shared in verdict.counted if not shared]
    common = [key for key, shared in verdict.counted if shared]
    ThrottleCount.objects.release(own=own, common=common)


def forget_free() -> None:
    """Begin the free tries of this process anew, as each test does."""
    _free.clear()


def _bucket(name: str, by: tuple[Part, ...], known: dict[str, str]) -> bytes:
    text = "\x1f".join([name, *by, *(known[part] for part in by)])
    return keyed_digest("accounts.throttle", text)


class _Free:
    """Tries of the running minute in this process: what most readers do costs no write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._tries: dict[bytes, int] = {}

    def takes(self, key: bytes, most: int) -> bool:
        minute = int(time.monotonic() // MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._tries = minute, {}
            tries = self._tries.get(key, 0)
            if tries >= most or (not tries and len(self._tries) >= MOST_FREE_KEYS):
                return False
            self._tries[key] = tries + 1
            return True

    def clear(self) -> None:
        with self._lock:
            self._tries = {}


class _Sweeper:
    """Removes what has run out, at most once a minute in each process, where one writes anyway."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = time.monotonic() + SWEEP_EVERY

    def sweep(self) -> None:
        now = time.monotonic()
        with self._lock:
            if now < self._next:
                return
            self._next = now + SWEEP_EVERY
        ThrottleCount.objects.sweep()


_free = _Free()
_sweeper = _Sweeper()
