"""The pages of /forum/."""

from forum.views.drafts import attachment, draft_delete, draft_save, drafts
from forum.views.lists import category, index
from forum.views.posts import post, post_delete, post_edit, post_history
from forum.views.topics import reply, topic, topic_new

__all__ = [
    "attachment",
    "category",
    "draft_delete",
    "draft_save",
    "drafts",
    "index",
    "post",
    "post_delete",
    "post_edit",
    "post_history",
    "reply",
    "topic",
    "topic_new",
]
