"""How bare Django makes and loads the main rows of a page of the forum: by the same querysets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from epk.lib.indonesian import query
from forum.forms.search import SearchForm
from forum.models import Category, Post, Topic
from forum.presenters.answers import best_number
from forum.queries.search import best_posts

TOPIC = re.compile(r"/forum/topik/(\d+)/$")
LIST = re.compile(r"/forum/(?:(?!draf|cari|moderasi)([\w-]+)/)?$")
PER_PAGE, TOPICS, POSTS = 20, 26, 500


def loader_of(request: HttpRequest, user_id: int) -> Callable[[], None]:
    """What loads the account with its rights, and the rows of this page."""
    rows = _rows(request, user_id)

    def load() -> None:
        user = User.objects.get(pk=user_id)
        _ = user.rights
        if rows is not None:
            rows(user)

    return load


def _rows(request: HttpRequest, user_id: int) -> Callable[[User], Any] | None:
    asked = {name: str(value) for name, value in request.GET.items()}
    if topic := TOPIC.match(request.path):
        number, page = int(topic[1]), int(asked.get("halaman", 1))
        return lambda user: _topic(user, number, page)
    if category := LIST.match(request.path):
        slug = category[1]
        return lambda user: _list(user, asked, slug)
    if request.path == "/forum/cari/":
        readable = Category.objects.visible_to(User.objects.get(pk=user_id))
        form = SearchForm(request.GET, categories=readable)
        words, filters, first = query(form.text), form.filters(), (form.page - 1) * PER_PAGE
        return lambda user: _search(user, words, filters, first)
    return None


def _list(user: User, asked: dict[str, str], slug: str | None) -> None:
    seen = Topic.objects.visible_to(user).public().listed()
    categories = Category.objects.visible_to(user).for_index(user)
    if slug:
        category = categories.get(slug=slug)
        seen = seen.filter(category=category)
        if len(asked) == 0:
            pinned = (
                seen.with_marks(user)
                .with_author_number()
                .for_list()
                .filter(pinned_at__isnull=False)
            )
            list(pinned.in_order("")[:10])
    else:
        list(categories)
    chosen = seen.with_marks(user).with_author_number()
    showing, order = asked.get("tampil"), asked.get("urut", "")
    if showing == "belum-terjawab":
        chosen = chosen.unanswered()
    elif showing == "ikut-saya":
        chosen = chosen.with_part_of(user)
    elif showing == "belum-dibaca":
        chosen = chosen.unread_by(user)
    if "setelah" in asked:
        value, _, key = asked["setelah"].partition("~")
        chosen = chosen.after(order, value, int(key))
    list(chosen.for_list().in_order(order)[:TOPICS])


def _topic(user: User, topic_id: int, page: int) -> None:
    topic: Any = Topic.objects.visible_to(user).for_reader(user)
    best = best_number(topic.get(pk=topic_id))
    first, last = (page - 1) * PER_PAGE + 1, page * PER_PAGE
    there = Post.objects.filter(topic_id=topic_id)
    posts = there.numbered_with(first, last, best) if best else there.numbered(first, last)
    list(posts.for_reader(user))


def _search(user: User, words: Any, filters: dict[str, Any], first: int) -> None:
    keys = best_posts(user, words, filters)[:POSTS][first : first + PER_PAGE]
    if keys:
        Post.objects.select_related("topic__category").defer("html", "search").in_bulk(keys)
