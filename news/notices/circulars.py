"""What the audience of a circular is told: that there is one to read, and twice that it waits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from epk.lib.seeing import Way, judged_by, seen_by_sort
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


def _key(ref: Ref) -> int:
    """Of a circular that somebody was told of; 0 for a reminder."""
    found = SUBJECT.fullmatch(ref.subject)
    return int(found[1]) if found and not _is_reminder(ref) else 0


def _reminded(ref: Ref) -> int:
    found = SUBJECT.fullmatch(ref.subject)
    return int(found[1]) if found and _is_reminder(ref) else 0


def _is_reminder(ref: Ref) -> bool:
    found = ITEM.fullmatch(ref.item)
    return found is not None and found[2] is not None


def _circulars(user: User, keys: set[int]) -> Any:
    """Those that this person may open, under the titles they have now."""
    rows = Circular.objects.visible_to(user).filter(pk__in=keys)
    return rows.order_by().values_list("pk", "title")


def _unread(user: User, keys: set[int]) -> Any:
    """Reminders are of those still to be read: what was acknowledged meanwhile is mailed no more."""
    rows = Circular.objects.addressed_to(user).unread_by(user).filter(pk__in=keys)
    return rows.order_by().values_list("pk", "title")


judged_by(
    Way(
        key=_key,
        rows=_circulars,
        shown=lambda ref, title: Seen(title, reverse("news:circular", args=[_key(ref)])),
    )
)
judged_by(
    Way(
        key=_reminded,
        rows=_unread,
        shown=lambda ref, title: Seen(title, reverse("news:circular", args=[_reminded(ref)])),
    )
)
CIRCULAR: Final = declare(
    Kind(
        name="news.circular",
        group=GROUP,
        label="Edaran yang wajib saya baca",
        one="Edaran untuk Anda baca: “{title}”",
        many="{count} edaran untuk Anda baca, terakhir “{title}”",
        who=_audience,
        seen=seen_by_sort,
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
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
