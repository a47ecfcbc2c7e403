"""The pages of /forum/ and /konsultasi/."""

from forum.views.answers import (
    post_answer,
    post_verify,
    post_withdraw,
    regulation_edit,
    regulation_new,
    regulation_reinstate,
    regulation_replace,
    regulations,
    reviews,
)
from forum.views.consultation import (
    availability,
    consultation_choose,
    consultation_close,
    consultation_decline,
    consultation_invite,
    consultation_leave,
    consultation_new,
    consultation_send,
    consultations,
)
from forum.views.drafts import attachment, draft_delete, draft_save, drafts
from forum.views.feeds import feed, feed_of_category, feeds
from forum.views.lists import category, index
from forum.views.moderation import (
    appeals,
    decision,
    moderation,
    moderation_log,
    post_moderate,
    post_report,
    topic_moderate,
)
from forum.views.posts import post, post_delete, post_edit, post_history
from forum.views.publication import publication, publication_agree, publication_withdraw
from forum.views.reading import category_follow, mark_read, post_thanks, topic_follow, topic_metoo
from forum.views.search import mention_names, search, similar_topics
from forum.views.topics import reply, topic, topic_new, topic_print

__all__ = [
    "appeals",
    "attachment",
    "availability",
    "category",
    "category_follow",
    "consultation_choose",
    "consultation_close",
    "consultation_decline",
    "consultation_invite",
    "consultation_leave",
    "consultation_new",
    "consultation_send",
    "consultations",
    "decision",
    "draft_delete",
    "draft_save",
    "drafts",
    "feed",
    "feed_of_category",
    "feeds",
    "index",
    "mark_read",
    "mention_names",
    "moderation",
    "moderation_log",
    "post",
    "post_answer",
    "post_delete",
    "post_edit",
    "post_history",
    "post_moderate",
    "post_report",
    "post_thanks",
    "post_verify",
    "post_withdraw",
    "publication",
    "publication_agree",
    "publication_withdraw",
    "regulation_edit",
    "regulation_new",
    "regulation_reinstate",
    "regulation_replace",
    "regulations",
    "reply",
    "reviews",
    "search",
    "similar_topics",
    "topic",
    "topic_follow",
    "topic_metoo",
    "topic_moderate",
    "topic_new",
    "topic_print",
]
