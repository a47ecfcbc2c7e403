"""The best answer of a topic, what it rests on, and what the Pembina has to look at."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.html import strip_tags

from epk.lib import dates, zones
from epk.lib.history_words import Entry, Wording
from epk.lib.text import format_number
from forum.models import Regulation, Topic, Verification
from forum.presenters.addresses import place_of
from registry.queries.history import events_of

if TYPE_CHECKING:
    from accounts.models import User
    from forum.forms import ReviewsForm
    from forum.models import Post
    from forum.presenters.topic import PostRow

EXCERPT: Final = 500
IN_SIGHT: Final = 3
"""An answer among the first so many posts of a page is not told twice."""
MOST_ROWS: Final = 50
REGULATIONS_A_PAGE: Final = 50
MOST_ENTRIES: Final = 50
WORDING: Final = Wording(
    subjects={"Regulation": "name"},
    names={"accounts.User": "name", "forum.Regulation": "name"},
)
EDITED: Final = "jawabannya disunting setelah diverifikasi"

MOST_STANDING: Final = 20
"""Verifications that merges can have brought into one topic."""


@dataclass(frozen=True, slots=True)
class BasisRow:
    """A regulation with the article: `Permenaker 1/2026, Pasal 12`, and since when it holds."""

    name: str
    article: str
    since: str
    ended: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a verification says; `review` is why it is to be looked at again, "" where it holds."""

    by: str
    on: str
    until: str
    note: str
    basis: list[BasisRow]
    review: str


@dataclass(frozen=True, slots=True)
class BestAnswer:
    """The answer at the top of each page of its topic; `excerpt` is "" where it stands in sight."""

    number: int
    path: str
    name: str
    meta: str
    excerpt: str
    is_accepted: bool
    accepted_path: str
    vouched: Vouched | None

    @property
    def review(self) -> str:
        return self.vouched.review if self.vouched else ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    title: str
    path: str
    category: str
    vouched: Vouched


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    title: str
    path: str
    category: str


@dataclass(frozen=True)
class Reviews:
    """A page of both lists of the Pembina; each `..._query` leads on, "" where there is no more."""

    due: list[ReviewRow]
    due_query: str
    answered: list[AnsweredRow]
    answered_query: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class RegulationRow:
    pk: int
    name: str
    title: str
    since: str
    ended: str
    successor: str
    is_over: bool
    answers: str


def best_number(topic: Any) -> int | None:
    """The number of the verified, else of the accepted answer."""
    best = topic.verification.post if topic.verification else topic.accepted
    return best.number if best is not None else None


def best_answer(topic: Any, row: PostRow | None, first: int, today: dt.date) -> BestAnswer | None:
    """For a page that begins with post `first`; None where there is none that can be read."""
    if row is None or row.html is None or row.tombstone:
        return None
    in_sight = 0 <= row.number - first < IN_SIGHT
    vouched = None
    if topic.verification:
        vouched = vouched_of(topic.verification, topic.verification.post, topic.basis, today)
    accepted = topic.accepted
    other = accepted is not None and accepted.number != row.number
    return BestAnswer(
        number=row.number,
        path=place_of(topic.pk, row.number),
        name=row.name,
        meta=row.meta,
        excerpt="" if in_sight else excerpt_of(row.html),
        is_accepted=accepted is not None and not other,
        accepted_path=place_of(topic.pk, accepted.number) if other else "",
        vouched=vouched,
    )


def excerpt_of(text: str) -> str:
    """The first words of what was rendered, without its tags."""
    plain = " ".join(html.unescape(strip_tags(text.replace("<", " <"))).split())
    if len(plain) <= EXCERPT:
        return plain
    cut = plain[:EXCERPT]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def vouched_of(
    verification: Verification, post: Post, basis: list[dict[str, Any]], today: dt.date
) -> Vouched:
    day = verification.verified_at.astimezone(zones.viewers_zone())
    return Vouched(
        by=verification.verified_by_name,
        on=dates.format_date(day),
        until=dates.format_date(verification.valid_until),
        note=verification.note,
        basis=[_basis_row(cited) for cited in basis],
        review=why_review(verification, post, basis, today),
    )


def why_review(
    verification: Verification, post: Post, basis: list[dict[str, Any]], today: dt.date
) -> str:
    """Why an answer is to be looked at again, in words; "" where it is not."""
    reasons = []
    if post.version != verification.post_version:
        reasons.append(EDITED)
    for cited in basis:
        ended = _day(cited["ended"])
        if ended is not None and ended <= today:
            reasons.append(_replaced(cited, ended))
    if verification.valid_until < today:
        reasons.append(f"masa berlakunya habis {dates.format_date(verification.valid_until)}")
    if not reasons and verification.review_from <= today:
        reasons.append("Pembina memintanya")
    return "; ".join(reasons)


