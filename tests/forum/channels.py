"""Every way by which the forum could tell somebody something: one line each.

WIDE channels tell of all topics at once and are asked once a person; NARROW ones are addresses of
one topic or post. A new page, feed or file is one more line in one of the two, and one in `MUST`
of the test if it has to show something.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from forum.actions.feeds import make_feed_key
from forum.presenters.search import MOST_SIMILAR
from notifications.models import Mail
from tests.forum.who_sees import STATES, TITLE, word
from tests.forum.whole_forum import COMMON, Forum, Spot

NOWHERE: Final = 987_654_321
NO_FILE: Final = "00000000-0000-4000-8000-000000000000"
PAGES: Final = 4
MARKS: Final = re.compile(r"</?mark[^>]*>")
CHANGES: Final = re.compile(rb'(?:nonce|csrfmiddlewaretoken|name="csrf)[^>]*')


def said(response: Any) -> str:
    """All of an answer: its headers (where it leads to), and its body without the marks of a search."""
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    body = response.getvalue().decode()
    return f"{response.status_code}\n{head}\n{html.unescape(MARKS.sub('', body))}"


def got(client: Client, *paths: str) -> str:
    return "\n".join(said(client.get(path, follow=True)) for path in paths)


def _at(name: str, query: str = "") -> Callable[[Forum, str, Client], str]:
    return lambda _forum, _role, client: got(client, reverse(name) + query)


def _pages(name: str, query: str = "?") -> Callable[[Forum, str, Client], str]:
    paths = [f"{reverse(name)}{query}&halaman={number}" for number in range(1, PAGES + 1)]
    return lambda _forum, _role, client: got(client, *paths)


def _categories(_forum: Forum, _role: str, client: Client) -> str:
    slugs = ("umum", "tertutup", "arsip-lama")
    return got(client, *(reverse("forum:category", args=[slug]) for slug in slugs))


def _links(forum: Forum, _role: str, client: Client) -> str:
    return got(client, reverse("forum:topic", args=[forum.links]))


def _preview(forum: Forum, _role: str, client: Client) -> str:
    asked = {"source": forum.linked, "aksi": "pratinjau"}
    return said(client.post(reverse("forum:reply", args=[forum.links]), asked))


def _similar(_forum: Forum, _role: str, client: Client) -> str:
    """As many titles at once as topics are offered, so that each finds its own."""
    names, found = list(STATES), []
    for first in range(0, len(names), MOST_SIMILAR):
        titles = [word(TITLE, name) for name in names[first : first + MOST_SIMILAR]]
        answer = client.get(reverse("forum:similar_topics"), {"judul": " ".join(titles)})
        if answer.headers["Content-Type"] == "application/json":
            found += [row["title"] for row in answer.json()["topics"]]
    return "\n".join(found)


def _feed(forum: Forum, role: str, _client: Client) -> str:
    """By a key of one's own, without a login; those who are not let in never get that far."""
    person = forum.people[role]
    if person is None:
        return said(Client().get(reverse("forum:feed")))
    key = f"?kunci={make_feed_key(person)}"
    slugs = ("umum", "tertutup", "arsip-lama")
    paths = [reverse("forum:feed_of_category", args=[slug]) for slug in slugs]
    return got(Client(), *(path + key for path in (reverse("forum:feed"), *paths)))


def _mail(forum: Forum, role: str, _client: Client) -> str:
    person = forum.people[role]
    rows = Mail.objects.filter(user=person) if person else Mail.objects.none()
    return "\n".join(f"{mail.subject}\n{mail.text}\n{mail.html}" for mail in rows)


WIDE: Final[dict[str, Callable[[Forum, str, Client], str]]] = {
    "home": _at("home"),
    "index": _at("forum:index"),
    "unanswered": _at("forum:index", "?tampil=belum-terjawab"),
    "followed": _at("forum:index", "?tampil=ikut-saya"),
    "unread": _at("forum:index", "?tampil=belum-dibaca"),
    "thanked": _at("forum:index", "?urut=terima-kasih"),
    "categories": _categories,
    "new_topic": _at("forum:topic_new"),
    "search": _pages("forum:search", f"?q={COMMON}"),
    "search_author": _pages("forum:search", f"?q={COMMON}&penulis=siti"),
    "similar": _similar,
    "links": _links,
    "preview": _preview,
    "drafts": _at("forum:drafts"),
    "consultations": _at("forum:consultations"),
    "moderation": _at("forum:moderation"),
    "moderation_log": _at("forum:moderation_log"),
    "appeals": _at("forum:appeals"),
    "reviews": _at("forum:reviews"),
    "inbox": _pages("notifications:inbox"),
    "mail": _mail,
    "feed": _feed,
    "feed_key": _at("forum:feeds"),
    "own_data": _at("own_data_json"),
    "own_data_page": _at("own_data"),
    "admin": _at("admin:index"),
    "admin_mail": _at("admin:notifications_mail_changelist"),
    "admin_notices": _at("admin:notifications_notification_changelist"),
    "admin_categories": _at("admin:forum_category_changelist"),
    "admin_jobs": _at("admin:notifications_job_changelist"),
}


