"""Telling officers of what has become visible, once for each version that is worth a word."""

from __future__ import annotations

from django.db import transaction

from epk.lib.notices import notify
from news.models import Article
from news.notices.publishing import ANNOUNCED, PUBLISHED, subject_of, version_of

MOST_A_RUN = 50


def announce_published() -> int:
    """Those that stand at their address now and were not announced; each in its own transaction.

    Two workers never tell twice: a row that the other holds is left to it, and the number of the
    version told of is written with the notice.
    """
    keys = Article.objects.unannounced().order_by("publish_from", "pk").values_list("pk", flat=True)
    return sum(_announce(key) for key in list(keys[:MOST_A_RUN]))


@transaction.atomic
def _announce(key: int) -> bool:
    rows = Article.objects.unannounced().select_for_update(of=("self",), skip_locked=True)
    article = rows.filter(pk=key).first()
    if article is None or article.live is None:
        return False
    kind = ANNOUNCED if article.kind == Article.Kind.ANNOUNCEMENT else PUBLISHED
    notify(kind, subject=subject_of(article), item=version_of(article))
    article.announced = article.live.number
    article.save(update_fields=["announced"])
    return True
