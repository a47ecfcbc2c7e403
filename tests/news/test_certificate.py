"""Who gets a certificate, what else happens with it, and what revoking and erasing leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from news import rules
from news.actions import certificates as acts
from news.models import Attendance, Certificate, CertificateYear, Evaluation, Event, Registration
from news.presenters import own_registration, proof_links
from notifications.models import Event as Told
from notifications.models import Notification
from registry.actions import Attended, add_training
from registry.erasure import anonymise_officer
from registry.models import Training
from tests.jobs import empty_queue, waiting_jobs
from tests.news.made_proof import (
    evaluated,
    make_certificate,
    make_crowd,
    make_event,
    make_registration,
    make_session,
    present,
)

pytestmark = pytest.mark.django_db


def deserving(user: User, event: Event) -> Registration:
    found = make_registration(user, event)
    present(found)
    evaluated(found)
    return found


@pytest.mark.parametrize(
    ("total", "needed"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (8, 6), (10, 8)]
)
def test_three_quarters_in_whole_sessions(total: int, needed: int) -> None:
    assert rules.sessions_needed(total) == needed


@pytest.mark.parametrize(
    ("total", "attended", "has_evaluated", "deserves"),
    [(4, 3, True, True), (4, 2, True, False), (4, 4, False, False), (0, 0, True, False)],
)
def test_who_deserves_one(total: int, attended: int, has_evaluated: bool, deserves: bool) -> None:
    assert rules.deserves_certificate(total, attended, evaluated=has_evaluated) is deserves


def test_issuing_numbers_tells_and_enters_the_training(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    found = deserving(siti, event)
    empty_queue()
    version = found.officer.version
    assert acts.issue_certificates(event, by=agus) == 1
    made = Certificate.objects.get()
    assert made.number == f"SERT/{timezone.localdate().year}/000001"
    assert made.officer_name == "Siti Wulandari, S.Psi."
    assert made.position.startswith("Pengantar Kerja Ahli Muda, ")
    assert len(made.code) == 20
    training = Training.objects.get()
    assert made.training == training
    assert (training.officer, training.name, training.hours, training.sk_number) == (
        found.officer,
        event.title,
        8,
        made.number,
    )
    found.officer.refresh_from_db()
    assert found.officer.version == version + 1
    notice = Notification.objects.get(kind="news.certificate")
    assert notice.recipient == siti
    [job] = waiting_jobs("news.jobs.draw_certificate")
    assert job.args == {"certificate_id": made.pk}
    assert acts.issue_certificates(event, by=agus) == 0
    assert Training.objects.count() == 1
    assert Told.objects.filter(kind="news.certificate").count() == 1


def test_the_history_says_by_whom_and_why(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    deserving(siti, event)
    acts.issue_certificates(event, by=agus)
    table: Any = Training
    rows = table.pgh_event_model.objects
    told = rows.get().pgh_context.metadata
    assert told["user"] == agus.pk
    assert event.title in told["reason"]
    acts.revoke_certificate(Certificate.objects.get(), reason="Salah orang.", by=agus)
    told = rows.get(pgh_label="delete").pgh_context.metadata
    assert "Salah orang." in told["reason"]


def test_only_those_who_deserve_it(agus: User) -> None:
    event = make_event(ended=True, sessions=4)
    full, enough, little, silent, waiting, undone = make_crowd(event, 6)
    sessions = list(event.sessions.all())
    lunch = make_session(event, takes_attendance=False)
    present(full, *sessions)
    present(enough, *sessions[:3])
    present(little, *sessions[:2], lunch)
    present(silent, *sessions)
    present(waiting, *sessions)
    present(undone, *sessions[:3])
    for row in (full, enough, little, waiting, undone):
        evaluated(row)
    Registration.objects.filter(pk=waiting.pk).update(state="menunggu")
    Attendance.objects.filter(registration=undone, session=sessions[0]).update(
        undone_at=timezone.now(), undo_reason="Orang lain."
    )
    assert acts.issue_certificates(event, by=agus) == 2
    assert set(Certificate.objects.values_list("registration", flat=True)) == {full.pk, enough.pk}


@pytest.mark.parametrize(
    "values",
    [
        {"gives_certificate": False},
        {"cancelled_at": timezone.now()},
        {"ends_at": timezone.now() + dt.timedelta(hours=1)},
    ],
    ids=["gives none", "called off", "running"],
)
def test_of_such_an_event_none(siti: User, agus: User, values: dict[str, Any]) -> None:
    event = make_event(ended=True)
    deserving(siti, event)
    Event.objects.update(**values)
    with pytest.raises(ValidationError, match="belum selesai"):
        acts.issue_certificates(event, by=agus)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("who", ["siti", "dewi", "rina"])
def test_editors_issue_and_revoke(who: str, request: pytest.FixtureRequest, siti: User) -> None:
    other, event = request.getfixturevalue(who), make_event(ended=True)
    made = make_certificate(deserving(siti, event))
    with pytest.raises(PermissionDenied):
        acts.issue_certificates(event, by=other)
    with pytest.raises(PermissionDenied):
        acts.revoke_certificate(made, reason="Keliru.", by=other)


def test_a_failure_leaves_nothing_and_no_gap(
    siti: User, budi: User, agus: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(ended=True)
    for user in (siti, budi):
        deserving(user, event)
    with monkeypatch.context() as patch:
        patch.setattr("news.notices.proof.tell_of_certificate", _fails_second())
        with pytest.raises(ZeroDivisionError):
            acts.issue_certificates(event, by=agus)
    assert not Certificate.objects.exists()
    assert not Training.objects.exists()
    assert acts.issue_certificates(event, by=agus) == 2
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == [1, 2]
    assert CertificateYear.objects.get().last_serial == 2


def _fails_second() -> Any:
    calls = []

    def tell(*_args: Any, **_kwargs: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise ZeroDivisionError

    return tell


def test_each_year_begins_anew(siti: User, budi: User, agus: User, clock: Any) -> None:
    clock.moment = dt.datetime(2026, 12, 31, 16, tzinfo=dt.UTC)
    first = make_event(ended=True)
    deserving(siti, first)
    acts.issue_certificates(first, by=agus)
    clock.move(hours=2)
    second = make_event("Lain", ended=True)
    deserving(budi, second)
    acts.issue_certificates(second, by=agus)
    numbers = {one.number for one in Certificate.objects.all()}
    assert numbers == {"SERT/2026/000001", "SERT/2027/000001"}


def test_a_merged_record_passes_the_training_on(siti: User, budi: User, agus: User) -> None:
    event = make_event(ended=True)
    found = deserving(siti, event)
    type(found.officer).objects.filter(pk=found.officer_id).update(merged_into=budi.officer)
    acts.issue_certificates(event, by=agus)
    made = Certificate.objects.get()
    assert made.officer_name == "Budi Rumbiak"
    assert Training.objects.get().officer == budi.officer


def test_revoking_takes_the_training_out_once(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    found = deserving(siti, event)
    kept = Training.objects.create(
        officer=found.officer, name="Lain", start=dt.date(2016, 1, 1), end=dt.date(2016, 1, 2)
    )
    acts.issue_certificates(event, by=agus)
    made = Certificate.objects.get()
    acts.revoke_certificate(made, reason="Salah orang.", by=agus)
    made.refresh_from_db()
    assert (made.revoke_reason, made.revoked_by, made.training) == ("Salah orang.", agus, None)
    assert list(Training.objects.all()) == [kept]
    with pytest.raises(ValidationError, match="sudah dicabut"):
        acts.revoke_certificate(made, reason="Lagi.", by=agus)
    assert acts.issue_certificates(event, by=agus) == 0


def test_a_training_that_was_removed_by_hand_hinders_no_revoking(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    deserving(siti, event)
    acts.issue_certificates(event, by=agus)
    Training.objects.all().delete()
    acts.revoke_certificate(Certificate.objects.get(), reason="Salah orang.", by=agus)
    assert Certificate.objects.get().revoked_at


class TestTheTrainingRecord:
    ATTENDED = Attended(
        name="Bimtek",
        organiser="Ditjen",
        start=dt.date(2026, 5, 7),
        end=dt.date(2026, 5, 8),
        hours=16,
        certificate_number="SERT/2026/000009",
        issued_on=dt.date(2026, 5, 9),
    )

    def test_is_entered_once(self, siti: User, agus: User) -> None:
        first = add_training(siti.officer, self.ATTENDED, by=agus, reason="Uji")
        second = add_training(siti.officer, self.ATTENDED, by=agus, reason="Uji")
        assert first == second == Training.objects.get()

    @pytest.mark.parametrize(
        "values", [{"name": ""}, {"end": dt.date(2026, 5, 1)}, {"name": "x" * 201}]
    )
    def test_is_refused_with_a_sentence(
        self, siti: User, agus: User, values: dict[str, Any]
    ) -> None:
        with pytest.raises(ValidationError):
            add_training(siti.officer, replace(self.ATTENDED, **values), by=agus, reason="Uji")
        assert not Training.objects.exists()


def test_erasing_a_person_leaves_the_number(siti: User, rina: User, agus: User) -> None:
    event = make_event(ended=True)
    found = deserving(siti, event)
    made = make_certificate(found, file=b"%PDF-1.7 Siti Wulandari")
    Evaluation.objects.update(liked="Saya, Siti Wulandari, senang.")
    made.revoked_at, made.revoke_reason = timezone.now(), "Siti Wulandari tidak hadir."
    made.save()
    name, storage = made.file.name, made.file.storage
    erased = anonymise_officer(found.officer, by=rina, reason="Masa simpan berakhir")
    made.refresh_from_db()
    assert (made.officer_name, made.position, made.file.name) == ("", "", "")
    assert made.number == "SERT/2026/000001"
    assert "Siti" not in made.revoke_reason + Evaluation.objects.get().liked
    assert erased is not None
    assert erased.remaining == []
    assert storage.exists(name)  # until the transaction is final
    acts.draw_certificate(made.pk)
    made.refresh_from_db()
    assert not made.file


class TestWhatTheEventPageOffers:
    def words(self, user: User, event: Event) -> list[str]:
        return [words for words, _ in proof_links(user, event, own_registration(event, user)).own]

    def test_step_by_step(self, siti: User, agus: User, budi: User) -> None:
        event = make_event(sessions=1)
        found = make_registration(siti, event)
        assert self.words(siti, event) == ["Tiket dan kehadiran saya"]
        event.ends_at = timezone.now()
        event.save()
        assert (
            "hadir di 0 dari 1 sesi"
            in proof_links(siti, event, own_registration(event, siti)).sentence
        )
        present(found)
        assert self.words(siti, event)[1:] == ["Isi evaluasi"]
        assert (
            "evaluasi belum diisi"
            in proof_links(siti, event, own_registration(event, siti)).sentence
        )
        evaluated(found)
        assert self.words(siti, event)[1:] == ["Evaluasi saya"]
        assert (
            "Syarat sertifikat terpenuhi"
            in proof_links(siti, event, own_registration(event, siti)).sentence
        )
        acts.issue_certificates(event, by=agus)
        assert self.words(siti, event)[1:] == ["Sertifikat saya"]
        assert self.words(budi, event) == []
        assert len(proof_links(agus, event, own_registration(event, agus)).desk) == 3
