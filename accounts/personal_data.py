"""What the accounts hold about a person: the account, roles, sessions, second factors, changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from pghistory.models import Events

from accounts.models import RoleGrant, User
from epk.lib.history_words import Entry, Wording
from epk.lib.personal_data import Item, LongSection, Row, Table
from epk.lib.values import in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

WORDING = Wording(
    hidden=frozenset({"id", "user_id"}),
    subjects={"RoleGrant": "role"},
    names={"accounts.User": "name"},
)
ADMIN_ACTIONS = {1: "Menambah", 2: "Mengubah", 3: "Menghapus"}

TABLES = (
    Table(
        "akun",
        "Akun",
        "accounts.User",
        ("pk",),
        {
            "email": "",
            "nip": "",
            "name": "",
            "is_active": "",
            "is_superuser": "Superuser",
            "date_joined": "",
            "invited_at": "",
            "activated_at": "",
            "last_login": "Masuk terakhir",
        },
        intro="Kata sandi disimpan hanya sebagai sidik yang tidak dapat dibaca kembali.",
    ),
    Table(
        "peran",
        "Peran",
        "accounts.RoleGrant",
        ("user",),
        {
            "role": "",
            "province_code": "",
            "valid_from": "",
            "valid_until": "",
            "given_by__name": "",
            "reason": "",
        },
        order="-valid_from",
        empty="Belum ada peran yang diberikan kepada Anda.",
    ),
    Table(
        "alamat-masuk",
        "Alamat e-mail untuk masuk",
        "account.EmailAddress",
        ("user",),
        {"email": "Alamat", "verified": "Sudah dibuktikan", "primary": "Alamat utama"},
    ),
    Table(
        "alamat-baru",
        "Perubahan alamat e-mail yang menunggu",
        "accounts.EmailChange",
        ("user",),
        {
            "old_email": "",
            "new_email": "",
            "asked_at": "",
            "old_confirmed_at": "",
            "new_confirmed_at": "",
        },
    ),
    Table(
        "sesi",
        "Sesi yang dikenal",
        "usersessions.UserSession",
        ("user",),
        {
            "created_at": "Mulai",
            "last_seen_at": "Terakhir terlihat",
            "ip": "Alamat jaringan",
            "user_agent": "Peramban",
        },
    ),
    Table(
        "faktor-kedua",
        "Faktor kedua",
        "mfa.Authenticator",
        ("user",),
        {"type": "Jenis", "created_at": "Dipasang", "last_used_at": "Dipakai terakhir"},
        intro="Kunci rahasianya tidak ditampilkan dan tidak ikut dalam salinan.",
    ),
    Table(
        "akun-luar",
        "Akun luar yang terhubung",
        "socialaccount.SocialAccount",
        ("user",),
        {
            "provider": "Penyedia",
            "uid": "Nomor pada penyedia",
            "date_joined": "Terhubung",
            "last_login": "Dipakai terakhir",
            "extra_data": "Data dari penyedia",
        },
    ),
)


def long_sections(user: User) -> list[LongSection]:
    """What grows for years: changes of the account, and what one did in the admin."""
    return [
        LongSection(
            "riwayat-akun",
            "Riwayat akun dan peran",
            lambda: account_events(user),
            lambda events: history_rows(WORDING.entries(events)),
            intro="Setiap perubahan akun dan peran Anda: kapan, oleh siapa, dan mengapa.",
        ),
        LongSection(
            "kegiatan-admin",
            "Pekerjaan Anda di halaman admin",
            lambda: admin_log(user),
            _admin_rows,
            intro="Yang Anda ubah lewat halaman admin. Nama orang lain tidak ikut disalin.",
            holds=frozenset({"admin.LogEntry.user"}),
        ),
    ]


def account_events(user: User) -> QuerySet[Any]:
    """The history of this account and of the roles given to it, not of those it gave, newest first."""
    events: Any = Events.objects
    tracked: tuple[Any, ...] = (User, RoleGrant)
    own = events.across(*(model.pgh_event_model for model in tracked)).references(user)
    found: QuerySet[Any] = own.filter(
        Q(pgh_model=User.pgh_event_model._meta.label) | Q(pgh_data__user_id=user.pk)  # type: ignore[attr-defined]
    )
    return found.order_by("-pgh_created_at", "pgh_context_id", "pgh_model", "-pgh_id")


def admin_log(user: User) -> QuerySet[Any]:
    log: QuerySet[Any] = apps.get_model("admin", "LogEntry")._default_manager.filter(user=user)
    return log.select_related("content_type").order_by("-action_time", "-pk")


def history_rows(entries: Sequence[Entry]) -> list[Row]:
    """Saves as rows: when, who, why, and what became of which field."""
    return [
        Row(
            [
                Item("waktu", "Waktu", entry.when, entry.when),
                Item("oleh", "Oleh", entry.who, entry.who),
                Item("alasan", "Alasan", entry.reason or "tidak ditulis", entry.reason),
                Item("perubahan", "Perubahan", "", _value(entry)),
            ],
            entry=entry,
        )
        for entry in entries
    ]


def _value(entry: Entry) -> list[dict[str, Any]]:
    return [
        {
            "data": happening.what,
            "tindakan": happening.action,
            "tentang": happening.subject,
            "kolom": [
                {"kolom": line.label, "semula": line.old, "menjadi": line.new}
                for line in happening.lines
            ],
        }
        for happening in entry.happenings
    ]


def _admin_rows(log: Sequence[Any]) -> list[Row]:
    return [
        Row(
            [
                Item(
                    "waktu",
                    "Waktu",
                    in_words(entry._meta.get_field("action_time"), entry.action_time),
                    entry.action_time.isoformat(),
                ),
                Item(
                    "tindakan",
                    "Tindakan",
                    ADMIN_ACTIONS.get(entry.action_flag, ""),
                    ADMIN_ACTIONS.get(entry.action_flag, ""),
                ),
                Item("data", "Data", _table(entry), _table(entry)),
                Item("nomor", "Nomor baris", str(entry.object_id or ""), entry.object_id),
            ]
        )
        for entry in log
    ]


def _table(entry: Any) -> str:
    model = entry.content_type.model_class() if entry.content_type else None
    return str(model._meta.verbose_name) if model else "data yang tidak ada lagi"
