"""How one question finds what somebody may see of events of many sorts, mixed as an inbox has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Value

from epk.lib.notices import Ref, Seen

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Way:
    """How what a sort of events is about is judged.

    `key` is the number in a ref, 0 for one of another sort; `rows` are pairs of number and words
    that this person may see, and `shown` what is said of a ref with those words.
    """

    key: Callable[[Ref], int]
    rows: Callable[[User, set[int]], Any]
    shown: Callable[[Ref, str], Seen]


_ways: Final[list[Way]] = []


def judged_by(way: Way) -> None:
    """Make a sort of events known to `seen_by_sort`; an app does, below its kinds."""
    _ways.append(way)


def seen_by_sort(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """What this person may see of these: one query, however mixed they are and of whatever apps."""
    asked = [{way.key(ref) for ref in refs} - {0} for way in _ways]
    parts = [
        way.rows(user, keys).annotate(way=Value(number))
        for number, (way, keys) in enumerate(zip(_ways, asked, strict=True))
        if keys
    ]
    rows: Iterable[Any] = parts[0].union(*parts[1:], all=True) if parts else ()
    found = {(number, key): words for key, words, number in rows}
    return {
        ref: way.shown(ref, found[number, key])
        for ref in refs
        for number, way in enumerate(_ways)
        if (number, (key := way.key(ref))) in found
    }
