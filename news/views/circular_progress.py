"""How far a circular has been read, for Redaksi, Admin Ditjen and each Admin Provinsi."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from news import rules
from news.forms.circulars import ProgressForm
from news.models import Circular
from news.presenters import circular_progress as shown

if TYPE_CHECKING:
    from accounts.models import User


@never_cache
@require_safe
def circular_progress(request: HttpRequest, circular_id: int) -> HttpResponse:
    """Counts by province, and who has not acknowledged (or who has)."""
    user, found = _followed(request, circular_id)
    form = ProgressForm(request.GET)
    progress = shown.progress_of(
        found, user, province=form.province, is_done=form.is_done, after=form.after
    )
    context = {
        "circular_id": found.pk,
        "progress": progress,
        "is_done": form.is_done,
        "all_query": form.query(provinsi=""),
        "waiting_query": form.query(tampil=""),
        "done_query": form.query(tampil="sudah"),
        "here_query": form.query(),
        "next_query": form.query(setelah=str(progress.next_place)),
        "province_query": form.query(tampil=""),
    }
    return render(request, "news/circular_progress.html", context)


@never_cache
@require_safe
def circular_progress_csv(request: HttpRequest, circular_id: int) -> HttpResponse:
    """The same people as a table for a spreadsheet."""
    user, found = _followed(request, circular_id)
    text = shown.progress_csv(found, user, province=ProgressForm(request.GET).province)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"edaran-{found.pk}-pembaca.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_safe
def circular_proof(request: HttpRequest, circular_id: int) -> HttpResponse:
    """For paper: the figures and all names with their times, in parts of two hundred."""
    user, found = _followed(request, circular_id)
    form = ProgressForm(request.GET)
    progress = shown.progress_of(
        found,
        user,
        province=form.province,
        is_done=None,
        after=form.after,
        size=shown.NAMES_A_PART,
    )
    context = {
        "circular_id": found.pk,
        "progress": progress,
        "here_query": form.query(),
        "next_query": form.query(setelah=str(progress.next_place)),
        "by": user.name,
    }
    return render(request, "news/circular_proof.html", context)


def _followed(request: HttpRequest, circular_id: int) -> tuple[User, Circular]:
    """403 for those who follow none, 404 for a circular that asked nobody in one's provinces."""
    if not rules.can_follow_circulars(request.user):
        raise PermissionDenied
    rows = Circular.objects.followed_by(request.user).for_progress()
    return cast("User", request.user), get_object_or_404(rows, pk=circular_id)
