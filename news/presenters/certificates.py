"""The page that proves a certificate, and the one on which editors issue them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from epk.lib.dates import format_date
from epk.lib.text import titled_name
from news import rules
from news.certificates import format_days
from news.models import Certificate, Event
from news.presenters.attendance import event_days
from news.queries.attendance import counted_sessions, officers_of, participants

if TYPE_CHECKING:
    from news.queries.attendance import Participant
    from news.queries.readers import Viewer

NAME_GONE = "Nama sudah dihapus dari register"


@dataclass(frozen=True)
class Proof:
    """What everybody may know of a certificate."""

    pk: int
    code: str
    number: str
    name: str
    position: str
    check_path: str
    register_number: str
    title: str
    theme: str
    days: str
    place: str
    hours: str
    organiser: str
    issued: str
    revoked: str
    can_download: bool
    is_drawn: bool
    is_editor: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody who took part: with a certificate, without one yet, or with what is missing."""

    name: str
    about: str
    attended: str
    missing: str
    number: str
    path: str
    revoke_path: str
    is_revoked: bool
    is_drawn: bool


@dataclass(frozen=True)
class Issue:
    """Who gets a certificate of an event, who does not and why, who has one."""

    event_id: int
    title: str
    when: str
    total: int
    needed: int
    share: int
    eligible: Sequence[Candidate]
    lacking: Sequence[Candidate]
    issued: Sequence[Candidate]
    obstacle: str
    """Why none can be issued now."""


def proof_of(certificate: Certificate, user: Viewer) -> Proof:
    number = certificate.register_number
    revoked = certificate.revoked_at
    return Proof(
        pk=certificate.pk,
        code=certificate.code,
        number=certificate.number,
        name=certificate.officer_name or NAME_GONE,
        position=certificate.position if certificate.officer_name else "",
        check_path=reverse("registry:check_number", args=[number]),
        register_number=number,
        title=certificate.event_title,
        theme=certificate.event_theme,
        days=format_days(certificate.starts_on, certificate.ends_on),
        place=certificate.place,
        hours=f"{certificate.hours} jam pelajaran" if certificate.hours else "",
        organiser=certificate.organiser,
        issued=format_date(timezone.localdate(certificate.issued_at)),
        revoked=format_date(timezone.localdate(revoked)) if revoked else "",
        can_download=rules.can_download_certificate(user, certificate),
        is_drawn=bool(certificate.file),
        is_editor=rules.can_edit(user),
    )


def issue_of(event: Event) -> Issue:
    total = counted_sessions(event.pk).count()
    people = participants(event.pk)
    officers = officers_of([row.officer_id for row in people])
    needed = rules.sessions_needed(total)
    eligible: list[Candidate] = []
    lacking: list[Candidate] = []
    issued: list[Candidate] = []
    for row in people:
        officer = officers.get(row.officer_id)
        name = titled_name(officer.front_title, officer.name, officer.back_title) if officer else ""
        missing = missing_for(total, len(row.marks), evaluated=row.evaluated)
        place = issued if row.certificate_id else lacking if missing else eligible
        place.append(
            _candidate(
                row,
                name=name or "Petugas tanpa status dalam register",
                about=(officer.unit or "") if officer else "",
                attended=f"{len(row.marks)} dari {total} sesi",
                missing=missing,
            )
        )
    return Issue(
        event_id=event.pk,
        title=event.title,
        when=event_days(event),
        total=total,
        needed=needed,
        share=rules.LEAST_SHARE,
        eligible=eligible,
        lacking=lacking,
        issued=issued,
        obstacle=_obstacle(event, total),
    )


def missing_for(total: int, attended: int, *, evaluated: bool) -> list[str]:
    """What somebody still lacks for a certificate, each as the end of a sentence."""
    if not total:
        return ["kegiatan ini tidak mencatat kehadiran"]
    missing = []
    needed = rules.sessions_needed(total)
    if attended < needed:
        missing.append(f"hadir di {attended} dari {total} sesi, perlu sedikitnya {needed}")
    if not evaluated:
        missing.append("evaluasi belum diisi")
    return missing


def _candidate(
    row: Participant, *, name: str, about: str, attended: str, missing: Sequence[str]
) -> Candidate:
    number = ""
    if row.certificate_number:
        year, serial = row.certificate_number
        number = Certificate(year=year, serial=serial).number
    has_one = row.certificate_id is not None
    return Candidate(
        name=name,
        about=about,
        attended=attended,
        missing=capfirst(f"{'; '.join(missing)}.") if missing else "",
        number=number,
        path=reverse("news:certificate", args=[row.certificate_code]) if has_one else "",
        revoke_path=reverse("news:certificate_revoke", args=[row.certificate_id])
        if has_one
        else "",
        is_revoked=row.revoked,
        is_drawn=row.is_drawn,
    )


def _obstacle(event: Event, total: int) -> str:
    if event.cancelled_at is not None:
        return "Kegiatan ini dibatalkan."
    if not event.gives_certificate:
        return "Kegiatan ini tidak memberi sertifikat; ubah dulu di halaman suntingnya."
    if timezone.now() < event.ends_at:
        return "Sertifikat dapat diterbitkan setelah kegiatan selesai."
    if not total:
        return "Tidak ada sesi yang mencatat kehadiran, jadi tidak ada yang dapat dibuktikan."
    return ""
