"""What the search of the news reads: written when a version goes live, and anew for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from epk.lib import indonesian, markdown
from epk.lib.text_search import vector_of
from news.models import Article
from news.rendering import without_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE: Final = 200


def index_article(article: Article) -> None:
    """The words of its live version, in the caller's transaction; none where there is no such."""
    Article.objects.filter(pk=article.pk).update(
        search=_words_of(article.live) if article.live else None, indexer=indonesian.VERSION
    )


def index_everything() -> Iterator[int]:
    """Index every article anew, batch by batch; yields how many are done.

    Each batch is a transaction that holds its articles, so that none changes its version meanwhile.
    """
    last = done = 0
    while True:
        with transaction.atomic():
            rows = Article.objects.select_for_update(of=("self",)).select_related("live")
            batch = list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
            for article in batch:
                index_article(article)
        if not batch:
            return
        last, done = batch[-1].pk, done + len(batch)
        yield done


def _words_of(version: Any) -> Any:
    """Its title, which weighs more, and its summary and text."""
    text = markdown.plain(without_pictures(version.source))
    return vector_of(version.title, f"{version.summary}\n{text}")
