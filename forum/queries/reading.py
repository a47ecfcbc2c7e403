"""How far somebody has read, written without a race."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import connection, models

if TYPE_CHECKING:
    from accounts.models import User

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)

ADVANCE = """
INSERT INTO forum_readmark AS mark (user_id, topic_id, last_number) VALUES (%s, %s, %s)
ON CONFLICT (user_id, topic_id) DO UPDATE SET last_number = EXCLUDED.last_number
WHERE mark.last_number < EXCLUDED.last_number
"""


# Only what had ended by that moment: a topic somebody wrote in since keeps its place.
ADVANCE_ALL = """
UPDATE forum_readmark mark SET last_number = topic.last_number FROM forum_topic topic
WHERE mark.user_id = %s AND mark.topic_id = topic.id AND mark.last_number < topic.last_number
AND topic.category_id = ANY(%s) AND topic.last_posted_at <= %s
"""
ADVANCE_CATEGORIES = """
INSERT INTO forum_categoryread AS mark (user_id, category_id, read_at)
SELECT %s, category, %s FROM unnest(%s::bigint[]) AS category
ON CONFLICT (user_id, category_id) DO UPDATE SET read_at = EXCLUDED.read_at
WHERE mark.read_at < EXCLUDED.read_at
"""


class ReadMarkQuerySet(models.QuerySet[_Row_co]):
    def advance(self, user: User, topic_id: int, number: int) -> None:
        """Move a watermark forward; one that is further already stays."""
        with connection.cursor() as cursor:
            cursor.execute(ADVANCE, [user.pk, topic_id, number])

    def advance_all(self, user: User, categories: Sequence[int], moment: dt.datetime) -> None:
        """Move each watermark of somebody in these categories to the end that stood at a moment."""
        with connection.cursor() as cursor:
            cursor.execute(ADVANCE_ALL, [user.pk, list(categories), moment])


class CategoryReadQuerySet(models.QuerySet[_Row_co]):
    def advance(self, user: User, categories: Sequence[int], moment: dt.datetime) -> None:
        """Move the watermarks of categories forward; those that are further already stay."""
        with connection.cursor() as cursor:
            cursor.execute(ADVANCE_CATEGORIES, [user.pk, moment, list(categories)])
