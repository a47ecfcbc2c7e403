"""What moves along when topics are merged or split: each a statement, however many readers."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

MARKS = """
INSERT INTO forum_readmark AS mark (user_id, topic_id, last_number)
SELECT user_id, %(target)s, last_number + %(offset)s FROM forum_readmark WHERE topic_id = %(source)s
ON CONFLICT (user_id, topic_id)
DO UPDATE SET last_number = GREATEST(mark.last_number, EXCLUDED.last_number)
"""
FOLLOWS = """
INSERT INTO forum_topicfollow (user_id, topic_id, stance, created_at)
SELECT user_id, %(target)s, stance, created_at FROM forum_topicfollow WHERE topic_id = %(source)s
ON CONFLICT (user_id, topic_id) DO NOTHING
"""
METOO = """
INSERT INTO forum_metoo (user_id, topic_id, created_at)
SELECT user_id, %(target)s, created_at FROM forum_metoo
WHERE topic_id = %(source)s AND user_id IS DISTINCT FROM %(author)s
ON CONFLICT (topic_id, user_id) DO NOTHING
"""
DRAFTS = """
UPDATE forum_draft d SET place = 'balas-' || %(target)s::text WHERE place = 'balas-' || %(source)s::text
AND NOT EXISTS (
    SELECT 1 FROM forum_draft o WHERE o.user_id = d.user_id AND o.place = 'balas-' || %(target)s::text
)
"""
LEFT: Final = (
    "DELETE FROM forum_readmark WHERE topic_id = %(source)s",
    "DELETE FROM forum_topicfollow WHERE topic_id = %(source)s",
    "DELETE FROM forum_metoo WHERE topic_id = %(source)s",
)
SPLIT_MARKS = """
INSERT INTO forum_readmark (user_id, topic_id, last_number)
SELECT user_id, %(target)s, read FROM (
    SELECT user_id, (SELECT count(*) FROM unnest(%(numbers)s::int[]) n WHERE n <= last_number) AS read
    FROM forum_readmark WHERE topic_id = %(source)s
) marks WHERE read > 0
ON CONFLICT (user_id, topic_id) DO NOTHING
"""
SPLIT_FOLLOWS = """
INSERT INTO forum_topicfollow (user_id, topic_id, stance, created_at)
SELECT DISTINCT author_id, %(target)s, %(stance)s, now() FROM forum_post
WHERE topic_id = %(target)s AND author_id IS NOT NULL
ON CONFLICT (user_id, topic_id) DO NOTHING
"""


def move_readers(*, source: int, target: int, offset: int, author: int | None) -> None:
    """Watermarks, follows, "saya juga" and drafts of replies go from one topic to another.

    Who has read in both keeps the further mark; what somebody said of the target itself (follow or
    mute) holds over what they said of the source. The target's author does not join their own
    question.
    """
    facts = {"source": source, "target": target, "offset": offset, "author": author}
    with connection.cursor() as cursor:
        for statement in (MARKS, FOLLOWS, METOO, DRAFTS, *LEFT):
            cursor.execute(statement, facts)


def share_readers(*, source: int, target: int, numbers: list[int], stance: str) -> None:
    """A topic split off counts as read as far as its posts were; its writers follow it."""
    facts: dict[str, Any] = {
        "source": source,
        "target": target,
        "numbers": numbers,
        "stance": stance,
    }
    with connection.cursor() as cursor:
        cursor.execute(SPLIT_MARKS, facts)
        cursor.execute(SPLIT_FOLLOWS, facts)
