"""What the register tells people of, and by which clock they live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone

from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from registry.models import Officer

if TYPE_CHECKING:
    from accounts.models import User

PREFIX: Final = "petugas-"


def subject_of(officer: Officer) -> str:
    return f"{PREFIX}{officer.pk}"


def _owner(ref: Ref) -> Iterable[int]:
    found = Officer.objects.filter(pk=_key(ref)).values_list("user_id", flat=True)
    return [owner for owner in found if owner is not None]


def _own_record(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """Only as long as the record belongs to this account."""
    own = set(Officer.objects.of_account(user).values_list("pk", flat=True))
    page = Seen("data kepegawaian Anda", reverse("registry:own_profile"))
    return {ref: page for ref in refs if _key(ref) in own}


def _key(ref: Ref) -> int:
    return int(ref.subject.removeprefix(PREFIX))


RECORD_CHANGED: Final = declare(
    Kind(
        name="registry.record_changed",
        group="Data saya",
        label="Admin mengubah data saya dalam register",
        one="Admin mengubah {title}: {fields}",
        many="{count} kali admin mengubah {title}",
        who=_owner,
        seen=_own_record,
        default=Choice.DAILY,
        sample={"title": "data kepegawaian Anda", "fields": "Penempatan, Telepon dinas"},
        labels={"fields": "Kolom"},
    )
)


def zones_of(people: Collection[int]) -> Mapping[int, str]:
    """By account, the time zone of the place where each of them serves today."""
    return Officer.objects.zones_of(people, timezone.localdate())
