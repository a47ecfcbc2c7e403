"""Answers: what the asker accepts, what the Pembina vouches for, and until when that holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.actions import answers, writing
from forum.actions.rearranging import merge_topics, split_posts
from forum.models import Post, Regulation, Topic, Verification
from notifications.models import Event, Notification
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def make_regulation(name: str = "Permenaker 1/2024", **fields: Any) -> Regulation:
    values: dict[str, Any] = {"in_force_from": dt.date(2024, 1, 1), **fields}
    return Regulation.objects.create(name=name, **values)


def basis(*regulations: Regulation, days: int = 365, **fields: Any) -> answers.Basis:
    values: dict[str, Any] = {
        "citations": [(found, "Pasal 12") for found in regulations or [make_regulation()]],
        "valid_until": timezone.localdate() + days * DAY,
        "seen_version": 1,
        **fields,
    }
    return answers.Basis(**values)


@pytest.fixture
def question(siti: User) -> Topic:
    return make_topic(siti)


@pytest.fixture
def answer(question: Topic, budi: User) -> Post:
    return make_reply(question, budi)


def standing_of(post: Post) -> int:
    return Post.objects.values_list("standing", flat=True).get(pk=post.pk)


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient_id", flat=True))


class TestAccept:
    def test_only_the_asker(self, answer: Post, budi: User, maya: User) -> None:
        for person in (budi, maya):
            with pytest.raises(ValidationError):
                answers.accept_answer(answer, by=person)
        assert standing_of(answer) == Post.Standing.PLAIN

    def test_not_the_question_itself(self, question: Topic, siti: User) -> None:
        with pytest.raises(ValidationError):
            answers.accept_answer(question.posts.get(number=1), by=siti)

    def test_not_in_a_discussion(self, siti: User, budi: User) -> None:
        post = make_reply(make_topic(siti, kind="diskusi"), budi)
        with pytest.raises(ValidationError):
            answers.accept_answer(post, by=siti)

    @pytest.mark.parametrize("state", ["sembunyi", "hapus"])
    def test_not_what_is_gone(self, answer: Post, siti: User, state: str) -> None:
        Post.objects.filter(pk=answer.pk).update(state=state)
        with pytest.raises(ValidationError):
            answers.accept_answer(answer, by=siti)

    def test_marks_the_post_and_tells_its_author_once(
        self, question: Topic, answer: Post, siti: User, budi: User
    ) -> None:
        for _ in range(2):
            answers.accept_answer(answer, by=siti)
        question.refresh_from_db()
        assert question.accepted == answer
        assert standing_of(answer) == Post.Standing.ACCEPTED
        assert told("forum.accepted") == {budi.pk}
        assert Event.objects.filter(kind="forum.accepted").count() == 1

    def test_another_takes_its_place(
        self, question: Topic, answer: Post, siti: User, maya: User
    ) -> None:
        other = make_reply(question, maya)
        answers.accept_answer(answer, by=siti)
        answers.accept_answer(other, by=siti)
        assert (standing_of(answer), standing_of(other)) == (0, 1)

    def test_taken_back(self, question: Topic, answer: Post, siti: User, budi: User) -> None:
        answers.accept_answer(answer, by=siti)
        with pytest.raises(PermissionDenied):
            answers.unaccept_answer(answer, by=budi)
        for _ in range(2):
            answers.unaccept_answer(answer, by=siti)
        question.refresh_from_db()
        assert question.accepted is None
        assert standing_of(answer) == Post.Standing.PLAIN

    def test_an_old_page_does_not_take_back_another_one(
        self, question: Topic, answer: Post, siti: User, maya: User
    ) -> None:
        other = make_reply(question, maya)
        answers.accept_answer(other, by=siti)
        answers.unaccept_answer(answer, by=siti)
        question.refresh_from_db()
        assert question.accepted == other


class TestVerify:
    def test_only_the_pembina(
        self, answer: Post, siti: User, budi: User, rina: User, admin: User
    ) -> None:
        for person in (siti, budi, rina, admin):
            with pytest.raises(ValidationError):
                answers.verify_answer(answer, basis(Regulation(pk=1)), by=person)
        assert Verification.objects.count() == 0

    def test_never_ones_own(self, question: Topic, maya: User) -> None:
        own = make_reply(question, maya)
        with pytest.raises(ValidationError):
            answers.verify_answer(own, basis(), by=maya)

    def test_not_what_was_edited_since_it_was_read(self, answer: Post, maya: User) -> None:
        Post.objects.filter(pk=answer.pk).update(version=2)
        with pytest.raises(ValidationError, match="disunting"):
            answers.verify_answer(answer, basis(), by=maya)

    @pytest.mark.parametrize("count", [0, 6])
    def test_not_without_a_basis_nor_on_six(self, answer: Post, maya: User, count: int) -> None:
        cited = [(make_regulation(f"UU {n}/2003"), "Pasal 1") for n in range(count)]
        with pytest.raises(ValidationError, match="dasar hukum"):
            answers.verify_answer(answer, basis(citations=cited), by=maya)

    def test_not_on_what_is_no_longer_in_force(self, answer: Post, maya: User) -> None:
        old = make_regulation(replaced_on=timezone.localdate())
        with pytest.raises(ValidationError, match="tidak berlaku"):
            answers.verify_answer(answer, basis(old), by=maya)

    def test_not_until_yesterday(self, answer: Post, maya: User) -> None:
        with pytest.raises(ValidationError, match="hari ini"):
            answers.verify_answer(answer, basis(days=-1), by=maya)

    def test_stands_and_tells_author_asker_and_followers(
        self, question: Topic, answer: Post, siti: User, budi: User, joko: User, maya: User
    ) -> None:
        writing.follow_by_writing(question, by=joko)
        made = answers.verify_answer(answer, basis(), by=maya)
        question.refresh_from_db()
        assert question.verification == made
        assert made.verified_by_name == "Maya Sari"
        assert made.review_from == made.valid_until + DAY
        assert standing_of(answer) == Post.Standing.VERIFIED
        assert told("forum.verified") == {siti.pk, budi.pk, joko.pk}

    def test_a_second_click_makes_no_second_one(self, answer: Post, maya: User) -> None:
        asked = basis()
        first = answers.verify_answer(answer, asked, by=maya)
        assert answers.verify_answer(answer, asked, by=maya) == first
        assert Verification.objects.count() == 1

    def test_stands_above_accepted_and_falls_back_to_it(
        self, answer: Post, siti: User, maya: User
    ) -> None:
        made = answers.verify_answer(answer, basis(), by=maya)
        answers.accept_answer(answer, by=siti)
        assert standing_of(answer) == Post.Standing.VERIFIED
        answers.withdraw_verification(made, reason="Keliru membaca pasalnya.", by=maya)
        assert standing_of(answer) == Post.Standing.ACCEPTED
        made.refresh_from_db()
        assert made.end_reason == "Keliru membaca pasalnya."

    def test_only_one_stands_in_a_topic(
        self, question: Topic, answer: Post, siti: User, maya: User
    ) -> None:
        other = make_reply(question, siti)
        first = answers.verify_answer(answer, basis(make_regulation("A")), by=maya)
        answers.verify_answer(other, basis(make_regulation("B")), by=maya)
        first.refresh_from_db()
        assert first.ended_at is not None
        assert Verification.objects.standing().get().post == other
        assert (standing_of(answer), standing_of(other)) == (0, 2)

    def test_withdrawn_by_the_pembina_with_a_reason(
        self, answer: Post, budi: User, maya: User
    ) -> None:
        made = answers.verify_answer(answer, basis(), by=maya)
        with pytest.raises(PermissionDenied):
            answers.withdraw_verification(made, reason="Salah.", by=budi)
        with pytest.raises(ValidationError):
            answers.withdraw_verification(made, reason=" ", by=maya)
        assert Verification.objects.standing().count() == 1

    def test_not_deleted_by_its_author(self, answer: Post, budi: User, maya: User) -> None:
        answers.verify_answer(answer, basis(), by=maya)
        with pytest.raises(ValidationError):
            writing.delete_post(answer, by=budi)


class TestReview:
    @pytest.fixture
    def other_pembina(self) -> User:
        return make_user("lina@demo.example", "Lina", "pembina")

    def test_an_edit_calls_for_it(self, answer: Post, budi: User, maya: User) -> None:
        made = answers.verify_answer(answer, basis(), by=maya)
        writing.edit_post(answer, source="Tidak boleh.", seen_version=1, by=budi)
        made.refresh_from_db()
        assert made.review_from == timezone.localdate()
        assert told("forum.review_due") == {maya.pk}

    def test_every_answer_that_cites_what_is_replaced(
        self, siti: User, budi: User, maya: User, other_pembina: User
    ) -> None:
        today = timezone.localdate()
        old, kept = make_regulation("Permenaker 1/2024"), make_regulation("UU 13/2003")
        cited = [
            answers.verify_answer(make_reply(make_topic(siti), budi), basis(old, kept), by=maya)
            for _ in range(3)
        ]
        other = answers.verify_answer(make_reply(make_topic(siti), budi), basis(kept), by=maya)
        new = make_regulation("Permenaker 9/2026", in_force_from=today)
        assert answers.replace_regulation(old, by_regulation=new, on=today, by=maya) == 3
        assert set(Verification.objects.to_review(today)) == set(cited)
        other.refresh_from_db()
        assert other.review_from == other.valid_until + DAY
        assert told("forum.review_due") == {other_pembina.pk}

    def test_a_day_to_come_does_not_call_yet_and_can_be_corrected(
        self, answer: Post, maya: User
    ) -> None:
        today = timezone.localdate()
        old = make_regulation()
        made = answers.verify_answer(answer, basis(old), by=maya)
        answers.replace_regulation(old, by_regulation=None, on=today + 30 * DAY, by=maya)
        made.refresh_from_db()
        assert made.review_from == today + 30 * DAY
        answers.replace_regulation(old, by_regulation=None, on=today + 60 * DAY, by=maya)
        made.refresh_from_db()
        assert made.review_from == today + 60 * DAY
        assert told("forum.review_due") == set()

    def test_a_corrected_day_does_not_forget_an_edit(
        self, answer: Post, budi: User, maya: User
    ) -> None:
        old = make_regulation()
        made = answers.verify_answer(answer, basis(old), by=maya)
        writing.edit_post(answer, source="Tidak boleh.", seen_version=1, by=budi)
        later = timezone.localdate() + 30 * DAY
        answers.replace_regulation(old, by_regulation=None, on=later, by=maya)
        made.refresh_from_db()
        assert made.review_from == timezone.localdate()

    def test_only_the_pembina_replaces(self, siti: User, admin: User) -> None:
        old = make_regulation()
        for person in (siti, admin):
            with pytest.raises(PermissionDenied):
                answers.replace_regulation(
                    old, by_regulation=None, on=timezone.localdate(), by=person
                )

    def test_not_by_itself_nor_by_an_older_one_nor_before_it_began(self, maya: User) -> None:
        today = timezone.localdate()
        old = make_regulation()
        older = make_regulation("Permenaker 1/2020", in_force_from=dt.date(2020, 1, 1))
        for successor, on in [(old, today), (older, today), (None, dt.date(2023, 12, 31))]:
            with pytest.raises(ValidationError):
                answers.replace_regulation(old, by_regulation=successor, on=on, by=maya)
        old.refresh_from_db()
        assert old.replaced_on is None

    def test_what_has_run_out_is_told_once(
        self, answer: Post, maya: User, other_pembina: User
    ) -> None:
        made = answers.verify_answer(answer, basis(days=1), by=maya)
        assert answers.tell_of_reviews(timezone.localdate()) == 0
        for _ in range(2):
            assert answers.tell_of_reviews(made.review_from) == 1
        rows = Notification.objects.filter(kind="forum.review_due")
        assert sorted(row.recipient_id for row in rows) == sorted([maya.pk, other_pembina.pk])

    def test_a_name_is_taken_once_however_it_is_written(self, maya: User) -> None:
        made = make_regulation("Permenaker 1/2024")
        with pytest.raises(ValidationError, match="sudah ada"):
            answers.add_regulation(
                name=made.name.upper(), title="", in_force_from=made.in_force_from, by=maya
            )


def test_no_title_of_a_closed_category_leaks(maya: User, siti: User) -> None:
    closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    topic = make_topic(maya, closed)
    visible = Verification.objects.visible_to(siti)
    made = answers.verify_answer(make_reply(topic, siti), basis(), by=maya)
    assert list(visible) == []
    assert list(Verification.objects.visible_to(maya)) == [made]


class TestAfterMerging:
    """Two verified answers come into one topic: one stands at its top, both are the Pembina's."""

    @pytest.fixture
    def both(
        self, question: Topic, answer: Post, siti: User, budi: User, maya: User, admin: User
    ) -> tuple[Verification, Verification]:
        other = make_topic(siti)
        second = make_reply(other, budi)
        older = answers.verify_answer(answer, basis(make_regulation()), by=maya)
        newer = answers.verify_answer(second, basis(make_regulation("UU 2/2024")), by=maya)
        merge_topics(other, question, by=admin, reason="Sama.")
        question.refresh_from_db()
        assert question.verification == newer
        return older, newer

    def test_either_can_be_withdrawn(
        self, both: tuple[Verification, Verification], question: Topic, maya: User
    ) -> None:
        older, newer = both
        answers.withdraw_verification(newer, reason="Keliru.", by=maya)
        question.refresh_from_db()
        assert question.verification == older
        assert standing_of(older.post) == Post.Standing.VERIFIED
        answers.withdraw_verification(older, reason="Keliru.", by=maya)
        question.refresh_from_db()
        assert question.verification is None
        assert not Verification.objects.standing().exists()

    def test_the_one_below_is_withdrawn_and_the_top_stays(
        self, both: tuple[Verification, Verification], question: Topic, maya: User
    ) -> None:
        older, newer = both
        answers.withdraw_verification(older, reason="Keliru.", by=maya)
        question.refresh_from_db()
        assert question.verification == newer
        assert list(Verification.objects.standing()) == [newer]

    def test_a_new_one_ends_both(
        self, both: tuple[Verification, Verification], maya: User, question: Topic
    ) -> None:
        assert set(both) == set(Verification.objects.standing())
        third = make_reply(question, make_user("tuti@contoh.example", "Tuti", "pengantar_kerja"))
        made = answers.verify_answer(third, basis(make_regulation("UU 3/2024")), by=maya)
        assert list(Verification.objects.standing()) == [made]

    def test_split_off_it_is_still_looked_at_again(
        self, question: Topic, answer: Post, maya: User, admin: User, client: Client
    ) -> None:
        answers.verify_answer(answer, basis(make_regulation()), by=maya)
        split_posts(
            question,
            [answer.number],
            title="Topik tersendiri",
            category=make_category(),
            by=admin,
            reason="Lain.",
        )
        client.force_login(maya)
        page = reverse("forum:post_verify", args=[answer.pk])
        assert client.get(page).status_code == 200
        client.post(reverse("forum:post_withdraw", args=[answer.pk]), {"reason": "Keliru."})
        assert not Verification.objects.standing().exists()
        assert client.get(page).status_code == 403
