"""Merging and splitting: numbers stay dense, addresses alive, readers move along."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.indonesian import query
from forum.actions.rearranging import merge_topics, split_posts
from forum.actions.writing import mark_read, reply
from forum.models import MeToo, Post, ReadMark, Stance, Topic, TopicFollow
from forum.queries.search import best_posts
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words
from tests.forum.test_moderation_actions import at_once

WHY = "Pertanyaan yang sama."


def numbers(topic: Topic) -> list[int]:
    return list(topic.posts.order_by("number").values_list("number", flat=True))


@pytest.mark.django_db
class TestMerging:
    @pytest.fixture
    def two(self, siti: User, budi: User) -> tuple[Topic, Topic]:
        source, target = make_topic(budi, title="Yang digabung"), make_topic(siti)
        for _ in range(2):
            make_reply(source, siti)
            make_reply(target, budi)
        make_reply(target, budi)
        return source, target

    def test_appends_in_order_and_counts(self, two: tuple[Topic, Topic], maya: User) -> None:
        source, target = two
        keys = list(source.posts.order_by("number").values_list("pk", flat=True))
        merge_topics(source, target, by=maya, reason=WHY)
        target.refresh_from_db()
        assert numbers(target) == [1, 2, 3, 4, 5, 6, 7]
        moved = target.posts.filter(number__gt=4).order_by("number")
        assert list(moved.values_list("pk", flat=True)) == keys
        assert (target.reply_count, target.last_number) == (6, 7)
        assert reply(target, words(), by=maya).number == 8

    def test_every_old_address_leads_on(
        self, client: Client, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        post = source.posts.get(number=2)
        merge_topics(source, target, by=maya, reason=WHY)
        client.force_login(siti)
        place = f"{reverse('forum:topic', args=[target.pk])}#tulisan-6"
        assert client.get(reverse("forum:post", args=[post.pk])).headers["Location"] == place
        old = client.get(reverse("forum:topic", args=[source.pk]), {"tulisan": 2})
        assert old.headers["Location"] == place
        reply(source, words("Dikirim ke alamat lama"), by=siti)
        assert target.posts.get(number=8).source == "Dikirim ke alamat lama"

    def test_a_chain_leads_straight_to_its_end(
        self, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        last = make_topic(siti)
        merge_topics(source, target, by=maya, reason=WHY)
        merge_topics(target, last, by=maya, reason=WHY)
        source.refresh_from_db()
        assert (source.merged_into, source.merged_offset) == (last, 5)

    def test_readers_and_followers_move_along(
        self, two: tuple[Topic, Topic], siti: User, budi: User, maya: User
    ) -> None:
        source, target = two
        ReadMark.objects.all().delete()
        mark_read(source, 2, by=siti)
        mark_read(target, 4, by=budi)
        mark_read(source, 1, by=budi)
        TopicFollow.objects.all().delete()
        TopicFollow.objects.create(topic=source, user=siti, stance=Stance.FOLLOWED)
        TopicFollow.objects.create(topic=source, user=budi, stance=Stance.FOLLOWED)
        TopicFollow.objects.create(topic=target, user=budi, stance=Stance.MUTED)
        merge_topics(source, target, by=maya, reason=WHY)
        marks = dict(ReadMark.objects.values_list("user", "last_number"))
        assert marks == {siti.pk: 6, budi.pk: 5}
        stances = dict(TopicFollow.objects.values_list("user", "stance"))
        assert stances == {siti.pk: "ikut", budi.pk: "bisu"}

    def test_who_has_the_question_too_counts_once(
        self, two: tuple[Topic, Topic], siti: User, rina: User, maya: User
    ) -> None:
        source, target = two
        for topic, person in ((source, rina), (target, rina), (source, maya), (source, siti)):
            MeToo.objects.create(topic=topic, user=person)
        merge_topics(source, target, by=maya, reason=WHY)
        target.refresh_from_db()
        assert target.metoo_count == 2
        assert set(target.metoo.values_list("user", flat=True)) == {rina.pk, maya.pk}

    @pytest.mark.parametrize(("kind", "kept"), [("pertanyaan", True), ("diskusi", False)])
    def test_an_accepted_answer_stands_in_a_question_alone(
        self, siti: User, budi: User, maya: User, kind: str, kept: bool
    ) -> None:
        source, target = make_topic(siti), make_topic(siti, kind=kind)
        answer = make_reply(source, budi)
        Topic.objects.filter(pk=source.pk).update(accepted=answer)
        Post.objects.filter(pk=answer.pk).update(standing=1)
        merge_topics(source, target, by=maya, reason=WHY)
        target.refresh_from_db()
        answer.refresh_from_db()
        assert (target.accepted_id == answer.pk, answer.standing == 1) == (kept, kept)

    def test_is_refused_where_it_makes_no_sense(
        self, two: tuple[Topic, Topic], siti: User, maya: User
    ) -> None:
        source, target = two
        with pytest.raises(ValidationError, match="dirinya sendiri"):
            merge_topics(source, source, by=maya, reason=WHY)
        with pytest.raises(PermissionDenied):
            merge_topics(source, target, by=siti, reason=WHY)
        private = make_topic(siti)
        Topic.objects.filter(pk=private.pk).update(kind="konsultasi", category=None)
        for pair in ((private, target), (source, private)):
            with pytest.raises(ValidationError, match="Konsultasi"):
                merge_topics(*pair, by=maya, reason=WHY)
        merge_topics(source, target, by=maya, reason=WHY)
        with pytest.raises(ValidationError, match="sudah ditangani"):
            merge_topics(source, make_topic(siti), by=maya, reason=WHY)
        with pytest.raises(ValidationError, match="sudah digabungkan"):
            merge_topics(target, source, by=maya, reason=WHY)


@pytest.mark.django_db
class TestSplitting:
    def test_posts_keep_their_address_and_leave_stubs(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        posts = [make_reply(topic, budi, f"Balasan {n}") for n in range(2, 6)]
        made = split_posts(
            topic, [3, 5], title="Cuti bersama", category=make_category(), by=maya, reason=WHY
        )
        topic.refresh_from_db()
        assert (numbers(topic), numbers(made)) == ([1, 2, 3, 4, 5], [1, 2])
        assert list(made.posts.values_list("pk", flat=True)) == [posts[1].pk, posts[3].pk]
        made.refresh_from_db()
        assert (topic.reply_count, topic.last_number) == (2, 5)
        assert (made.reply_count, made.last_number, made.author) == (1, 2, budi)
        client.force_login(siti)
        stub = topic.posts.get(number=3)
        assert client.get(reverse("forum:post", args=[stub.pk]), follow=True).status_code == 200
        html = client.get(reverse("forum:topic", args=[topic.pk])).content.decode()
        assert "dipindahkan ke topik lain" in html
        assert "Balasan 3" not in html
        assert reply(topic, words(), by=siti).number == 6

    def test_readers_have_read_what_they_had_read(
        self, siti: User, budi: User, rina: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        for number in range(2, 6):
            make_reply(topic, budi, f"Balasan {number}")
        mark_read(topic, 3, by=rina)
        made = split_posts(
            topic, [2, 3, 5], title="Cuti bersama", category=make_category(), by=maya, reason=WHY
        )
        assert ReadMark.objects.get(user=rina, topic=made).last_number == 2
        assert not ReadMark.objects.filter(user=siti, topic=made).exists()
        assert TopicFollow.objects.get(topic=made).user == budi

    @pytest.mark.parametrize("chosen", [[], [1], [1, 2], [9], [2, 9]])
    def test_wants_numbers_that_are_there_and_not_the_first(
        self, siti: User, budi: User, maya: User, chosen: list[int]
    ) -> None:
        topic = make_topic(siti)
        make_reply(topic, budi)
        with pytest.raises(ValidationError):
            split_posts(
                topic, chosen, title="Topik lain", category=make_category(), by=maya, reason=WHY
            )
        assert Topic.objects.count() == 1

    def test_a_stub_is_not_split_again(self, siti: User, budi: User, maya: User) -> None:
        topic = make_topic(siti)
        make_reply(topic, budi)
        where = make_category()
        split_posts(topic, [2], title="Topik lain", category=where, by=maya, reason=WHY)
        with pytest.raises(ValidationError):
            split_posts(topic, [2], title="Topik lain", category=where, by=maya, reason=WHY)


def found(user: User, text: str) -> list[int]:
    """By the search of the forum: the numbers within their topics of what answers to that text."""
    keys = best_posts(user, query(text), {})
    return [Post.objects.get(pk=key).number for key in keys]


def test_a_split_topic_is_found_by_its_title(siti: User, budi: User, maya: User) -> None:
    topic = make_topic(siti)
    make_reply(topic, budi, "Isinya lain sama sekali.")
    split_posts(topic, [2], title="Kartu kuning", category=make_category(), by=maya, reason=WHY)
    assert found(siti, "kartu kuning") == [1]


def test_a_merged_topic_is_no_longer_found_by_its_title(siti: User, budi: User, maya: User) -> None:
    gone = make_topic(siti, title="Kartu kuning hilang", source="Bagaimana mengurusnya?")
    assert found(siti, "kartu kuning") == [1]
    merge_topics(gone, make_topic(budi), by=maya, reason=WHY)
    assert found(siti, "kartu kuning") == []
    assert found(siti, "mengurusnya") == [2]


@pytest.mark.django_db(transaction=True)
def test_merging_both_ways_while_others_reply_loses_nothing(
    siti: User, budi: User, maya: User
) -> None:
    nina = make_user("nina@demo.example", "Nina", "moderator")
    one, two = make_topic(siti), make_topic(budi)
    results = at_once(
        lambda: merge_topics(one, two, by=maya, reason=WHY),
        lambda: merge_topics(two, one, by=nina, reason=WHY),
        lambda: reply(one, words(), by=siti),
        lambda: reply(two, words(), by=budi),
    )
    assert results.count("ok") == 3
    kept = Topic.objects.get(merged_into__isnull=True)
    assert numbers(kept) == [1, 2, 3, 4]
    assert (kept.reply_count, kept.last_number) == (3, 4)
