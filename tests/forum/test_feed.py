"""Feeds: valid Atom, as much as the owner of the key may read now, and nothing without a key."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from accounts.models import RoleGrant, User
from forum.actions import moderation, rearranging, writing
from forum.actions.feeds import make_feed_key
from forum.erasure import forget_writer
from forum.models import FeedKey, Post, Topic
from tests.forum.made import make_category, make_consultation, make_reply, make_topic

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def address(key: str, slug: str = "") -> str:
    path = reverse("forum:feed_of_category", args=[slug]) if slug else reverse("forum:feed")
    return f"{path}?kunci={key}"


def fetch(key: str, slug: str = "") -> Any:
    """As a program does: with nothing but the address."""
    return Client().get(address(key, slug))


def bare(path: str, number: int) -> str:
    """A link of which the reader is shown the title, as far as they may see it."""
    return f"[{path}{number}/]({path}{number}/)"


def titles(key: str, slug: str = "") -> list[str]:
    answer = fetch(key, slug)
    assert answer.status_code == 200
    return [entry.findtext(f"{ATOM}title") for entry in entries(answer.content)]


def entries(body: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(body).findall(f"{ATOM}entry")


@pytest.fixture
def key(siti: User) -> str:
    return make_feed_key(siti)


class TestValid:
    def test_has_what_rfc_4287_asks_for(self, key: str, siti: User, budi: User) -> None:
        topic = make_topic(siti, title="Tanda <b> & “kutip”")
        edited = make_reply(topic, budi)
        writing.edit_post(edited, source="Lain", seen_version=1, by=budi)
        answer = fetch(key, "umum")
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        assert feed.tag == f"{ATOM}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "id"
        assert feed.findtext(f"{ATOM}id") == f"{settings.SITE_URL}/forum/umum/"
        assert feed.findtext(f"{ATOM}title") == "Forum e-Pengantar Kerja: Umum"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{settings.SITE_URL}{address(key, 'umum')}"
        found = entries(answer.content)
        assert [entry.findtext(f"{ATOM}title") for entry in found] == [
            "Tanda <b> & “kutip” (tulisan 2)",
            "Tanda <b> & “kutip”",
        ]
        ids = [entry.findtext(f"{ATOM}id") for entry in found]
        assert ids == [f"{settings.SITE_URL}/forum/pos/{pk}/" for pk in (edited.pk, edited.pk - 1)]
        for part in [feed, *found]:
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"{ATOM}{name}")) == 1
            assert RFC_3339.fullmatch(part.findtext(f"{ATOM}updated"))
            assert part.findtext(f"{ATOM}author/{ATOM}name")
        assert found[0].findtext(f"{ATOM}updated") >= found[0].findtext(f"{ATOM}published")
        assert feed.findtext(f"{ATOM}updated") == max(
            entry.findtext(f"{ATOM}updated") for entry in found
        )

    def test_of_nothing_is_valid_too(self, key: str) -> None:
        feed = ElementTree.fromstring(fetch(key).content)
        assert RFC_3339.fullmatch(feed.findtext(f"{ATOM}updated"))
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "e-Pengantar Kerja"

    def test_html_is_escaped_and_its_addresses_are_whole(self, key: str, siti: User) -> None:
        other = make_topic(siti, title="Yang dirujuk")
        make_topic(
            siti, source=f'Lihat {bare("/forum/topik/", other.pk)} <script> **tebal** href="/a"'
        )
        content = entries(fetch(key).content)[0].find(f"{ATOM}content")
        assert content.get("type") == "html"
        assert "<strong>tebal</strong>" in content.text
        assert f'href="{settings.SITE_URL}/forum/topik/{other.pk}/"' in content.text
        assert "Yang dirujuk" in content.text
        assert "&lt;script&gt;" in content.text
        assert 'href="/a"' in content.text.replace("&quot;", '"')
        assert b"<strong>" not in fetch(key).content

    def test_authors_are_as_they_were_when_they_wrote(self, key: str, siti: User) -> None:
        make_topic(siti)
        User.objects.filter(pk=siti.pk).update(name="Nama Baru")
        name = entries(fetch(key).content)[0].findtext(f"{ATOM}author/{ATOM}name")
        assert name.startswith("Siti Wulandari")
        assert "(Ahli Muda · " in name
        Post.objects.update(author=None, author_name="", author_jenjang="", author_unit="")
        name = entries(fetch(key).content)[0].findtext(f"{ATOM}author/{ATOM}name")
        assert name == "Mantan anggota"

    def test_what_no_xml_can_hold_is_left_out(self, key: str, siti: User) -> None:
        topic = make_topic(siti)
        Topic.objects.filter(pk=topic.pk).update(title="Baris\x0b\x1bsatu\ufffe")
        assert titles(key) == ["Barissatu"]

    def test_holds_the_thirty_newest(self, key: str, siti: User) -> None:
        now = timezone.now()
        for number in range(4):
            topic = make_topic(siti, title=f"T{number}", at=now - dt.timedelta(days=number))
        for number in range(40):
            make_reply(topic, siti, at=now + dt.timedelta(seconds=number))
        found = titles(key)
        assert len(found) == 30
        assert found[0] == "T3 (tulisan 41)"


class TestRights:
    def test_of_a_category_that_is_not_read(self, key: str, maya: User) -> None:
        closed = make_category("tertutup", readers=["pembina"], starters=[], repliers=[])
        make_topic(maya, closed, title="Rahasia")
        assert fetch(key, "tertutup").status_code == 404
        assert titles(key) == []
        assert titles(make_feed_key(maya), "tertutup") == ["Rahasia"]

    def test_of_a_category_that_closes(self, key: str, budi: User) -> None:
        category = make_category("terbuka")
        make_topic(budi, category)
        assert len(titles(key, "terbuka")) == 1
        make_category("terbuka", readers=["pembina"], starters=[], repliers=[])
        assert fetch(key, "terbuka").status_code == 404
        assert titles(key) == []

    def test_nothing_hidden_private_or_merged_goes_out(
        self, siti: User, budi: User, maya: User
    ) -> None:
        """Not even to those who may see it on a page: a feed lies in other programs."""
        shown, other = make_topic(siti, title="Tampil"), make_topic(siti, title="Digabung")
        hidden = make_topic(budi, title="Sembunyi")
        deleted = make_reply(shown, siti, "Dihapus")
        rude = make_reply(shown, budi, "Kasar")
        make_consultation(siti, title="Pribadi")
        moderation.hide_topic(hidden, by=maya, reason="Salah.")
        moderation.hide_post(rude, by=maya, reason="Salah.")
        writing.delete_post(deleted, by=siti)
        rearranging.merge_topics(other, shown, by=maya, reason="Sama.")
        for person in (siti, budi, maya):
            text = fetch(make_feed_key(person)).text
            assert "Tampil" in text
            for word in ("Sembunyi", "Dihapus", "Kasar", "Pribadi", "Digabung"):
                assert word not in text

    def test_titles_of_others_are_not_told(self, key: str, siti: User, maya: User) -> None:
        closed = make_category("tertutup", readers=["pembina"], starters=[], repliers=[])
        secret = make_topic(maya, closed, title="Rahasia")
        make_topic(
            siti,
            source=f"Lihat {bare('/forum/topik/', secret.pk)}, {bare('/forum/pos/', secret.posts.get().pk)}",
        )
        assert "Rahasia" not in fetch(key).text

    @pytest.mark.parametrize("how", ["role", "inactive", "revoked", "made anew", "gone"])
    def test_end_at_once(self, key: str, siti: User, how: str) -> None:
        make_topic(siti)
        tag = fetch(key).headers["ETag"]
        if how == "role":
            yesterday = timezone.localdate() - dt.timedelta(days=1)
            RoleGrant.objects.filter(user=siti).update(valid_from=yesterday, valid_until=yesterday)
        elif how == "inactive":
            User.objects.filter(pk=siti.pk).update(is_active=False)
        elif how == "made anew":
            make_feed_key(siti)
        else:
            FeedKey.objects.all().delete()
        assert fetch(key).status_code == 404
        again = Client().get(address(key), headers={"if-none-match": tag})
        assert again.status_code == 404

    def test_a_suspension_takes_away_writing_not_reading(
        self, siti: User, budi: User, maya: User
    ) -> None:
        post = make_reply(make_topic(siti), budi)
        moderation.suspend_author(post, days=3, by=maya, reason="Kasar.")
        assert len(titles(make_feed_key(budi))) == 2

    @override_settings(DEMO=False)
    def test_a_role_without_its_second_factor_reads_nothing(self, maya: User) -> None:
        key = make_feed_key(maya)
        assert fetch(key).status_code == 404

    @pytest.mark.parametrize(
        "wrong", ["", "x", "a" * 43, "a" * 5_000, "%00" * 43, "\ud83d\ude00".encode("utf-16", "surrogatepass").hex(), "é" * 43]
    )  # fmt: skip
    def test_a_key_that_does_not_count_is_nobody(self, key: str, wrong: str) -> None:
        assert fetch(wrong).status_code == 404
        assert fetch(wrong, "umum").status_code == 404
        assert Client().get(reverse("forum:feed")).status_code == 404
        assert Client().get(reverse("forum:feed"), {"kunci": [key, "x"]}).status_code == 404

    def test_being_logged_in_is_no_key(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        assert client.get(reverse("forum:feed")).status_code == 404

    def test_of_somebody_who_was_erased(self, key: str, siti: User) -> None:
        with transaction.atomic():
            forget_writer(siti, {"Siti Wulandari"})
        assert not FeedKey.objects.exists()
        assert fetch(key).status_code == 404

    def test_those_without_a_seat_have_no_feed(self, agus: User) -> None:
        assert fetch(make_feed_key(agus)).status_code == 404


class TestHttp:
    def test_headers(self, key: str, siti: User) -> None:
        make_topic(siti)
        answer = fetch(key)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_what_is_known_already_is_not_sent_again(self, key: str, siti: User) -> None:
        topic = make_topic(siti)
        first = fetch(key)
        header = {"if-none-match": first.headers["ETag"]}
        again = Client().get(address(key), headers=header)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["Cache-Control"] == "private, no-cache"
        make_reply(topic, siti, at=timezone.now() + dt.timedelta(seconds=2))
        assert Client().get(address(key), headers=header).status_code == 200

    def test_a_moment_says_nothing_about_what_was_hidden(self, key: str, siti: User) -> None:
        make_topic(siti)
        answer = fetch(key)
        assert "Last-Modified" not in answer.headers
        later = http_date((timezone.now() + dt.timedelta(days=1)).timestamp())
        again = Client().get(address(key), headers={"if-modified-since": later})
        assert again.status_code == 200

    def test_the_same_feed_is_the_same_bytes(self, key: str, siti: User) -> None:
        make_topic(siti)
        assert fetch(key).content == fetch(key).content

    def test_takes_no_post(self, key: str) -> None:
        assert Client().post(address(key)).status_code == 405

    def test_asks_as_few_questions_for_many_posts(self, key: str, siti: User, budi: User) -> None:
        topic = make_topic(siti)

        def queries() -> list[str]:
            fetch(key)
            with CaptureQueriesContext(connection) as captured:
                assert fetch(key, "umum").status_code == 200
            return [query["sql"] for query in captured]

        few = queries()
        number, first = siti.officer.register_number, topic.posts.get()
        for _ in range(40):
            make_reply(
                topic,
                budi,
                f"@{number} lihat {bare('/forum/topik/', topic.pk)}, {bare('/forum/pos/', first.pk)}",
            )
        many = queries()
        assert len(few) == 4
        assert len(many) == 4 + 1  # titles and names of what the posts speak of

    def test_the_last_use_is_noted_once_an_hour(self, key: str) -> None:
        fetch(key)
        used = FeedKey.objects.get().used_at
        assert used is not None
        fetch(key)
        assert FeedKey.objects.get().used_at == used
        FeedKey.objects.update(used_at=used - dt.timedelta(hours=2))
        fetch(key)
        assert FeedKey.objects.get().used_at >= used

    @override_settings(THROTTLE=True)
    def test_too_many_are_told_when_to_come_back(self, key: str) -> None:
        answers = [fetch(key) for _ in range(95)]
        assert {answer.status_code for answer in answers} == {200, 429}
        assert int(answers[-1].headers["Retry-After"]) > 0

    @override_settings(THROTTLE=True)
    def test_guessing_is_counted(self) -> None:
        assert {fetch("a" * 43).status_code for _ in range(95)} == {404, 429}


class TestKey:
    def page(self, client: Client, **data: str) -> Any:
        path = reverse("forum:feeds")
        return client.post(path, data, follow=True) if data else client.get(path)

    def test_is_shown_once_and_works(self, client: Client, siti: User) -> None:
        make_topic(siti, title="Tampil")
        client.force_login(siti)
        assert "belum mempunyai" in self.page(client).text
        made = self.page(client, aksi="buat")
        key = re.search(r"kunci=([\w-]{43})<", made.text)[1]
        assert f"kategori/karier.atom?kunci={key}" in made.text
        assert "no-store" in made.headers["Cache-Control"]
        assert titles(key) == ["Tampil"]
        again = self.page(client).text
        assert key not in again
        assert "Terakhir dipakai" in again

    def test_is_kept_as_a_digest_alone(self, key: str) -> None:
        row = FeedKey.objects.get()
        assert len(bytes(row.digest)) == 32
        assert key.encode() not in bytes(row.digest)

    def test_is_one_for_each_person(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        self.page(client, aksi="buat")
        self.page(client, aksi="buat")
        assert FeedKey.objects.count() == 1

    @pytest.mark.usefixtures("key")
    def test_is_taken_away(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        assert "tidak berlaku lagi" in self.page(client, aksi="cabut").text
        assert not FeedKey.objects.exists()
        assert "tidak berlaku lagi" not in self.page(client, aksi="cabut").text

    @pytest.mark.usefixtures("key")
    def test_of_another_stays(self, client: Client, budi: User) -> None:
        client.force_login(budi)
        self.page(client, aksi="cabut")
        assert FeedKey.objects.count() == 1

    @pytest.mark.usefixtures("key")
    def test_an_odd_button_changes_nothing(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        assert "tidak dikenal" in self.page(client, aksi="hapus semua").text
        assert FeedKey.objects.count() == 1

    def test_is_for_members_of_the_forum(self, client: Client, agus: User) -> None:
        assert client.get(reverse("forum:feeds")).status_code == 302
        client.force_login(agus)
        assert self.page(client).status_code == 403
        assert client.post(reverse("forum:feeds"), {"aksi": "buat"}).status_code == 403
        assert not FeedKey.objects.exists()

    def test_is_linked_from_the_lists(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        make_category()
        for path in (reverse("forum:index"), reverse("forum:category", args=["umum"])):
            assert f'href="{reverse("forum:feeds")}"' in client.get(path).text
