"""Who takes part in an event: seats, waiting list, approval.

Every change holds the row of the event, so that seats are counted by one at a time: nobody is
given a seat that is not there, and a seat that becomes free goes to the first of the waiting list
in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.models import Event, Registration
from news.notices import events as notices
from news.rules import Window
from registry.models import Officer, StatusRecord

if TYPE_CHECKING:
    from accounts.models import User

State = Registration.State
CLOSED: Final = {
    Window.NONE: "Kegiatan ini tidak menerima pendaftaran.",
    Window.DRAFT: "Kegiatan ini belum terbit.",
    Window.CANCELLED: "Kegiatan ini dibatalkan.",
    Window.STARTED: "Kegiatan ini sudah mulai; pendaftaran tidak dapat diubah lagi.",
    Window.EARLY: "Pendaftaran belum dibuka.",
    Window.CLOSED: "Pendaftaran sudah ditutup.",
}
NOT_SERVING: Final = "Hanya Pengantar Kerja yang masih bertugas yang dapat didaftarkan."
WAS_REFUSED: Final = "Pendaftaran Anda ditolak; hubungi redaksi bila itu keliru."
OVER: Final = "Kegiatan ini sudah selesai atau dibatalkan; pesertanya tidak dapat ditambah."
NOT_ASKED: Final = "Pendaftaran ini tidak sedang menunggu persetujuan; muat ulang halamannya."
NOT_IN_FORCE: Final = "Pendaftaran ini sudah tidak berlaku; muat ulang halamannya."
NO_REASON: Final = "Tulis alasannya."


@transaction.atomic
def register(event: Event, *, officer: Officer, by: User) -> Registration:
    """Give a seat or the last place of the waiting list; a second click changes nothing.

    Officers register themselves, inside the window; editors anyone in service, until the end.
    """
    own = officer.user_id == by.pk
    if not own and not rules.can_edit(by):
        raise PermissionDenied
    current = locked(event)
    _may_add(current, officer, by=by, own=own)
    found = current.registrations.filter(officer=officer).first()
    if found is not None and found.state in (*Registration.SEATED, State.WAITING):
        return found
    if found is not None and found.state == State.REFUSED and own:
        raise ValidationError(WAS_REFUSED, code="refused")
    registration = found or Registration(event=current, officer=officer)
    now = timezone.now()
    registration.queued_at = registration.changed_at = now
    registration.decided_by = None if own else by
    registration.reason = ""
    if not _has_seat(current):
        registration.state = State.WAITING
    else:
        registration.state = State.ASKED if current.needs_approval and own else State.IN
        _seats(current, 1)
    registration.save()
    if registration.state == State.IN:
        notices.tell_of_registration(notices.REGISTERED, registration, by=by)
    return registration


@transaction.atomic
def cancel_registration(
    event: Event, *, officer: Officer, by: User, reason: str = ""
) -> Registration | None:
    """Give the seat back; None where there was nothing to cancel (any more).

    Officers cancel until the event begins; editors until its end, and say why.
    """
    own = officer.user_id == by.pk
    if not own and not rules.can_edit(by):
        raise PermissionDenied
    current = locked(event)
    now = timezone.now()
    if (current.starts_at if own else current.ends_at) <= now:
        raise ValidationError(CLOSED[Window.STARTED] if own else OVER, code="state")
    if not own and not reason.strip():
        raise ValidationError(NO_REASON, code="reason")
    found = current.registrations.filter(officer=officer).first()
    if found is None or found.state not in (*Registration.SEATED, State.WAITING):
        return None
    _ends(current, found, State.CANCELLED, reason=reason, by=None if own else by)
    if not own:
        notices.tell_of_registration(notices.TAKEN_OFF, found, by=by)
    return found


@transaction.atomic
def approve(registration: Registration, *, by: User) -> Registration:
    """The seat that was held for the officer is theirs."""
    _current, found = _to_decide(registration, by=by)
    found.state = State.IN
    found.changed_at = timezone.now()
    found.decided_by = by
    found.save(update_fields=["state", "changed_at", "decided_by"])
    notices.tell_of_registration(notices.REGISTERED, found, by=by)
    return found


@transaction.atomic
def refuse(registration: Registration, *, reason: str, by: User) -> Registration:
    """The seat is free again, and the officer reads why."""
    current, found = _to_decide(registration, by=by)
    if not reason.strip():
        raise ValidationError(NO_REASON, code="reason")
    _ends(current, found, State.REFUSED, reason=reason, by=by)
    notices.tell_of_registration(notices.REFUSED, found, by=by)
    return found


def move_up(event: Event) -> None:
    """Give free seats to the waiting list, in its order. `event` is locked by the caller."""
    now = timezone.now()
    if event.cancelled_at is not None or event.starts_at <= now:
        return
    waiting = event.registrations.waiting().select_related("officer")
    if event.quota is not None:
        waiting = waiting[: max(event.quota - event.seats_taken, 0)]
    moved = list(waiting)
    for registration in moved:
        registration.state = State.ASKED if event.needs_approval else State.IN
        registration.changed_at = now
        registration.save(update_fields=["state", "changed_at"])
    if moved:
        _seats(event, len(moved))
    for registration in moved:
        notices.tell_of_registration(notices.MOVED_UP, registration)


@transaction.atomic
def remind(now: dt.datetime) -> int:
    """Tell everyone with a seat at an event that begins tomorrow, by the clock of its place."""
    told = 0
    span = (now, now + dt.timedelta(days=2))
    for event in Event.objects.begins_between(*span).order_by("pk"):
        zone = ZoneInfo(event.time_zone)
        begins = event.starts_at.astimezone(zone).date()
        if begins != now.astimezone(zone).date() + dt.timedelta(days=1):
            continue
        for registration in event.registrations.filter(state=State.IN).order_by("pk"):
            notices.tell_of_tomorrow(registration, begins.isoformat())
            told += 1
    return told


def locked(event: Event) -> Event:
    """The row as it is now, held until the end of the transaction."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def serving_status(officer: Officer) -> str | None:
    """The status on this day; None for somebody who is not in the register."""
    rows: Any = Officer.objects.as_of(timezone.localdate()).filter(pk=officer.pk)
    status: str | None = rows.values_list("current_status__status", flat=True).first()
    return status


