"""Noting who is in a session, by a code or a list, and taking that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from news import rules
from news.models import Attendance, Certificate, Registration, Session
from news.notices import proof as notices

if TYPE_CHECKING:
    from accounts.models import User

Method = Attendance.Method
CODE_MINUTES: Final = 10
SALT: Final = "news.attendance.session"
NOT_TODAY = "Kehadiran di sesi ini hanya dicatat pada hari sesinya."
NOT_YET = "Sesi ini belum dimulai; kehadirannya dicatat mulai hari sesinya."
NOT_TAKEN = "Sesi ini tidak mencatat kehadiran."
CALLED_OFF = "Kegiatan ini dibatalkan."
NOT_IN = "Petugas ini tidak terdaftar sebagai peserta, jadi kehadirannya tidak dicatat."
EXPIRED = "Kode ini sudah kedaluwarsa. Pindai lagi kode yang sekarang tampak di layar."
WRONG = "Kode ini tidak dikenal. Pindai lagi kode yang tampak di layar."
NOT_THERE = "Kehadiran di sesi ini tidak tercatat atau sudah dibatalkan."
HAS_CERTIFICATE = "Sertifikatnya sudah terbit. Cabut dulu sertifikat itu, lalu batalkan kehadiran."


def code_of(session: Session) -> str:
    """What stands in the code on the wall; it counts for `CODE_MINUTES`."""
    return signing.dumps(session.pk, salt=SALT)


def session_key_in(code: str) -> int:
    """The session that a code is of; a ValidationError for one that is too old or none of ours."""
    try:
        key = signing.loads(code, salt=SALT, max_age=dt.timedelta(minutes=CODE_MINUTES))
    except signing.SignatureExpired as error:
        raise ValidationError(EXPIRED, code="expired") from error
    except signing.BadSignature as error:
        raise ValidationError(WRONG, code="wrong") from error
    return int(key)


def check_in(
    registration: Registration, session: Session, *, method: str, by: User
) -> tuple[Attendance, bool]:
    """Note that somebody is there, and whether that is new: a second scan changes nothing.

    Editors note everyone; with the code on the wall one notes oneself.
    """
    with transaction.atomic():
        held = _held(registration)
        _may_note(held, by=by, method=method)
        _is_open(session, held, method)
        found = Attendance.objects.standing().filter(registration=held, session=session).first()
        if found is not None:
            return found, False
        made = Attendance.objects.create(
            registration=held, session=session, method=method, by=by, at=timezone.now()
        )
        _tell(held)
    return made, True


def check_in_list(session: Session, registrations: Collection[int], *, by: User) -> int:
    """Note all who were ticked on a list; how many are new. Whoever does not take part is left out."""
    if not rules.can_edit(by):
        raise PermissionDenied
    with transaction.atomic():
        rows = Registration.objects.select_for_update(of=("self",), no_key=True)
        rows = rows.filter(event=session.event_id, pk__in=registrations).order_by("pk")
        held = [row for row in rows if rules.may_be_present(row)]
        there = Attendance.objects.standing().filter(session=session, registration__in=held)
        known = set(there.values_list("registration", flat=True))
        new = [row for row in held if row.pk not in known]
        if held:
            _is_open(session, held[0], Method.LIST)
        now = timezone.now()
        Attendance.objects.bulk_create(
            Attendance(registration=row, session=session, method=Method.LIST, by=by, at=now)
            for row in new
        )
        for row in new:
            _tell(row)
    return len(new)


def undo_check_in(registration: Registration, session: Session, *, reason: str, by: User) -> None:
    """It was noted by mistake; the row stays and says why it does not count."""
    if not rules.can_edit(by):
        raise PermissionDenied
    with transaction.atomic():
        held = _held(registration)
        noted = Attendance.objects.standing().filter(registration=held, session=session).first()
        if noted is None:
            raise ValidationError(NOT_THERE, code="undone")
        if Certificate.objects.filter(registration=held, revoked_at=None).exists():
            raise ValidationError(HAS_CERTIFICATE, code="certificate")
        noted.undone_at, noted.undone_by, noted.undo_reason = timezone.now(), by, reason
        noted.save(update_fields=["undone_at", "undone_by", "undo_reason"])


def _held(registration: Registration) -> Registration:
    """Two scans of one code come one after the other."""
    rows = Registration.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("event", "officer").get(pk=registration.pk)


def _may_note(registration: Registration, *, by: User, method: str) -> None:
    is_own = registration.officer.user_id == by.pk
    if not (rules.can_edit(by) or (is_own and method == Method.SELF)):
        raise PermissionDenied
    if not rules.may_be_present(registration):
        raise ValidationError(NOT_IN, code="not_in")


def _is_open(session: Session, registration: Registration, method: str) -> None:
    event, now = registration.event, timezone.now()
    if session.event_id != event.pk or not session.takes_attendance:
        raise ValidationError(NOT_TAKEN, code="not_taken")
    if event.cancelled_at is not None:
        raise ValidationError(CALLED_OFF, code="cancelled")
    if method == Method.LIST:
        if not rules.has_begun(session, event, now):
            raise ValidationError(NOT_YET, code="not_yet")
    elif not rules.is_session_day(session, event, now):
        raise ValidationError(NOT_TODAY, code="not_today")


def _tell(registration: Registration) -> None:
    """Whose attendance is entered after the end hears now what the others heard then."""
    event, now = registration.event, timezone.now()
    if event.ends_at <= now < rules.evaluation_closes(event):
        notices.tell_of_evaluation(event, registration)
