"""What happens to a version of an article or a circular: saved, sent, sent back, let out, dropped.

Every form carries the number of times its version had been saved (`seen`): what somebody else has
saved meanwhile is never written over and never let out unread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.models import Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

_V = TypeVar("_V", bound=Version)
STALE: Final = (
    "Versi ini baru saja disimpan oleh %(name)s. Bandingkan keduanya di bawah, lalu simpan lagi."
)
NOT_WORKING: Final = "Versi ini tidak sedang dikerjakan lagi; muat ulang halamannya."
NOT_IN_REVIEW: Final = "Versi ini tidak sedang menunggu telaah; muat ulang halamannya."
OWN: Final = "Yang menyimpan terakhir tidak dapat menelaahnya sendiri; mintalah editor lain."
NO_REMARK: Final = "Tulis apa yang perlu diperbaiki."
NO_TEXT: Final = "Isi tulisannya dulu."
State = Version.State


@transaction.atomic
def save_version(version: _V, *, values: Mapping[str, Any], seen: int, by: User) -> _V:
    """Write what an editor has typed. Raises ValidationError (code `stale`) when it is outdated."""
    current = locked(version, by=by)
    _require(current.is_working, NOT_WORKING)
    _fresh(current, seen)
    for name, value in values.items():
        setattr(current, name, value)
    current.saved_by = by
    current.saved_at = timezone.now()
    current.edits += 1
    current.save()
    return current


@transaction.atomic
def send_for_review(version: _V, *, seen: int, by: User) -> _V:
    current = locked(version, by=by)
    _require(current.state == State.DRAFT, NOT_WORKING)
    _fresh(current, seen)
    _require(bool(current.source.strip()), NO_TEXT)
    return _becomes(current, State.REVIEW, sent_at=timezone.now(), remark="")


@transaction.atomic
def take_back(version: _V, *, by: User) -> _V:
    """Out of review, by whoever wants to go on writing."""
    current = locked(version, by=by)
    _require(current.state == State.REVIEW, NOT_IN_REVIEW)
    return _becomes(current, State.DRAFT)


@transaction.atomic
def send_back(version: _V, *, remark: str, seen: int, by: User) -> _V:
    """To be repaired, with a sentence about what."""
    current = locked(version, by=by)
    _require(current.state == State.REVIEW, NOT_IN_REVIEW)
    _fresh(current, seen)
    _require(bool(remark.strip()), NO_REMARK)
    return _becomes(current, State.DRAFT, remark=remark.strip())


@transaction.atomic
def let_out(version: _V, *, seen: int, by: User) -> _V:
    """It is live from now on, and the one before is old. Nobody lets out what they saved last."""
    current = locked(version, by=by)
    _require(current.state == State.REVIEW, NOT_IN_REVIEW)
    _fresh(current, seen)
    if not rules.can_review(by, current):
        raise ValidationError(OWN, code="own")
    siblings_of(current).filter(state=State.LIVE).update(state=State.OLD)
    return _becomes(
        current,
        State.LIVE,
        reviewer=by,
        reviewer_name=by.name,
        decided_at=timezone.now(),
        remark="",
    )


@transaction.atomic
def drop(version: _V, *, by: User) -> _V:
    """Give up what is being worked on; it stays in the history."""
    current = locked(version, by=by)
    _require(current.is_working, NOT_WORKING)
    return _becomes(current, State.DROPPED)


def locked(version: _V, *, by: User) -> _V:
    """The row as it is now, held until the end of the transaction. Editors only."""
    if not rules.can_edit(by):
        raise PermissionDenied
    manager: Any = type(version)._default_manager
    row: _V = manager.select_for_update(of=("self",)).get(pk=version.pk)
    return row


def siblings_of(version: Version) -> Any:
    """All versions of the same text."""
    owner = version.OWNER
    manager: Any = type(version)._default_manager
    return manager.filter(**{owner: getattr(version, f"{owner}_id")})


def next_number(version: Version) -> int:
    last = siblings_of(version).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _becomes(version: _V, state: str, **values: Any) -> _V:
    version.state = state
    for name, value in values.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *values])
    return version


def _fresh(version: Version, seen: int) -> None:
    if version.edits != seen:
        name = version.saved_by.name if version.saved_by else "editor lain"
        raise ValidationError(STALE, code="stale", params={"name": name})


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValidationError(sentence, code="state")
