"""Which province answers for an officer or a unit, and so which rows an Admin Provinsi maintains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Left

from accounts import rules as account_rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PROVINCIAL: Final = ("provinsi", "kabupaten_kota")
"""The tiers of units that a province answers for; the others are the Ditjen's alone."""


def scope_of(user: User | AnonymousUser) -> frozenset[str] | None:
    """The provinces whose rows someone maintains (maybe none), or None for the whole register."""
    if account_rules.administers_nation(user):
        return None
    return account_rules.provinces_administered(user)


def unit_in(provinces: Collection[str], unit: str = "") -> Q:
    """Condition on a unit (`unit` leads to it, as in `"unit__"`): one of these provinces answers."""
    somewhere = Q(pk__in=[])
    for code in sorted(provinces):
        somewhere |= Q(**{f"{unit}region__code__startswith": code})
    return Q(**{f"{unit}tier__in": PROVINCIAL}) & somewhere


def answering_province(date: dt.date) -> Coalesce:
    """For a query over officers: the code of the province that answers for each, or "".

    That of the posting which began latest up to the date, so that the retired stay with their last
    province; of those who have yet to begin anywhere, that of the first one to come.
    """
    postings = apps.get_model("registry", "Posting")._default_manager
    begun = Case(When(period__startswith__lte=date, then=F("period__startswith")))
    deciding = postings.filter(officer=OuterRef("pk")).order_by(
        begun.desc(nulls_last=True), F("period__startswith").asc()
    )
    code = Case(
        When(unit__tier__in=PROVINCIAL, then=Left("unit__region", 2)),
        default=Value(""),
        output_field=TextField(),
    )
    return Coalesce(Subquery(deciding.values(code=code)[:1]), Value(""), output_field=TextField())
