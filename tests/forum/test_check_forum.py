"""`check_forum` recounts everything: silent when all is right, loud for each thing that is not."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import uuid
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions import answers, moderation, reading, rearranging, writing
from forum.actions.writing import Words
from forum.models import MeToo, Post, ReadMark, Regulation, Thanks, Topic
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


class Soak:
    """People doing whatever they can think of, refusals included."""

    def __init__(self, seed: int, people: list[User], pembina: User) -> None:
        self.dice = random.Random(seed)
        self.people, self.pembina = people, pembina
        self.category = make_category()
        self.topics = [make_topic(people[0]), make_topic(people[1], kind="diskusi")]
        self.law = Regulation.objects.create(name="UU 13/2003", in_force_from=dt.date(2003, 3, 25))
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def step(self, number: int) -> None:
        verb = self.dice.choice(VERBS)
        topic = Topic.objects.get(pk=self.dice.choice(self.topics).pk)
        posts = list(Post.objects.filter(topic=topic)) or list(Post.objects.all()[:1])
        try:
            with transaction.atomic():
                getattr(self, verb)(
                    topic, self.dice.choice(posts), self.dice.choice(self.people), number
                )
        except (ValidationError, PermissionDenied):
            self.refused[verb] += 1
        else:
            self.done[verb] += 1

    def words(self, number: int) -> Words:
        return Words(f"Tulisan {number}", uuid.UUID(int=self.dice.getrandbits(8)))  # keys repeat

    def start(self, _topic: Topic, _post: Post, by: User, number: int) -> None:
        words = self.words(number)
        begun = writing.start_topic(
            self.category, kind="pertanyaan", title="Judul acak", words=words, by=by
        )
        self.topics.append(begun)

    def reply(self, topic: Topic, _post: Post, by: User, number: int) -> None:
        writing.reply(topic, self.words(number), by=by)

    def edit(self, _topic: Topic, post: Post, by: User, number: int) -> None:
        text = f"Lain {number}"
        writing.edit_post(post, source=text, seen_version=post.version, by=post.author or by)

    def delete(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        writing.delete_post(post, by=post.author or by)

    def thank(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        reading.thank(post, by=by)

    def unthank(self, _topic: Topic, post: Post, by: User, _number: int) -> None:
        reading.take_thanks_back(post, by=by)

    def join(self, topic: Topic, _post: Post, by: User, _number: int) -> None:
        reading.join_question(topic, by=by)

    def accept(self, topic: Topic, post: Post, by: User, _number: int) -> None:
        answers.accept_answer(post, by=topic.author or by)

    def verify(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        until = timezone.localdate() + dt.timedelta(days=30)
        basis = answers.Basis([(self.law, "Pasal 1")], until, post.version)
        answers.verify_answer(post, basis, by=self.pembina)

    def hide(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        moderation.hide_post(post, by=self.pembina, reason="Acak")

    def show(self, _topic: Topic, post: Post, _by: User, _number: int) -> None:
        moderation.show_post(post, by=self.pembina, reason="Acak")

    def lock(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.lock_topic(topic, by=self.pembina, reason="Acak")

    def unlock(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        moderation.unlock_topic(topic, by=self.pembina, reason="Acak")

    def merge(self, topic: Topic, _post: Post, _by: User, _number: int) -> None:
        other = self.dice.choice(self.topics)
        rearranging.merge_topics(topic, other, by=self.pembina, reason="Acak")

    def split(self, topic: Topic, post: Post, _by: User, _number: int) -> None:
        begun = rearranging.split_posts(
            topic,
            [post.number],
            title="Terpisah",
            category=self.category,
            by=self.pembina,
            reason="Acak",
        )
        self.topics.append(begun)


VERBS = (
    *("start", "reply", "reply", "reply", "reply", "edit", "delete", "thank", "thank", "unthank"),
    *("join", "accept", "verify", "hide", "show", "lock", "unlock", "unlock", "merge", "split"),
)
STEPS = int(os.environ.get("SOAK", "500"))


def test_random_actions_leave_it_sound(
    siti: User, budi: User, rina: User, maya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SOAK=10000` makes it as many; the same ones every time."""
    monkeypatch.setattr(writing, "MOST_A_MINUTE", 1_000_000)
    monkeypatch.setattr(writing, "MOST_AN_HOUR", 1_000_000)
    soak = Soak(5, [siti, budi, rina], maya)
    for number in range(STEPS):
        soak.step(number)
    assert [(found.what, found.rows) for found in differences()] == []
    assert set(soak.done) == set(VERBS), "a verb that never came about"
    assert sum(soak.refused.values()) > STEPS / 20
