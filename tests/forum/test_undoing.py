"""Undoing merges, splits and warnings: every post back under its number, readers right, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.indonesian import query
from forum.actions import moderation
from forum.actions.answers import accept_answer
from forum.actions.appeals import appeal, decide_appeal, undo
from forum.actions.deciding import HANDLED
from forum.actions.reading import join_question, thank
from forum.actions.rearranging import merge_topics, split_posts
from forum.actions.writing import mark_read, reply
from forum.models import Decision, Post, ReadMark, Topic, TopicFollow
from forum.queries.search import best_posts
from forum.recount import differences
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words
from tests.forum.test_moderation_actions import at_once

WHY = "Pertanyaan yang sama."


@pytest.fixture
def nina(db: None) -> User:
    """A second moderator."""
    return make_user("nina@demo.example", "Nina", "moderator")


def places(topic: Topic) -> list[tuple[int, int, str]]:
    """The posts of a topic: number, key, state."""
    return list(topic.posts.order_by("number").values_list("number", "pk", "state"))


def snapshot(topic: Topic) -> dict[str, Any]:
    """All that a merge or a split could have changed of it."""
    columns = (
        *("last_number", "reply_count", "thanks_count", "metoo_count", "accepted"),
        *("last_posted_at", "last_author_name", "merged_into", "merged_offset"),
    )
    found: dict[str, Any] = Topic.objects.values(*columns).get(pk=topic.pk)
    found["places"] = places(topic)
    found["follows"] = set(topic.follows.values_list("user", "stance"))
    found["metoo"] = set(topic.metoo.values_list("user", flat=True))
    found["standing"] = set(topic.posts.values_list("pk", "standing"))
    return found


def latest(verb: Decision.Verb) -> Decision:
    found = Decision.objects.filter(verb=verb).order_by("-pk").first()
    assert found is not None
    return found


def is_sound() -> bool:
    return list(differences()) == []


@pytest.mark.django_db
class TestAMerge:
    @pytest.fixture
    def two(self, siti: User, budi: User, rina: User) -> tuple[Topic, Topic]:
        """Budi's question with an accepted answer, and Siti's."""
        source, target = make_topic(budi, title="Kartu kuning hilang"), make_topic(siti)
        answer = make_reply(source, siti)
        make_reply(source, rina)
        make_reply(target, budi)
        accept_answer(answer, by=budi)
        thank(answer, by=budi)
        join_question(source, by=rina)
        return source, target

    def test_is_undone_as_if_it_had_not_been(
        self, two: tuple[Topic, Topic], siti: User, maya: User, nina: User
    ) -> None:
        source, target = two
        before, kept = snapshot(source), snapshot(target)
        merged = merge_topics(source, target, by=maya, reason=WHY)
        assert is_sound()
        undone = undo(merged, by=nina, reason="Ternyata berbeda.")
        assert (undone.verb, undone.undoes, undone.person) == ("urai", merged, source.author)
        assert snapshot(source) == before
        after = snapshot(target)
        stubs = after["places"][2:]
        assert [(number, state) for number, _, state in stubs] == [
            (3, "pindah"),
            (4, "pindah"),
            (5, "pindah"),
        ]
        assert after["places"][:2] == kept["places"]
        for name in ("reply_count", "thanks_count", "metoo_count", "accepted", "follows", "metoo"):
            assert after[name] == kept[name], name
        assert is_sound()
        assert reply(target, words(), by=siti).number == 6
        assert reply(source, words(), by=siti).number == 4

    def test_every_address_leads_to_the_post(
        self, client: Client, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        post = source.posts.get(number=2)
        undo(merge_topics(source, target, by=maya, reason=WHY), by=maya, reason=WHY)
        client.force_login(siti)
        own = client.get(reverse("forum:post", args=[post.pk])).headers["Location"]
        assert own == f"{reverse('forum:topic', args=[source.pk])}#tulisan-2"
        stub = target.posts.get(number=4)
        led = client.get(reverse("forum:post", args=[stub.pk])).headers["Location"]
        assert led == reverse("forum:post", args=[post.pk])
        assert client.get(reverse("forum:topic", args=[source.pk])).status_code == 200
        assert client.get(reverse("forum:topic", args=[target.pk])).status_code == 200

    def test_who_read_on_has_read_in_both(
        self, two: tuple[Topic, Topic], budi: User, maya: User
    ) -> None:
        source, target = two
        ReadMark.objects.all().delete()
        merged = merge_topics(source, target, by=maya, reason=WHY)
        mark_read(target, 4, by=budi)
        undo(merged, by=maya, reason=WHY)
        marks = dict(ReadMark.objects.filter(user=budi).values_list("topic", "last_number"))
        assert marks == {source.pk: 2, target.pk: 4}

    def test_who_has_written_in_the_other_since_follows_it(
        self, two: tuple[Topic, Topic], rina: User, maya: User
    ) -> None:
        source, target = two
        merged = merge_topics(source, target, by=maya, reason=WHY)
        reply(target, words(), by=rina)
        undo(merged, by=maya, reason=WHY)
        assert TopicFollow.objects.filter(topic=target, user=rina).exists()
        assert target.posts.get(number=6).state == Post.State.SHOWN
        assert is_sound()

    def test_it_is_found_by_its_title_again(
        self, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        undo(merge_topics(source, target, by=maya, reason=WHY), by=maya, reason=WHY)
        (key,) = best_posts(siti, query("kartu kuning"), {})
        assert Post.objects.get(pk=key).topic == source

    def test_in_a_chain_each_goes_where_it_was(
        self, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        end = make_topic(siti)
        before = snapshot(source)["places"]
        first = merge_topics(source, target, by=maya, reason=WHY)
        second = merge_topics(target, end, by=maya, reason=WHY)
        undo(second, by=maya, reason=WHY)
        source.refresh_from_db()
        assert (source.merged_into, source.merged_offset) == (target, 2)
        assert is_sound()
        undo(first, by=maya, reason=WHY)
        assert places(source) == before
        assert is_sound()

    def test_in_a_chain_the_first_may_go_first(
        self, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        end = make_topic(siti)
        before = snapshot(source)["places"]
        first = merge_topics(source, target, by=maya, reason=WHY)
        second = merge_topics(target, end, by=maya, reason=WHY)
        undo(first, by=maya, reason=WHY)
        assert places(source) == before
        undo(second, by=maya, reason=WHY)
        assert is_sound()
        assert [state for _, _, state in places(target)] == ["tampil"] * 2 + ["pindah"] * 3

    def test_a_post_split_off_meanwhile_stays_where_it_is(
        self, two: tuple[Topic, Topic], maya: User
    ) -> None:
        source, target = two
        merged = merge_topics(source, target, by=maya, reason=WHY)
        made = split_posts(
            target, [4], title="Topik lain lagi", category=make_category(), by=maya, reason=WHY
        )
        split = latest(Decision.Verb.SPLIT)
        post = made.posts.get()
        undo(merged, by=maya, reason=WHY)
        assert made.posts.get() == post
        stubs = Post.objects.filter(state="pindah", moved_to=post)
        assert set(stubs.values_list("topic", "number")) == {(source.pk, 2), (target.pk, 4)}
        assert is_sound()
        undo(split, by=maya, reason=WHY)
        post.refresh_from_db()
        assert (post.topic, post.number) == (source, 2)
        assert is_sound()

    def test_is_undone_once_by_those_who_may(
        self, two: tuple[Topic, Topic], siti: User, budi: User, maya: User
    ) -> None:
        source, target = two
        merged = merge_topics(source, target, by=maya, reason=WHY)
        for person in (siti, budi):
            with pytest.raises(PermissionDenied):
                undo(merged, by=person, reason=WHY)
        with pytest.raises(ValidationError, match="alasan"):
            undo(merged, by=maya, reason=" ")
        undo(merged, by=maya, reason=WHY)
        again = merge_topics(source, target, by=maya, reason=WHY)
        with pytest.raises(ValidationError, match="sudah ditangani"):
            undo(merged, by=maya, reason=WHY)
        undo(again, by=maya, reason=WHY)
        assert is_sound()


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
