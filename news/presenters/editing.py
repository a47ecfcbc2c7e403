"""The page on which an article is written: its standing, pictures, links, and two texts that differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from epk.lib import zones
from epk.lib.dates import format_datetime
from epk.lib.differences import Piece, compare
from news import rules
from news.models import Article, ArticleVersion
from news.presenters.articles import CoverImage, cover_image

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

KINDS = {
    "draf": "netral",
    "telaah": "kunyit",
    "terbit": "daun",
    "lama": "netral",
    "batal": "netral",
}


@dataclass(frozen=True, slots=True)
class GalleryRow:
    """A picture at hand, and the line that puts it into the text."""

    image: CoverImage | None
    alt: str
    line: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A preview link as it is sent to somebody."""

    key: int
    address: str
    until: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else has saved meanwhile, and how one's own text differs from it."""

    name: str
    when: str
    title: str
    summary: str
    source: str
    pieces: list[Piece]


@dataclass(frozen=True)
class EditPage:
    """What stands around the form."""

    title: str
    key: int
    standing: str
    standing_kind: str
    about: str
    remark: str
    version: ArticleVersion | None
    may_review: bool
    is_in_review: bool
    is_live: bool
    is_withdrawn: bool
    is_pinned: bool
    withdraw_reason: str
    public_path: str
    gallery: list[GalleryRow]
    links: list[LinkRow]
    zone: str


def edit_page(article: Article, version: ArticleVersion | None, user: User) -> EditPage:
    zone = zones.viewers_zone()
    words, kind = _standing(article, zone)
    in_review = version is not None and version.state == version.State.REVIEW
    return EditPage(
        title=version.title if version else article.title,
        key=article.pk,
        standing=words,
        standing_kind=kind,
        about=_about(version, user, zone) if version else "",
        remark=version.remark if version else "",
        version=version,
        may_review=version is not None and rules.can_review(user, version),
        is_in_review=in_review,
        is_live=article.live_id is not None,
        is_withdrawn=article.withdrawn_at is not None,
        is_pinned=article.pinned_at is not None,
        withdraw_reason=article.withdraw_reason,
        public_path=_public_path(article),
        gallery=[
            GalleryRow(cover_image(picture, "12rem"), picture.alt, f"![](gambar:{picture.pk})")
            for picture in sorted(article.gallery.all(), key=lambda row: row.pk)
        ],
        links=[_link(row, zone) for row in article.preview_links.valid()],
        zone=timezone.now().astimezone(zone).tzname() or "",
    )


def conflict_with(article: Article, mine: dict[str, Any]) -> Conflict | None:
    """The version as it stands now, beside what was typed."""
    rows = article.versions.working().select_related("saved_by")
    theirs = rows.first()
    if theirs is None:
        return None
    return Conflict(
        name=theirs.saved_by.name if theirs.saved_by else "editor lain",
        when=format_datetime(theirs.saved_at, zones.viewers_zone()),
        title=theirs.title,
        summary=theirs.summary,
        source=theirs.source,
        pieces=compare(theirs.source, str(mine.get("source", ""))),
    )


def _standing(article: Article, zone: dt.tzinfo) -> tuple[str, str]:
    now = timezone.now()
    start, end = article.publish_from, article.publish_until
    if article.withdrawn_at is not None:
        return f"Ditarik {format_datetime(article.withdrawn_at, zone)}", "bata"
    if article.live_id is None:
        planned = f"; dijadwalkan {format_datetime(start, zone)}" if start else ""
        return f"Belum terbit{planned}", "netral"
    if start is not None and start > now:
        return f"Terbit {format_datetime(start, zone)}", "kunyit"
    if end is not None and end <= now:
        return f"Berakhir {format_datetime(end, zone)}", "netral"
    if end is not None:
        return f"Terbit sampai {format_datetime(end, zone)}", "daun"
    return f"Terbit sejak {format_datetime(start, zone)}" if start else "Terbit", "daun"


def _about(version: ArticleVersion, user: User, zone: dt.tzinfo) -> str:
    name = version.saved_by.name if version.saved_by else "akun yang sudah dihapus"
    who = "Anda" if version.saved_by_id == user.pk else name
    saved = format_datetime(version.saved_at, zone)
    return f"Versi {version.number}, {version.get_state_display()}, disimpan {who}, {saved}"


def _public_path(article: Article) -> str:
    now = timezone.now()
    shown = (
        article.live_id is not None
        and article.withdrawn_at is None
        and article.publish_from is not None
        and article.publish_from <= now
        and (article.publish_until is None or article.publish_until > now)
    )
    return reverse("news:article", args=[article.slug]) if shown else ""


def _link(row: Any, zone: dt.tzinfo) -> LinkRow:
    path = reverse("news:article_preview", args=[row.key])
    return LinkRow(row.pk, f"{settings.SITE_URL}{path}", format_datetime(row.expires_at, zone))
