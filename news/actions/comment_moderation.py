"""What editors do with comments: let through, refuse, hide, show again, close reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from epk.lib.notices import notify
from news import rules
from news.actions.comments import close_reports, held, place_in, settle, tell_of_reply
from news.models import Comment
from news.notices.comments import HIDDEN, item_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

NO_REASON: Final = "Tulis alasannya."
MOST_AT_ONCE: Final = 20
TOO_MANY: Final = f"Paling banyak {MOST_AT_ONCE} komentar sekaligus."
HANDLED: Final = "Komentar ini sudah ditangani %(name)s: sekarang %(state)s."
NO_REPORTS: Final = "Laporan atas komentar ini sudah ditutup editor lain."
PARENT_GONE: Final = (
    "Komentar yang dibalasnya tidak tampil; tampilkan itu dulu, atau tolak balasan ini."
)
State = Comment.State


@transaction.atomic
def let_through(comment: Comment, *, by: User) -> Comment:
    """A comment of the public that waited is shown from now on, after those already there."""
    current = _held(comment, by=by)
    _require(current, State.WAITING)
    return _show(current, by=by, reason="")


def let_through_all(comments: Iterable[Comment], *, by: User) -> tuple[int, list[str]]:
    """How many are shown now, and a sentence for each that is not: each stands for itself."""
    chosen = list(comments)
    if len(chosen) > MOST_AT_ONCE:
        raise ValidationError(TOO_MANY, code="many")
    done, sentences = 0, []
    for comment in chosen:
        try:
            let_through(comment, by=by)
        except ValidationError as refused:
            sentences += [f"{comment.author_name}: {sentence}" for sentence in refused.messages]
        else:
            done += 1
    return done, sentences


@transaction.atomic
def refuse(comment: Comment, *, reason: str, by: User) -> Comment:
    """It is never shown. Its writer is not written to: who spams would only learn from it."""
    current = _held(comment, by=by)
    _require(current, State.WAITING)
    return _decide(current, State.REFUSED, reason=_said(reason), by=by)


@transaction.atomic
def hide(comment: Comment, *, reason: str, by: User) -> Comment:
    """A shown one is taken from the page; who wrote it with an account is told why."""
    current = _held(comment, by=by)
    _require(current, State.SHOWN)
    said = _said(reason)
    _decide(current, State.HIDDEN, reason=said, by=by)
    close_reports(current)
    settle(current.article, current)
    if current.author_id:
        moment = f"{current.moderated_at:%Y%m%d%H%M%S%f}"
        notify(
            HIDDEN,
            subject=subject_of(current),
            item=item_of(current, moment),
            by=by,
            facts={"reason": said},
        )
    return current


@transaction.atomic
def show_again(comment: Comment, *, reason: str, by: User) -> Comment:
    """What was hidden stands where it stood; what was refused comes after those already there."""
    current = _held(comment, by=by)
    _require(current, State.HIDDEN, State.REFUSED)
    return _show(current, by=by, reason=_said(reason))


@transaction.atomic
def dismiss(comment: Comment, *, reason: str, by: User) -> Comment:
    """Close the open reports of a comment; it stays."""
    current = _held(comment, by=by)
    _require(current, State.SHOWN)
    said = _said(reason)
    if not close_reports(current):
        raise ValidationError(NO_REPORTS, code="handled")
    return _decide(current, State.SHOWN, reason=said, by=by)


def _show(current: Comment, *, by: User, reason: str) -> Comment:
    parent = current.parent
    if parent is not None and parent.state != State.SHOWN:
        raise ValidationError(PARENT_GONE, code="parent")
    is_new = current.number is None
    if is_new:
        for name, value in place_in(current.article, current.parent_id).items():
            setattr(current, name, value)
        current.shown_at = timezone.now()
    _decide(current, State.SHOWN, reason=reason, by=by)
    settle(current.article, current)
    if is_new:
        tell_of_reply(current, by=by)
    return current


def _decide(current: Comment, state: str, *, reason: str, by: User) -> Comment:
    current.state = state
    current.reason = reason
    current.moderated_by = by
    current.moderated_at = timezone.now()
    current.save()
    return current


def _held(comment: Comment, *, by: User) -> Comment:
    current = held(comment)
    if not rules.can_moderate_comment(by, current):
        raise PermissionDenied
    return current


def _require(current: Comment, *states: str) -> None:
    if current.state not in states:
        editor = current.moderated_by
        name = editor.name if editor is not None else "penulisnya"
        facts = {"name": name, "state": current.get_state_display().lower()}
        raise ValidationError(HANDLED, code="handled", params=facts)


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(NO_REASON, code="required")
    return reason.strip()
