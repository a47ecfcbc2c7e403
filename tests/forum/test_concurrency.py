"""Many at once on the same topics, in real threads: nothing lost, nothing twice, nobody stuck."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.actions import answers, moderation, reading, rearranging, writing
from forum.actions.appeals import appeal, decide_appeal, undo
from forum.actions.deciding import HANDLED
from forum.models import Appeal, Decision, Post, Report, Suspension, Topic
from forum.recount import differences
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words
from tests.forum.test_moderation_actions import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Memuat data pribadi orang lain."
THREADS = 8
STEPS = int(os.environ.get("CROWD", "25"))
"""Of each thread of the crowd; `CROWD=300` is a longer walk."""


@pytest.fixture
def officers(db: None) -> list[User]:
    return [
        make_user(f"petugas{number}@contoh.example", f"Petugas {number}", "pengantar_kerja")
        for number in range(THREADS)
    ]


@pytest.fixture
def nina(db: None) -> User:
    """A second moderator."""
    return make_user("nina@demo.example", "Nina", "moderator")


@pytest.fixture
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_A_MINUTE", 1_000_000)
    monkeypatch.setattr(writing, "MOST_AN_HOUR", 1_000_000)


def together(*tasks: Callable[[], None]) -> list[BaseException]:
    """Each in a thread with a connection of its own; the faults that came of it."""
    gate, faults = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], None]) -> None:
        try:
            gate.wait(timeout=20)
            task()
        except BaseException as fault:  # noqa: BLE001  (told to the test)
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60 + 10 * STEPS)
        assert not thread.is_alive(), "they wait for each other"
    return faults


@pytest.mark.usefixtures("_no_limit")
def test_eight_reply_to_one_topic_at_once(siti: User, officers: list[User]) -> None:
    topic, each = make_topic(siti), 6

    def writing_on(person: User) -> Callable[[], None]:
        def run() -> None:
            for number in range(each):
                writing.reply(topic, words(f"Balasan {number} dari {person.name}"), by=person)

        return run

    assert together(*(writing_on(person) for person in officers)) == []
    numbers = list(topic.posts.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, THREADS * each + 2))
    topic.refresh_from_db()
    assert (topic.last_number, topic.reply_count) == (THREADS * each + 1, THREADS * each)
    for person in officers:
        own = topic.posts.filter(author=person).order_by("number")
        assert list(own.values_list("source", flat=True)) == [
            f"Balasan {number} dari {person.name}" for number in range(each)
        ]
    assert list(differences()) == []


def test_one_form_sent_by_eight_clicks_is_one_post(siti: User, budi: User) -> None:
    topic, same = make_topic(siti), words("Sekali saja")

    def click() -> None:
        writing.reply(topic, same, by=budi)

    assert together(*[click] * THREADS) == []
    assert topic.posts.filter(author=budi).count() == 1
    assert list(differences()) == []


def test_eight_thank_and_take_it_back_at_once(siti: User, officers: list[User]) -> None:
    post = make_reply(make_topic(siti), siti)

    def of(person: User) -> Callable[[], None]:
        def run() -> None:
            for _ in range(4):
                reading.thank(post, by=person)
                reading.take_thanks_back(post, by=person)
            reading.thank(post, by=person)

        return run

    assert together(*(of(person) for person in officers)) == []
    post.refresh_from_db()
    assert post.thanks_count == THREADS
    assert list(differences()) == []


class Crowd:
    """Everybody does what they like with the same few topics; refusals are no fault."""

    def __init__(self, topics: list[Topic], moderators: list[User], pembina: User) -> None:
        self.keys = [topic.pk for topic in topics]
        self.moderators, self.pembina = moderators, pembina
        self.category = make_category()
        self.done = 0

    def member(self, person: User, seed: int, steps: int) -> Callable[[], None]:
        def run() -> None:
            dice = random.Random(seed)
            for _ in range(steps):
                try:
                    self.step(dice, person)
                except (ValidationError, PermissionDenied):
                    continue
                self.done += 1

        return run

    def step(self, dice: random.Random, person: User) -> None:
        topic = Topic.objects.get(pk=dice.choice(self.keys))
        post = dice.choice(list(Post.objects.filter(topic__in=self.keys).order_by("pk")))
        boss = dice.choice(self.moderators)
        why: dict[str, Any] = {"by": boss, "reason": "Acak"}
        verbs: list[Callable[[], object]] = [
            lambda: writing.reply(topic, words("Balasan"), by=person),
            lambda: writing.reply(topic, words("Balasan"), by=person),
            lambda: writing.delete_post(post, by=post.author or person),
            lambda: reading.thank(post, by=person),
            lambda: reading.take_thanks_back(post, by=person),
            lambda: reading.join_question(topic, by=person),
            lambda: answers.accept_answer(post, by=post.topic.author or person),
            lambda: moderation.hide_post(post, **why),
            lambda: moderation.show_post(post, **why),
            lambda: moderation.suspend_author(post, days=1, **why),
            lambda: moderation.lift_suspension(person, **why),
            lambda: moderation.report_post(post, reason="lain", by=person),
            lambda: rearranging.merge_topics(
                topic, Topic.objects.get(pk=dice.choice(self.keys)), **why
            ),
            lambda: self.split(topic, post, why),
            lambda: self.undo(dice, why),
        ]
        dice.choice(verbs)()

    def split(self, topic: Topic, post: Post, why: dict[str, Any]) -> None:
        rearranging.split_posts(
            topic, [post.number], title="Topik terpisah", category=self.category, **why
        )

    def undo(self, dice: random.Random, why: dict[str, Any]) -> None:
        found = list(
            Decision.objects.filter(verb__in=["gabungkan", "pisahkan"]).order_by("-pk")[:4]
        )
        if found:
            undo(dice.choice(found), **why)


@pytest.mark.usefixtures("_no_limit")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowd_on_two_topics_leaves_them_sound(
    siti: User, budi: User, maya: User, nina: User, officers: list[User], seed: int
) -> None:
    topics = [make_topic(siti), make_topic(budi)]
    for topic in topics:
        for person in officers[:3]:
            make_reply(topic, person)
    crowd = Crowd(topics, [maya, nina], maya)
    tasks = (
        crowd.member(person, seed * 100 + place, steps=STEPS)
        for place, person in enumerate(officers)
    )
    assert together(*tasks) == []
    assert crowd.done > THREADS * STEPS / 5
    assert [(found.what, found.rows) for found in differences()] == []


def test_two_moderators_at_once_do_each_thing_once(
    siti: User, budi: User, maya: User, nina: User
) -> None:
    """Every verb there is: one acts, the other is told."""
    topic, target = make_topic(siti), make_topic(budi)
    post, other = make_reply(topic, budi), make_reply(topic, siti)
    lain = make_category("lain")

    def report() -> None:
        moderation.report_post(post, reason="iklan", by=siti)

    report()
    acts: dict[str, Callable[[dict[str, Any]], object]] = {
        "tutup_laporan": lambda why: moderation.dismiss_reports(post, **why),
        "tegur": lambda why: moderation.warn_author(post, **why),
        "tangguhkan": lambda why: moderation.suspend_author(post, days=2, **why),
        "pulihkan": lambda why: moderation.lift_suspension(budi, **why),
        "sembunyikan_tulisan": lambda why: moderation.hide_post(post, **why),
        "tampilkan_tulisan": lambda why: moderation.show_post(post, **why),
        "sembunyikan_topik": lambda why: moderation.hide_topic(topic, **why),
        "tampilkan_topik": lambda why: moderation.show_topic(topic, **why),
        "kunci": lambda why: moderation.lock_topic(topic, **why),
        "buka": lambda why: moderation.unlock_topic(topic, **why),
        "sematkan": lambda why: moderation.pin_topic(topic, **why),
        "lepas": lambda why: moderation.unpin_topic(topic, **why),
        "pindahkan": lambda why: moderation.move_topic(topic, lain, **why),
        "pisahkan": lambda why: rearranging.split_posts(
            topic, [other.number], title="Topik terpisah", category=lain, **why
        ),
        "gabungkan": lambda why: rearranging.merge_topics(topic, target, **why),
        "urai": lambda why: undo(Decision.objects.get(verb="gabungkan"), **why),
        "kembalikan": lambda why: undo(Decision.objects.get(verb="pisahkan"), **why),
        "cabut_teguran": lambda why: undo(Decision.objects.get(verb="tegur"), **why),
    }
    assert set(acts) == set(Decision.Verb.values)
    for verb, act in acts.items():
        results = at_once(
            lambda act=act: act({"by": maya, "reason": WHY}),  # type: ignore[misc]
            lambda act=act: act({"by": nina, "reason": WHY}),  # type: ignore[misc]
        )
        assert results.count("ok") == 1, (verb, results)
        (said,) = [result for result in results if result != "ok"]
        assert said == HANDLED or said.endswith("."), verb
        assert Decision.objects.filter(verb=verb).count() == 1, verb
    assert list(differences()) == []


def test_two_moderators_judge_an_objection_once(
    siti: User, budi: User, maya: User, nina: User, admin: User
) -> None:
    hidden = moderation.hide_post(make_reply(make_topic(siti), budi), by=maya, reason=WHY)
    made = appeal(hidden, text="Itu nomor kantor.", by=budi)
    results = at_once(
        lambda: decide_appeal(made, upheld=True, answer="Benar.", by=nina),
        lambda: decide_appeal(made, upheld=False, answer="Tidak.", by=admin),
    )
    assert results == [HANDLED, "ok"]
    assert Appeal.objects.get().upheld is Post.objects.get(pk=hidden.post_id).is_shown


def test_pages_answer_while_topics_are_merged_and_parted(
    siti: User, budi: User, maya: User, nina: User
) -> None:
    """Readers see a page or are led on: never an error."""
    one, two = make_topic(siti), make_topic(budi)
    posts = [make_reply(one, budi), make_reply(two, siti)]
    over = threading.Event()
    codes: set[int] = set()

    def rearrange() -> None:
        try:
            for turn in range(6):
                by = (maya, nina)[turn % 2]
                undo(rearranging.merge_topics(one, two, by=by, reason=WHY), by=by, reason=WHY)
        finally:
            over.set()

    def read(person: User) -> Callable[[], None]:
        def run() -> None:
            client = Client()
            client.force_login(person)
            while not over.is_set():
                for topic in (one, two):
                    path = reverse("forum:topic", args=[topic.pk])
                    codes.add(client.get(path, follow=True).status_code)
                for post in posts:
                    path = reverse("forum:post", args=[post.pk])
                    codes.add(client.get(path, follow=True).status_code)

        return run

    assert together(rearrange, read(siti), read(budi)) == []
    assert codes == {200}
    assert list(differences()) == []


def test_reports_and_suspensions_stay_single(
    siti: User, budi: User, maya: User, nina: User
) -> None:
    """While one hides, another suspends and people report: one open report each, one suspension."""
    post = make_reply(make_topic(siti), budi)
    results = at_once(
        lambda: moderation.report_post(post, reason="iklan", by=siti),
        lambda: moderation.report_post(post, reason="lain", by=siti),
        lambda: moderation.suspend_author(post, days=2, by=maya, reason=WHY),
        lambda: moderation.suspend_author(post, days=9, by=nina, reason=WHY),
    )
    assert results.count("ok") == 2
    assert Report.objects.count() == 1
    assert Suspension.objects.count() == 1
