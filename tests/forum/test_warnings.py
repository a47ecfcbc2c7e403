"""Private numbers are found before they are sent, and nothing else is taken for one."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Draft, Post
from forum.warnings import NIK, PHONE, found_in
from tests.forum.made import make_reply, make_topic

THE_NIK = "3212014505900001"
THE_PHONE = "081298765432"


@pytest.mark.parametrize(
    "text",
    [
        THE_NIK,
        f"NIK: {THE_NIK}.",
        "3212 0145 0590 0001",
        "3212.0145.0590.0001",
        "321201-450590-0001",
        "32\u200b12014505900001",
        "３２１２０１４５０５９００００１",
        f"{THE_NIK} 2026",
        f"1. {THE_NIK} {THE_NIK}",
    ],
)
def test_a_nik_is_found(text: str) -> None:
    assert {(found.kind, found.masked) for found in found_in(text)} == {(NIK, "3212••••••••••01")}


@pytest.mark.parametrize(
    "text",
    [
        THE_PHONE,
        "0812-9876-5432",
        "0812 9876 5432",
        "+62 812-9876-5432",
        "+6281298765432",
        "6281298765432",
        "(+62) 812 9876 5432",
        "https://wa.me/6281298765432",
        "hubungi 0812.9876.5432 pukul 10.30",
    ],
)
def test_a_mobile_number_is_found(text: str) -> None:
    assert {found.kind for found in found_in(text)} == {PHONE}


@pytest.mark.parametrize(
    "text",
    [
        "198504122010012003",
        "19850412 201001 2 003",
        "19850412.201001.2.003",
        "32120145059000012",
        "3212019905900001",
        "9912014505900001",
        "0234-000-047",
        "(021) 5255733",
        "08-12-2026 10.30-12.00",
        "08/12/2026 08/12/2026",
        "Permenaker 1/2026 Pasal 12 ayat (3)",
        "Rp1.250.000.000",
        "2025\n0412\n1001\n2003",
        "",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert found_in(text) == []


def test_a_long_text_of_digits_takes_no_time() -> None:
    assert len(found_in("9 " * 10_000 + f"{THE_NIK} " * 2)) == 1


def _send(client: Client, topic_id: int, source: str, **more: str) -> int:
    values = {"source": source, "key": str(uuid.uuid4()), "aksi": "kirim", **more}
    return client.post(reverse("forum:reply", args=[topic_id]), values).status_code


@pytest.mark.django_db
class TestTheComposer:
    def test_lets_no_nik_through(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        client.force_login(budi)
        assert _send(client, topic.pk, f"NIK saya {THE_NIK}", sure="on") == 200
        assert not Post.objects.filter(author=budi).exists()
        assert THE_NIK in Draft.objects.get(user=budi).source

    def test_asks_about_a_phone_once(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        client.force_login(budi)
        path = reverse("forum:reply", args=[topic.pk])
        html = client.post(path, {"source": f"Telepon {THE_PHONE}"}).content.decode()
        assert "0812••••••32" in html
        assert 'name="sure"' in html
        assert not Post.objects.filter(author=budi).exists()
        assert _send(client, topic.pk, f"Telepon {THE_PHONE}", sure="on") == 302
        assert Post.objects.filter(author=budi).count() == 1

    def test_asks_nothing_of_other_texts(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        client.force_login(budi)
        html = client.get(reverse("forum:reply", args=[topic.pk])).content.decode()
        assert 'name="sure"' not in html
        assert _send(client, topic.pk, "Tidak ada nomor di sini.") == 302

    def test_looks_at_an_edit_and_a_title(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi)
        client.force_login(budi)
        values = {"source": f"NIK {THE_NIK}", "version": "1", "aksi": "kirim"}
        client.post(reverse("forum:post_edit", args=[post.pk]), values)
        post.refresh_from_db()
        assert post.version == 1
        new = {"kind": "diskusi", "category": "umum", "title": f"Data {THE_NIK}", "source": "Isi"}
        assert client.post(reverse("forum:topic_new"), new).status_code == 200

    def test_keeps_a_draft_with_a_number(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        client.force_login(budi)
        values = {
            "source": f"NIK {THE_NIK}",
            "place": f"balas-{topic.pk}",
            "key": str(uuid.uuid4()),
        }
        assert client.post(reverse("forum:draft_save"), values).status_code == 200
