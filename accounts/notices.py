"""What people are told of their own accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from epk.lib.notices import Choice, Kind, Ref, Seen, declare

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Akun saya"
PREFIX: Final = "akun-"


def subject_of(user: User) -> str:
    return f"{PREFIX}{user.pk}"


def _owner(ref: Ref) -> Iterable[int]:
    return [int(ref.subject.removeprefix(PREFIX))]


class _OwnPage:
    """Shown to the owner of the account alone."""

    def __init__(self, title: str, page: str) -> None:
        self.title, self.page = title, page

    def __call__(self, user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
        seen = Seen(self.title, reverse(self.page))
        return {ref: seen for ref in refs if ref.subject == subject_of(user)}


NEW_DEVICE: Final = declare(
    Kind(
        name="accounts.new_device",
        group=GROUP,
        label="Akun saya dibuka dari perangkat baru",
        one="Akun Anda dibuka dari perangkat yang belum dikenal: {device}",
        many="Akun Anda {count} kali dibuka dari perangkat yang belum dikenal",
        who=_owner,
        seen=_OwnPage("Sesi", "usersessions_list"),
        default=Choice.AT_ONCE,
        fixed=True,
        template="accounts/mail/new_device.txt",
        sample={"device": "Firefox di Windows", "address": "203.0.113.7"},
        labels={"device": "Perangkat", "address": "Alamat IP"},
    )
)
ROLE_CHANGED: Final = declare(
    Kind(
        name="accounts.role_changed",
        group=GROUP,
        label="Peran saya ditambah, diubah, atau dicabut",
        one="Peran Anda {what}: {role}",
        many="{count} perubahan pada peran Anda",
        who=_owner,
        seen=_OwnPage("Keamanan akun", "mfa_index"),
        default=Choice.INBOX,  # the mail with the reason goes out with the change itself
        fixed=True,
        sample={"what": "ditambah", "role": "Admin Provinsi, Jawa Barat"},
        labels={"what": "Apa yang terjadi", "role": "Peran"},
    )
)
ACCOUNT_CHANGED: Final = declare(
    Kind(
        name="accounts.account_changed",
        group=GROUP,
        label="Admin mengubah akun saya",
        one="Admin mengubah akun Anda: {fields}",
        many="{count} kali admin mengubah akun Anda",
        who=_owner,
        seen=_OwnPage("Keamanan akun", "mfa_index"),
        sample={"fields": "Nama"},
        labels={"fields": "Kolom"},
    )
)
