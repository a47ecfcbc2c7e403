"""Who may do what on the news board. Which rows exist for whom is `visible_to`'s to say."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Final

from accounts import rules as account_rules
from accounts.models import RoleGrant
from news.queries.readers import reads_internal

if TYPE_CHECKING:
    from collections.abc import Collection

    from news.models import Article, Comment, Event, Registration, Version
    from news.queries.readers import Viewer

Role = RoleGrant.Role
EDIT_COMMENT_WITHIN: Final = dt.timedelta(minutes=15)


def can_edit(user: Viewer) -> bool:
    """Redaksi, and the technical administrator: they write, review, schedule and withdraw."""
    return account_rules.is_superuser(user) or account_rules.has_role(user, Role.REDAKSI)


def can_review(user: Viewer, version: Version) -> bool:
    """An editor other than the one who saved it last: two people have seen what goes out."""
    return (
        can_edit(user)
        and user.is_authenticated
        and version.state == version.State.REVIEW
        and version.saved_by_id != user.pk
    )


def can_widen(user: Viewer, live: Version) -> bool:
    """Open to everyone what was for officers: an editor other than the one who wrote it."""
    return can_edit(user) and user.is_authenticated and live.saved_by_id != user.pk


def takes_comments(article: Article, now: dt.datetime) -> bool:
    """Whether new ones are taken; those that stand there stay either way."""
    until = article.comments_until
    return article.comments_open and (until is None or now < until)


def can_comment_at_once(user: Viewer) -> bool:
    """Officers and all who work for the portal; others confirm by mail and wait for an editor."""
    return reads_internal(user)


def is_commenter(user: Viewer, comment: Comment) -> bool:
    return user.is_authenticated and comment.author_id == user.pk


def can_edit_comment(user: Viewer, comment: Comment, now: dt.datetime) -> bool:
    """One's own, as long as hardly anybody has answered to what it said."""
    in_time = now < comment.created_at + EDIT_COMMENT_WITHIN
    return is_commenter(user, comment) and comment.is_shown and in_time


def can_delete_comment(user: Viewer, comment: Comment) -> bool:
    return is_commenter(user, comment) and comment.is_shown


def can_report_comment(user: Viewer, comment: Comment) -> bool:
    return comment.is_shown and not is_commenter(user, comment)


def can_moderate_comment(user: Viewer, comment: Comment) -> bool:
    """An editor other than the one who wrote it."""
    return can_edit(user) and not is_commenter(user, comment)


class Window(enum.Enum):
    """Whether officers can register for an event, and if not, why."""

    OPEN = "buka"
    NONE = "tanpa pendaftaran"
    DRAFT = "belum terbit"
    CANCELLED = "dibatalkan"
    STARTED = "sudah mulai"
    EARLY = "belum dibuka"
    CLOSED = "sudah ditutup"


def window_of(event: Event, at: dt.datetime) -> Window:
    """Of registration at that moment: between its two ends, and never after the event has begun."""
    opens, closes = event.registration_from, event.registration_until
    reasons = (
        (event.published_at is None or event.published_at > at, Window.DRAFT),
        (event.cancelled_at is not None, Window.CANCELLED),
        (event.starts_at <= at, Window.STARTED),
        (not event.takes_registrations, Window.NONE),
        (opens is not None and opens > at, Window.EARLY),
        (closes is not None and closes <= at, Window.CLOSED),
    )
    return next((window for holds, window in reasons if holds), Window.OPEN)


def takes_part(user: Viewer, status: str | None, in_service: Collection[str]) -> bool:
    """An account of an officer who is in service today."""
    return account_rules.is_officer(user) and status in in_service


def can_add_late(event: Event, at: dt.datetime) -> bool:
    """Editors put officers on the list outside the window too, as long as the event is not over."""
    return event.published_at is not None and event.cancelled_at is None and event.ends_at > at


def sees_link(registration: Registration | None) -> bool:
    """The link to the meeting is for those who have a seat for certain."""
    return registration is not None and registration.state == registration.State.IN
