"""The feed of the news: the newest that everyone may read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse

from epk.lib.atom import Enclosure, Entry, Feed
from news.models import Article
from news.presenters.around import article_address, changed_at, preview_of

if TYPE_CHECKING:
    from news.models import Picture

MOST: Final = 30
TITLE: Final = "Berita e-Pengantar Kerja"
SUBTITLE: Final = "Berita, pengumuman, dan materi dari Ditjen Binapenta & PKK."
NAMELESS: Final = "Redaksi e-Pengantar Kerja"
LAUNCHED: Final = dt.datetime(2018, 5, 7, tzinfo=dt.UTC)
"""What a feed without entries was last changed at: there has been nothing since."""


def feed() -> Feed:
    """The same for everyone, whoever asks: it lies in other programs."""
    rows: list[Any] = list(Article.objects.for_feed().for_list().with_subjects().in_order()[:MOST])
    entries = [_entry(article) for article in rows]
    return Feed(
        title=TITLE,
        subtitle=SUBTITLE,
        address=f"{settings.SITE_URL}{reverse('news:articles')}",
        updated=max((entry.updated for entry in entries), default=LAUNCHED),
        entries=entries,
    )


def feed_address() -> str:
    return f"{settings.SITE_URL}{reverse('news:feed')}"


def _entry(article: Any) -> Entry:
    version = article.live
    kind = (article.kind, article.get_kind_display())
    return Entry(
        address=article_address(article.slug),
        title=version.title,
        author=version.writer_name or NAMELESS,
        published=article.publish_from,
        updated=changed_at(article),
        categories=[kind, *((row["slug"], row["name"]) for row in article.subjects)],
        summary=version.summary,
        enclosure=_cover(version.cover),
    )


def _cover(cover: Picture | None) -> Enclosure | None:
    found = preview_of(cover)
    return Enclosure(found.address, "image/webp", found.alt) if found else None
