"""A news board to look at: the workshop of 2018, and a dozen articles that are made up."""

from news.demo.fill import fill_articles

__all__ = ["fill_articles"]
