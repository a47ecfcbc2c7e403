"""One search of the directory: which officers in which order, and how many under each filter.

Both come from one statement, and are kept for a minute under the version of the register: a page,
however deep, then reads only its own 25 rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, Value, Window
from django.db.models.functions import RowNumber

from registry.queries.officer import ordering, region_is

if TYPE_CHECKING:
    from registry.queries.officer import OfficerQuerySet

VERSION_TABLES = (
    "officer",
    "statusrecord",
    "jenjangrecord",
    "posting",
    "unit",
    "region",
    "officerexpertise",
    "expertise",
)
Facets = Mapping[str, Mapping[str, int]]


class Place(NamedTuple):
    """A region as a choice."""

    code: str
    name: str
    province: str
    """The code of the province a kabupaten/kota lies in; "" for a province."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the directory: regions, and fields of expertise as (code, name)."""

    regions: tuple[Place, ...]
    expertise: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filters:
    """The filters that count each other: each is counted under all the others."""

    region: str = ""
    tier: str = ""
    jenjang: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """All officers found, as ids in order, and the counts beside each choice of each filter."""

    ids: Sequence[int]
    facets: Facets = field(default_factory=dict)
    nationwide: int = 0
    """How many would be found without the filter of region."""

    @property
    def total(self) -> int:
        return len(self.ids)


def register_version() -> str:
    """Changes with every write to the register, because every write leaves a history row."""
    newest = ", ".join(
        f"(SELECT max(pgh_id) FROM registry_{table}event)"  # noqa: S608
        for table in VERSION_TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        return "-".join(str(value or 0) for value in cursor.fetchone())


@lru_cache(maxsize=4)
def choices(version: str, date: dt.date) -> Choices:  # noqa: ARG001
    """The choices on a date, read once in one query for each version of the register."""
    regions = apps.get_model("registry", "Region").objects.valid_on(date)
    expertise = apps.get_model("registry", "Expertise").objects.annotate(kind=Value("expertise"))
    places = regions.annotate(kind=Value("region")).order_by().values_list("kind", "code", "name")
    rows = places.union(expertise.order_by().values_list("kind", "code", "name"), all=True)
    found = sorted(rows)
    return Choices(
        tuple(
            Place(code, name, code[:2] if len(code) > 2 else "")
            for kind, code, name in found
            if kind == "region"
        ),
        tuple(
            sorted(
                ((code, name) for kind, code, name in found if kind == "expertise"),
                key=lambda item: item[1],
            )
        ),
    )


def find(
    officers: OfficerQuerySet, filters: Filters, order: str, text: str, *, version: str
) -> Found:
    """Search `officers` (after `visible_to`, `as_of` and `search`) by filters, in an order."""
    matches = {
        "region": region_is(filters.region) if filters.region else None,
        "tier": Q(current_posting__unit__tier=filters.tier) if filters.tier else None,
        "jenjang": Q(current_jenjang__jenjang__in=filters.jenjang) if filters.jenjang else None,
        "status": Q(current_status__status__in=filters.status) if filters.status else None,
        "expertise": (
            Q(pk__in=_with_expertise(officers, filters.expertise)) if filters.expertise else None
        ),
    }
    base = officers.annotate(
        **{f"in_{name}": _flag(condition) for name, condition in matches.items()},
        place=Window(RowNumber(), order_by=ordering(order, text)),
    ).values_list(
        "pk",
        "current_posting__unit__region_id",
        "current_posting__unit__tier",
        "current_jenjang__jenjang",
        "current_status__status",
        "in_region",
        "in_tier",
        "in_jenjang",
        "in_status",
        "in_expertise",
        "place",
    )
    sql, params = base.order_by().query.sql_with_params()
    key = hashlib.sha256(
        json.dumps([sql, params, filters.region[:2], version], default=str).encode()
    ).hexdigest()
    cache = caches["figures"]
    found: Found | None = cache.get(key)
    if found is None:
        active = [name for name, condition in matches.items() if condition is not None]
        found = _read(sql, params, filters.region[:2], active)
        cache.set(key, found)
    return found


def _flag(condition: Q | None) -> Any:
    if condition is None:
        return Value(value=True)
    return ExpressionWrapper(condition, output_field=BooleanField())


def _with_expertise(officers: OfficerQuerySet, codes: tuple[str, ...]) -> Any:
    through = officers.model._meta.get_field("expertise").remote_field.through
    return through._default_manager.filter(expertise__code__in=codes).values("officer")


def _read(sql: str, params: Sequence[Any], province: str, active: Sequence[str]) -> Found:
    """`active`: the filters in force. Others stand in no condition, or the planner would expect
    each of them to leave out half of the rows.
    """

    def under_all_but(*names: str) -> str:
        kept = [f"in_{name}" for name in active if name not in names]
        return " AND ".join(kept) or "TRUE"

    statement = f"""
        WITH base (id, region, tier, jenjang, status,
                   in_region, in_tier, in_jenjang, in_status, in_expertise, place)
        AS MATERIALIZED ({sql})
        SELECT 'ids', '', 0, array_agg(id ORDER BY place) FROM base
        WHERE {under_all_but()}
        UNION ALL
        SELECT 'provinsi', coalesce(left(region, 2), ''), count(*), NULL FROM base
        WHERE {under_all_but("region")} GROUP BY 2
        UNION ALL
        SELECT 'kabupaten', region, count(*), NULL FROM base
        WHERE {under_all_but("region")}
        AND left(region, 2) = %s AND length(region) = 5 GROUP BY 2
        UNION ALL
        SELECT 'tingkat', tier, count(*), NULL FROM base
        WHERE {under_all_but("tier")} AND tier IS NOT NULL
        GROUP BY 2
        UNION ALL
        SELECT 'jenjang', jenjang, count(*), NULL FROM base
        WHERE {under_all_but("jenjang")} AND jenjang IS NOT NULL
        GROUP BY 2
        UNION ALL
        SELECT 'status', status, count(*), NULL FROM base
        WHERE {under_all_but("status")} GROUP BY 2
        UNION ALL
        SELECT 'keahlian', expertise.code, count(*), NULL
        FROM base JOIN registry_officerexpertise AS named ON named.officer_id = base.id
        JOIN registry_expertise AS expertise ON expertise.id = named.expertise_id
        WHERE {under_all_but("expertise")} GROUP BY 2
    """  # noqa: S608
    facets: defaultdict[str, dict[str, int]] = defaultdict(dict)
    ids: Sequence[int] = ()
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, province])
        for kind, code, number, members in cursor.fetchall():
            if kind == "ids":
                ids = tuple(members or ())
            else:
                facets[kind][code] = number
    return Found(ids, dict(facets), sum(facets["provinsi"].values()))
