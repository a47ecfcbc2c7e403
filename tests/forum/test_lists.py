"""Lists of topics: filters, order, pages, what is unread, and how many questions they ask."""

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
from forum.actions.writing import mark_read
from forum.models import CategoryRead, Stance, Topic, TopicFollow
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
MOST = 8


def titles(client: Client, **query: str) -> list[str]:
    html = client.get(reverse("forum:index"), query).content.decode()
    return re.findall(r'topic-row__title"><a href="[^"]*">([^<]*)</a>', html)


@pytest.fixture
def long_ago(budi: User) -> dt.datetime:
    User.objects.filter(pk=budi.pk).update(date_joined=timezone.now() - dt.timedelta(days=9))
    budi.refresh_from_db()
    return timezone.now() - dt.timedelta(days=3)


def test_pages_follow_each_other_without_gap_or_repeat(client: Client, siti: User) -> None:
    now = timezone.now()
    for number in range(60):  # some at the same moment
        make_topic(
            siti, title=f"Topik bernomor {number}", at=now - dt.timedelta(minutes=number // 4)
        )
    client.force_login(siti)
    found: list[str] = []
    path = reverse("forum:index")
    for _ in range(3):
        html = client.get(path).content.decode()
        found += re.findall(r">(Topik bernomor \d+)</a>", html)
        more = re.search(r'rel="next" href="(\?[^"]*)"', html)
        path = reverse("forum:index") + (more[1].replace("&amp;", "&") if more else "")
    assert len(found) == 60
    assert len(set(found)) == 60


@pytest.mark.parametrize(
    "query",
    [
        {"setelah": "x"},
        {"setelah": "2026-01-01~1"},
        {"setelah": "\0~1"},
        {"setelah": "9" * 40 + "~1", "urut": "terima-kasih"},
        {"setelah": "2026-01-01T00:00:00+00:00~" + "9" * 18},
        {"tampil": "x", "urut": "\0"},
    ],
    ids=str,
)
def test_junk_in_the_address_is_left_out(client: Client, siti: User, query: dict[str, str]) -> None:
    client.force_login(siti)
    assert client.get(reverse("forum:index"), query).status_code == 200


def test_unread_is_what_was_written_since(
    client: Client, siti: User, budi: User, long_ago: dt.datetime
) -> None:
    read = make_topic(siti, title="Sudah dibaca semua", at=long_ago)
    partly = make_topic(siti, title="Dibaca sebagian saja", at=long_ago)
    make_topic(siti, title="Belum pernah dibuka", at=long_ago)
    muted = make_topic(siti, title="Dibisukan karena ramai", at=long_ago)
    make_topic(siti, title="Sebelum akun ini ada", at=long_ago - dt.timedelta(days=30))
    mark_read(read, 1, by=budi)
    mark_read(partly, 1, by=budi)
    make_reply(partly, siti)
    TopicFollow.objects.create(user=budi, topic=muted, stance=Stance.MUTED)
    client.force_login(budi)
    assert set(titles(client, tampil="belum-dibaca")) == {
        "Dibaca sebagian saja",
        "Belum pernah dibuka",
    }
    CategoryRead.objects.create(user=budi, category=make_category(), read_at=timezone.now())
    assert titles(client, tampil="belum-dibaca") == ["Dibaca sebagian saja"]


def test_a_row_leads_to_the_first_unread_post(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    for _ in range(30):
        make_reply(topic, siti)
    mark_read(topic, 22, by=budi)
    client.force_login(budi)
    html = client.get(reverse("forum:index")).content.decode()
    assert f"/forum/topik/{topic.pk}/?halaman=2#tulisan-23" in html


def test_shows_questions_without_an_answer(client: Client, siti: User, budi: User) -> None:
    make_topic(siti, title="Pertanyaan tanpa jawaban")
    make_topic(siti, title="Diskusi biasa saja", kind="diskusi")
    answered = make_topic(siti, title="Pertanyaan terjawab")
    Topic.objects.filter(pk=answered.pk).update(accepted=make_reply(answered, budi))
    client.force_login(budi)
    assert titles(client, tampil="belum-terjawab") == ["Pertanyaan tanpa jawaban"]


def test_mine_are_those_i_follow(client: Client, siti: User, budi: User) -> None:
    make_topic(siti, title="Bukan urusan Budi")
    make_reply(make_topic(siti, title="Budi ikut menulis"), budi)
    client.force_login(budi)
    assert titles(client, tampil="ikut-saya") == ["Budi ikut menulis"]


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len([found for found in asked.captured_queries if "SAVEPOINT" not in found["sql"]])


def test_pages_ask_the_same_of_2_and_of_60(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti)
    make_topic(budi)
    client.force_login(budi)
    paths = [
        reverse("forum:index"),
        reverse("forum:category", args=["umum"]),
        reverse("forum:topic", args=[topic.pk]),
        reverse("forum:drafts"),
    ]
    few = [queries(client, path) for path in paths]
    for number in range(60):
        make_topic(siti, title=f"Topik bernomor {number}")
        make_reply(topic, siti, f"Lihat /forum/topik/{topic.pk}/ dan @PK-000001")
    many = [queries(client, path) for path in [*paths[:2], f"{paths[2]}?halaman=3", paths[3]]]
    assert max(few + many) <= MOST, (few, many)
    assert many[:2] == few[:2]


def test_an_author_has_one_colour_in_list_and_topic(client: Client, siti: User, budi: User) -> None:
    client.force_login(siti)
    for author in (siti, budi):
        topic = make_topic(author)
        colours = []
        for address in (reverse("forum:index"), reverse("forum:topic", args=[topic.pk])):
            html = client.get(address).content.decode()
            colours.append(re.findall(r'class="avatar avatar--(\d)" aria-hidden', html)[0])
        assert colours[0] == colours[1]
    assert siti.pk % 6 != siti.officer.number % 6 or budi.pk % 6 != budi.officer.number % 6
