"""`check_forum` recounts everything: silent when all is right, loud for each thing that is not."""

from __future__ import annotations

import io
import random
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from forum.actions import writing
from forum.actions.writing import Words
from forum.models import MeToo, Post, ReadMark, Thanks, Topic
from forum.recount import CHECKS, differences
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db


def test_a_sound_forum_is_sound(siti: User, budi: User) -> None:
    make_reply(make_topic(siti), budi)
    told = io.StringIO()
    call_command("check_forum", stdout=told)
    assert told.getvalue() == "Forum cocok: 1 topik, 2 tulisan.\n"


def test_each_fault_is_found(siti: User, budi: User) -> None:
    topic, other = make_topic(siti), make_topic(budi)
    post = make_reply(topic, budi)
    Thanks.objects.create(post=post, user=siti)
    MeToo.objects.create(topic=topic, user=budi)
    Topic.objects.filter(pk=topic.pk).update(
        last_number=7, reply_count=9, thanks_count=3, accepted=other.posts.get()
    )
    Post.objects.filter(pk=post.pk).update(number=3, standing=2, attachment_count=1)
    ReadMark.objects.filter(user=budi, topic=topic).update(last_number=99)
    assert {found.what for found in differences()} == set(CHECKS)
    with pytest.raises(CommandError, match="tidak cocok"):
        call_command("check_forum", stdout=io.StringIO())


def test_random_actions_leave_it_sound(
    siti: User, budi: User, rina: User, maya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever people do in whatever order, refusals included."""
    monkeypatch.setattr(writing, "MOST_A_MINUTE", 100_000)
    monkeypatch.setattr(writing, "MOST_AN_HOUR", 100_000)
    dice = random.Random(5)
    people, category = [siti, budi, rina, maya], make_category()
    topics = [make_topic(siti), make_topic(budi, kind="diskusi")]
    done = refused = 0
    for step in range(300):
        person, topic = dice.choice(people), dice.choice(topics)
        sent = Words(f"Tulisan {step}", uuid.UUID(int=dice.getrandbits(7)))  # keys repeat
        posts = list(Post.objects.filter(topic=topic))
        try:
            match dice.randrange(6):
                case 0:
                    begun = writing.start_topic(
                        category, kind="pertanyaan", title="Judul acak", words=sent, by=person
                    )
                    topics.append(begun)
                case 1 | 2:
                    writing.reply(topic, sent, by=person)
                case 3:
                    post = dice.choice(posts)
                    writing.edit_post(post, source="Lain", seen_version=post.version, by=person)
                case 4:
                    writing.delete_post(dice.choice(posts), by=person)
                case _:
                    locked = None if topic.is_locked else timezone.now()
                    Topic.objects.filter(pk=topic.pk).update(locked_at=locked)
                    topic.refresh_from_db()
            done += 1
        except (ValidationError, PermissionDenied):
            refused += 1
    assert list(differences()) == []
    assert done > 100
    assert refused > 20
