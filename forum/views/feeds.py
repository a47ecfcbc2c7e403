"""Feeds for programs, which show a key in place of a login, and the page about that key."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from accounts.refusals import too_many
from epk.lib.atom import CONTENT_TYPE, atom
from forum import presenters, rules
from forum.actions import feeds as actions
from forum.forms.feeds import MAKE, KeyActionForm, KeyForm
from forum.models import Category, FeedKey
from forum.views.entrance import members_only, person_of

NOT_UNDERSTOOD = "Pilihan itu tidak dikenal; tidak ada yang diubah."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def feeds(request: HttpRequest) -> HttpResponse:
    """One's key: make it, make it anew, take it away. A new one is shown in the answer, once."""
    user = person_of(request)
    key = ""
    if request.method == "POST":
        form = KeyActionForm(request.POST)
        if not form.is_valid():
            messages.error(request, NOT_UNDERSTOOD)
            return redirect("forum:feeds")
        if form.cleaned_data["aksi"] != MAKE:
            if actions.revoke_feed_key(user):
                messages.success(request, "Alamat umpan Anda tidak berlaku lagi.")
            return redirect("forum:feeds")
        key = actions.make_feed_key(user)
    return render(request, "forum/feeds.html", presenters.key_context(user, key))


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The newest posts of all categories that the owner of the key reads."""
    return _feed(request, "")


@login_not_required
@require_safe
def feed_of_category(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The newest posts of one category."""
    return _feed(request, slug)


def _feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the owner of the key may read at this moment; a key that does not count is nobody."""
    form = KeyForm(request.GET)
    key = FeedKey.objects.of_text(form.cleaned_data["kunci"]).first() if form.is_valid() else None
    verdict = throttle.hit_by(request, "feed", account=f"#{key.user_id}" if key else "")
    if not verdict.allowed:
        return too_many(request, verdict)
    if key is None or not rules.can_enter_forum(key.user):
        raise Http404
    category = get_object_or_404(Category.objects.visible_to(key.user), slug=slug) if slug else None
    found = presenters.feed_rows(key, category)
    actions.note_use(key)
    body = atom(found, self_address=presenters.feed_address(form.cleaned_data["kunci"], slug))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=CONTENT_TYPE)
    answer.headers["ETag"] = tag
    # Rights may end at any moment, so whoever keeps a feed asks before it is shown again.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    # No Last-Modified: what is hidden, or out of the owner's sight, makes a feed older, not newer.
    return get_conditional_response(request, tag, None, answer) or answer