def _of_topic(name: str, query: str = "") -> Callable[[Spot], str]:
    return lambda spot: reverse(f"forum:{name}", args=[spot.topic]) + query


def _of_post(name: str) -> Callable[[Spot], str]:
    return lambda spot: reverse(f"forum:{name}", args=[spot.post])


NARROW: Final[dict[str, Callable[[Spot], str]]] = {
    "topic": _of_topic("topic"),
    "print": _of_topic("topic_print"),
    "quote": _of_topic("reply", "?kutip=2"),
    "publication": _of_topic("publication"),
    "topic_moderate": _of_topic("topic_moderate"),
    "post": _of_post("post"),
    "history": _of_post("post_history"),
    "edit": _of_post("post_edit"),
    "delete": _of_post("post_delete"),
    "report": _of_post("post_report"),
    "verify": _of_post("post_verify"),
    "post_moderate": _of_post("post_moderate"),
    "attachment": lambda spot: reverse("forum:attachment", args=[spot.file or NO_FILE]),
    "decision": lambda spot: reverse("forum:decision", args=[spot.decision or NOWHERE]),
}
BUTTONS: Final[dict[str, tuple[Callable[[Spot], str], dict[str, str]]]] = {
    "follow": (_of_topic("topic_follow"), {"sikap": "ikut"}),
    "metoo": (_of_topic("topic_metoo"), {"nilai": "1"}),
    "reply": (_of_topic("reply"), {"source": "Halo"}),
    "hide_topic": (_of_topic("topic_moderate"), {"verb": "sembunyikan_topik", "reason": "x"}),
    "choose": (_of_topic("consultation_choose"), {"rekan": "PK-000001"}),
    "invite": (_of_topic("consultation_invite"), {"rekan": "PK-000001"}),
    "decline": (_of_topic("consultation_decline"), {}),
    "leave": (_of_topic("consultation_leave"), {}),
    "close": (_of_topic("consultation_close"), {}),
    "propose": (_of_topic("publication"), {"title": "x"}),
    "agree": (_of_topic("publication_agree"), {"version": "1"}),
    "withdraw_text": (_of_topic("publication_withdraw"), {}),
    "draft": (
        lambda _spot: reverse("forum:draft_save"),
        {"place": "balas-{topic}", "key": NO_FILE, "source": "x"},
    ),
    "thanks": (_of_post("post_thanks"), {"nilai": "1"}),
    "accept": (_of_post("post_answer"), {"aksi": "terima"}),
    "verify": (_of_post("post_verify"), {"note": "x"}),
    "withdraw": (_of_post("post_withdraw"), {"reason": "x"}),
    "edit": (_of_post("post_edit"), {"source": "x", "version": "2"}),
    "delete": (_of_post("post_delete"), {}),
    "report": (_of_post("post_report"), {"reason": "iklan"}),
    "hide_post": (_of_post("post_moderate"), {"verb": "sembunyikan_tulisan", "reason": "x"}),
}
BY_TOPIC: Final = frozenset({"topic", "print", "quote", "publication", "topic_moderate"})
"""Narrow addresses that name the topic; the others name the post, its file or a decision."""
TOPIC_BUTTONS: Final = frozenset(list(BUTTONS)[: list(BUTTONS).index("thanks")])
NAMES_WRITERS: Final = frozenset({"moderation", "moderation_log", "post_moderate", "decision"})
"""Where moderators read whose post was reported."""


def plain_answer(response: Any) -> tuple[int, str]:
    """An answer without the address that was asked for, and what differs at each look."""
    body = CHANGES.sub(b"", response.getvalue()).decode()
    where, path = response.headers.get("Location", ""), response.request["PATH_INFO"]
    for spelling in (path, quote(path), quote(path, safe="")):
        body, where = body.replace(spelling, "DI SINI"), where.replace(spelling, "DI SINI")
    return response.status_code, f"{where}\n{body}"
