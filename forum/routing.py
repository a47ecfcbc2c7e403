"""To whom a consultation is brought: colleagues from the register who can answer it in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib.workdays import after_workdays
from forum.models import Assignment, Availability, Suspension
from registry.models import Expertise, Officer, StatusRecord

MOST: Final = 3
"""How many colleagues are proposed."""
DAYS_TO_ANSWER: Final = 3
"""Working days until an answer is due."""
JENJANG_RANK: Final = {"ahli_utama": 0, "ahli_madya": 1, "ahli_muda": 2, "ahli_pertama": 3}


@dataclass(frozen=True)
class Candidate:
    """A colleague who can be asked, and what speaks for them."""

    user_id: int
    number: int
    register_number: str
    name: str
    jenjang: str
    unit: str
    province: str
    same_province: bool
    open_cases: int

    @property
    def why(self) -> dict[str, Any]:
        """What the choice rested on, kept with the assignment; the person stands there already."""
        kept = ("jenjang", "province", "same_province", "open_cases")
        return {name: value for name, value in asdict(self).items() if name in kept}


def due_after(today: dt.date) -> dt.date:
    return after_workdays(today, DAYS_TO_ANSWER)


def province_of(user_id: int, today: dt.date) -> str:
    """The code of the province in which somebody serves; "" for the head office and no officers."""
    serving: Any = Officer.objects.filter(user=user_id).joined_on(today).order_by()
    code = serving.values_list("current_posting__unit__region", flat=True).first()
    return (code or "")[:2]


def propose(
    province: str, expertise: Expertise | None, *, exclude: Collection[int], today: dt.date
) -> list[Candidate]:
    """Up to three, the best first: same province, higher jenjang, fewest open cases, number.

    One question to the database. `exclude` are accounts: the asker, and whoever had a part already.
    """
    able = _able(today).exclude(user__in=list(exclude))
    if expertise is not None:
        able = able.filter(expertise=expertise)
    return _candidates(able, province)[:MOST]


def by_number(
    register_number: str, province: str, *, exclude: Collection[int], today: dt.date
) -> Candidate | None:
    """The colleague of that number, if they can be asked today, whatever their expertise."""
    named = _able(today).exclude(user__in=list(exclude)).filter(register_number=register_number)
    found = _candidates(named, province)
    return found[0] if found else None


def _able(today: dt.date) -> Any:
    """In service, with an account that may enter and write, taking questions, there until it is due."""
    grants = RoleGrant.objects.active(today).order_by()
    away = Q(away_from__lte=due_after(today), away_until__gte=today)
    refusing = Availability.objects.filter(Q(takes_questions=False) | away)
    banned = Suspension.objects.in_force(timezone.now())
    officers: Any = Officer.objects.as_of(today)
    return officers.filter(
        Exists(grants.filter(user=OuterRef("user"), role=RoleGrant.Role.PENGANTAR_KERJA)),
        ~Exists(refusing.filter(user=OuterRef("user"))),
        ~Exists(banned.filter(person=OuterRef("user"))),
        merged_into__isnull=True,
        user__is_active=True,
        current_status__status=StatusRecord.Status.AKTIF,
    ).order_by()


def _candidates(officers: Any, province: str) -> list[Candidate]:
    waiting = Assignment.objects.waiting().filter(user=OuterRef("user")).order_by()
    counted = waiting.values("user").annotate(count=Count("pk")).values("count")
    ranks = [When(current_jenjang__jenjang=code, then=rank) for code, rank in JENJANG_RANK.items()]
    rows = (
        officers.annotate(
            open_cases=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            province=Coalesce(Left("current_posting__unit__region_id", 2), Value("")),
            rank=Case(*ranks, default=len(JENJANG_RANK), output_field=IntegerField()),
        )
        .annotate(
            elsewhere=Case(
                When(~Q(province="") & Q(province=province), then=0),
                default=1,
                output_field=IntegerField(),
            )
        )
        .select_related("current_jenjang", "current_posting__unit__region__parent")
        .order_by("elsewhere", "rank", "open_cases", "number")
    )
    return [_candidate(row) for row in rows[:MOST]]


def _candidate(officer: Any) -> Candidate:
    unit = officer.current_posting.unit if officer.current_posting else None
    region = unit.region if unit else None
    above = (region.parent or region) if region else None
    return Candidate(
        user_id=officer.user_id,
        number=officer.number,
        register_number=officer.register_number,
        name=officer.full_name,
        jenjang=officer.current_jenjang.jenjang if officer.current_jenjang else "",
        unit=unit.short_name if unit else "",
        province=above.name if above else "",
        same_province=officer.elsewhere == 0,
        open_cases=officer.open_cases,
    )
