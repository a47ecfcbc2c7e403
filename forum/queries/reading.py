"""How far somebody has read, written without a race."""

from __future__ import annotations

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


class ReadMarkQuerySet(models.QuerySet[_Row_co]):
    def advance(self, user: User, topic_id: int, number: int) -> None:
        """Move a watermark forward; one that is further already stays."""
        with connection.cursor() as cursor:
            cursor.execute(ADVANCE, [user.pk, topic_id, number])
