"""Which events someone may know of, and who takes part in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.db.models.functions import Coalesce, ExtractYear, JSONObject
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User
    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)
NAMES = ("title", "content_type", "size", "pages", "key", "original_name")


class EventQuerySet(models.QuerySet[_Row_co]):
    def published(self) -> Self:
        """Cancelled ones stay, and say so."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: Viewer) -> Self:  # noqa: ARG002  (every model is asked with it)
        """Events are for everyone; what is only for those registered is left out by the page."""
        return self.published()

    def past(self) -> Self:
        """Those that are over, the newest first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")

    def coming(self) -> Self:
        """Those that are not over, the next one first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def in_year(self, year: int) -> Self:
        """Those that begin in that year of Jakarta's calendar."""
        zone = timezone.get_current_timezone()
        return self.filter(
            starts_at__gte=dt.datetime(year, 1, 1, tzinfo=zone),
            starts_at__lt=dt.datetime(year + 1, 1, 1, tzinfo=zone),
        )

    def years(self) -> list[int]:
        """In which of them events began, the last one first."""
        zone = timezone.get_current_timezone()
        years = self.order_by().annotate(year=ExtractYear("starts_at", tzinfo=zone))
        return sorted(years.values_list("year", flat=True).distinct(), reverse=True)

    def after(self, moment: dt.datetime, key: int) -> Self:
        """Those past ones that come after a place in their order."""
        return self.filter(TupleLessThan(Tuple(F("starts_at"), F("pk")), (moment, key)))

    def for_list(self) -> Self:
        """With the cover and how many files there are, without the text."""
        files = _rows("SessionFile").filter(session__event=OuterRef("pk"))
        counted = files.values("session__event").annotate(many=Count("pk")).values("many")
        return (
            self.select_related("cover")
            .defer("source", "html")
            .annotate(file_count=Coalesce(Subquery(counted), 0))
        )

    def for_page(self) -> Self:
        return self.select_related("cover")

    def for_desk(self) -> Self:
        """For the editors' list: with how many wait for a decision, and how many for a seat."""
        return self.defer("source", "html").annotate(
            asked=_counted("diajukan"), waiting=_counted("menunggu")
        )

    def begins_between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Those that take place and begin then."""
        return self.published().filter(
            cancelled_at__isnull=True, starts_at__gte=start, starts_at__lt=end
        )


class SessionQuerySet(models.QuerySet[_Row_co]):
    def with_parts(self) -> Self:
        """In their order, with `speaker_list` and `file_list` as plain values: one query for all."""
        speakers = _rows("Speaker").filter(session=OuterRef("pk")).order_by("position", "pk")
        files = _rows("SessionFile").filter(session=OuterRef("pk")).order_by("position", "pk")
        named: dict[str, Any] = {
            "id": "pk",
            "title": "title",
            **{name: f"file__{name}" for name in NAMES[1:]},
        }
        return self.order_by("starts_at", "pk").annotate(
            speaker_list=ArraySubquery(speakers.values(row=JSONObject(name="name", about="about"))),
            file_list=ArraySubquery(files.values(row=JSONObject(**named))),
        )


class RegistrationQuerySet(models.QuerySet[_Row_co]):
    def seated(self) -> Self:
        return self.filter(state__in=["diajukan", "terdaftar"])

    def waiting(self) -> Self:
        """The waiting list in its order."""
        return self.filter(state="menunggu").order_by("queued_at", "pk")

    def in_force(self) -> Self:
        """Those with a seat or a place on the waiting list."""
        return self.filter(state__in=["diajukan", "terdaftar", "menunggu"])

    def of_account(self, user: User) -> Self:
        """Of the officer who logs in with that account."""
        return self.filter(officer__user=user)

    def with_place(self) -> Self:
        """Adds `ahead`: how many wait before this one."""
        before = Q(queued_at__lt=OuterRef("queued_at"))
        before |= Q(queued_at=OuterRef("queued_at"), pk__lt=OuterRef("pk"))
        queue = _rows("Registration").filter(before, event=OuterRef("event"), state="menunggu")
        counted = queue.values("event").annotate(many=Count("pk")).values("many")
        return self.annotate(ahead=Coalesce(Subquery(counted), 0))

    def in_order(self) -> Self:
        """As they came in."""
        return self.order_by("queued_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("officer")


def _counted(state: str) -> Coalesce:
    rows = _rows("Registration").filter(event=OuterRef("pk"), state=state)
    return Coalesce(Subquery(rows.values("event").annotate(many=Count("pk")).values("many")), 0)


def _rows(name: str) -> Any:
    return apps.get_model("news", name)._default_manager.order_by()
