"""Which officers, as of which date, found by which words, in what order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, FilteredRelation, OrderBy, OuterRef, Q, Value, When
from django.db.models.functions import Greatest, Left
from django.db.models.lookups import Exact
from django.utils import timezone

from epk.lib.text import core_name
from registry.queries.functions import NameKey, SortKey
from registry.queries.scope import answering_province, scope_of, unit_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)
REGISTER_NUMBER = re.compile(r"(?:pk)?[\s-]*0*([1-9][0-9]{0,8})", re.IGNORECASE)
JENJANG_ORDER = ("ahli_utama", "ahli_madya", "ahli_muda", "ahli_pertama")


LISTED = (
    "pk",
    "number",
    "register_number",
    "user_id",
    "name",
    "front_title",
    "back_title",
    "photo",
    "photo_public",
    "contact_public",
    "current_status__status",
    "current_status__since",
    "current_jenjang__jenjang",
    "current_posting__unit__short_name",
    "current_posting__unit__tier",
    "answering_province",
    "current_posting__unit__region__name",
    "current_posting__unit__region__parent__name",
    "expertise_names",
)


@dataclass(frozen=True, slots=True)
class ListedOfficer:
    """One officer as a list shows them: plain values, in the order of LISTED.

    A page of 25 would otherwise make 175 records of seven tables to print five words of each.
    """

    pk: int
    number: int
    register_number: str
    user_id: int | None
    name: str
    front_title: str
    back_title: str
    photo: str
    photo_public: bool
    contact_public: bool
    status: str
    status_since: dt.date
    jenjang: str | None
    unit: str | None
    tier: str | None
    answering_province: str
    region: str | None
    province: str | None
    expertise: Sequence[str]


class OfficerQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: User | AnonymousUser) -> Self:  # noqa: ARG002
        """The officers a viewer may know of: all but those merged into another record.

        Which of their *fields* may be seen is asked of `registry.rules.visible_fields`.
        """
        return self.filter(merged_into__isnull=True)

    def in_scope_of(self, user: User | AnonymousUser) -> Self:
        """The officers whose records someone maintains: all, those of their provinces, or none."""
        provinces = scope_of(user)
        if provinces is None:
            return self.all()
        if not provinces:
            return self.none()
        # First those who ever served there, whom an index finds; else all officers are judged.
        postings = apps.get_model("registry", "Posting")._default_manager.order_by()
        ever = postings.filter(unit_in(provinces, "unit__")).values("officer")
        here = self.with_answering_province().filter(pk__in=ever)
        return here.filter(answering_province__in=sorted(provinces))

    def numbered(self, register_number: str) -> Self:
        """The officer of that register number (`PK-000047`)."""
        return self.filter(register_number=register_number)

    def answering_to(self, number: int) -> Self:
        """The officer of that number, or the one into whom that number was merged."""
        merged = self.model._default_manager.filter(merged_from__number=number)
        return self.filter(Q(number=number) | Q(pk__in=merged.values("pk")))

    def with_nip(self, digits: str) -> Self:
        return self.filter(nip=digits)

    def named(self, name: str) -> Self:
        """Officers of exactly that name, but for case, accents and titles."""
        return self.filter(sort_key=SortKey(Value(core_name(name))))

    def of_account(self, user: User | AnonymousUser) -> Self:
        """The officer who logs in with that account."""
        return self.filter(user=user.pk)

    def zones_of(self, people: Collection[int], date: dt.date) -> dict[int, str]:
        """By account, the time zone of the place where its officer serves on that date."""
        serving = self.joined_on(date).filter(user__in=people).order_by()
        rows = serving.values_list("user_id", "current_posting__unit__region__time_zone")
        return {person: zone for person, zone in rows if person is not None and zone}

    def merge_target_of(self, register_number: str) -> str | None:
        """The register number into which this one was merged, if it was."""
        merged = self.filter(register_number=register_number, merged_into__isnull=False)
        return merged.values_list("merged_into__register_number", flat=True).first()

    def among(self, keys: Sequence[int]) -> Self:
        """Only these, in no order."""
        return self.filter(pk__in=keys).order_by()

    def scope_of(self, user: User | AnonymousUser) -> str:  # noqa: ARG002
        """Names what `visible_to` lets this viewer see: for equal names the rows are the same."""
        return "semua"

    def as_of(self, date: dt.date) -> Self:
        """Officers in the register on that date, joined with what held then.

        Each gets `current_status`, `current_posting`, `current_jenjang`, `current_pangkat`; all
        but the first may be None. One row an officer: the database forbids overlaps.
        """
        return self.joined_on(date).filter(current_status__isnull=False)

    def joined_on(self, date: dt.date) -> Self:
        """All officers, those without a status on that date included: for the admin alone."""
        return self.annotate(
            current_status=FilteredRelation(
                "statuses", condition=Q(statuses__period__contains=date)
            ),
            current_posting=FilteredRelation(
                "postings", condition=Q(postings__period__contains=date)
            ),
            current_jenjang=FilteredRelation(
                "jenjang_records", condition=Q(jenjang_records__period__contains=date)
            ),
            current_pangkat=FilteredRelation(
                "pangkat_records", condition=Q(pangkat_records__period__contains=date)
            ),
        )

    # --- After as_of: filters on what held then ----------------------------------------------

    def in_region(self, code: str) -> Self:
        """In a province (`32`: its kabupaten/kota included) or one kabupaten/kota (`32.12`)."""
        return self.filter(region_is(code))

    def search(self, text: str) -> Self:
        """Officers of that name (however spelt), at that unit, or with that register number."""
        words = text.split()
        if not words:
            return self
        officers = self.model._default_manager.order_by()
        postings = apps.get_model("registry", "Posting")._default_manager.order_by()
        units = apps.get_model("registry", "Unit")._default_manager.order_by()
        name, here = core_name(text), units.search(text).values("pk")
        named = Q()
        for word in name.split():
            named &= Q(name_key__contains=NameKey(Value(word)))
        if len(name) > 3:
            named |= Q(name_key__trigram_word_similar=NameKey(Value(name)))
        if number := REGISTER_NUMBER.fullmatch(text.strip()):
            named |= Q(number=int(number[1]))
        # First those few whom an index finds, whenever they served there; else all are read.
        ever = officers.filter(named).values("pk")
        ever = ever.union(postings.filter(unit__in=here).values("officer"), all=True)
        return self.filter(pk__in=ever).filter(named | Q(current_posting__unit__in=here))

    def similar_names(self, text: str) -> Self:
        """The names that come nearest, to the whole or to any word of it: for "did you mean"."""
        name = core_name(text)
        parts = [name, *(word for word in name.split() if len(word) > 3)]
        likenesses = [_likeness(part) for part in parts]
        likeness = Greatest(*likenesses) if len(likenesses) > 1 else likenesses[0]
        near = self.annotate(likeness=likeness).filter(likeness__gte=0.4)
        return near.order_by("-likeness", "sort_key")

    # --- Shapes: what a page needs, in one query -----------------------------------------------

    def with_answering_province(self) -> Self:
        """Adds `answering_province`, by which `registry.rules.access` judges: today's, always."""
        if "answering_province" in self.query.annotations:
            return self
        return self.annotate(answering_province=answering_province(timezone.localdate()))

    def with_expertise(self) -> Self:
        """Adds `expertise_names`, the names of the fields of expertise, sorted."""
        expertise = apps.get_model("registry", "OfficerExpertise")._default_manager
        named = expertise.filter(officer=OuterRef("pk")).order_by("expertise__name")
        return self.annotate(expertise_names=ArraySubquery(named.values("expertise__name")))

    def answering_province_of(self, officer_id: int) -> str:
        """Asked anew of the database, whatever the record at hand remembers."""
        rows = self.filter(pk=officer_id).with_answering_province()
        province: str | None = rows.values_list("answering_province", flat=True).first()
        return province or ""

    def listed(self) -> list[ListedOfficer]:
        """After `as_of`: the rows of a list."""
        rows = self.with_expertise().with_answering_province()
        return [ListedOfficer(*row) for row in rows.values_list(*LISTED)]

    def for_list(self) -> Self:
        """After `as_of`: the records with their posting, jenjang and status on that date."""
        rows = self.with_expertise().with_answering_province()
        return rows.select_related(
            "current_status", "current_jenjang", "current_posting__unit__region__parent"
        )

    def for_byline(self) -> Self:
        """After `joined_on`: with what stands below a name."""
        return self.select_related("current_jenjang", "current_posting__unit")

    def for_page(self) -> Self:
        """After `as_of`: what the page of one officer shows."""
        return (
            self.with_expertise()
            .with_answering_province()
            .select_related(
                "current_status",
                "current_jenjang",
                "current_pangkat",
                "current_posting__unit__region__parent",
            )
        )


