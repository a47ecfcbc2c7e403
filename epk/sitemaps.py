"""What search engines may find: the public pages and the officers in the register."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from registry.models import Officer


class PageSitemap(Sitemap[str]):
    """The pages that are no record."""

    def items(self) -> list[str]:
        return ["home", "registry:directory", "registry:check"]

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


SITEMAPS = {"halaman": PageSitemap, "petugas": OfficerSitemap}
