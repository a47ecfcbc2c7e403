"""The pages of moderation: whom they let in, what they show, what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from forum.actions import moderation
from forum.actions.writing import reply
from forum.models import Appeal, Decision, Member, Post, Report, Topic
from notifications.models import Notification
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic, words

pytestmark = pytest.mark.django_db
WHY = "Memuat data pribadi orang lain."


@pytest.fixture
def post(siti: User, budi: User) -> Post:
    """A reply of Budi's."""
    return make_reply(make_topic(siti), budi, "Tulisan **Budi** di sini")


def private(siti: User, budi: User) -> Post:
    """Budi's answer in a consultation of Siti's."""
    topic = make_topic(siti, title="Masalah dengan atasan saya", source="Rahasia pertama")
    answer = make_reply(topic, budi, "Jawaban yang dilaporkan")
    Topic.objects.filter(pk=topic.pk).update(kind="konsultasi", category=None)
    Member.objects.create(topic=topic, user=siti, part="penanya")
    Member.objects.create(topic=topic, user=budi, part="konsultan")
    return answer


class TestReporting:
    def test_works(self, client: Client, post: Post, siti: User) -> None:
        client.force_login(siti)
        path = reverse("forum:post_report", args=[post.pk])
        assert client.post(path, {"reason": "iklan", "details": "Jualan."}).status_code == 302
        assert Report.objects.get().details == "Jualan."
        again = client.post(path, {"reason": "iklan", "details": "Jualan."})
        assert "sudah melaporkan" in again.content.decode()

    def test_keeps_what_was_typed(self, client: Client, post: Post, siti: User) -> None:
        client.force_login(siti)
        values = {"reason": "bukan-alasan", "details": "Kalimat saya"}
        answer = client.post(reverse("forum:post_report", args=[post.pk]), values)
        assert (answer.status_code, Report.objects.count()) == (200, 0)
        assert "Kalimat saya" in answer.content.decode()

    def test_is_for_others_who_see_it(
        self, client: Client, post: Post, budi: User, maya: User, rina: User
    ) -> None:
        path = reverse("forum:post_report", args=[post.pk])
        assert client.post(path, {"reason": "iklan"}).status_code == 302  # to the login
        client.force_login(budi)
        assert client.post(path, {"reason": "iklan"}).status_code == 403
        closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
        moderation.move_topic(post.topic, closed, by=maya, reason=WHY)
        client.force_login(rina)
        assert client.post(path, {"reason": "iklan"}).status_code == 404
        assert not Report.objects.exists()

    def test_link_stands_on_others_posts_alone(
        self, client: Client, post: Post, budi: User
    ) -> None:
        client.force_login(budi)
        html = client.get(reverse("forum:topic", args=[post.topic_id])).content.decode()
        assert f"/forum/pos/{post.pk}/lapor/" not in html
        assert html.count("/lapor/") == 1


