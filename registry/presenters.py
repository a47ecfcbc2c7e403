"""What pages show of an officer, ready to print, and only what this viewer may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

from epk.lib.dates import format_date
from epk.lib.nip import format_nip, mask_nip
from epk.lib.text import avatar_colour, format_number, initials, titled_name
from registry.models import Jenjang, Officer, Posting, Region, StatusRecord, Unit
from registry.rules import (
    PRIVATE,
    Access,
    Field,
    access,
    can_maintain_register,
    can_maintain_whole_register,
    fields_for,
    visible_fields,
)

if TYPE_CHECKING:
    from registry.queries import ListedOfficer, RecordRow
    from registry.rules import Viewer

Status = StatusRecord.Status
STATUSES = dict(Status.choices)
JENJANG = dict(Jenjang.choices)
NO_REGION: dict[str, str] = {
    Unit.Tier.PUSAT: "Kantor pusat",
    Unit.Tier.LEMBAGA: Unit.Tier.LEMBAGA.label,
}
STATUS_KINDS: dict[str, str] = {
    Status.AKTIF: "daun",
    Status.TUGAS_BELAJAR: "kunyit",
    Status.DIBERHENTIKAN_SEMENTARA: "bata",
}


@dataclass(frozen=True)
class OfficerRow:
    """One officer in a list (templates/components/officer_rows.html)."""

    url: str
    name: str
    initials: str
    colour: int
    photo_url: str
    meta: str
    badge: str
    badge_kind: str
    tags: Sequence[str]
    region: str


@dataclass(frozen=True)
class TimelineItem:
    """One step of a timeline (templates/components/timeline.html)."""

    title: str
    text: str = ""
    meta: str = ""
    badge: str = ""
    badge_kind: str = ""
    current: bool = False


@dataclass(frozen=True)
class RecordItem:
    """A line of education, training, competency or pangkat, with its scan where it may be seen."""

    title: str
    meta: str
    document_url: str = ""
    shows_papers: bool = False


@dataclass(frozen=True)
class Profile:
    """The page of one officer, as one viewer may see it; what is hidden is empty."""

    access: Access
    officer_id: int
    register_number: str
    name: str
    initials: str
    colour: int
    photo_url: str
    status: str
    status_kind: str
    headline: str
    unit: str
    nip: str
    nip_masked: bool
    facts: Sequence[tuple[str, str]]
    private_facts: Sequence[tuple[str, str]]
    expertise: Sequence[str]
    bio: str
    office_email: str
    office_phone: str
    contact_hidden: bool
    postings: Sequence[TimelineItem]
    educations: Sequence[RecordItem]
    trainings: Sequence[RecordItem]
    tests: Sequence[RecordItem]
    pangkat: Sequence[RecordItem]
    shows_records: bool
    breadcrumbs: Sequence[tuple[str, str]]
    private_shown: frozenset[Field]
    """The private fields that stand on the page: asked for, seen and not empty."""


@dataclass(frozen=True)
class Exposure:
    """Who sees one part of an officer's record, for the officer to check."""

    label: str
    audience: str
    kind: str


def officer_row(officer: ListedOfficer, viewer: Viewer) -> OfficerRow:
    """After `as_of(...).listed()`."""
    photo_url = ""
    if officer.photo and Field.PHOTO in visible_fields(viewer, officer):
        photo_url = reverse("registry:photo", args=[officer.register_number])
    return OfficerRow(
        url=f"{_profiles()}{officer.register_number}/",
        name=titled_name(officer.front_title, officer.name, officer.back_title),
        initials=initials(officer.name),
        colour=avatar_colour(officer.number),
        photo_url=photo_url,
        meta=" · ".join(filter(None, (JENJANG.get(officer.jenjang or ""), officer.unit))),
        badge="" if officer.status == Status.AKTIF else STATUSES[officer.status],
        badge_kind=STATUS_KINDS.get(officer.status, "netral"),
        tags=officer.expertise,
        region=officer.province or officer.region or NO_REGION.get(officer.tier or "", ""),
    )


def scope_sentence(user: Viewer) -> str:
    """What of the register someone maintains, on the first page of the admin; "" for nothing."""
    if not can_maintain_register(user):
        return ""
    officers = format_number(Officer.objects.in_scope_of(user).count())
    units = format_number(Unit.objects.in_scope_of(user).count())
    part = f"{officers} petugas dan {units} unit kerja"
    if can_maintain_whole_register(user):
        return f"Anda memelihara seluruh register: {part} di semua provinsi dan di pusat."
    provinces = Region.objects.provinces().in_scope_of(user)
    names = " dan ".join(provinces.values_list("name", flat=True))
    return (
        f"Anda memelihara {part} di Provinsi {names}, termasuk semua kabupaten dan kotanya. "
        "Mutasi ke luar provinsi, ke Kemnaker, atau ke lembaga lain dicatat oleh Ditjen."
    )


