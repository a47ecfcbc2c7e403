"""What people are told of their mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse

from accounts.models import User
from accounts.notices import GROUP, PREFIX, subject_of
from epk.lib.notices import Choice, Kind, Ref, Seen, declare


def _owner(ref: Ref) -> Iterable[int]:
    return [int(ref.subject.removeprefix(PREFIX))]


def _own_page(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    page = Seen("Pengaturan notifikasi", reverse("notifications:preferences"))
    return {ref: page for ref in refs if ref.subject == subject_of(user)}


ADDRESS_PAUSED: Final = declare(
    Kind(
        name="notifications.address_paused",
        group=GROUP,
        label="Surat tidak sampai ke alamat e-mail saya",
        one="Surat tidak sampai ke alamat e-mail Anda ({address}); pengiriman dijeda",
        many="{count} kali surat tidak sampai ke alamat e-mail Anda; pengiriman dijeda",
        who=_owner,
        seen=_own_page,
        default=Choice.INBOX,  # a mail would not arrive
        fixed=True,
        sample={"address": "s***@contoh.example"},
        labels={"address": "Alamat e-mail"},
    )
)
