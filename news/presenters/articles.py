"""An article as a row of a list and as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from epk.lib import zones
from epk.lib.dates import format_date, format_datetime
from epk.lib.indonesian import passage
from epk.lib.marking import marked
from epk.lib.text import format_number
from news.rendering import SIZES, picture_path, srcset, with_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from news.models import Article, ArticleFile, Picture


@dataclass(frozen=True, slots=True)
class CoverImage:
    """An `img` in sizes that suit the screen."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to be downloaded; `about` is its type, size and pages in words."""

    title: str
    path: str
    about: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article of a list."""

    title: str
    """What a search has found is marked in title and summary."""
    path: str
    kind: str
    summary: str
    when: str
    moment: str
    cover: CoverImage | None
    is_pinned: bool
    is_internal: bool


@dataclass(frozen=True)
class ArticlePage:
    """What stands at the address of an article."""

    title: str
    kind: str
    summary: str
    html: SafeString
    byline: str
    published: str
    updated: str
    note: str
    cover: CoverImage | None
    files: list[FileRow]
    categories: list[tuple[str, str]]
    """The name of each, and the list of its articles."""
    is_internal: bool


def article_rows(articles: Iterable[Any], words: tuple[str, ...] = ()) -> list[ArticleRow]:
    """For `ArticleQuerySet.for_list`; `words` are those of a search."""
    zone = zones.viewers_zone()
    return [_row(article, zone, words) for article in articles]


def article_page(article: Any) -> ArticlePage:
    """For `ArticleQuerySet.for_page`; times are on the viewer's clock."""
    zone = zones.viewers_zone()
    version = article.live
    return ArticlePage(
        title=version.title,
        kind=article.get_kind_display(),
        summary=version.summary,
        html=mark_safe(version.html),  # noqa: S308  (rendered and cleaned by news.rendering)
        byline=byline(version.writer_name, version.reviewer_name),
        published=format_datetime(article.publish_from, zone),
        updated=format_datetime(article.updated_at, zone) if article.updated_at else "",
        note=version.note if article.updated_at else "",
        cover=cover_image(version.cover),
        files=[file_row(row) for row in version.files.all()],
        categories=[subject(row["name"], row["slug"]) for row in article.subjects],
        is_internal=article.audience != article.Audience.PUBLIC,
    )


def byline(writer: str, editor: str) -> str:
    """Without names of people whose accounts were erased.

    A writer who let out what another has saved last did not look over a text of somebody else's.
    """
    editor = "" if editor == writer else editor
    parts = [f"Ditulis {writer}" if writer else "", f"ditelaah {editor}" if editor else ""]
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def cover_image(
    picture: Picture | None, sizes: str = SIZES, *, preview: str = ""
) -> CoverImage | None:
    if picture is None:
        return None
    return CoverImage(
        src=picture_path(picture, picture.widths[0], preview),
        srcset=srcset(picture, preview),
        sizes=sizes,
        width=picture.width,
        height=picture.height,
        alt=picture.alt,
        credit=picture.credit,
    )


def file_row(link: ArticleFile, preview: str = "") -> FileRow:
    file = link.file
    kind = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}[file.content_type]
    pages = f", {file.pages} halaman" if kind == "PDF" else ""
    return FileRow(
        title=link.title or file.original_name,
        path=with_key(reverse("news:file", args=[file.key]), preview),
        about=f"{kind}, {size_in_words(file.size)}{pages}",
    )


def size_in_words(size: int) -> str:
    """Bytes as people say them: 812 kB, 1,4 MB."""
    if size < 1_000_000:
        return f"{max(round(size / 1_000), 1)} kB"
    return f"{format_number(round(size / 1_000_000, 1), 1)} MB"


def subject(name: str, slug: str) -> tuple[str, str]:
    return name, f"{reverse('news:articles')}?kategori={slug}"


def _marked(text: str, words: tuple[str, ...]) -> str:
    return marked(passage(text, words, len(text))) if words else text


def _row(article: Article, zone: dt.tzinfo, words: tuple[str, ...]) -> ArticleRow:
    version: Any = article.live
    published: Any = article.publish_from
    return ArticleRow(
        title=_marked(version.title, words),
        path=reverse("news:article", args=[article.slug]),
        kind=article.get_kind_display(),
        summary=_marked(version.summary, words),
        when=format_date(published.astimezone(zone)),
        moment=published.isoformat(),
        cover=cover_image(version.cover, "(min-width: 48rem) 13rem, 100vw"),
        is_pinned=article.pinned_at is not None,
        is_internal=article.audience != article.Audience.PUBLIC,
    )
