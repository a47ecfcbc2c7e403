"""What the audience of a circular is told: that there is one to read, and twice that it waits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from news.models import Circular, CircularVersion, Reader

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Berita"
SUBJECT: Final = re.compile(r"edaran-([1-9][0-9]{0,17})")
ITEM: Final = re.compile(r"versi-([1-9][0-9]{0,17})(?:-ingat-([1-9]))?")


def subject_of(version: CircularVersion) -> str:
    return f"edaran-{version.circular_id}"


def item_of(version: CircularVersion, step: int = 0) -> str:
    """`versi-9`; `versi-9-ingat-1` of the first reminder."""
    return f"versi-{version.pk}-ingat-{step}" if step else f"versi-{version.pk}"


def _audience(ref: Ref) -> Iterable[int]:
    """Everybody whom that version asks; of a reminder those whom its job has just marked."""
    found = ITEM.fullmatch(ref.item)
    if found is None:
        return []
    rows = Reader.objects.of_version(int(found[1])).waiting().filter(user__isnull=False)
    if found[2]:
        rows = rows.filter(reminded=int(found[2]))
    return [key for key in rows.order_by().values_list("user_id", flat=True) if key is not None]


def _seen(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """The circulars that this person may open, under the titles they have now."""
    return _shown(refs, Circular.objects.visible_to(user))


def _seen_unread(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    """Reminders are of those still to be read: what was acknowledged meanwhile is mailed no more."""
    return _shown(refs, Circular.objects.addressed_to(user).unread_by(user))


def _shown(refs: Sequence[Ref], circulars: object) -> Mapping[Ref, Seen]:
    keys = {ref: int(found[1]) for ref in refs if (found := SUBJECT.fullmatch(ref.subject))}
    rows: object = circulars.filter(pk__in=set(keys.values())).order_by()  # type: ignore[attr-defined]
    titles = dict(rows.values_list("pk", "title"))  # type: ignore[attr-defined]
    return {
        ref: Seen(titles[key], reverse("news:circular", args=[key]))
        for ref, key in keys.items()
        if key in titles
    }


CIRCULAR: Final = declare(
    Kind(
        name="news.circular",
        group=GROUP,
        label="Edaran yang wajib saya baca",
        one="Edaran untuk Anda baca: “{title}”",
        many="{count} edaran untuk Anda baca, terakhir “{title}”",
        who=_audience,
        seen=_seen,
        default=Choice.AT_ONCE,
    )
)
REMINDER: Final = declare(
    Kind(
        name="news.circular_reminder",
        group=GROUP,
        label="Pengingat edaran yang belum saya baca, setelah 3 dan 7 hari",
        one="Edaran “{title}” masih menunggu konfirmasi Anda",
        many="Edaran “{title}” masih menunggu konfirmasi Anda",
        who=_audience,
        seen=_seen_unread,
        default=Choice.AT_ONCE,
    )
)
