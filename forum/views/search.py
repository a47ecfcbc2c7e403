"""The search of the forum, and what is suggested while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum import presenters
from forum.forms.search import NameForm, SearchForm, TitleForm
from forum.models import Category
from forum.views.entrance import members_only, person_of


@never_cache
@require_safe
@members_only
def search(request: HttpRequest) -> HttpResponse:
    """Posts that answer what was typed, each with the words that were found."""
    user = person_of(request)
    form = SearchForm(request.GET, categories=Category.objects.visible_to(user))
    context = {"form": form, "results": presenters.results(user, form)}
    return render(request, "forum/search.html", context)


@never_cache
@require_safe
@members_only
def similar_topics(request: HttpRequest) -> HttpResponse:
    """Topics like the title that is being typed, as JSON for the page of a new topic."""
    form = TitleForm(request.GET)
    title = form.cleaned_data["judul"] if form.is_valid() else ""
    rows = presenters.similar(person_of(request), title)
    topics = [{"title": row.title, "path": row.path, "state": row.state_word} for row in rows]
    return JsonResponse({"topics": topics})


@never_cache
@require_safe
@members_only
def mention_names(request: HttpRequest) -> HttpResponse:
    """Officers who can be mentioned, as JSON for the box in which a post is written."""
    form = NameForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    names = presenters.names_like(person_of(request), text) if text else []
    return JsonResponse({"names": names})
