"""What is told of a private consultation: never its text, and its title only to those with a seat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from epk.lib.notices import Choice, Kind, Ref, Seen, declare, notify
from epk.lib.seeing import Way, judged_by
from forum.models import Member, Topic
from forum.notices.seen import number_after, post_key, seen_in_forum

if TYPE_CHECKING:
    from accounts.models import User

PREFIX: Final = "topic-"
GROUP: Final = "Konsultasi"


def tell(kind: Kind, topic_id: int, item: str, *, by: User | None = None) -> None:
    """`item` names the event, so that it is told of once however often it is tried."""
    notify(kind, subject=f"{PREFIX}{topic_id}", item=item, by=by)


def _seats(ref: Ref, *parts: str) -> Iterable[int]:
    seats = Member.objects.filter(topic=_topic(ref), left_at__isnull=True, part__in=parts)
    return list(seats.values_list("user_id", flat=True))


def _asker(ref: Ref) -> Iterable[int]:
    return _seats(ref, Member.Part.ASKER)


def _consultant(ref: Ref) -> Iterable[int]:
    return _seats(ref, Member.Part.CONSULTANT)


def _both(ref: Ref) -> Iterable[int]:
    return _seats(ref, Member.Part.ASKER, Member.Part.CONSULTANT)


def _listeners(ref: Ref) -> Iterable[int]:
    return _seats(ref, Member.Part.ASKER, Member.Part.GUEST)


def _guest(ref: Ref) -> Iterable[int]:
    """The one whom the item names (`undangan-17-1`)."""
    guest = int(ref.item.split("-")[1])
    return [guest] if guest in _seats(ref, Member.Part.GUEST) else []


def _topic(ref: Ref) -> int:
    """Of what happened to the consultation itself; its posts are judged as posts."""
    return 0 if post_key(ref) else number_after(PREFIX, ref.subject)


def _consultations(user: User, keys: set[int]) -> Any:
    """Only as long as they have a seat."""
    rows = Topic.objects.visible_to(user).filter(pk__in=keys, kind=Topic.Kind.CONSULTATION)
    return rows.order_by().values_list("pk", "title")


judged_by(
    Way(
        key=_topic,
        rows=_consultations,
        shown=lambda ref, title: Seen(title, reverse("forum:topic", args=[_topic(ref)])),
    )
)
ASKED: Final = declare(
    Kind(
        name="forum.consultation_asked",
        group=GROUP,
        label="Seorang rekan meminta jawaban saya",
        one="Seorang rekan menunggu jawaban Anda: {title}",
        many="Seorang rekan menunggu jawaban Anda: {title}",
        who=_consultant,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
    )
)
INVITED: Final = declare(
    Kind(
        name="forum.consultation_invited",
        group=GROUP,
        label="Saya diundang ke sebuah konsultasi",
        one="Anda diundang ke konsultasi {title}",
        many="Anda diundang ke konsultasi {title}",
        who=_guest,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
    )
)
ANSWERED: Final = declare(
    Kind(
        name="forum.consultation_answered",
        group=GROUP,
        label="Konsultasi saya dijawab",
        one="Konsultasi dijawab: {title}",
        many="{count} jawaban di konsultasi: {title}",
        who=_listeners,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
    )
)
PASSED_ON: Final = declare(
    Kind(
        name="forum.consultation_passed_on",
        group=GROUP,
        label="Konsultasi saya diteruskan ke rekan lain",
        one="Konsultasi Anda diteruskan ke rekan berikutnya: {title}",
        many="Konsultasi Anda diteruskan {count} kali: {title}",
        who=_asker,
        seen=seen_in_forum,
        default=Choice.DAILY,
    )
)
UNASSIGNED: Final = declare(
    Kind(
        name="forum.consultation_unassigned",
        group=GROUP,
        label="Belum ada rekan untuk konsultasi saya",
        one="Belum ada rekan yang dapat menjawab {title}; pilih sendiri siapa yang Anda tanya",
        many="Belum ada rekan yang dapat menjawab {title}; pilih sendiri siapa yang Anda tanya",
        who=_asker,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
    )
)
DUE: Final = declare(
    Kind(
        name="forum.consultation_due",
        group=GROUP,
        label="Jawaban saya hampir jatuh tempo",
        one="Hari kerja terakhir untuk menjawab sudah dekat: {title}",
        many="Hari kerja terakhir untuk menjawab sudah dekat: {title}",
        who=_consultant,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
    )
)
PROPOSED: Final = declare(
    Kind(
        name="forum.publication_proposed",
        group=GROUP,
        label="Penerbitan konsultasi saya diusulkan",
        one="Persetujuan Anda diminta untuk menerbitkan {title} tanpa nama",
        many="Persetujuan Anda diminta untuk menerbitkan {title} tanpa nama",
        who=_both,
        seen=seen_in_forum,
        default=Choice.DAILY,
    )
)
PUBLISHED: Final = declare(
    Kind(
        name="forum.consultation_published",
        group=GROUP,
        label="Konsultasi saya terbit tanpa nama",
        one="Konsultasi {title} sudah terbit tanpa nama penanya",
        many="Konsultasi {title} sudah terbit tanpa nama penanya",
        who=_both,
        seen=seen_in_forum,
        default=Choice.DAILY,
    )
)
