"""What the templates of the news board get: words, addresses and rows, all of them made up here."""

from news.presenters.around import article_head, related_rows
from news.presenters.articles import ArticlePage, ArticleRow, article_page, article_rows
from news.presenters.circular_editing import EditorCirculars, circulars_for_editor
from news.presenters.circulars import (
    CircularCard,
    CircularPage,
    CircularRow,
    circular_card,
    circular_page,
    circular_rows,
)
from news.presenters.comments import (
    comment_queue,
    comments_for_editor,
    comments_of,
    decision_line,
    place_of,
    queue_row,
    report_lines,
    send_path,
)
from news.presenters.editing import EditPage, conflict_with, edit_page
from news.presenters.editor import Desk, desk
from news.presenters.event_desk import events_for_editor
from news.presenters.events import (
    EventPage,
    EventRow,
    event_page,
    event_rows,
    own_place,
    own_registration,
    own_rows,
    past_events,
)
from news.presenters.feed import feed, feed_address
from news.presenters.lists import article_list, latest_rows
from news.presenters.preview import preview_page
from news.presenters.proof import ProofLinks, proof_links
from news.presenters.versions import MOST_VERSIONS, comparison, version_rows

__all__ = [
    "MOST_VERSIONS",
    "ArticlePage",
    "ArticleRow",
    "CircularCard",
    "CircularPage",
    "CircularRow",
    "Desk",
    "EditPage",
    "EditorCirculars",
    "EventPage",
    "EventRow",
    "ProofLinks",
    "article_head",
    "article_list",
    "article_page",
    "article_rows",
    "circular_card",
    "circular_page",
    "circular_rows",
    "circulars_for_editor",
    "comment_queue",
    "comments_for_editor",
    "comments_of",
    "comparison",
    "conflict_with",
    "decision_line",
    "desk",
    "edit_page",
    "event_page",
    "event_rows",
    "events_for_editor",
    "feed",
    "feed_address",
    "latest_rows",
    "own_place",
    "own_registration",
    "own_rows",
    "past_events",
    "place_of",
    "preview_page",
    "proof_links",
    "queue_row",
    "related_rows",
    "report_lines",
    "send_path",
    "version_rows",
]
