"""The editors' first page: what is due, what waits, what is being written, what came out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from epk.lib import zones
from epk.lib.dates import format_datetime
from news.models import Article, ArticleVersion, BrokenLink

if TYPE_CHECKING:
    from accounts.models import User

MOST = 40
SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One article that an editor has to know of; `mark` is a short word about it."""

    title: str
    path: str
    about: str
    remark: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    address: str
    fault: str
    title: str
    path: str


@dataclass
class Desk:
    """The rows of each section, the most urgent first; at most forty are looked up for each pair."""

    waiting: list[WorkRow] = field(default_factory=list)
    sent_back: list[WorkRow] = field(default_factory=list)
    drafts: list[WorkRow] = field(default_factory=list)
    due: list[WorkRow] = field(default_factory=list)
    published: list[WorkRow] = field(default_factory=list)
    broken: list[LinkRow] = field(default_factory=list)
    checked: str = ""


def desk(user: User) -> Desk:
    """Three questions, however much there is."""
    made, zone = Desk(), zones.viewers_zone()
    working = ArticleVersion.objects.working().select_related("article", "saved_by")
    working = working.defer("source", "html").order_by("-state", "sent_at", "-saved_at")
    for version in working[:MOST]:
        row = _work_row(version, user, zone)
        if version.state == version.State.REVIEW:
            made.waiting.append(row)
        elif version.remark:
            made.sent_back.append(row)
        else:
            made.drafts.append(row)
    for article in Article.objects.to_watch()[:MOST]:
        _place(made, article, zone)
    links = BrokenLink.objects.select_related("article").order_by("-checked_at", "pk")[:MOST]
    made.broken = [
        LinkRow(row.address, row.get_fault_display(), row.article.title, _path(row.article_id))
        for row in links
    ]
    return made


def _work_row(version: ArticleVersion, user: User, zone: dt.tzinfo) -> WorkRow:
    name = version.saved_by.name if version.saved_by else "akun yang sudah dihapus"
    own = version.saved_by_id == user.pk
    parts = [
        version.article.get_kind_display(),
        f"versi {version.number}",
        f"disimpan {'Anda' if own else name}, {format_datetime(version.saved_at, zone)}",
    ]
    in_review = version.state == version.State.REVIEW
    return WorkRow(
        title=version.title,
        path=_path(version.article_id),
        about=" · ".join(parts),
        remark=version.remark,
        mark="Menunggu editor lain" if in_review and own else "",
    )


def _place(made: Desk, article: Any, zone: dt.tzinfo) -> None:
    """Under what is due, and under what came out, where it belongs."""
    now = timezone.now()
    start, end = article.publish_from, article.publish_until
    kind, path = article.get_kind_display(), _path(article.pk)
    if start > now:
        words = f"{kind} · terbit {format_datetime(start, zone)}"
        made.due.insert(0, WorkRow(article.title, path, words))
        return
    if end is not None and now < end < now + SOON:
        words = f"{kind} · berakhir {format_datetime(end, zone)}"
        made.due.append(WorkRow(article.title, path, words))
    if start > now - SOON and (end is None or end > now):
        words = f"{kind} · terbit {format_datetime(start, zone)}"
        mark = "Disematkan" if article.pinned_at else ""
        made.published.append(WorkRow(article.title, path, words, mark=mark))


def _path(key: int) -> str:
    return reverse("news:article_edit", args=[key])
