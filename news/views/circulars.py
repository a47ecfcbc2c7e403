"""Circulars as their readers see them: the list, one of them, the button that confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from epk.lib.methods import post_only
from news import presenters, rules
from news.actions import reading
from news.forms.circulars import AcknowledgeForm
from news.models import Circular

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE = 20
MOST_WAITING = 50
NO_VERSION = 0
READ = "Terima kasih; tercatat bahwa Anda telah membaca edaran ini."


@never_cache
@require_safe
def circulars(request: HttpRequest) -> HttpResponse:
    """What waits to be read, then what was read; below it what one may follow besides."""
    user = _reader(request)
    own = Circular.objects.addressed_to(user).with_own_moment(user).for_list()
    waiting = own.unread_by(user).by_deadline()[:MOST_WAITING]
    read = Paginator(own.acknowledged_by(user), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "waiting": presenters.circular_rows(waiting),
        "page": read,
        "read": presenters.circular_rows(read.object_list),
        "query": QueryDict(),
    }
    if rules.can_follow_circulars(user):
        others = Circular.objects.visible_to(user).not_for(user).with_own_moment(user)
        context["others"] = presenters.circular_rows(others.for_list().in_order()[:PER_PAGE])
    return render(request, "news/circulars.html", context)


@never_cache
@require_safe
def circular(request: HttpRequest, circular_id: int) -> HttpResponse:
    """One circular with its button, or the time of one's own acknowledgement."""
    user = _reader(request)
    rows = Circular.objects.visible_to(user).with_own_moment(user).for_page()
    page = presenters.circular_page(get_object_or_404(rows, pk=circular_id))
    context = {
        "circular": page,
        "form": AcknowledgeForm(initial={"version": page.version}),
        "may_follow": rules.can_follow_circulars(user),
        "may_edit": rules.can_edit(user),
    }
    return render(request, "news/circular.html", context)


@never_cache
@post_only
def circular_acknowledge(request: HttpRequest, circular_id: int) -> HttpResponse:
    """Take down that somebody has read the version which the page showed."""
    user = _reader(request)
    found = get_object_or_404(Circular.objects.visible_to(user), pk=circular_id)
    form = AcknowledgeForm(request.POST)
    version_id = form.cleaned_data["version"] if form.is_valid() else NO_VERSION
    try:
        reading.acknowledge(found, version_id=version_id, by=user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        if error.code == "not_asked":
            return redirect("news:circulars")
    else:
        messages.success(request, READ)
    return redirect("news:circular", circular_id=found.pk)


def _reader(request: HttpRequest) -> User:
    if not rules.can_read_circulars(request.user):
        raise PermissionDenied
    return cast("User", request.user)
