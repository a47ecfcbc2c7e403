"""What is told of events: to all officers that one was announced, to those registered what changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib.notices import Choice, Kind, Ref, Seen, declare, notify
from epk.lib.seeing import Way, judged_by, seen_by_sort
from news.models import Event, Registration

if TYPE_CHECKING:
    from accounts.models import User

GROUP: Final = "Kegiatan"
SUBJECT: Final = re.compile(r"event-(\d{1,18})", re.ASCII)
ITEM: Final = re.compile(r"registration-(\d{1,18})-.*", re.ASCII)


def tell_of_event(kind: Kind, event: Event, what: str, *, by: User | None = None) -> None:
    """`what` makes the event one that is told once, however often it is tried."""
    notify(kind, subject=f"event-{event.pk}", item=f"event-{event.pk}-{what}", by=by)


def tell_of_registration(kind: Kind, registration: Registration, *, by: User | None = None) -> None:
    """To the officer concerned; another change of the same registration is another event."""
    moment = f"{registration.changed_at:%Y%m%d%H%M%S%f}"
    item = f"registration-{registration.pk}-{moment}"
    notify(kind, subject=f"event-{registration.event_id}", item=item, by=by)


def tell_of_tomorrow(registration: Registration, day: str) -> None:
    item = f"registration-{registration.pk}-besok-{day}"
    notify(REMINDER, subject=f"event-{registration.event_id}", item=item)


def _officers(ref: Ref) -> Iterable[int]:  # noqa: ARG001  (every kind is asked with it)
    grants = RoleGrant.objects.active(timezone.localdate())
    grants = grants.filter(role=RoleGrant.Role.PENGANTAR_KERJA)
    return grants.order_by("user_id").values_list("user_id", flat=True).distinct()


def _registered(ref: Ref) -> Iterable[int]:
    """Everyone with a seat or a place on the waiting list."""
    rows = Registration.objects.in_force().filter(event=_event(ref), officer__user__isnull=False)
    return list(rows.order_by("pk").values_list("officer__user", flat=True))


def _concerned(ref: Ref) -> Iterable[int]:
    found = ITEM.fullmatch(ref.item)
    rows = Registration.objects.filter(pk=int(found[1]) if found else 0)
    return list(rows.filter(officer__user__isnull=False).values_list("officer__user", flat=True))


def _event(ref: Ref) -> int:
    found = SUBJECT.fullmatch(ref.subject)
    return int(found[1]) if found else 0


def _shown(_ref: Ref, words: str) -> Seen:
    slug, _, title = words.partition(" ")
    return Seen(title, reverse("news:event", args=[slug]))


def _events(user: User, keys: set[int]) -> Any:
    """Those that stand at their address, under the title that they have now."""
    words = Concat("slug", Value(" "), "title", output_field=TextField())
    return Event.objects.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", words)


judged_by(Way(key=_event, rows=_events, shown=_shown))
PUBLISHED: Final = declare(
    Kind(
        name="news.event_published",
        group=GROUP,
        label="Kegiatan baru",
        one="Kegiatan baru: {title}",
        many="Kegiatan baru: {title}",
        who=_officers,
        seen=seen_by_sort,
        default=Choice.WEEKLY,
    )
)
REGISTERED: Final = declare(
    Kind(
        name="news.event_registered",
        group=GROUP,
        label="Saya terdaftar di sebuah kegiatan",
        one="Anda terdaftar di {title}",
        many="Anda terdaftar di {title}",
        who=_concerned,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
MOVED_UP: Final = declare(
    Kind(
        name="news.event_moved_up",
        group=GROUP,
        label="Saya naik dari daftar tunggu",
        one="Anda naik dari daftar tunggu {title}",
        many="Anda naik dari daftar tunggu {title}",
        who=_concerned,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
REFUSED: Final = declare(
    Kind(
        name="news.event_refused",
        group=GROUP,
        label="Pendaftaran saya ditolak",
        one="Pendaftaran Anda di {title} ditolak; alasannya ada di halaman kegiatan",
        many="Pendaftaran Anda di {title} ditolak; alasannya ada di halaman kegiatan",
        who=_concerned,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
TAKEN_OFF: Final = declare(
    Kind(
        name="news.event_taken_off",
        group=GROUP,
        label="Redaksi membatalkan pendaftaran saya",
        one="Redaksi membatalkan pendaftaran Anda di {title}; alasannya ada di halaman kegiatan",
        many="Redaksi membatalkan pendaftaran Anda di {title}; alasannya ada di halaman kegiatan",
        who=_concerned,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
CANCELLED: Final = declare(
    Kind(
        name="news.event_cancelled",
        group=GROUP,
        label="Kegiatan yang saya ikuti dibatalkan",
        one="{title} dibatalkan",
        many="{title} dibatalkan",
        who=_registered,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
CHANGED: Final = declare(
    Kind(
        name="news.event_changed",
        group=GROUP,
        label="Waktu atau tempat kegiatan yang saya ikuti berubah",
        one="Waktu atau tempat {title} berubah",
        many="Waktu atau tempat {title} berubah {count} kali",
        who=_registered,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
REMINDER: Final = declare(
    Kind(
        name="news.event_reminder",
        group=GROUP,
        label="Kegiatan yang saya ikuti dimulai besok",
        one="{title} dimulai besok",
        many="{title} dimulai besok",
        who=_concerned,
        seen=seen_by_sort,
        default=Choice.AT_ONCE,
    )
)
