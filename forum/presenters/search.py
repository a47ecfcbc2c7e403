"""What a search of the forum has found, and what is suggested while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils import timezone

from epk.lib import markdown, zones
from epk.lib.indonesian import passage, query
from epk.lib.marking import marked
from epk.lib.text import format_number
from forum.models import MEMBERS, Category, Post, Topic
from forum.presenters.addresses import topic_path
from forum.presenters.links import NAMELESS
from forum.presenters.lists import state_of
from forum.presenters.topic import when
from forum.queries.audience import readers_of
from forum.queries.search import MOST, best_posts, topics_like
from registry.models import Officer
from registry.queries.officer import ordering

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.safestring import SafeString

    from accounts.models import User
    from epk.lib.indonesian import Query
    from forum.forms.search import SearchForm

RESULTS_A_PAGE: Final = 20
MOST_SIMILAR: Final = 5
MOST_NAMES: Final = 8
STATES: Final = {"terverifikasi": "terverifikasi", "terjawab": "terjawab"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One post that was found; in `title` and `passage` the words that were found are marked."""

    path: str
    title: SafeString
    passage: SafeString
    category: str
    author: str
    number: int
    when: str
    standing: int


@dataclass(frozen=True)
class Results:
    """A page of what was found. `count` is words: "500+" where there is more."""

    asked: bool
    hits: list[Hit]
    count: str
    dropped: str
    next_query: str
    previous_query: str


@dataclass(frozen=True, slots=True)
class Like:
    """A topic that is like a title."""

    title: str
    path: str
    state: str

    @property
    def state_word(self) -> str:
        return STATES.get(self.state, "")


def results(user: User, form: SearchForm) -> Results:
    """The best of what is found in what this person may see."""
    asked = query(form.text)
    keys = best_posts(user, asked, form.filters()) if asked else []
    more = len(keys) > MOST
    keys = keys[:MOST]
    first = (form.page - 1) * RESULTS_A_PAGE
    shown = keys[first : first + RESULTS_A_PAGE]
    return Results(
        asked=bool(asked),
        hits=_hits(shown, asked),
        count=f"{MOST}+" if more else format_number(len(keys)),
        dropped=", ".join(asked.dropped),
        next_query=_query(form, form.page + 1) if first + RESULTS_A_PAGE < len(keys) else "",
        previous_query=_query(form, form.page - 1) if form.page > 1 else "",
    )


def similar(user: User, title: str) -> list[Like]:
    """The topics that somebody may see and that may already answer the question of this title."""
    keys = topics_like(user, title, MOST_SIMILAR) if title.strip() else []
    if not keys:
        return []
    rows: dict[int, Any] = Topic.objects.for_list().in_bulk(keys)
    today = timezone.now().astimezone(zones.viewers_zone()).date()
    return [
        Like(rows[key].title, topic_path(key), state_of(rows[key], today))
        for key in keys
        if key in rows
    ]


def names_like(user: User, text: str, topic: Topic) -> list[dict[str, str]]:
    """Officers who may read that topic, and whose name, unit or number is being typed."""
    today = timezone.localdate()
    rows = Officer.objects.visible_to(user).as_of(today).search(text)
    rows = rows.filter(user__in=readers_of(topic).values("pk"))
    rows = rows.order_by(*ordering("cocok", text))[:MOST_NAMES]
    return [
        {"number": row.register_number, "name": row.name, "unit": row.unit or ""}
        for row in rows.listed()
    ]


def place_of_names(user: User, place: str, category: str) -> Topic | None:
    """The topic in which somebody writes, or one that stands for it before it is begun.

    None where nobody is to be offered: in a consultation that is not asked yet, and for a place that
    this person does not see.
    """
    what, _, number = place.partition("-")
    if what in {"balas", "sunting"} and number.isascii() and number.isdigit() and len(number) < 19:
        seen = Topic.objects.visible_to(user).select_related("category")
        key = {"pk": int(number)} if what == "balas" else {"posts__pk": int(number)}
        return seen.filter(**key).first()
    if place not in {"", "topik-baru"}:
        return None
    chosen = Category.objects.startable_by(user).filter(slug=category).first() if category else None
    return Topic(category=chosen or Category(readers=[role.value for role in MEMBERS]))


def _hits(keys: list[int], asked: Query) -> list[Hit]:
    rows = Post.objects.select_related("topic__category").defer("html", "search").in_bulk(keys)
    zone = zones.viewers_zone()
    today = timezone.now().astimezone(zone).date()
    return [_hit(rows[key], asked.words, today, zone) for key in keys if key in rows]


def _hit(post: Post, words: tuple[str, ...], today: dt.date, zone: dt.tzinfo) -> Hit:
    category = post.topic.category
    return Hit(
        path=f"/forum/pos/{post.pk}/",
        title=marked(passage(post.topic.title, words, 200)),
        passage=marked(passage(markdown.plain(post.source), words)),
        category=category.name if category else "Konsultasi",
        author=post.author_name or NAMELESS,
        number=post.number,
        when=when(post.created_at, today, zone),
        standing=post.standing,
    )


def _query(form: SearchForm, page: int) -> str:
    query = {name: value for name, value in form.data.items() if value and name != "halaman"}
    return urlencode(query | ({"halaman": str(page)} if page > 1 else {}))
