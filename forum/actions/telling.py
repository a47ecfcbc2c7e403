"""Telling those who follow or are named, in the transaction in which something is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epk.lib.notices import notify
from forum import notices

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models import Post


def tell_of_post(post: Post, *, by: User) -> None:
    """A new post: to those mentioned, and else to the followers of its topic or category."""
    subject, item = notices.subject_of(post), notices.item_of(post)
    if "@" in post.source:
        notify(notices.MENTION, subject=subject, item=item, by=by)
    if post.number > 1:
        notify(notices.REPLY, subject=subject, item=item, by=by)
    elif not post.topic.is_private:
        notify(notices.TOPIC_STARTED, subject=subject, item=item, by=by)


def tell_of_edit(post: Post, *, by: User) -> None:
    """Only to those whom this version is the first to mention."""
    notify(notices.MENTION, subject=notices.subject_of(post), item=notices.item_of(post), by=by)