def answer_context(post: Post) -> dict[str, Any]:
    """What the page of a verification shows of the answer and of what stands in its topic now."""
    standing = Verification.objects.standing().for_review().filter(post__topic=post.topic_id)
    rows = list(standing.order_by("-verified_at", "-pk")[:MOST_STANDING])
    found: Any = min(rows, key=lambda row: row.post_id != post.pk, default=None)
    return {
        "standing": vouched_of(found, found.post, found.basis, timezone.localdate())
        if found
        else None,
        "is_this": found is not None and found.post_id == post.pk,
    }


def reviews_of(user: User, form: ReviewsForm) -> Reviews:
    """A page of each list: what waits longest to be looked at, and the newest unverified answers."""
    due, due_query = _due(user, form.after_review)
    answered, answered_query = _answered(user, form.after_answered)
    return Reviews(
        due=due,
        due_query=due_query,
        answered=answered,
        answered_query=answered_query,
        is_first=form.after_review is None and form.after_answered is None,
    )


def _due(user: User, after: tuple[dt.date, int] | None) -> tuple[list[ReviewRow], str]:
    today = timezone.localdate()
    due = Verification.objects.to_review(today).visible_to(user)
    if after is not None:
        due = due.after(*after)
    found: list[Any] = list(due.for_review().order_by("review_from", "pk")[: MOST_ROWS + 1])
    more, found = len(found) > MOST_ROWS, found[:MOST_ROWS]
    rows = [
        ReviewRow(
            title=one.post.topic.title,
            path=place_of(one.post.topic_id, one.post.number),
            category=one.post.topic.category.name,
            vouched=vouched_of(one, one.post, one.basis, today),
        )
        for one in found
    ]
    return rows, _place("tinjau", found[-1].review_from, found[-1].pk) if more else ""


def _answered(user: User, after: tuple[dt.datetime, int] | None) -> tuple[list[AnsweredRow], str]:
    """Questions with an accepted answer that no Pembina has vouched for."""
    asked = Topic.objects.visible_to(user).public().listed().unverified()
    if after is not None:
        asked = asked.after("", *after)
    rows = asked.select_related("category", "accepted").defer(
        "accepted__source", "accepted__html", "accepted__search"
    )
    found = list(rows.in_order("")[: MOST_ROWS + 1])
    more, found = len(found) > MOST_ROWS, found[:MOST_ROWS]
    shown = [
        AnsweredRow(
            title=topic.title,
            path=place_of(topic.pk, topic.accepted.number) if topic.accepted else "",
            category=topic.category.name if topic.category else "",
        )
        for topic in found
    ]
    return shown, _place("belum", found[-1].last_posted_at, found[-1].pk) if more else ""


def _place(name: str, value: dt.date, key: int) -> str:
    return urlencode({name: f"{value.isoformat()}~{key}"})


def regulation_entries(regulation: Regulation) -> list[Entry]:
    """What a regulation said before, and who changed it, the newest first."""
    return WORDING.entries(events_of(regulation)[:MOST_ENTRIES])


def regulations_of(number: int) -> Page[Any]:
    """A page of the regulations, those that no longer hold included."""
    found: Any = Regulation.objects.for_list()
    page: Page[Any] = Paginator(found, REGULATIONS_A_PAGE).get_page(number)
    today = timezone.localdate()
    page.object_list = [_regulation_row(found, today) for found in page.object_list]
    return page


def _regulation_row(regulation: Any, today: dt.date) -> RegulationRow:
    ended = regulation.replaced_on
    return RegulationRow(
        pk=regulation.pk,
        name=regulation.name,
        title=regulation.title,
        since=dates.format_date(regulation.in_force_from),
        ended=dates.format_date(ended) if ended else "",
        successor=regulation.replaced_by.name if regulation.replaced_by else "",
        is_over=ended is not None and ended <= today,
        answers=format_number(regulation.answers),
    )


def _basis_row(cited: dict[str, Any]) -> BasisRow:
    since, ended = _day(cited["since"]), _day(cited["ended"])
    return BasisRow(
        name=cited["name"],
        article=cited["article"],
        since=dates.format_date(since) if since else "",
        ended=dates.format_date(ended) if ended else "",
    )


def _replaced(cited: dict[str, Any], ended: dt.date) -> str:
    words = f"{cited['name']} tidak berlaku sejak {dates.format_date(ended)}"
    return f"{words}, diganti dengan {cited['successor']}" if cited["successor"] else words


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
