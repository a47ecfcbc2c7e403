"""What somebody may see of the posts that they were told of: asked whenever it is shown or mailed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from epk.lib.notices import Ref, Seen
from forum.models import Post

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Forum"
TOPIC: Final = "topic-"
POST: Final = "post-"
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


def seen_posts(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """Shown posts of topics that this person may see, under the title the topic has now."""
    keys = {post_key(ref) for ref in refs}
    rows = Post.objects.visible_to(user).shown().filter(pk__in=keys)
    titles = dict(rows.order_by().values_list("pk", "topic__title"))
    return {
        ref: Seen(titles[key], reverse("forum:post", args=[key]))
        for ref in refs
        if (key := post_key(ref)) in titles
    }
