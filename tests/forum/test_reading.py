"""Following, reading to the end, thanks, "saya juga"."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import User
from forum.actions import reading
from forum.models import (
    CategoryRead,
    MeToo,
    Post,
    ReadMark,
    Stance,
    Thanks,
    Topic,
    TopicFollow,
)
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db


def unread_of(user: User) -> set[int]:
    rows = Topic.objects.visible_to(user).with_marks(user).unread_by(user)
    return set(rows.values_list("pk", flat=True))


def test_nobody_thanks_themselves(siti: User) -> None:
    post = make_topic(siti).posts.get()
    with pytest.raises(PermissionDenied):
        reading.thank(post, by=siti)
    assert not Thanks.objects.exists()


@pytest.mark.parametrize("state", [Post.State.HIDDEN, Post.State.DELETED])
def test_what_is_not_shown_is_not_thanked(siti: User, maya: User, state: str) -> None:
    post = make_topic(siti).posts.get()
    Post.objects.filter(pk=post.pk).update(state=state)  # while the page lay open
    with pytest.raises(PermissionDenied):
        reading.thank(post, by=maya)


def test_thanks_count_once(siti: User, budi: User) -> None:
    post = make_topic(siti).posts.get()
    for _ in range(2):
        reading.thank(post, by=budi)
    post.refresh_from_db()
    assert (post.thanks_count, post.topic.thanks_count) == (1, 1)
    for _ in range(2):
        reading.take_thanks_back(post, by=budi)
    post = Post.objects.get(pk=post.pk)
    assert (post.thanks_count, post.topic.thanks_count) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_thanks_of_many_at_once_are_counted_right(siti: User, budi: User, maya: User) -> None:
    post = make_topic(siti).posts.get()
    gate = threading.Barrier(8)

    def press(who: User) -> None:
        gate.wait()
        reading.thank(post, by=who)
        connection.close()

    threads = [threading.Thread(target=press, args=[who]) for who in [budi, maya] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    post = Post.objects.get(pk=post.pk)
    assert (post.thanks_count, post.topic.thanks_count, Thanks.objects.count()) == (2, 2, 2)


def test_a_discussion_has_no_me_too(siti: User, budi: User) -> None:
    topic = make_topic(siti, kind=Topic.Kind.DISCUSSION)
    with pytest.raises(PermissionDenied):
        reading.join_question(topic, by=budi)


def test_the_asker_is_no_me_too(siti: User) -> None:
    with pytest.raises(PermissionDenied):
        reading.join_question(make_topic(siti), by=siti)


def test_me_too_counts_once_and_follows(siti: User, budi: User) -> None:
    topic = make_topic(siti)
    for _ in range(2):
        reading.join_question(topic, by=budi)
    topic.refresh_from_db()
    assert topic.metoo_count == 1
    assert TopicFollow.objects.get(user=budi, topic=topic).stance == Stance.FOLLOWED
    for _ in range(2):
        reading.leave_question(topic, by=budi)
    topic.refresh_from_db()
    assert (topic.metoo_count, MeToo.objects.count()) == (0, 0)


def test_me_too_does_not_unmute(siti: User, budi: User) -> None:
    topic = make_topic(siti)
    reading.set_topic_stance(topic, "bisu", by=budi)
    reading.join_question(topic, by=budi)
    assert TopicFollow.objects.get(user=budi, topic=topic).stance == Stance.MUTED


@pytest.mark.parametrize("stance", ["ikut", "bisu"])
def test_a_stance_is_one_and_can_be_dropped(siti: User, budi: User, stance: str) -> None:
    topic = make_topic(siti)
    for chosen in ("ikut", "bisu", stance):
        reading.set_topic_stance(topic, chosen, by=budi)
    assert TopicFollow.objects.get(user=budi, topic=topic).stance == stance
    reading.set_topic_stance(topic, "", by=budi)
    assert not TopicFollow.objects.filter(user=budi).exists()


def test_everything_read_leaves_what_came_since(siti: User, budi: User) -> None:
    topic, other = make_topic(siti), make_topic(siti)
    ReadMark.objects.advance(budi, topic.pk, 1)
    make_reply(topic, siti)
    assert unread_of(budi) == {topic.pk, other.pk}
    moment = timezone.now()
    late = make_topic(siti)
    make_reply(other, siti)
    reading.read_everything(by=budi, up_to=moment)
    assert unread_of(budi) == {late.pk, other.pk}
    reading.read_everything(by=budi)
    assert unread_of(budi) == set()


def test_reading_never_goes_back(siti: User, budi: User) -> None:
    make_topic(siti)
    reading.read_everything(by=budi)
    before = CategoryRead.objects.filter(user=budi).values_list("read_at", flat=True)
    kept = list(before)
    reading.read_everything(by=budi, up_to=timezone.now() - dt.timedelta(days=9))
    assert list(before.all()) == kept


def test_nobody_reads_into_the_future(siti: User, budi: User) -> None:
    reading.read_everything(by=budi, up_to=timezone.now() + dt.timedelta(days=9))
    late = make_topic(siti)
    assert unread_of(budi) == {late.pk}


def test_one_category_leaves_the_others_unread(siti: User, budi: User) -> None:
    make_topic(siti, make_category("umum"))
    other = make_topic(siti, make_category("lain-lain"))
    reading.read_everything(by=budi, category=make_category("umum"))
    assert unread_of(budi) == {other.pk}


def test_what_one_may_not_read_gets_no_mark(siti: User) -> None:
    hidden = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    reading.read_everything(by=siti)
    assert CategoryRead.objects.filter(user=siti).exists()
    assert not CategoryRead.objects.filter(user=siti, category=hidden).exists()
