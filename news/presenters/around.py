"""What stands around an article: what programs read of it, and what else one may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse

from epk.lib import zones
from epk.lib.dates import format_date
from news.models import Article
from news.queries.search import articles_like
from news.rendering import picture_path

if TYPE_CHECKING:
    import datetime as dt

    from news.models import Picture
    from news.queries.readers import Viewer

MOST_RELATED: Final = 4
WIDEST_PREVIEW: Final = 960
"""Pixels of the picture that other sites show: they make it smaller themselves."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The cover as other sites and feed readers show it; its address is whole."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What search engines and other sites read (Open Graph); only of what everyone may read."""

    is_public: bool
    title: str
    description: str
    address: str
    section: str
    published: str
    modified: str
    image: Preview | None


@dataclass(frozen=True, slots=True)
class Related:
    """Another article that one may want to read."""

    title: str
    path: str
    kind: str
    when: str


def article_head(article: Any) -> ArticleHead:
    """For `ArticleQuerySet.for_page`."""
    version = article.live
    return ArticleHead(
        is_public=article.audience == Article.Audience.PUBLIC,
        title=version.title,
        description=version.summary or version.title,
        address=article_address(article.slug),
        section=article.get_kind_display(),
        published=article.publish_from.isoformat(),
        modified=changed_at(article).isoformat(),
        image=preview_of(version.cover),
    )


def related_rows(article: Any, user: Viewer) -> list[Related]:
    """What else this person may read that has words or categories in common with it."""
    zone = zones.viewers_zone()
    rows = articles_like(article, Article.objects.visible_to(user), MOST_RELATED)
    return [
        Related(
            title=row.title,
            path=reverse("news:article", args=[row.slug]),
            kind=row.get_kind_display(),
            when=format_date(row.publish_from.astimezone(zone)),
        )
        for row in rows.only("kind", "slug", "title", "publish_from")
    ]


def article_address(slug: str) -> str:
    return f"{settings.SITE_URL}{reverse('news:article', args=[slug])}"


def changed_at(article: Any) -> dt.datetime:
    """When what stands at its address last became another: published, or a later version."""
    published: dt.datetime = article.publish_from
    updated: dt.datetime | None = article.updated_at
    return max(published, updated) if updated else published


def preview_of(cover: Picture | None) -> Preview | None:
    if cover is None:
        return None
    width = max(width for width in cover.widths if width <= WIDEST_PREVIEW)
    return Preview(
        address=f"{settings.SITE_URL}{picture_path(cover, width)}",
        width=width,
        height=round(cover.height * width / cover.width),
        alt=cover.alt,
    )
