"""Who may do what on the news board. Which rows exist for whom is `visible_to`'s to say."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from accounts import rules as account_rules
from accounts.models import RoleGrant
from news.queries.readers import reads_internal

if TYPE_CHECKING:
    from news.models import (
        Article,
        Certificate,
        Comment,
        Event,
        Reader,
        Registration,
        Session,
        Version,
    )
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


# --- Attendance, evaluation, certificate ----------------------------------------------------------

EVALUATION_DAYS: Final = 14
"""From the end of an event an evaluation can be written and changed for so many days."""
LEAST_SHARE: Final = 75
"""Per cent of the sessions that take attendance, rounded up to whole sessions."""
LEAST_ANSWERS: Final = 3
"""Below so many evaluations none is shown: of one or two anybody would know who wrote them."""


def may_be_present(registration: Registration) -> bool:
    """Neither those who wait nor those who were refused are noted as present."""
    return registration.state == registration.State.IN


def is_session_day(session: Session, event: Event, now: dt.datetime) -> bool:
    """Today, by the clock of the place, is a day of the session: QR codes count on these days."""
    today = now.astimezone(ZoneInfo(event.time_zone)).date()
    return _first_day(session, event) <= today <= _last_day(session, event)


def has_begun(session: Session, event: Event, now: dt.datetime) -> bool:
    """From its day on a signed list can be entered; later days are for sheets typed in at home."""
    return _first_day(session, event) <= now.astimezone(ZoneInfo(event.time_zone)).date()


def evaluation_closes(event: Event) -> dt.datetime:
    return event.ends_at + dt.timedelta(days=EVALUATION_DAYS)


def can_evaluate(event: Event, attended: Collection[int], now: dt.datetime) -> bool:
    """Who was in a session, from the end of the event until it closes."""
    return bool(attended) and event.ends_at <= now < evaluation_closes(event)


def shows_answers(count: int) -> bool:
    return count >= LEAST_ANSWERS


def sessions_needed(total: int) -> int:
    """How many of the sessions that take attendance a certificate asks for."""
    return -(-total * LEAST_SHARE // 100)


def can_issue(user: Viewer, event: Event, now: dt.datetime) -> bool:
    """An editor, once the event is over and was not called off."""
    is_held = event.cancelled_at is None and event.ends_at <= now
    return can_edit(user) and event.gives_certificate and is_held


def deserves_certificate(total: int, attended: int, *, evaluated: bool) -> bool:
    """Of an event that never took attendance nobody can be told to have been there."""
    return total > 0 and attended >= sessions_needed(total) and evaluated


def can_download_certificate(user: Viewer, certificate: Certificate) -> bool:
    """Whose it is, and editors; everyone else has the page that proves it."""
    if not user.is_authenticated:
        return False
    return can_edit(user) or certificate.registration.officer.user_id == user.pk


def _first_day(session: Session, event: Event) -> dt.date:
    return session.starts_at.astimezone(ZoneInfo(event.time_zone)).date()


def _last_day(session: Session, event: Event) -> dt.date:
    return (session.ends_at or session.starts_at).astimezone(ZoneInfo(event.time_zone)).date()


# --- Circulars ---


def can_read_circulars(user: Viewer) -> bool:
    """Officers and all who hold a role: the pages at `/edaran/` exist for them."""
    return reads_internal(user)


def can_acknowledge(user: Viewer, reader: Reader) -> bool:
    """Only for oneself, of what one was asked to read."""
    return user.is_authenticated and reader.user_id == user.pk


def can_follow_circulars(user: Viewer) -> bool:
    """Redaksi and Admin Ditjen see all who were asked, an Admin Provinsi those of the province."""
    return (
        can_edit(user)
        or account_rules.administers_nation(user)
        or bool(account_rules.provinces_administered(user))
    )
