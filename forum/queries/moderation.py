"""Which reports, decisions, appeals and suspensions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from forum.queries.topic import sees_all

if TYPE_CHECKING:
    from accounts.models import User
    from forum.queries.topic import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class DecisionQuerySet(models.QuerySet[_Row_co]):
    def about(self, user: User) -> Self:
        """Those that touched somebody or what they wrote."""
        return self.filter(person=user)

    def open_to(self, user: Viewer) -> Self:
        """For moderators all, for others those about themselves."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if sees_all(user) else self.about(user)


class ReportQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(closed_at__isnull=True)


class AppealQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(decided_at__isnull=True)


class SuspensionQuerySet(models.QuerySet[_Row_co]):
    def in_force(self, moment: dt.datetime) -> Self:
        return self.filter(begins_at__lte=moment, ends_at__gt=moment, lifted_at__isnull=True)
