"""What somebody may see of the posts that they were told of: asked whenever it is shown or mailed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Value
from django.urls import reverse

from epk.lib.notices import Ref, Seen
from forum.models import Post

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Forum"
TOPIC: Final = "topic-"
POST: Final = "post-"
NUMBER: Final = re.compile(r"\d{1,18}", re.ASCII)
ITEM: Final = re.compile(r"post-(\d{1,18})(?:[.-].*)?")


def subject_of(post: Post) -> str:
    """By which the inbox groups: `topic-17`."""
    return f"{TOPIC}{post.topic_id}"


def item_of(post: Post, what: str = "") -> str:
    """`post-9`; `post-9.2` of a later version, `post-9-diterima` where several things may happen.

    An edit is another event than the writing.
    """
    if what:
        return f"{POST}{post.pk}-{what}"
    return f"{POST}{post.pk}" if post.version == 1 else f"{POST}{post.pk}.{post.version}"


def post_key(ref: Ref) -> int:
    """The key of the post; 0, which no post has, for an item that names none."""
    found = ITEM.fullmatch(ref.item)
    return int(found[1]) if found else 0


@dataclass(frozen=True)
class Way:
    """How what a sort of events is about is judged.

    `key` is the number in a ref, 0 for one of another sort; `rows` are pairs of number and words
    that this person may see, and `shown` what is said of a ref with those words.
    """

    key: Callable[[Ref], int]
    rows: Callable[[User, set[int]], Any]
    shown: Callable[[Ref, str], Seen]


_ways: Final[list[Way]] = []


def judged_by(way: Way) -> None:
    """Make a sort of events known to `seen_in_forum`."""
    _ways.append(way)


def seen_in_forum(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """What this person may see of what the forum told them: one query, however mixed it is."""
    asked = [{way.key(ref) for ref in refs} - {0} for way in _ways]
    parts = [
        way.rows(user, keys).annotate(way=Value(number))
        for number, (way, keys) in enumerate(zip(_ways, asked, strict=True))
        if keys
    ]
    rows: Iterable[Any] = parts[0].union(*parts[1:], all=True) if parts else ()
    found = {(number, key): words for key, words, number in rows}
    return {
        ref: way.shown(ref, found[number, key])
        for ref in refs
        for number, way in enumerate(_ways)
        if (number, (key := way.key(ref))) in found
    }


def number_after(prefix: str, text: str) -> int:
    """17 of `topic-17`; 0, which no row has, for anything else."""
    found = NUMBER.fullmatch(text.removeprefix(prefix)) if text.startswith(prefix) else None
    return int(found[0]) if found else 0


def _posts(user: User, keys: set[int]) -> Any:
    """Shown posts of topics that this person may see, under the title the topic has now."""
    rows = Post.objects.visible_to(user).shown().filter(pk__in=keys)
    return rows.order_by().values_list("pk", "topic__title")


judged_by(
    Way(
        key=post_key,
        rows=_posts,
        shown=lambda ref, title: Seen(title, reverse("forum:post", args=[post_key(ref)])),
    )
)