def profile(
    officer: Officer,
    viewer: Viewer,
    *,
    postings: Iterable[Posting],
    records: Iterable[RecordRow],
    today: dt.date,
) -> Profile:
    """After `as_of(today).for_page()`; `records` from `registry.queries.records_of`."""
    fields = visible_fields(viewer, officer)
    status = _status(officer)
    whole_nip = Field.NIP in fields
    items = _records(officer, records, fields)
    postings = list(postings)
    sees_contact = Field.OFFICE_CONTACT in fields
    return Profile(
        access=access(viewer, officer),
        officer_id=officer.pk,
        register_number=officer.register_number,
        name=officer.full_name,
        initials=initials(officer.name),
        colour=avatar_colour(officer.number),
        photo_url=_photo_url(officer, fields),
        status=status.get_status_display(),
        status_kind=STATUS_KINDS.get(status.status, "netral"),
        headline=" ".join(filter(None, (officer.get_member_type_display(), _jenjang(officer)))),
        unit=officer.current_posting.unit.name if officer.current_posting else "",
        nip=_nip(officer, whole=whole_nip),
        nip_masked=not whole_nip,
        facts=_facts(officer, fields),
        private_facts=_private_facts(officer, fields),
        expertise=officer.expertise_names,
        bio=officer.bio,
        office_email=officer.office_email if sees_contact else "",
        office_phone=officer.office_phone if sees_contact else "",
        contact_hidden=not sees_contact,
        postings=[_posting_item(posting, fields, today) for posting in postings],
        educations=items["education"],
        trainings=items["training"],
        tests=items["competency"],
        pangkat=items["pangkat"],
        shows_records=Field.RECORDS in fields,
        breadcrumbs=_breadcrumbs(officer),
        private_shown=_private_shown(officer, fields, postings, items),
    )


def exposures(officer: Officer) -> list[Exposure]:
    """Who sees which part, asked of the same rules as the pages themselves."""
    return [
        Exposure("Nama, jabatan, unit kerja, wilayah, dan keahlian", *_PUBLIC),
        *(Exposure(_EXPOSED[field], *_audience(officer, field)) for field in _EXPOSED),
    ]


_PUBLIC = ("Semua orang", "laut")
_EXPOSED = {
    Field.PHOTO: "Foto",
    Field.OFFICE_CONTACT: "E-mail dan telepon dinas",
    Field.RECORDS: "Pendidikan, diklat, dan uji kompetensi",
    Field.NIP: "NIP utuh; orang lain melihat tiga angka terakhir",
    Field.BIRTH: "Tempat dan tanggal lahir",
    Field.PRIVATE_PHONE: "Telepon pribadi",
    Field.PANGKAT: "Pangkat dan golongan",
    Field.DOCUMENTS: "Nomor SK dan berkas",
}


def _audience(officer: Officer, field: Field) -> tuple[str, str]:
    if field in fields_for(Access.PUBLIC, officer):
        return _PUBLIC
    if field in fields_for(Access.COLLEAGUE, officer):
        return "Sesama petugas", "kunyit"
    return "Anda dan admin", "netral"


@lru_cache(maxsize=1)
def _profiles() -> str:
    """The address below which the profiles lie: turned round once, not for every row."""
    return reverse("registry:profile", args=["PK-000000"]).removesuffix("PK-000000/")


def _status(officer: Officer) -> StatusRecord:
    if officer.current_status is None:
        raise ValueError("the officer was not loaded by as_of()")
    return officer.current_status


def _jenjang(officer: Officer) -> str:
    record = officer.current_jenjang
    return record.get_jenjang_display() if record else ""


def _photo_url(officer: Officer, fields: frozenset[Field]) -> str:
    if not officer.photo or Field.PHOTO not in fields:
        return ""
    return reverse("registry:photo", args=[officer.register_number])


def _nip(officer: Officer, *, whole: bool) -> str:
    if not officer.nip:
        return ""
    return format_nip(officer.nip) if whole else mask_nip(officer.nip)


