"""Lists of topics and of categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from epk.lib import zones
from epk.lib.text import avatar_colour, format_number, initials
from forum.models import Category, Topic
from forum.presenters.addresses import place_of, topic_path
from forum.presenters.links import NAMELESS
from forum.presenters.topic import when

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from forum.forms import ListForm

TOPICS_A_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic of a list."""

    title: str
    path: str
    category: str
    category_path: str
    author: str
    initials: str
    colour: int
    replies: str
    last: str
    thanks: int
    kind: str
    state: str
    is_unread: bool
    unread_path: str
    is_pinned: bool
    is_locked: bool
    is_hidden: bool
    is_muted: bool


@dataclass(frozen=True)
class TopicList:
    """A page of a list; `next_query` leads to the following one, "" where there is none."""

    rows: list[TopicRow]
    pinned: list[TopicRow]
    next_query: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class CategoryRow:
    name: str
    path: str
    description: str
    is_unread: bool
    is_archived: bool
    stance: str


def category_rows(user: User) -> list[CategoryRow]:
    """The categories somebody reads, in their order."""
    rows: Any = Category.objects.visible_to(user).for_index(user)
    return [
        CategoryRow(
            name=found.name,
            path=reverse("forum:category", args=[found.slug]),
            description=found.description,
            is_unread=found.is_unread,
            is_archived=found.is_archived,
            stance=found.my_stance or "",
        )
        for found in rows
    ]


def topic_list(user: User, form: ListForm, category: Category | None = None) -> TopicList:
    """A page of topics; the pinned ones of a category stand above its first page."""
    seen = Topic.objects.visible_to(user).public().listed()
    if category is not None:
        seen = seen.filter(category=category)
    marked = seen.with_marks(user).with_author_number()
    chosen = _chosen(marked, user, form)
    after = form.after
    if after is not None:
        chosen = chosen.after(form.order, *after)
    pinned: list[Any] = []
    if category is not None and after is None and not form.showing:
        pinned = list(marked.for_list().filter(pinned_at__isnull=False).in_order("")[:10])
    found = list(chosen.for_list().in_order(form.order)[: TOPICS_A_PAGE + 1])
    more = len(found) > TOPICS_A_PAGE
    found = found[:TOPICS_A_PAGE]
    above = {topic.pk for topic in pinned}
    return TopicList(
        rows=_rows([topic for topic in found if topic.pk not in above], user),
        pinned=_rows(pinned, user),
        next_query=_next_query(form, found[-1]) if more else "",
        is_first=after is None,
    )


def _chosen(topics: Any, user: User, form: ListForm) -> Any:
    if form.showing == "belum-terjawab":
        return topics.unanswered()
    if form.showing == "ikut-saya":
        return topics.with_part_of(user)
    if form.showing == "belum-dibaca":
        return topics.unread_by(user)
    return topics


def _next_query(form: ListForm, last: Any) -> str:
    value = last.thanks_count if form.order else last.last_posted_at.isoformat()
    query = {"tampil": form.showing, "urut": form.order, "setelah": f"{value}~{last.pk}"}
    return urlencode({name: text for name, text in query.items() if text})


def _rows(topics: list[Any], user: User) -> list[TopicRow]:
    zone = zones.viewers_zone()
    today = timezone.now().astimezone(zone).date()
    paths: dict[int, str] = {}
    rows = []
    for topic in topics:
        category = topic.category
        if category.pk not in paths:
            paths[category.pk] = reverse("forum:category", args=[category.slug])
        author = topic.author_name or NAMELESS
        unread = _is_unread(topic, user)
        rows.append(
            TopicRow(
                title=topic.title,
                path=topic_path(topic.pk),
                category=category.name,
                category_path=paths[category.pk],
                author=author,
                initials=initials(author),
                colour=avatar_colour(topic.author_number or 0),
                replies=format_number(topic.reply_count),
                last=f"{topic.last_author_name or NAMELESS}, {when(topic.last_posted_at, today, zone)}",
                thanks=topic.thanks_count,
                kind=topic.kind,
                state=state_of(topic, today),
                is_unread=unread,
                unread_path=place_of(topic.pk, (topic.my_mark or 0) + 1)
                if unread
                else topic_path(topic.pk),
                is_pinned=topic.pinned_at is not None,
                is_locked=topic.is_locked,
                is_hidden=topic.is_hidden,
                is_muted=topic.my_stance == "bisu",
            )
        )
    return rows


def state_of(topic: Any, today: dt.date) -> str:
    """The word about the answer of a question: "" for a discussion."""
    if topic.verification is not None:
        return "ditinjau" if topic.verification.review_from <= today else "terverifikasi"
    if topic.accepted_id is not None:
        return "terjawab"
    return "belum" if topic.kind == Topic.Kind.QUESTION else ""


def _is_unread(topic: Any, user: User) -> bool:
    """As `TopicQuerySet.unread_by`, for a row of a list."""
    if topic.my_stance == "bisu":
        return False
    if topic.my_mark is not None:
        return bool(topic.last_number > topic.my_mark)
    since: dt.datetime = max(topic.read_at or user.date_joined, user.date_joined)
    return bool(topic.last_posted_at > since)
