"""The figures of the register: aggregates only, counted once for each version of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from registry.models import StatusRecord
from registry.models.terms import RETIREMENT_AGE
from registry.queries import register_version

RETIRING_WITHIN_YEARS = 3


@dataclass(frozen=True)
class HomeFigures:
    """The figures of the home page, as of a date.

    `officers` are in the register (merged records not counted), `in_service` those still in
    service; `served` of `regencies` kabupaten/kota have at least one in service;
    `retiring` reach their retirement age within RETIRING_WITHIN_YEARS.
    """

    officers: int
    in_service: int
    served: int
    regencies: int
    provinces_served: int
    retiring: int
    as_of: dt.date


def home_figures(date: dt.date | None = None) -> HomeFigures:
    """Two queries at most: the version of the register, and the count when that has changed."""
    day = date or timezone.localdate()
    cache, key = caches["figures"], f"home-{day}-{register_version()}"
    figures: HomeFigures | None = cache.get(key)
    if figures is None:
        figures = _count(day)
        cache.set(key, figures)
    return figures


def _count(day: dt.date) -> HomeFigures:
    ages = " ".join(f"WHEN '{jenjang}' THEN {age}" for jenjang, age in RETIREMENT_AGE.items())
    statement = f"""
        WITH officers AS (
            SELECT officer.birth_date, status.status = ANY(%(in_service)s) AS serves,
                   unit.region_id AS region, jenjang.jenjang
            FROM registry_officer AS officer
            JOIN registry_statusrecord AS status
                ON status.officer_id = officer.id AND status.period @> %(day)s::date
            LEFT JOIN registry_jenjangrecord AS jenjang
                ON jenjang.officer_id = officer.id AND jenjang.period @> %(day)s::date
            LEFT JOIN registry_posting AS posting
                ON posting.officer_id = officer.id AND posting.period @> %(day)s::date
            LEFT JOIN registry_unit AS unit ON unit.id = posting.unit_id
            WHERE officer.merged_into_id IS NULL
        )
        SELECT count(*), count(*) FILTER (WHERE serves),
            count(DISTINCT region) FILTER (WHERE serves AND length(region) = 5),
            (SELECT count(*) FROM registry_region WHERE parent_id IS NOT NULL
                AND (valid_from IS NULL OR valid_from <= %(day)s)
                AND (valid_until IS NULL OR valid_until >= %(day)s)),
            count(DISTINCT left(region, 2)) FILTER (WHERE serves),
            count(*) FILTER (WHERE serves AND
                birth_date + make_interval(years => CASE jenjang {ages} ELSE 58 END)
                < %(day)s::date + make_interval(years => %(years)s))
        FROM officers
    """  # noqa: S608
    parameters: dict[str, Any] = {
        "day": day,
        "in_service": [str(status) for status in StatusRecord.IN_SERVICE],
        "years": RETIRING_WITHIN_YEARS,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        officers, in_service, served, regencies, provinces, retiring = cursor.fetchone()
    return HomeFigures(officers, in_service, served, regencies, provinces, retiring, day)
