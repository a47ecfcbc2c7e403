"""The queue, the log, objections, and a decision as the person concerned reads it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from epk.lib import dates, markdown, zones
from forum import rules
from forum.models import Appeal, Decision, Post, Report
from forum.notices.moderation import saying
from forum.presenters.links import NAMELESS, filled
from forum.presenters.topic import size_in_words, when

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from forum.forms.moderation import LogForm

    Place = tuple[dt.datetime, int]

_Row = TypeVar("_Row")
POSTS_A_PAGE: Final = 25
REPORTS_A_POST: Final = 5
ROWS_A_PAGE: Final = 50
SNIPPET: Final = 400
PRIVATE: Final = "Konsultasi pribadi"
UNDONE: Final = "Tindakan ini sudah dibatalkan."
STRUCK: Final = "Teguran ini sudah dicabut dan tidak dihitung lagi."


@dataclass(frozen=True, slots=True)
class ReportRow:
    reason: str
    details: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A post that was reported, with the oldest of its reports."""

    title: str
    path: str
    author: str
    since: str
    snippet: str
    count: int
    reports: list[ReportRow] = field(default_factory=list)


@dataclass(frozen=True)
class Page(Generic[_Row]):
    """Rows of a list that begins with what waits longest; `next_query` is "" at its end."""

    rows: list[_Row]
    next_query: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class LogRow:
    what: str
    path: str
    where: str
    who: str
    person: str
    reason: str
    when: str
    is_undone: bool


@dataclass(frozen=True)
class Log:
    rows: list[LogRow]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class AppealRow:
    what: str
    path: str
    person: str
    when: str
    snippet: str
    is_mine_to_decide: bool


@dataclass(frozen=True)
class DecisionPage:
    """What was done, why, and how far the objection is."""

    saying: str
    reason: str
    when: str
    until: str
    place: str
    place_title: str
    text: SafeString | None
    files: list[dict[str, str]]
    appeal: Any
    appeal_when: str
    verdict: str
    undone: str


def queue(user: User, after: Place | None = None) -> Page[QueueRow]:
    """The posts that wait longest; those of one's own wait for another moderator."""
    rows: Any = Post.objects.to_moderate(user).reported().exclude(author=user)
    if after is not None:
        rows = rows.waiting_after(*after)
    posts = list(rows.select_related("topic").defer("html", "search")[: POSTS_A_PAGE + 1])
    more = len(posts) > POSTS_A_PAGE
    posts = posts[:POSTS_A_PAGE]
    reports: dict[int, list[Any]] = defaultdict(list)
    waiting = Report.objects.waiting().filter(post__in=posts).select_related("reporter")
    for report in waiting.order_by("created_at", "pk")[: POSTS_A_PAGE * 20]:
        reports[report.post_id].append(report)
    found = [
        QueueRow(
            title=_title(post),
            path=reverse("forum:post_moderate", args=[post.pk]),
            author=post.author_name or NAMELESS,
            since=_moment(post.waits_since),
            snippet=markdown.plain(post.source, SNIPPET),
            count=post.report_count,
            reports=report_rows(reports[post.pk][:REPORTS_A_POST]),
        )
        for post in posts
    ]
    following = _after(posts[-1].waits_since, posts[-1].pk) if more else ""
    return Page(found, following, after is None)


def report_rows(reports: list[Any]) -> list[ReportRow]:
    """Who said what about a post: for moderators alone."""
    return [
        ReportRow(
            reason=report.get_reason_display(),
            details=report.details,
            who=report.reporter.name if report.reporter else NAMELESS,
            when=_moment(report.created_at),
        )
        for report in reports
    ]


def waiting_reports(post: Post) -> list[ReportRow]:
    rows = Report.objects.waiting().filter(post=post).select_related("reporter")
    return report_rows(list(rows[:ROWS_A_PAGE]))


def warnings_of(author: User | None) -> int:
    """How many warnings still count; for moderators alone."""
    return Decision.objects.warnings_of(author).count() if author is not None else 0


def log(form: LogForm) -> Log:
    """Everything moderators did, the newest first."""
    rows: Any = Decision.objects.with_undone().order_by("-pk")
    rows = rows.select_related("by", "person", "topic", "post")
    if form.verb:
        rows = rows.filter(verb=form.verb)
    if form.before:
        rows = rows.filter(pk__lt=form.before)
    found = list(rows[: ROWS_A_PAGE + 1])
    more = len(found) > ROWS_A_PAGE
    found = found[:ROWS_A_PAGE]
    return Log(
        rows=[
            LogRow(
                what=decision.get_verb_display(),
                path=reverse("forum:decision", args=[decision.pk]),
                where=_where(decision),
                who=decision.by.name,
                person=decision.person.name if decision.person else "",
                reason=decision.reason,
                when=_moment(decision.created_at),
                is_undone=decision.is_undone,
            )
            for decision in found
        ],
        next_before=found[-1].pk if more else None,
    )