def _facts(officer: Officer, fields: frozenset[Field]) -> list[tuple[str, str]]:
    facts = []
    if record := officer.current_jenjang:
        facts.append(("Jenjang", _since(record.get_jenjang_display(), record.since)))
    if Field.PANGKAT in fields and (rank := officer.current_pangkat):
        facts.append(("Pangkat/golongan", _since(rank.get_golongan_display(), rank.since)))
    if posting := officer.current_posting:
        place = [posting.position_title, posting.unit.name]
        facts.append(("Unit kerja", ", ".join(filter(None, place))))
        region = posting.unit.region
        if region:
            area = [region.name, region.parent.name if region.parent else ""]
            facts.append(("Wilayah layanan", ", ".join(filter(None, area))))
    status = _status(officer)
    if status.status != Status.AKTIF:
        facts.append(("Status", f"{status.get_status_display()} sejak {format_date(status.since)}"))
    if officer.ikaperjasi_member:
        facts.append(("Organisasi profesi", "Anggota IKAPERJASI"))
    return facts


def _private_facts(officer: Officer, fields: frozenset[Field]) -> list[tuple[str, str]]:
    facts = []
    if Field.BIRTH in fields:
        born = [officer.birth_place, format_date(officer.birth_date) if officer.birth_date else ""]
        facts.append(("Tempat, tanggal lahir", ", ".join(filter(None, born))))
        facts.append(("Jenis kelamin", officer.get_sex_display()))
    if Field.PRIVATE_PHONE in fields:
        facts.append(("Telepon pribadi", officer.private_phone))
    return facts


def _private_shown(
    officer: Officer,
    fields: frozenset[Field],
    postings: Iterable[Posting],
    items: dict[str, list[RecordItem]],
) -> frozenset[Field]:
    records = [item for kind in items.values() for item in kind]
    filled = {
        Field.NIP: bool(officer.nip),
        Field.BIRTH: True,  # sex stands with it, and is never empty
        Field.PRIVATE_PHONE: bool(officer.private_phone),
        Field.PANGKAT: bool(officer.current_pangkat or items["pangkat"]),
        Field.DOCUMENTS: any(posting.sk_number for posting in postings)
        or any(item.shows_papers for item in records),
    }
    return frozenset(field for field in PRIVATE & fields if filled[field])


def _since(label: str, since: dt.date) -> str:
    return f"{label}, TMT {format_date(since)}"


def _posting_item(posting: Posting, fields: frozenset[Field], today: dt.date) -> TimelineItem:
    first, last = posting.first_day, posting.last_day
    future, over = first > today, last is not None and last < today
    span = f"{format_date(first)} – {format_date(last) if last else 'sekarang'}"
    if future:
        span = f"Mulai {format_date(first)}"
    sk = posting.sk_number if Field.DOCUMENTS in fields else ""
    badge = "Akan datang" if future else ("" if over else "Saat ini")
    return TimelineItem(
        title=posting.unit.short_name,
        text=", ".join(filter(None, (posting.get_jenjang_display(), posting.position_title))),
        meta=" · ".join(filter(None, (span, f"SK {sk}" if sk else ""))),
        badge=badge,
        badge_kind="laut" if future else "kunyit",
        current=badge == "Saat ini",
    )


def _records(
    officer: Officer, records: Iterable[RecordRow], fields: frozenset[Field]
) -> dict[str, list[RecordItem]]:
    items: dict[str, list[RecordItem]] = {
        "education": [],
        "training": [],
        "competency": [],
        "pangkat": [],
    }
    needs = {"pangkat": Field.PANGKAT}
    for row in records:
        if needs.get(row.kind, Field.RECORDS) not in fields:
            continue
        sees_papers = Field.DOCUMENTS in fields
        url = ""
        if sees_papers and row.document:
            url = reverse("registry:document", args=[officer.register_number, row.document])
        meta = [row.detail, row.when, f"No. {row.number}" if sees_papers and row.number else ""]
        papers = sees_papers and bool(row.number or row.document)
        items[row.kind].append(RecordItem(row.title, " · ".join(filter(None, meta)), url, papers))
    return items


def _breadcrumbs(officer: Officer) -> list[tuple[str, str]]:
    directory = reverse("registry:directory")
    trail = [("Direktori", directory)]
    region = officer.current_posting.unit.region if officer.current_posting else None
    if region and region.parent:
        trail.append((region.parent.name, f"{directory}?provinsi={region.parent.code}"))
        trail.append(
            (
                region.short_name,
                f"{directory}?provinsi={region.parent.code}&kabupaten={region.code}",
            )
        )
    elif region:
        trail.append((region.name, f"{directory}?provinsi={region.code}"))
    return trail
