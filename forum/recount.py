"""Counts anew what the actions keep, and says where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

# Each finds rows that are wrong: the number of the row, what stands there, what is right.
CHECKS: Final = {
    "nomor terakhir topik": """
        SELECT t.id, t.last_number, p.right_number FROM forum_topic t
        JOIN LATERAL (SELECT coalesce(max(number), 0) AS right_number FROM forum_post
            WHERE topic_id = t.id) p ON true
        WHERE t.last_number <> p.right_number AND t.merged_into_id IS NULL
    """,
    "nomor tulisan yang bolong": """
        SELECT topic_id, count(*), max(number) FROM forum_post GROUP BY topic_id
        HAVING count(*) <> max(number) OR min(number) <> 1
    """,
    "jumlah balasan topik": """
        SELECT t.id, t.reply_count, p.right_count FROM forum_topic t
        JOIN LATERAL (SELECT count(*) AS right_count FROM forum_post
            WHERE topic_id = t.id AND number > 1 AND state = 'tampil') p ON true
        WHERE t.reply_count <> p.right_count AND t.merged_into_id IS NULL
    """,
    "terima kasih tulisan": """
        SELECT p.id, p.thanks_count, count(t.id) FROM forum_post p
        LEFT JOIN forum_thanks t ON t.post_id = p.id
        GROUP BY p.id HAVING p.thanks_count <> count(t.id)
    """,
    "terima kasih topik": """
        SELECT t.id, t.thanks_count, coalesce(sum(p.thanks_count), 0) FROM forum_topic t
        LEFT JOIN forum_post p ON p.topic_id = t.id
        GROUP BY t.id HAVING t.thanks_count <> coalesce(sum(p.thanks_count), 0)
    """,
    "saya juga": """
        SELECT t.id, t.metoo_count, count(m.id) FROM forum_topic t
        LEFT JOIN forum_metoo m ON m.topic_id = t.id
        GROUP BY t.id HAVING t.metoo_count <> count(m.id)
    """,
    "lampiran tulisan": """
        SELECT p.id, p.attachment_count, count(a.id) FROM forum_post p
        LEFT JOIN forum_attachment a ON a.post_id = p.id
        GROUP BY p.id HAVING p.attachment_count <> count(a.id)
    """,
    "jawaban diterima di topik lain": """
        SELECT t.id, p.topic_id, t.id FROM forum_topic t JOIN forum_post p ON p.id = t.accepted_id
        WHERE p.topic_id <> t.id OR p.state <> 'tampil'
    """,
    "kedudukan jawaban": """
        SELECT p.id, p.standing, q.right_standing FROM forum_post p
        JOIN forum_topic t ON t.id = p.topic_id
        LEFT JOIN forum_verification v ON v.id = t.verification_id
        CROSS JOIN LATERAL (SELECT CASE WHEN v.post_id = p.id AND v.ended_at IS NULL THEN 2
            WHEN t.accepted_id = p.id THEN 1 ELSE 0 END AS right_standing) q
        WHERE p.standing <> q.right_standing
    """,
    "verifikasi yang tidak berlaku di topik": """
        SELECT t.id, t.verification_id, p.topic_id FROM forum_topic t
        JOIN forum_verification v ON v.id = t.verification_id JOIN forum_post p ON p.id = v.post_id
        WHERE p.topic_id <> t.id OR p.state <> 'tampil' OR v.ended_at IS NOT NULL
    """,
    "penunjuk yang tidak sampai": """
        SELECT p.id, p.moved_to_id, target.moved_to_id FROM forum_post p
        JOIN forum_post target ON target.id = p.moved_to_id WHERE target.state = 'pindah'
    """,
    "topik gabungan yang masih berisi": """
        SELECT t.id, count(*), 0 FROM forum_topic t JOIN forum_post p ON p.topic_id = t.id
        WHERE t.merged_into_id IS NOT NULL AND p.state <> 'pindah' GROUP BY t.id
    """,
    "waktu tulisan terakhir": """
        SELECT t.id, extract(epoch FROM t.last_posted_at)::bigint, p.newest FROM forum_topic t
        JOIN LATERAL (SELECT extract(epoch FROM max(created_at))::bigint AS newest,
            max(created_at) AS moment FROM forum_post WHERE topic_id = t.id) p ON true
        WHERE t.last_posted_at <> p.moment AND t.merged_into_id IS NULL
    """,
    "kategori tulisan": """
        SELECT p.id, p.category_id, t.category_id FROM forum_post p
        JOIN forum_topic t ON t.id = p.topic_id WHERE p.category_id IS DISTINCT FROM t.category_id
    """,
    "batas baca melewati akhir topik": """
        SELECT m.id, m.last_number, t.last_number FROM forum_readmark m
        JOIN forum_topic t ON t.id = m.topic_id
        WHERE m.last_number > t.last_number AND t.merged_into_id IS NULL
    """,
}
# Corrects what counts rows of people, where some of these rows are gone.
COUNTS: Final = (
    """UPDATE forum_post p SET thanks_count = q.n FROM (
        SELECT p.id, count(t.id) AS n FROM forum_post p
        LEFT JOIN forum_thanks t ON t.post_id = p.id GROUP BY p.id
    ) q WHERE q.id = p.id AND p.thanks_count <> q.n""",
    """UPDATE forum_topic t SET thanks_count = q.n FROM (
        SELECT t.id, coalesce(sum(p.thanks_count), 0) AS n FROM forum_topic t
        LEFT JOIN forum_post p ON p.topic_id = t.id GROUP BY t.id
    ) q WHERE q.id = t.id AND t.thanks_count <> q.n""",
    """UPDATE forum_topic t SET metoo_count = q.n FROM (
        SELECT t.id, count(m.id) AS n FROM forum_topic t
        LEFT JOIN forum_metoo m ON m.topic_id = t.id GROUP BY t.id
    ) q WHERE q.id = t.id AND t.metoo_count <> q.n""",
)
MOST: Final = 20
"""Rows named for each check; the count tells of the others."""


@dataclass(frozen=True)
class Difference:
    """One check that found something: `rows` holds (number of the row, as it stands, as it should)."""

    what: str
    count: int
    rows: list[tuple[int, int, int]]


def differences() -> Iterator[Difference]:
    """Every check that finds something, one after the other, on the committed state."""
    with connection.cursor() as cursor:
        for what, statement in CHECKS.items():
            cursor.execute(statement)
            found = cursor.fetchall()
            if found:
                yield Difference(what, len(found), found[:MOST])


def count_anew() -> None:
    """Write the right numbers of thanks and of "saya juga"."""
    with connection.cursor() as cursor:
        for statement in COUNTS:
            cursor.execute(statement)
