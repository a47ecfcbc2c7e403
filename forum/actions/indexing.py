"""What the search of the forum reads: written with each post, and anew for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from epk.lib import indonesian, markdown
from epk.lib.text_search import vector_of
from forum.models import Post
from forum.rendering import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Expression

AT_ONCE: Final = 500


def words_of(number: int, source: str, *, title: str, standing: int = 0) -> Expression:
    """The words of a post; of the first one and of an answer also the title, which weighs more.

    Who has the same question asks in its words, not in those of the answer.
    """
    heading = title if number == 1 or standing else ""
    return vector_of(heading, markdown.plain(source))


def index_post(post: Post, *, title: str) -> None:
    vector = words_of(post.number, post.source, title=title, standing=post.standing)
    Post.objects.filter(pk=post.pk).update(search=vector, indexer=indonesian.VERSION)


def index_everything(*, only_old: bool = False) -> Iterator[int]:
    """Index and render every post anew, batch by batch; yields how many are done.

    Each batch is a transaction that holds its posts, so that an edit is not overwritten. With
    `only_old` those that this version of the portal has not written yet: a run that was ended goes
    on where it was.
    """
    old = ~Q(renderer=markdown.VERSION) | ~Q(indexer=indonesian.VERSION)
    last = done = 0
    while True:
        with transaction.atomic():
            rows = Post.objects.select_for_update(of=("self",)).select_related("topic")
            rows = rows.filter(old) if only_old else rows
            batch = list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
            for post in batch:
                _renew(post)
        if not batch:
            return
        last, done = batch[-1].pk, done + len(batch)
        yield done


def _renew(post: Post) -> None:
    if not post.source:
        Post.objects.filter(pk=post.pk).update(
            search=None, renderer=markdown.VERSION, indexer=indonesian.VERSION
        )
        return
    if post.renderer != markdown.VERSION:
        html = rendered(post.source).html
        Post.objects.filter(pk=post.pk).update(html=html, renderer=markdown.VERSION)
    index_post(post, title=post.topic.title)
