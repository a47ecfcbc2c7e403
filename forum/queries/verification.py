"""Which verifications hold, and which are to be looked at again."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeVar

from django.db import models

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class VerificationQuerySet(models.QuerySet[_Row_co]):
    def standing(self) -> Self:
        """Those not withdrawn or replaced by a newer one of the same answer."""
        return self.filter(ended_at__isnull=True)

    def to_review(self, date: dt.date) -> Self:
        """Standing ones that have run out, or cite a regulation that is replaced by then."""
        return self.standing().filter(review_from__lte=date)
