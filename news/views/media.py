"""Pictures and files of the news board, for those who may read what shows them."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from epk.lib.files import file_response
from news import rules
from news.models import File, Picture
from news.rendering import KEY, PREVIEW_KEY


@login_not_required
@require_safe
def picture(request: HttpRequest, key: uuid.UUID, width: int) -> HttpResponseBase:
    """A picture in one of its widths. Editors see those of drafts, too, which no cache keeps."""
    visible = Picture.objects.visible_to(request.user)
    found = visible.filter(key=key).first()
    is_private = found is None
    if found is None and rules.can_edit(request.user):
        found = Picture.objects.filter(key=key).first()
    if found is None and (preview := _preview_key(request)):
        found = Picture.objects.of_preview(preview).filter(key=key).first()
    if found is None or width not in found.widths:
        raise Http404
    stored = (found.small, found.medium, found.large)[found.widths.index(width)]
    return file_response(
        stored,
        content_type="image/webp",
        download_name=found.original_name,
        inline=True,
        private=is_private or request.user.is_authenticated,
    )


@login_not_required
@require_safe
def file(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """A file to be downloaded."""
    rows = (
        File.objects.all()
        if rules.can_edit(request.user)
        else File.objects.visible_to(request.user)
    )
    preview = _preview_key(request)
    if preview and not rows.filter(key=key).exists():
        rows = File.objects.of_preview(preview)
    found = get_object_or_404(rows, key=key)
    return file_response(
        found.file,
        content_type=found.content_type,
        download_name=found.original_name,
        private=bool(preview) or request.user.is_authenticated,
    )


def _preview_key(request: HttpRequest) -> str:
    """The key of a preview link that came along; nothing for what could be none."""
    key = request.GET.get(KEY, "")
    return key if PREVIEW_KEY.fullmatch(key) else ""
