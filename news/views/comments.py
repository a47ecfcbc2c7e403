"""Comments: writing one, confirming it by the mailed link, changing and reporting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from accounts.refusals import refuse, with_status
from epk.lib.addresses import client_address
from epk.lib.origins import is_foreign
from news import links, presenters, rules
from news.actions import comments as acts
from news.forms.comments import (
    CommentForm,
    CommentReportForm,
    EditCommentForm,
    PageNumberForm,
    PublicCommentForm,
    ReplyForm,
)
from news.models import Article, Comment

if TYPE_CHECKING:
    from accounts.models import User

CLOSED = 409
NOT_SENT = "Anda sekarang masuk. Periksa komentar Anda, lalu tekan Kirim sekali lagi."


def comment_context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the page of an article needs for its comments; 404 for a page that is not there."""
    section = presenters.comments_of(article, request.user, PageNumberForm(request.GET).number)
    if section is None:
        raise Http404
    kind = CommentForm if section.at_once else PublicCommentForm
    return {"comments": section, "comment_form": kind.blank()}


# Exempt from the CSRF check: for people without an account, whose form carries no token because a
# token would put a cookie on every article. Forms of other sites are refused by what browsers say,
# and whoever comments under an account does so at `comment_add`, with a token.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: HttpRequest, slug: str) -> HttpResponse:
    """The public writes: kept, until the link in a mail is followed and an editor has looked."""
    if request.method == "POST":
        return _from_public(request, slug)
    found = _article(request, slug)
    if rules.can_comment_at_once(request.user):
        return redirect(_with_parent(request, found))
    return _writing(request, found, PublicCommentForm.blank(_parent(request, found)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has a role writes under the own name; it is shown at once."""
    found = _article(request, slug)
    if not rules.can_comment_at_once(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _writing(request, found, CommentForm.blank(_parent(request, found)))
    form = CommentForm(request.POST)
    if not rules.takes_comments(found, timezone.now()):
        return _writing(request, found, form, status=CLOSED)
    if form.is_valid():
        verdict = throttle.hit_by(request, "comment_member")
        if not verdict.allowed:
            refuse(form, verdict)
        else:
            try:
                made = acts.add_comment(found, by=_person(request), **form.values)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Komentar Anda tampil.")
                return redirect("news:comment", comment_id=made.pk)
    return with_status(_writing(request, found, form), form)


@login_not_required
@require_safe
def comment_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "news/comment_sent.html", {"days": links.DAYS})


# Exempt from the CSRF check: the signed token says what is confirmed, and it is all that can be.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the mailed link. A GET only asks: scanners follow links."""
    key = links.comment_of_token(token)
    rows = Comment.objects.filter(article__in=Article.objects.published().values("pk"))
    found = rows.select_related("article").filter(pk=key).first() if key else None
    if found is None:
        return render(request, "news/comment_dead_link.html", {"days": links.DAYS}, status=404)
    if request.method == "POST" and not is_foreign(request):
        outcome = "done" if acts.confirm_comment(found) else "again"
    else:
        outcome = "ask" if found.state == Comment.State.UNCONFIRMED else "again"
    context = {"comment": found, "article": found.article, "outcome": outcome}
    return render(request, "news/comment_confirm.html", context)


@login_not_required
@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """To the place of a comment on the page of its article."""
    return redirect(presenters.place_of(_comment(request, comment_id)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One's own comment, within 15 minutes."""
    found, user = _own(request, comment_id), _person(request)
    form = EditCommentForm(request.POST or None, initial={"source": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_comment(found, text=form.cleaned_data["source"], by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Komentar Anda disimpan.")
            return redirect("news:comment", comment_id=found.pk)
    is_late = not rules.can_edit_comment(user, found, timezone.now())
    context = {"form": form, "comment": found, "article": found.article, "is_late": is_late}
    return render(request, "news/comment_edit.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_delete(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One's own comment, at any time."""
    found = _own(request, comment_id)
    if request.method == "POST":
        acts.delete_comment(found, by=_person(request))
        messages.success(request, "Komentar Anda dihapus.")
        return redirect("news:article", slug=found.article.slug)
    return render(request, "news/comment_delete.html", {"comment": found, "article": found.article})


# Exempt from the CSRF check: anyone may report, and the token would put a cookie on a public page;
# forms of other sites are refused by what browsers say.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Tell the editors what is wrong with a comment; no account is needed."""
    found = _comment(request, comment_id)
    user = _person(request) if request.user.is_authenticated else None
    if (request.method == "POST" and is_foreign(request)) or (
        user is not None and not rules.can_report_comment(user, found)
    ):
        raise PermissionDenied
    form = CommentReportForm(request.POST if request.method == "POST" else None)
    done = False
    if form.is_bound and form.is_valid():
        verdict = throttle.hit_by(request, "comment_report")
        if not verdict.allowed:
            refuse(form, verdict)
        else:
            address = client_address(request)
            try:
                acts.report_comment(found, by=user, address=address, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                done = True
    context = {
        "form": form,
        "comment": found,
        "article": found.article,
        "done": done,
        "path": presenters.place_of(found),
    }
    return with_status(render(request, "news/comment_report.html", context), form)


def _from_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Whatever is refused stands in the form again. Too many cost one look at the article each."""
    if is_foreign(request):
        raise PermissionDenied
    if rules.can_comment_at_once(request.user):  # logged in since the form was opened
        own = CommentForm(request.POST)
        own.is_valid()
        own.add_error(None, NOT_SENT)
        return _writing(request, _article(request, slug), own)
    verdict = throttle.hit_by(request, "comment", account=f"artikel {slug}")
    found = _article(request, slug)
    form = PublicCommentForm(request.POST)
    if not rules.takes_comments(found, timezone.now()):
        return _writing(request, found, form, status=CLOSED)
    is_right = form.is_valid()
    if not verdict.allowed:
        refuse(form, verdict)
    elif is_right and _is_kept(form, found):
        return redirect("news:comment_sent")
    return with_status(_writing(request, found, form), form)


def _is_kept(form: PublicCommentForm, article: Article) -> bool:
    """Keep it and mail the link; where that cannot be, the form says why."""
    verdict = throttle.hit("comment_mail", account=form.cleaned_data["email"])
    if not verdict.allowed:
        refuse(form, verdict)
        return False
    try:
        acts.ask_to_confirm(article, **form.values)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _writing(
    request: HttpRequest, article: Article, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    """The form on a page of its own, with what it replies to."""
    is_open = rules.takes_comments(article, timezone.now())
    parent = form["parent"].value()
    rows = Comment.objects.filter(article=article, parent=None, state=Comment.State.SHOWN)
    replied = rows.filter(pk=parent).first() if is_open and str(parent).isdecimal() else None
    context = {
        "article": article,
        "comment_form": form,
        "form": form if is_open else CommentForm(),
        "typed": form["source"].value() or "",
        "is_open": is_open,
        "replied": replied,
        "at_once": rules.can_comment_at_once(request.user),
        "send_path": presenters.send_path(article, request.user),
    }
    return render(request, "news/comment_new.html", context, status=status)


def _article(request: HttpRequest, slug: str) -> Article:
    found: Article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    return found


def _parent(request: HttpRequest, article: Article) -> int | None:
    """The comment that the address asks to reply to; 404 where that cannot be."""
    parent = ReplyForm(request.GET).parent
    if parent is None:
        return None
    rows = Comment.objects.filter(article=article, parent=None, state=Comment.State.SHOWN)
    return get_object_or_404(rows, pk=parent).pk


def _with_parent(request: HttpRequest, article: Article) -> str:
    parent = ReplyForm(request.GET).parent
    path = presenters.send_path(article, request.user)
    return f"{path}?balas={parent}" if parent else path


def _comment(request: HttpRequest, comment_id: int) -> Comment:
    """A shown comment below an article that this person may read."""
    rows = Comment.objects.visible_to(request.user).select_related("article")
    return get_object_or_404(rows, pk=comment_id)


def _own(request: HttpRequest, comment_id: int) -> Comment:
    found = _comment(request, comment_id)
    if not rules.is_commenter(request.user, found):
        raise PermissionDenied
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
