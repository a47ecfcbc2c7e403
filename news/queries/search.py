"""Which articles answer a search, and which are like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import Count, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from epk.lib.text_search import matches, matches_any, rank

if TYPE_CHECKING:
    from epk.lib.indonesian import Query

MOST: Final = 500
LIKE: Final = 60
SHARED: Final = 0.2
"""What a category in common counts for, where a telling word of the title counts up to 1."""


def best_articles(rows: Any, asked: Query) -> list[int]:
    """The keys of what is found among these articles, the best first.

    The newest are ranked, and one more than `MOST` says that there is more.
    """
    found = rows.filter(search=matches(asked)).annotate(weight=rank("search", matches(asked)))
    newest = found.in_order().values_list("pk", "weight")[: MOST + 1]
    return [key for key, _weight in sorted(newest, key=lambda row: -row[1])]


def articles_like(article: Any, rows: Any, most: int) -> QuerySet[Any]:
    """Of these articles those that share most with one: the words of its title, its categories.

    Among very many the newest are looked at.
    """
    others = rows.exclude(pk=article.pk)
    words = matches_any(article.title)
    by_words = others.filter(search=words).in_order().values("pk")[:LIKE]
    slugs = [subject["slug"] for subject in article.subjects]
    chosen = _articles().filter(pk__in=by_words)
    if slugs:
        links: Any = _articles().model.categories.through._default_manager
        shared = links.filter(category__slug__in=slugs).values("article")
        by_category = others.filter(pk__in=shared).in_order().values("pk")[:LIKE]
        chosen = _articles().filter(pk__in=by_words.union(by_category))
    in_common = Count("categories", filter=Q(categories__slug__in=slugs))
    weight = Coalesce(rank("search", words), Value(0.0), output_field=FloatField())
    weighed: QuerySet[Any] = chosen.annotate(weight=weight + in_common * Value(SHARED))
    return weighed.order_by(F("weight").desc(), "-publish_from", "-pk")[:most]


def _articles() -> Any:
    return apps.get_model("news", "Article")._default_manager.order_by()