def region_is(code: str) -> Q:
    """Condition on an officer after `as_of`: serving in that region."""
    if len(code) == 2:
        return Q(Exact(Left("current_posting__unit__region_id", 2), Value(code)))
    return Q(current_posting__unit__region=code)


def ordering(order: str, text: str = "") -> list[OrderBy]:
    """The columns to order by; the last one is always unique."""
    by_name = [F("sort_key").asc(), F("pk").asc()]
    if order == "-nama":
        return [F("sort_key").desc(), F("pk").desc()]
    if order == "terbaru":
        return [F("number").desc()]
    if order == "wilayah":
        return [F("current_posting__unit__region").asc(nulls_last=True), *by_name]
    if order == "jenjang":
        rank = Case(
            *(
                When(current_jenjang__jenjang=code, then=Value(place))
                for place, code in enumerate(JENJANG_ORDER)
            ),
            default=Value(len(JENJANG_ORDER)),
        )
        return [rank.asc(), *by_name]
    if order == "cocok" and text:
        name = core_name(text)
        starts = Case(When(sort_key__startswith=SortKey(Value(name)), then=0), default=1)
        likeness = _likeness(name)
        return [starts.asc(), likeness.desc(), *by_name]
    return by_name


def _likeness(name: str) -> TrigramWordSimilarity:
    """How much of the name, as it sounds, stands in an officer's name: 0 to 1."""
    sound: Any = NameKey(Value(name))
    return TrigramWordSimilarity(sound, "name_key")
