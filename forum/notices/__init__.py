"""What the forum tells people of; each subject declares its kinds in a module of its own."""

from forum.notices import answers, consultation, moderation
from forum.notices.seen import item_of, seen_in_forum, subject_of
from forum.notices.writing import MENTION, REPLY, TOPIC_STARTED

__all__ = [
    "MENTION",
    "REPLY",
    "TOPIC_STARTED",
    "answers",
    "consultation",
    "item_of",
    "moderation",
    "seen_in_forum",
    "subject_of",
]
