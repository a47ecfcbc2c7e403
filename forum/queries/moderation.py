"""Which reports, decisions, appeals and suspensions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from forum.queries.topic import sees_all

if TYPE_CHECKING:
    from accounts.models import User
    from forum.queries.topic import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class DecisionQuerySet(models.QuerySet[_Row_co]):
    def about(self, user: User) -> Self:
        """Those that touched somebody or what they wrote."""
        return self.filter(person=user)

    def with_undone(self) -> Self:
        """With `is_undone`: whether a later decision took this one back."""
        later = apps.get_model("forum", "Decision")._default_manager.order_by()
        return self.annotate(is_undone=Exists(later.filter(undoes=OuterRef("pk"))))

    def warnings_of(self, user: User) -> Self:
        """The warnings of somebody that still count."""
        return self.about(user).filter(verb="tegur", undone_by__isnull=True)

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

    def made_after(self, moment: dt.datetime, appeal_id: int) -> Self:
        """Those that come behind one, the oldest first."""
        return self.filter(Q(created_at__gt=moment) | Q(created_at=moment, pk__gt=appeal_id))


class SuspensionQuerySet(models.QuerySet[_Row_co]):
    def in_force(self, moment: dt.datetime) -> Self:
        return self.filter(begins_at__lte=moment, ends_at__gt=moment, lifted_at__isnull=True)
