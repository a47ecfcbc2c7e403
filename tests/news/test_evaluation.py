"""Who evaluates an event and when, and what editors read of it without names."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions import evaluation as acts
from news.models import Attendance, Evaluation, Registration
from notifications.models import Event as Told
from notifications.models import Notification
from tests.news.made_proof import (
    ANSWERS,
    evaluated,
    make_crowd,
    make_event,
    make_registration,
    present,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(siti: User) -> Registration:
    """Siti was there, and it is over."""
    found = make_registration(siti, make_event(ended=True))
    present(found)
    return found


def path_of(registration: Registration) -> str:
    return reverse("news:evaluation", args=[registration.event.slug])


class TestTheForm:
    def test_is_sent_once_and_changed(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        client.force_login(siti)
        path = path_of(registration)
        page = client.get(path).content.decode()
        assert "Dapat diisi dan diubah sampai" in page
        answer = client.post(path, ANSWERS)
        assert answer["Location"] == reverse("news:ticket", args=[registration.event.slug])
        client.post(path, ANSWERS | {"content": 2, "improve": "Waktunya."})
        found = Evaluation.objects.get()
        assert (found.content, found.liked, found.improve) == (2, "Contoh kasusnya.", "Waktunya.")
        page = client.get(path).content.decode()
        assert "Contoh kasusnya." in page
        assert page.count(" checked") == 4

    @pytest.mark.parametrize(
        "answers", [{"content": ""}, {"content": "6"}, {"content": "0"}, {"liked": "x" * 1_001}]
    )
    def test_keeps_what_was_typed(
        self, client: Client, registration: Registration, siti: User, answers: dict[str, Any]
    ) -> None:
        client.force_login(siti)
        sent = ANSWERS | {"improve": "Ruangnya dingin."} | answers
        answer = client.post(path_of(registration), sent)
        assert answer.status_code == 200
        assert "Ruangnya dingin." in answer.content.decode()
        assert "Galat: " in answer.content.decode()
        assert not Evaluation.objects.exists()

    def test_is_for_those_who_take_part(
        self, client: Client, registration: Registration, budi: User, agus: User, siti: User
    ) -> None:
        path = path_of(registration)
        assert client.get(path).status_code == 302
        for other in (budi, agus):
            client.force_login(other)
            assert client.get(path).status_code == 404
            assert client.post(path, ANSWERS).status_code == 404
        Registration.objects.update(state="menunggu")
        client.force_login(siti)
        assert client.get(path).status_code == 404
        assert not Evaluation.objects.exists()

    @pytest.mark.parametrize(
        ("ended", "words"), [(-1, "dibuka setelah"), (15 * 24, "ditutup"), (13 * 24, "sampai")]
    )
    def test_is_open_for_two_weeks(
        self, client: Client, registration: Registration, siti: User, ended: int, words: str
    ) -> None:
        """`ended` hours ago."""
        event = registration.event
        event.ends_at = timezone.now() - dt.timedelta(hours=ended)
        event.starts_at = event.ends_at - dt.timedelta(hours=8)
        event.save()
        client.force_login(siti)
        page = client.get(path_of(registration)).content.decode()
        assert words in page
        answer = client.post(path_of(registration), ANSWERS | {"improve": "Ruangnya."})
        if words == "sampai":
            assert answer.status_code == 302
        else:
            assert "Ruangnya." in answer.content.decode()
            assert "belum dibuka atau sudah ditutup" in answer.content.decode()
        assert Evaluation.objects.exists() is (words == "sampai")
        assert ("Simpan evaluasi" in page) is (words == "sampai")

    def test_asks_for_a_session_attended(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        Attendance.objects.update(undone_at=timezone.now(), undo_reason="Orang lain.")
        client.force_login(siti)
        page = client.get(path_of(registration)).content.decode()
        assert "tercatat hadir di sedikitnya satu sesi" in page
        client.post(path_of(registration), ANSWERS)
        assert not Evaluation.objects.exists()


def test_nobody_evaluates_for_another(registration: Registration, budi: User) -> None:
    with pytest.raises(PermissionDenied):
        acts.evaluate(registration, ANSWERS, by=budi)


def test_who_was_not_there_evaluates_nothing(siti: User) -> None:
    absent = make_registration(siti, make_event(ended=True))
    with pytest.raises(ValidationError, match="belum dibuka"):
        acts.evaluate(absent, ANSWERS, by=siti)


class TestTheSummary:
    def test_shows_nothing_below_three(self, client: Client, agus: User) -> None:
        event = make_event(ended=True)
        crowd = make_crowd(event, 3)
        client.force_login(agus)
        path = reverse("news:evaluation_summary", args=[event.pk])
        for number, row in enumerate(crowd, start=1):
            present(row)
            evaluated(row, content=number, liked=f"Ini jawaban {4 - number}")
            page = client.get(path).content.decode()
            assert f"{number} evaluasi masuk" in page
            assert ("Rata-rata" in page) is (number == 3)
            assert ("Ini jawaban" in page) is (number == 3)
        assert "2,0" in page
        # In the order of the alphabet, not of the days on which they came.
        places = [page.index(f"Ini jawaban {number}") for number in (1, 2, 3)]
        assert places == sorted(places)
        for row in crowd:
            assert row.officer.name not in page

    def test_escapes_what_was_written(self, client: Client, agus: User) -> None:
        event = make_event(ended=True)
        for row in make_crowd(event, 3):
            evaluated(row, liked="<b>tebal</b>")
        client.force_login(agus)
        page = client.get(reverse("news:evaluation_summary", args=[event.pk])).content.decode()
        assert "<b>tebal" not in page

    def test_is_for_editors(self, client: Client, registration: Registration, siti: User) -> None:
        path = reverse("news:evaluation_summary", args=[registration.event_id])
        assert client.get(path).status_code == 302
        client.force_login(siti)
        assert client.get(path).status_code == 403
        assert client.post(path).status_code == 405


class TestTheNotice:
    def test_goes_once_to_those_who_were_there(
        self, registration: Registration, siti: User, budi: User
    ) -> None:
        make_registration(budi, registration.event)
        for _ in range(2):
            acts.tell_of_evaluations()
        assert Told.objects.filter(kind="news.evaluation_open").count() == 1
        told = Notification.objects.filter(kind="news.evaluation_open")
        assert [one.recipient for one in told] == [siti]

    @pytest.mark.parametrize(
        "values",
        [
            {"cancelled_at": timezone.now()},
            {"ends_at": timezone.now() + dt.timedelta(hours=1)},
            {
                "starts_at": timezone.now() - dt.timedelta(days=20),
                "ends_at": timezone.now() - dt.timedelta(days=15),
            },
        ],
        ids=["cancelled", "running", "long ago"],
    )
    def test_is_about_what_can_be_evaluated(
        self, registration: Registration, values: dict[str, Any]
    ) -> None:
        type(registration.event).objects.update(**values)
        acts.tell_of_evaluations()
        assert not Told.objects.filter(kind="news.evaluation_open").exists()

    def test_leads_to_the_form(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        acts.tell_of_evaluations()
        client.force_login(siti)
        page = client.get(reverse("notifications:inbox")).content.decode()
        assert registration.event.title in page
