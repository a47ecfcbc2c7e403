"""Which consultations, and with whom they lie."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class ConsultationQuerySet(models.QuerySet[_Row_co]):
    def of(self, user: User) -> Self:
        """Those in which somebody has a seat."""
        return self.filter(topic__members__user=user, topic__members__left_at__isnull=True)


class AssignmentQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(outcome="")

    def overdue(self, date: dt.date) -> Self:
        """Waiting ones whose last day is over."""
        return self.waiting().filter(due_on__lt=date)
