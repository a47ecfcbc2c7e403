"""One search of the directory: which officers in which order, and how many under each filter.

Both come from one statement, and are kept under the version of the register: a page, however deep,
then reads only its own 25 rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from array import array
from collections import defaultdict
from collections.abc import Mapping
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
    by_code: Mapping[str, Place]


@dataclass(frozen=True)
class Filters:
    """The filters that count each other: each is counted under all the others."""

    region: str = ""
    tier: str = ""
    jenjang: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """One search of the directory, as the register stood on a date."""

    date: dt.date
    text: str = ""
    filters: Filters = Filters()
    order: str = "nama"


@dataclass(frozen=True)
class Found:
    """All officers found, as ids in order, and the counts beside each choice of each filter."""

    ids: array[int]
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
    valid = apps.get_model("registry", "Region").objects.valid_on(date)
    expertise = apps.get_model("registry", "Expertise").objects.annotate(kind=Value("expertise"))
    places = valid.annotate(kind=Value("region")).order_by().values_list("kind", "code", "name")
    rows = places.union(expertise.order_by().values_list("kind", "code", "name"), all=True)
    found = sorted(rows)
    regions = tuple(
        Place(code, name, code[:2] if len(code) > 2 else "")
        for kind, code, name in found
        if kind == "region"
    )
    return Choices(
        regions,
        tuple(
            sorted(
                ((code, name) for kind, code, name in found if kind == "expertise"),
                key=lambda item: item[1],
            )
        ),
        {region.code: region for region in regions},
    )


def find(officers: OfficerQuerySet, search: Search, *, scope: str, version: str) -> Found:
    """Search `officers` (after `visible_to`, whose `scope_of` is `scope`).

    The answer is kept under all that it depends on; the query is built only when it is asked.
    """
    cache, key = caches["figures"], _key(scope, version, search)
    found: Found | None = cache.get(key)
    if found is None:
        found = _read(officers.as_of(search.date).search(search.text), search)
        cache.set(key, found)
    return found


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode(errors="surrogatepass")).hexdigest()


def _flag(condition: Q | None) -> Any:
    if condition is None:
        return Value(value=True)
    return ExpressionWrapper(condition, output_field=BooleanField())


def _with_expertise(officers: OfficerQuerySet, codes: tuple[str, ...]) -> Any:
    through = officers.model._meta.get_field("expertise").remote_field.through
    return through._default_manager.filter(expertise__code__in=codes).values("officer")


def _read(officers: OfficerQuerySet, search: Search) -> Found:
    filters = search.filters
    province = filters.region[:2]
    conditions = {
        "region": region_is(filters.region) if filters.region else None,
        "tier": Q(current_posting__unit__tier=filters.tier) if filters.tier else None,
        "jenjang": Q(current_jenjang__jenjang__in=filters.jenjang) if filters.jenjang else None,
        "status": Q(current_status__status__in=filters.status) if filters.status else None,
        "expertise": (
            Q(pk__in=_with_expertise(officers, filters.expertise)) if filters.expertise else None
        ),
    }
    base = officers.annotate(
        **{f"in_{name}": _flag(condition) for name, condition in conditions.items()},
        place=Window(RowNumber(), order_by=ordering(search.order, search.text)),
    ).values_list(
        "pk",
        "current_posting__unit__region_id",
        "current_posting__unit__tier",
        "current_jenjang__jenjang",
        "current_status__status",
        *(f"in_{name}" for name in conditions),
        "place",
    )
    sql, params = base.order_by().query.sql_with_params()
    # Filters not in force stand in no condition, or the planner would expect each of them to
    # leave out half of the rows.
    active = [name for name, condition in conditions.items() if condition is not None]

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
    ids = array("q")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, province])
        for kind, code, number, members in cursor.fetchall():
            if kind == "ids":
                ids = array("q", members or ())
            else:
                facets[kind][code] = number
    return Found(ids, dict(facets), sum(facets["provinsi"].values()))
