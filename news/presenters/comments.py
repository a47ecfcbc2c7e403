"""Comments below an article, in the editors' queue, and what is said about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from epk.lib import zones
from epk.lib.dates import format_datetime
from epk.lib.text import avatar_colour, format_number, initials
from news import rules
from news.models import Comment, CommentReport
from registry.models import Jenjang

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from news.models import Article
    from news.queries.readers import Viewer

COMMENTS_A_PAGE: Final = 50
NAMELESS: Final = "Tanpa nama"
CLOSED: Final = "Komentar untuk artikel ini sudah ditutup."
State = Comment.State
TOMBSTONES: Final[dict[str, str]] = {
    State.HIDDEN: "Komentar ini disembunyikan editor.",
    State.DELETED: "Komentar ini dihapus penulisnya.",
}
REASONS: Final[dict[str, str]] = dict(CommentReport.Reason.choices)
DASHBOARD_ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment on a page; `reply_to` names whose comment it replies to."""

    pk: int
    number: str
    anchor: str
    name: str
    profile: str
    initials: str
    colour: int
    meta: str
    when: str
    moment: str
    edited: str
    text: str
    tombstone: str
    is_reply: bool
    reply_path: str
    edit_path: str
    delete_path: str
    report_path: str
    moderate_path: str


@dataclass(frozen=True)
class CommentSection:
    """The comments of an article and what one may do there."""

    heading: str
    rows: list[CommentRow]
    page: Page[Any] | None
    closed: str
    at_once: bool
    send_path: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A comment in the editors' queue."""

    pk: int
    name: str
    who: str
    article: str
    article_path: str
    when: str
    text: str
    reply_to: str
    reports: list[str]
    path: str
    is_own: bool


@dataclass(frozen=True)
class Queue:
    """The first of what waits and of what was reported, with how many there are."""

    waiting: list[QueueRow]
    waiting_count: str
    reported: list[QueueRow]
    reported_count: str
    path: str


def comments_of(article: Any, user: Viewer, number: int = 1) -> CommentSection | None:
    """Page of the comments below an article, in one query; None where there is no such page."""
    first = (number - 1) * COMMENTS_A_PAGE
    found = Comment.objects.filter(article=article).standing().in_order().counted()
    comments: list[Any] = list(found[first : first + COMMENTS_A_PAGE])
    if not comments and number > 1:
        return None
    now, zone = timezone.now(), zones.viewers_zone()
    is_open = rules.takes_comments(article, now)
    count = article.comment_count
    return CommentSection(
        heading=f"{format_number(count)} komentar" if count else "Komentar",
        rows=[_row(comment, article, user, is_open=is_open, zone=zone) for comment in comments],
        page=_page_of(comments, number),
        closed="" if is_open else CLOSED,
        at_once=rules.can_comment_at_once(user),
        send_path=send_path(article, user),
    )


def send_path(article: Article, user: Viewer) -> str:
    """Where the form of this person goes to."""
    name = "comment_add" if rules.can_comment_at_once(user) else "comment_new"
    return reverse(f"news:{name}", args=[article.slug])


def place_of(comment: Comment) -> str:
    """The address of a comment on the page of its article, with the page it stands on."""
    standing = Comment.objects.filter(article=comment.article_id).standing()
    page = standing.before(comment.thread or 0, comment.number or 0).count() // COMMENTS_A_PAGE + 1
    query = f"?halaman={page}" if page > 1 else ""
    path = reverse("news:article", args=[comment.article.slug])
    return f"{path}{query}#komentar-{comment.number}"


def byline_meta(comment: Comment) -> str:
    """Jenjang and unit as they were, or that it is a reader."""
    if comment.from_public:
        return "Pembaca"
    jenjang = dict(Jenjang.choices).get(comment.author_jenjang, "")
    return " · ".join(str(part) for part in (jenjang, comment.author_unit) if part)


