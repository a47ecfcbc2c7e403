"""Issuing certificates, drawing their files, and revoking one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from epk.lib.jobs import enqueue
from epk.lib.text import titled_name
from news import certificates, rules
from news.models import Certificate, CertificateYear, Event, Registration
from news.notices import proof as notices
from news.queries.attendance import counted_sessions, officers_of, participants
from registry.actions import Attended, add_training, change, remove_training
from registry.models import Jenjang

if TYPE_CHECKING:
    from accounts.models import User
    from news.queries.attendance import Participant
    from registry.queries import ListedOfficer

NOT_ISSUABLE = "Kegiatan ini belum selesai, dibatalkan, atau tidak memberi sertifikat."
ALREADY_REVOKED = "Sertifikat ini sudah dicabut."


def issue_certificates(event: Event, *, by: User) -> int:
    """Issue one to everyone who deserves it and has none: number, training record, notice.

    All in one transaction under the lock of the event, so that a second editor finds nothing left.
    """
    if not rules.can_edit(by):
        raise PermissionDenied
    with change(by=by, reason=f"Sertifikat kegiatan {event.title}"):
        held = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if not rules.can_issue(by, held, timezone.now()):
            raise ValidationError(NOT_ISSUABLE, code="not_issuable")
        # Nobody's attendance is undone between the look at it and the certificate.
        rows = Registration.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(event=held).order_by("pk").values_list("pk"))
        total = counted_sessions(held.pk).count()
        deserving = [row for row in participants(held.pk) if _deserves(row, total)]
        if not deserving:
            return 0
        keys = [row.registration_id for row in deserving]
        found = Registration.objects.select_related("officer__merged_into").in_bulk(keys)
        officers = officers_of([row.officer_id for row in deserving])
        # By officer, so that two issues of different events take their locks in one order.
        for row in sorted(deserving, key=lambda row: row.officer_id):
            _issue(held, found[row.registration_id], officers.get(row.officer_id), by=by)
    return len(deserving)


def revoke_certificate(certificate: Certificate, *, reason: str, by: User) -> None:
    """It was issued by mistake: its page says so, and the training leaves the register."""
    if not rules.can_edit(by):
        raise PermissionDenied
    number = certificate.number
    with change(by=by, reason=f"Sertifikat {number} dicabut: {reason}"[:300]):
        held = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if held.revoked_at is not None:
            raise ValidationError(ALREADY_REVOKED, code="revoked")
        if held.training is not None:
            remove_training(held.training, by=by, reason=reason)
        held.revoked_at, held.revoked_by, held.revoke_reason = timezone.now(), by, reason
        held.training = None
        held.save(update_fields=["revoked_at", "revoked_by", "revoke_reason", "training"])


def draw_certificate(certificate_id: int) -> None:
    """Make the file of a certificate that has none; drawn again it is the same certificate."""
    found = Certificate.objects.undrawn().filter(pk=certificate_id).first()
    if found is None or not found.officer_name:
        return
    content = certificates.drawn(found)
    with transaction.atomic():
        rows = Certificate.objects.select_for_update(of=("self",)).undrawn()
        held = rows.exclude(officer_name="").filter(pk=certificate_id).first()
        if held is None:
            return
        held.file.save("sertifikat.pdf", ContentFile(content), save=False)
        held.sha256 = hashlib.sha256(content).hexdigest()
        held.save(update_fields=["file", "sha256"])


def _deserves(row: Participant, total: int) -> bool:
    return row.certificate_id is None and rules.deserves_certificate(
        total, len(row.marks), evaluated=row.evaluated
    )


def _issue(
    event: Event, registration: Registration, listed: ListedOfficer | None, *, by: User
) -> None:
    officer = registration.officer.merged_into or registration.officer
    now, zone = timezone.now(), ZoneInfo(event.time_zone)
    year = timezone.localdate().year
    made = Certificate.objects.create(
        registration=registration,
        year=year,
        serial=_next_serial(year),
        officer_name=titled_name(officer.front_title, officer.name, officer.back_title),
        register_number=officer.register_number,
        position=_position(listed),
        event_title=event.title,
        event_theme=event.theme,
        organiser=event.organiser,
        place=event.place if event.place_kind != Event.Place.ONLINE else "",
        starts_on=event.starts_at.astimezone(zone).date(),
        ends_on=event.ends_at.astimezone(zone).date(),
        hours=event.lesson_hours,
        issued_at=now,
        issued_by=by,
    )
    attended = Attended(
        name=made.event_title,
        organiser=made.organiser,
        start=made.starts_on,
        end=made.ends_on,
        hours=made.hours,
        certificate_number=made.number,
        issued_on=timezone.localdate(),
    )
    made.training = add_training(officer, attended, by=by, reason=f"Sertifikat {made.number}")
    made.save(update_fields=["training"])
    notices.tell_of_certificate(made, by=by)
    enqueue("news.jobs.draw_certificate", certificate_id=made.pk)


def _next_serial(year: int) -> int:
    """The row of the year is held until the end: a number that was not used is used next."""
    CertificateYear.objects.get_or_create(year=year)
    held = CertificateYear.objects.select_for_update().get(year=year)
    held.last_serial += 1
    held.save(update_fields=["last_serial"])
    return held.last_serial


def _position(officer: ListedOfficer | None) -> str:
    """What stands below the name: jenjang and unit of the day."""
    if officer is None:
        return ""
    jenjang = dict(Jenjang.choices).get(officer.jenjang or "")
    title = f"Pengantar Kerja {jenjang}" if jenjang else ""
    return ", ".join(filter(None, (title, officer.unit)))[:300]
