"""What is stored: categories, topics and posts, reading, answers, consultation, moderation."""

from forum.models.answer import Citation, Regulation, Verification
from forum.models.category import MEMBERS, Category
from forum.models.consultation import (
    Assignment,
    Availability,
    Consultation,
    Member,
    Publication,
)
from forum.models.feed import FeedKey
from forum.models.moderation import Appeal, Decision, Report, Suspension
from forum.models.post import (
    LONGEST_SOURCE,
    Attachment,
    Draft,
    MeToo,
    Post,
    PostRevision,
    Thanks,
)
from forum.models.reading import CategoryFollow, CategoryRead, ReadMark, Stance, TopicFollow
from forum.models.topic import Topic

__all__ = [
    "LONGEST_SOURCE",
    "MEMBERS",
    "Appeal",
    "Assignment",
    "Attachment",
    "Availability",
    "Category",
    "CategoryFollow",
    "CategoryRead",
    "Citation",
    "Consultation",
    "Decision",
    "Draft",
    "FeedKey",
    "MeToo",
    "Member",
    "Post",
    "PostRevision",
    "Publication",
    "ReadMark",
    "Regulation",
    "Report",
    "Stance",
    "Suspension",
    "Thanks",
    "Topic",
    "TopicFollow",
    "Verification",
]
