"""Which verifications hold, and which are to be looked at again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from forum.queries.citation import citations_of
from forum.queries.topic import seen_by

if TYPE_CHECKING:
    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class VerificationQuerySet(models.QuerySet[_Row_co]):
    def standing(self) -> Self:
        """Those not withdrawn or replaced by a newer one of the same answer."""
        return self.filter(ended_at__isnull=True)

    def newest(self) -> _Row_co | None:
        """The one that stands at the top where there are several."""
        return self.order_by("-verified_at", "-pk").first()

    def to_review(self, date: dt.date) -> Self:
        """Standing ones that have run out, or cite a regulation that is replaced by then.

        Not of what is hidden: nobody reads it, and a Pembina could not verify it. Shown again, it
        comes back.
        """
        shown = self.standing().filter(post__state="tampil", post__topic__hidden_at__isnull=True)
        return shown.filter(review_from__lte=date)

    def after(self, day: dt.date, verification_id: int) -> Self:
        """Those that come after a place in the order of the list."""
        place = Tuple(F("review_from"), F("pk"))
        return self.filter(TupleGreaterThan(place, (day, verification_id)))

    def visible_to(self, user: User) -> Self:
        """Those of answers in topics that somebody may see."""
        return self.filter(seen_by(user, "post__topic__"))

    def citing(self, regulation: models.Model) -> Self:
        return self.filter(citations__regulation=regulation).distinct()

    def for_review(self) -> Self:
        """With the topic and its category, and `basis` as `citations_of` says."""
        return self.select_related("post__topic__category").annotate(basis=citations_of("pk"))


class RegulationQuerySet(models.QuerySet[_Row_co]):
    def in_force(self, date: dt.date) -> Self:
        """Those not replaced by then, so that an answer may rest on them."""
        return self.filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=date))

    def in_force_after(self, date: dt.date) -> Self:
        """Those that began later than that day: what may replace one that began on it."""
        return self.filter(in_force_from__gt=date)

    def for_list(self) -> Self:
        """By name, with `answers`: how many standing verifications cite them."""
        standing = Q(citations__verification__ended_at__isnull=True)
        answers = Count("citations__verification", filter=standing, distinct=True)
        return self.select_related("replaced_by").annotate(answers=answers).order_by("name", "pk")
