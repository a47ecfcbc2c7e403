"""A page of a topic: twenty posts as this reader may see them, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from epk.lib import dates, zones
from epk.lib.text import avatar_colour, format_number, initials
from forum import rules
from forum.models import Post
from forum.presenters.addresses import POSTS_A_PAGE, place_of, topic_path
from forum.presenters.answers import BestAnswer, best_answer, best_number
from forum.presenters.links import NAMELESS, fill_all
from registry.models import Jenjang

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

JENJANG: Final = dict(Jenjang.choices)
ROLES: Final = {"pembina": "Pembina", "moderator": "Moderator", "admin_ditjen": "Ditjen"}
TOMBSTONES: Final = {
    Post.State.HIDDEN: "Tulisan ini disembunyikan moderator.",
    Post.State.DELETED: "Tulisan ini dihapus penulisnya.",
    Post.State.MOVED: "Tulisan ini dipindahkan ke topik lain.",
}


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post on the page; `html` is None where only its tombstone is shown."""

    pk: int
    number: int
    written_number: str
    """As text: a page writes it ten times for each post, and a template takes its time with numbers."""
    anchor: str
    path: str
    quote_path: str
    name: str
    profile: str
    initials: str
    colour: int
    meta: str
    role: str
    when: str
    moment: str
    edited: str
    html: SafeString | None
    tombstone: str
    moved_path: str
    standing: int
    thanks: int
    thanked: bool
    files: list[dict[str, Any]]
    is_own: bool
    can_thank: bool
    can_edit: bool
    can_delete: bool
    can_accept: bool
    can_verify: bool
    can_report: bool


@dataclass(frozen=True)
class TopicPage:
    """What the template of a topic asks for."""

    posts: list[PostRow]
    number: int
    last_page: int
    start_index: int
    end_index: int
    count: int
    closed: str
    replies: str
    read_up_to: int
    last_shown: int
    draft_source: str
    draft_key: str
    stance: str
    metoo: bool
    can_metoo: bool
    can_moderate: bool
    can_verify: bool
    first_unread: str
    best: BestAnswer | None = None
    paginator: Any = field(default=None)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.last_page

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


@dataclass(frozen=True)
class _Paginator:
    count: int
    num_pages: int


