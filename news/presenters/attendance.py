"""The ticket of an officer, and the pages on which editors note who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from epk.lib.dates import format_datetime, format_day
from epk.lib.qr import qr_svg
from epk.lib.text import titled_name
from news import rules
from news.actions.attendance import CODE_MINUTES, code_of
from news.models import Attendance, Event, Registration, Session
from news.queries.attendance import Mark, counted_sessions, officers_of, participants
from registry.presenters import OfficerRow, officer_row

if TYPE_CHECKING:
    from accounts.models import User

METHODS: Final[dict[str, str]] = dict(Attendance.Method.choices)
RELOAD_AFTER: Final = 4 * 60
"""Seconds after which the code on the wall is a new one, well before the old one runs out."""


@dataclass(frozen=True)
class SessionRow:
    """A session and whether somebody was noted in it."""

    pk: int
    title: str
    when: str
    present: str
    """`09.02 WIB, Kode QR petugas`; empty where nothing was noted."""
    is_today: bool


@dataclass(frozen=True)
class Ticket:
    """What an officer shows at the door."""

    title: str
    path: str
    when: str
    place: str
    name: str
    address: str
    qr: SafeString
    sessions: Sequence[SessionRow]
    is_over: bool


@dataclass(frozen=True)
class Arrival:
    """Who stands before an editor, and the sessions of today."""

    event_id: int
    title: str
    key: str
    name: str
    officer: OfficerRow | None
    register_number: str
    state: str
    may_be_present: bool
    today: Sequence[SessionRow]
    noted: Sequence[SessionRow]


@dataclass(frozen=True)
class ListRow:
    """A line of the list of a session."""

    registration_id: int
    key: str
    name: str
    about: str
    present: str


@dataclass(frozen=True)
class AttendanceList:
    """The list of one session, and the other ones to choose from."""

    event_id: int
    title: str
    when: str
    place: str
    session_id: int
    session: str
    session_when: str
    choices: Sequence[SessionRow]
    rows: Sequence[ListRow]
    present: int
    is_open: bool


def event_path(event: Event) -> str:
    return f"/kegiatan/{event.slug}/"


def ticket_of(registration: Registration) -> Ticket:
    event, officer = registration.event, registration.officer
    path = reverse("news:check_in", args=[registration.key])
    return Ticket(
        title=event.title,
        path=event_path(event),
        when=event_days(event),
        place=event.place,
        name=titled_name(officer.front_title, officer.name, officer.back_title),
        address=f"{settings.SITE_URL}{path}",
        qr=qr_svg(f"{settings.SITE_URL}{path}"),
        sessions=session_rows(registration, list(counted_sessions(event.pk))),
        is_over=event.ends_at <= timezone.now(),
    )


def arrival_of(registration: Registration, sessions: Sequence[Session], user: User) -> Arrival:
    event, officer = registration.event, registration.officer
    listed = officers_of([registration.officer_id]).get(registration.officer_id)
    rows = session_rows(registration, sessions)
    return Arrival(
        event_id=event.pk,
        title=event.title,
        key=str(registration.key),
        name=titled_name(officer.front_title, officer.name, officer.back_title),
        officer=officer_row(listed, user) if listed else None,
        register_number=officer.register_number,
        state=registration.get_state_display(),
        may_be_present=rules.may_be_present(registration),
        today=[row for row in rows if row.is_today],
        noted=[row for row in rows if row.present],
    )


def session_rows(registration: Registration, sessions: Sequence[Session]) -> list[SessionRow]:
    """The sessions with what was noted of one registration."""
    rows = Attendance.objects.standing().filter(registration=registration)
    noted = {row.session_id: row for row in rows}
    return [_row(session, registration.event, noted.get(session.pk)) for session in sessions]


def attendance_list(
    event: Event, sessions: Sequence[Session], chosen: Session | None
) -> AttendanceList:
    """The list of a session: of the chosen one, else of today's first, else of the first."""
    now = timezone.now()
    today = [session for session in sessions if rules.is_session_day(session, event, now)]
    session = chosen or next(iter([*today, *sessions]), None)
    people = participants(event.pk)
    officers = officers_of([row.officer_id for row in people])
    rows = []
    for person in people:
        officer = officers.get(person.officer_id)
        noted = person.marks.get(session.pk) if session else None
        name = titled_name(officer.front_title, officer.name, officer.back_title) if officer else ""
        rows.append(
            ListRow(
                registration_id=person.registration_id,
                key=str(person.key),
                name=name or "Petugas tanpa status dalam register",
                about=(officer.unit or "") if officer else "",
                present=_mark(noted, event) if noted else "",
            )
        )
    return AttendanceList(
        event_id=event.pk,
        title=event.title,
        when=event_days(event),
        place=event.place,
        session_id=session.pk if session else 0,
        session=session.title if session else "",
        session_when=_when(session, event) if session else "",
        choices=[_row(one, event, None) for one in sessions],
        rows=rows,
        present=sum(1 for row in rows if row.present),
        is_open=session is not None and rules.has_begun(session, event, now),
    )


@dataclass(frozen=True)
class WallCode:
    """The code that is shown on the wall of a session."""

    event_id: int
    title: str
    session: str
    when: str
    address: str
    qr: SafeString | None
    made: str
    minutes: int = CODE_MINUTES


def wall_code(session: Session) -> WallCode:
    """Without a code where none would count today."""
    event, now = session.event, timezone.now()
    is_today = rules.is_session_day(session, event, now) and event.cancelled_at is None
    address = ""
    if is_today and session.takes_attendance:
        path = reverse("news:self_check_in", args=[code_of(session)])
        address = f"{settings.SITE_URL}{path}"
    return WallCode(
        event_id=event.pk,
        title=event.title,
        session=session.title,
        when=_when(session, event),
        address=address,
        qr=qr_svg(address) if address else None,
        made=f"{now.astimezone(ZoneInfo(event.time_zone)):%H.%M.%S}",
    )


def event_days(event: Event) -> str:
    """Senin, 7 Mei 2018, or with the last day."""
    zone = ZoneInfo(event.time_zone)
    first, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
    return format_day(first) if first == last else f"{format_day(first)} sampai {format_day(last)}"


def _row(session: Session, event: Event, noted: Attendance | None) -> SessionRow:
    return SessionRow(
        pk=session.pk,
        title=session.title,
        when=_when(session, event),
        present=_mark(noted, event) if noted else "",
        is_today=rules.is_session_day(session, event, timezone.now()),
    )


def _when(session: Session, event: Event) -> str:
    start = session.starts_at.astimezone(ZoneInfo(event.time_zone))
    end = session.ends_at.astimezone(ZoneInfo(event.time_zone)) if session.ends_at else None
    until = f"–{end:%H.%M}" if end and end.date() == start.date() else ""
    return f"{format_day(start)}, {start:%H.%M}{until} {start.tzname()}"


def _mark(noted: Attendance | Mark, event: Event) -> str:
    how = METHODS.get(noted.method, noted.method)
    return f"{format_datetime(noted.at, ZoneInfo(event.time_zone))}, {how}"
