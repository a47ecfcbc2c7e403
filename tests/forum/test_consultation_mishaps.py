"""What goes wrong around a consultation: people who are gone, faults, nobody to ask."""

from __future__ import annotations

import datetime as dt
import threading
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Kind
from forum import jobs, routing
from forum.actions import assignments
from forum.actions import consultation as actions
from forum.actions.writing import delete_post, reply
from forum.models import (
    Assignment,
    Availability,
    Consultation,
    Decision,
    Draft,
    Member,
    Suspension,
    Topic,
)
from forum.notices import consultation as notices
from notifications.models import Notification
from registry.models import Unit
from tests.forum.made import (
    make_colleague,
    make_consultation,
    the_expertise,
    words,
)
from tests.forum.test_consultation import KEY, TITLE
from tests.forum.test_consultation_actions import lies_with, make_late, state_of, told
from tests.forum.test_publication import propose

pytestmark = pytest.mark.django_db
State = Consultation.State
Outcome = Assignment.Outcome


@pytest.fixture
def topic(siti: User, ani: User, beni: User) -> Topic:
    return make_consultation(siti)


@pytest.fixture
def answered(topic: Topic, ani: User) -> Topic:
    reply(topic, words("Sebaiknya begini."), by=ani)
    return topic


def close_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def end_role(user: User) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    RoleGrant.objects.filter(user=user).update(valid_until=yesterday)


def suspend(user: User) -> None:
    decision = Decision.objects.create(verb="tangguhkan", by=user, reason="Iklan", person=user)
    now = timezone.now()
    Suspension.objects.create(
        person=user, decision=decision, begins_at=now, ends_at=now + dt.timedelta(days=60)
    )


class TestGone:
    @pytest.mark.parametrize("leave", [close_account, end_role, suspend])
    def test_one_who_cannot_answer_any_more_does_not_keep_it_until_it_is_due(
        self, topic: Topic, ani: User, beni: User, leave: object
    ) -> None:
        leave(ani)  # type: ignore[operator]
        assert actions.pass_on_overdue() == 1
        assert lies_with(topic) == beni
        assert Assignment.objects.get(user=ani).outcome == Outcome.GONE
        assert Member.objects.get(user=ani).left_at is not None

    def test_a_short_suspension_leaves_time_to_answer(self, topic: Topic, ani: User) -> None:
        suspend(ani)
        Suspension.objects.update(ends_at=timezone.now() + dt.timedelta(hours=1))
        assert actions.pass_on_overdue() == 0
        assert lies_with(topic) == ani

    def test_one_who_moves_to_another_province_may_still_answer(
        self, topic: Topic, ani: User, disnaker_papua: Unit
    ) -> None:
        ani.officer.postings.update(unit=disnaker_papua)
        assert actions.pass_on_overdue() == 0
        assert lies_with(topic) == ani

    def test_nobody_is_bothered_for_an_asker_who_is_gone(self, topic: Topic, siti: User) -> None:
        close_account(siti)
        actions.pass_on_overdue()
        assert (lies_with(topic), state_of(topic)) == (None, State.CLOSED)
        assert Assignment.objects.get().outcome == Outcome.ENDED


