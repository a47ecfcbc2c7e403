"""The forum of the demo: written as people write, the same every time, sound by the recount."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.demo import fill_forum, fill_posts
from forum.models import Consultation, Post, Topic
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


def test_has_something_for_everybody(
    client: Client, siti: User, budi: User, joko: User, maya: User, rina: User
) -> None:
    """A verified answer, a consultation that was answered, a report in the queue."""
    fill_forum(on=timezone.localdate())
    verified = Topic.objects.get(verification__isnull=False)
    assert verified.verification is not None
    assert verified.verification.citations.count() == 1
    assert Consultation.objects.get().state == Consultation.State.ANSWERED
    client.force_login(maya)
    assert "Pesan berantai" in client.get(reverse("forum:moderation")).content.decode()
    client.force_login(budi)
    assert "Predikat kinerja saya" in client.get(reverse("forum:consultations")).content.decode()


def test_many_posts_are_sound_too(siti: User) -> None:
    fill_posts(6_000, on=DAY, progress=lambda _line: None)
    assert Post.objects.count() == 6_000
    assert list(differences()) == []
