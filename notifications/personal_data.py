"""What the outbox holds about a person: the mails that were written to their address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from epk.lib.personal_data import Item, LongSection, Row, Table
from epk.lib.values import in_words
from notifications.models import Mail

if TYPE_CHECKING:
    from accounts.models import User

TABLES: tuple[Table, ...] = ()


def long_sections(user: User) -> list[LongSection]:
    return [
        LongSection(
            "surat",
            "Surat kepada Anda",
            lambda: Mail.objects.filter(Q(recipient=user.email) | Q(user=user)).order_by("-pk"),
            _rows,
            intro="Surat yang ditulis portal ke alamat e-mail Anda yang sekarang, dan yang ditulis "
            "untuk akun Anda. Isinya tidak disimpan setelah terkirim.",
            holds=frozenset({"notifications.Mail.user"}),
        )
    ]


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


def _item(key: str, mail: Mail, column: str, value: str | None) -> Item:
    field = Mail._meta.get_field(column)
    return Item(key, key.capitalize(), in_words(field, getattr(mail, column)), value)
