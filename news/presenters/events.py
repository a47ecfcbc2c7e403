"""Events as rows of the public list and as a page, with what somebody's own registration says."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts import rules as account_rules
from epk.lib import zones
from epk.lib.dates import format_date, format_datetime, format_day
from epk.lib.text import format_number
from news import rules
from news.models import Event, Registration
from news.presenters.articles import CoverImage, FileRow, cover_image, size_in_words
from news.presenters.event_times import (
    other_session_time,
    other_span,
    session_time,
    span,
    zone_of,
)
from news.queries.attendance import with_proof
from news.rules import Window
from registry.models import Officer, StatusRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from accounts.models import User

PER_PAGE: Final = 12
FILE_KINDS: Final = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
BADGES: Final = {
    Registration.State.IN: "daun",
    Registration.State.ASKED: "laut",
    Registration.State.WAITING: "kunyit",
    Registration.State.REFUSED: "bata",
    Registration.State.CANCELLED: "netral",
}
STATES: Final = {
    Window.OPEN: ("Pendaftaran dibuka", "daun"),
    Window.EARLY: ("Pendaftaran belum dibuka", "netral"),
    Window.CLOSED: ("Pendaftaran ditutup", "netral"),
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a list."""

    title: str
    path: str
    summary: str
    when: str
    other_when: str
    place: str
    cover: CoverImage | None
    state: str
    badge: str
    files: str


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An event for which somebody is registered."""

    title: str
    path: str
    when: str
    state: str
    badge: str


@dataclass(frozen=True)
class PastEvents:
    """A page of what is over; `next_query` leads on, "" where nothing follows."""

    rows: list[EventRow]
    next_query: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    time: str
    other_time: str
    title: str
    summary: str
    room: str
    speakers: list[dict[str, str]]
    files: list[FileRow]


@dataclass(frozen=True, slots=True)
class DayOfEvent:
    """A day of the programme, by the clock of the place."""

    name: str
    sessions: list[SessionRow]


@dataclass(frozen=True)
class OwnPlace:
    """What somebody's own registration says, and what they can do about it."""

    state: str
    badge: str
    text: str
    can_register: bool
    can_cancel: bool


@dataclass(frozen=True)
class EventPage:
    """What stands at the address of an event."""

    title: str
    theme: str
    summary: str
    html: SafeString
    address: str
    calendar_path: str
    when: str
    other_when: str
    facts: list[tuple[str, str]]
    cover: CoverImage | None
    picture_address: str
    days: list[DayOfEvent]
    is_past: bool
    cancelled: str
    registration: str
    link: str


def event_rows(events: Iterable[Any]) -> list[EventRow]:
    """For `EventQuerySet.for_list`."""
    viewers, now = zones.viewers_zone(), timezone.now()
    return [_row(event, viewers, now) for event in events]


def past_events(events: Any, year: int | None, after: tuple[dt.datetime, int] | None) -> PastEvents:
    rows = events.past()
    if year:
        rows = rows.in_year(year)
    if after:
        rows = rows.after(*after)
    found = list(rows.for_list()[: PER_PAGE + 1])
    query = ""
    if len(found) > PER_PAGE:
        last = found[PER_PAGE - 1]
        moment = last.starts_at.isoformat().replace("+00:00", "Z")
        query = f"?{f'tahun={year}&' if year else ''}setelah={moment}~{last.pk}"
    return PastEvents(event_rows(found[:PER_PAGE]), query, after is None)


def own_rows(user: User) -> list[OwnRow]:
    """What an officer is registered for and is not over, the next one first."""
    rows: Any = Registration.objects.in_force().of_account(user).select_related("event")
    rows = rows.filter(event__in=Event.objects.published().coming().values("pk"))
    return [
        OwnRow(
            title=row.event.title,
            path=reverse("news:event", args=[row.event.slug]),
            when=span(row.event.starts_at, row.event.ends_at, zone_of(row.event.time_zone)),
            state="Kegiatan dibatalkan" if row.event.cancelled_at else row.get_state_display(),
            badge="bata" if row.event.cancelled_at else BADGES[row.state],
        )
        for row in rows.order_by("event__starts_at", "pk")
    ]


