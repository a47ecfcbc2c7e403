"""Titles and names in the place of bare addresses: judged for each reader, at each look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString, mark_safe

from epk.lib import markdown
from forum.models import Topic
from registry.models import Officer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

NAMELESS: Final = "Mantan anggota"
"""Whose data were erased, or who never had a name here."""
MARKS: Final = re.compile(r'data-(topik|pos|penulis|petugas)="(?:(\d{1,18})|(PK-\d{6,9}))"')


def filled(html: str, user: User) -> SafeString:
    """HTML of `epk.lib.markdown`, with the titles that this reader may see."""
    return mark_safe(fill_all([html], user)[0])  # noqa: S308  (cleaned when it was rendered)


def fill_all(texts: Iterable[str], user: User) -> list[str]:
    """Each text with the titles that this reader may see; one question each for topics, officers."""
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
    titles = _titles(user, topics)
    posted, authors = _by_post(user, posts)
    names = _names(user, officers)
    return [
        markdown.fill(text, topics=titles, posts=posted, officers=names, authors=authors)
        for text in texts
    ]


def _titles(user: User, numbers: set[int]) -> dict[int, str]:
    if not numbers:
        return {}
    rows = Topic.objects.visible_to(user).filter(pk__in=numbers)
    return dict(rows.values_list("pk", "title"))


def _by_post(user: User, numbers: set[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Titles and authors of posts, as they are called now."""
    if not numbers:
        return {}, {}
    rows = Topic.objects.visible_to(user).filter(posts__in=numbers)
    found = list(rows.values_list("posts__pk", "posts__number", "title", "posts__author_name"))
    titles = {key: f"{title} (tulisan {number})" for key, number, title, _ in found}
    return titles, {key: author or NAMELESS for key, _, _, author in found}


def _names(user: User, numbers: set[str]) -> dict[str, str]:
    if not numbers:
        return {}
    rows = Officer.objects.visible_to(user).filter(register_number__in=numbers)
    return {officer.register_number: officer.full_name for officer in rows}
