"""A circular as a row of a list, as a page, and as the card on the home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from epk.lib import zones
from epk.lib.dates import format_date, format_datetime
from news.models import Circular
from news.presenters.articles import FileRow, file_row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from accounts.models import User

MOST_ON_CARD: Final = 20


@dataclass(frozen=True, slots=True)
class CircularRow:
    """One circular of a list; `own` is when the viewer acknowledged it, "" where they have not."""

    title: str
    path: str
    letter: str
    summary: str
    when: str
    deadline: str
    is_late: bool
    own: str


@dataclass(frozen=True, slots=True)
class CircularPage:
    """One circular with its text.

    `is_asked` says whether the viewer belongs to the audience, `own` when they acknowledged it.
    """

    key: int
    version: int
    number: int
    title: str
    letter: str
    summary: str
    html: SafeString
    published: str
    updated: str
    note: str
    deadline: str
    is_late: bool
    files: list[FileRow]
    is_asked: bool
    own: str


@dataclass(frozen=True, slots=True)
class CircularCard:
    """What the home page says of the circulars to be read; `count` in words: "2 edaran"."""

    title: str
    path: str
    deadline: str
    is_late: bool
    count: str


def circular_rows(circulars: Iterable[Any]) -> list[CircularRow]:
    """Rows of circulars read with `for_list` and `with_own_moment`."""
    zone, today = zones.viewers_zone(), timezone.localdate()
    return [_row(circular, zone, today) for circular in circulars]


def circular_page(circular: Any) -> CircularPage:
    """The live version, for whom it was read with `for_page` and `with_own_moment`."""
    zone, version = zones.viewers_zone(), circular.live
    is_changed = version.number > 1 and version.decided_at is not None
    is_asked = bool(circular.is_asked)
    return CircularPage(
        key=circular.pk,
        version=version.pk,
        number=version.number,
        title=version.title,
        letter=version.letter,
        summary=version.summary,
        html=mark_safe(version.html),  # noqa: S308  (rendered and cleaned by news.rendering)
        published=format_datetime(circular.publish_from, zone),
        updated=format_datetime(version.decided_at, zone) if is_changed else "",
        note=version.note if is_changed else "",
        deadline=format_date(version.deadline) if version.deadline else "",
        is_late=_is_late(version.deadline, timezone.localdate()),
        files=[file_row(row) for row in version.files.all()],
        is_asked=is_asked,
        own=format_datetime(circular.own_moment, zone) if circular.own_moment else "",
    )


def circular_card(user: User) -> CircularCard | None:
    """The circular that waits for this person, the nearest deadline first: one query."""
    waiting = Circular.objects.addressed_to(user).unread_by(user).for_list().by_deadline()
    found = list(waiting[: MOST_ON_CARD + 1])
    if not found:
        return None
    first: Any = found[0]
    deadline = first.live.deadline
    count = str(len(found)) if len(found) <= MOST_ON_CARD else f"lebih dari {MOST_ON_CARD}"
    return CircularCard(
        title=first.live.title,
        path=reverse("news:circular", args=[first.pk]),
        deadline=format_date(deadline) if deadline else "",
        is_late=_is_late(deadline, timezone.localdate()),
        count=f"{count} edaran",
    )


def _row(circular: Any, zone: dt.tzinfo, today: dt.date) -> CircularRow:
    version = circular.live
    return CircularRow(
        title=version.title,
        path=reverse("news:circular", args=[circular.pk]),
        letter=version.letter,
        summary=version.summary,
        when=format_date(circular.publish_from.astimezone(zone)),
        deadline=format_date(version.deadline) if version.deadline else "",
        is_late=_is_late(version.deadline, today),
        own=format_datetime(circular.own_moment, zone) if circular.own_moment else "",
    )


def _is_late(deadline: dt.date | None, today: dt.date) -> bool:
    return deadline is not None and deadline < today
