"""The buttons of a reader: follow and mute, all read, thanks, "saya juga"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from epk.lib.methods import post_only
from forum import presenters
from forum.actions import reading
from forum.forms.reading import ReadForm, StanceForm, SwitchForm
from forum.models import Category, Topic
from forum.views.entrance import members_only, person_of, post_of, topic_of

NOT_UNDERSTOOD = "Pilihan itu tidak dikenal; tidak ada yang diubah."
SAID = {
    "ikut": "Anda mengikuti {what}: tulisan barunya diberitahukan kepada Anda.",
    "bisu": "Anda membisukan {what}: tidak ada yang diberitahukan lagi.",
    "": "Anda tidak lagi mengikuti atau membisukan {what}.",
}


@post_only
@members_only
def topic_follow(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Follow a topic, mute it, or neither."""
    found = _where_it_is_now(request, topic_id)
    form = StanceForm(request.POST)
    if form.is_valid():
        stance = form.cleaned_data["sikap"]
        reading.set_topic_stance(found, stance, by=person_of(request))
        messages.success(request, SAID[stance].format(what="topik ini"))
    else:
        messages.error(request, NOT_UNDERSTOOD)
    return redirect(_page(found, form))


@post_only
@members_only
def category_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a category, mute it, or neither."""
    found = get_object_or_404(Category.objects.visible_to(person_of(request)), slug=slug)
    form = StanceForm(request.POST)
    if form.is_valid():
        stance = form.cleaned_data["sikap"]
        reading.set_category_stance(found, stance, by=person_of(request))
        messages.success(request, SAID[stance].format(what="kategori ini"))
    else:
        messages.error(request, NOT_UNDERSTOOD)
    return redirect("forum:category", slug=found.slug)


@post_only
@members_only
def topic_metoo(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Say "saya juga", or take it back."""
    found = _where_it_is_now(request, topic_id)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
    elif form.is_on:
        reading.join_question(found, by=person_of(request))
        messages.success(request, "Anda menunggu jawaban yang sama dan mengikuti topik ini.")
    else:
        reading.leave_question(found, by=person_of(request))
    return redirect(_page(found, form))


@post_only
@members_only
def post_thanks(request: HttpRequest, post_id: int) -> HttpResponse:
    """Thank for a post, or take it back."""
    found = post_of(request, post_id)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
    elif form.is_on:
        reading.thank(found, by=person_of(request))
    else:
        reading.take_thanks_back(found, by=person_of(request))
    return redirect(presenters.place_of(found.topic_id, found.number))


@post_only
@members_only
def mark_read(request: HttpRequest) -> HttpResponse:
    """Count a category, or all of them, as read."""
    form = ReadForm(request.POST)
    form.fields["kategori"].queryset = Category.objects.visible_to(person_of(request))  # type: ignore[attr-defined]
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
        return redirect("forum:index")
    category = form.cleaned_data["kategori"]
    reading.read_everything(
        by=person_of(request), category=category, up_to=form.cleaned_data["sampai"]
    )
    messages.success(request, "Ditandai sudah dibaca.")
    return redirect("forum:category", slug=category.slug) if category else redirect("forum:index")


def _where_it_is_now(request: HttpRequest, topic_id: int) -> Topic:
    """The topic, or the one that it was merged into, if this person may know of that."""
    found = topic_of(request, topic_id)
    return topic_of(request, found.merged_into_id) if found.merged_into_id else found


def _page(topic: Topic, form: StanceForm | SwitchForm) -> str:
    number = form.cleaned_data.get("halaman") or 1
    query = f"?halaman={number}" if number > 1 else ""
    return f"{presenters.topic_path(topic.pk)}{query}"
