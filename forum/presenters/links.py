"""Titles and names in the place of bare addresses: judged for each reader, at each look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils.safestring import SafeString, mark_safe

from epk.lib import markdown
from epk.lib.text import titled_name
from forum.models import Topic
from registry.models import Officer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

NAMELESS: Final = "Mantan anggota"
"""Whose data were erased, or who never had a name here."""
MARKS: Final = re.compile(r'data-(topik|pos|penulis|petugas)="(?:(\d{1,18})|(PK-\d{6,9}))"')


@dataclass(frozen=True)
class Found:
    """What may be named: titles of topics and posts, names of authors and officers, by their keys."""

    topics: dict[int, str] = field(default_factory=dict)
    posts: dict[int, str] = field(default_factory=dict)
    authors: dict[int, str] = field(default_factory=dict)
    officers: dict[str, str] = field(default_factory=dict)


def filled(html: str, user: User) -> SafeString:
    """HTML of `epk.lib.markdown`, with the titles that this reader may see."""
    return mark_safe(fill_all([html], user)[0])  # noqa: S308  (cleaned when it was rendered)


def fill_all(texts: Iterable[str], user: User) -> list[str]:
    """Each text with the titles that this reader may see: one question for all of them."""
    texts = list(texts)
    topics: set[int] = set()
    posts: set[int] = set()
    officers: set[str] = set()
    for text in texts:
        for what, number, register_number in MARKS.findall(text):
            if what == "topik":
                topics.add(int(number))
            elif what in {"pos", "penulis"}:
                posts.add(int(number))
            else:
                officers.add(register_number)
    if not (topics or posts or officers):
        return texts
    found = _found(user, topics, posts, officers)
    return [
        markdown.fill(
            text,
            topics=found.topics,
            posts=found.posts,
            officers=found.officers,
            authors=found.authors,
        )
        for text in texts
    ]


def _found(user: User, topics: set[int], posts: set[int], officers: set[str]) -> Found:
    """One question to the database for everything that is named anywhere on a page."""
    seen: Any = Topic.objects.visible_to(user).order_by()
    named: Any = Officer.objects.visible_to(user).order_by()
    parts = []
    if topics:
        rows = seen.filter(pk__in=topics)
        parts.append(_part(rows, "topik", "pk", "title", Value(""), Value("")))
    if posts:
        rows = seen.filter(posts__in=posts)
        parts.append(
            _part(rows, "pos", "posts__pk", "title", "posts__number", "posts__author_name")
        )
    if officers:
        rows = named.filter(register_number__in=officers)
        parts.append(_part(rows, "petugas", "register_number", "name", "front_title", "back_title"))
    found = Found()
    for what, key, first, second, third in parts[0].union(*parts[1:], all=True):
        if what == "topik":
            found.topics[int(key)] = first
        elif what == "pos":
            found.posts[int(key)] = f"{first} (tulisan {second})"
            found.authors[int(key)] = third or NAMELESS
        else:
            found.officers[key] = titled_name(second, first, third)
    return found


def _part(rows: Any, what: str, *columns: Any) -> Any:
    text = models.TextField()
    names = ("place", "first_text", "second_text", "third_text")
    values = {name: Cast(column, text) for name, column in zip(names, columns, strict=True)}
    found = rows.annotate(what=Value(what, text), **values)
    return found.values_list("what", *names)
