"""What a post said, version by version, and what each edit changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from epk.lib import dates, zones
from epk.lib.differences import Piece, compare

if TYPE_CHECKING:
    from forum.models import Post

MOST_VERSIONS: Final = 50


@dataclass(frozen=True)
class Version:
    number: int
    when: str
    title: str
    old_title: str
    pieces: list[Piece]
    is_first: bool


def versions_of(post: Post) -> list[Version]:
    """The newest first, each compared with the one before it; the newest fifty."""
    revisions = list(post.revisions.order_by("-version")[:MOST_VERSIONS])
    zone = zones.viewers_zone()
    texts = [(post.version, post.edited_at or post.created_at, post.source, _title(post))]
    texts += [(row.version, row.written_at, row.source, row.title) for row in revisions]
    found = []
    for place, (number, moment, source, title) in enumerate(texts):
        older = texts[place + 1] if place + 1 < len(texts) else None
        found.append(
            Version(
                number=number,
                when=dates.format_datetime(moment, zone),
                title=title,
                old_title=older[3] if older and older[3] != title else "",
                pieces=compare(older[2], source) if older else [Piece(source, "same")],
                is_first=older is None,
            )
        )
    return found


def _title(post: Post) -> str:
    return post.topic.title if post.number == 1 else ""
