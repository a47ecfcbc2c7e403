"""The ticket, the page behind its code, the code on the wall, and the lists."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions import attendance
from news.actions.attendance import code_of
from news.models import Attendance, Event, Registration
from registry.models import Officer
from tests.news.made_proof import (
    make_certificate,
    make_crowd,
    make_event,
    make_registration,
    present,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db: None) -> Event:
    return make_event(sessions=2)


@pytest.fixture
def registration(siti: User, event: Event) -> Registration:
    return make_registration(siti, event)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


class TestTicket:
    def test_shows_the_code_and_where_one_was(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        present(registration, registration.event.sessions.all()[0])
        client.force_login(siti)
        page = text_of(client, reverse("news:ticket", args=[registration.event.slug]))
        assert '<svg aria-hidden="true"' in page
        assert reverse("news:check_in", args=[registration.key]) in page
        assert (page.count("Hadir</span>"), page.count("Belum tercatat")) == (1, 1)
        assert " style=" not in page

    @pytest.mark.parametrize("state", ["menunggu", "ditolak", "batal", "diajukan"])
    def test_is_for_those_who_take_part(
        self, client: Client, registration: Registration, siti: User, state: str
    ) -> None:
        registration.state = state
        registration.save(update_fields=["state"])
        client.force_login(siti)
        path = reverse("news:ticket", args=[registration.event.slug])
        assert client.get(path).status_code == 404

    def test_is_nobody_elses(
        self, client: Client, registration: Registration, budi: User, agus: User
    ) -> None:
        path = reverse("news:ticket", args=[registration.event.slug])
        assert client.get(path).status_code == 302
        for other in (budi, agus):
            client.force_login(other)
            assert client.get(path).status_code == 404
        assert client.post(path).status_code == 405

    def test_of_an_event_not_published_is_none(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        Event.objects.update(published_at=None)
        client.force_login(siti)
        path = reverse("news:ticket", args=[registration.event.slug])
        assert client.get(path).status_code == 404


class TestArrival:
    def test_shows_who_it_is_and_takes_one_click(
        self, client: Client, registration: Registration, agus: User
    ) -> None:
        client.force_login(agus)
        path = reverse("news:check_in", args=[registration.key])
        page = text_of(client, path)
        assert "Siti Wulandari" in page
        assert "Indramayu" in page
        assert page.count("Catat hadir") == 2
        session = registration.event.sessions.all()[0]
        for words in ("tercatat.", "sudah tercatat sebelumnya"):
            answer = client.post(path, {"session": session.pk}, follow=True)
            assert words in answer.content.decode()
        assert Attendance.objects.count() == 1
        assert text_of(client, path).count("Catat hadir") == 1

    @pytest.mark.parametrize("is_public", [True, False])
    def test_shows_the_photo_where_that_is_allowed(
        self, client: Client, registration: Registration, agus: User, is_public: bool
    ) -> None:
        Officer.objects.update(photo="foto/ab/ab.webp", photo_public=is_public)
        client.force_login(agus)
        page = text_of(client, reverse("news:check_in", args=[registration.key]))
        assert ("/foto/" in page) is is_public

    def test_offers_nothing_to_those_who_wait(
        self, client: Client, registration: Registration, agus: User
    ) -> None:
        Registration.objects.update(state="menunggu")
        client.force_login(agus)
        path = reverse("news:check_in", args=[registration.key])
        page = text_of(client, path)
        assert "tidak terdaftar sebagai peserta" in page
        assert "Catat hadir" not in page
        session = registration.event.sessions.all()[0]
        answer = client.post(path, {"session": session.pk}, follow=True)
        assert "tidak terdaftar sebagai peserta" in answer.content.decode()
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize("session", ["", "x", "0", "999999", "9" * 40, "-1"])
    def test_takes_no_other_session(
        self, client: Client, registration: Registration, agus: User, session: str
    ) -> None:
        client.force_login(agus)
        path = reverse("news:check_in", args=[registration.key])
        answer = client.post(path, {"session": session}, follow=True)
        assert "Pilih salah satu sesi" in answer.content.decode()
        assert not Attendance.objects.exists()

    def test_is_for_editors(
        self, client: Client, registration: Registration, siti: User, rina: User
    ) -> None:
        path = reverse("news:check_in", args=[registration.key])
        assert client.get(path).status_code == 302
        for other in (siti, rina):
            client.force_login(other)
            assert client.get(path).status_code == 403
            assert client.post(path, {"session": 1}).status_code == 403

    def test_of_no_registration_is_none(self, client: Client, agus: User) -> None:
        client.force_login(agus)
        assert client.get(reverse("news:check_in", args=[uuid.uuid4()])).status_code == 404

    def test_undoes_with_a_reason(
        self, client: Client, registration: Registration, agus: User, siti: User
    ) -> None:
        session = registration.event.sessions.all()[0]
        present(registration, session)
        path = reverse("news:check_in_undo", args=[registration.key])
        client.force_login(siti)
        assert client.post(path, {"session": session.pk, "reason": "x"}).status_code == 403
        client.force_login(agus)
        assert client.get(path).status_code == 405
        answer = client.post(path, {"session": session.pk, "reason": " "}).content.decode()
        assert "Tulis alasannya." in answer
        assert f'value="{session.pk}" selected' in answer
        make_certificate(registration)
        answer = client.post(
            path, {"session": session.pk, "reason": "Orang lain."}
        ).content.decode()
        assert "Cabut dulu" in answer
        assert "Orang lain." in answer
        registration.certificate.delete()
        client.post(path, {"session": session.pk, "reason": "Orang lain."})
        assert Attendance.objects.get().undo_reason == "Orang lain."


class TestTheCodeOnTheWall:
    def test_is_renewed_by_the_browser_itself(
        self, client: Client, event: Event, agus: User
    ) -> None:
        client.force_login(agus)
        path = reverse("news:session_code", args=[event.sessions.all()[0].pk])
        response = client.get(path)
        assert 0 < int(response.headers["Refresh"]) < 600
        assert "no-store" in response.headers["Cache-Control"]
        page = response.content.decode()
        assert 'class="qr"' in page
        assert "/hadir/" in page

    def test_is_there_on_the_day_alone(self, client: Client, event: Event, agus: User) -> None:
        session = event.sessions.all()[0]
        session.starts_at += dt.timedelta(days=2)
        session.save()
        client.force_login(agus)
        page = text_of(client, reverse("news:session_code", args=[session.pk]))
        assert "/hadir/" not in page
        assert "pada hari sesinya" in page

    def test_is_shown_by_editors(self, client: Client, event: Event, siti: User) -> None:
        path = reverse("news:session_code", args=[event.sessions.all()[0].pk])
        assert client.get(path).status_code == 302
        client.force_login(siti)
        assert client.get(path).status_code == 403

    def test_notes_whoever_scans_it(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        session = registration.event.sessions.all()[0]
        path = reverse("news:self_check_in", args=[code_of(session)])
        assert client.get(path).status_code == 302
        client.force_login(siti)
        assert "Saya hadir" in text_of(client, path)
        assert not Attendance.objects.exists()
        for _ in range(2):
            answer = client.post(path)
            assert answer["Location"] == reverse("news:ticket", args=[registration.event.slug])
        noted = Attendance.objects.get()
        assert (noted.registration, noted.session, noted.method) == (
            registration,
            session,
            Attendance.Method.SELF,
        )

    def test_says_why_it_does_not(
        self, client: Client, registration: Registration, siti: User, budi: User
    ) -> None:
        session = registration.event.sessions.all()[0]
        path = reverse("news:self_check_in", args=[code_of(session)])
        client.force_login(budi)
        assert "tidak terdaftar" in text_of(client, path)
        assert client.post(path).status_code == 403
        client.force_login(siti)
        answer = client.get(reverse("news:self_check_in", args=["a:b:c"]))
        assert answer.status_code == 404
        assert "tidak dikenal" in answer.content.decode()
        session.starts_at -= dt.timedelta(days=2)
        session.save()
        assert "hanya dicatat pada hari" in client.post(path, follow=True).content.decode()
        assert not Attendance.objects.exists()

    def test_says_that_it_ran_out(
        self, client: Client, event: Event, siti: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = reverse("news:self_check_in", args=[code_of(event.sessions.all()[0])])
        monkeypatch.setattr(attendance, "CODE_MINUTES", -1)
        client.force_login(siti)
        answer = client.get(path)
        assert answer.status_code == 410
        assert "kedaluwarsa" in answer.content.decode()


class TestTheList:
    def test_notes_those_who_were_ticked(self, client: Client, event: Event, agus: User) -> None:
        crowd, session = make_crowd(event, 3), event.sessions.all()[1]
        path = reverse("news:attendance", args=[event.pk])
        client.force_login(agus)
        assert text_of(client, path).count('name="hadir"') == 3
        data = {"session": session.pk, "hadir": [crowd[0].pk, crowd[1].pk, "x", "9" * 30, "-1"]}
        for words in ("2 kehadiran baru", "0 kehadiran baru"):
            answer = client.post(path, data, follow=True).content.decode()
            assert words in answer
        assert answer.count('name="hadir"') == 1
        assert "2 dari 3 peserta" in answer

    def test_before_the_day_keeps_what_was_ticked(
        self, client: Client, event: Event, agus: User
    ) -> None:
        crowd, session = make_crowd(event, 2), event.sessions.all()[0]
        session.starts_at = timezone.now() + dt.timedelta(days=2)
        session.save()
        client.force_login(agus)
        path = reverse("news:attendance", args=[event.pk])
        page = client.post(path, {"session": session.pk, "hadir": [crowd[0].pk]}).content.decode()
        assert "belum dimulai" in page
        assert page.count(" checked") == 1
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize("name", ["attendance", "attendance_sheet"])
    def test_is_for_editors(
        self, client: Client, event: Event, siti: User, agus: User, name: str
    ) -> None:
        path = reverse(f"news:{name}", args=[event.pk])
        assert client.get(path).status_code == 302
        client.force_login(siti)
        assert client.get(path).status_code == 403
        client.force_login(agus)
        assert client.get(path).status_code == 200
        assert client.get(reverse(f"news:{name}", args=[event.pk + 1])).status_code == 404
        assert client.get(path, {"sesi": "x"}).status_code == 200

    def test_of_no_sessions_and_nobody(self, client: Client, agus: User) -> None:
        client.force_login(agus)
        for sessions in (0, 1):
            event = make_event(sessions=sessions)
            for name in ("attendance", "attendance_sheet", "certificates", "evaluation_summary"):
                assert client.get(reverse(f"news:{name}", args=[event.pk])).status_code == 200
        path = reverse("news:attendance", args=[event.pk])
        answer = client.post(path, {"session": 0}, follow=True).content.decode()
        assert "Pilih salah satu sesi" in answer

    def test_on_paper_has_a_line_for_everyone(
        self, client: Client, event: Event, agus: User
    ) -> None:
        make_crowd(event, 3)
        client.force_login(agus)
        page = text_of(client, reverse("news:attendance_sheet", args=[event.pk]))
        assert page.count('<th scope="row">Peserta') == 3
        assert "Tanda tangan" in page


@pytest.mark.parametrize("name", ["attendance", "attendance_sheet", "certificates"])
def test_costs_the_same_with_many(client: Client, agus: User, name: str) -> None:
    event = make_event(ended=True)
    client.force_login(agus)
    path, counts = reverse(f"news:{name}", args=[event.pk]), []
    for number in (2, 30):
        for row in make_crowd(make_event() if number == 30 else event, number)[:number]:
            if number == 30:
                Registration.objects.filter(pk=row.pk).update(event=event)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(path)
        assert response.status_code == 200
        counts.append(len(captured))
        if number == 2:
            Officer.objects.filter(registrations__event=event).update(nip=None, user=None)
            _rename_accounts()
    assert counts[0] == counts[1] <= 8


def _rename_accounts() -> None:
    """The next crowd takes the same addresses."""
    for user in User.objects.filter(email__startswith="peserta"):
        User.objects.filter(pk=user.pk).update(email=f"dulu-{user.email}", nip=None)


@pytest.mark.parametrize("name", ["ticket", "evaluation"])
def test_what_an_officer_opens_costs_little(client: Client, siti: User, name: str) -> None:
    found = make_registration(siti, make_event(ended=True, sessions=6))
    present(found)
    client.force_login(siti)
    path = reverse(f"news:{name}", args=[found.event.slug])
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    assert len(captured) <= 8


def test_the_arrival_costs_little(client: Client, siti: User, agus: User) -> None:
    found = make_registration(siti, make_event(sessions=6))
    present(found)
    client.force_login(agus)
    path = reverse("news:check_in", args=[found.key])
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    assert len(captured) <= 8
