"""What the templates of the forum get: plain values, formatted once."""

from forum.presenters.addresses import POSTS_A_PAGE, merged_address, place_of, topic_path
from forum.presenters.answers import (
    answer_context,
    regulation_entries,
    regulations_of,
    reviews_of,
)
from forum.presenters.consultation import (
    PublicationStage,
    availability_of,
    candidate_rows,
    consultations_of,
    panel,
    publication_stage,
)
from forum.presenters.drafts import drafts_of
from forum.presenters.feed import feed_address, feed_rows, key_context
from forum.presenters.history import versions_of
from forum.presenters.links import NAMELESS, filled
from forum.presenters.lists import TopicList, category_rows, topic_list
from forum.presenters.printing import POSTS_A_PART, PrintPart, print_part
from forum.presenters.search import names_like, place_of_names, results, similar
from forum.presenters.topic import PostRow, TopicPage, topic_page

__all__ = [
    "NAMELESS",
    "POSTS_A_PAGE",
    "POSTS_A_PART",
    "PostRow",
    "PrintPart",
    "PublicationStage",
    "TopicList",
    "TopicPage",
    "answer_context",
    "availability_of",
    "candidate_rows",
    "category_rows",
    "consultations_of",
    "drafts_of",
    "feed_address",
    "feed_rows",
    "filled",
    "key_context",
    "merged_address",
    "names_like",
    "panel",
    "place_of",
    "place_of_names",
    "print_part",
    "publication_stage",
    "regulation_entries",
    "regulations_of",
    "results",
    "reviews_of",
    "similar",
    "topic_list",
    "topic_page",
    "topic_path",
    "versions_of",
]
