"""Which consultations, and with whom they lie."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

if TYPE_CHECKING:
    from accounts.models import User

OFFICER: Final = "pengantar_kerja"
_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class ConsultationQuerySet(models.QuerySet[_Row_co]):
    def of(self, user: User) -> Self:
        """Those in which somebody has a seat."""
        return self.filter(topic__members__user=user, topic__members__left_at__isnull=True)

    def with_assignment(self) -> Self:
        """With `open_for` (the account that is to answer) and `due_on`; None where nobody is."""
        assignment: Any = apps.get_model("forum", "Assignment")._default_manager
        waiting = assignment.waiting().filter(consultation=OuterRef("pk")).order_by()
        return self.annotate(
            open_for=Subquery(waiting.values("user")[:1]),
            due_on=Subquery(waiting.values("due_on")[:1]),
        )

    def for_list(self, user: User) -> Self:
        """What somebody takes part in, the newest first."""
        rows = self.of(user).with_assignment().select_related("topic", "expertise")
        return rows.order_by("-topic__created_at", "-pk")

    def for_answerer(self, user: User) -> Self:
        """Of a list those that wait for this person's answer, the most pressing first."""
        return self.filter(open_for=user.pk).order_by("due_on", "pk")

    def not_for_answerer(self, user: User) -> Self:
        return self.filter(Q(open_for__isnull=True) | ~Q(open_for=user.pk))

    def after(self, asked_at: dt.datetime, consultation_id: int) -> Self:
        """Those that come after a place in the order of the list."""
        place = Tuple(F("topic__created_at"), F("pk"))
        return self.filter(TupleLessThan(place, (asked_at, consultation_id)))

    def for_panel(self) -> Self:
        return self.with_assignment().select_related("expertise", "publication")


class AssignmentQuerySet(models.QuerySet[_Row_co]):
    def waiting(self) -> Self:
        return self.filter(outcome="")

    def overdue(self, date: dt.date) -> Self:
        """Waiting ones whose last day is over."""
        return self.waiting().filter(due_on__lt=date)

    def without_answerer(self, date: dt.date, moment: dt.datetime) -> Self:
        """Waiting ones whose colleague cannot write here any more, and will not by the last day."""
        grants: Any = apps.get_model("accounts", "RoleGrant")._default_manager
        held = grants.active(date).filter(user=OuterRef("user"), role=OFFICER).order_by()
        suspensions: Any = apps.get_model("forum", "Suspension")._default_manager
        banned = suspensions.in_force(moment).filter(person=OuterRef("user")).order_by()
        return self.waiting().filter(
            Q(user__is_active=False)
            | ~Exists(held)
            | Exists(banned.filter(ends_at__date__gte=OuterRef("due_on")))
        )
