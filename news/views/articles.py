"""The public side of the news: the list and the articles."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news import presenters
from news.models import Article

PER_PAGE = 12


@login_not_required
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """What is published, the newest first."""
    rows = Article.objects.visible_to(request.user).for_list().in_order()[:PER_PAGE]
    return render(request, "news/articles.html", {"rows": presenters.article_rows(rows)})


@login_not_required
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article: its live version, its files."""
    found = get_object_or_404(Article.objects.visible_to(request.user).for_page(), slug=slug)
    return render(request, "news/article.html", {"article": presenters.article_page(found)})
