"""A news board to look at: articles, events and circulars that are made up, but for 2018."""

from news.demo.bulk import fill_more_articles
from news.demo.circulars import fill_circulars
from news.demo.events import fill_events
from news.demo.fill import fill_articles

__all__ = [
    "fill_articles",
    "fill_circulars",
    "fill_events",
    "fill_more_articles",
]
