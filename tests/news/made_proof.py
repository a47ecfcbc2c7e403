"""Events, registrations, attendance and certificates for the tests of the news board."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from epk.lib.notices import Ref
from news.actions.attendance import code_of
from news.models import Attendance, Certificate, Evaluation, Event, Registration, Session
from registry.models import Officer, Unit
from tests.factories import make_nip, make_officer, make_unit, make_user

HOUR = dt.timedelta(hours=1)
ANSWERS: dict[str, Any] = {
    "content": 5,
    "speakers": 4,
    "organisation": 3,
    "usefulness": 5,
    "liked": "Contoh kasusnya.",
    "improve": "",
}


def make_event(
    title: str = "Bimbingan Teknis Penempatan",
    *,
    ended: bool = False,
    sessions: int = 1,
    **values: Any,
) -> Event:
    """Running now, or over since a moment; its sessions are all today and take attendance."""
    now = timezone.now()
    start = now - 2 * HOUR
    moments = {
        "starts_at": start,
        "ends_at": now - dt.timedelta(minutes=1) if ended else now + 3 * HOUR,
        "published_at": now - 30 * 24 * HOUR,
        "gives_certificate": True,
        "lesson_hours": 8,
        "organiser": "Ditjen Binapenta & PKK",
        "place": "Jakarta",
    }
    number = Event.objects.count() + 1
    event = Event.objects.create(
        title=title, slug=values.pop("slug", f"kegiatan-{number}"), **(moments | values)
    )
    for position in range(1, sessions + 1):
        make_session(event, f"Sesi {position}", starts_at=now)
    return event


def make_session(event: Event, title: str = "Sesi", **values: Any) -> Session:
    return Session.objects.create(
        event=event, title=title, **({"starts_at": timezone.now()} | values)
    )


def make_registration(user: User, event: Event, **values: Any) -> Registration:
    officer = Officer.objects.get(user=user)
    return Registration.objects.create(
        event=event, officer=officer, **({"state": Registration.State.IN} | values)
    )


def make_crowd(event: Event, count: int, unit: Unit | None = None) -> list[Registration]:
    """So many officers with accounts, all registered."""
    unit = unit or make_unit()
    rows = []
    for number in range(count):
        born = dt.date(1980, 1, 1) + dt.timedelta(days=number)
        officer = make_officer(
            f"Peserta {number:03d}", birth_date=born, nip=make_nip(born, "P", 2010, 1), unit=unit
        )
        officer.user = make_user(f"peserta{number}@contoh.example", officer.name, "pengantar_kerja")
        officer.save(update_fields=["user"])
        rows.append(make_registration(officer.user, event))
    return rows


def present(registration: Registration, *sessions: Session) -> None:
    for session in sessions or registration.event.sessions.all():
        Attendance.objects.create(registration=registration, session=session, method="qr")


def evaluated(registration: Registration, **answers: Any) -> Evaluation:
    return Evaluation.objects.create(registration=registration, **(ANSWERS | answers))


def make_certificate(
    registration: Registration, *, serial: int = 1, file: bytes = b"", **values: Any
) -> Certificate:
    """As issued, without what the action does beside it."""
    officer, event = registration.officer, registration.event
    made = Certificate(
        registration=registration,
        year=2026,
        serial=serial,
        officer_name=officer.name,
        register_number=officer.register_number,
        event_title=event.title,
        starts_on=event.starts_at.date(),
        ends_on=event.ends_at.date(),
        hours=event.lesson_hours,
        **values,
    )
    if file:
        made.file.save("sertifikat.pdf", ContentFile(file), save=False)
    made.save()
    return made


def proof_pages(officer: User) -> dict[str, dict[str, Any]]:
    """An event that ended a moment ago, with an officer's certificate: what its pages are asked with."""
    registration = make_registration(officer, make_event(ended=True))
    session = registration.event.sessions.get()
    present(registration, session)
    certificate = make_certificate(registration, file=b"%PDF-1.7")
    samples: dict[str, dict[str, Any]] = {
        "news:self_check_in": {"token": code_of(session)},
        "news:session_code": {"session_id": session.pk},
        "news:certificate_revoke": {"certificate_id": certificate.pk},
    }
    for name in ("ticket", "evaluation"):
        samples[f"news:{name}"] = {"slug": registration.event.slug}
    for name in ("check_in", "check_in_undo"):
        samples[f"news:{name}"] = {"key": registration.key}
    for name in ("attendance", "attendance_sheet", "evaluation_summary", "certificates"):
        samples[f"news:{name}"] = {"event_id": registration.event.pk}
    for name in ("certificate", "certificate_file"):
        samples[f"news:{name}"] = {"code": certificate.code}
    return samples


def ref_of_proof(kind: str, user: User) -> Ref:
    """Something that this kind tells an officer of."""
    registration = make_registration(user, make_event(ended=True))
    if kind == "news.evaluation_open":
        return Ref(f"evaluation-{registration.event_id}", "open")
    serial = Certificate.objects.count() + 1
    item = f"certificate-{make_certificate(registration, serial=serial).pk}"
    return Ref(item, item)
