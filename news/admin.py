"""Articles to be looked up, and the categories of the news. Writing is done on the editors' pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from epk.lib import zones
from epk.lib.admin_access import OneRule, ReadOnly
from epk.lib.admin_lists import KnownParameters
from epk.lib.dates import format_datetime
from news import rules
from news.models import Article, Category


class EditorsOnly(OneRule, KnownParameters):
    """Tables of the news board, for its editors; of these only the superuser opens the admin."""

    actions: Any = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def may(self, request: HttpRequest) -> bool:
        return rules.can_edit(request.user)

    # Django's own log would keep names for ever; who wrote what stands with the versions.

    def log_addition(self, *_entry: Any) -> Any:
        """Nothing: see above."""

    def log_change(self, *_entry: Any) -> Any:
        """Nothing: see above."""

    def log_deletions(self, *_entries: Any) -> list[Any]:
        """Nothing: see above."""
        return []


@admin.register(Article)
class ArticleAdmin(ReadOnly, EditorsOnly, admin.ModelAdmin):
    """All articles, drafts and withdrawn ones included."""

    list_display = ("title", "kind", "audience", "standing", "publish_from", "publish_until")
    list_filter = ("kind", "audience", "categories")
    search_fields = ("title", "slug")
    search_help_text = "Judul atau alamat."
    ordering = ("-id",)
    fields = (
        "title",
        "slug",
        "page",
        "standing",
        ("kind", "audience"),
        "categories",
        ("publish_from", "publish_until"),
        "withdraw_reason",
        ("comments_open", "comments_until"),
    )

    @admin.display(description="keadaan")
    def standing(self, article: Article) -> str:
        if article.withdrawn_at is not None:
            return f"ditarik {format_datetime(article.withdrawn_at, zones.viewers_zone())}"
        return "disetujui" if article.live_id else "belum terbit"

    @admin.display(description="halaman redaksi")
    def page(self, article: Article) -> SafeString:
        path = reverse("news:article_edit", args=[article.pk])
        return format_html('<a href="{}">Buka di meja redaksi</a>', path)


@admin.register(Category)
class CategoryAdmin(EditorsOnly, admin.ModelAdmin):
    """Subjects by which articles are found; the address of one stays once it was given."""

    list_display = ("name", "slug", "position")
    search_fields = ("name",)
    fields = ("name", "slug", "position")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return {} if obj is not None else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        return ("slug",) if obj is not None else ()
