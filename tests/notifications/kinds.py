"""Kinds of event for tests: topics and posts that only their readers may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from accounts.models import User
from epk.lib import notices
from epk.lib.notices import Choice, Kind, Ref, Seen


@dataclass
class Board:
    """Who follows everything, and which items nobody may see any more."""

    followers: list[int] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    fault: Exception | None = None
    """What every question is answered with."""
    title: str = ""
    asked: int = 0

    def who(self, ref: Ref) -> Iterable[int]:  # noqa: ARG002
        return self.followers

    def seen(self, user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:  # noqa: ARG002
        self.asked += 1
        if self.fault:
            raise self.fault
        for ref in refs:
            if ref.item in self.broken:
                raise LookupError(ref.item)
        return {
            ref: Seen(self.title or f"Topik {ref.subject}", f"/forum/{ref.subject}/#{ref.item}")
            for ref in refs
            if ref.item not in self.hidden
        }

    def kind(self, name: str = "uji.balasan", default: Choice = Choice.DAILY) -> Kind:
        return Kind(
            name=name,
            group="Forum",
            label=f"Balasan ({name})",
            one="Balasan baru di {title}",
            many="{count} balasan baru di {title}",
            who=self.who,
            seen=self.seen,
            default=default,
        )


@contextmanager
def declared(*kinds: Kind) -> Iterator[None]:
    """These kinds beside those of the portal, as long as it lasts."""
    kept = dict(notices._kinds)
    try:
        for kind in kinds:
            notices.declare(kind)
        yield
    finally:
        notices._kinds.clear()
        notices._kinds.update(kept)
