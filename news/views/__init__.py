"""The pages of the news board."""

from news.views.articles import article, articles, feed
from news.views.comment_queue import comment_moderate, comments
from news.views.comments import (
    comment,
    comment_add,
    comment_confirm,
    comment_delete,
    comment_edit,
    comment_new,
    comment_report,
    comment_sent,
)
from news.views.editing import (
    article_act,
    article_edit,
    article_new,
    article_settings,
    editor,
    links_check,
)
from news.views.history import article_look, article_preview, article_versions
from news.views.media import file, picture

__all__ = [
    "article",
    "article_act",
    "article_edit",
    "article_look",
    "article_new",
    "article_preview",
    "article_settings",
    "article_versions",
    "articles",
    "comment",
    "comment_add",
    "comment_confirm",
    "comment_delete",
    "comment_edit",
    "comment_moderate",
    "comment_new",
    "comment_report",
    "comment_sent",
    "comments",
    "editor",
    "feed",
    "file",
    "links_check",
    "picture",
]
