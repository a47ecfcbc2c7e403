"""The pages of the news board."""

from news.views.articles import article, articles
from news.views.media import file, picture

__all__ = ["article", "articles", "file", "picture"]
