"""A version as its page will look, for editors and for the holders of a preview link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import mark_safe

from epk.lib import zones
from epk.lib.dates import format_datetime
from news.presenters.articles import ArticlePage, byline, cover_image, file_row, subject
from news.rendering import rendered

if TYPE_CHECKING:
    from news.models import ArticleVersion


def preview_page(version: ArticleVersion, *, key: str = "") -> ArticlePage:
    """Rendered anew; with a key its pictures and files are asked for by that key."""
    article = version.article
    zone = zones.viewers_zone()
    pictures = {picture.pk: picture for picture in version.pictures.all()}
    moment = article.publish_from or timezone.now()
    later = article.live_id is not None and article.live_id != version.pk
    return ArticlePage(
        title=version.title,
        kind=article.get_kind_display(),
        summary=version.summary,
        html=mark_safe(rendered(version.source, pictures, preview=key)),  # noqa: S308  (cleaned there)
        byline=byline(version.writer_name, version.reviewer_name),
        published=format_datetime(moment, zone),
        updated=format_datetime(timezone.now(), zone) if later else "",
        note=version.note if later else "",
        cover=cover_image(version.cover, preview=key),
        files=[file_row(row, key) for row in version.files.all()],
        categories=[subject(one.name, one.slug) for one in article.categories.all()],
        is_internal=article.audience != article.Audience.PUBLIC,
    )
