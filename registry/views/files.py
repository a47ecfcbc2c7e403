"""Photos and scans, handed out only after the rules were asked."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from epk.lib.files import file_response
from registry.models import Document, Officer
from registry.rules import Field, can_maintain_register, can_see_document, visible_fields


@login_not_required
@require_safe
def photo(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """The portrait, for whoever may see it; for everyone else it does not exist."""
    officer = _officer(request, register_number)
    if not officer.photo or Field.PHOTO not in visible_fields(request.user, officer):
        raise Http404
    name = officer.photo.name
    return file_response(
        officer.photo,
        content_type="image/webp" if name.endswith(".webp") else "image/jpeg",
        download_name=f"{register_number}.{name.rpartition('.')[2]}",
        inline=True,
        private=not officer.photo_public,
    )


@require_safe
def document(
    request: HttpRequest, register_number: str, document_id: uuid.UUID
) -> HttpResponseBase:
    """A scan of a letter or certificate, as a download."""
    officer = _officer(request, register_number)
    found = get_object_or_404(Document, pk=document_id, officer=officer)
    if not can_see_document(request.user, found, officer):
        raise Http404
    return file_response(
        found.file,
        content_type=found.content_type,
        download_name=found.original_name,
        inline=False,
        private=True,
    )


def _officer(request: HttpRequest, register_number: str) -> Any:
    """The officer, for those who keep the register also one not yet, or no longer, listed."""
    today = timezone.localdate()
    if can_maintain_register(request.user):
        officers = Officer.objects.joined_on(today)
    else:
        officers = Officer.objects.visible_to(request.user).as_of(today)
    return get_object_or_404(officers.for_list(), register_number=register_number)
