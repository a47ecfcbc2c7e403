"""What the forum tells people of; each subject declares its kinds in a module of its own."""

from forum.notices import moderation
from forum.notices.seen import item_of, seen_posts, subject_of
from forum.notices.writing import MENTION, REPLY, TOPIC_STARTED

__all__ = [
    "MENTION",
    "REPLY",
    "TOPIC_STARTED",
    "item_of",
    "moderation",
    "seen_posts",
    "subject_of",
]
"""What the forum tells people of; the register of kinds finds it here."""

from forum.notices.answers import ACCEPTED, REVIEW_DUE, VERIFIED

__all__ = ["ACCEPTED", "REVIEW_DUE", "VERIFIED"]
"""What the forum tells people of."""

from forum.notices import consultation

__all__ = ["consultation"]
