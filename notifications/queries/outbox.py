"""Which mails of the outbox, in what order, and how the queue stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Lower

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)

WAITING: Final = "menunggu"
SENT: Final = "terkirim"
FAILED: Final = "gagal"
CANCELLED: Final = "dibatalkan"
ORDERED_TRIES: Final = 3
"""Later mails to the same address wait until the one before has been tried this often."""
ORDERED_FOR: Final = dt.timedelta(minutes=5)
"""The pause before the last of these tries. What is put off for longer waits for the end of quiet
hours, and what the service requires does not wait behind that."""

FURTHEST: Final = dt.timedelta(hours=13)
"""No mail is put off for longer: a next try further ahead was noted by a clock that was ahead."""


@dataclass(frozen=True)
class Standing:
    """How many mails wait and since when the oldest does, and how many have failed."""

    waiting: int
    oldest: dt.datetime | None
    failed: int


@dataclass(frozen=True)
class Pulse:
    """For watching machines: what waits, since when the oldest is due, what failed in a day."""

    waiting: int
    due_since: dt.datetime | None
    failed_in_a_day: int


class MailQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(state=WAITING)

    def failed(self) -> Self:
        return self.filter(state=FAILED)

    def retryable(self) -> Self:
        """Failed and cancelled ones whose text is still there."""
        return self.filter(state__in=[FAILED, CANCELLED]).exclude(text="")

    def due(self, lane: int, moment: dt.datetime) -> Self:
        """What a lane may hand over at that moment, in order.

        Not what waits behind an earlier mail to the same address that was refused for now: a
        person reads the mails in the order in which things happened. Nor what is not required and
        waits behind one that is put off to the end of quiet hours.
        """
        refused = Q(attempts__gt=0, attempts__lt=ORDERED_TRIES, next_try__lte=moment + ORDERED_FOR)
        # One that an app could not judge says why; nothing waits behind it.
        quiet = Q(attempts__lt=ORDERED_TRIES, required=False, last_error="")
        earlier = (
            self.model._base_manager.annotate(box=Lower("recipient"))
            .filter(
                refused | quiet & Q(required=OuterRef("required")),
                state=WAITING,
                lane=OuterRef("lane"),
                pk__lt=OuterRef("pk"),
                next_try__gt=moment,
                next_try__lte=moment + FURTHEST,
                box=Lower(OuterRef("recipient")),
            )
            .order_by()
        )
        come = Q(next_try__lte=moment) | Q(next_try__gt=moment + FURTHEST)
        return self.waiting().filter(come, ~Exists(earlier), lane=lane).order_by("pk")

    def next_look(self, lane: int, moment: dt.datetime) -> dt.datetime | None:
        """When that lane has something to hand over next: that moment, a later one, or None."""
        if self.due(lane, moment).exists():
            return moment
        later = self.waiting().filter(lane=lane, next_try__gt=moment)
        found: dt.datetime | None = later.aggregate(first=Min("next_try"))["first"]
        return found

    def for_list(self) -> Self:
        """Without the texts: they may hold links that let somebody in."""
        return self.defer("text", "html", "headers")

    def standing(self) -> Standing:
        found = self.aggregate(
            waiting=Count("pk", filter=Q(state=WAITING)),
            oldest=Min("created_at", filter=Q(state=WAITING)),
            failed=Count("pk", filter=Q(state=FAILED)),
        )
        return Standing(**found)

    def pulse(self, moment: dt.datetime) -> Pulse:
        """By the indexes of what waits and what has failed, however many rows there are."""
        lately = Q(state=FAILED, failed_at__gt=moment - dt.timedelta(days=1))
        found = self.filter(Q(state=WAITING) | lately).aggregate(
            waiting=Count("pk", filter=Q(state=WAITING)),
            due_since=Min("next_try", filter=Q(state=WAITING, next_try__lte=moment)),
            failed_in_a_day=Count("pk", filter=lately),
        )
        return Pulse(**found)
