"""Undoing a merge: every post back under its number, addresses alive, readers right, once."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from epk.lib.indonesian import query
from forum.actions.answers import accept_answer
from forum.actions.appeals import undo
from forum.actions.reading import join_question, thank
from forum.actions.rearranging import merge_topics, split_posts
from forum.actions.writing import mark_read, reply
from forum.models import Decision, Post, ReadMark, Topic, TopicFollow
from forum.queries.search import best_posts
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words
from tests.forum.places import is_sound, latest, places, snapshot

WHY = "Pertanyaan yang sama."


@pytest.fixture
def nina(db: None) -> User:
    """A second moderator."""
    return make_user("nina@demo.example", "Nina", "moderator")


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

    def test_costs_the_same_for_2_posts_and_for_40(
        self, siti: User, budi: User, maya: User
    ) -> None:
        counts = []
        for more in (1, 39):
            source, target = make_topic(budi), make_topic(siti)
            for _ in range(more):
                make_reply(source, siti)
            merged = merge_topics(source, target, by=maya, reason=WHY)
            with CaptureQueriesContext(connection) as queries:
                undo(merged, by=maya, reason=WHY)
            counts.append(len(queries))
        assert counts[0] == counts[1] < 60

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
        found = best_posts(siti, query("kartu kuning"), {})
        assert found
        assert set(Post.objects.filter(pk__in=found).values_list("topic", flat=True)) == {source.pk}

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
