"""A consultation from asking to closing: who gets it, who loses it, what is told."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.utils import timezone

from accounts.models import User
from forum.actions import consultation as actions
from forum.actions.writing import delete_post, reply
from forum.models import Assignment, Consultation, Member, Post, Topic
from notifications.models import Notification
from registry.models import Unit
from tests.forum.made import make_colleague, make_consultation, the_expertise, words

pytestmark = pytest.mark.django_db
State = Consultation.State
Outcome = Assignment.Outcome


@pytest.fixture
def ani(disnaker_indramayu: Unit) -> User:
    """The first whom the register proposes."""
    return make_colleague("Ani", disnaker_indramayu, jenjang="ahli_madya")


@pytest.fixture
def topic(siti: User, ani: User, beni: User) -> Topic:
    return make_consultation(siti)


def told(user: User) -> set[str]:
    return set(Notification.objects.filter(recipient=user).values_list("kind", flat=True))


def lies_with(topic: Topic) -> User | None:
    found = Assignment.objects.waiting().filter(consultation=topic.pk).first()
    return found.user if found else None


def state_of(topic: Topic) -> str:
    return Consultation.objects.get(topic=topic).state


def make_late(topic: Topic) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Assignment.objects.waiting().filter(consultation=topic.pk).update(due_on=yesterday)


class TestAsking:
    def test_lays_it_with_the_first_and_tells_only_them(
        self, topic: Topic, siti: User, ani: User, beni: User
    ) -> None:
        assert lies_with(topic) == ani
        assert told(ani) == {"forum.consultation_asked"}
        assert told(siti) == told(beni) == set()
        assert set(Member.objects.filter(topic=topic).values_list("user", "part")) == {
            (siti.pk, "penanya"),
            (ani.pk, "konsultan"),
        }

    def test_keeps_why_it_was_them_and_no_name(self, topic: Topic) -> None:
        why = Assignment.objects.get(consultation=topic.pk).why
        assert why == {
            "jenjang": "ahli_madya",
            "province": "Jawa Barat",
            "same_province": True,
            "open_cases": 0,
        }

    def test_the_chosen_one_gets_it(self, siti: User, beni: User) -> None:
        topic = make_consultation(siti, colleague=beni.officer.register_number)
        assert lies_with(topic) == beni

    @pytest.mark.usefixtures("beni")
    def test_refuses_one_who_was_not_proposed(self, siti: User, budi: User) -> None:
        with pytest.raises(ValidationError):
            make_consultation(siti, colleague=budi.officer.register_number)
        assert not Topic.objects.exists()

    @pytest.mark.usefixtures("beni")
    def test_the_same_form_twice_makes_one(self, siti: User) -> None:
        sent = words("Sekali saja")
        first, second = (
            actions.ask(the_expertise(), title="Judul ini", words=sent, colleague=None, by=siti)
            for _ in range(2)
        )
        assert first == second
        assert Assignment.objects.count() == 1

    def test_stays_with_nobody_where_there_is_nobody(self, siti: User) -> None:
        topic = make_consultation(siti)
        assert state_of(topic) == State.UNASSIGNED
        assert lies_with(topic) is None


class TestAnswering:
    def test_the_first_reply_of_the_consultant_answers(
        self, topic: Topic, siti: User, ani: User
    ) -> None:
        reply(topic, words("Begini."), by=ani)
        assert state_of(topic) == State.ANSWERED
        assert lies_with(topic) is None
        assert told(siti) == {"forum.consultation_answered"}
        reply(topic, words("Dan begini."), by=ani)
        assert Assignment.objects.get(consultation=topic.pk).outcome == Outcome.ANSWERED

    def test_what_the_asker_adds_is_no_answer(self, topic: Topic, siti: User, ani: User) -> None:
        reply(topic, words("Satu lagi."), by=siti)
        assert state_of(topic) == State.WAITING
        assert lies_with(topic) == ani

    def test_one_who_answered_keeps_the_seat_when_the_day_is_over(
        self, topic: Topic, ani: User
    ) -> None:
        reply(topic, words("Begini."), by=ani)
        Assignment.objects.update(due_on=dt.date(2026, 1, 5))
        assert actions.pass_on_overdue() == 0
        assert Topic.objects.visible_to(ani).filter(pk=topic.pk).exists()


class TestDeclining:
    def test_gives_it_to_the_next(self, topic: Topic, siti: User, ani: User, beni: User) -> None:
        actions.decline(topic, by=ani)
        assert lies_with(topic) == beni
        assert not Topic.objects.visible_to(ani).filter(pk=topic.pk).exists()
        assert told(siti) == {"forum.consultation_passed_on"}

    def test_is_for_the_one_with_whom_it_lies(self, topic: Topic, siti: User, ani: User) -> None:
        with pytest.raises(PermissionDenied):
            actions.decline(topic, by=siti)
        assert lies_with(topic) == ani

    def test_tells_the_asker_when_nobody_is_left(
        self, topic: Topic, siti: User, ani: User, beni: User, budi: User
    ) -> None:
        actions.decline(topic, by=ani)
        actions.decline(topic, by=beni)
        assert state_of(topic) == State.UNASSIGNED
        assert "forum.consultation_unassigned" in told(siti)
        number = budi.officer.register_number
        with pytest.raises(PermissionDenied):
            actions.choose(topic, colleague=number, by=ani)
        with pytest.raises(ValidationError):
            actions.choose(topic, colleague=ani.officer.register_number, by=siti)
        actions.choose(topic, colleague=number, by=siti)
        assert lies_with(topic) == budi
        with pytest.raises(ValidationError):
            actions.choose(topic, colleague=number, by=siti)


class TestOverdue:
    def test_waits_for_the_whole_of_the_last_day(self, topic: Topic, ani: User) -> None:
        Assignment.objects.update(due_on=timezone.localdate())
        assert actions.pass_on_overdue() == 0
        assert lies_with(topic) == ani

    def test_passes_on_once_however_often_it_runs(
        self, topic: Topic, ani: User, beni: User
    ) -> None:
        make_late(topic)
        assert actions.pass_on_overdue() == 1
        assert actions.pass_on_overdue() == 0
        assert lies_with(topic) == beni
        assert not Topic.objects.visible_to(ani).filter(pk=topic.pk).exists()

    def test_finds_a_colleague_after_an_account_was_erased(self, topic: Topic, ani: User) -> None:
        Assignment.objects.filter(user=ani).delete()
        Member.objects.filter(user=ani).delete()
        assert actions.pass_on_overdue() == 1
        assert lies_with(topic) is not None

    @pytest.mark.usefixtures("topic")
    def test_reminds_once(self, ani: User) -> None:
        Assignment.objects.update(due_on=timezone.localdate())
        actions.remind_due()
        actions.remind_due()
        due = Notification.objects.filter(recipient=ani, kind="forum.consultation_due")
        assert due.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_pass_on_once(siti: User, disnaker_indramayu: Unit) -> None:
    for name in ("Ani", "Beni", "Cici", "Dodi"):
        make_colleague(name, disnaker_indramayu)
    topics = [make_consultation(siti, title=f"Rahasia nomor {number}") for number in range(4)]
    for topic in topics:
        make_late(topic)
    gate, counts = threading.Barrier(3), list[int]()

    def work() -> None:
        try:
            gate.wait()
            counts.append(actions.pass_on_overdue())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == 3
    assert sum(counts) == 4
    for topic in topics:
        outcomes = Assignment.objects.filter(consultation=topic.pk).values_list(
            "outcome", flat=True
        )
        assert sorted(outcomes) == ["", "lewat"]


class TestTakingPart:
    def test_a_guest_reads_until_they_leave(self, topic: Topic, siti: User, budi: User) -> None:
        actions.invite(topic, colleague=budi.officer.register_number, by=siti)
        assert Topic.objects.visible_to(budi).filter(pk=topic.pk).exists()
        assert told(budi) == {"forum.consultation_invited"}
        actions.leave(topic, by=budi)
        assert not Topic.objects.visible_to(budi).filter(pk=topic.pk).exists()

    def test_a_guest_invites_nobody(self, topic: Topic, siti: User, budi: User, beni: User) -> None:
        actions.invite(topic, colleague=budi.officer.register_number, by=siti)
        with pytest.raises(PermissionDenied):
            actions.invite(topic, colleague=beni.officer.register_number, by=budi)

    @pytest.mark.parametrize("number", ["PK-999999", "", "junk"])
    def test_refuses_a_number_of_nobody(self, topic: Topic, siti: User, number: str) -> None:
        with pytest.raises(ValidationError):
            actions.invite(topic, colleague=number, by=siti)

    def test_asker_and_consultant_do_not_leave(self, topic: Topic, siti: User, ani: User) -> None:
        for person in (siti, ani):
            with pytest.raises(PermissionDenied):
                actions.leave(topic, by=person)

    def test_one_who_declined_may_come_back_as_a_guest(
        self, topic: Topic, siti: User, ani: User, beni: User
    ) -> None:
        actions.decline(topic, by=ani)
        actions.invite(topic, colleague=ani.officer.register_number, by=siti)
        assert Topic.objects.visible_to(ani).filter(pk=topic.pk).exists()
        assert lies_with(topic) == beni


class TestClosing:
    def test_ends_the_waiting_and_the_writing(self, topic: Topic, siti: User, ani: User) -> None:
        actions.close(topic, by=siti)
        assert state_of(topic) == State.CLOSED
        assert Assignment.objects.get(consultation=topic.pk).outcome == Outcome.ENDED
        with pytest.raises(ValidationError):
            reply(topic, words("Terlambat."), by=ani)
        assert Topic.objects.visible_to(ani).filter(pk=topic.pk).exists()

    def test_is_for_the_asker(self, topic: Topic, ani: User) -> None:
        with pytest.raises(PermissionDenied):
            actions.close(topic, by=ani)

    def test_a_question_taken_back_waits_for_nobody(self, topic: Topic, siti: User) -> None:
        delete_post(Post.objects.get(topic=topic, number=1), by=siti)
        assert state_of(topic) == State.CLOSED
        assert lies_with(topic) is None
