"""Events as editors work on them: the list, what is missing, who is registered."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from epk.lib import zones
from epk.lib.csv_cells import safe_cell
from epk.lib.dates import format_date, format_datetime
from epk.lib.text import format_number
from news import rules
from news.actions.events import missing, outside
from news.models import Event, Registration
from news.presenters.event_times import session_time, span, zone_of
from news.presenters.events import BADGES, FILE_KINDS, quota_words
from registry.models import Officer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from accounts.models import User

EVENTS_A_PAGE: Final = 20
PEOPLE_A_PAGE: Final = 50
COLUMNS: Final = (
    "No.",
    "Nomor register",
    "Nama",
    "Unit kerja",
    "Wilayah",
    "Keadaan",
    "Mendaftar",
    "Alasan",
)
State = Registration.State


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One event of the editors' list."""

    title: str
    path: str
    people_path: str
    when: str
    state: str
    badge: str
    seats: str
    asked: int
    waiting: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    title: str
    path: str
    when: str
    speakers: str
    files: list[tuple[str, str, str]]
    """Title, kind, and the address that takes it away."""
    delete_path: str


@dataclass(frozen=True)
class Desk:
    """What stands beside the form of an event."""

    state: str
    badge: str
    lacks: list[str]
    sessions: list[SessionLine]
    can_publish: bool
    can_cancel: bool
    is_published: bool
    public_path: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A registration of an event."""

    key: int
    place: str
    register_number: str
    name: str
    unit: str
    region: str
    state: str
    badge: str
    since: str
    reason: str
    is_asked: bool
    can_decide: bool


@dataclass(frozen=True)
class PeoplePage:
    """`tabs`: all, and each state that somebody is in: words, query, whether it is the chosen one."""

    page: Page[Any]
    tabs: list[tuple[str, str, bool]]


class _Counted(Paginator[Any]):
    """Of so many rows, which were counted already."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


def desk_page(number: int) -> Page[Any]:
    """The newest first, whatever their state."""
    rows: Any = Event.objects.for_desk().order_by("-starts_at", "-pk")
    page = Paginator(rows, EVENTS_A_PAGE).get_page(number)
    page.object_list = [_desk_row(row) for row in page.object_list]
    return page


def events_for_editor(user: User) -> list[DeskRow]:
    """For the editors' dashboard: drafts, and what is to come; nothing for others."""
    if not rules.can_edit(user):
        return []
    rows: Any = Event.objects.for_desk().filter(cancelled_at__isnull=True)
    rows = rows.filter(Q(published_at__isnull=True) | Q(ends_at__gt=timezone.now()))
    return [_desk_row(row) for row in rows.order_by("starts_at", "pk")[:10]]


def desk_of(event: Event) -> Desk:
    now = timezone.now()
    state, badge = _state(event, now)
    lacks = missing(event) + outside(event)
    is_published = event.published_at is not None
    return Desk(
        state=state,
        badge=badge,
        lacks=lacks,
        sessions=_session_lines(event),
        can_publish=not is_published and event.cancelled_at is None,
        can_cancel=is_published and event.cancelled_at is None and event.ends_at > now,
        is_published=is_published,
        public_path=reverse("news:event", args=[event.slug]),
    )


def stored_values(event: Event) -> list[tuple[str, str]]:
    """What another editor has saved, to be compared with what was typed."""
    zone = zone_of(event.time_zone)
    moments = (event.registration_from, event.registration_until)
    registration = [format_datetime(moment, zone) if moment else "–" for moment in moments]
    return [
        ("Judul", event.title),
        ("Tema", event.theme),
        ("Ringkasan", event.summary),
        ("Uraian", event.source),
        ("Penyelenggara", event.organiser),
        ("Waktu", span(event.starts_at, event.ends_at, zone)),
        ("Tempat", f"{event.place} ({event.get_place_kind_display()})"),
        ("Tautan daring", event.link),
        ("Kuota", str(event.quota or "")),
        ("Pendaftaran", " sampai ".join(registration)),
    ]


def people_page(event: Event, state: str, number: int) -> PeoplePage:
    """A page of the registrations, of those in one state if it is one that somebody is in."""
    counted = event.registrations.order_by().values("state").annotate(many=Count("pk"))
    many = {row["state"]: row["many"] for row in counted}
    rows: Any = event.registrations.for_list().in_order()
    if state in many:
        rows = rows.filter(state=state)
    paginator = _Counted(rows, PEOPLE_A_PAGE, many.get(state, sum(many.values())))
    page = paginator.get_page(number)
    page.object_list = person_rows(page.object_list, page.start_index())
    return PeoplePage(page, _tabs(many, state))


