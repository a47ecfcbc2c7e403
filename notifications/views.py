"""The pages of /notifikasi/: the inbox, how one wants to be told, and the end of mails by a link."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from epk.lib.methods import post_only
from epk.lib.notices import DIGESTS, headings, kind_named, kinds
from epk.lib.text import format_number
from notifications import actions, addresses, links, presenters
from notifications.forms import UNREAD, ChoicesForm, GroupForm, HoursForm, InboxForm, UpToForm

GONE = "Pemberitahuan itu tidak ada lagi, atau tidak lagi dapat Anda lihat."


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told of, in groups; judged by what one may see now."""
    form = InboxForm(request.GET)
    found = presenters.inbox_of(
        _person(request), group=form.group, only_unread=form.only_unread, number=form.number
    )
    query = QueryDict(mutable=True)
    if form.only_unread:
        query["status"] = UNREAD
    if form.group:
        query["kelompok"] = slugify(form.group)
    context = {
        "inbox": found,
        "page": found.page,
        "query": query,
        "filters": _filters(form),
        "headings": _headings(form),
        "is_filtered": bool(query),
        "way_out": [("Lihat semua", reverse("notifications:inbox"))],
        "here": request.get_full_path(),
    }
    return render(request, "notifications/inbox.html", context)


@post_only
def open_group(request: HttpRequest) -> HttpResponse:
    """Read a group: on to its first unread event, and the group counts as read."""
    form = GroupForm(request.POST)
    path = None
    if form.is_valid():
        asked = form.cleaned_data
        path = actions.open_group(
            _person(request), asked["jenis"], asked["pokok"], up_to=asked["sampai"]
        )
    if path is None:
        messages.info(request, GONE)
        return redirect("notifications:inbox")
    return redirect(path)


@post_only
def mark_read(request: HttpRequest) -> HttpResponse:
    """One group, or with none named everything under the heading that the page was about."""
    one, whole = GroupForm(request.POST), UpToForm(request.POST)
    if "jenis" in request.POST or "pokok" in request.POST:
        if one.is_valid():
            asked = one.cleaned_data
            actions.mark_group_read(
                _person(request), asked["jenis"], asked["pokok"], up_to=asked["sampai"]
            )
        else:
            messages.info(request, GONE)
    elif whole.is_valid():
        count = actions.mark_read(
            _person(request), up_to=whole.cleaned_data["sampai"], group=_shown(request).group
        )
        messages.success(
            request,
            f"{format_number(count)} pemberitahuan ditandai sudah dibaca."
            if count
            else "Tidak ada yang belum dibaca.",
        )
    else:
        messages.info(request, GONE)
    return _back(request)


@post_only
def mark_unread(request: HttpRequest) -> HttpResponse:
    """The newest event of a group, to come back to it."""
    form = GroupForm(request.POST)
    if not form.is_valid() or not actions.mark_group_unread(
        _person(request), form.cleaned_data["jenis"], form.cleaned_data["pokok"]
    ):
        messages.info(request, GONE)
    return _back(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How one wants to be told of what, and at which hours."""
    user = _person(request)
    hours = actions.mail_hours_of(user)
    sent = request.POST if request.method == "POST" else None
    form = ChoicesForm(sent, chosen=actions.all_choices_of(user, hours))
    times = HoursForm(sent, instance=hours, place=actions.zone_of(user))
    if sent is not None and form.is_valid() and times.is_valid():
        actions.save_preferences(user, form.choices, times.instance)
        messages.success(request, "Pengaturan disimpan.")
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "times": times,
        "errors": [*form.errors, *times.errors],
        "paused": addresses.pause_of(user.email),
        "fixed": [kind for kind in kinds() if kind.fixed],
    }
    return render(request, "notifications/preferences.html", context)


@post_only
def resume_address(request: HttpRequest) -> HttpResponse:
    """The owner says that the mailbox works again."""
    if addresses.resume(_person(request).email):
        messages.success(request, "Surat dikirim lagi ke alamat e-mail Anda.")
    else:
        messages.info(request, "Alamat e-mail Anda tidak sedang dijeda.")
    return redirect("notifications:preferences")


# Exempt from the CSRF check: mail programs send this POST by themselves (RFC 8058), without a
# cookie; the signed token says who asks for what, and all it can do is end mails.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails that a link in one of them stands for. A GET only asks: scanners follow links."""
    asked = links.read_token(token)
    user = actions.owner_of(asked) if asked else None
    if asked is None or user is None:
        raise Http404
    done = False
    if request.method == "POST":
        actions.end_mails(user, asked.what)
        done = True
    kind = kind_named(asked.what)
    context = {
        "is_digest": asked.what in DIGESTS,
        "weekly": asked.what == "mingguan",
        "kind": kind,
        "done": done,
        "is_required": kind is not None and kind.fixed,
    }
    return render(request, "notifications/unsubscribe.html", context)


def _filters(form: InboxForm) -> list[tuple[str, str, bool]]:
    base = {"kelompok": slugify(form.group)} if form.group else {}
    return [
        ("Semua", _address(base), not form.only_unread),
        ("Belum dibaca", _address({**base, "status": UNREAD}), form.only_unread),
    ]


def _headings(form: InboxForm) -> list[tuple[str, str, bool]]:
    base = {"status": UNREAD} if form.only_unread else {}
    found = [("Semua jenis", _address(base), not form.group)]
    for heading in headings():
        address = _address({**base, "kelompok": slugify(heading)})
        found.append((heading, address, form.group == heading))
    return found


def _address(parameters: dict[str, str]) -> str:
    return f"{reverse('notifications:inbox')}{'?' if parameters else ''}{urlencode(parameters)}"


def _back(request: HttpRequest) -> HttpResponse:
    """To the part of the inbox the button was on, of whose address only what is ours is kept."""
    form = _shown(request)
    parameters: dict[str, Any] = {}
    if form.only_unread:
        parameters["status"] = UNREAD
    if form.group:
        parameters["kelompok"] = slugify(form.group)
    if form.number > 1:
        parameters["halaman"] = str(form.number)
    return redirect(_address(parameters))


def _shown(request: HttpRequest) -> InboxForm:
    """The part of the inbox that the button was on."""
    _, _, query = request.POST.get("kembali", "").partition("?")
    return InboxForm(QueryDict(query[:200]))


def _person(request: HttpRequest) -> User:
    """Pages are closed unless they say otherwise, so whoever comes here is logged in."""
    return cast("User", request.user)
