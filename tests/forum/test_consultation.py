"""The pages of private consultation, and that nobody else learns of one."""

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
from epk.lib.files.checked import CheckedFile
from forum.actions import consultation as actions
from forum.models import Assignment, Attachment, Availability, Draft, Member, Post, Topic
from registry.models import Unit
from tests.forum.made import (
    make_attachment,
    make_colleague,
    make_consultation,
    make_reply,
    make_topic,
    the_expertise,
)

pytestmark = pytest.mark.django_db
TITLE = "Rahasia dinas kami"
KEY = "6b1d1f6e-7d7f-4f0f-8e2b-0c6a1f3f9f11"
PICTURE = CheckedFile.of(b"jpeg", extension="jpg", pages=1, original_name="SK.jpg")


@pytest.fixture
def ani(disnaker_indramayu: Unit) -> User:
    return make_colleague("Ani", disnaker_indramayu, jenjang="ahli_madya")


@pytest.fixture
def beni(ani: User, disnaker_indramayu: Unit) -> User:
    return make_colleague("Beni", disnaker_indramayu)


@pytest.fixture
def topic(siti: User, ani: User, beni: User) -> Topic:
    return make_consultation(siti, title=TITLE)


def page(client: Client, name: str, *arguments: object) -> str:
    return client.get(reverse(f"forum:{name}", args=arguments)).content.decode()


def ask_in_two_steps(client: Client, **values: str) -> str:
    the_expertise()
    typed = {
        "expertise": "bimbingan-jabatan",
        "title": TITLE,
        "source": "Bagaimana?",
        "key": KEY,
        **values,
    }
    answer = client.post(reverse("forum:consultation_new"), typed)
    assert answer.status_code == 302
    return answer.headers["Location"]


class TestAsking:
    def test_nothing_is_sent_before_a_colleague_is_chosen(
        self, client: Client, siti: User, beni: User
    ) -> None:
        client.force_login(siti)
        second = ask_in_two_steps(client)
        assert not Topic.objects.exists()
        html = client.get(second).content.decode()
        assert html.index("Ani") < html.index("Beni")
        assert "provinsi yang sama" in html
        assert "Ahli Madya" in html
        sent = {"keahlian": "bimbingan-jabatan", "rekan": beni.officer.register_number, "key": KEY}
        for _ in range(2):
            answer = client.post(reverse("forum:consultation_send"), sent)
            assert answer.status_code == 302
        assert Assignment.objects.get().user == beni
        assert not Draft.objects.exists()

    def test_lets_the_portal_choose(self, client: Client, siti: User, ani: User) -> None:
        client.force_login(siti)
        ask_in_two_steps(client)
        sent = {"keahlian": "bimbingan-jabatan", "rekan": "", "key": KEY}
        client.post(reverse("forum:consultation_send"), sent)
        assert Assignment.objects.get().user == ani

    def test_keeps_what_was_typed_when_something_is_missing(
        self, client: Client, siti: User
    ) -> None:
        client.force_login(siti)
        typed = {"expertise": "tidak-ada", "title": TITLE, "source": "Panjang", "key": KEY}
        html = client.post(reverse("forum:consultation_new"), typed).content.decode()
        assert "Bidang itu tidak ada" in html
        assert TITLE in html
        assert Draft.objects.get().source == "Panjang"

    @pytest.mark.parametrize("query", [{}, {"keahlian": "x" * 500}, {"keahlian": "\0"}])
    def test_the_second_step_leads_back_without_the_first(
        self, client: Client, siti: User, query: dict[str, str]
    ) -> None:
        client.force_login(siti)
        answer = client.get(reverse("forum:consultation_send"), query)
        assert answer.headers["Location"] == reverse("forum:consultation_new")

    def test_one_who_was_not_proposed_is_refused_with_a_sentence(
        self, client: Client, siti: User, budi: User
    ) -> None:
        client.force_login(siti)
        ask_in_two_steps(client)
        number = budi.officer.register_number
        sent = {"keahlian": "bimbingan-jabatan", "rekan": number, "key": KEY}
        answer = client.post(reverse("forum:consultation_send"), sent)
        assert "tidak lagi dapat menerima" in answer.content.decode()
        assert not Topic.objects.exists()
        assert Draft.objects.exists()


