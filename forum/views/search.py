"""The search of the forum, and what is suggested while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.refusals import Again, too_many
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
    if form.text and not (verdict := throttle.hit_by(request, "search")).allowed:
        again = Again("get", request.path, "q", "Cari di forum", form.text, "Cari")
        return too_many(request, verdict, again)
    context = {"form": form, "results": presenters.results(user, form)}
    return render(request, "forum/search.html", context)


@never_cache
@require_safe
@members_only
def similar_topics(request: HttpRequest) -> HttpResponse:
    """Topics like the title that is being typed, as JSON for the page of a new topic."""
    form = TitleForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"topics": []})
    if too_often := _too_often(request):
        return too_often
    rows = presenters.similar(person_of(request), form.cleaned_data["judul"])
    topics = [{"title": row.title, "path": row.path, "state": row.state_word} for row in rows]
    return JsonResponse({"topics": topics})


@never_cache
@require_safe
@members_only
def mention_names(request: HttpRequest) -> HttpResponse:
    """Officers who can be mentioned there, as JSON for the box in which a post is written."""
    user, form = person_of(request), NameForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"names": []})
    if too_often := _too_often(request):
        return too_often
    asked = form.cleaned_data
    topic = presenters.place_of_names(user, asked["place"], asked["kategori"])
    names = presenters.names_like(user, asked["q"], topic) if topic else []
    return JsonResponse({"names": names})


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """What is suggested counts as a search: each is one. None where it may go on."""
    verdict = throttle.hit_by(request, "search")
    if verdict.allowed:
        return None
    headers = {"Retry-After": str(verdict.retry_after)}
    return JsonResponse({"sentence": verdict.sentence}, status=429, headers=headers)
