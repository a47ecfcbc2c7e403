"""Which notifications: one person's, unread ones, those whose mail is due; groups of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Max, Q, Window
from django.db.models.functions import FirstValue, RowNumber

from epk.lib.notices import DIGESTS, Choice, Ref

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)

MOST_COUNTED: Final = 100
"""The masthead says `99+` from here on; nobody counts further."""
MOST_OF_A_GROUP: Final = 50
"""How many unread rows of a group are judged from the oldest on; one with more says `50+`."""
MOST_NEWEST: Final = 10
"""How many of its newest rows, unread and read."""


JUDGED: Final = ("kind", "subject", "event__item", "event__facts", "read_at")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row of which the inbox asks whether it may be seen, in the order of JUDGED."""

    kind: str
    subject: str
    item: str
    facts: Mapping[str, str]
    read_at: dt.datetime | None

    @property
    def ref(self) -> Ref:
        return Ref(self.subject, self.item)


class NotificationQuerySet(models.QuerySet[_Row_co]):
    def of(self, user_id: int) -> Self:
        return self.filter(recipient_id=user_id)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def of_kinds(self, names: list[str]) -> Self:
        return self.filter(kind__in=names)

    def about(self, kind: str, subject: str) -> Self:
        """One group of the inbox."""
        return self.filter(kind=kind, subject=subject)

    def up_to(self, last_id: int) -> Self:
        """Those that were there when the page was shown, not what has come since."""
        return self.filter(pk__lte=last_id)

    def pending(self) -> Self:
        """A mail is still to be written about these."""
        return self.filter(due_at__isnull=False)

    def due(self, now: dt.datetime) -> Self:
        return self.filter(due_at__lte=now)

    def at_once(self) -> Self:
        return self.filter(span=Choice.AT_ONCE)

    def for_digests(self) -> Self:
        return self.filter(span__in=DIGESTS)

    def in_trouble(self) -> Self:
        return self.exclude(trouble="")

    def older_than(self, moment: dt.datetime) -> Self:
        return self.filter(created_at__lt=moment, due_at__isnull=True)

    def count_capped(self) -> int:
        """At most 100, whatever there is."""
        return int(self.order_by()[:MOST_COUNTED].count())

    def groups(self) -> Any:
        """One row a kind and subject, that with the newest event first.

        Keys: kind, subject, unread (how many), last_id, last_at; total (groups in all) and newest
        (the newest row of all).
        """
        return (
            self.order_by()
            .values("kind", "subject")
            .annotate(
                unread=Count("pk", filter=Q(read_at__isnull=True)),
                last_id=Max("pk"),
                last_at=Max("created_at"),
            )
            .annotate(
                total=Window(Count("*")),
                newest=Window(FirstValue("last_id"), order_by=F("last_id").desc()),
            )
            .order_by("-last_id")
        )

    def first_of_groups(self, groups: list[tuple[str, str]]) -> list[JudgedRow]:
        """What the page judges of each group: its oldest unread rows, its newest ones, and the newest
        read ones, should others be hidden.

        Oldest first; as plain values, since there may be many.
        """
        chosen = Q(pk__in=[])
        for kind, subject in groups:
            chosen |= Q(kind=kind, subject=subject)
        is_unread = Q(read_at__isnull=True)
        was_unread = ExpressionWrapper(is_unread, output_field=models.BooleanField())
        parts: list[Any] = [F("kind"), F("subject"), was_unread]
        rows = (
            self.filter(chosen)
            .annotate(
                oldest=Window(RowNumber(), partition_by=parts, order_by=F("pk").asc()),
                newest=Window(RowNumber(), partition_by=parts, order_by=F("pk").desc()),
            )
            .filter(
                Q(newest__lte=MOST_NEWEST) | Q(oldest__lte=MOST_OF_A_GROUP, read_at__isnull=True)
            )
            .order_by("pk")
        )
        return [JudgedRow(*row) for row in rows.values_list(*JUDGED)]