class TestList:
    @pytest.mark.usefixtures("topic")
    def test_says_what_waits_and_what_was_asked(
        self, client: Client, siti: User, ani: User
    ) -> None:
        client.force_login(ani)
        html = page(client, "consultations")
        assert "Menunggu jawaban Anda" in html
        assert "Ditunggu sampai" in html
        client.force_login(siti)
        html = page(client, "consultations")
        assert "Pertanyaan Anda" in html
        assert "Menunggu jawaban Anda" not in html

    @pytest.mark.usefixtures("ani")
    def test_asks_the_same_for_two_as_for_many(
        self, client: Client, siti: User, django_assert_max_num_queries: object
    ) -> None:
        for number in range(12):
            made = make_consultation(siti, title=f"Rahasia nomor {number}")
            Post.objects.filter(topic=made).update(
                created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
            )
        client.force_login(siti)
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            assert page(client, "consultations").count("Rahasia nomor") == 12


def test_the_page_of_a_consultation_stays_in_the_budget(
    client: Client, topic: Topic, siti: User, ani: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(8):
        make_reply(topic, ani)
    for person in (siti, ani):
        client.force_login(person)
        page(client, "topic", topic.pk)  # moves the watermark
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            html = page(client, "topic", topic.pk)
        assert "Konsultasi pribadi" in html
        assert "Ani" in html


@pytest.mark.parametrize("stranger", ["maya", "admin", "rina", "budi", "beni"])
class TestNobodyElse:
    def test_reaches_it(
        self,
        client: Client,
        topic: Topic,
        stranger: str,
        request: pytest.FixtureRequest,
    ) -> None:
        post = Post.objects.get(topic=topic)
        file = make_attachment(post, PICTURE)
        client.force_login(request.getfixturevalue(stranger))
        assert_gone(client, topic, post, file)

    def test_sees_it_in_a_list_or_as_a_title(
        self,
        client: Client,
        topic: Topic,
        siti: User,
        stranger: str,
        request: pytest.FixtureRequest,
    ) -> None:
        linked = make_topic(
            siti, title="Topik biasa saja", source=f"Lihat /forum/topik/{topic.pk}/ ya"
        )
        client.force_login(request.getfixturevalue(stranger))
        for name, arguments in {
            "index": (),
            "category": ("umum",),
            "consultations": (),
            "drafts": (),
            "topic": (linked.pk,),
        }.items():
            assert TITLE not in page(client, name, *arguments)


def assert_gone(client: Client, topic: Topic, post: Post, file: Attachment) -> None:
    for name, argument in {
        "topic": topic.pk,
        "reply": topic.pk,
        "publication": topic.pk,
        "post": post.pk,
        "post_edit": post.pk,
        "post_history": post.pk,
        "post_delete": post.pk,
        "attachment": file.pk,
    }.items():
        assert client.get(reverse(f"forum:{name}", args=[argument])).status_code == 404, name
    quoted = client.get(reverse("forum:reply", args=[topic.pk]), {"kutip": 1})
    assert quoted.status_code == 404
    for name in (
        "reply",
        "consultation_decline",
        "consultation_choose",
        "consultation_invite",
        "consultation_leave",
        "consultation_close",
        "publication_agree",
        "publication_withdraw",
    ):
        answer = client.post(reverse(f"forum:{name}", args=[topic.pk]), {"source": "Halo"})
        assert answer.status_code == 404, name


def test_a_lost_seat_loses_everything(client: Client, topic: Topic, ani: User, beni: User) -> None:
    post = Post.objects.get(topic=topic)
    file = make_attachment(post, PICTURE)
    client.force_login(ani)
    assert client.get(reverse("forum:topic", args=[topic.pk])).status_code == 200
    answer = client.post(reverse("forum:consultation_decline", args=[topic.pk]))
    assert answer.headers["Location"] == reverse("forum:consultations")
    assert_gone(client, topic, post, file)
    assert TITLE not in page(client, "consultations")
    assert TITLE not in client.get(reverse("notifications:inbox")).content.decode()
    client.force_login(beni)
    assert client.get(reverse("forum:attachment", args=[file.pk])).status_code == 200


def test_the_inbox_names_the_title_to_the_consultant_and_never_the_text(
    client: Client, siti: User, ani: User
) -> None:
    make_consultation(siti, title=TITLE, source="Atasan saya meminta hal yang ganjil.")
    client.force_login(ani)
    html = client.get(reverse("notifications:inbox")).content.decode()
    assert TITLE in html
    assert "ganjil" not in html


class TestActs:
    def test_the_asker_closes(self, client: Client, topic: Topic, siti: User) -> None:
        client.force_login(siti)
        client.post(reverse("forum:consultation_close", args=[topic.pk]))
        html = page(client, "topic", topic.pk)
        assert "Konsultasi ini sudah selesai." in html
        assert "Undang rekan" not in html

    def test_what_is_not_theirs_is_forbidden(
        self, client: Client, topic: Topic, siti: User, ani: User
    ) -> None:
        client.force_login(ani)
        for name in ("close", "leave"):
            answer = client.post(reverse(f"forum:consultation_{name}", args=[topic.pk]))
            assert answer.status_code == 403, name
        client.force_login(siti)
        for name in ("decline", "leave"):
            answer = client.post(reverse(f"forum:consultation_{name}", args=[topic.pk]))
            assert answer.status_code == 403, name

    @pytest.mark.parametrize("number", ["", "PK-999999", "x" * 5000, "\0"])
    def test_an_invitation_of_nobody_gets_a_sentence(
        self, client: Client, topic: Topic, siti: User, number: str
    ) -> None:
        client.force_login(siti)
        address = reverse("forum:consultation_invite", args=[topic.pk])
        answer = client.post(address, {"rekan": number}, follow=True)
        assert answer.status_code == 200
        assert Member.objects.filter(topic=topic).count() == 2

    def test_a_public_topic_is_no_consultation(self, client: Client, siti: User) -> None:
        public = make_topic(siti)
        client.force_login(siti)
        address = reverse("forum:consultation_close", args=[public.pk])
        assert client.post(address).status_code == 404


class TestAvailability:
    def test_is_kept(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        first = timezone.localdate()
        values = {"takes_questions": "on", "away_from": first, "away_until": first}
        client.post(reverse("forum:availability"), values)
        assert Availability.objects.get(user=siti).away_until == first
        assert "kecuali" in page(client, "consultations")

    @pytest.mark.parametrize(
        ("first", "last"),
        [("2026-12-02", "2026-12-01"), ("2026-12-02", ""), ("", "2026-12-01"), ("kapan", "x")],
    )
    def test_refuses_a_leave_that_is_none(
        self, client: Client, siti: User, first: str, last: str
    ) -> None:
        client.force_login(siti)
        values = {"away_from": first, "away_until": last}
        answer = client.post(reverse("forum:availability"), values)
        assert answer.status_code == 200
        assert not Availability.objects.exists()


def test_a_guest_reads_and_leaves(client: Client, topic: Topic, siti: User, budi: User) -> None:
    actions.invite(topic, colleague=budi.officer.register_number, by=siti)
    client.force_login(budi)
    assert "Keluar" in page(client, "topic", topic.pk)
    assert client.get(reverse("forum:publication", args=[topic.pk])).status_code == 403
    client.post(reverse("forum:consultation_leave", args=[topic.pk]))
    assert client.get(reverse("forum:topic", args=[topic.pk])).status_code == 404


def test_pages_of_the_list_follow_each_other_without_gap_or_repeat(
    client: Client, siti: User, ani: User, beni: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.presenters.consultation.A_PAGE", 2)
    for number in range(5):
        make_consultation(siti, title=f"Konsultasi nomor {number}")
        make_consultation(beni, colleague=None, title=f"Menunggu nomor {number}")
    client.force_login(siti)
    path, found = reverse("forum:consultations"), []
    for _ in range(3):
        html = client.get(path).content.decode()
        found += re.findall(r">(Konsultasi nomor \d)</a>", html)
        more = re.search(r'rel="next" href="([^"]*)"', html)
        path = reverse("forum:consultations") + (more[1].replace("&amp;", "&") if more else "")
    assert len(found) == len(set(found)) == 5
    client.force_login(ani)
    html = client.get(reverse("forum:consultations")).content.decode()
    assert html.count("Menunggu nomor") == 5, "all that wait for an answer are on the first page"
    for junk in ("x", "2026-01-01~1", "9" * 70):
        answer = client.get(reverse("forum:consultations"), {"setelah": junk})
        assert answer.status_code == 200


@pytest.mark.usefixtures("ani")
def test_the_list_asks_as_often_with_many_rows(
    client: Client, siti: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.actions.writing.MOST_A_MINUTE", 100)
    client.force_login(siti)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("forum:consultations"))
        return len(captured)

    for _ in range(2):
        make_consultation(siti)
    few = queries()
    for _ in range(12):
        make_consultation(siti)
    assert queries() == few <= 8