def appeals(user: User, after: Place | None = None) -> Page[AppealRow]:
    """Objections that wait, the oldest first."""
    waiting: Any = Appeal.objects.waiting().select_related("decision", "by")
    if after is not None:
        waiting = waiting.made_after(*after)
    found = list(waiting.order_by("created_at", "pk")[: ROWS_A_PAGE + 1])
    more = len(found) > ROWS_A_PAGE
    found = found[:ROWS_A_PAGE]
    rows = [
        AppealRow(
            what=row.decision.get_verb_display(),
            path=reverse("forum:decision", args=[row.decision_id]),
            person=row.by.name if row.by else NAMELESS,
            when=_moment(row.created_at),
            snippet=row.text[:SNIPPET],
            is_mine_to_decide=rules.can_decide_appeal(user, row),
        )
        for row in found
    ]
    following = _after(found[-1].created_at, found[-1].pk) if more else ""
    return Page(rows, following, after is None)


def _after(moment: dt.datetime, number: int) -> str:
    return urlencode({"setelah": f"{moment.isoformat()}~{number}"})


def decision_page(decision: Any, user: User) -> DecisionPage:
    """Takes a decision with topic, post, appeal and suspension. The text is that of the post."""
    made = getattr(decision, "appeal", None)
    suspension = getattr(decision, "suspension", None)
    post, place, title = _place(decision, user)
    return DecisionPage(
        saying=saying(decision.verb)
        if decision.person_id == user.pk
        else decision.get_verb_display(),
        reason=decision.reason,
        when=_long(decision.created_at),
        until=_long(suspension.ends_at) if suspension else "",
        place=place,
        place_title=title,
        text=safe_text(post, user) if post is not None else None,
        files=files_of(post) if post is not None else [],
        appeal=made,
        appeal_when=_long(made.created_at) if made else "",
        verdict=_verdict(made),
        undone=_undone(decision),
    )


def safe_text(post: Post, user: User) -> SafeString:
    """The whole text of a post, for somebody who may read it."""
    return mark_safe(filled(post.html, user))  # noqa: S308  (rendered and cleaned by epk.lib.markdown)


def files_of(post: Post) -> list[dict[str, str]]:
    """What hangs on a post, for somebody who may read its text."""
    return [
        {
            "name": found.original_name,
            "size": size_in_words(found.size),
            "url": reverse("forum:attachment", args=[found.pk]),
        }
        for found in post.attachments.all()
    ]


def _place(decision: Any, user: User) -> tuple[Post | None, str, str]:
    """The post as far as they may read it, and where: neither for what is out of their sight."""
    if decision.post is not None:
        rows = Post.objects.to_moderate(user).select_related("topic")
        post = rows.filter(pk=decision.post.pk).first()
        if post is None:
            return None, "", ""
        text = post if rules.can_read_post(user, post) else None
        return text, reverse("forum:post", args=[post.pk]), _title(post)
    if decision.topic is not None:
        topic = type(decision.topic).objects.visible_to(user).filter(pk=decision.topic.pk).first()
        if topic is not None:
            return None, reverse("forum:topic", args=[topic.pk]), topic.title
    return None, "", ""


def _undone(decision: Any) -> str:
    if not decision.is_undone:
        return ""
    return STRUCK if decision.verb == Decision.Verb.WARN else UNDONE


def _verdict(made: Any) -> str:
    if made is None:
        return ""
    if made.decided_at is None:
        return "Menunggu putusan moderator lain."
    word = "Diterima" if made.upheld else "Ditolak"
    return f"{word} {_long(made.decided_at)}."


def _title(post: Any) -> str:
    """Of a consultation nothing is told but the post that was reported."""
    title = PRIVATE if post.topic.is_private else post.topic.title
    return _numbered(title, post.number)


def _numbered(title: str, number: int) -> str:
    """Isolated, so that a title from right to left does not turn round what follows it."""
    return f"\u2068{title}\u2069, tulisan #{number}"


def _where(decision: Any) -> str:
    if decision.post is not None and decision.topic is not None:
        title = PRIVATE if decision.topic.is_private else decision.topic.title
        return _numbered(title, decision.post.number)
    return decision.topic.title if decision.topic is not None else ""


def _moment(moment: Any) -> str:
    zone = zones.viewers_zone()
    return when(moment, timezone.now().astimezone(zone).date(), zone)


def _long(moment: Any) -> str:
    return dates.format_datetime(moment, zones.viewers_zone())
