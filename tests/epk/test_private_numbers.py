"""Private numbers are found before they are sent, and nothing else is taken for one."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.private_numbers import NIK, PHONE, found_in
from forum.models import Draft, Post
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
        f"{THE_NIK} 26 tahun",
        f"1. {THE_NIK} {THE_NIK}",
        "3 2 1 2 0 1 4 5 0 5 9 0 0 0 0 1",
        "32 12 01 450590 0001",
        "3212\u00a00145\u00a00590\u00a00001",
        "3212\u20110145\u20110590\u20110001",
        "3212**0145**05900001",
        "32120145*0590*_0001_",
        "3212014505~~90~~0001",
        "3212`0145`05900001",
        "321201450590&#48;001",
        "3212014505900&#x200b;001",
        "[3212](https://a.example)014505900001",
        "![3212](https://a.example/b.png)014505900001",
        "32120145\n05900001",
        "NIK: 3212 0145  \n0590 0001 a.n. Siti",
        "> 32120145\n> 05900001",
        "- 32120145\n  05900001",
        f"| NIK | Nama |\n|---|---|\n| {THE_NIK} | Siti |",
        f"```\n{THE_NIK}\n```",
        f"<b>{THE_NIK}</b>",
        f"https://a.example/?nik={THE_NIK}",
        f"[kartu](https://a.example/?nik={THE_NIK})",
    ],
)
def test_a_nik_is_found(text: str) -> None:
    found = {(found.kind, found.masked) for found in found_in("Judul", text)}
    assert found == {(NIK, "3212••••••••••01")}


def test_a_nik_in_a_title_is_found() -> None:
    assert [found.kind for found in found_in(f"Data {THE_NIK}", "Isi")] == [NIK]


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
        "0812**9876**5432",
        "[hubungi saya](https://wa.me/6281298765432)",
    ],
)
def test_a_mobile_number_is_found(text: str) -> None:
    assert {found.kind for found in found_in("Judul", text)} == {PHONE}


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
        "2 19850410 201001 2 003",
        "1. **19850410** 201001 2 003",
        "NIP 198504102010012003\nNIP 198504102010012004",
        "19850410201001 2 003",
        "Telp. 272655 / 0411 273456",
        "0411 272655 0411 273456",
        "272655 0411 273456",
        "Telepon (0411) 272655\n(0411) 273456",
        "0411 272655\n0411 273456",
        "0231-203456\n0231-208899",
        "12 08 2026 12 08 2026",
        "12/08/2026 12/08/2026",
        "20260410\n20260412",
        "B-1/2345/PK.01.02/VI/2026 tanggal 12 Juni 2026",
        "560/1234/2026 dan 560/1235/2026",
        "Permenaker Nomor 21 Tahun 2023 jo. Nomor 5 Tahun 2018",
        "PermenPANRB 1/2022, 2022-01-12",
        "1.250.000.000 dan 1.350.000.000",
        "1.250.000.000\n1.350.000.000",
        "AK 150,00 200,00 300,00 450,00",
        "32 12 01 2026 450590",
        "| 3212 | 0145 | 0590 | 0001 |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert found_in("Judul", text) == []


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
