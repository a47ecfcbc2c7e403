"""Which reports, decisions, appeals and suspensions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class DecisionQuerySet(models.QuerySet[_Row_co]):
    def about(self, user: User) -> Self:
        """Those that touched somebody or what they wrote."""
        return self.filter(person=user)


class ReportQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(closed_at__isnull=True)


class AppealQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(decided_at__isnull=True)


class SuspensionQuerySet(models.QuerySet[_Row_co]):
    def in_force(self, moment: dt.datetime) -> Self:
        return self.filter(begins_at__lte=moment, ends_at__gt=moment, lifted_at__isnull=True)
