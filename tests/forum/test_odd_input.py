"""Odd values in every parameter of the forum: an answer below 500, and nothing half-saved."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Topic
from tests.forum.made import make_topic
from tests.test_bad_input import FORM, JUNK

pytestmark = pytest.mark.django_db
MOMENTS = {
    "first_moment": "0001-01-01T00:00:00%2B14:00~1",
    "last_moment": "9999-12-31T23:59:59-12:00~1",
    "seconds_in_zone": "2026-01-01T00:00:00%2B01:00:00.5~1",
    "huge_topic": "2026-01-01T00:00:00%2B00:00~999999999999999999",
    "many_thanks": "999999999~1",
}
ODD = JUNK | MOMENTS
QUERIES = {
    "index": ("tampil", "urut", "setelah"),
    "search": ("q", "kategori", "penulis", "jawaban", "sejak", "sampai", "halaman"),
    "topic_new": ("kategori",),
    "similar_topics": ("judul",),
    "mention_names": ("q",),
    "consultation_new": ("keahlian",),
    "consultation_send": ("keahlian", "rekan", "key"),
    "moderation_log": ("tindakan", "sebelum"),
    "regulations": ("halaman",),
}
POSTED = {
    "topic_new": ("kind", "category", "title", "source", "key", "aksi"),
    "draft_save": ("place", "key", "kind", "category", "title", "source"),
    "mark_read": ("kategori", "sampai"),
    "consultation_new": ("expertise", "title", "source", "key"),
    "consultation_send": ("keahlian", "rekan", "key"),
    "availability": ("takes_questions", "away_from", "away_until"),
    "regulation_new": ("name", "title", "in_force_from"),
}


@pytest.fixture
def pembina(client: Client, maya: User) -> Client:
    client.force_login(maya)
    return client


@pytest.mark.parametrize("name", QUERIES)
def test_an_address_takes_any_value(pembina: Client, maya: User, name: str) -> None:
    make_topic(maya)
    for value in ODD.values():
        for parameter in QUERIES[name]:
            order = "&urut=terima-kasih" if parameter == "setelah" else ""
            for query in {f"{parameter}={value}", f"{parameter}={value}{order}"}:
                answer = pembina.get(reverse(f"forum:{name}"), QUERY_STRING=query)
                assert answer.status_code < 500, query


@pytest.mark.parametrize("name", POSTED)
def test_a_form_takes_any_value(pembina: Client, name: str) -> None:
    for value in JUNK.values():
        body = "&".join(f"{field}={value}" for field in POSTED[name])
        answer = pembina.generic("POST", reverse(f"forum:{name}"), body, content_type=FORM)
        assert answer.status_code < 500, value
        for field in POSTED[name]:
            body = f"{field}={value}"
            answer = pembina.generic("POST", reverse(f"forum:{name}"), body, content_type=FORM)
            assert answer.status_code < 500, body
    assert not Topic.objects.exists()


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 60])
def test_a_number_of_any_length_is_none_of_ours(pembina: Client, number: str) -> None:
    for path in (f"topik/{number}/", f"pos/{number}/", f"topik/{number}/balas/",
                 f"pos/{number}/riwayat/", f"moderasi/tindakan/{number}/"):  # fmt: skip
        assert pembina.get(f"/forum/{path}").status_code == 404
    assert pembina.post(f"/forum/pos/{number}/terima-kasih/").status_code == 404
    assert pembina.post(f"/forum/draf/{number}/hapus/").status_code == 404
