"""What moves along when topics are merged or split: each a statement, however many readers."""

from __future__ import annotations

from typing import Any

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
MARKS_BACK = """
INSERT INTO forum_readmark AS mark (user_id, topic_id, last_number)
SELECT user_id, %(source)s, LEAST(last_number - %(offset)s, %(size)s) FROM forum_readmark
WHERE topic_id = %(target)s AND last_number > %(offset)s
ON CONFLICT (user_id, topic_id)
DO UPDATE SET last_number = GREATEST(mark.last_number, EXCLUDED.last_number)
"""
# What a merge has copied bears the moment of what it was copied from.
FOLLOWS_BACK = """
DELETE FROM forum_topicfollow kept USING forum_topicfollow gone
WHERE kept.topic_id = %(target)s AND gone.topic_id = %(source)s AND kept.user_id = gone.user_id
AND kept.stance = gone.stance AND kept.created_at = gone.created_at
AND NOT EXISTS (
    SELECT 1 FROM forum_post WHERE topic_id = %(target)s AND author_id = kept.user_id
    AND state <> 'pindah'
)
"""
METOO_BACK = """
DELETE FROM forum_metoo kept USING forum_metoo gone
WHERE kept.topic_id = %(target)s AND gone.topic_id = %(source)s AND kept.user_id = gone.user_id
AND kept.created_at = gone.created_at
"""
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
    """Watermarks, follows and "saya juga" hold for the other topic, too; drafts of replies go there.

    Who has read in both keeps the further mark; what somebody said of the target itself (follow or
    mute) holds over what they said of the source. The target's author does not join their own
    question. The rows of the source stay, so that `part_readers` can tell whose they were.
    """
    facts = {"source": source, "target": target, "offset": offset, "author": author}
    with connection.cursor() as cursor:
        for statement in (MARKS, FOLLOWS, METOO, DRAFTS):
            cursor.execute(statement, facts)


def part_readers(*, source: int, target: int, offset: int, size: int) -> None:
    """After the posts went back: whoever came with the source, and wrote nothing since, goes along.

    How far somebody has read of either they have read in both; a watermark never moves back.
    """
    facts = {"source": source, "target": target, "offset": offset, "size": size}
    with connection.cursor() as cursor:
        for statement in (MARKS_BACK, FOLLOWS_BACK, METOO_BACK):
            cursor.execute(statement, facts)


def hand_over_followers(*, source: int, target: int) -> None:
    """Who follows a topic that is no more follows the one it leads to."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWS, {"source": source, "target": target})


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