def comment_queue(user: Viewer, most: int = 20) -> Queue:
    """What editors have to look at, the oldest first: two queries."""
    zone = zones.viewers_zone()
    waiting: list[Any] = list(Comment.objects.waiting().for_queue().counted()[:most])
    reported: list[Any] = list(Comment.objects.reported().for_queue().counted()[:most])
    return Queue(
        waiting=[_queue_row(comment, user, zone) for comment in waiting],
        waiting_count=_count(waiting),
        reported=[_queue_row(comment, user, zone) for comment in reported],
        reported_count=_count(reported),
        path=reverse("news:comments"),
    )


def comments_for_editor(user: Viewer) -> Queue:
    """The same for the editors' dashboard, in short."""
    return comment_queue(user, DASHBOARD_ROWS)


def queue_row(comment: Any, user: Viewer) -> QueueRow:
    """For a comment of `for_queue`."""
    return _queue_row(comment, user, zones.viewers_zone())


def report_lines(reports: Iterable[CommentReport]) -> list[str]:
    """What was said against a comment, without who said it."""
    zone = zones.viewers_zone()
    return [
        f"{report.get_reason_display()}, {format_datetime(report.created_at, zone)}"
        + (f": {report.details}" if report.details else "")
        for report in reports
    ]


def decision_line(comment: Comment) -> str:
    """Who decided last, when and why."""
    if comment.moderated_at is None:
        return ""
    name = comment.moderated_by.name if comment.moderated_by else "editor"
    when = format_datetime(comment.moderated_at, zones.viewers_zone())
    why = f": {comment.reason}" if comment.reason else ""
    return f"{comment.get_state_display()}, oleh {name}, {when}{why}"


def _page_of(comments: Sequence[Any], number: int) -> Page[Any] | None:
    count = comments[0].row_count if comments else 0
    if count <= COMMENTS_A_PAGE:
        return None
    return Paginator(range(count), COMMENTS_A_PAGE).page(number)


def _row(comment: Any, article: Any, user: Viewer, *, is_open: bool, zone: dt.tzinfo) -> CommentRow:
    name = comment.author_name or NAMELESS
    register = f"PK-{comment.author_number:06}" if comment.author_number else ""
    now = timezone.now()
    can_reply = is_open and comment.is_shown and comment.parent_id is None

    def to(view: str, *, allowed: bool) -> str:
        return reverse(f"news:{view}", args=[comment.pk]) if allowed else ""

    return CommentRow(
        pk=comment.pk,
        number=str(comment.number),
        anchor=f"komentar-{comment.number}",
        name=name,
        profile=reverse("registry:profile", args=[register]) if register else "",
        initials=initials(name),
        colour=avatar_colour(comment.author_number or 0),
        meta=byline_meta(comment),
        when=format_datetime(comment.shown_at, zone),
        moment=comment.shown_at.isoformat(timespec="minutes"),
        edited=format_datetime(comment.edited_at, zone) if comment.edited_at else "",
        text=comment.text if comment.is_shown else "",
        tombstone=TOMBSTONES.get(comment.state, ""),
        is_reply=comment.parent_id is not None,
        reply_path=f"{send_path(article, user)}?balas={comment.pk}" if can_reply else "",
        edit_path=to("comment_edit", allowed=rules.can_edit_comment(user, comment, now)),
        delete_path=to("comment_delete", allowed=rules.can_delete_comment(user, comment)),
        report_path=to("comment_report", allowed=rules.can_report_comment(user, comment)),
        moderate_path=to("comment_moderate", allowed=rules.can_moderate_comment(user, comment)),
    )


def _queue_row(comment: Any, user: Viewer, zone: dt.tzinfo) -> QueueRow:
    parent = comment.parent
    return QueueRow(
        pk=comment.pk,
        name=comment.author_name or NAMELESS,
        who=byline_meta(comment),
        article=comment.article.title,
        article_path=reverse("news:article", args=[comment.article.slug]),
        when=format_datetime(comment.confirmed_at or comment.created_at, zone),
        text=comment.text,
        reply_to=(parent.author_name or NAMELESS) if parent is not None else "",
        reports=[REASONS.get(reason, reason) for reason in comment.said],
        path=reverse("news:comment_moderate", args=[comment.pk]),
        is_own=rules.is_commenter(user, comment),
    )


def _count(comments: Sequence[Any]) -> str:
    return format_number(comments[0].row_count if comments else 0)
