"""Which articles someone may know of, and what their pages show."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.db.models.functions import JSONObject
from django.utils import timezone

from news.queries.readers import reads_internal

if TYPE_CHECKING:
    from news.queries.readers import Viewer

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class ArticleQuerySet(models.QuerySet[_Row_co]):
    def published(self, at: dt.datetime | None = None) -> Self:
        """Those that stand at their address at that moment, by default now."""
        now = at or timezone.now()
        return self.filter(
            Q(publish_until__isnull=True) | Q(publish_until__gt=now),
            live__isnull=False,
            withdrawn_at__isnull=True,
            publish_from__lte=now,
        )

    def visible_to(self, user: Viewer) -> Self:
        """The published ones that somebody may know of, by page, list, feed, site map, notice, file.

        Editors see the others on their own pages (`/redaksi/`).
        """
        rows = self.published()
        return rows if reads_internal(user) else rows.filter(audience="umum")

    def unannounced(self) -> Self:
        """Published ones with a first version or a major change that nobody was told of yet.

        A minor change that came after a major one does not silence it.
        """
        versions: Any = apps.get_model("news", "ArticleVersion")._default_manager
        news = versions.order_by().filter(
            article=OuterRef("pk"),
            number__gt=OuterRef("announced"),
            state__in=["terbit", "lama"],
            change__in=["pertama", "besar"],
        )
        return self.published().filter(Exists(news))

    def to_watch(self) -> Self:
        """Those that begin or end soon, or began in the last week, for the editors' first page."""
        now = timezone.now()
        week = dt.timedelta(days=7)
        return self.filter(
            Q(publish_from__gt=now - week) | Q(publish_until__range=(now, now + week)),
            live__isnull=False,
            withdrawn_at__isnull=True,
        ).order_by("-publish_from", "-pk")

    def in_order(self) -> Self:
        return self.order_by("-publish_from", "-pk")

    def after(self, moment: dt.datetime, key: int) -> Self:
        """Those that come after a place in that order: a page of a list begins where one ended."""
        return self.filter(TupleLessThan(Tuple(F("publish_from"), F("pk")), (moment, key)))

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_category(self, slug: str) -> Self:
        return self.filter(categories__slug=slug)

    def between(self, begin: dt.datetime, end: dt.datetime) -> Self:
        """Published from `begin` on and before `end`."""
        return self.filter(publish_from__gte=begin, publish_from__lt=end)

    def pinned(self) -> Self:
        """Those that stand above the list, the one pinned last first."""
        return self.filter(pinned_at__isnull=False).order_by("-pinned_at", "-pk")

    def for_list(self) -> Self:
        """With the live version and its cover, without its text."""
        return self.select_related("live__cover").defer("search", "live__source", "live__html")

    def with_subjects(self) -> Self:
        """With `subjects`: the name and the slug of each category, in the same query."""
        categories: Any = apps.get_model("news", "Category")._default_manager
        of_article = categories.filter(articles=OuterRef("pk")).order_by("position", "name")
        row = JSONObject(name="name", slug="slug")
        return self.annotate(subjects=ArraySubquery(of_article.values(row=row)))

    def for_page(self) -> Self:
        """With all that the page of an article shows: categories, and the files in their order."""
        files: Any = apps.get_model("news", "ArticleFile")._default_manager
        return (
            self.select_related("live__cover")
            .defer("search", "live__source")
            .with_subjects()
            .prefetch_related(Prefetch("live__files", queryset=files.select_related("file")))
        )

    def for_feed(self) -> Self:
        """What goes out to programs and search engines: nothing that is not for everyone."""
        return self.published().filter(audience="umum")


class VersionQuerySet(models.QuerySet[_Row_co]):
    def working(self) -> Self:
        return self.filter(state__in=["draf", "telaah"])

    def for_editor(self) -> Self:
        """With all that the page of an editor shows of a version."""
        files: Any = apps.get_model("news", "ArticleFile")._default_manager
        return self.select_related("cover", "saved_by").prefetch_related(
            Prefetch("files", queryset=files.select_related("file"))
        )


class PreviewLinkQuerySet(models.QuerySet[_Row_co]):
    def valid(self) -> Self:
        return self.filter(expires_at__gt=timezone.now())
