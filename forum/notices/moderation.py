"""What moderation tells: the person concerned of each decision, moderators of what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from epk.lib.notices import Choice, Kind, Ref, Seen, declare
from epk.lib.seeing import Way, judged_by
from forum import rules
from forum.models import Appeal, Decision, Report
from forum.notices.seen import number_after, seen_in_forum

GROUP: Final = "Forum"
DECIDED: Final = "tindakan-"
REPORTED: Final = "laporan-"
OBJECTED: Final = "keberatan-"
QUEUE: Final = "antrean-moderasi"

Verb = Decision.Verb
SAYINGS: Final = {
    Verb.HIDE_POST: "Tulisan Anda disembunyikan moderator",
    Verb.SHOW_POST: "Tulisan Anda ditampilkan kembali",
    Verb.HIDE_TOPIC: "Topik Anda disembunyikan moderator",
    Verb.SHOW_TOPIC: "Topik Anda ditampilkan kembali",
    Verb.LOCK: "Topik Anda dikunci moderator",
    Verb.UNLOCK: "Kunci topik Anda dibuka",
    Verb.PIN: "Topik Anda disematkan",
    Verb.UNPIN: "Sematan topik Anda dilepas",
    Verb.MOVE: "Topik Anda dipindahkan ke kategori lain",
    Verb.MERGE: "Topik Anda digabungkan dengan topik lain",
    Verb.SPLIT: "Tulisan Anda dipisahkan menjadi topik tersendiri",
    Verb.WARN: "Anda mendapat teguran dari moderator",
    Verb.SUSPEND: "Hak menulis Anda di forum ditangguhkan",
    Verb.LIFT: "Hak menulis Anda di forum dipulihkan",
    Verb.PART: "Topik Anda berdiri sendiri lagi",
    Verb.PUT_BACK: "Tulisan Anda dikembalikan ke topik asalnya",
    Verb.STRIKE: "Teguran atas tulisan Anda dicabut",
}


def subject_of(decision: Decision) -> str:
    return f"{DECIDED}{decision.pk}"


def saying(verb: str) -> str:
    """What was done, said to the person concerned; it names no title, which may be hidden."""
    return SAYINGS.get(Verb(verb), Verb(verb).label)


def moderators() -> set[int]:
    """The accounts whose grants make them moderators today, and the superusers."""
    grants = RoleGrant.objects.active(timezone.localdate()).filter(role=RoleGrant.Role.MODERATOR)
    found = User.objects.filter(Q(is_superuser=True) | Q(pk__in=grants.values("user")))
    return set(found.values_list("pk", flat=True))


def _concerned(ref: Ref) -> Iterable[int]:
    found = Decision.objects.filter(pk=_key(ref.subject), person__isnull=False)
    return list(found.values_list("person_id", flat=True))


def _decision(ref: Ref) -> int:
    return number_after(DECIDED, ref.subject)


def _own_decisions(user: User, keys: set[int]) -> Any:
    rows = Decision.objects.about(user).filter(pk__in=keys)
    return rows.order_by().values_list("pk", "verb")


def _title(ref: Ref, verb: str) -> str:
    if ref.item.startswith(OBJECTED):
        return f"Keberatan Anda sudah diputus ({saying(verb)})"
    return saying(verb)


def _unconcerned(ref: Ref) -> Iterable[int]:
    return moderators() - _parties(ref)


def _parties(ref: Ref) -> set[int | None]:
    """Who wrote what was reported, or decided what is objected to: others look at that."""
    key = _key(ref.item)
    if ref.item.startswith(REPORTED):
        return set(Report.objects.filter(pk=key).values_list("post__author_id", flat=True))
    found = Appeal.objects.filter(pk=key).values_list("decision__by_id", "by_id")
    return {person for row in found for person in row}


def _queue(user: User, refs: Sequence[Ref]) -> Mapping[Ref, Seen]:
    if not rules.can_moderate(user):
        return {}
    reports = Seen("antrean moderasi", reverse("forum:moderation"))
    appeals = Seen("keberatan atas tindakan moderasi", reverse("forum:appeals"))
    return {ref: reports if ref.item.startswith(REPORTED) else appeals for ref in refs}


def _key(text: str) -> int:
    return int(text.rpartition("-")[2])


judged_by(
    Way(
        key=_decision,
        rows=_own_decisions,
        shown=lambda ref, verb: Seen(
            _title(ref, verb), reverse("forum:decision", args=[_decision(ref)])
        ),
    )
)
DECISION: Final = declare(
    Kind(
        name="forum.decision",
        group=GROUP,
        label="Tindakan moderator atas tulisan saya",
        one="{title}",
        many="{title}, dan keputusan atas keberatan Anda",
        who=_concerned,
        seen=seen_in_forum,
        default=Choice.AT_ONCE,
        sample={"title": "Tulisan Anda disembunyikan moderator"},
    )
)
REPORT_WAITING: Final = declare(
    Kind(
        name="forum.report_waiting",
        group=GROUP,
        label="Laporan dan keberatan yang menunggu moderator",
        one="Ada yang baru di {title}",
        many="{count} hal baru di {title}",
        who=_unconcerned,
        seen=_queue,
        default=Choice.DAILY,
        sample={"title": "antrean moderasi"},
    )
)
