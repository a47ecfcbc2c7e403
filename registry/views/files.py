"""Photos and scans, handed out only after the rules were asked."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from epk.lib.files import file_response
from registry.actions import note_view
from registry.models import AccessRecord, Document, Officer
from registry.rules import Field, can_maintain_register, can_see_document, visible_fields

if TYPE_CHECKING:
    from accounts.models import User


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
    """A scan of a letter or certificate, as a download; to others than its officer, logged."""
    officer = _officer(request, register_number)
    found = get_object_or_404(Document, pk=document_id, officer=officer)
    if not can_see_document(request.user, found, officer):
        raise Http404
    response = file_response(
        found.file,
        content_type=found.content_type,
        download_name=found.original_name,
        inline=False,
        private=True,
    )
    if request.method == "GET":
        note_view(
            officer,
            [Field.DOCUMENTS],
            by=cast("User", request.user),
            channel=AccessRecord.Channel.DOCUMENT,
            address=request.META.get("REMOTE_ADDR"),
        )
    return response


def _officer(request: HttpRequest, register_number: str) -> Any:
    """The officer; for those who keep the record also one not yet, or no longer, listed."""
    today = timezone.localdate()
    numbered = Officer.objects.numbered(register_number)
    found = numbered.visible_to(request.user).as_of(today).for_list().first()
    if found is None and can_maintain_register(request.user):
        found = numbered.in_scope_of(request.user).joined_on(today).for_list().first()
    if found is None:
        raise Http404
    return found
