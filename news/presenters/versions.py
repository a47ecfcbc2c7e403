"""The history of an article: who wrote and looked over each version, and what two of them differ in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epk.lib import zones
from epk.lib.dates import format_datetime
from epk.lib.differences import Piece, compare
from news.presenters.articles import byline
from news.presenters.editing import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from news.models import Article, ArticleVersion

MOST_VERSIONS = 100


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    title: str
    state: str
    kind: str
    who: str
    when: str
    note: str
    remark: str
    is_working: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `old` lost and `new` gained."""

    old: int
    new: int
    titles: list[Piece]
    summaries: list[Piece]
    pieces: list[Piece]
    files: list[Piece]


def version_rows(versions: Sequence[ArticleVersion]) -> list[VersionRow]:
    zone = zones.viewers_zone()
    return [
        VersionRow(
            number=version.number,
            title=version.title,
            state=version.get_state_display(),
            kind=KINDS.get(version.state, "netral"),
            who=byline(version.writer_name, version.reviewer_name),
            when=format_datetime(version.decided_at or version.saved_at, zone),
            note=" · ".join(part for part in (version.get_change_display(), version.note) if part),
            remark=version.remark,
            is_working=version.is_working,
        )
        for version in versions
    ]


def comparison(article: Article, old: int | None, new: int | None) -> Comparison | None:
    """None where one of the two does not exist."""
    if old is None or new is None:
        return None
    rows = article.versions.filter(number__in=[old, new]).prefetch_related("files")
    found = {version.number: version for version in rows}
    if len(found) != len({old, new}):
        return None
    before, after = found[old], found[new]
    return Comparison(
        old=old,
        new=new,
        titles=compare(before.title, after.title),
        summaries=compare(before.summary, after.summary),
        pieces=compare(before.source, after.source),
        files=compare(_names(before), _names(after)),
    )


def _names(version: ArticleVersion) -> str:
    return "\n".join(row.title for row in version.files.all())
