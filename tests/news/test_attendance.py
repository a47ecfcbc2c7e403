"""Who is noted in which session, by a code, a list or oneself, when, and what undoing leaves."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from news.actions import attendance as acts
from news.models import Attendance, Event, Registration
from notifications.models import Event as Told
from tests.news.made_proof import (
    make_certificate,
    make_crowd,
    make_event,
    make_registration,
    make_session,
    present,
)

pytestmark = pytest.mark.django_db
Method = Attendance.Method
DAY = dt.timedelta(days=1)


@pytest.fixture
def event(db: None) -> Event:
    return make_event(sessions=2)


@pytest.fixture
def registration(siti: User, event: Event) -> Registration:
    return make_registration(siti, event)


def test_a_second_scan_changes_nothing(registration: Registration, agus: User) -> None:
    session = registration.event.sessions.all()[0]
    first, is_new = acts.check_in(registration, session, method=Method.QR, by=agus)
    second, again = acts.check_in(registration, session, method=Method.LIST, by=agus)
    assert (is_new, again) == (True, False)
    assert (second.pk, second.method, second.by) == (first.pk, Method.QR, agus)


@pytest.mark.parametrize("state", ["diajukan", "menunggu", "ditolak", "batal"])
def test_who_does_not_take_part_is_not_noted(
    registration: Registration, agus: User, state: str
) -> None:
    registration.state = state
    registration.save(update_fields=["state"])
    session = registration.event.sessions.all()[0]
    with pytest.raises(ValidationError, match="tidak terdaftar sebagai peserta"):
        acts.check_in(registration, session, method=Method.QR, by=agus)
    assert acts.check_in_list(session, [registration.pk], by=agus) == 0
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("who", ["budi", "dewi", "rina"])
def test_only_editors_note_others(
    registration: Registration, who: str, request: pytest.FixtureRequest
) -> None:
    stranger, session = request.getfixturevalue(who), registration.event.sessions.all()[0]
    for method in (Method.QR, Method.SELF):
        with pytest.raises(PermissionDenied):
            acts.check_in(registration, session, method=method, by=stranger)
    with pytest.raises(PermissionDenied):
        acts.check_in_list(session, [registration.pk], by=stranger)
    with pytest.raises(PermissionDenied):
        acts.undo_check_in(registration, session, reason="Keliru.", by=stranger)


def test_one_notes_oneself_by_the_code_of_the_session_alone(
    registration: Registration, siti: User
) -> None:
    session = registration.event.sessions.all()[0]
    with pytest.raises(PermissionDenied):
        acts.check_in(registration, session, method=Method.QR, by=siti)
    noted, _ = acts.check_in(registration, session, method=Method.SELF, by=siti)
    assert (noted.method, noted.by) == (Method.SELF, siti)


@pytest.mark.parametrize(
    ("method", "days", "is_taken"),
    [
        (Method.QR, -1, False),
        (Method.QR, 1, False),
        (Method.SELF, 1, False),
        (Method.LIST, -1, True),
        (Method.LIST, 1, False),
    ],
)
def test_codes_count_on_the_day_and_lists_from_it_on(
    registration: Registration, agus: User, method: str, days: int, is_taken: bool
) -> None:
    """`days` says when the session is: yesterday or tomorrow."""
    session = make_session(registration.event, starts_at=timezone.now() + days * DAY)
    if is_taken:
        assert acts.check_in(registration, session, method=method, by=agus)[1]
        return
    with pytest.raises(ValidationError, match="hari sesi"):
        acts.check_in(registration, session, method=method, by=agus)


def test_the_day_is_that_of_the_place(siti: User, agus: User, clock: Any) -> None:
    """At 23.30 in Jakarta it is the next day in Jayapura already."""
    clock.moment = dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC)
    event = make_event(sessions=0, time_zone="Asia/Jayapura", ends_at=clock.moment + 3 * DAY)
    found = make_registration(siti, event)
    tomorrow = make_session(event, starts_at=dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC))
    today = make_session(event, starts_at=dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC))
    assert acts.check_in(found, tomorrow, method=Method.QR, by=agus)[1]
    with pytest.raises(ValidationError, match="hari sesinya"):
        acts.check_in(found, today, method=Method.QR, by=agus)


def test_a_session_past_midnight_has_two_days(siti: User, agus: User, clock: Any) -> None:
    clock.moment = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)
    event = make_event(sessions=0)
    night = make_session(
        event,
        starts_at=clock.moment - dt.timedelta(hours=3),
        ends_at=clock.moment + dt.timedelta(hours=1),
    )
    assert acts.check_in(make_registration(siti, event), night, method=Method.QR, by=agus)[1]


def test_some_sessions_take_none(registration: Registration, agus: User) -> None:
    lunch = make_session(registration.event, takes_attendance=False)
    elsewhere = make_event("Lain").sessions.get()
    for session in (lunch, elsewhere):
        with pytest.raises(ValidationError, match="tidak mencatat"):
            acts.check_in(registration, session, method=Method.QR, by=agus)


def test_an_event_called_off_takes_none(registration: Registration, agus: User) -> None:
    event = registration.event
    event.cancelled_at = timezone.now()
    event.save(update_fields=["cancelled_at"])
    with pytest.raises(ValidationError, match="dibatalkan"):
        acts.check_in(registration, event.sessions.all()[0], method=Method.QR, by=agus)


def test_a_list_notes_those_who_were_ticked(event: Event, agus: User) -> None:
    crowd = make_crowd(event, 4)
    session, other = event.sessions.all()
    present(crowd[0], session)
    stranger = make_registration(crowd[1].officer.user, make_event("Lain"))
    keys = [crowd[0].pk, crowd[1].pk, crowd[2].pk, stranger.pk, 999_999]
    assert acts.check_in_list(session, keys, by=agus) == 2
    assert acts.check_in_list(session, keys, by=agus) == 0
    assert Attendance.objects.filter(session=session).count() == 3
    assert not Attendance.objects.filter(session=other).exists()


def test_undoing_leaves_the_row_and_a_new_one_counts(
    registration: Registration, agus: User
) -> None:
    session = registration.event.sessions.all()[0]
    with pytest.raises(ValidationError, match="tidak tercatat"):
        acts.undo_check_in(registration, session, reason="Keliru.", by=agus)
    acts.check_in(registration, session, method=Method.QR, by=agus)
    acts.undo_check_in(registration, session, reason="Orang lain yang datang.", by=agus)
    assert not Attendance.objects.standing().exists()
    acts.check_in(registration, session, method=Method.LIST, by=agus)
    undone, standing = Attendance.objects.order_by("pk")
    assert (undone.undo_reason, undone.undone_by) == ("Orang lain yang datang.", agus)
    assert standing.undone_at is None


def test_what_a_certificate_rests_on_is_not_undone(registration: Registration, agus: User) -> None:
    present(registration)
    make_certificate(registration)
    session = registration.event.sessions.all()[0]
    with pytest.raises(ValidationError, match="Cabut dulu"):
        acts.undo_check_in(registration, session, reason="Keliru.", by=agus)


class TestTheCodeOnTheWall:
    def test_says_which_session_it_is_of(self, event: Event) -> None:
        session = event.sessions.all()[1]
        assert acts.session_key_in(acts.code_of(session)) == session.pk

    @pytest.mark.parametrize("code", ["", "x", "a:b:c", "1", "eA:1:2", "a" * 3_000])
    def test_of_somebody_else_is_none(self, code: str) -> None:
        with pytest.raises(ValidationError, match="tidak dikenal"):
            acts.session_key_in(code)

    def test_runs_out(self, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
        code, now = acts.code_of(event.sessions.all()[0]), time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 599)
        assert acts.session_key_in(code)
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 602)
        with pytest.raises(ValidationError, match="kedaluwarsa"):
            acts.session_key_in(code)


def test_who_is_entered_after_the_end_is_told_to_evaluate(siti: User, agus: User) -> None:
    late = make_registration(siti, make_event(ended=True))
    early = make_registration(siti, make_event("Berjalan"))
    for found in (late, early):
        acts.check_in_list(found.event.sessions.get(), [found.pk], by=agus)
    told = Told.objects.filter(kind="news.evaluation_open")
    assert [one.subject for one in told] == [f"evaluation-{late.event_id}"]
    assert told.get().notifications.get().recipient == siti
