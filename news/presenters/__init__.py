"""What the templates of the news board get: words, addresses and rows, all of them made up here."""

from news.presenters.articles import ArticlePage, ArticleRow, article_page, article_rows
from news.presenters.editing import EditPage, conflict_with, edit_page
from news.presenters.editor import Desk, desk
from news.presenters.preview import preview_page
from news.presenters.versions import MOST_VERSIONS, comparison, version_rows

__all__ = [
    "MOST_VERSIONS",
    "ArticlePage",
    "ArticleRow",
    "Desk",
    "EditPage",
    "article_page",
    "article_rows",
    "comparison",
    "conflict_with",
    "desk",
    "edit_page",
    "preview_page",
    "version_rows",
]
