"""The inbox as a page shows it: groups, judged by what the viewer may see at this moment."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator

from epk.lib.notices import Ref, Seen, Sees, kind_named, names_under
from notifications.models import Notification
from notifications.queries import JudgedRow

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE: Final = 20
HIDDEN: Final = "Pemberitahuan ini tidak lagi dapat Anda lihat."
TROUBLED: Final = "Pemberitahuan ini sedang tidak dapat ditampilkan."
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Group:
    """What happened to one subject. `unread` counts what may be seen; 0: all of it was read.

    A group of which nothing may be seen any more is `hidden`: its sentence says no more than that.
    """

    kind: str
    subject: str
    heading: str
    sentence: str
    unread: int
    is_unread: bool
    hidden: bool
    last_id: int
    last_at: dt.datetime


@dataclass(frozen=True)
class Inbox:
    """One page of groups, newest first; `last_id` is the newest row that the page tells of."""

    groups: Sequence[Group]
    page: Page[Any]
    last_id: int


def inbox_of(user: User, *, group: str, only_unread: bool, number: int) -> Inbox:
    """Three queries, and one for each kind on the page that has to ask for what may be seen."""
    rows = Notification.objects.of(user.pk)
    if group:
        rows = rows.of_kinds(names_under(group))
    if only_unread:
        rows = rows.unread()
    groups = rows.groups()
    shown = _slice(groups, number)
    if not shown and number > 1:  # past the end: the last page there is
        number = max(1, -(-groups.count() // PAGE_SIZE))
        shown = _slice(groups, number)
    total = shown[0]["total"] if shown else 0
    page = Paginator(range(total), PAGE_SIZE).get_page(number)
    found = _judged(user, shown)
    newest = shown[0]["newest"] if shown else 0
    return Inbox(found, page, newest)


def _slice(groups: Any, number: int) -> list[dict[str, Any]]:
    return list(groups[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])


def _judged(user: User, groups: list[dict[str, Any]]) -> list[Group]:
    names = [(group["kind"], group["subject"]) for group in groups]
    if not names:
        return []
    by_group: dict[tuple[str, str], list[JudgedRow]] = defaultdict(list)
    for row in Notification.objects.of(user.pk).first_of_groups(names):
        by_group[row.kind, row.subject].append(row)
    seen = _seen(user, [row for rows in by_group.values() for row in rows])
    return [
        _group(values, by_group[name], seen.get(name[0], {}))
        for values, name in zip(groups, names, strict=True)
    ]


def _seen(user: User, rows: Sequence[JudgedRow]) -> dict[str, Mapping[Ref, Seen] | None]:
    """By kind, what it lets this person see; None where it fails, which must not close the inbox.

    Kinds of one app that share a function are asked together.
    """
    asked: dict[Sees, list[Ref]] = defaultdict(list)
    sees: dict[str, Sees] = {}
    for row in rows:
        if kind := kind_named(row.kind):
            sees[row.kind] = kind.seen
            asked[kind.seen].append(row.ref)
    answers: dict[Sees, Mapping[Ref, Seen] | None] = {}
    for ask, refs in asked.items():
        try:
            answers[ask] = ask(user, refs)
        except Exception:
            logger.exception("what may be seen of %s cannot be told", refs[0].subject)
            answers[ask] = None
    return {name: answers[ask] for name, ask in sees.items()}


def _group(
    values: Mapping[str, Any], rows: Sequence[JudgedRow], seen: Mapping[Ref, Seen] | None
) -> Group:
    kind = kind_named(values["kind"])
    troubled, seen = seen is None, seen or {}
    visible = [row for row in rows if row.ref in seen]
    unread = [row for row in visible if row.read_at is None]
    told = unread or visible[-1:]
    sentence = TROUBLED if troubled else HIDDEN
    if kind and told:
        judged = sum(row.read_at is None for row in rows)
        count: int | str = len(told)
        if unread and values["unread"] > judged:
            count = f"{count}+"
        first = told[0]
        try:
            sentence = kind.say(seen[first.ref].title, first.facts, count)
        except LookupError:  # the sentence has changed since, and wants what was not kept
            logger.exception("%s cannot be said of an event of before", kind.name)
            sentence, told = TROUBLED, []
    return Group(
        kind=values["kind"],
        subject=values["subject"],
        heading=kind.group if kind else "",
        sentence=sentence,
        unread=len(unread),
        is_unread=values["unread"] > 0,
        hidden=not told,
        last_id=values["last_id"],
        last_at=values["last_at"],
    )
