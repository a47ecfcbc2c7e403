"""One post: its permanent address, editing it, what it said before, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forum import presenters, rules
from forum.actions import writing
from forum.forms import EditForm
from forum.rendering import rendered
from forum.views.entrance import members_only, person_of, post_of


@never_cache
@require_safe
@members_only
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The permanent address of a post: on to its place in whatever topic it stands now."""
    found = post_of(request, post_id)
    if found.moved_to is not None:
        return redirect("forum:post", post_id=found.moved_to_id)
    return redirect(presenters.place_of(found.topic_id, found.number))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def post_edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """Authors change what they wrote; what it said before stays to be read."""
    found = post_of(request, post_id)
    if not rules.can_edit_post(request.user, found):
        raise PermissionDenied
    first = found.number == 1
    if request.method != "POST":
        initial = {"title": found.topic.title, "source": found.source, "version": found.version}
        return _editing(request, EditForm(initial=initial, has_title=first), found)
    form = EditForm(request.POST, has_title=first)
    preview = ""
    if form.is_valid():
        asked = form.cleaned_data
        if request.POST.get("aksi") == "pratinjau":
            preview = presenters.filled(rendered(asked["source"]).html, person_of(request))
        else:
            try:
                writing.edit_post(
                    found,
                    source=asked["source"],
                    title=asked.get("title", ""),
                    seen_version=asked["version"] or 0,
                    by=person_of(request),
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect("forum:post", post_id=found.pk)
    return _editing(request, form, found, preview=preview)


@never_cache
@require_safe
@members_only
def post_history(request: HttpRequest, post_id: int) -> HttpResponse:
    """Every version of a post with what was changed, the newest first."""
    found = post_of(request, post_id)
    if not rules.can_read_post(request.user, found):
        raise Http404
    context = {"post": found, "topic": found.topic, "versions": presenters.versions_of(found)}
    return render(request, "forum/post_history.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def post_delete(request: HttpRequest, post_id: int) -> HttpResponse:
    """Ask, then take a post back."""
    found = post_of(request, post_id)
    if not rules.can_delete_post(request.user, found):
        raise PermissionDenied
    if request.method == "POST":
        try:
            writing.delete_post(found, by=person_of(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, "Tulisan Anda dihapus.")
            if found.number == 1:
                return redirect("forum:index")
        return redirect("forum:post", post_id=found.pk)
    context = {"post": found, "topic": found.topic}
    return render(request, "forum/post_delete.html", context)


def _editing(
    request: HttpRequest, form: EditForm, found: object, preview: str = ""
) -> HttpResponse:
    context = {"form": form, "post": found, "preview": preview}
    return render(request, "forum/post_edit.html", context)
