"""Which posts answer a search, and which topics are like a title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import BooleanField, OuterRef, QuerySet, Subquery, Value

from epk.lib.text_search import matches, matches_any, rank

if TYPE_CHECKING:
    from accounts.models import User
    from epk.lib.indonesian import Query

MOST: Final = 500
MOST_ANSWERS: Final = 100
LIKE: Final = 200
TOPIC: Final = "topic__"
ANSWERED: Final = "topic__accepted__isnull"


def best_posts(user: User, asked: Query, filters: dict[str, Any]) -> list[int]:
    """The keys of what is found, the best first; one more than `MOST` says that there is more.

    Accepted and verified answers come first, however old; of the rest the newest are ranked. Both
    are cut before they are ranked, so that a word of every post costs no more than a rare one.
    """
    rows = _posts(user, filters).filter(search=matches(asked))
    rows = rows.annotate(weight=rank("search", matches(asked)))
    columns = ("pk", "standing", "weight")
    newest = rows.order_by("-created_at", "-pk").values_list(*columns)
    answers = rows.filter(standing__gt=0).order_by("-standing", "-pk").values_list(*columns)
    if filters.get(ANSWERED) is True:  # there are no answers to come first
        found = newest[: MOST + 1]
    elif "standing" in filters:  # there is nothing else
        found = answers[: MOST + 1]
    else:
        found = answers[:MOST_ANSWERS].union(newest[: MOST + 1])
    best = sorted(found, key=lambda row: (row[1], row[2], row[0]), reverse=True)
    return [row[0] for row in best[: MOST + 1]]


def topics_like(user: User, title: str, most: int) -> list[int]:
    """The keys of the topics that share the most telling words with a title.

    A word of a title counts ten times one of the text; among very many the newest are ranked.
    """
    asked = matches_any(title)
    rows = _posts(user, {"topic__category__isnull": False}).filter(number=1, search=asked)
    newest = rows.order_by("-created_at", "-pk").values("pk")[:LIKE]
    found = _all_posts().filter(pk__in=newest).order_by(rank("search", asked).desc(), "-pk")
    return list(found.values_list("topic", flat=True)[:most])


def _all_posts() -> QuerySet[Any]:
    found: QuerySet[Any] = apps.get_model("forum", "Post")._default_manager.order_by()
    return found


def _posts(user: User, filters: dict[str, Any]) -> Any:
    """The shown posts of topics that somebody may see, by conditions on posts and topics.

    The topic is asked about post by post, not joined: the planner, which cannot tell a rare word
    from a common one, would else read every topic of the forum for a word that one post holds.
    """
    of_topic = {name.removeprefix(TOPIC): value for name, value in filters.items() if TOPIC in name}
    of_post = {name: value for name, value in filters.items() if TOPIC not in name}
    topics: Any = apps.get_model("forum", "Topic")._default_manager.order_by()
    seen = topics.visible_to(user).filter(**of_topic)
    yes = seen.filter(pk=OuterRef("topic")).values(yes=Value(True))
    rows: Any = _all_posts().filter(**of_post)
    return rows.filter(Subquery(yes, output_field=BooleanField())).shown()
