"""The public side of the news: the list, the articles, the feed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.refusals import Again, too_many
from epk.lib.atom import CONTENT_TYPE, atom
from news import presenters
from news.forms.lists import NARROWING, ListForm
from news.models import Article, Category
from news.views.comments import comment_context


@login_not_required
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """What is published, the newest first, narrowed by kind, category, year and words."""
    form = ListForm(request.GET, dict(Category.objects.values_list("slug", "name")))
    if form.text and not (verdict := throttle.hit_by(request, "search")).allowed:
        others = tuple((name, value) for name, value in form.query().items() if name in NARROWING)
        again = Again("get", request.path, "q", "Cari berita", form.text, "Cari", others)
        return too_many(request, verdict, again)
    context = {"form": form, "list": presenters.article_list(request.user, form)}
    return render(request, "news/articles.html", context)


@login_not_required
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article: its live version, its files, and what else there is to read about it.

    No Last-Modified: what stands around it changes too. The entity tag is made of the whole page.
    """
    found = get_object_or_404(Article.objects.visible_to(request.user).for_page(), slug=slug)
    context = {
        "article": presenters.article_page(found),
        "head": presenters.article_head(found),
        "related": presenters.related_rows(found, request.user),
        **comment_context(request, found),
    }
    return render(request, "news/article.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the same for whoever asks)
    """The newest of what everyone may read, as Atom. A program may keep it for five minutes.

    No Last-Modified: what is withdrawn makes a feed older, not newer.
    """
    body = atom(presenters.feed(), self_address=presenters.feed_address())
    answer = HttpResponse(body, content_type=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
