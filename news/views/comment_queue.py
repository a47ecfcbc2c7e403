"""What editors see and do with comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from news import presenters, rules
from news.actions import comment_moderation as acts
from news.forms.comments import ChosenForm, DecideCommentForm
from news.models import Comment, CommentReport

if TYPE_CHECKING:
    from accounts.models import User

LET_THROUGH: Final = ("tampilkan", "Tampilkan")
REFUSE: Final = ("tolak", "Tolak; tidak pernah tampil")
HIDE: Final = ("sembunyikan", "Sembunyikan")
SHOW_AGAIN: Final = ("kembalikan", "Tampilkan kembali")
DISMISS: Final = ("tutup", "Tutup laporan; komentar tetap tampil")
ACTS: Final[dict[str, Callable[..., object]]] = {
    REFUSE[0]: acts.refuse,
    HIDE[0]: acts.hide,
    SHOW_AGAIN[0]: acts.show_again,
    DISMISS[0]: acts.dismiss,
}
State = Comment.State


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest) -> HttpResponse:
    """What waits and what was reported; several that wait can be let through at once."""
    user = _editor(request)
    queue = presenters.comment_queue(user)
    if request.method != "POST":
        return render(request, "news/comments.html", {"queue": queue, "chosen": []})
    keys = [row.pk for row in queue.waiting]
    form = ChosenForm(request.POST, waiting=keys)
    if form.is_valid():
        chosen = form.cleaned_data["chosen"]
        rows = Comment.objects.filter(pk__in=chosen).order_by("created_at", "pk")
        done, refusals = acts.let_through_all(rows, by=user)
        if done:
            messages.success(request, f"{done} komentar ditampilkan.")
        for sentence in refusals:
            messages.error(request, sentence)
        return redirect("news:comments")
    context = {"queue": queue, "form": form, "chosen": request.POST.getlist("chosen")}
    return render(request, "news/comments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_moderate(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment with all that editors know of it, and what they can do."""
    user = _editor(request)
    rows = Comment.objects.exclude(state__in=[State.UNCONFIRMED, State.DELETED])
    found = get_object_or_404(rows.for_queue().select_related("moderated_by"), pk=comment_id)
    if not rules.can_moderate_comment(user, found):
        raise PermissionDenied
    reports = list(CommentReport.objects.open().filter(comment=found))
    form = DecideCommentForm(request.POST or None, acts=_offered(request, found, reports))
    if request.method == "POST" and form.is_valid() and _done(form, found, user):
        messages.success(request, "Tersimpan.")
        return redirect("news:comments")
    if request.method == "POST":  # somebody else may have decided meanwhile
        found = get_object_or_404(rows.for_queue().select_related("moderated_by"), pk=comment_id)
        form.offer(_acts(found, is_reported=bool(reports)))
    context = {
        "form": form,
        "row": presenters.queue_row(found, user),
        "state": found.get_state_display(),
        "decision": presenters.decision_line(found),
        "reports": presenters.report_lines(reports),
    }
    return render(request, "news/comment_moderate.html", context)


def _done(form: DecideCommentForm, found: Comment, user: User) -> bool:
    act, reason = form.cleaned_data["act"], form.cleaned_data["reason"]
    try:
        if act == LET_THROUGH[0]:
            acts.let_through(found, by=user)
        else:
            ACTS[act](found, reason=reason, by=user)
    except ValidationError as error:
        form.add_error("reason" if error.code == "required" else None, error)
        return False
    return True


def _offered(
    request: HttpRequest, found: Comment, reports: list[CommentReport]
) -> list[tuple[str, str]]:
    """What can be done now; a form sent a moment too late is answered by the action."""
    if request.method == "POST":
        return [LET_THROUGH, REFUSE, HIDE, SHOW_AGAIN, DISMISS]
    return _acts(found, is_reported=bool(reports))


def _acts(found: Comment, *, is_reported: bool) -> list[tuple[str, str]]:
    open_for: dict[str, list[tuple[str, str]]] = {
        State.WAITING: [LET_THROUGH, REFUSE],
        State.SHOWN: [HIDE, DISMISS] if is_reported else [HIDE],
        State.HIDDEN: [SHOW_AGAIN],
        State.REFUSED: [SHOW_AGAIN],
    }
    return open_for[found.state]


def _editor(request: HttpRequest) -> User:
    if not rules.can_edit(request.user):
        raise PermissionDenied
    return cast("User", request.user)
