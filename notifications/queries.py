"""Which mails of the outbox, in what order, and how the queue stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from django.db import models
from django.db.models import Count, Min, Q

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)

WAITING: Final = "menunggu"
SENT: Final = "terkirim"
FAILED: Final = "gagal"


@dataclass(frozen=True)
class Standing:
    """How many mails wait and since when the oldest does, and how many have failed."""

    waiting: int
    oldest: dt.datetime | None
    failed: int


class MailQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(state=WAITING)

    def failed(self) -> Self:
        return self.filter(state=FAILED)

    def retryable(self) -> Self:
        """Failed ones whose text is still there."""
        return self.failed().exclude(text="")

    def overdue(self, moment: dt.datetime) -> Self:
        """Waiting ones that should have been tried before that moment."""
        return self.waiting().filter(next_try__lt=moment)

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
