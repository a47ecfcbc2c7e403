"""Which categories, topics, posts and the rest: who may see them, in what order."""

from forum.queries.consultation import AssignmentQuerySet, ConsultationQuerySet
from forum.queries.feed import FeedKeyQuerySet
from forum.queries.moderation import (
    AppealQuerySet,
    DecisionQuerySet,
    ReportQuerySet,
    SuspensionQuerySet,
)
from forum.queries.post import AttachmentQuerySet, DraftQuerySet, PostQuerySet
from forum.queries.reading import CategoryReadQuerySet, ReadMarkQuerySet
from forum.queries.topic import CategoryQuerySet, TopicQuerySet
from forum.queries.verification import RegulationQuerySet, VerificationQuerySet

__all__ = [
    "AppealQuerySet",
    "AssignmentQuerySet",
    "AttachmentQuerySet",
    "CategoryQuerySet",
    "CategoryReadQuerySet",
    "ConsultationQuerySet",
    "DecisionQuerySet",
    "DraftQuerySet",
    "FeedKeyQuerySet",
    "PostQuerySet",
    "ReadMarkQuerySet",
    "RegulationQuerySet",
    "ReportQuerySet",
    "SuspensionQuerySet",
    "TopicQuerySet",
    "VerificationQuerySet",
]
