"""A topic page by page, replying to it, and beginning one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epk.lib import markdown
from forum import presenters, rules
from forum.actions import drafts, writing
from forum.forms import ComposeForm, PageForm, TopicForm
from forum.models import Category, Draft, Post, Topic
from forum.rendering import rendered
from forum.views.entrance import members_only, person_of, topic_of

NEW_TOPIC = "topik-baru"
SENT, PREVIEW, SAVE = "kirim", "pratinjau", "simpan"


@never_cache
@require_safe
@members_only
def topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Twenty posts, by their numbers; a merged topic leads on to the other."""
    user = person_of(request)
    asked = PageForm(request.GET)
    found = get_object_or_404(Topic.objects.visible_to(user).for_reader(user), pk=topic_id)
    if found.merged_into_id:
        return redirect(presenters.merged_address(found, asked.cleaned_data.get("tulisan")))
    page = presenters.topic_page(found, user, asked.number(presenters.POSTS_A_PAGE))
    if page is None:
        raise Http404
    if page.last_shown > page.read_up_to:
        writing.mark_read(found, page.last_shown, by=user)
    context = {
        "topic": found,
        "page": page,
        "composer": _composer(page),
        "place": f"balas-{found.pk}",
        "reply_url": reverse("forum:reply", args=[found.pk]),
        "panel": presenters.panel(found, user) if found.is_private else None,
    }
    return render(request, "forum/topic.html", context)


@never_cache
@require_safe
@members_only
def topic_print(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The topic in one piece for paper, two hundred posts a part."""
    user = person_of(request)
    asked = PageForm(request.GET)
    found = get_object_or_404(Topic.objects.visible_to(user).for_reader(user), pk=topic_id)
    if found.merged_into_id:
        return redirect("forum:topic_print", topic_id=found.merged_into_id)
    part = presenters.print_part(found, user, asked.number(presenters.POSTS_A_PART))
    if part is None:
        raise Http404
    return render(request, "forum/topic_print.html", {"topic": found, "part": part})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def reply(request: HttpRequest, topic_id: int) -> HttpResponse:
    """A page of its own for a reply: with a preview, with a quotation, or with what was refused."""
    user = person_of(request)
    found = topic_of(request, topic_id)
    if found.merged_into_id:
        return redirect("forum:reply", topic_id=found.merged_into_id)
    closed = rules.why_no_reply(user, found)
    if closed and request.method != "POST":
        messages.info(request, closed)
        return redirect(found_path(found))
    place = f"balas-{found.pk}"
    if request.method != "POST":
        draft = Draft.objects.of(user).filter(place=place).first()
        form = _form_of(draft, quoted=_quotation(request, found))
        return _composing(request, form, draft, topic=found)
    form = ComposeForm(request.POST, request.FILES)
    outcome = kept(request, form, place)
    if outcome.is_sent:
        try:
            sent = writing.reply(found, outcome.words, by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(reverse("forum:post", args=[sent.pk]))
    return _composing(request, form, outcome.draft, topic=found, preview=outcome.preview)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def topic_new(request: HttpRequest) -> HttpResponse:
    """Begin a topic; what is typed is kept as a draft at every step."""
    user = person_of(request)
    categories = Category.objects.startable_by(user)
    if not categories.exists():
        raise PermissionDenied
    draft = Draft.objects.of(user).filter(place=NEW_TOPIC).select_related("category").first()
    if request.method != "POST":
        form = TopicForm(initial=_initial(request, draft), categories=categories)
        return _composing(request, form, draft)
    form = TopicForm(request.POST, request.FILES, categories=categories)
    outcome = kept(request, form, NEW_TOPIC)
    if outcome.is_sent:
        asked = form.cleaned_data
        try:
            begun = writing.start_topic(
                asked["category"],
                kind=asked["kind"],
                title=asked["title"],
                words=outcome.words,
                by=user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("forum:topic", topic_id=begun.pk)
    return _composing(request, form, outcome.draft, preview=outcome.preview)


def found_path(topic: Topic) -> str:
    return reverse("forum:topic", args=[topic.pk])


@dataclass(frozen=True)
class Outcome:
    """What became of a form that was sent: its draft, and whether it may go out."""

    draft: Draft | None
    words: writing.Words
    preview: str
    is_sent: bool


def kept(request: HttpRequest, form: ComposeForm, place: str) -> Outcome:
    """Keep what was typed as a draft, whatever is wrong with it, and judge it only then."""
    user, draft = person_of(request), None
    valid = form.is_valid()
    files = form.cleaned_data.get("attachments") or []
    try:
        draft = drafts.save_draft(
            user, place, key=form.sent_key, values=form.draft_values, files=files
        )
    except ValidationError as error:
        form.add_error("attachments" if error.code == "files" else None, error)
        valid = False
    source = form.cleaned_data.get("source") or ""
    button = request.POST.get("aksi", SENT)
    return Outcome(
        draft=draft,
        words=writing.Words(source, form.sent_key),
        preview=presenters.filled(rendered(source).html, user)
        if source and button == PREVIEW
        else "",
        is_sent=valid and button not in {PREVIEW, SAVE},
    )


def _composing(
    request: HttpRequest,
    form: ComposeForm,
    draft: Draft | None,
    *,
    topic: Topic | None = None,
    preview: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "topic": topic,
        "preview": preview,
        "draft": draft,
        "files": list(draft.attachments.all()) if draft else [],
        "place": f"balas-{topic.pk}" if topic else NEW_TOPIC,
        "similar": presenters.similar(person_of(request), form.data.get("title", "")[:150])
        if preview
        else [],
        "key": form.data.get("key") or form.initial.get("key") or uuid.uuid4(),
    }
    name = "forum/reply.html" if topic else "forum/topic_new.html"
    return render(request, name, context)


def _form_of(draft: Draft | None, *, quoted: str) -> ComposeForm:
    source = draft.source if draft else ""
    if quoted:
        source = f"{source.rstrip()}\n\n{quoted}\n\n".lstrip()
    return ComposeForm(initial={"source": source, "key": draft.key if draft else uuid.uuid4()})


def _quotation(request: HttpRequest, topic: Topic) -> str:
    """The post asked for by `?kutip=`, as a block quote; nothing if it may not be read."""
    number = request.GET.get("kutip", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return ""
    found = Post.objects.filter(topic=topic, number=int(number)).first()
    if found is None or not rules.can_read_post(request.user, found):
        return ""
    return markdown.quote(found.source, path=reverse("forum:post", args=[found.pk]))


def _initial(request: HttpRequest, draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"category": request.GET.get("kategori", "")[:60], "key": uuid.uuid4()}
    return {
        "kind": draft.kind or Topic.Kind.QUESTION,
        "category": draft.category.slug if draft.category else "",
        "title": draft.title,
        "source": draft.source,
        "key": draft.key,
    }


def _composer(page: presenters.TopicPage) -> ComposeForm | None:
    """The form below the posts, with the draft that waits there."""
    if page.closed:
        return None
    initial = {"source": page.draft_source, "key": page.draft_key or uuid.uuid4()}
    return ComposeForm(initial=initial, auto_id="balas_%s")
