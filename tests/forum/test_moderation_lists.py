"""The queue and the objections page by page, and the files of what was reported."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib.files import CheckedFile
from forum.actions import moderation
from forum.actions.appeals import appeal
from forum.models import Appeal, Attachment, Decision, Member, Post, Report, Topic
from tests.forum.made import make_attachment, make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
WHY = "Memuat data pribadi orang lain."
FILE = CheckedFile.of(b"jpeg", extension="jpg", pages=1, original_name="bukti.jpg")
JUNK = ("x", "~", "2026-11-24~1", f"2026-11-24T08:00:00+00:00~{'9' * 30}", "\0", "~" * 90)


def walk(client: Client, path: str, pattern: str) -> list[str]:
    """What a list holds from its first page to its last, by the links that lead on."""
    found, query = [], ""
    for _ in range(20):
        with CaptureQueriesContext(connection) as queries:
            html = client.get(path + query).content.decode()
        assert len(queries) <= 8
        found += re.findall(pattern, html)
        following = re.search(r'rel="next" href="(\?[^"]+)"', html)
        assert ("Ke awal" in html) is bool(query)
        if following is None:
            return found
        query = following[1].replace("&amp;", "&")
    raise AssertionError("a list without end")


def test_the_queue_goes_on_until_its_end(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    """60 posts in the order in which they wait, three reported at the same moment each time."""
    topic, start = make_topic(siti), timezone.now() - dt.timedelta(days=2)
    wanted = []
    for number in range(60):
        post = make_reply(topic, budi, f"Nomor {number:02}")
        at = start + dt.timedelta(minutes=number // 3)
        Report.objects.create(post=post, reporter=siti, reason="lain", created_at=at)
        wanted.append(f"Nomor {number:02}")
    client.force_login(maya)
    assert walk(client, reverse("forum:moderation"), r"Nomor \d\d") == wanted
    for junk in JUNK:
        html = client.get(reverse("forum:moderation"), {"setelah": junk}).content.decode()
        assert "Nomor 00" in html


def test_a_place_behind_the_last_one_is_an_empty_page(client: Client, maya: User) -> None:
    client.force_login(maya)
    place = {"setelah": "2999-01-01T00:00:00+00:00~1"}
    for name in ("moderation", "appeals"):
        html = client.get(reverse(f"forum:{name}"), place).content.decode()
        assert "Ke awal" in html


def test_objections_go_on_until_their_end(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    post = make_reply(make_topic(siti), budi)
    start = timezone.now() - dt.timedelta(days=2)
    for number in range(120):
        decision = Decision.objects.create(
            verb="tegur", by=maya, reason=WHY, post=post, topic=post.topic, person=budi
        )
        at = start + dt.timedelta(minutes=number // 3)
        text = f"Keberatan {number:03}"
        Appeal.objects.create(decision=decision, by=budi, text=text, created_at=at)
    client.force_login(maya)
    found = walk(client, reverse("forum:appeals"), r"Keberatan \d\d\d")
    assert found == [f"Keberatan {number:03}" for number in range(120)]
    for junk in JUNK:
        assert client.get(reverse("forum:appeals"), {"setelah": junk}).status_code == 200


def with_file(post: Post) -> Attachment:
    return make_attachment(post, FILE)


def answered(client: Client, user: User, attachment: Attachment) -> int:
    client.force_login(user)
    return client.get(reverse("forum:attachment", args=[attachment.pk])).status_code


class TestFiles:
    @pytest.fixture
    def private(self, siti: User, budi: User) -> Topic:
        topic = make_topic(siti)
        make_reply(topic, budi, "Jawaban yang dilaporkan")
        Topic.objects.filter(pk=topic.pk).update(kind="konsultasi", category=None)
        Member.objects.create(topic=topic, user=siti, part="penanya")
        Member.objects.create(topic=topic, user=budi, part="konsultan")
        topic.refresh_from_db()
        return topic

    def test_of_a_consultation_are_seen_while_its_post_is_to_be_decided(
        self, client: Client, private: Topic, siti: User, budi: User, maya: User, rina: User
    ) -> None:
        question, answer = private.posts.order_by("number")
        other, reported = with_file(question), with_file(answer)
        page = reverse("forum:post_moderate", args=[answer.pk])
        assert answered(client, maya, reported) == 404
        moderation.report_post(answer, reason="menyerang", by=siti)
        assert answered(client, maya, reported) == 200
        assert str(reported.pk) in client.get(page).content.decode()
        assert answered(client, maya, other) == 404
        assert answered(client, rina, reported) == 404
        moderation.hide_post(answer, by=maya, reason=WHY)
        assert answered(client, maya, reported) == 200
        assert answered(client, budi, reported) == 200
        assert answered(client, siti, reported) == 404
        moderation.show_post(answer, by=maya, reason=WHY)
        assert answered(client, maya, reported) == 404
        assert answered(client, siti, reported) == 200

    def test_of_a_hidden_post_are_for_those_who_read_its_text(
        self, client: Client, siti: User, budi: User, maya: User, admin: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        attachment = with_file(post)
        hidden = moderation.hide_post(post, by=maya, reason=WHY)
        appeal(hidden, text="Itu surat edaran.", by=budi)
        for person, status in ((siti, 404), (budi, 200), (maya, 200), (admin, 200)):
            assert answered(client, person, attachment) == status
        for person in (budi, admin):
            client.force_login(person)
            html = client.get(reverse("forum:decision", args=[hidden.pk])).content.decode()
            assert f"/forum/lampiran/{attachment.pk}/" in html

    def test_are_gone_for_an_author_who_no_longer_sees_the_topic(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        attachment = with_file(make_reply(topic, budi))
        closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
        moderation.move_topic(topic, closed, by=maya, reason=WHY)
        assert answered(client, budi, attachment) == 404
        assert answered(client, maya, attachment) == 200
