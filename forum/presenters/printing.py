"""A topic for paper: up to two hundred posts in one piece, with whole dates and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import timezone

from epk.lib import dates, zones
from epk.lib.text import format_number
from forum.models import Post
from forum.presenters.addresses import topic_path
from forum.presenters.answers import BestAnswer, best_answer, best_number
from forum.presenters.topic import PostRow, post_rows

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.safestring import SafeString

    from accounts.models import User

POSTS_A_PART: Final = 200
PRIVATE: Final = "Konsultasi pribadi"


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One post; `html` is None for a tombstone, whoever prints it."""

    number: int
    anchor: str
    path: str
    address: str
    name: str
    meta: str
    role: str
    standing: int
    when: str
    edited: str
    html: SafeString | None
    tombstone: str
    files: list[dict[str, Any]]


@dataclass(frozen=True)
class _Paginator:
    count: int
    num_pages: int


@dataclass(frozen=True)
class PrintPart:
    """A part of a topic, with what the component of pages asks for."""

    facts: list[tuple[str, str]]
    rows: list[PrintRow]
    best: BestAnswer | None
    number: int
    start_index: int
    end_index: int
    more: str
    paginator: _Paginator

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.paginator.num_pages

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def print_part(topic: Any, user: User, number: int) -> PrintPart | None:
    """That part of the topic; None where it is not that long. Takes `for_reader` rows."""
    parts = max((topic.last_number - 1) // POSTS_A_PART + 1, 1)
    if number > parts:
        return None
    first = (number - 1) * POSTS_A_PART + 1
    last = min(first + POSTS_A_PART - 1, topic.last_number)
    best = best_number(topic)
    there = Post.objects.filter(topic_id=topic.pk)
    chosen = there.numbered_with(first, last, best) if best else there.numbered(first, last)
    posts: list[Any] = list(chosen.for_reader(user))
    for post in posts:
        post.topic = topic
    rows = post_rows(posts, topic, user, can_write=False)
    zone = zones.viewers_zone()
    answer = next((row for row in rows if row.number == best), None)
    return PrintPart(
        facts=_facts(topic, first, last, zone),
        rows=[
            _row(post, row, zone)
            for post, row in zip(posts, rows, strict=True)
            if first <= row.number <= last
        ],
        best=best_answer(topic, answer, first, timezone.localdate()),
        number=number,
        start_index=first,
        end_index=last,
        more=_more(topic, last),
        paginator=_Paginator(topic.last_number, parts),
    )


def _facts(topic: Any, first: int, last: int, zone: dt.tzinfo) -> list[tuple[str, str]]:
    count = format_number(topic.last_number)
    part = f"{format_number(first)}–{format_number(last)} dari {count}"
    return [
        ("Kategori", topic.category.name if topic.category else PRIVATE),
        ("Dimulai", dates.format_datetime(topic.created_at, zone)),
        ("Tulisan", count if (first, last) == (1, topic.last_number) else part),
        ("Alamat tetap", f"{settings.SITE_URL}{topic_path(topic.pk)}"),
        ("Dicetak", dates.format_datetime(timezone.now(), zone)),
    ]


def _more(topic: Any, last: int) -> str:
    if last >= topic.last_number:
        return ""
    until = min(last + POSTS_A_PART, topic.last_number)
    return f"Tulisan {format_number(last + 1)}–{format_number(until)} ada di bagian berikutnya."


def _row(post: Any, row: PostRow, zone: dt.tzinfo) -> PrintRow:
    edited = post.edited_at if row.edited else None
    return PrintRow(
        number=row.number,
        anchor=row.anchor,
        path=row.path,
        address=f"{settings.SITE_URL}{row.path}",
        name=row.name,
        meta=row.meta,
        role=row.role,
        standing=row.standing,
        when=dates.format_datetime(post.created_at, zone),
        edited=dates.format_datetime(edited, zone) if edited else "",
        html=None if row.tombstone else row.html,
        tombstone=row.tombstone,
        files=row.files if not row.tombstone else [],
    )
