"""Undoing splits and warnings, what objections leave as it is, and the page that undoes."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.actions import moderation
from forum.actions.answers import accept_answer
from forum.actions.appeals import appeal, decide_appeal, undo
from forum.actions.deciding import HANDLED
from forum.actions.reading import thank
from forum.actions.rearranging import merge_topics, split_posts
from forum.actions.writing import reply
from forum.models import Decision, Post, Topic
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words
from tests.forum.places import is_sound, latest, places, snapshot
from tests.forum.test_moderation_actions import at_once

WHY = "Pertanyaan yang sama."


@pytest.fixture
def nina(db: None) -> User:
    """A second moderator."""
    return make_user("nina@demo.example", "Nina", "moderator")


@pytest.mark.django_db
class TestASplit:
    @pytest.fixture
    def topic(self, siti: User, budi: User, rina: User) -> Topic:
        topic = make_topic(siti)
        for number, person in enumerate((budi, rina, budi, siti), start=2):
            make_reply(topic, person, f"Balasan {number}")
        return topic

    def split(self, topic: Topic, numbers: list[int], by: User) -> tuple[Topic, Decision]:
        made = split_posts(
            topic, numbers, title="Cuti bersama", category=make_category(), by=by, reason=WHY
        )
        return made, latest(Decision.Verb.SPLIT)

    def test_is_undone_as_if_it_had_not_been(
        self, client: Client, topic: Topic, siti: User, maya: User
    ) -> None:
        accept_answer(topic.posts.get(number=3), by=siti)
        thank(topic.posts.get(number=3), by=siti)
        before = snapshot(topic)
        made, decision = self.split(topic, [3, 5], maya)
        undone = undo(decision, by=maya, reason="Satu pokok.")
        assert snapshot(topic) == before
        made.refresh_from_db()
        assert (made.merged_into, undone.facts["numbers"]) == (topic, [3, 5])
        assert is_sound()
        client.force_login(siti)
        old = client.get(reverse("forum:topic", args=[made.pk]))
        assert old.headers["Location"] == f"{reverse('forum:topic', args=[topic.pk])}#tulisan-3"
        assert reply(topic, words(), by=siti).number == 6

    def test_what_was_written_since_stays_with_stubs_before_it(
        self, topic: Topic, rina: User, maya: User
    ) -> None:
        made, decision = self.split(topic, [3, 5], maya)
        added = reply(made, words("Baru sesudahnya"), by=rina)
        undo(decision, by=maya, reason=WHY)
        made.refresh_from_db()
        assert made.merged_into is None
        assert [(n, state) for n, _, state in places(made)] == [
            (1, "pindah"),
            (2, "pindah"),
            (3, "tampil"),
        ]
        assert made.posts.get(number=3) == added
        assert [state for _, _, state in places(topic)] == ["tampil"] * 5
        assert is_sound()

    def test_a_post_taken_further_stays_there(self, topic: Topic, maya: User) -> None:
        made, decision = self.split(topic, [3, 5], maya)
        further, second = self.split(made, [2], maya)
        undo(decision, by=maya, reason=WHY)
        assert [state for _, _, state in places(topic)] == ["tampil"] * 4 + ["pindah"]
        assert further.posts.get().source == "Balasan 5"
        assert is_sound()
        undo(second, by=maya, reason=WHY)
        assert is_sound()
        made.refresh_from_db()
        assert made.merged_into is None
        assert [(n, state) for n, _, state in places(made)] == [(1, "pindah"), (2, "tampil")]

    def test_is_said_where_all_are_gone_further(
        self, topic: Topic, siti: User, budi: User, maya: User, nina: User
    ) -> None:
        made, decision = self.split(topic, [2], maya)
        reply(made, words("Menanggapi"), by=siti)
        other = make_topic(siti)
        merge_topics(made, other, by=maya, reason=WHY)
        split_posts(other, [2], title="Topik ketiga", category=make_category(), by=maya, reason=WHY)
        made_appeal = appeal(decision, text="Jangan dipisah.", by=budi)
        assert decide_appeal(made_appeal, upheld=True, answer="Benar.", by=nina) is None
        made_appeal.refresh_from_db()
        assert "sudah dipindahkan lagi" in made_appeal.not_undone
        assert "menggabungkan" in made_appeal.not_undone
        assert is_sound()

    def test_after_both_topics_were_merged_by_hand(
        self, topic: Topic, maya: User, nina: User
    ) -> None:
        made, decision = self.split(topic, [3], maya)
        post = made.posts.get()
        merge_topics(made, topic, by=maya, reason=WHY)
        undo(decision, by=nina, reason=WHY)
        post.refresh_from_db()
        assert (post.topic, post.number) == (topic, 3)
        assert is_sound()


@pytest.mark.django_db
class TestAWarning:
    def test_struck_counts_no_more_and_says_so(
        self, client: Client, siti: User, budi: User, maya: User, nina: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        warned = moderation.warn_author(post, by=maya, reason=WHY)
        assert Decision.objects.warnings_of(budi).count() == 1
        made = appeal(warned, text="Saya tidak melanggar.", by=budi)
        undone = decide_appeal(made, upheld=True, answer="Benar.", by=nina)
        assert undone is not None
        assert (undone.verb, undone.undoes, undone.person) == ("cabut_teguran", warned, budi)
        assert Decision.objects.warnings_of(budi).count() == 0
        client.force_login(budi)
        html = client.get(reverse("forum:decision", args=[warned.pk])).content.decode()
        assert "tidak dihitung lagi" in html
        client.force_login(maya)
        log = client.get(reverse("forum:moderation_log"), {"tindakan": "tegur"}).content.decode()
        assert "Dibatalkan" in log
        page = client.get(reverse("forum:post_moderate", args=[post.pk])).content.decode()
        assert "kali ditegur" not in page

    def test_that_counts_is_told_to_moderators(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        moderation.warn_author(post, by=maya, reason=WHY)
        client.force_login(maya)
        page = client.get(reverse("forum:post_moderate", args=[post.pk])).content.decode()
        assert "Sudah 1 kali ditegur" in page

    def test_struck_leaves_a_newer_report_open(self, siti: User, budi: User, maya: User) -> None:
        post = make_reply(make_topic(siti), budi)
        warned = moderation.warn_author(post, by=maya, reason=WHY)
        report = moderation.report_post(post, reason="iklan", by=siti)
        undo(warned, by=maya, reason="Keliru.")
        report.refresh_from_db()
        assert report.closed_at is None

    def test_struck_is_not_given_again_without_a_report(
        self, siti: User, budi: User, maya: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        undo(moderation.warn_author(post, by=maya, reason=WHY), by=maya, reason="Keliru.")
        with pytest.raises(ValidationError, match="sudah ditangani"):
            moderation.warn_author(post, by=maya, reason=WHY)


@pytest.mark.django_db
class TestWhatCameSince:
    """An objection undoes its own decision, never a later one."""

    def test_a_second_hiding_holds(self, siti: User, budi: User, maya: User, nina: User) -> None:
        post = make_reply(make_topic(siti), budi)
        first = moderation.hide_post(post, by=maya, reason=WHY)
        moderation.show_post(post, by=maya, reason="Keliru.")
        moderation.hide_post(post, by=maya, reason="Disunting, kini melanggar.")
        made = appeal(first, text="Tidak melanggar.", by=budi)
        assert decide_appeal(made, upheld=True, answer="Yang pertama keliru.", by=nina) is None
        made.refresh_from_db()
        assert "tindakan lain" in made.not_undone
        assert Post.objects.get(pk=post.pk).state == Post.State.HIDDEN

    def test_a_second_suspension_holds(
        self, siti: User, budi: User, maya: User, nina: User
    ) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        first = moderation.suspend_author(post, days=3, by=maya, reason=WHY)
        moderation.lift_suspension(budi, by=maya, reason="Cukup.")
        moderation.suspend_author(post, days=30, by=maya, reason="Mengulangi.")
        made = appeal(first, text="Keliru.", by=budi)
        assert decide_appeal(made, upheld=True, answer="Yang pertama keliru.", by=nina) is None
        with pytest.raises(ValidationError, match="ditangguhkan"):
            reply(topic, words(), by=budi)

    def test_a_second_move_holds(self, siti: User, maya: User, nina: User) -> None:
        topic = make_topic(siti)
        first = moderation.move_topic(topic, make_category("lain"), by=maya, reason=WHY)
        moderation.move_topic(topic, make_category("ketiga"), by=maya, reason=WHY)
        made = appeal(first, text="Keliru.", by=siti)
        assert decide_appeal(made, upheld=True, answer="Ya.", by=nina) is None
        topic.refresh_from_db()
        assert topic.category is not None
        assert topic.category.slug == "ketiga"


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["gabungkan", "pisahkan"])
def test_what_was_noted_before_undoing_was_possible_is_said(
    siti: User, budi: User, maya: User, nina: User, verb: str
) -> None:
    """Decisions of the first version hold less: nothing is touched, and both sides read why."""
    source, target = make_topic(budi), make_topic(siti)
    Topic.objects.filter(pk=source.pk).update(merged_into=target)
    old = Decision.objects.create(
        verb=verb, by=maya, reason=WHY, topic=source, person=budi, facts={"into": target.pk}
    )
    made = appeal(old, text="Keliru.", by=budi)
    assert decide_appeal(made, upheld=True, answer="Ya.", by=nina) is None
    made.refresh_from_db()
    assert "sebelum portal dapat membatalkannya. Moderator" in made.not_undone


@pytest.mark.django_db
class TestThePage:
    def test_offers_undoing_to_moderators_once(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        source = make_topic(budi)
        merged = merge_topics(source, make_topic(siti), by=maya, reason=WHY)
        path = reverse("forum:decision", args=[merged.pk])
        client.force_login(maya)
        assert "Batalkan tindakan ini" in client.get(path).content.decode()
        empty = client.post(path, {"reason": ""})
        assert "Tulis alasannya" in empty.content.decode()
        assert client.post(path, {"reason": "Ternyata berbeda."}).status_code == 302
        source.refresh_from_db()
        assert source.merged_into is None
        html = client.get(path).content.decode()
        assert "sudah dibatalkan" in html
        assert "Batalkan tindakan ini" not in html
        assert client.post(path, {"reason": "Sekali lagi."}).status_code == 403

    def test_offers_it_for_nothing_else(self, client: Client, siti: User, maya: User) -> None:
        topic = make_topic(siti)
        locked = moderation.lock_topic(topic, by=maya, reason=WHY)
        client.force_login(maya)
        path = reverse("forum:decision", args=[locked.pk])
        assert "Batalkan tindakan" not in client.get(path).content.decode()
        assert client.post(path, {"reason": WHY}).status_code == 403
        with pytest.raises(PermissionDenied):
            undo(locked, by=maya, reason=WHY)

    def test_is_not_for_the_one_concerned(self, client: Client, siti: User, maya: User) -> None:
        boss = make_user("nina@demo.example", "Nina", "moderator")
        merged = merge_topics(make_topic(maya), make_topic(siti), by=boss, reason=WHY)
        client.force_login(maya)
        html = client.get(reverse("forum:decision", args=[merged.pk])).content.decode()
        assert "Batalkan tindakan" not in html
        assert "Ajukan keberatan" in html


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_undo_once(siti: User, budi: User, maya: User) -> None:
    nina = make_user("nina@demo.example", "Nina", "moderator")
    topic = make_topic(siti)
    post = make_reply(topic, budi)
    merged = merge_topics(make_topic(budi), topic, by=maya, reason=WHY)
    split_posts(topic, [2], title="Topik lain", category=make_category(), by=maya, reason=WHY)
    split = latest(Decision.Verb.SPLIT)
    warned = moderation.warn_author(post, by=maya, reason=WHY)
    for decision in (merged, split, warned):
        results = at_once(
            lambda decision=decision: undo(decision, by=maya, reason=WHY),  # type: ignore[misc]
            lambda decision=decision: undo(decision, by=nina, reason=WHY),  # type: ignore[misc]
        )
        assert results == [HANDLED, "ok"], decision.verb
    assert is_sound()