def event_page(event: Any, own: Registration | None, site: str) -> EventPage:
    """For `EventQuerySet.for_page`; the link only for whoever has a seat."""
    zone, viewers, now = zone_of(event.time_zone), zones.viewers_zone(), timezone.now()
    path = reverse("news:event", args=[event.slug])
    cover = cover_image(event.cover)
    return EventPage(
        title=event.title,
        theme=event.theme,
        summary=event.summary,
        html=mark_safe(event.html),  # noqa: S308  (rendered and cleaned by news.rendering)
        address=f"{site}{path}",
        calendar_path=reverse("news:event_calendar", args=[event.slug]),
        when=span(event.starts_at, event.ends_at, zone),
        other_when=other_span(event.starts_at, event.ends_at, zone, viewers),
        facts=_facts(event),
        cover=cover,
        picture_address=f"{site}{cover.src}" if cover else "",
        days=_days(event, zone, viewers),
        is_past=event.ends_at <= now,
        cancelled=event.cancel_reason if event.cancelled_at else "",
        registration=registration_words(event, viewers, now),
        link=event.link if rules.sees_link(own) and not event.cancelled_at else "",
    )


def registration_words(event: Event, zone: dt.tzinfo, now: dt.datetime) -> str:
    """Whether one can register, since when or until when; "" where that is no question."""
    match rules.window_of(event, now):
        case Window.OPEN:
            until = event.registration_until
            return f"Dibuka sampai {format_datetime(until or event.starts_at, zone)}."
        case Window.EARLY if event.registration_from:
            return f"Dibuka mulai {format_datetime(event.registration_from, zone)}."
        case Window.CLOSED if event.registration_until:
            return f"Ditutup sejak {format_datetime(event.registration_until, zone)}."
        case Window.STARTED if event.takes_registrations and event.ends_at > now:
            return "Ditutup; kegiatan sudah mulai."
        case Window.NONE:
            return "Kegiatan ini tidak menerima pendaftaran lewat portal."
    return ""


def own_registration(event: Event, user: User) -> Registration | None:
    """With what `own_place` and `proof_links` ask."""
    rows: Any = with_proof(Registration.objects.of_account(user).filter(event=event).with_place())
    found: Registration | None = rows.first()
    return found


def own_place(event: Event, user: User, own: Any) -> OwnPlace | None:
    """None for those who have no part in events: other roles."""
    if own is None and not account_rules.is_officer(user):
        return None
    now = timezone.now()
    in_force = own is not None and own.state in (*Registration.SEATED, Registration.State.WAITING)
    is_open = rules.window_of(event, now) is Window.OPEN
    serves = rules.takes_part(user, _status_of(user), StatusRecord.IN_SERVICE)
    refused = own is not None and own.state == Registration.State.REFUSED
    text = _own_words(own)
    if own is None and is_open and not serves:
        text = "Pendaftaran hanya untuk Pengantar Kerja yang masih bertugas."
    return OwnPlace(
        state=own.get_state_display() if own else "",
        badge=BADGES[own.state] if own else "",
        text=text,
        can_register=is_open and serves and not in_force and not refused,
        can_cancel=in_force and event.starts_at > now and event.cancelled_at is None,
    )


def _own_words(own: Any) -> str:
    if own is None:
        return ""
    state = Registration.State
    if own.state == state.WAITING:
        return (
            f"Urutan {format_number(own.ahead + 1)} di daftar tunggu."
            " Anda diberi tahu bila ada kursi."
        )
    if own.state == state.ASKED:
        return "Kursi disimpan untuk Anda sampai redaksi memutuskan."
    if own.state in (state.REFUSED, state.CANCELLED) and own.reason:
        return f"Alasan: {own.reason}"
    return ""


def _status_of(user: User) -> str | None:
    rows: Any = Officer.objects.as_of(timezone.localdate()).of_account(user)
    status: str | None = rows.values_list("current_status__status", flat=True).first()
    return status


