"""Which comments stand below an article, which wait for an editor, which were reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Window

if TYPE_CHECKING:
    import datetime as dt

    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class CommentQuerySet(models.QuerySet[_Row_co]):
    def visible_to(self, user: Viewer) -> Self:
        """The shown ones below articles that this person may read."""
        articles: Any = apps.get_model("news", "Article")._default_manager
        return self.filter(state="tampil", article__in=articles.visible_to(user).values("pk"))

    def standing(self) -> Self:
        """What is to be seen below an article: shown, or a tombstone above shown replies."""
        return self.filter(
            Q(state="tampil") | Q(state__in=["tersembunyi", "dihapus"], reply_count__gt=0)
        )

    def in_order(self) -> Self:
        """Each comment with its replies below it, in the order in which they appeared."""
        return self.order_by("thread", "number")

    def before(self, thread: int, number: int) -> Self:
        """Those that stand above a place in that order."""
        return self.filter(Q(thread__lt=thread) | Q(thread=thread, number__lt=number))

    def counted(self) -> Self:
        """With how many rows there are, so that a page and the count are one query."""
        return self.annotate(row_count=Window(Count("pk")))

    def waiting(self) -> Self:
        """What an editor has to let through or refuse, the oldest first."""
        return self.filter(state="menunggu").order_by("created_at", "pk")

    def reported(self) -> Self:
        """Shown ones with an open report."""
        reports: Any = apps.get_model("news", "CommentReport")._default_manager
        waiting = reports.open().filter(comment=OuterRef("pk"))
        return self.filter(Exists(waiting), state="tampil").order_by("shown_at", "pk")

    def for_queue(self) -> Self:
        """With the article and what was reported of each."""
        return self.select_related("article", "parent").annotate(
            said=ArrayAgg(
                "reports__reason",
                filter=Q(reports__isnull=False, reports__handled_at__isnull=True),
                distinct=True,
                default=[],
            )
        )

    def unconfirmed_since(self, moment: dt.datetime) -> Self:
        return self.filter(state="baru", created_at__lt=moment)

    def refused_before(self, moment: dt.datetime) -> Self:
        return self.filter(state="ditolak", moderated_at__lt=moment)

    def with_stale_address(self, moment: dt.datetime) -> Self:
        """Decided before that moment, with an address that serves nothing any more."""
        return self.filter(moderated_at__lt=moment).exclude(email="")


class CommentReportQuerySet(models.QuerySet[_Row_co]):
    def open(self) -> Self:
        return self.filter(handled_at__isnull=True)
