"""The editors' pages of circulars at `/redaksi/edaran/`: list, writing, what is done with a version."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib.text import format_number
from news import rules
from news.actions import circulars as acts
from news.actions import versions
from news.forms.circulars import CircularForm, StepForm
from news.models import Circular, CircularVersion
from news.presenters import circular_editing as shown
from news.presenters.circular_progress import province_names

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE: Final = 25
SAVED: Final = "Tersimpan."
FIELDS: Final = (
    "letter", "title", "summary", "source", "deadline", "roles", "tiers", "jenjang", "provinces",
    "change", "note",
)  # fmt: skip


@never_cache
@require_safe
def editor_circulars(request: HttpRequest) -> HttpResponse:
    """All circulars, the newest first."""
    _editor(request)
    rows = Circular.objects.for_list().order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "rows": shown.editor_rows(page.object_list), "query": QueryDict()}
    return render(request, "news/editor_circulars.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def circular_new(request: HttpRequest) -> HttpResponse:
    """Begin a circular; nothing of it is seen before a second editor has approved it."""
    user = _editor(request)
    form = CircularForm(
        request.POST or None,
        request.FILES or None,
        provinces=province_names().items(),
        is_first=True,
    )
    if request.method == "POST" and form.is_valid():
        version = acts.begin_circular(values=form.values, files=form.attachments, by=user)
        messages.success(request, SAVED)
        return redirect("news:circular_work", circular_id=version.circular_id)
    return render(request, "news/circular_edit.html", {"form": form, "is_new": True})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def circular_edit(request: HttpRequest, circular_id: int) -> HttpResponse:
    """Write the version that is worked on; what somebody else saved meanwhile is shown beside."""
    user = _editor(request)
    found = _circular(circular_id)
    version = shown.shown_version(found)
    if not version.is_working:
        messages.error(request, versions.NOT_WORKING)
        return redirect("news:circular_work", circular_id=found.pk)
    attached = list(version.files.values_list("pk", "title"))
    given: dict[str, Any] = {
        "provinces": province_names().items(),
        "attached": attached,
        "is_first": found.live_id is None,
    }
    other = None
    if request.method == "POST":
        form = CircularForm(request.POST, request.FILES, **given)
        if form.is_valid():
            try:
                acts.save_circular(
                    version,
                    values=form.values,
                    files=form.attachments,
                    seen=form.seen_edits,
                    by=user,
                )
            except ValidationError as error:
                if error.code == "stale":
                    other = CircularVersion.objects.get(pk=version.pk)
                    form = _reloaded(request, other.edits, given)
                form.add_error(None, error)
            else:
                messages.success(request, SAVED)
                return redirect("news:circular_work", circular_id=found.pk)
    else:
        initial = {name: getattr(version, name) for name in FIELDS}
        initial |= {"publish_from": found.publish_from, "seen": version.edits}
        form = CircularForm(initial=initial, **given)
    context = {"form": form, "circular_id": found.pk, "title": version.title, "other": other}
    return render(request, "news/circular_edit.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def circular_work(request: HttpRequest, circular_id: int) -> HttpResponse:
    """How a circular stands, whom it would reach, and the buttons of what may be done."""
    user = _editor(request)
    found = _circular(circular_id)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = STEPS[form.cleaned_data["step"]](found, form.cleaned_data, user)
        except ValidationError as error:
            form.add_error(None, error)
            found = _circular(circular_id)
        else:
            messages.success(request, said)
            return redirect("news:circular_work", circular_id=found.pk)
    page = shown.work_page(found, user)
    if not form.is_bound:
        form = StepForm(initial={"change": page.change})
    return render(request, "news/circular_work.html", {"page": page, "form": form})


def _send(found: Circular, asked: dict[str, Any], by: User) -> str:
    acts.send_circular(_working(found), seen=asked["seen"] or 0, by=by)
    return "Diajukan. Editor lain menelaah dan menerbitkannya."


def _take_back(found: Circular, _asked: dict[str, Any], by: User) -> str:
    versions.take_back(_working(found), by=by)
    return "Kembali menjadi draf."


def _send_back(found: Circular, asked: dict[str, Any], by: User) -> str:
    versions.send_back(_working(found), remark=asked["remark"], seen=asked["seen"] or 0, by=by)
    return "Dikembalikan kepada penulisnya."


def _let_out(found: Circular, asked: dict[str, Any], by: User) -> str:
    count = acts.let_out_circular(
        _working(found), change=asked["change"], seen=asked["seen"] or 0, by=by
    )
    if count:
        return f"Terbit. {format_number(count)} orang diminta membaca."
    return "Terbit. Konfirmasi yang sudah ada tetap berlaku."


def _drop(found: Circular, _asked: dict[str, Any], by: User) -> str:
    versions.drop(_working(found), by=by)
    return "Versi itu dibatalkan."


def _begin(found: Circular, _asked: dict[str, Any], by: User) -> str:
    acts.begin_version(found, by=by)
    return "Versi baru dibuat; isinya sama dengan yang terbit, silakan diubah."


def _withdraw(found: Circular, _asked: dict[str, Any], by: User) -> str:
    acts.withdraw_circular(found, by=by)
    return "Edaran ditarik; tidak ada yang diingatkan lagi."


STEPS: Final[dict[str, Callable[[Circular, dict[str, Any], User], str]]] = {
    "ajukan": _send,
    "ambil": _take_back,
    "kembalikan": _send_back,
    "terbitkan": _let_out,
    "batalkan": _drop,
    "versi-baru": _begin,
    "tarik": _withdraw,
}


def _working(found: Circular) -> CircularVersion:
    """The version that the steps are about; they say themselves that none is worked on."""
    return shown.shown_version(found)


def _reloaded(request: HttpRequest, edits: int, given: dict[str, Any]) -> CircularForm:
    """The same form with what was typed, now aware of what somebody else has saved."""
    data = request.POST.copy()
    data["seen"] = str(edits)
    form = CircularForm(data, **given)
    form.full_clean()
    return form


def _circular(circular_id: int) -> Circular:
    return get_object_or_404(Circular.objects.select_related("live", "asking"), pk=circular_id)


def _editor(request: HttpRequest) -> User:
    if not rules.can_edit(request.user):
        raise PermissionDenied
    return cast("User", request.user)
