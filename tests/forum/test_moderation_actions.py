"""What moderators may do, to whom, once; and what the person concerned may object."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.actions import moderation
from forum.actions.appeals import appeal, decide_appeal
from forum.actions.deciding import HANDLED, NO_REASON
from forum.actions.writing import edit_post, reply
from forum.models import Appeal, Decision, Post, Report, Suspension, Topic, Verification
from notifications.models import Notification
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words

WHY = "Memuat data pribadi orang lain."


def told(person: User) -> set[str]:
    return set(Notification.objects.filter(recipient=person).values_list("kind", flat=True))


@pytest.fixture
def nina(db: None) -> User:
    """A second moderator."""
    return make_user("nina@demo.example", "Nina", "moderator")


@pytest.mark.django_db
class TestReports:
    def test_are_told_to_moderators_and_never_to_the_author(
        self, siti: User, budi: User, maya: User, nina: User
    ) -> None:
        post = make_reply(make_topic(siti), maya)
        moderation.report_post(post, reason="iklan", by=budi)
        assert "forum.report_waiting" in told(nina)
        assert "forum.report_waiting" not in told(maya)
        assert "forum.report_waiting" not in told(budi)

    def test_are_open_once_a_person(self, siti: User, budi: User) -> None:
        post = make_reply(make_topic(siti), siti)
        moderation.report_post(post, reason="iklan", by=budi)
        with pytest.raises(ValidationError):
            moderation.report_post(post, reason="lain", by=budi)

    def test_are_not_for_ones_own_post_nor_an_invisible_one(
        self, siti: User, budi: User, maya: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        with pytest.raises(PermissionDenied):
            moderation.report_post(post, reason="iklan", by=budi)
        closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
        with pytest.raises(PermissionDenied):
            moderation.report_post(make_topic(maya, closed).posts.get(), reason="iklan", by=budi)

    def test_are_closed_by_a_decision(self, siti: User, budi: User, maya: User) -> None:
        post = make_reply(make_topic(siti), budi)
        report = moderation.report_post(post, reason="iklan", by=siti)
        decision = moderation.dismiss_reports(post, by=maya, reason="Bukan iklan.")
        report.refresh_from_db()
        assert (report.decision, report.closed_at is not None) == (decision, True)
        assert told(budi) == set()
        with pytest.raises(ValidationError, match="sudah ditangani"):
            moderation.dismiss_reports(post, by=maya, reason="Bukan iklan.")


@pytest.mark.django_db
class TestPosts:
    def test_hidden_leaves_the_counters_right_and_is_told(
        self, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        Topic.objects.filter(pk=topic.pk).update(accepted=post)
        Post.objects.filter(pk=post.pk).update(standing=Post.Standing.ACCEPTED)
        moderation.hide_post(post, by=maya, reason=WHY)
        topic.refresh_from_db()
        post.refresh_from_db()
        assert (topic.reply_count, topic.last_number, topic.accepted) == (0, 2, None)
        assert (post.state, post.standing) == (Post.State.HIDDEN, 0)
        assert rules.can_read_post(budi, post)
        assert not rules.can_read_post(siti, post)
        assert told(budi) == {"forum.decision"}

    def test_shown_again_stands_where_it_stood(self, siti: User, budi: User, maya: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        day = timezone.localdate() + dt.timedelta(days=30)
        verified = Verification.objects.create(post=post, valid_until=day, review_from=day)
        Topic.objects.filter(pk=topic.pk).update(accepted=post, verification=verified)
        moderation.hide_post(post, by=maya, reason=WHY)
        topic.refresh_from_db()
        assert topic.verification is None
        moderation.show_post(post, by=maya, reason="Sudah diperbaiki.")
        topic.refresh_from_db()
        post.refresh_from_db()
        assert (topic.reply_count, topic.accepted, topic.verification) == (1, post, verified)
        assert post.standing == Post.Standing.VERIFIED

    def test_of_ones_own_are_decided_by_others(self, siti: User, maya: User, nina: User) -> None:
        post = make_reply(make_topic(siti), maya)
        moderation.report_post(post, reason="iklan", by=siti)
        for verb in (moderation.hide_post, moderation.dismiss_reports, moderation.warn_author):
            with pytest.raises(PermissionDenied):
                verb(post, by=maya, reason=WHY)
        moderation.hide_post(post, by=nina, reason=WHY)
        with pytest.raises(PermissionDenied):
            moderation.show_post(post, by=maya, reason=WHY)

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_nothing_is_done_without_a_reason(
        self, siti: User, budi: User, maya: User, reason: str
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        with pytest.raises(ValidationError, match=NO_REASON):
            moderation.hide_post(post, by=maya, reason=reason)
        post.refresh_from_db()
        assert post.is_shown
        assert not Decision.objects.exists()

    def test_of_a_consultation_only_where_reported(
        self, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        Topic.objects.filter(pk=topic.pk).update(kind="konsultasi", category=None)
        with pytest.raises(PermissionDenied):
            moderation.hide_post(post, by=maya, reason=WHY)
        Report.objects.create(post=post, reporter=siti, reason="menyerang")
        moderation.hide_post(post, by=maya, reason=WHY)
        with pytest.raises(PermissionDenied):
            moderation.lock_topic(topic, by=maya, reason=WHY)

    def test_a_second_warning_needs_a_second_report(
        self, siti: User, budi: User, maya: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        moderation.warn_author(post, by=maya, reason=WHY)
        with pytest.raises(ValidationError, match="sudah ditangani"):
            moderation.warn_author(post, by=maya, reason=WHY)
        moderation.report_post(post, reason="menyerang", by=siti)
        moderation.warn_author(post, by=maya, reason=WHY)
        assert Decision.objects.filter(verb="tegur").count() == 2

    def test_an_officer_decides_nothing(self, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        acts: list[Callable[[], object]] = [
            lambda: moderation.hide_post(post, by=siti, reason=WHY),
            lambda: moderation.suspend_author(post, days=1, by=siti, reason=WHY),
            lambda: moderation.lock_topic(topic, by=siti, reason=WHY),
            lambda: moderation.lift_suspension(budi, by=siti, reason=WHY),
        ]
        for act in acts:
            with pytest.raises(PermissionDenied):
                act()

    def test_the_log_is_only_added_to(self, siti: User, budi: User, maya: User) -> None:
        decision = moderation.hide_post(make_reply(make_topic(siti), budi), by=maya, reason=WHY)
        decision.reason = "Lain"
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            decision.save()


@pytest.mark.django_db
class TestTopics:
    @pytest.mark.parametrize(
        ("on", "off", "column"),
        [
            (moderation.hide_topic, moderation.show_topic, "hidden_at"),
            (moderation.lock_topic, moderation.unlock_topic, "locked_at"),
            (moderation.pin_topic, moderation.unpin_topic, "pinned_at"),
        ],
    )
    def test_are_marked_once_and_unmarked_once(
        self, siti: User, maya: User, on: Any, off: Any, column: str
    ) -> None:
        topic = make_topic(siti)
        for act, is_set in ((on, True), (off, False)):
            act(topic, by=maya, reason=WHY)
            topic.refresh_from_db()
            assert (getattr(topic, column) is not None) is is_set
            with pytest.raises(ValidationError, match="sudah ditangani"):
                act(topic, by=maya, reason=WHY)

    def test_of_ones_own_are_not_hidden_nor_opened_again(self, maya: User, nina: User) -> None:
        topic = make_topic(maya)
        moderation.pin_topic(topic, by=maya, reason="Pengumuman.")
        moderation.lock_topic(topic, by=nina, reason=WHY)
        for act in (moderation.unlock_topic, moderation.hide_topic):
            with pytest.raises(PermissionDenied):
                act(topic, by=maya, reason=WHY)

    def test_moved_where_followers_cannot_read_are_gone_for_them(
        self, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        reply(topic, words(), by=budi)
        closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
        moderation.move_topic(topic, closed, by=maya, reason="Khusus Pembina.")
        for person in (siti, budi):
            assert not Topic.objects.visible_to(person).filter(pk=topic.pk).exists()
        assert Topic.objects.visible_to(maya).filter(pk=topic.pk).exists()
        with pytest.raises(ValidationError, match="sudah di kategori"):
            moderation.move_topic(topic, closed, by=maya, reason="Lagi.")


@pytest.mark.django_db
class TestSuspension:
    def test_stops_writing_and_ends(self, siti: User, budi: User, maya: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        moderation.suspend_author(post, days=7, by=maya, reason=WHY)
        with pytest.raises(ValidationError, match="ditangguhkan"):
            reply(topic, words(), by=budi)
        with pytest.raises(ValidationError, match="sudah ditangani"):
            moderation.suspend_author(post, days=30, by=maya, reason=WHY)
        moderation.lift_suspension(budi, by=maya, reason="Cukup.")
        assert reply(topic, words(), by=budi).number == 3

    def test_ends_by_itself(self, siti: User, budi: User, maya: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        moderation.suspend_author(post, days=1, by=maya, reason=WHY)
        now = timezone.now()
        Suspension.objects.update(begins_at=now - dt.timedelta(days=1), ends_at=now)
        assert reply(topic, words(), by=budi).number == 3
        moderation.suspend_author(post, days=1, by=maya, reason=WHY)
        assert Suspension.objects.count() == 2

    def test_stops_editing_too(self, siti: User, budi: User, maya: User) -> None:
        post = make_reply(make_topic(siti), budi)
        moderation.suspend_author(post, days=7, by=maya, reason=WHY)
        with pytest.raises(ValidationError, match="ditangguhkan"):
            edit_post(post, source="Lewat suntingan", seen_version=1, by=budi)
        assert Post.objects.get(pk=post.pk).version == 1

    @pytest.mark.parametrize("days", [0, -1, 366, 10**9])
    def test_lasts_a_day_to_a_year(self, siti: User, budi: User, maya: User, days: int) -> None:
        post = make_reply(make_topic(siti), budi)
        with pytest.raises(ValidationError):
            moderation.suspend_author(post, days=days, by=maya, reason=WHY)
        assert not Suspension.objects.exists()

    def test_is_not_for_moderators(self, siti: User, maya: User, nina: User, admin: User) -> None:
        topic = make_topic(siti)
        for person in (nina, admin, maya):
            with pytest.raises(PermissionDenied):
                moderation.suspend_author(make_reply(topic, person), days=1, by=maya, reason=WHY)


@pytest.mark.django_db
class TestAppeals:
    @pytest.fixture
    def hidden(self, siti: User, budi: User, maya: User) -> Decision:
        return moderation.hide_post(make_reply(make_topic(siti), budi), by=maya, reason=WHY)

    def test_upheld_undoes_and_says_what(self, hidden: Decision, budi: User, nina: User) -> None:
        made = appeal(hidden, text="Itu nomor kantor.", by=budi)
        undone = decide_appeal(made, upheld=True, answer="Benar, nomor kantor.", by=nina)
        assert undone is not None
        assert undone.undoes == hidden
        assert hidden.post is not None
        assert Post.objects.get(pk=hidden.post.pk).is_shown
        with pytest.raises(ValidationError, match="sudah ditangani"):
            decide_appeal(made, upheld=False, answer="Tidak.", by=nina)

    def test_refused_leaves_it(self, hidden: Decision, budi: User, nina: User) -> None:
        made = appeal(hidden, text="Itu nomor kantor.", by=budi)
        assert decide_appeal(made, upheld=False, answer="Nomor pribadi.", by=nina) is None
        assert hidden.post is not None
        assert not Post.objects.get(pk=hidden.post.pk).is_shown
        assert Notification.objects.filter(recipient=budi, kind="forum.decision").count() == 2

    def test_is_made_once_by_the_person_concerned(
        self, hidden: Decision, siti: User, budi: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            appeal(hidden, text="Bukan saya.", by=siti)
        appeal(hidden, text="Itu nomor kantor.", by=budi)
        with pytest.raises(ValidationError):
            appeal(hidden, text="Sekali lagi.", by=budi)
        assert Appeal.objects.count() == 1

    def test_is_decided_by_another_moderator(
        self, hidden: Decision, siti: User, budi: User, maya: User, admin: User
    ) -> None:
        made = appeal(hidden, text="Itu nomor kantor.", by=budi)
        for person in (maya, siti, budi):
            with pytest.raises(PermissionDenied):
                decide_appeal(made, upheld=True, answer="Ya.", by=person)
        decide_appeal(made, upheld=True, answer="Ya.", by=admin)

    def test_comes_in_thirty_days(self, hidden: Decision, budi: User) -> None:
        last = hidden.created_at + dt.timedelta(days=30)
        assert rules.can_appeal(budi, hidden, last)
        assert not rules.can_appeal(budi, hidden, last + dt.timedelta(seconds=1))

    def test_of_a_move_goes_back_and_of_a_suspension_lifts(
        self, siti: User, budi: User, maya: User, nina: User
    ) -> None:
        topic = make_topic(siti)
        moved = moderation.move_topic(topic, make_category("lain"), by=maya, reason=WHY)
        decide_appeal(appeal(moved, text="Salah.", by=siti), upheld=True, answer="Ya.", by=nina)
        topic.refresh_from_db()
        assert topic.category is not None
        assert topic.category.slug == "umum"
        post = make_reply(topic, budi)
        banned = moderation.suspend_author(post, days=9, by=maya, reason=WHY)
        decide_appeal(appeal(banned, text="Salah.", by=budi), upheld=True, answer="Ya.", by=nina)
        assert reply(topic, words(), by=budi).number == 3

    def test_upheld_after_it_was_undone_already(
        self, hidden: Decision, budi: User, maya: User, nina: User
    ) -> None:
        made = appeal(hidden, text="Itu nomor kantor.", by=budi)
        assert hidden.post is not None
        moderation.show_post(hidden.post, by=maya, reason="Keliru.")
        assert decide_appeal(made, upheld=True, answer="Benar.", by=nina) is None
        made.refresh_from_db()
        assert made.upheld is True


def at_once(*tasks: Callable[[], object]) -> list[str]:
    """All of them at the same moment, each in a connection of its own: "ok" or the fault."""
    gate, results = threading.Barrier(len(tasks)), [""] * len(tasks)

    def run(index: int) -> None:
        try:
            gate.wait(timeout=10)
            tasks[index]()
            results[index] = "ok"
        except ValidationError as error:
            results[index] = error.messages[0]
        except IntegrityError as error:
            results[index] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[index]) for index in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


@pytest.mark.django_db(transaction=True)
class TestTwoModeratorsAtOnce:
    def test_decide_once(self, siti: User, budi: User, maya: User, nina: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        moderation.report_post(post, reason="iklan", by=siti)
        acts: list[tuple[str, Callable[[User], object]]] = [
            ("tegur", lambda who: moderation.warn_author(post, by=who, reason=WHY)),
            ("tangguhkan", lambda who: moderation.suspend_author(post, days=2, by=who, reason=WHY)),
            ("sembunyikan_tulisan", lambda who: moderation.hide_post(post, by=who, reason=WHY)),
            ("kunci", lambda who: moderation.lock_topic(topic, by=who, reason=WHY)),
        ]
        for verb, act in acts:
            results = at_once(lambda act=act: act(maya), lambda act=act: act(nina))  # type: ignore[misc]
            assert results == [HANDLED, "ok"], verb
            assert Decision.objects.filter(verb=verb).count() == 1

    def test_a_person_reports_and_objects_once(self, siti: User, budi: User, maya: User) -> None:
        post = make_reply(make_topic(siti), budi)

        def report() -> object:
            return moderation.report_post(post, reason="iklan", by=siti)

        assert at_once(report, report, report).count("ok") == 1
        hidden = moderation.hide_post(post, by=maya, reason=WHY)

        def objecting() -> object:
            return appeal(hidden, text="Tidak.", by=budi)

        assert at_once(objecting, objecting, objecting).count("ok") == 1