def everyone(event: Event) -> list[PersonRow]:
    """For paper: those with a seat, by name."""
    rows: Any = event.registrations.for_list().filter(state=State.IN)
    return person_rows(rows.order_by("officer__sort_key", "pk"), 1)


def people_words(event: Event) -> str:
    return f"{quota_words(event)}. Terisi {format_number(event.seats_taken)}."


def people_csv(event: Event) -> str:
    """All registrations; a cell that a spreadsheet would take for a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    rows: Any = event.registrations.for_list().in_order()
    for row in person_rows(rows, 1):
        cells = (
            row.place,
            row.register_number,
            row.name,
            row.unit,
            row.region,
            row.state,
            row.since,
            row.reason,
        )
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def person_row(registration: Registration) -> PersonRow:
    return person_rows([registration], 1)[0]


def decisions_on(registration: Registration) -> list[tuple[str, str]]:
    """What an editor may do with it, as the choices of a form."""
    if registration.state == State.ASKED:
        return [("setujui", "Setujui"), ("tolak", "Tolak"), ("batalkan", "Batalkan pendaftaran")]
    if registration.state in (State.IN, State.WAITING):
        return [("batalkan", "Batalkan pendaftaran")]
    return []


def person_rows(registrations: Iterable[Any], start: int) -> list[PersonRow]:
    rows = list(registrations)
    where = _places([row.officer_id for row in rows])
    zone = zones.viewers_zone()
    return [
        PersonRow(
            key=row.pk,
            place=format_number(start + index),
            register_number=row.officer.register_number,
            name=row.officer.full_name,
            unit=where.get(row.officer_id, ("", ""))[0],
            region=where.get(row.officer_id, ("", ""))[1],
            state=row.get_state_display(),
            badge=BADGES[row.state],
            since=format_datetime(row.queued_at, zone),
            reason=row.reason,
            is_asked=row.state == State.ASKED,
            can_decide=bool(decisions_on(row)),
        )
        for index, row in enumerate(rows)
    ]


def _tabs(many: dict[str, int], chosen: str) -> list[tuple[str, str, bool]]:
    tabs = [(f"Semua ({format_number(sum(many.values()))})", "?", chosen not in many)]
    for state in State:
        if state in many:
            words = f"{state.label} ({format_number(many[state])})"
            tabs.append((words, f"?keadaan={state.value}", chosen == state))
    return tabs


def _places(officers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Unit and region where each serves today."""
    rows: Any = Officer.objects.joined_on(timezone.localdate()).among(officers)
    names = rows.values_list(
        "pk", "current_posting__unit__name", "current_posting__unit__region__name"
    )
    return {key: (unit or "", region or "") for key, unit, region in names}


def _session_lines(event: Event) -> list[SessionLine]:
    zone = zone_of(event.time_zone)
    rows: Any = event.sessions.with_parts()
    return [
        SessionLine(
            title=row.title,
            path=reverse("news:event_session", args=[event.pk, row.pk]),
            when=f"{format_date(row.starts_at.astimezone(zone))}, "
            f"{session_time(row.starts_at, row.ends_at, zone)}",
            speakers=", ".join(speaker["name"] for speaker in row.speaker_list),
            files=[
                (
                    file["title"],
                    FILE_KINDS[file["content_type"]],
                    reverse("news:event_material_delete", args=[event.pk, file["id"]]),
                )
                for file in row.file_list
            ],
            delete_path=reverse("news:event_session_delete", args=[event.pk, row.pk]),
        )
        for row in rows
    ]


def _desk_row(event: Any) -> DeskRow:
    state, badge = _state(event, timezone.now())
    taken = format_number(event.seats_taken)
    quota = format_number(event.quota) if event.quota is not None else "tanpa batas"
    return DeskRow(
        title=event.title,
        path=reverse("news:event_edit", args=[event.pk]),
        people_path=reverse("news:event_people", args=[event.pk]),
        when=span(event.starts_at, event.ends_at, zone_of(event.time_zone)),
        state=state,
        badge=badge,
        seats=f"{taken} terisi, kuota {quota}" if event.takes_registrations else "",
        asked=event.asked,
        waiting=event.waiting,
    )


def _state(event: Event, now: dt.datetime) -> tuple[str, str]:
    if event.cancelled_at is not None:
        return "Dibatalkan", "bata"
    if event.published_at is None:
        return "Draf", "netral"
    if event.ends_at <= now:
        return "Selesai", "laut"
    return "Terbit", "daun"
