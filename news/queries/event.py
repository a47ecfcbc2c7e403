"""Which events someone may know of, and who takes part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class EventQuerySet(models.QuerySet[_Row_co]):
    def published(self) -> Self:
        """Cancelled ones stay, and say so."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: Viewer) -> Self:  # noqa: ARG002  (every model is asked with it)
        """Events are for everyone; what is only for those registered is left out by the page."""
        return self.published()

    def past(self) -> Self:
        return self.filter(ends_at__lte=timezone.now())

    def coming(self) -> Self:
        """Those that are not over, the next one first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")


class RegistrationQuerySet(models.QuerySet[_Row_co]):
    def seated(self) -> Self:
        return self.filter(state__in=["diajukan", "terdaftar"])

    def waiting(self) -> Self:
        """The waiting list in its order."""
        return self.filter(state="menunggu").order_by("queued_at", "pk")