def _facts(event: Event) -> list[tuple[str, str]]:
    kinds = Event.Place
    place = event.place
    if event.place_kind == kinds.ONLINE:
        place = "Daring; tautannya tampak bagi yang terdaftar"
    elif event.place_kind == kinds.BOTH:
        place = f"{place}, dan daring (tautannya tampak bagi yang terdaftar)"
    facts = [("Tempat", place), ("Penyelenggara", event.organiser)]
    if event.attended_by:
        facts.append(("Peserta", f"{format_number(event.attended_by)} orang"))
    if event.takes_registrations and event.ends_at > timezone.now() and not event.cancelled_at:
        facts.append(("Kuota", quota_words(event)))
    if event.lesson_hours:
        facts.append(("Jam pelajaran", f"{event.lesson_hours} JP"))
    return [fact for fact in facts if fact[1]]


def quota_words(event: Event) -> str:
    """200 kursi, tersisa 14; or that the waiting list is open."""
    if event.quota is None:
        return "Tanpa batas"
    left = event.quota - event.seats_taken
    rest = f"tersisa {format_number(left)}" if left else "penuh; yang mendaftar masuk daftar tunggu"
    return f"{format_number(event.quota)} kursi, {rest}"


def _days(event: Event, zone: dt.tzinfo, viewers: dt.tzinfo) -> list[DayOfEvent]:
    rows: Any = event.sessions.with_parts()
    by_day = itertools.groupby(rows, key=lambda row: row.starts_at.astimezone(zone).date())
    return [
        DayOfEvent(format_day(day), [_session(row, zone, viewers) for row in group])
        for day, group in by_day
    ]


def _session(row: Any, zone: dt.tzinfo, viewers: dt.tzinfo) -> SessionRow:
    return SessionRow(
        time=session_time(row.starts_at, row.ends_at, zone),
        other_time=other_session_time(row.starts_at, row.ends_at, zone, viewers),
        title=row.title,
        summary=row.summary,
        room=row.room,
        speakers=row.speaker_list,
        files=[_file(file) for file in row.file_list],
    )


def _file(file: dict[str, Any]) -> FileRow:
    kind = FILE_KINDS[file["content_type"]]
    pages = f", {file['pages']} halaman" if kind == "PDF" else ""
    return FileRow(
        title=file["title"],
        path=reverse("news:file", args=[file["key"]]),
        about=f"{kind}, {size_in_words(file['size'])}{pages}",
    )


def _row(event: Any, viewers: dt.tzinfo, now: dt.datetime) -> EventRow:
    zone = zone_of(event.time_zone)
    state, badge = _state(event, now)
    is_past = event.ends_at <= now
    when = span(event.starts_at, event.ends_at, zone)
    return EventRow(
        title=event.title,
        path=reverse("news:event", args=[event.slug]),
        summary=event.summary,
        when=_days_only(event, zone) if is_past else when,
        other_when="" if is_past else other_span(event.starts_at, event.ends_at, zone, viewers),
        place="Daring" if event.place_kind == Event.Place.ONLINE else event.place,
        cover=cover_image(event.cover, "(min-width: 48rem) 16rem, 100vw"),
        state=state,
        badge=badge,
        files=f"{format_number(event.file_count)} berkas materi" if event.file_count else "",
    )


def _days_only(event: Event, zone: dt.tzinfo) -> str:
    first, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
    return format_date(first) if first == last else f"{format_date(first)} – {format_date(last)}"


def _state(event: Event, now: dt.datetime) -> tuple[str, str]:
    window = rules.window_of(event, now)
    if window is Window.CANCELLED:
        return "Dibatalkan", "bata"
    if window is Window.STARTED:
        return ("", "") if event.ends_at <= now else ("Sedang berlangsung", "daun")
    if window is Window.OPEN and event.quota is not None and event.seats_taken >= event.quota:
        return "Penuh, daftar tunggu dibuka", "kunyit"
    return STATES.get(window, ("", ""))
