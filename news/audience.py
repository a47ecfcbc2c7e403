"""Whom a circular would reach, from the register and the role grants as of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.db import connection
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat

from accounts.models import RoleGrant
from registry.models import Officer, StatusRecord
from registry.queries.scope import answering_province

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Query: TypeAlias = Any

OFFICER: Final = "pengantar_kerja"
FREEZE: Final = """
INSERT INTO news_reader
    (version_id, position, officer_id, user_id, name, unit, tier, jenjang, province_code,
     asked_at, reminded)
SELECT %s, %s + row_number() OVER (ORDER BY a.province, a.sort_key, a.person),
    a.officer, a.person, a.name, a.unit, a.tier, a.jenjang, a.province, %s, 0
FROM ({rows}) AS a (person, officer, name, unit, tier, jenjang, province, sort_key)
"""


class Rule(Protocol):
    """What chooses an audience; each empty list means all."""

    provinces: list[str]
    tiers: list[str]
    jenjang: list[str]
    roles: list[str]


@dataclass
class Reach:
    """How many a circular would reach: in all, by province, tier and jenjang.

    `unreached` officers belong to the audience and have no open account.
    """

    total: int = 0
    others: int = 0
    unreached: int = 0
    provinces: Counter[str] = field(default_factory=Counter)
    tiers: Counter[str] = field(default_factory=Counter)
    jenjang: Counter[str] = field(default_factory=Counter)


def reach_of(rule: Rule, date: dt.date) -> Reach:
    """Two queries, however many there are."""
    reach = Reach()
    groups = officers_in(rule, date)
    if groups is not None:
        keys = ("province", "tier_then", "jenjang_then", "has_account")
        for *place, has_account, count in (
            groups.order_by().values_list(*keys).annotate(people=Count("pk"))
        ):
            if not has_account:
                reach.unreached += count
                continue
            reach.total += count
            for counter, key in zip(
                (reach.provinces, reach.tiers, reach.jenjang), place, strict=True
            ):
                counter[key] += count
    holders = holders_in(rule, date)
    if holders is not None:
        people = dict(holders.order_by("person", "-province").values_list("person", "province"))
        reach.others = len(people)
        reach.total += len(people)
        reach.provinces.update(people.values())
    return reach


def freeze(version_id: int, rule: Rule, date: dt.date, moment: dt.datetime) -> int:
    """Write the readers of a version, in the caller's transaction; says how many they are."""
    count = 0
    officers = officers_in(rule, date)
    if officers is not None:
        reached = officers.filter(has_account=True).order_by().values_list(
            "user_id", "pk", "titled", "unit_then", "tier_then", "jenjang_then", "province", "sort_key"
        )  # fmt: skip
        count += _insert(reached, [version_id, count, moment])
    holders = holders_in(rule, date)
    if holders is not None:
        one_each = holders.order_by("person", "-province").distinct("person").values_list(
            "person", "officer", "titled", "unit_then", "tier_then", "jenjang_then", "province", "titled"
        )  # fmt: skip
        count += _insert(one_each, [version_id, count, moment])
    return count


def officers_in(rule: Rule, date: dt.date) -> Query | None:
    """The officers in service on that date whom the rule chooses, those without account included.

    None where the rule speaks of other roles only.
    """
    if rule.roles and OFFICER not in rule.roles:
        return None
    officers: Any = Officer.objects.as_of(date)
    rows = officers.filter(
        merged_into__isnull=True, current_status__status__in=StatusRecord.IN_SERVICE
    )
    rows = rows.annotate(
        province=answering_province(date),
        tier_then=_text("current_posting__unit__tier"),
        unit_then=_text("current_posting__unit__name"),
        jenjang_then=_text("current_jenjang__jenjang"),
        has_account=Q(user__isnull=False, user__is_active=True),
        titled=_titled(),
    )
    if rule.provinces:
        rows = rows.filter(province__in=rule.provinces)
    if rule.tiers:
        rows = rows.filter(tier_then__in=rule.tiers)
    if rule.jenjang:
        rows = rows.filter(jenjang_then__in=rule.jenjang)
    return rows


def holders_in(rule: Rule, date: dt.date) -> Query | None:
    """The grants in force of the other roles that the rule names, of open accounts.

    Provinces choose among Admin Provinsi, who have one; whoever is chosen as an officer is left out.
    """
    roles = [role for role in rule.roles if role != OFFICER]
    if not roles:
        return None
    rows = RoleGrant.objects.active(date).filter(role__in=roles, user__is_active=True)
    if rule.provinces:
        rows = rows.filter(Q(province_code="") | Q(province_code__in=rule.provinces))
    officers = officers_in(rule, date)
    if officers is not None:
        rows = rows.exclude(Exists(officers.filter(user=OuterRef("user")).order_by()))
    empty = Value("", output_field=CharField())
    return rows.annotate(
        person=F("user_id"),
        officer=F("user__officer"),
        titled=F("user__name"),
        unit_then=empty,
        tier_then=empty,
        jenjang_then=empty,
        province=F("province_code"),
    )


def _insert(rows: Query, values: Sequence[Any]) -> int:
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FREEZE.format(rows=sql), [*values, *params])
        return int(cursor.rowcount)


def _text(name: str) -> Coalesce:
    return Coalesce(F(name), Value(""), output_field=CharField())


def _titled() -> Concat:
    """The name with its titles, as `epk.lib.text.titled_name` writes it."""
    empty = Value("", output_field=CharField())
    front = Case(When(front_title="", then=empty), default=Concat("front_title", Value(" ")))
    back = Case(When(back_title="", then=empty), default=Concat(Value(", "), "back_title"))
    return Concat(front, "name", back, output_field=CharField())
