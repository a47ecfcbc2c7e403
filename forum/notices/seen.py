"""What somebody may see of the posts that they were told of: asked whenever it is shown or mailed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from epk.lib.notices import Ref, Seen
from epk.lib.seeing import Way, judged_by, seen_by_sort
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


seen_in_forum: Final = seen_by_sort


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
