"""The demo's events: the workshop of 2018, one with seats left, one that is full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from epk.lib.files import check_document
from news.actions import events as actions
from news.actions import registrations
from news.demo.papers import Slide, paper
from news.demo.programme import COUNSELLING, MARKET, WORKSHOP, Part
from news.models import Event
from registry.models import Officer, Region, StatusRecord

EDITOR: Final = "agus@demo.example"
DITJEN: Final = "Ditjen Binapenta & PKK"
MADE_UP: Final = "*Susunan acara dan berkas materinya rekaan untuk peragaan.*"
SEATS: Final = 30
WAITING: Final = 4
SOME: Final = 11
WORKSHOP_2018: Final = (
    "Workshop ini mempertemukan Pengantar Kerja dari pusat, provinsi, dan kabupaten/kota selama "
    "tiga hari. Menteri Ketenagakerjaan M. Hanif Dhakiri membukanya dan meluncurkan "
    "**e-Pengantar Kerja**; Direktur Jenderal Maruli A. Hasoloan mengukuhkan pengurus IKAPERJASI "
    "masa bakti 2018–2023. Seleksi Desmigratif tahun itu mencakup 130 desa.\n\n"
    "Narasumber datang dari ILO Jenewa, Klik Tukang, dan Join Kandidat. Materinya dapat diunduh "
    "di bawah tiap sesi.\n\n" + MADE_UP
)


def fill_events(*, on: dt.date) -> int:
    """Write the events by the editors' own actions; returns how many. Nothing where some exist."""
    if Event.objects.exists():
        return 0
    editor = User.objects.get(email=EDITOR)
    _workshop(editor)
    _with_seats(on + dt.timedelta(days=24), editor)
    _full(on + dt.timedelta(days=10), editor)
    return Event.objects.count()


def _workshop(editor: User) -> Event:
    event = _write(
        editor,
        dt.date(2018, 5, 7),
        WORKSHOP,
        days=3,
        title="Workshop Nasional Pejabat Fungsional Pengantar Kerja 2018",
        theme="Penguatan Peran Pengantar Kerja dalam Menghadapi Era Digitalisasi",
        summary="Tiga hari di Jakarta bersama 125 Pengantar Kerja; materinya dapat diunduh.",
        source=WORKSHOP_2018,
        place="Hotel Aryaduta, Jakarta",
        takes_registrations=False,
        attended_by=125,
        lesson_hours=20,
    )
    announced = dt.datetime(2018, 4, 2, 9, 0, tzinfo=ZoneInfo(Region.Zone.WIB))
    Event.objects.filter(pk=event.pk).update(published_at=announced, created_at=announced)
    return event


def _with_seats(day: dt.date, editor: User) -> Event:
    event = _write(
        editor,
        day,
        COUNSELLING,
        title="Bimbingan Teknis Konseling Karier",
        theme="Dari minat ke langkah pertama",
        summary="Sehari berlatih wawancara konseling dan membaca hasil tes minat.",
        source=f"Bawa satu kasus yang sudah disamarkan untuk latihan.\n\n{MADE_UP}",
        place="Balai Besar Pelatihan Vokasi, Bandung",
        quota=SEATS,
        needs_approval=True,
        lesson_hours=8,
        gives_certificate=True,
    )
    _seat(event, _serving("siti")[:SOME], editor)
    budi = Officer.objects.filter(user__email="budi@demo.example").first()
    if budi is not None and budi.user is not None:
        registrations.register(event, officer=budi, by=budi.user)
    return event


def _full(day: dt.date, editor: User) -> Event:
    event = _write(
        editor,
        day,
        MARKET,
        title="Membaca Data Pasar Kerja Daerah",
        summary="Pertemuan daring: dari tabel BPS dan lowongan setempat ke saran bagi pencari kerja.",
        source=f"Pertemuan memakai waktu WIT.\n\n{MADE_UP}",
        time_zone=Region.Zone.WIT,
        place_kind=Event.Place.ONLINE,
        link="https://rapat.contoh.example/pasar-kerja",
        quota=SEATS,
        lesson_hours=3,
    )
    serving = _serving("siti")
    seats = max(min(SEATS, len(serving) - WAITING + 1), 1)
    if seats != event.quota:
        event.quota = seats
        event.save(update_fields=["quota"])
    _seat(event, serving[:seats], editor)
    siti = Officer.objects.filter(user__email="siti@demo.example").first()
    if siti is not None and siti.user is not None:
        registrations.register(event, officer=siti, by=siti.user)
    _seat(event, serving[seats : seats + WAITING - 1], editor)
    return event


def _write(
    editor: User, day: dt.date, parts: Sequence[Part], *, days: int = 1, **values: Any
) -> Event:
    """Written, filled with its programme and published as an editor would."""
    zone = ZoneInfo(values.get("time_zone", Region.Zone.WIB))
    last = max(part.ends for part in parts if part.day == days - 1)
    fields = {
        "theme": "",
        "organiser": DITJEN,
        "starts_at": _moment(day, parts[0].begins, zone),
        "ends_at": _moment(day + dt.timedelta(days=days - 1), last, zone),
    }
    event = actions.create_event(values=fields | values, by=editor)
    for part in parts:
        _session(event, part, day, zone, editor)
    event.refresh_from_db()
    return actions.publish_event(event, by=editor)


def _session(event: Event, part: Part, day: dt.date, zone: ZoneInfo, editor: User) -> None:
    event.refresh_from_db()
    on = day + dt.timedelta(days=part.day)
    values = {
        "title": part.title,
        "summary": part.summary,
        "room": part.room,
        "starts_at": _moment(on, part.begins, zone),
        "ends_at": _moment(on, part.ends, zone),
    }
    session = actions.save_session(
        event, None, values=values, speakers=part.speakers, seen=event.edits, by=editor
    )
    if part.paper:
        slides = [Slide(part.title, part.paper), Slide("Catatan Anda", ())]
        written = paper(part.title, slides, foot="Berkas rekaan untuk peragaan.")
        upload = SimpleUploadedFile("materi.pdf", written, "application/pdf")
        checked = check_document(upload)
        actions.attach_material(session, checked=checked, title=part.title[:150], by=editor)


def _serving(*without: str) -> list[Officer]:
    """Officers in service, in the order of the register, some of the cast left out."""
    emails = [f"{name}@demo.example" for name in (*without, "budi")]
    rows: Any = Officer.objects.as_of(timezone.localdate())
    rows = rows.filter(current_status__status__in=StatusRecord.IN_SERVICE, merged_into__isnull=True)
    return list(rows.exclude(user__email__in=emails).order_by("number")[: SEATS + WAITING])


def _seat(event: Event, officers: Sequence[Officer], editor: User) -> None:
    for officer in officers:
        registrations.register(event, officer=officer, by=editor)


def _moment(day: dt.date, clock: str, zone: ZoneInfo) -> dt.datetime:
    hour, minute = (int(part) for part in clock.split("."))
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=zone)
