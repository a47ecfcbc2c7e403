"""Which posts answer a search, and which topics are like a title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import QuerySet

from epk.lib.text_search import matches, matches_any, rank

if TYPE_CHECKING:
    from accounts.models import User
    from epk.lib.indonesian import Query

MOST: Final = 500
MOST_ANSWERS: Final = 100
LIKE: Final = 200


def best_posts(user: User, asked: Query, filters: dict[str, Any]) -> list[int]:
    """The keys of what is found, the best first; one more than `MOST` says that there is more.

    Accepted and verified answers come first, however old; of the rest the newest are ranked. Both
    are cut before they are ranked, so that a word of every post costs no more than a rare one.
    """
    rows = _posts(user).filter(search=matches(asked), **filters)
    answers = rows.filter(standing__gt=0).order_by("-standing", "-pk").values("pk")
    newest = rows.order_by("-pk").values("pk")
    chosen = answers[:MOST_ANSWERS].union(newest[: MOST + 1])
    found = _all_posts().filter(pk__in=chosen)
    found = found.order_by("-standing", rank("search", matches(asked)).desc(), "-pk")
    return list(found.values_list("pk", flat=True)[: MOST + 1])


def topics_like(user: User, title: str, most: int) -> list[int]:
    """The keys of the topics that share the most telling words with a title.

    A word of a title counts ten times one of the text; among very many the newest are ranked.
    """
    asked = matches_any(title)
    rows = _posts(user).filter(number=1, topic__category__isnull=False, search=asked)
    newest = rows.order_by("-pk").values("pk")[:LIKE]
    found = _all_posts().filter(pk__in=newest).order_by(rank("search", asked).desc(), "-pk")
    return list(found.values_list("topic", flat=True)[:most])


def _all_posts() -> QuerySet[Any]:
    found: QuerySet[Any] = apps.get_model("forum", "Post")._default_manager.order_by()
    return found


def _posts(user: User) -> Any:
    posts: Any = _all_posts()
    return posts.visible_to(user).shown()
