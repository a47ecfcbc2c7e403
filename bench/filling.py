"""A database for measuring the forum: what readers of ten years leave behind, made by few statements.

    DATABASE_URL=postgresql://... DEMO=1 python -m bench.filling --officers 364 --posts 10000

Every number of a counter is the sum of rows that are there: `manage.py check_forum` finds nothing.
"""

from __future__ import annotations

import argparse
import json
import os
from typing import Final

import django

READERS: Final = 500
WRITERS: Final = 10
ORDINARY: Final = "siti@demo.example"
MODERATOR: Final = "moderator@bench.example"
PEMBINA: Final = "pembina@bench.example"

PEOPLE: Final = """
INSERT INTO accounts_user (password, is_superuser, email, name, is_active, date_joined, activated_at)
SELECT '!', false, email, name, true, now() - interval '400 days', now() - interval '400 days'
FROM (SELECT 'pembaca-' || n || '@bench.example' AS email, 'Pembaca ' || n AS name
    FROM generate_series(1, %(readers)s) n
    UNION ALL VALUES (%(moderator)s, 'Moderator Forum'), (%(pembina)s, 'Pembina Forum')) people;

INSERT INTO accounts_rolegrant (role, province_code, valid_from, reason, user_id)
SELECT CASE email WHEN %(moderator)s THEN 'moderator' WHEN %(pembina)s THEN 'pembina'
    ELSE 'pengantar_kerja' END, '', current_date - 400, '', id
FROM accounts_user WHERE email LIKE '%%@bench.example';

UPDATE registry_officer officer SET user_id = pair.account FROM (
    SELECT o.id, u.id AS account
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM registry_officer
        WHERE user_id IS NULL AND merged_into_id IS NULL) o
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts_user
        WHERE email LIKE 'pembaca-%%') u USING (n)) pair
WHERE officer.id = pair.id
"""
# What they have read, follow and thank for. The first reader has read and follows very much.
READING: Final = """
CREATE TEMPORARY TABLE reader AS SELECT id, row_number() OVER (ORDER BY id) AS n
FROM accounts_user WHERE email LIKE 'pembaca-%%' OR email = %(ordinary)s;
CREATE TEMPORARY TABLE place AS
SELECT id, last_number, row_number() OVER (ORDER BY last_posted_at DESC, id DESC) AS n,
    count(*) OVER () AS total FROM forum_topic WHERE category_id IS NOT NULL;
CREATE UNIQUE INDEX ON place (n);
ANALYZE reader; ANALYZE place;

INSERT INTO forum_readmark (user_id, topic_id, last_number)
SELECT r.id, p.id, greatest(1, p.last_number - (p.n + r.n) %% 4) FROM reader r
CROSS JOIN generate_series(1, CASE WHEN r.n = 1 THEN 5000 ELSE 200 END) k
JOIN place p ON p.n = k * (CASE WHEN r.n = 1 THEN 1 ELSE 2 END) + r.n %% 50
ON CONFLICT DO NOTHING;

INSERT INTO forum_categoryread (user_id, category_id, read_at)
SELECT r.id, c.id, now() - interval '1 day' * (20 + (r.n + c.id) %% 300)
FROM reader r CROSS JOIN forum_category c WHERE (r.n + c.id) %% 3 = 0;

INSERT INTO forum_topicfollow (user_id, topic_id, stance, created_at)
SELECT r.id, p.id, CASE WHEN (r.n + k) %% 20 = 0 THEN 'bisu' ELSE 'ikut' END, now()
FROM reader r CROSS JOIN generate_series(1, CASE WHEN r.n = 1 THEN 2000 ELSE 40 END) k
JOIN place p ON p.n = 1 + (k::bigint * 7919 + r.n * 31) %% p.total
ON CONFLICT DO NOTHING;

INSERT INTO forum_thanks (user_id, post_id, created_at)
SELECT r.id, p.id, p.created_at FROM forum_post p
CROSS JOIN generate_series(0, (p.id %% 5)::int) k JOIN reader r ON r.n = 1 + (p.id / 50 + k) %% 500
WHERE p.id %% 50 < 5 ON CONFLICT DO NOTHING;
UPDATE forum_post p SET thanks_count = t.many
FROM (SELECT post_id, count(*) AS many FROM forum_thanks GROUP BY post_id) t WHERE t.post_id = p.id;
UPDATE forum_topic t SET thanks_count = p.many FROM (SELECT topic_id, sum(thanks_count) AS many
    FROM forum_post WHERE thanks_count > 0 GROUP BY topic_id) p WHERE p.topic_id = t.id;

INSERT INTO forum_draft (user_id, place, key, kind, title, source, saved_at)
SELECT r.id, 'balas-' || p.id, gen_random_uuid(), '', '', repeat('Yang belum dikirim. ', 20), now()
FROM reader r CROSS JOIN generate_series(1, CASE WHEN r.n = 1 THEN 40 ELSE 2 END) k
JOIN place p ON p.n = 300 + k * 13 + r.n %% 11 ON CONFLICT DO NOTHING
"""
# Of the accepted answers one in 30 is verified (in a small forum one in three, so that either fills a
# page); of these one in ten waits to be looked at again.
ANSWERS: Final = """
INSERT INTO forum_regulation (name, title, in_force_from)
SELECT 'Permenaker ' || n || '/2020', 'Peraturan rekaan', '2020-01-01' FROM generate_series(1, 20) n;
INSERT INTO forum_verification
    (post_id, verified_by_id, verified_by_name, verified_at, post_version, note, valid_until,
    review_from, end_reason)
SELECT p.id, u.id, u.name, p.created_at, 1, '', day, day + 1, '' FROM (
    SELECT *, current_date + 30 - CASE WHEN id %% 10 = 0 THEN 200 ELSE 0 END + (id %% 100)::int AS day
    FROM forum_post WHERE standing = 1 AND topic_id %% CASE WHEN %(posts)s < 100000 THEN 3 ELSE 30 END = 0) p
JOIN accounts_user u ON u.email = %(pembina)s;
INSERT INTO forum_citation (verification_id, regulation_id, article)
SELECT v.id, r.id, 'Pasal ' || k FROM forum_verification v
CROSS JOIN generate_series(1, 2) k JOIN forum_regulation r ON r.id = (
    SELECT min(id) FROM forum_regulation) + (v.id + k) %% 20;
UPDATE forum_post p SET standing = 2 FROM forum_verification v WHERE v.post_id = p.id;
UPDATE forum_topic t SET verification_id = v.id FROM forum_verification v
JOIN forum_post p ON p.id = v.post_id WHERE t.id = p.topic_id
"""
# Some topics are pinned, locked, hidden; some posts are tombstones, some are reported.
MODERATION: Final = """
UPDATE forum_topic SET pinned_at = now() WHERE id IN (
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY category_id ORDER BY id) AS n
        FROM forum_topic WHERE category_id IS NOT NULL) topic WHERE n <= 3);
UPDATE forum_topic SET locked_at = now() WHERE id %% 97 = 0;
UPDATE forum_topic SET hidden_at = now() WHERE id %% 211 = 0;
UPDATE forum_post SET state = 'hapus', source = '', html = '', search = NULL
WHERE id %% 499 = 1 AND number > 1 AND standing = 0 AND thanks_count = 0;
UPDATE forum_post SET state = 'sembunyi' WHERE id %% 499 = 2 AND number > 1 AND standing = 0;
UPDATE forum_topic t SET reply_count = reply_count - p.gone FROM (
    SELECT topic_id, count(*) AS gone FROM forum_post WHERE state <> 'tampil' GROUP BY topic_id) p
WHERE p.topic_id = t.id;
INSERT INTO forum_decision (verb, reason, facts, created_at, by_id, topic_id)
SELECT 'kunci', 'Sudah selesai dibicarakan.', '{}', now(), u.id, t.id
FROM forum_topic t JOIN accounts_user u ON u.email = %(moderator)s WHERE t.locked_at IS NOT NULL;
INSERT INTO forum_report (post_id, reporter_id, reason, details, created_at)
SELECT p.id, r.id, 'iklan', '', now() - interval '1 hour' * r.n FROM reader r
JOIN forum_post p ON p.id = (SELECT max(id) FROM forum_post) - r.n / 2 * 17 WHERE r.n <= 80
"""
# In either forum somebody wrote as many posts as in the other, though it is a hundred times as large.
ONE_AUTHOR: Final = """
UPDATE forum_post SET author_name = 'Tunggul Wirasentosa'
WHERE id IN (SELECT id FROM forum_post WHERE state = 'tampil' ORDER BY md5(id::text) LIMIT 40)
"""
# One consultation in private for fifty posts, the first reader being a part of some.
CONSULTATIONS: Final = """
CREATE TEMPORARY TABLE asked AS
SELECT n, nextval(pg_get_serial_sequence('forum_topic', 'id')) AS id
FROM generate_series(1, greatest(200, %(posts)s / 500)) n;
INSERT INTO forum_topic (id, kind, title, author_name, created_at, last_number, last_posted_at,
    last_author_name, reply_count, thanks_count, metoo_count, merged_offset, author_id)
OVERRIDING SYSTEM VALUE
SELECT a.id, 'konsultasi', 'Pertanyaan pribadi tentang angka kredit ' || n, '', now(), 2, now(), '',
    1, 0, 0, 0, r.id FROM asked a JOIN reader r USING (n)
UNION ALL
SELECT a.id, 'konsultasi', 'Pertanyaan pribadi tentang mutasi ' || a.n, '', now(), 2, now(), '',
    1, 0, 0, 0, r.id FROM asked a JOIN reader r ON r.n = 1 + a.n %% 50 WHERE a.n > 501;
INSERT INTO forum_post (topic_id, number, source, html, renderer, state, created_at, version,
    standing, thanks_count, attachment_count, author_name, author_jenjang, author_unit, author_role,
    author_id, search)
SELECT t.id, k, 'Angka kredit saya', '<p>Angka kredit saya</p>', 1, 'tampil', t.created_at, 1, 0, 0, 0, '',
    '', '', '', t.author_id, to_tsvector('simple', 'angka kredit')
FROM forum_topic t CROSS JOIN generate_series(1, 2) k
WHERE t.id IN (SELECT id FROM asked);
INSERT INTO forum_consultation
    (topic_id, province_code, state, chooses_itself, texts_proposed)
SELECT id, '32', 'menunggu', false, 0 FROM forum_topic WHERE id IN (SELECT id FROM asked);
INSERT INTO forum_member (topic_id, user_id, part, joined_at)
SELECT id, author_id, 'penanya', now() FROM forum_topic WHERE id IN (SELECT id FROM asked);
INSERT INTO forum_member (topic_id, user_id, part, joined_at)
SELECT t.id, r.id, 'konsultan', now() FROM (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY id) AS place FROM forum_topic) t
JOIN reader r ON r.n = CASE WHEN t.place <= 120 THEN 1 ELSE 100 + t.id %% 80 END
WHERE t.id IN (SELECT id FROM asked) AND r.id <> t.author_id;
INSERT INTO forum_assignment (consultation_id, user_id, assigned_at, due_on, outcome, why)
SELECT topic_id, user_id, now(), current_date + 3, '', '{}' FROM forum_member
WHERE part = 'konsultan' AND topic_id IN (SELECT id FROM asked)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Basis data untuk mengukur forum.")
    parser.add_argument("--officers", type=int, default=364)
    parser.add_argument("--posts", type=int, default=0)
    parser.add_argument("--cookies", action="store_true", help="Tulis kue sesi orang-orangnya.")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epk.settings")
    django.setup()
    if asked.cookies:
        print(json.dumps(cookies()))
    else:
        fill(asked.officers, asked.posts)


def cookies() -> dict[str, str]:
    """The cookie by which each of those who are measured is logged in."""
    from django.conf import settings  # noqa: PLC0415  (needs the settings)
    from django.test import Client  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415

    people = [ORDINARY, MODERATOR, PEMBINA]
    people += [f"pembaca-{number}@bench.example" for number in range(2, 2 + WRITERS)]
    found = {}
    for person in User.objects.filter(email__in=people):
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        found[person.email] = f"{settings.SESSION_COOKIE_NAME}={session}"
    return found


def fill(officers: int, posts: int) -> None:
    """Officers, accounts for some of them, posts, and what readers made of these."""
    import pghistory  # noqa: PLC0415  (needs the settings)
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from forum.demo import fill_posts  # noqa: PLC0415

    names: dict[str, int | str] = {
        "readers": min(READERS, officers // 2),
        "ordinary": ORDINARY,
        "moderator": MODERATOR,
        "pembina": PEMBINA,
        "posts": posts,
    }
    call_command("demo", officers=officers)

    def run(statements: str) -> None:
        with connection.cursor() as cursor, pghistory.context(reason="Pengukuran"):
            for statement in statements.split(";\n"):
                cursor.execute(statement, names)

    run(PEOPLE)
    fill_posts(posts, on=timezone.localdate(), progress=print)
    for statements in (READING, ANSWERS, MODERATION, ONE_AUTHOR, CONSULTATIONS):
        run(statements)


if __name__ == "__main__":
    main()
