"""What goes wrong around a consultation: people who are gone, faults, nobody to ask, stale pages."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Kind
from forum import jobs, routing
from forum.actions import assignments, publication
from forum.actions import consultation as actions
from forum.actions.writing import delete_post, reply
from forum.models import (
    Assignment,
    Attachment,
    Availability,
    Consultation,
    Decision,
    Draft,
    Member,
    Publication,
    Suspension,
    Topic,
)
from forum.notices import consultation as notices
from notifications.models import Notification
from registry.models import Unit
from tests.forum.made import (
    make_attachment,
    make_colleague,
    make_consultation,
    the_expertise,
    words,
)
from tests.forum.test_consultation import KEY, PICTURE, TITLE
from tests.forum.test_consultation_actions import lies_with, make_late, state_of, told
from tests.forum.test_publication import propose, public, text

pytestmark = pytest.mark.django_db
State = Consultation.State
Outcome = Assignment.Outcome


@pytest.fixture
def ani(disnaker_indramayu: Unit) -> User:
    return make_colleague("Ani Rahmawati", disnaker_indramayu, jenjang="ahli_madya")


@pytest.fixture
def beni(ani: User, disnaker_indramayu: Unit) -> User:
    return make_colleague("Beni", disnaker_indramayu)


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


class TestPublication:
    def test_a_word_for_a_withdrawn_text_is_none_for_the_next(
        self, answered: Topic, siti: User, ani: User
    ) -> None:
        propose(answered, siti)
        publication.withdraw(answered, by=siti)
        propose(answered, siti, question="Naskah yang lain sama sekali?")
        with pytest.raises(ValidationError, match="berubah"):
            publication.agree(answered, seen_version=1, by=ani)
        assert public() == []
        asked = Notification.objects.filter(recipient=ani, kind="forum.publication_proposed")
        assert asked.count() == 2

    def test_either_may_withdraw_after_agreeing(
        self, answered: Topic, siti: User, ani: User
    ) -> None:
        propose(answered, siti)
        publication.withdraw(answered, by=siti)
        with pytest.raises(ValidationError):
            publication.agree(answered, seen_version=1, by=ani)
        assert not Publication.objects.exists()

    @pytest.mark.parametrize("where", ["title", "question", "answer"])
    def test_an_address_of_the_consultation_stops_it(
        self, answered: Topic, siti: User, where: str
    ) -> None:
        for address in (f"/forum/topik/{answered.pk}/", f"/forum/pos/{answered.posts.first().pk}/"):
            with pytest.raises(ValidationError, match="alamat konsultasi"):
                publication.propose_text(
                    answered,
                    text(**{where: f"Lihat https://portal.example{address}"}),
                    seen_version=0,
                    name_consultant=None,
                    by=siti,
                )
        other = text(question=f"Lihat /forum/topik/{answered.pk + 1}/")
        publication.propose_text(answered, other, seen_version=0, name_consultant=None, by=siti)

    @pytest.mark.parametrize(
        "trace", ["Bu Wulandari", "Kabupaten Indramayu", "INDRAMAYU", "0811-0000-0047"]
    )
    def test_a_place_or_a_word_of_a_name_is_pointed_out_once(
        self, client: Client, answered: Topic, siti: User, trace: str
    ) -> None:
        client.force_login(siti)
        path = reverse("forum:publication", args=[answered.pk])
        values = {
            "category": text().category.slug,
            "title": "Angka kredit saat cuti",
            "question": f"Bagaimana di {trace}?",
            "answer": "Begini.",
            "version": 0,
        }
        html = client.post(path, values).content.decode()
        assert "dapat menunjuk salah satu dari Anda" in html
        assert 'name="sure"' in html
        assert f"Bagaimana di {trace}?" in html
        assert not Publication.objects.exists()
        assert client.post(path, values | {"sure": "on"}).status_code == 302
        assert Publication.objects.get().asker_agreed

    def test_being_sure_does_not_let_a_full_name_through(self, answered: Topic, siti: User) -> None:
        with pytest.raises(ValidationError, match="Masih ada nama"):
            publication.propose_text(
                answered,
                text(question="Saya Siti Wulandari"),
                seen_version=0,
                name_consultant=None,
                by=siti,
                sure=True,
            )

    def test_files_stay_behind_and_nothing_leads_back(
        self, client: Client, answered: Topic, siti: User, ani: User, budi: User
    ) -> None:
        make_attachment(answered.posts.get(number=1), PICTURE)
        propose(answered, siti)
        made = publication.agree(answered, seen_version=1, by=ani)
        assert made is not None
        assert not Attachment.objects.filter(post__topic=made).exists()
        client.force_login(budi)
        html = client.get(reverse("forum:topic", args=[made.pk])).content.decode()
        assert reverse("forum:topic", args=[answered.pk]) not in html
        for trace in (TITLE, "Siti", "Ani Rahmawati", siti.officer.register_number):
            assert trace not in html
        client.force_login(siti)
        html = client.get(reverse("forum:topic", args=[made.pk])).content.decode()
        assert reverse("forum:topic", args=[answered.pk]) not in html
