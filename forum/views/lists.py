"""The forum's front page and its categories: lists of topics."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum import presenters, rules
from forum.forms import ListForm
from forum.forms.lists import ORDERS, SHOWING
from forum.models import Category
from forum.views.entrance import members_only, person_of


@never_cache
@require_safe
@members_only
def index(request: HttpRequest) -> HttpResponse:
    """Every category one reads, and the newest topics of all of them."""
    form = ListForm(request.GET)
    user = person_of(request)
    context = {
        "moment": timezone.now().isoformat(),  # before the list: what comes after it stays unread
        "list": presenters.topic_list(user, form),
        "categories": presenters.category_rows(user),
        "can_moderate": rules.can_moderate(user),
        "is_pembina": rules.can_verify_answers(user),
        **_choices(form),
    }
    return render(request, "forum/index.html", context)


@never_cache
@require_safe
@members_only
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics of one category."""
    user = person_of(request)
    found = get_object_or_404(Category.objects.visible_to(user).for_index(user), slug=slug)
    form = ListForm(request.GET)
    context = {
        "category": found,
        "moment": timezone.now().isoformat(),
        "list": presenters.topic_list(user, form, found),
        "can_start": rules.can_start_topic(user, found),
        **_choices(form),
    }
    return render(request, "forum/category.html", context)


def _choices(form: ListForm) -> dict[str, Any]:
    """The links that choose what is shown and in which order."""
    return {
        "form": form,
        "showing": [
            (label, _query(tampil=code, urut=form.order), code == form.showing)
            for code, label in SHOWING.items()
        ],
        "orders": [
            (label, _query(tampil=form.showing, urut=code), code == form.order)
            for code, label in ORDERS.items()
        ],
    }


def _query(**values: str) -> str:
    return "?" + urlencode({name: value for name, value in values.items() if value})
