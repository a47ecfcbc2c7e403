"""What a feed holds: the newest posts as their owner may read them, and the page about its key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse

from epk.lib import dates, zones
from epk.lib.atom import Entry, Feed
from forum.models import Category, FeedKey, Post, Topic
from forum.presenters.links import NAMELESS, fill_all
from forum.presenters.topic import byline

if TYPE_CHECKING:
    from accounts.models import User

MOST: Final = 30
RIGHTS: Final = "Hanya untuk pemilik alamat umpan ini."
OWN_ADDRESS: Final = re.compile(r'(<a (?:[^<>]* )?href=")(?=/)')


def feed_rows(key: FeedKey, category: Category | None) -> Feed:
    """The newest shown posts that the owner of the key may read, of a category or of all."""
    user = key.user
    topics = Topic.objects.visible_to(user).for_feed()
    if category is not None:
        topics = topics.filter(category=category)
    rows = Post.objects.newest_of(topics, MOST).select_related("topic__category")
    posts: list[Any] = list(rows.defer("source", "search"))
    texts = fill_all((post.html for post in posts), user)
    entries = [_entry(post, text) for post, text in zip(posts, texts, strict=True)]
    path = reverse("forum:category", args=[category.slug]) if category else reverse("forum:index")
    return Feed(
        title=f"Forum e-Pengantar Kerja: {category.name}"
        if category
        else "Forum e-Pengantar Kerja",
        address=f"{settings.SITE_URL}{path}",
        updated=max((entry.updated for entry in entries), default=key.created_at),
        entries=entries,
        rights=RIGHTS,
    )


def key_context(user: User, key: str = "") -> dict[str, Any]:
    """What the page about the key says; `key` where it was made just now."""
    row = FeedKey.objects.filter(user=user).first()
    zone = zones.viewers_zone()
    return {
        "row": row,
        "made": dates.format_datetime(row.created_at, zone) if row else "",
        "used": dates.format_datetime(row.used_at, zone) if row and row.used_at else "",
        "address": feed_address(key) if key else "",
        "categories": [
            (found.name, feed_address(key, found.slug) if key else "")
            for found in Category.objects.visible_to(user)
        ],
    }


def feed_address(key: str, slug: str = "") -> str:
    """The key stands behind the question mark, of which no log keeps anything."""
    path = reverse("forum:feed_of_category", args=[slug]) if slug else reverse("forum:feed")
    return f"{settings.SITE_URL}{path}?kunci={key}"


def _entry(post: Any, text: str) -> Entry:
    """`html` is as the page of its topic shows it, its addresses whole."""
    topic = post.topic
    about = byline(post)
    name = post.author_name or NAMELESS
    return Entry(
        address=f"{settings.SITE_URL}{reverse('forum:post', args=[post.pk])}",
        title=topic.title if post.number == 1 else f"{topic.title} (tulisan {post.number})",
        author=f"{name} ({about})" if about else name,
        categories=[(topic.category.slug, topic.category.name)],
        published=post.created_at,
        updated=post.edited_at or post.created_at,
        html=OWN_ADDRESS.sub(rf"\g<1>{settings.SITE_URL}", text),
    )
