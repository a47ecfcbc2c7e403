"""What inbox and outbox hold about a person: notifications, choices, mails to their address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from epk.lib.notices import kind_named
from epk.lib.personal_data import Item, LongSection, Row, Table
from epk.lib.values import in_words
from notifications.models import Mail, Notification, PausedAddress, Preference

if TYPE_CHECKING:
    from accounts.models import User

TABLES: tuple[Table, ...] = (
    Table(
        "jam-surat",
        "Jam surat",
        "notifications.MailHours",
        ["user"],
        {
            "zone": "",
            "quiet_from": "",
            "quiet_until": "",
            "digest_at": "",
            "digest_weekday": "",
            "ended_daily": "",
            "ended_weekly": "",
        },
    ),
    Table(
        "ringkasan",
        "Ringkasan yang dikirim",
        "notifications.Digest",
        ["user"],
        {"day": "", "span": ""},
        order="-day",
    ),
)


def long_sections(user: User) -> list[LongSection]:
    return [
        LongSection(
            "notifikasi",
            "Notifikasi Anda",
            lambda: Notification.objects.of(user.pk).select_related("event"),
            _told,
            intro="Disimpan 12 bulan.",
            holds=frozenset({"notifications.Notification.recipient"}),
        ),
        LongSection(
            "pilihan-notifikasi",
            "Pilihan notifikasi",
            lambda: Preference.objects.filter(user=user).order_by("kind"),
            _choices,
            empty="Anda memakai pilihan bawaan.",
            holds=frozenset({"notifications.Preference.user"}),
        ),
        LongSection(
            "surat",
            "Surat kepada Anda",
            lambda: Mail.objects.filter(Q(recipient=user.email) | Q(user=user)).order_by("-pk"),
            _rows,
            intro="Surat yang ditulis portal ke alamat e-mail Anda yang sekarang, dan yang ditulis "
            "untuk akun Anda. Isinya tidak disimpan setelah terkirim.",
            holds=frozenset({"notifications.Mail.user"}),
        ),
        LongSection(
            "alamat-dijeda",
            "Alamat e-mail yang dijeda",
            lambda: PausedAddress.objects.filter(address=user.email),
            _pauses,
            intro="Ada bila surat tidak sampai ke alamat e-mail Anda: hanya surat yang wajib yang "
            "masih dikirim ke sana.",
            empty="Alamat Anda tidak dijeda.",
        ),
    ]


def _told(rows: Sequence[Notification]) -> list[Row]:
    return [
        Row(
            [
                _moment("pada", row, "created_at"),
                Item("jenis", "Jenis", _label(row.kind), row.kind),
                *(
                    Item(key, _fact_label(row.kind, key), str(value), value)
                    for key, value in row.event.facts.items()
                ),
                _moment("dibaca", row, "read_at"),
            ]
        )
        for row in rows
    ]


def _choices(rows: Sequence[Preference]) -> list[Row]:
    return [
        Row(
            [
                Item("jenis", "Jenis", _label(row.kind), row.kind),
                Item("pilihan", "Pilihan", row.get_choice_display(), row.choice),
            ]
        )
        for row in rows
    ]


def _fact_label(name: str, fact: str) -> str:
    kind = kind_named(name)
    return ((kind.labels if kind else None) or {}).get(fact, fact.capitalize())


def _label(name: str) -> str:
    kind = kind_named(name)
    return kind.label if kind else name


def _moment(key: str, row: Notification, column: str) -> Item:
    moment = getattr(row, column)
    field = Notification._meta.get_field(column)
    return Item(
        key, key.capitalize(), in_words(field, moment), moment.isoformat() if moment else None
    )


def _rows(mails: Sequence[Mail]) -> list[Row]:
    return [
        Row(
            [
                _item("ditulis", mail, "created_at", mail.created_at.isoformat()),
                _item("perihal", mail, "subject", mail.subject),
                Item("keadaan", "Keadaan", mail.get_state_display(), mail.state),
                _item(
                    "terkirim", mail, "sent_at", mail.sent_at.isoformat() if mail.sent_at else None
                ),
            ]
        )
        for mail in mails
    ]


def _pauses(rows: Sequence[PausedAddress]) -> list[Row]:
    return [
        Row(
            [
                _item("sejak", row, "since", row.since.isoformat()),
                _item("alasan", row, "reason", row.reason),
                _item("jawaban", row, "last_error", row.last_error),
            ]
        )
        for row in rows
    ]


def _item(key: str, row: Mail | PausedAddress, column: str, value: str | None) -> Item:
    field = row._meta.get_field(column)
    return Item(key, key.capitalize(), in_words(field, getattr(row, column)), value)