class TestFaults:
    def test_one_that_fails_stops_no_others(
        self,
        siti: User,
        ani: User,
        beni: User,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        broken, sound = (make_consultation(siti, title=f"Rahasia {n} kami") for n in (1, 2))
        for topic in (broken, sound):
            make_late(topic)
        give = assignments.give_to_next

        def fails(consultation: Consultation) -> object:
            if consultation.pk == broken.pk:
                raise RuntimeError("Siti Wulandari")
            return give(consultation)

        monkeypatch.setattr(assignments, "give_to_next", fails)
        assert actions.pass_on_overdue() == 1
        assert (lies_with(broken), lies_with(sound)) == (ani, beni)
        assert "RuntimeError" in caplog.text
        assert "Siti" not in caplog.text
        monkeypatch.setattr(assignments, "give_to_next", give)
        assert actions.pass_on_overdue() == 1
        assert lies_with(broken) == beni

    def test_a_reminder_that_fails_stops_no_others(
        self, siti: User, ani: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        topics = [make_consultation(siti, title=f"Rahasia {n} kami") for n in (1, 2)]
        Assignment.objects.update(due_on=timezone.localdate())
        tell = notices.tell

        def fails(kind: Kind, topic_id: int, item: str) -> None:
            if topic_id == topics[0].pk:
                raise RuntimeError
            tell(kind, topic_id, item)

        monkeypatch.setattr(notices, "tell", fails)
        actions.remind_due()
        due = Notification.objects.filter(recipient=ani, kind="forum.consultation_due")
        assert [row.subject for row in due] == [f"topic-{topics[1].pk}"]


class TestTakenBack:
    def test_one_who_takes_the_answer_back_has_not_answered(
        self, topic: Topic, siti: User, ani: User, beni: User
    ) -> None:
        first, second = (reply(topic, words(f"Bagian {n}."), by=ani) for n in (1, 2))
        delete_post(first, by=ani)
        assert state_of(topic) == State.ANSWERED
        delete_post(second, by=ani)
        assert (lies_with(topic), state_of(topic)) == (ani, State.WAITING)
        with pytest.raises(ValidationError):
            propose(topic, siti)
        make_late(topic)
        assert actions.pass_on_overdue() == 1
        assert lies_with(topic) == beni

    def test_what_others_take_back_changes_nothing(
        self, answered: Topic, siti: User, budi: User
    ) -> None:
        actions.invite(answered, colleague=budi.officer.register_number, by=siti)
        for person in (siti, budi):
            delete_post(reply(answered, words("Terima kasih."), by=person), by=person)
        assert state_of(answered) == State.ANSWERED

    def test_a_closed_one_stays_closed(self, answered: Topic, siti: User, ani: User) -> None:
        answer = answered.posts.get(number=2)
        actions.close(answered, by=siti)
        with pytest.raises(ValidationError):
            delete_post(answer, by=ani)
        assert state_of(answered) == State.CLOSED


class TestNobody:
    def test_the_asker_is_told_and_may_choose(
        self, client: Client, siti: User, topic: Topic, ani: User, beni: User
    ) -> None:
        for colleague in (ani, beni):
            actions.decline(topic, by=colleague)
        assert "forum.consultation_unassigned" in told(siti)
        client.force_login(siti)
        html = client.get(reverse("forum:topic", args=[topic.pk])).content.decode()
        assert "Belum ada rekan yang dapat menjawab" in html
        assert reverse("forum:consultation_choose", args=[topic.pk]) in html

    def test_all_on_leave_and_asked_again_once_one_is_back(self, siti: User, ani: User) -> None:
        today = timezone.localdate()
        Availability.objects.create(user=ani, away_from=today, away_until=today)
        topic = make_consultation(siti)
        assert (lies_with(topic), state_of(topic)) == (None, State.UNASSIGNED)
        assert actions.offer_again() == 0
        Availability.objects.all().delete()
        jobs.pass_on_overdue(0)
        assert (lies_with(topic), state_of(topic)) == (ani, State.WAITING)
        assert "forum.consultation_passed_on" in told(siti)
        assert actions.offer_again() == 0

    def test_an_old_one_is_not_offered_for_ever(self, siti: User) -> None:
        topic = make_consultation(siti)
        Topic.objects.update(created_at=timezone.now() - dt.timedelta(days=61))
        make_colleague("Baru")
        assert actions.offer_again() == 0
        assert lies_with(topic) is None

    def test_one_taken_back_is_not_offered(self, siti: User) -> None:
        topic = make_consultation(siti)
        delete_post(topic.posts.get(), by=siti)
        make_colleague("Baru")
        assert actions.offer_again() == 0
        assert lies_with(topic) is None


class TestOneself:
    def test_nobody_consults_themselves(self, siti: User) -> None:
        own = siti.officer.register_number
        siti.officer.expertise.add(the_expertise())
        assert siti.pk not in {
            found.user_id
            for found in routing.propose(
                "32", the_expertise(), exclude=[siti.pk], today=timezone.localdate()
            )
        }
        topic = make_consultation(siti)
        for act in (actions.choose, actions.invite):
            with pytest.raises(ValidationError):
                act(topic, colleague=own, by=siti)
        with pytest.raises(ValidationError):
            make_consultation(siti, colleague=own)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_choose_at_once_ask_one_colleague(
    siti: User, disnaker_indramayu: Unit
) -> None:
    topic = make_consultation(siti)
    numbers = [
        make_colleague(name, disnaker_indramayu, expertise="").officer.register_number
        for name in ("Ani", "Beni")
    ]
    gate, said = threading.Barrier(2), list[str]()

    def work(number: str) -> None:
        try:
            gate.wait()
            actions.choose(topic, colleague=number, by=siti)
        except ValidationError as error:
            said.append(error.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [actions.HAS_ONE]
    assert Assignment.objects.waiting().filter(consultation=topic.pk).count() == 1
    assert Member.objects.filter(topic=topic, part="konsultan").count() == 1


class TestDraft:
    def typed(self, **values: str) -> dict[str, str]:
        the_expertise()
        typed = {"expertise": "bimbingan-jabatan", "title": TITLE, "source": "Bagaimana?"}
        return {**typed, "key": KEY, **values}

    @pytest.mark.parametrize("name", ["consultation_new", "draft_save"])
    def test_the_field_is_kept(self, client: Client, siti: User, name: str) -> None:
        client.force_login(siti)
        values = self.typed(aksi="simpan", place="konsultasi-baru")
        client.post(reverse(f"forum:{name}"), values)
        html = client.get(reverse("forum:consultation_new")).content.decode()
        assert '<option value="bimbingan-jabatan" selected>' in html

    def test_one_that_does_not_exist_is_no_fault(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        values = self.typed(aksi="simpan", expertise="tidak-ada")
        assert client.post(reverse("forum:consultation_new"), values).status_code == 200
        assert Draft.objects.get().expertise is None


@pytest.mark.parametrize("name", ["consultation_new", "consultation_send", "draft_save"])
@pytest.mark.parametrize("code", ["\0", "a\0b", "x" * 500, "\ud800", "' OR 1=1"])
def test_junk_for_a_field_of_expertise_is_no_fault(
    client: Client, siti: User, name: str, code: str
) -> None:
    client.force_login(siti)
    path = reverse(f"forum:{name}")
    typed = {"expertise": code, "keahlian": code, "title": "Judul", "source": "Isi", "key": KEY}
    sent = urlencode(typed | {"place": "konsultasi-baru"}, errors="surrogatepass")
    form = "application/x-www-form-urlencoded"
    assert client.post(path, sent, content_type=form).status_code < 500
    query = urlencode({"keahlian": code}, errors="surrogatepass")
    assert client.get(f"{path}?{query}").status_code < 500
