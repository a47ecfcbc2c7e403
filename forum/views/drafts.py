"""Drafts and the files that hang on posts and drafts."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from epk.lib import zones
from epk.lib.files import file_response
from epk.lib.methods import post_only
from forum import presenters
from forum.actions import drafts as actions
from forum.forms.drafts import DraftForm
from forum.models import Attachment, Draft
from forum.views.entrance import members_only, person_of


@never_cache
@require_safe
@members_only
def drafts(request: HttpRequest) -> HttpResponse:
    """What one has begun and not sent."""
    rows = presenters.drafts_of(person_of(request))
    return render(request, "forum/drafts.html", {"drafts": rows})


@post_only
@members_only
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed, while it is typed; the answer is the sentence shown below the text."""
    form = DraftForm(request.POST, user=person_of(request))
    if not form.is_valid():
        return JsonResponse({"sentence": "Draf belum tersimpan."}, status=400)
    try:
        actions.save_draft(
            person_of(request),
            form.cleaned_data["place"],
            key=form.cleaned_data["key"],
            values=form.draft_values,
        )
    except ValidationError as error:
        return JsonResponse({"sentence": error.messages[0]}, status=400)
    clock = timezone.now().astimezone(zones.viewers_zone())
    return JsonResponse({"sentence": f"Draf tersimpan {clock:%H.%M} {clock.tzname()}."})


@post_only
@members_only
def draft_delete(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Forget a draft, or one file of it."""
    found = get_object_or_404(Draft.objects.of(person_of(request)), pk=draft_id)
    actions.drop_draft(found, by=person_of(request))
    messages.success(request, "Draf dihapus.")
    return redirect("forum:drafts")


@require_safe
@members_only
def attachment(request: HttpRequest, attachment_id: uuid.UUID) -> HttpResponseBase:
    """A file of a post that one may read, as a download."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=attachment_id)
    return file_response(
        found.file,
        content_type=found.content_type,
        download_name=found.original_name,
        inline=False,
        private=True,
    )