def topic_page(topic: Any, user: User, number: int) -> TopicPage | None:
    """The page of that number; None where the topic is not that long. Takes `for_reader` rows."""
    last_page = max((topic.last_number - 1) // POSTS_A_PAGE + 1, 1)
    if number > last_page:
        return None
    first = (number - 1) * POSTS_A_PAGE + 1
    last = first + POSTS_A_PAGE - 1
    best = best_number(topic)
    there = Post.objects.filter(topic_id=topic.pk)
    posts = list(
        (
            there.numbered_with(first, last, best) if best else there.numbered(first, last)
        ).for_reader(user)
    )
    for post in posts:
        post.topic = topic
    closed = rules.why_no_reply(user, topic) or _suspended(topic.suspended_until)
    rows = post_rows(posts, topic, user, can_write=not closed)
    draft = topic.my_draft or {}
    mark = topic.my_mark or 0
    return TopicPage(
        posts=[row for row in rows if first <= row.number <= last],
        number=number,
        last_page=last_page,
        start_index=first,
        end_index=min(last, topic.last_number),
        count=topic.last_number,
        closed=closed,
        replies=f"{format_number(topic.reply_count)} balasan",
        read_up_to=mark,
        last_shown=min(last, topic.last_number),
        draft_source=draft.get("source", ""),
        draft_key=draft.get("key", ""),
        stance=topic.my_stance or "",
        metoo=topic.my_metoo,
        can_metoo=rules.can_join_question(user, topic),
        can_moderate=rules.can_moderate(user) and not topic.is_private,
        can_verify=rules.can_verify_answers(user) and not topic.is_private,
        best=best_answer(
            topic,
            next((row for row in rows if row.number == best), None),
            first,
            timezone.localdate(),
        ),
        first_unread=place_of(topic.pk, mark + 1) if last < mark < topic.last_number else "",
        paginator=_Paginator(topic.last_number, last_page),
    )


def post_rows(posts: list[Any], topic: Any, user: User, *, can_write: bool) -> list[PostRow]:
    """Posts of one topic, ready for the page."""
    readable = [rules.can_read_post(user, post) for post in posts]
    texts = fill_all(
        (post.html if seen else "" for post, seen in zip(posts, readable, strict=True)), user
    )
    zone = zones.viewers_zone()
    today = timezone.now().astimezone(zone).date()
    return [
        _row(post, text if seen else None, topic, user, can_write=can_write, today=today, zone=zone)
        for post, text, seen in zip(posts, texts, readable, strict=True)
    ]


def _row(
    post: Any,
    text: str | None,
    topic: Any,
    user: User,
    *,
    can_write: bool,
    today: dt.date,
    zone: dt.tzinfo,
) -> PostRow:
    name = post.author_name or NAMELESS
    number = post.author_number
    register_number = f"PK-{number:06}" if number else ""
    is_own = rules.is_author(user, post)
    moved = post.state == Post.State.MOVED
    return PostRow(
        pk=post.pk,
        number=post.number,
        written_number=str(post.number),
        anchor=f"tulisan-{post.number}",
        path=f"/forum/pos/{post.pk}/",
        quote_path=f"{topic_path(topic.pk)}balas/?kutip={post.number}",
        name=name,
        profile=f"/direktori/{register_number}/" if register_number and post.author_id else "",
        initials=initials(name),
        colour=avatar_colour(number or 0),
        meta=byline(post),
        role=ROLES.get(post.author_role, ""),
        when=when(post.created_at, today, zone),
        moment=post.created_at.isoformat(timespec="minutes"),
        edited="" if post.version == 1 or not post.is_shown else when(post.edited_at, today, zone),
        html=None if text is None else mark_safe(text),  # noqa: S308  (rendered and cleaned by epk.lib.markdown)
        tombstone=TOMBSTONES.get(post.state, ""),
        moved_path=f"/forum/pos/{post.moved_to_id}/" if moved else "",
        standing=post.standing,
        thanks=post.thanks_count,
        thanked=post.thanked,
        files=[
            {
                **file,
                "size": size_in_words(file["size"]),
                "url": reverse("forum:attachment", args=[file["id"]]),
            }
            for file in (post.files if text is not None else [])
        ],
        is_own=is_own,
        can_thank=rules.can_thank(user, post),
        can_edit=can_write and rules.can_edit_post(user, post),
        can_delete=can_write and rules.can_delete_post(user, post),
        can_accept=rules.can_accept_answer(user, topic, post),
        can_verify=rules.can_verify_answer(user, topic, post),
        can_report=post.is_shown and not is_own,
    )


def byline(post: Any) -> str:
    """Jenjang and unit of an author when they wrote: `Ahli Muda · Dinas Tenaga Kerja`."""
    parts = (JENJANG.get(post.author_jenjang, ""), post.author_unit)
    return " · ".join(part for part in parts if part)


def when(moment: dt.datetime, today: dt.date, zone: dt.tzinfo) -> str:
    """How long ago in words for today and yesterday, else the date: `hari ini, 09.30 WIB`."""
    local = moment.astimezone(zone)
    clock = f"{local:%H.%M} {local.tzname()}"
    days = (today - local.date()).days
    if days == 0:
        return f"hari ini, {clock}"
    if days == 1:
        return f"kemarin, {clock}"
    return dates.format_date(local)


def size_in_words(size: int) -> str:
    kilobytes = -(-size // 1024)
    return (
        f"{format_number(kilobytes)} kB"
        if kilobytes < 1024
        else f"{format_number(size / 1048576, 1)} MB"
    )


def _suspended(until: dt.datetime | None) -> str:
    if until is None:
        return ""
    return rules.suspended_sentence(dates.format_datetime(until, zones.viewers_zone()))
