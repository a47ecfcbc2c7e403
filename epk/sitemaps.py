"""What search engines may find: the public pages, the officers in the register and the news."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Event
from registry.models import Officer

CHANGED_AT: Final = Greatest("publish_from", Coalesce("updated_at", "publish_from"))
"""When an article was published, or a later version of it went live."""


class PageSitemap(Sitemap[str]):
    """The pages that are no record."""

    def items(self) -> list[str]:
        return ["home", "registry:directory", "registry:check", "news:articles", "news:events"]

    def location(self, item: str) -> str:
        return reverse(item)


class OfficerSitemap(Sitemap[Any]):
    """The profile of everyone whom the public may know of."""

    limit = 5_000

    def items(self) -> QuerySet[Any, Any]:
        officers = Officer.objects.visible_to(AnonymousUser()).as_of(timezone.localdate())
        return officers.order_by("number").values_list("register_number", flat=True)

    def location(self, item: str) -> str:
        return reverse("registry:profile", args=[item])


class ArticleSitemap(Sitemap[Any]):
    """Every article that everyone may read."""

    limit = 5_000

    def items(self) -> QuerySet[Any, Any]:
        rows = Article.objects.for_feed().in_order()
        return rows.values_list("slug", CHANGED_AT)

    def location(self, item: tuple[str, dt.datetime]) -> str:
        return reverse("news:article", args=[item[0]])

    def lastmod(self, item: tuple[str, dt.datetime]) -> dt.datetime:
        return item[1]

    def get_latest_lastmod(self) -> dt.datetime | None:
        """For the index, without reading every article."""
        found = Article.objects.for_feed().aggregate(last=Max(CHANGED_AT))
        return cast("dt.datetime | None", found["last"])


class EventSitemap(Sitemap[Any]):
    """Every published event, cancelled ones too."""

    limit = 5_000

    def items(self) -> QuerySet[Any, Any]:
        events = Event.objects.visible_to(AnonymousUser()).order_by("pk")
        return events.values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return reverse("news:event", args=[item])


# One line a section: its name stands in the address of its part, `sitemap-berita.xml`.
SITEMAPS = {
    "halaman": PageSitemap,
    "petugas": OfficerSitemap,
    "berita": ArticleSitemap,
    "kegiatan": EventSitemap,
}