class TestTheQueue:
    def test_costs_the_same_for_2_and_25(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti)
        client.force_login(maya)
        counts = []
        for more in (2, 23):
            for _ in range(more):
                Report.objects.create(post=make_reply(topic, budi), reporter=siti, reason="lain")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("forum:moderation")).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8

    def test_shows_of_a_consultation_the_reported_post_alone(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        answer = private(siti, budi)
        client.force_login(maya)
        page = reverse("forum:post_moderate", args=[answer.pk])
        assert client.get(page).status_code == 404
        moderation.report_post(answer, reason="menyerang", by=siti)
        html = client.get(reverse("forum:moderation")).content.decode()
        html += client.get(page).content.decode()
        assert "Jawaban yang dilaporkan" in html
        assert "Masalah dengan atasan" not in html
        assert "Rahasia pertama" not in html
        assert client.get(reverse("forum:topic", args=[answer.topic_id])).status_code == 404
        client.post(page, {"verb": "tutup_laporan", "reason": "Wajar."})
        assert client.get(page).status_code == 404
        log = client.get(reverse("forum:moderation_log")).content.decode()
        assert "Masalah dengan atasan" not in log

    def test_leaves_out_ones_own_posts(
        self, client: Client, siti: User, maya: User, admin: User
    ) -> None:
        post = make_reply(make_topic(siti), maya, "Tulisan moderator")
        moderation.report_post(post, reason="lain", by=siti)
        for person, seen in ((maya, False), (admin, True)):
            client.force_login(person)
            html = client.get(reverse("forum:moderation")).content.decode()
            assert ("Tulisan moderator" in html) is seen


class TestDecidingAboutAPost:
    @pytest.mark.parametrize(
        ("values", "verb"),
        [
            ({"verb": "sembunyikan_tulisan"}, "sembunyikan_tulisan"),
            ({"verb": "tegur"}, "tegur"),
            ({"verb": "tangguhkan", "days": "7"}, "tangguhkan"),
        ],
    )
    def test_works(
        self, client: Client, post: Post, maya: User, budi: User, values: dict[str, str], verb: str
    ) -> None:
        client.force_login(maya)
        path = reverse("forum:post_moderate", args=[post.pk])
        assert client.post(path, {**values, "reason": WHY}).status_code == 302
        made = Decision.objects.get()
        assert (made.verb, made.person, made.reason) == (verb, budi, WHY)
        assert Notification.objects.filter(recipient=budi, kind="forum.decision").exists()

    @pytest.mark.parametrize(
        "values",
        [
            {"verb": "sembunyikan_tulisan", "reason": " "},
            {"verb": "", "reason": WHY},
            {"verb": "tampilkan_tulisan", "reason": WHY},
            {"verb": "kunci", "reason": WHY},
            {"verb": "tangguhkan", "reason": WHY},
            {"verb": "tangguhkan", "reason": WHY, "days": "366"},
            {"verb": "tangguhkan", "reason": WHY, "days": "x"},
            {"verb": "tutup_laporan", "reason": WHY},
            {"verb": "sembunyikan_tulisan", "reason": "\0"},
        ],
    )
    def test_says_what_is_wrong(
        self, client: Client, post: Post, maya: User, values: dict[str, str]
    ) -> None:
        client.force_login(maya)
        answer = client.post(reverse("forum:post_moderate", args=[post.pk]), values)
        assert answer.status_code == 200
        assert "Ada yang perlu diperbaiki" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_a_suspension_is_lifted_where_there_is_one(
        self, client: Client, post: Post, maya: User
    ) -> None:
        client.force_login(maya)
        path = reverse("forum:post_moderate", args=[post.pk])
        lift = {"verb": "pulihkan", "reason": "Cukup."}
        assert client.post(path, lift).status_code == 200
        moderation.suspend_author(post, days=7, by=maya, reason=WHY)
        assert client.post(path, lift).status_code == 302
        assert Decision.objects.filter(verb="pulihkan").count() == 1

    def test_is_for_moderators_of_others_posts(
        self, client: Client, post: Post, siti: User, maya: User
    ) -> None:
        values = {"verb": "sembunyikan_tulisan", "reason": WHY}
        path = reverse("forum:post_moderate", args=[post.pk])
        assert client.post(path, values).headers["Location"].startswith(reverse("account_login"))
        client.force_login(siti)
        assert client.post(path, values).status_code == 403
        assert client.post(reverse("forum:post_moderate", args=[0]), values).status_code == 404
        client.force_login(maya)
        own = make_reply(post.topic, maya)
        assert client.post(reverse("forum:post_moderate", args=[own.pk]), values).status_code == 403
        assert not Decision.objects.exists()

    def test_hidden_is_a_tombstone_for_others(
        self, client: Client, post: Post, siti: User, budi: User, maya: User
    ) -> None:
        moderation.hide_post(post, by=maya, reason=WHY)
        for person, reads in ((siti, False), (budi, True), (maya, True)):
            client.force_login(person)
            html = client.get(reverse("forum:topic", args=[post.topic_id])).content.decode()
            assert ("<strong>Budi</strong>" in html) is reads
            assert "disembunyikan moderator" in html
            history = client.get(reverse("forum:post_history", args=[post.pk]))
            assert history.status_code == (200 if reads else 404)


class TestDecidingAboutATopic:
    def test_each_verb_works(self, client: Client, post: Post, siti: User, maya: User) -> None:
        topic, target = post.topic, make_topic(siti, title="Topik yang tetap ada")
        make_category("lain")
        client.force_login(maya)
        path = reverse("forum:topic_moderate", args=[topic.pk])
        forms: list[dict[str, Any]] = [
            {"verb": "sembunyikan_topik"},
            {"verb": "tampilkan_topik"},
            {"verb": "kunci"},
            {"verb": "buka"},
            {"verb": "sematkan"},
            {"verb": "lepas"},
            {"verb": "pindahkan", "category": "lain"},
            {"verb": "pisahkan", "category": "lain", "numbers": "2", "title": "Topik hasil pisah"},
            {
                "verb": "gabungkan",
                "target": f"https://x.example/forum/topik/{target.pk}/?halaman=2",
            },
        ]
        for values in forms:
            assert client.post(path, {**values, "reason": WHY}).status_code == 302, values
        verbs = list(Decision.objects.order_by("pk").values_list("verb", flat=True))
        assert verbs == [values["verb"] for values in forms]
        assert client.get(path).headers["Location"].endswith(f"/{target.pk}/moderasi/")

    @pytest.mark.parametrize(
        "values",
        [
            {"verb": "pindahkan"},
            {"verb": "pindahkan", "category": "umum"},
            {"verb": "pindahkan", "category": "tidak-ada"},
            {"verb": "gabungkan"},
            {"verb": "gabungkan", "target": "x"},
            {"verb": "gabungkan", "target": "999999999999999999"},
            {"verb": "gabungkan", "target": "9" * 40},
            {"verb": "gabungkan", "target": "ini"},
            {"verb": "pisahkan", "category": "umum", "title": "Topik baru", "numbers": "1"},
            {"verb": "pisahkan", "category": "umum", "title": "Topik baru", "numbers": "2-999999"},
            {"verb": "pisahkan", "category": "umum", "title": "Topik baru", "numbers": "3-2"},
            {"verb": "pisahkan", "category": "umum", "title": "Topik baru", "numbers": "dua"},
            {"verb": "pisahkan", "category": "umum", "title": "x", "numbers": "2"},
            {"verb": "pisahkan", "category": "umum", "numbers": "2"},
        ],
    )
    def test_says_what_is_wrong(
        self, client: Client, post: Post, maya: User, values: dict[str, str]
    ) -> None:
        client.force_login(maya)
        asked = {"reason": "Alasan yang sudah ditulis", **values}
        if asked.get("target") == "ini":
            asked["target"] = str(post.topic_id)
        answer = client.post(reverse("forum:topic_moderate", args=[post.topic_id]), asked)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert "Ada yang perlu diperbaiki" in html
        assert "Alasan yang sudah ditulis" in html
        assert not Decision.objects.exists()

    def test_is_for_moderators(self, client: Client, post: Post, siti: User) -> None:
        path = reverse("forum:topic_moderate", args=[post.topic_id])
        values = {"verb": "kunci", "reason": WHY}
        assert client.post(path, values).headers["Location"].startswith(reverse("account_login"))
        client.force_login(siti)
        assert client.post(path, values).status_code == 403
        assert not Topic.objects.get(pk=post.topic_id).is_locked

    def test_moved_out_of_sight_leaks_no_title(
        self, client: Client, siti: User, budi: User, maya: User
    ) -> None:
        topic = make_topic(siti, title="Judul yang tidak boleh bocor")
        reply(topic, words(), by=budi)
        link = make_topic(
            budi, title="Topik dengan tautan", source=f"Lihat /forum/topik/{topic.pk}/"
        )
        closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
        moderation.move_topic(topic, closed, by=maya, reason=WHY)
        for person in (siti, budi):
            client.force_login(person)
            assert client.get(reverse("forum:topic", args=[topic.pk])).status_code == 404
            pages = [
                reverse("forum:index"),
                reverse("forum:index") + "?tampil=ikut-saya",
                reverse("forum:category", args=["umum"]),
                reverse("forum:topic", args=[link.pk]),
                reverse("notifications:inbox"),
                *(reverse("forum:decision", args=[made.pk]) for made in Decision.objects.all()),
            ]
            for page in pages:
                assert "tidak boleh bocor" not in client.get(page).content.decode(), page


class TestADecision:
    @pytest.fixture
    def hidden(self, post: Post, maya: User) -> Decision:
        return moderation.hide_post(post, by=maya, reason=WHY)

    def test_is_read_and_objected_to_by_the_person_concerned(
        self, client: Client, hidden: Decision, budi: User
    ) -> None:
        client.force_login(budi)
        path = reverse("forum:decision", args=[hidden.pk])
        html = client.get(path).content.decode()
        assert WHY in html
        assert "<strong>Budi</strong>" in html
        assert "Maya" not in html  # the office decides, not a name
        assert client.post(path, {"text": "Itu nomor kantor."}).status_code == 302
        assert Appeal.objects.get().by == budi
        assert 'name="text"' not in client.get(path).content.decode()
        assert client.post(path, {"text": "Sekali lagi."}).status_code == 403

    def test_wants_words(self, client: Client, hidden: Decision, budi: User) -> None:
        client.force_login(budi)
        answer = client.post(reverse("forum:decision", args=[hidden.pk]), {"text": " "})
        assert "Tulis keberatan Anda" in answer.content.decode()
        assert not Appeal.objects.exists()

    def test_is_nobody_elses(
        self, client: Client, hidden: Decision, siti: User, agus: User
    ) -> None:
        path = reverse("forum:decision", args=[hidden.pk])
        for person in (siti, agus):
            client.force_login(person)
            assert client.get(path).status_code == 404
            assert client.post(path, {"text": "Saya juga."}).status_code == 404

    def test_is_judged_by_another_moderator(
        self, client: Client, hidden: Decision, budi: User, maya: User, admin: User
    ) -> None:
        Appeal.objects.create(decision=hidden, by=budi, text="Itu nomor kantor.")
        path = reverse("forum:decision", args=[hidden.pk])
        values = {"upheld": "ya", "answer": "Benar."}
        client.force_login(maya)
        assert client.post(path, values).status_code == 403
        client.force_login(admin)
        assert "nomor kantor" in client.get(reverse("forum:appeals")).content.decode()
        assert client.post(path, {"upheld": "ya", "answer": ""}).status_code == 200
        assert client.post(path, values).status_code == 302
        assert hidden.post is not None
        assert Post.objects.get(pk=hidden.post.pk).is_shown
        assert "sudah dibatalkan" in client.get(path).content.decode()


@pytest.mark.parametrize("name", ["moderation", "moderation_log", "appeals"])
def test_lists_are_for_moderators(client: Client, siti: User, maya: User, name: str) -> None:
    client.force_login(siti)
    assert client.get(reverse(f"forum:{name}")).status_code == 403
    client.force_login(maya)
    assert client.get(reverse(f"forum:{name}")).status_code == 200


def test_the_log_goes_on_where_a_page_ended(client: Client, post: Post, maya: User) -> None:
    boss = make_user("nina@demo.example", "Nina", "moderator")
    Decision.objects.bulk_create(
        [
            Decision(
                verb="tegur", by=boss, reason=f"Alasan {number:03}", post=post, topic=post.topic
            )
            for number in range(55)
        ]
    )
    client.force_login(maya)
    path = reverse("forum:moderation_log")
    with CaptureQueriesContext(connection) as queries:
        first = client.get(path, {"tindakan": "tegur"})
    assert len(queries) <= 8
    html = first.content.decode()
    assert "Alasan 054" in html
    assert "Alasan 004" not in html
    last = Decision.objects.get(reason="Alasan 005").pk
    assert f"sebelum={last}" in html
    rest = client.get(f"{path}?tindakan=tegur&sebelum={last}").content.decode()
    assert "Alasan 004" in rest
    assert "Alasan 005" not in rest
    for junk in ("sebelum=x", f"sebelum={'9' * 30}", "tindakan=%00"):
        assert client.get(f"{path}?{junk}").status_code == 200
