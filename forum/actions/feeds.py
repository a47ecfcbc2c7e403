"""The key of somebody's feeds: made, made anew, taken away."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from forum.models import FeedKey
from forum.queries.feed import digest_of

if TYPE_CHECKING:
    from accounts.models import User

NOTED_EVERY: Final = dt.timedelta(hours=1)
"""Programs come every few minutes; when they last came is written down once an hour."""


def make_feed_key(user: User) -> str:
    """A new key; the one before it ends. Told once, and kept nowhere."""
    key = secrets.token_urlsafe(32)
    FeedKey.objects.update_or_create(
        user=user,
        defaults={"digest": digest_of(key), "created_at": timezone.now(), "used_at": None},
    )
    return key


def revoke_feed_key(user: User) -> bool:
    """Whether there was one."""
    return FeedKey.objects.filter(user=user).delete()[0] > 0


def note_use(key: FeedKey) -> None:
    """Write down that a feed was fetched, for its owner to see."""
    now = timezone.now()
    if key.used_at is None or key.used_at < now - NOTED_EVERY:
        FeedKey.objects.filter(pk=key.pk).update(used_at=now)
