"""What the register holds about a person: the record, its histories, and who looked at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.personal_data import history_rows
from epk.lib.personal_data import Item, LongSection, Row, Table
from epk.lib.values import moment
from registry import history
from registry.models import AccessRecord, Officer
from registry.queries.history import events_of
from registry.rules import fields_in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

# A record merged into another is about the same person.
_OWNERS = ("user", "merged_into__user")
_OF_OFFICER = tuple(f"officer__{owner}" for owner in _OWNERS)
_EVIDENCE = {"sk_number": "", "sk_date": "", "document__original_name": ""}


def _download(row: Mapping[str, Any]) -> str:
    number, key = row["officer__register_number"], row["id"]
    return reverse("registry:document", args=[number, key])


def _table(key: str, title: str, model: str, columns: Mapping[str, str], order: str) -> Table:
    return Table(key, title, f"registry.{model}", _OF_OFFICER, columns, order=order)


TABLES = (
    Table(
        "petugas",
        "Catatan petugas",
        "registry.Officer",
        _OWNERS,
        {
            "register_number": "",
            "merged_into__register_number": "",
            "nip": "",
            "front_title": "",
            "name": "",
            "back_title": "",
            "sex": "",
            "birth_place": "",
            "birth_date": "",
            "member_type": "",
            "employment": "",
            "ikaperjasi_member": "",
            "office_email": "",
            "office_phone": "",
            "private_phone": "",
            "bio": "",
            "contact_public": "",
            "photo": "",
            "photo_public": "",
            "created_at": "",
        },
        order="number",
        empty="Akun Anda tidak terhubung dengan catatan petugas.",
    ),
    _table("keahlian", "Keahlian", "OfficerExpertise", {"expertise__name": ""}, "expertise__name"),
    _table(
        "penempatan",
        "Penempatan",
        "Posting",
        {"unit__name": "", "jenjang": "", "position_title": "", "period": "", **_EVIDENCE},
        "-period",
    ),
    _table(
        "status",
        "Riwayat status",
        "StatusRecord",
        {"status": "", "since": "", **_EVIDENCE},
        "-since",
    ),
    _table(
        "jenjang",
        "Riwayat jenjang",
        "JenjangRecord",
        {"jenjang": "", "since": "", **_EVIDENCE},
        "-since",
    ),
    _table(
        "pangkat",
        "Riwayat pangkat",
        "PangkatRecord",
        {"golongan": "", "since": "", **_EVIDENCE},
        "-since",
    ),
    _table(
        "pendidikan",
        "Pendidikan",
        "Education",
        {"level": "", "institution": "", "major": "", "year": "", **_EVIDENCE},
        "-year",
    ),
    _table(
        "diklat",
        "Diklat",
        "Training",
        {"name": "", "organiser": "", "start": "", "end": "", "hours": "", **_EVIDENCE},
        "-start",
    ),
    _table(
        "uji-kompetensi",
        "Uji kompetensi",
        "CompetencyTest",
        {"jenjang": "", "date": "", "passed": "", **_EVIDENCE},
        "-date",
    ),
    Table(
        "berkas",
        "Berkas",
        "registry.Document",
        _OF_OFFICER,
        {
            "original_name": "",
            "kind": "",
            "content_type": "",
            "size": "",
            "pages": "",
            "sha256": "",
            "uploaded_at": "",
            "uploaded_by__name": "",
            "officer__register_number": "Nomor register",
            "id": "Nomor berkas",
        },
        order="-uploaded_at",
        url=_download,
    ),
)


def long_sections(user: User) -> list[LongSection]:
    """What grows for years: who looked, at whom one looked, and what was changed."""
    return [
        LongSection(
            "akses",
            "Siapa yang melihat data pribadi saya",
            lambda: views_of(user),
            _viewers,
            intro="Setiap kali orang lain membuka data pribadi Anda. Catatan ini tidak dapat diubah siapa pun.",
            empty="Belum ada orang lain yang membuka data pribadi Anda.",
            holds=frozenset({"registry.AccessRecord.officer"}),
            preview=True,
        ),
        LongSection(
            "melihat",
            "Data pribadi orang lain yang saya lihat",
            lambda: AccessRecord.objects.filter(viewer=user).order_by("-viewed_at", "-pk"),
            _views,
            intro="Kunjungan Anda sendiri yang tercatat, tanpa nama petugasnya.",
            empty="Anda belum pernah membuka data pribadi orang lain.",
            holds=frozenset({"registry.AccessRecord.viewer"}),
            preview=True,
        ),
        LongSection(
            "riwayat",
            "Riwayat perubahan catatan petugas",
            lambda: events_of_person(user),
            lambda events: history_rows(history.entries(events)),
            intro="Setiap perubahan: kapan, oleh siapa, apa, dan mengapa.",
        ),
    ]


def views_of(user: User) -> QuerySet[AccessRecord]:
    """Who looked at the private data of this person, newest first, with the roles they ever had."""
    own = Q(officer__user=user) | Q(officer__merged_into__user=user)
    records = AccessRecord.objects.filter(own).order_by("-viewed_at", "-pk")
    return records.select_related("viewer").prefetch_related("viewer__grants")


def events_of_person(user: User) -> Any:
    """The history of the record, of its rows, and of records merged into it, newest first."""
    officers = list(Officer.objects.filter(Q(user=user) | Q(merged_into__user=user)))
    return events_of(*officers, with_rows=True) if officers else ()


def _viewers(records: Sequence[AccessRecord]) -> list[Row]:
    return [
        Row(
            [
                _moment(record),
                Item("oleh", "Oleh", str(record.viewer), str(record.viewer)),
                Item(
                    "peran",
                    "Sebagai",
                    *[_roles(record.viewer, timezone.localdate(record.viewed_at))] * 2,
                ),
                *_about(record),
            ]
        )
        for record in records
    ]


def _views(records: Sequence[AccessRecord]) -> list[Row]:
    return [
        Row(
            [
                _moment(record),
                Item("petugas", "Petugas", record.register_number, record.register_number),
                *_about(record),
                Item("alamat", "Alamat jaringan", record.address or "–", record.address),
            ]
        )
        for record in records
    ]


def _moment(record: AccessRecord) -> Item:
    return Item("waktu", "Waktu", moment(record.viewed_at), record.viewed_at.isoformat())


def _about(record: AccessRecord) -> list[Item]:
    return [
        Item("data", "Data yang terlihat", fields_in_words(record.fields), record.fields),
        Item("lewat", "Lewat", record.get_channel_display(), record.channel),
        Item("alasan", "Alasan", record.reason or "tidak ditulis", record.reason),
    ]


def _roles(viewer: User, day: dt.date) -> str:
    """What the viewer was on that day."""
    held = [
        str(grant)
        for grant in viewer.grants.all()
        if grant.valid_from <= day and (grant.valid_until is None or grant.valid_until >= day)
    ]
    return ", ".join(held or (["Superuser"] if viewer.is_superuser else ["tanpa peran"]))
