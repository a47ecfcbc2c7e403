"""Events, sessions and registrations for the tests of the news board."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from news.models import Event, File, Registration, Session, SessionFile, Speaker
from registry.models import Officer, Unit
from tests.factories import make_officer, make_user

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def make_event(title: str = "Bimbingan Teknis Jabatan", **values: Any) -> Event:
    """Published, in a week's time, for a day of eight hours, registration open, no limit."""
    start = values.pop("starts_at", timezone.now() + 7 * DAY)
    fields: dict[str, Any] = {
        "slug": f"kegiatan-{Event.objects.count() + 1}",
        "title": title,
        "summary": "Sehari bersama narasumber.",
        "source": "Bawa laptop.",
        "html": "<p>Bawa laptop.</p>",
        "organiser": "Ditjen Binapenta & PKK",
        "place": "Balai Latihan Kerja, Bandung",
        "starts_at": start,
        "ends_at": start + 8 * HOUR,
        "published_at": timezone.now() - 90 * DAY,
    }
    return Event.objects.create(**(fields | values))


def make_session(event: Event, title: str = "Pembukaan", **values: Any) -> Session:
    fields: dict[str, Any] = {
        "starts_at": event.starts_at,
        "ends_at": event.starts_at + HOUR,
        "room": "Aula",
    }
    session = Session.objects.create(event=event, title=title, **(fields | values))
    Speaker.objects.create(session=session, name="Ratna Dewi", about="Lembaga Contoh")
    return session


def give(session: Session, file: File, title: str = "Paparan") -> SessionFile:
    return SessionFile.objects.create(session=session, file=file, title=title)


def make_registration(event: Event, officer: Officer, state: str = "terdaftar") -> Registration:
    """With its seat counted, where it takes one."""
    made = Registration.objects.create(event=event, officer=officer, state=state)
    if state in Registration.SEATED:
        event.seats_taken += 1
        event.save(update_fields=["seats_taken"])
    return made


def make_officers_with_accounts(count: int, unit: Unit) -> list[User]:
    """So many colleagues who can log in."""
    made = []
    for number in range(count):
        officer = make_officer(f"Rekan {number}", unit=unit)
        user = make_user(f"rekan{number}@contoh.example", officer.name, "pengantar_kerja")
        officer.user = user
        officer.save(update_fields=["user"])
        made.append(user)
    return made


def officer_of(user: User) -> Officer:
    return Officer.objects.of_account(user).get()