def _may_add(event: Event, officer: Officer, *, by: User, own: bool) -> None:
    now = timezone.now()
    in_service = StatusRecord.IN_SERVICE
    status = serving_status(officer)
    if own:
        if not rules.takes_part(by, status, in_service):
            raise PermissionDenied
        window = rules.window_of(event, now)
        if window is not Window.OPEN:
            raise ValidationError(CLOSED[window], code="closed")
        return
    if not rules.can_add_late(event, now):
        raise ValidationError(OVER, code="closed")
    if status not in in_service or officer.merged_into_id is not None:
        raise ValidationError(NOT_SERVING, code="officer")


def _to_decide(registration: Registration, *, by: User) -> tuple[Event, Registration]:
    if not rules.can_edit(by):
        raise PermissionDenied
    current = locked(registration.event)
    found = current.registrations.get(pk=registration.pk)
    if found.state != State.ASKED:
        raise ValidationError(NOT_ASKED, code="state")
    return current, found


def _ends(
    event: Event, registration: Registration, state: str, *, reason: str, by: User | None
) -> None:
    had_seat = registration.state in Registration.SEATED
    registration.state = state
    registration.reason = reason.strip()
    registration.decided_by = by
    registration.changed_at = timezone.now()
    registration.save(update_fields=["state", "reason", "decided_by", "changed_at"])
    if had_seat:
        _seats(event, -1)
        move_up(event)


def _has_seat(event: Event) -> bool:
    return event.quota is None or event.seats_taken < event.quota


def _seats(event: Event, change: int) -> None:
    event.seats_taken += change
    event.save(update_fields=["seats_taken"])
