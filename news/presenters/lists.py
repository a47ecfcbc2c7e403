"""The list of news: a page of it, its filters, and in words what it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils import timezone

from epk.lib import zones
from epk.lib.indonesian import query
from epk.lib.text import format_number
from news.models import Article
from news.presenters.articles import ArticleRow, article_rows
from news.queries.search import MOST, best_articles

if TYPE_CHECKING:
    from epk.lib.indonesian import Query
    from news.forms.lists import ListForm
    from news.queries.readers import Viewer

A_PAGE: Final = 12
MOST_PINNED: Final = 3
MOST_LATEST: Final = 3
MOST_COUNTED: Final = 100
"""Beyond that a list is not counted: nobody reads on, and counting reads every row."""
NOUNS: Final = {"": "tulisan", "berita": "berita", "pengumuman": "pengumuman", "materi": "materi"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the list, or widens it again where it is the one in force."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one filter."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the query of the same list without it."""

    label: str
    query: str


@dataclass(frozen=True)
class ArticleList:
    """A page of the list. Queries begin with a question mark; "" leads nowhere."""

    rows: list[ArticleRow]
    pinned: list[ArticleRow]
    headline: str
    groups: list[Group]
    chips: list[Chip]
    filters: int
    """How many filters are in force, the words of a search not counted."""
    hidden: list[tuple[str, str]]
    """What the form of the search carries along."""
    next_query: str
    back_query: str
    dropped: str
    can_search: bool
    is_first: bool


def article_list(user: Viewer, form: ListForm) -> ArticleList:
    """The newest first, or for a search the best; above the first page what is pinned."""
    visible = Article.objects.visible_to(user)
    asked = query(form.text)
    zone = zones.viewers_zone()
    oldest = visible.order_by("publish_from").values_list("publish_from", flat=True).first()
    years = _years(oldest, zone)
    common: dict[str, Any] = {
        "groups": _groups(form, years),
        "chips": _chips(form),
        "filters": sum(bool(part) for part in (form.kind, form.category, form.year)),
        "hidden": list(form.query(q="").items()),
        "dropped": ", ".join(asked.dropped),
        "can_search": bool(asked),
    }
    chosen = _chosen(visible, form, zone)
    if form.text:
        return ArticleList(**_search(chosen, form, asked), **common)
    return ArticleList(**_page(visible, chosen, form), **common)


def latest_rows(user: Viewer, most: int = MOST_LATEST) -> list[ArticleRow]:
    """The newest, for the front page."""
    return article_rows(Article.objects.visible_to(user).for_list().in_order()[:most])


def _page(visible: Any, chosen: Any, form: ListForm) -> dict[str, Any]:
    after = form.after
    rows = chosen.after(*after) if after else chosen
    found = list(rows.for_list().in_order()[: A_PAGE + 1])
    more = len(found) > A_PAGE
    found = found[:A_PAGE]
    pinned: list[Any] = []
    headline = "Berita sebelumnya"
    if form.is_narrowed:
        headline = _headline(chosen.order_by()[: MOST_COUNTED + 1].count(), MOST_COUNTED, form)
    elif not after:
        headline = "Terbaru"
        pinned = list(visible.for_list().pinned()[:MOST_PINNED])
    above = {article.pk for article in pinned}
    last = found[-1] if more else None
    place = f"{last.publish_from.isoformat()}~{last.pk}" if last else ""
    return {
        "rows": article_rows(article for article in found if article.pk not in above),
        "pinned": article_rows(pinned),
        "headline": headline,
        "next_query": _query(form.query(setelah=place)) if place else "",
        "back_query": _query(form.query()) if after else "",
        "is_first": not after,
    }


def _search(chosen: Any, form: ListForm, asked: Query) -> dict[str, Any]:
    keys = best_articles(chosen, asked) if asked else []
    counted = _headline(len(keys), MOST, form)
    first = (form.page - 1) * A_PAGE
    keys = keys[:MOST]
    shown = keys[first : first + A_PAGE]
    found: dict[int, Any] = Article.objects.for_list().in_bulk(shown)
    is_last = first + A_PAGE >= len(keys)
    return {
        "rows": article_rows((found[key] for key in shown), asked.words),
        "pinned": [],
        "headline": counted,
        "next_query": "" if is_last else _query(form.query(halaman=form.page + 1)),
        "back_query": _query(form.query(halaman=form.page - 1 if form.page > 2 else ""))
        if form.page > 1
        else "",
        "is_first": form.page == 1,
    }


def _chosen(visible: Any, form: ListForm, zone: dt.tzinfo) -> Any:
    rows = visible.of_kind(form.kind) if form.kind else visible
    rows = rows.in_category(form.category) if form.category else rows
    if form.year:
        begin = dt.datetime(form.year, 1, 1, tzinfo=zone)
        rows = rows.between(begin, dt.datetime(form.year + 1, 1, 1, tzinfo=zone))
    return rows


def _headline(count: int, most: int, form: ListForm) -> str:
    """How many and of what, in words: "3 pengumuman, Regulasi, 2018"."""
    noun = NOUNS[form.kind]
    number = f"Lebih dari {most}" if count > most else format_number(count)
    words = [f"{number} {noun}" if count else f"Tidak ada {noun}"]
    words += [form.categories[form.category]] if form.category else []
    words += [str(form.year)] if form.year else []
    return ", ".join(words)


def _years(oldest: dt.datetime | None, zone: dt.tzinfo) -> list[int]:
    """From this year back to the one of the oldest article."""
    if oldest is None:
        return []
    now = timezone.now().astimezone(zone)
    return list(range(now.year, oldest.astimezone(zone).year - 1, -1))


def _groups(form: ListForm, years: list[int]) -> list[Group]:
    groups = [
        ("Jenis", "jenis", form.kind, list(Article.Kind.choices)),
        ("Kategori", "kategori", form.category, list(form.categories.items())),
        ("Tahun", "tahun", str(form.year or ""), [(str(year), str(year)) for year in years]),
    ]
    return [
        Group(label, [_choice(form, name, chosen, code, word) for code, word in choices])
        for label, name, chosen, choices in groups
        if choices
    ]


def _choice(form: ListForm, name: str, chosen: str, code: str, word: str) -> Choice:
    is_chosen = code == chosen
    return Choice(str(word), _query(form.query(**{name: "" if is_chosen else code})), is_chosen)


def _chips(form: ListForm) -> list[Chip]:
    found = [
        ("q", f"“{form.text}”" if form.text else ""),
        ("jenis", str(Article.Kind(form.kind).label) if form.kind else ""),
        ("kategori", form.categories.get(form.category, "")),
        ("tahun", str(form.year or "")),
    ]
    return [Chip(label, _query(form.query(**{name: ""}))) for name, label in found if label]


def _query(parts: dict[str, str]) -> str:
    """The way to a list, from its own page: without parts the bare address, not the present one."""
    return f"?{urlencode(parts)}"
