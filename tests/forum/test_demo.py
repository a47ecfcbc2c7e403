"""The forum of the demo: written as people write, the same every time, sound by the recount."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from forum.demo import fill_forum, fill_posts
from forum.models import Post, Topic
from forum.recount import differences

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


def test_is_written_once_and_sound(
    siti: User, budi: User, joko: User, maya: User, rina: User
) -> None:
    written = fill_forum(on=DAY)
    assert written == Post.objects.count() >= 15
    assert fill_forum(on=DAY) == 0
    assert list(differences()) == []
    assert Topic.objects.filter(accepted__isnull=False).count() == 2


def test_many_posts_are_sound_too(siti: User) -> None:
    fill_posts(6_000, on=DAY, progress=lambda _line: None)
    assert Post.objects.count() == 6_000
    assert list(differences()) == []
