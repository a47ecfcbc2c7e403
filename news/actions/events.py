"""What editors do with an event: written, published, changed, cancelled; its sessions and material.

Every form carries how often the event had been saved (`seen`), its programme included: what
somebody else has saved meanwhile is never written over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from epk.lib import markdown
from epk.lib.text import format_number
from news import rules
from news.actions import registrations
from news.models import Attendance, Event, File, Picture, Session, SessionFile, Speaker
from news.notices import events as notices
from news.rendering import pictures_in, rendered

if TYPE_CHECKING:
    from epk.lib.files import CheckedFile, CheckedPicture

STALE: Final = "Kegiatan ini baru saja disimpan oleh editor lain. Bandingkan keduanya di bawah, lalu simpan lagi."
TOO_FEW: Final = (
    "Kuota {quota} lebih kecil daripada {taken} kursi yang sudah terisi;"
    " batalkan dulu sebagian pendaftaran."
)
IS_CANCELLED: Final = "Kegiatan ini sudah dibatalkan."
IS_PUBLISHED: Final = "Kegiatan ini sudah terbit."
NOT_PUBLISHED: Final = "Kegiatan ini belum terbit."
IS_OVER: Final = "Kegiatan yang sudah selesai tidak dapat dibatalkan."
NO_SESSION: Final = "Sesi ini baru saja dihapus."
ATTENDED: Final = "Kehadiran di sesi ini sudah dicatat, jadi sesinya tidak dapat dihapus."
NO_REASON: Final = "Tulis alasan pembatalannya."
TWICE: Final = dt.timedelta(minutes=10)
"""A second click on the form of a new event, and not a second event of the same name."""
TELLS: Final = ("starts_at", "ends_at", "time_zone", "place_kind", "place", "link")
"""Whose change those registered are told of."""
RENDERER: Final = markdown.VERSION


@transaction.atomic
def create_event(*, values: Mapping[str, Any], by: User) -> Event:
    """A new one, seen by editors only; the same form sent twice makes one event."""
    if not rules.can_edit(by):
        raise PermissionDenied
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    since = timezone.now() - TWICE
    same = Event.objects.filter(
        created_by=by,
        created_at__gte=since,
        title=values["title"],
        starts_at=values["starts_at"],
    )
    if (found := same.first()) is not None:
        return found
    event = Event(slug=_free_slug(str(values["title"])), created_by=by)
    _write(event, values)
    event.save()
    _link_pictures(event)
    return event


@transaction.atomic
def save_event(event: Event, *, values: Mapping[str, Any], seen: int, by: User) -> Event:
    """Write what an editor has typed; a published one stays complete, and tells what it changes.

    Raises ValidationError, with code `stale` where somebody else has saved meanwhile.
    """
    current = held(event, seen=seen, by=by)
    before = {name: getattr(current, name) for name in TELLS}
    _write(current, values)
    if current.quota is not None and current.quota < current.seats_taken:
        said = TOO_FEW.format(
            quota=format_number(current.quota), taken=format_number(current.seats_taken)
        )
        raise ValidationError({"quota": said})
    if current.published_at is not None and (lacks := missing(current)):
        raise ValidationError(_lacking("Kegiatan yang sudah terbit tetap memerlukan", lacks))
    current.edits += 1
    current.save()
    _link_pictures(current)
    if current.published_at is not None and current.cancelled_at is None:
        registrations.move_up(current)
        if current.ends_at > timezone.now() and any(
            before[name] != getattr(current, name) for name in TELLS
        ):
            notices.tell_of_event(notices.CHANGED, current, f"ubah-{current.edits}", by=by)
    return current


@transaction.atomic
def publish_event(event: Event, *, by: User) -> Event:
    """For everyone to read from now on, never while something is missing; officers are told."""
    current = _editors(event, by=by)
    _require(current.cancelled_at is None, IS_CANCELLED)
    _require(current.published_at is None, IS_PUBLISHED)
    lacks = missing(current) + outside(current)
    if lacks:
        raise ValidationError(_lacking("Belum dapat terbit; lengkapi", lacks), code="missing")
    current.published_at = timezone.now()
    current.save(update_fields=["published_at"])
    if current.ends_at > timezone.now():
        notices.tell_of_event(notices.PUBLISHED, current, "terbit", by=by)
    return current


@transaction.atomic
def cancel_event(event: Event, *, reason: str, by: User) -> Event:
    """It stays at its address and says why; everyone registered is told."""
    current = _editors(event, by=by)
    _require(current.published_at is not None, NOT_PUBLISHED)
    _require(current.cancelled_at is None, IS_CANCELLED)
    _require(current.ends_at > timezone.now(), IS_OVER)
    _require(bool(reason.strip()), NO_REASON)
    current.cancelled_at = timezone.now()
    current.cancel_reason = reason.strip()
    current.edits += 1
    current.save(update_fields=["cancelled_at", "cancel_reason", "edits"])
    notices.tell_of_event(notices.CANCELLED, current, "batal", by=by)
    return current


@transaction.atomic
def save_session(
    event: Event,
    session: Session | None,
    *,
    values: Mapping[str, Any],
    speakers: Sequence[tuple[str, str]],
    seen: int,
    by: User,
) -> Session:
    """A part of the programme with those who speak in it, in their order."""
    current = held(event, seen=seen, by=by)
    row = session or Session(event=current)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    row.speakers.all().delete()
    Speaker.objects.bulk_create(
        Speaker(session=row, name=name, about=about, position=place)
        for place, (name, about) in enumerate(speakers)
    )
    _count_edit(current)
    return row


@transaction.atomic
def delete_session(session: Session, *, seen: int, by: User) -> None:
    """Its material is no longer shown by anything."""
    current = held(session.event, seen=seen, by=by)
    _require(not Attendance.objects.filter(session=session).exists(), ATTENDED)
    session.delete()
    _count_edit(current)


@transaction.atomic
def attach_material(session: Session, *, checked: CheckedFile, title: str, by: User) -> SessionFile:
    """Public as soon as the event is. The same file is attached to a session once."""
    current = _editors(session.event, by=by)
    _require(current.sessions.filter(pk=session.pk).exists(), NO_SESSION)
    same = session.files.filter(file__sha256=checked.sha256).select_related("file").first()
    if same is not None:
        same.title = title or same.title
        same.save(update_fields=["title"])
        return same
    file = File(
        original_name=checked.original_name,
        uploaded_by=by,
        content_type=checked.content_type,
        size=checked.size,
        pages=checked.pages,
        sha256=checked.sha256,
    )
    file.file.save(checked.original_name, checked.content, save=False)
    file.save()
    link = SessionFile.objects.create(
        session=session,
        file=file,
        title=(title or checked.original_name)[:150],
        position=session.files.count(),
    )
    _count_edit(current)
    return link


@transaction.atomic
def remove_material(link: SessionFile, *, by: User) -> None:
    current = _editors(link.session.event, by=by)
    link.delete()
    _count_edit(current)


def keep_picture(checked: CheckedPicture, *, alt: str, credit: str, by: User) -> Picture:
    """Store a checked picture with its text for those who do not see it."""
    if not rules.can_edit(by):
        raise PermissionDenied
    picture = Picture(
        alt=alt,
        credit=credit,
        width=checked.width,
        height=checked.height,
        original_name=checked.original_name,
        uploaded_by=by,
    )
    stored = (picture.small, picture.medium, picture.large)
    for field, data in zip(stored, checked.sizes, strict=False):
        field.save("gambar.webp", ContentFile(data), save=False)
    picture.save()
    return picture


def missing(event: Event) -> list[str]:
    """What an event needs before everyone reads it, in words."""
    kinds = Event.Place
    past = event.ends_at <= timezone.now()
    wanted = [
        (event.summary, "ringkasan"),
        (event.organiser, "penyelenggara"),
        (event.place or event.place_kind == kinds.ONLINE, "tempat"),
        (event.link or event.place_kind == kinds.ON_SITE or past, "tautan daring"),
    ]
    return [name for value, name in wanted if not value]


def outside(event: Event) -> list[str]:
    """Sessions that are not within the time of their event, in words."""
    return [
        f"waktu sesi “{session.title}”, yang di luar waktu kegiatan"
        for session in event.sessions.all()
        if session.starts_at < event.starts_at
        or (session.ends_at or session.starts_at) > event.ends_at
    ]


def held(event: Event, *, seen: int, by: User) -> Event:
    """The row as it is now, held until the end of the transaction, unless it was saved meanwhile."""
    current = _editors(event, by=by)
    if current.edits != seen:
        raise ValidationError(STALE, code="stale")
    return current


def _editors(event: Event, *, by: User) -> Event:
    if not rules.can_edit(by):
        raise PermissionDenied
    return registrations.locked(event)


def _write(event: Event, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    keys = pictures_in(event.source)
    event.html = rendered(event.source, Picture.objects.in_bulk(keys))
    event.renderer = RENDERER


def _link_pictures(event: Event) -> None:
    event.pictures.set(Picture.objects.filter(pk__in=pictures_in(event.source)))


def _count_edit(event: Event) -> None:
    event.edits += 1
    event.save(update_fields=["edits"])


def _free_slug(title: str) -> str:
    """`workshop-nasional`, else with the first number that is free."""
    base = slugify(title)[:70].strip("-") or "kegiatan"
    taken = set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _lacking(words: str, names: list[str]) -> str:
    return f"{words}: {', '.join(names)}."


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValidationError(sentence, code="state")
