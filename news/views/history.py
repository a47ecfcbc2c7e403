"""What an article said before, and how it will look: for editors, and by a link for others."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from news import presenters
from news.forms import CompareForm
from news.models import Article, ArticleVersion, PreviewLink
from news.rendering import PREVIEW_KEY
from news.views.entrance import editors_only


@never_cache
@require_safe
@editors_only
def article_versions(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every version, the newest first, and what any two of them differ in."""
    article = get_object_or_404(Article, pk=article_id)
    rows = list(
        article.versions.order_by("-number").defer("source", "html")[: presenters.MOST_VERSIONS]
    )
    old, new = CompareForm(request.GET).pair
    if old is None and new is None and len(rows) > 1:
        old, new = rows[1].number, rows[0].number
    context = {
        "article": article,
        "rows": presenters.version_rows(rows),
        "comparison": presenters.comparison(article, old, new),
        "is_worked_on": any(row.is_working for row in rows),
    }
    return render(request, "news/article_versions.html", context)


@never_cache
@require_safe
@editors_only
def article_look(request: HttpRequest, article_id: int) -> HttpResponse:
    """The working version as its page will look, for editors; the live one where there is none."""
    version = _shown(get_object_or_404(Article, pk=article_id))
    if version is None:
        raise Http404
    context = {"article": presenters.preview_page(version), "edit_key": article_id}
    return render(request, "news/article_preview.html", context)


@login_not_required
@never_cache
@require_safe
def article_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The same for whoever holds the link, while it is valid."""
    if not PREVIEW_KEY.fullmatch(key):
        raise Http404
    link = get_object_or_404(PreviewLink.objects.valid().select_related("article"), key=key)
    article = link.article
    version = _shown(article)
    if version is None:
        raise Http404
    visible = Article.objects.visible_to(request.user).filter(pk=article.pk)
    if not version.is_working and visible.exists():
        return redirect("news:article", slug=article.slug)
    context = {"article": presenters.preview_page(version, key=key)}
    answer = render(request, "news/article_preview.html", context)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _shown(article: Article) -> ArticleVersion | None:
    rows = article.versions.for_editor().prefetch_related("pictures", "article__categories")
    return rows.working().first() or rows.filter(state=ArticleVersion.State.LIVE).first()
