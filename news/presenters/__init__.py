"""What the templates of the news board get: words, addresses and rows, all of them made up here."""

from news.presenters.articles import ArticlePage, ArticleRow, article_page, article_rows

__all__ = ["ArticlePage", "ArticleRow", "article_page", "article_rows"]
