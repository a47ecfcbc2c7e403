"""What the Pembina keeps: regulations and their corrections, the lists of what is to be looked at."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.actions import answers, reading, writing
from forum.models import Post, Topic, Verification
from notifications.models import Notification
from tests.forum.made import make_reply, make_topic
from tests.forum.test_answer_pages import page_of
from tests.forum.test_answers import basis, make_regulation

pytestmark = pytest.mark.django_db


class TestRegulations:
    def test_a_typo_is_corrected_and_what_it_said_is_kept(self, pembina: Client) -> None:
        found = make_regulation("Permenker 1/2024")
        path = reverse("forum:regulation_edit", args=[found.pk])
        values = {"name": "Permenaker 1/2024", "title": "Jabatan", "in_force_from": "2024-02-01"}
        assert pembina.post(path, values).status_code == 302
        html = pembina.get(path).content.decode()
        assert "<del>Permenker 1/2024</del>" in html
        assert "<ins>Permenaker 1/2024</ins>" in html
        assert 'value="2024-02-01"' in html

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"name": "uu 13/2003"}, "sudah ada"),
            ({"in_force_from": "2026-01-01"}, "diganti dengan Permenaker 9/2025"),
            ({"name": ""}, "Tulis namanya"),
            ({"in_force_from": "31-02-2024"}, "tidak dikenal"),
        ],
    )
    def test_a_correction_that_cannot_be_keeps_what_was_typed(
        self, pembina: Client, maya: User, values: dict[str, str], said: str
    ) -> None:
        make_regulation("UU 13/2003")
        found = make_regulation()
        new = make_regulation("Permenaker 9/2025", in_force_from=dt.date(2025, 9, 1))
        answers.replace_regulation(found, by_regulation=new, on=dt.date(2025, 9, 1), by=maya)
        path = reverse("forum:regulation_edit", args=[found.pk])
        typed = {"name": "Permenaker 2/2024", "title": "X", "in_force_from": "2024-01-01"}
        html = pembina.post(path, typed | values).content.decode()
        assert said in html
        assert 'value="X"' in html
        found.refresh_from_db()
        assert (found.name, found.title) == ("Permenaker 1/2024", "")

    def test_one_that_replaces_another_cannot_begin_before_it(self, maya: User) -> None:
        old, new = make_regulation(), make_regulation("B", in_force_from=dt.date(2025, 1, 1))
        answers.replace_regulation(old, by_regulation=new, on=dt.date(2025, 1, 1), by=maya)
        with pytest.raises(ValidationError, match="menggantikan Permenaker"):
            answers.edit_regulation(
                new, name="B", title="", in_force_from=dt.date(2023, 1, 1), by=maya
            )

    def test_a_mistaken_mark_is_taken_back(
        self, pembina: Client, question: Topic, answer: Post, maya: User
    ) -> None:
        found = make_regulation()
        made = answers.verify_answer(answer, basis(found), by=maya)
        page = reverse("forum:regulation_replace", args=[found.pk])
        pembina.post(page, {"on": timezone.localdate().isoformat()})
        assert "Perlu ditinjau" in page_of(pembina, question)
        path = reverse("forum:regulation_reinstate", args=[found.pk])
        assert path in pembina.get(page).content.decode()
        assert pembina.post(path).status_code == 302
        made.refresh_from_db()
        assert made.review_from == made.valid_until + dt.timedelta(days=1)
        assert path not in pembina.get(page).content.decode()
        assert "Perlu ditinjau" not in page_of(pembina, question)

    def test_what_was_edited_meanwhile_is_still_to_be_looked_at(
        self, answer: Post, budi: User, maya: User
    ) -> None:
        found = make_regulation()
        made = answers.verify_answer(answer, basis(found), by=maya)
        answers.replace_regulation(found, by_regulation=None, on=timezone.localdate(), by=maya)
        writing.edit_post(answer, source="Tidak boleh.", seen_version=1, by=budi)
        answers.reinstate_regulation(found, by=maya)
        assert list(Verification.objects.to_review(timezone.localdate())) == [made]

    def test_only_the_pembina(self, client: Client, siti: User) -> None:
        found = make_regulation()
        client.force_login(siti)
        for name in ("regulation_edit", "regulation_reinstate"):
            path = reverse(f"forum:{name}", args=[found.pk])
            assert client.post(path).status_code == 403
        with pytest.raises(PermissionDenied):
            answers.reinstate_regulation(found, by=siti)


class TestReviews:
    def due(self, post: Post, by: User) -> Verification:
        made = answers.verify_answer(post, basis(make_regulation(f"P{post.pk}")), by=by)
        Verification.objects.filter(pk=made.pk).update(review_from=timezone.localdate())
        return made

    def test_what_is_hidden_is_left_out_until_it_is_shown_again(
        self, pembina: Client, question: Topic, answer: Post, maya: User
    ) -> None:
        made = self.due(answer, maya)
        path = reverse("forum:reviews")
        cases: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
            (Post.objects.filter(pk=answer.pk), {"state": "sembunyi"}, {"state": "tampil"}),
            (
                Topic.objects.filter(pk=question.pk),
                {"hidden_at": timezone.now()},
                {"hidden_at": None},
            ),
        ]
        for rows, hidden, shown in cases:
            rows.update(**hidden)
            assert question.title not in pembina.get(path).content.decode()
            assert answers.tell_of_reviews(timezone.localdate()) == 0
            rows.update(**shown)
            assert question.title in pembina.get(path).content.decode()
        assert list(Verification.objects.to_review(timezone.localdate())) == [made]

    def test_pages_follow_each_other_without_gap_or_repeat(
        self, pembina: Client, siti: User, budi: User, maya: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("forum.presenters.answers.MOST_ROWS", 2)
        for number in range(5):
            self.due(make_reply(make_topic(siti, title=f"Tinjauan nomor {number}"), budi), maya)
            asked = make_topic(siti, title=f"Pertanyaan nomor {number}")
            answers.accept_answer(make_reply(asked, budi), by=siti)
        for name in ("Tinjauan", "Pertanyaan"):
            found: list[str] = []
            path = reverse("forum:reviews")
            for _ in range(3):
                html = pembina.get(path).content.decode()
                found += re.findall(rf">({name} nomor \d)</a>", html)
                more = re.search(rf'rel="next" href="([^"]*)">{name} berikutnya', html)
                path = reverse("forum:reviews") + (more[1].replace("&amp;", "&") if more else "")
            assert len(found) == len(set(found)) == 5, name

    @pytest.mark.parametrize("text", ["x", "2026-01-01", "2026-13-01~1", "~", "\0~1", "9" * 70])
    def test_junk_is_left_out(self, pembina: Client, text: str) -> None:
        values = {"tinjau": text, "belum": text}
        assert pembina.get(reverse("forum:reviews"), values).status_code == 200


def test_a_withdrawal_is_told_to_author_asker_and_followers(
    siti: User, budi: User, joko: User, maya: User, answer: Post, question: Topic
) -> None:
    reading.set_topic_stance(question, "ikut", by=joko)
    made = answers.verify_answer(answer, basis(), by=maya)
    for _ in range(2):
        answers.withdraw_verification(made, reason="Keliru.", by=maya)
    rows = Notification.objects.filter(kind="forum.verification_withdrawn")
    assert sorted(row.recipient_id for row in rows) == sorted([siti.pk, budi.pk, joko.pk])
    assert "Keliru" not in str(list(rows.values_list("event__facts", flat=True)))
