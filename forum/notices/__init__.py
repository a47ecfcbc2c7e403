"""What the forum tells people of."""

from forum.notices.seen import item_of, seen_posts, subject_of
from forum.notices.writing import MENTION, REPLY, TOPIC_STARTED

__all__ = ["MENTION", "REPLY", "TOPIC_STARTED", "item_of", "seen_posts", "subject_of"]
"""What the forum tells people of; each subject declares its kinds in a module of its own."""

from forum.notices import moderation

__all__ = ["moderation"]
