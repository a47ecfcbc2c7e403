"""The pages on which people write: nothing typed is lost, a second click is harmless."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.models import Attachment, Draft, Post, Topic
from tests.forum.made import make_category, make_reply, make_topic
from tests.made_files import pdf

pytestmark = pytest.mark.django_db
NEW = "forum:topic_new"


def topic_data(**values: str) -> dict[str, Any]:
    return {
        "kind": "pertanyaan",
        "category": "umum",
        "title": "Apakah AK dihitung 2/12?",
        "source": "Mohon pencerahan.",
        "key": str(uuid.uuid4()),
        "aksi": "kirim",
        **values,
    }


class TestNewTopic:
    def test_begins_one(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        answer = client.post(reverse(NEW), topic_data())
        topic = Topic.objects.get()
        assert answer.headers["Location"] == reverse("forum:topic", args=[topic.pk])
        assert (topic.kind, topic.title, topic.author) == (
            "pertanyaan",
            "Apakah AK dihitung 2/12?",
            siti,
        )
        assert not Draft.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""},
            {"title": "Pendek"},
            {"title": "x" * 151},
            {"source": "   "},
            {"source": "x" * 20_001},
            {"category": "tidak-ada"},
            {"category": "\0"},
            {"kind": "konsultasi"},
            {"title": "Judul dengan \0 di dalamnya"},
        ],
        ids=str,
    )
    def test_keeps_what_was_typed_when_it_is_refused(
        self, client: Client, siti: User, wrong: dict[str, str]
    ) -> None:
        client.force_login(siti)
        sent = topic_data(**wrong)
        answer = client.post(reverse(NEW), sent)
        assert answer.status_code == 200
        assert answer.content.decode().count("Galat: ") == 1
        assert not Topic.objects.exists()
        assert Draft.objects.get().source == sent["source"][:20_000]

    def test_in_a_category_one_does_not_see_is_as_if_there_were_none(
        self, client: Client, siti: User
    ) -> None:
        make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=["pembina"])
        client.force_login(siti)
        known = client.post(reverse(NEW), topic_data(category="pembina")).content.decode()
        unknown = client.post(reverse(NEW), topic_data(category="tidak-ada")).content.decode()
        assert "Kategori itu tidak ada" in known
        assert "Kategori itu tidak ada" in unknown
        assert "Pembina</option>" not in known

    def test_is_previewed_without_being_sent(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        answer = client.post(reverse(NEW), topic_data(source="**mencolok**", aksi="pratinjau"))
        assert "<strong>mencolok</strong>" in answer.content.decode()
        assert not Topic.objects.exists()

    def test_a_draft_is_there_again_after_logging_out(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        client.post(reverse(NEW), topic_data(aksi="simpan", title="Belum selesai ditulis"))
        client.logout()
        client.force_login(siti)
        html = client.get(reverse(NEW)).content.decode()
        assert "Belum selesai ditulis" in html
        assert "Mohon pencerahan." in html

    def test_a_file_waits_in_the_draft_and_goes_along(self, client: Client, siti: User) -> None:
        client.force_login(siti)
        file = SimpleUploadedFile("SK.pdf", pdf(), content_type="application/pdf")
        key = str(uuid.uuid4())
        client.post(reverse(NEW), topic_data(aksi="pratinjau", key=key) | {"attachments": file})
        assert Attachment.objects.get().draft is not None
        client.post(reverse(NEW), topic_data(key=key))
        post = Post.objects.get()
        assert Attachment.objects.get().post == post
        assert post.attachment_count == 1

    def test_a_file_of_another_kind_is_named_and_the_text_kept(
        self, client: Client, siti: User
    ) -> None:
        client.force_login(siti)
        file = SimpleUploadedFile("x.pdf", b"<svg onload=alert(1)>", content_type="application/pdf")
        answer = client.post(reverse(NEW), topic_data() | {"attachments": file})
        assert answer.status_code == 200
        assert "Berkas ini" in answer.content.decode()
        assert Draft.objects.get().source == "Mohon pencerahan."


class TestReply:
    def test_who_may_not_know_of_the_topic_gets_404(
        self, client: Client, siti: User, maya: User
    ) -> None:
        category = make_category(
            "pembina", readers=["pembina"], starters=["pembina"], repliers=["pembina"]
        )
        topic = make_topic(maya, category)
        client.force_login(siti)
        assert (
            client.post(reverse("forum:reply", args=[topic.pk]), {"source": "x"}).status_code == 404
        )

    def test_a_topic_closed_meanwhile_keeps_the_text(self, client: Client, siti: User) -> None:
        topic = make_topic(siti)
        client.force_login(siti)
        Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
        answer = client.post(
            reverse("forum:reply", args=[topic.pk]), {"source": "Panjang sekali", "aksi": "kirim"}
        )
        html = answer.content.decode()
        assert "dikunci" in html
        assert "Panjang sekali" in html
        assert Draft.objects.get().source == "Panjang sekali"

    def test_quotes_what_one_may_read(self, client: Client, siti: User, budi: User) -> None:
        topic = make_topic(siti)
        make_reply(topic, budi, "Kalimat yang dikutip")
        client.force_login(siti)
        html = client.get(reverse("forum:reply", args=[topic.pk]), {"kutip": 2}).content.decode()
        assert "&gt; Kalimat yang dikutip" in html

    @pytest.mark.parametrize("state", ["sembunyi", "hapus"])
    def test_quotes_nothing_of_a_tombstone(
        self, client: Client, siti: User, budi: User, state: str
    ) -> None:
        topic = make_topic(siti)
        post = make_reply(topic, budi, "Kalimat yang dikutip")
        Post.objects.filter(pk=post.pk).update(state=state)
        client.force_login(siti)
        html = client.get(reverse("forum:reply", args=[topic.pk]), {"kutip": 2}).content.decode()
        assert "Kalimat yang dikutip" not in html

    @pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "\0", "2 OR 1=1"])
    def test_a_quotation_of_nothing_is_none(self, client: Client, siti: User, number: str) -> None:
        topic = make_topic(siti)
        client.force_login(siti)
        answer = client.get(reverse("forum:reply", args=[topic.pk]), {"kutip": number})
        assert answer.status_code == 200


def test_the_page_keeps_the_draft_by_itself(client: Client, siti: User) -> None:
    topic = make_topic(siti)
    client.force_login(siti)
    sent = {"place": f"balas-{topic.pk}", "key": str(uuid.uuid4()), "source": "Sedang"}
    answer = client.post(reverse("forum:draft_save"), sent)
    assert answer.json()["sentence"].startswith("Draf tersimpan ")
    assert Draft.objects.get().source == "Sedang"


@pytest.mark.parametrize("place", ["", "balas-999999", "sunting-1", "balas-x", "\0", "x" * 50])
def test_no_draft_is_kept_where_one_cannot_write(client: Client, siti: User, place: str) -> None:
    client.force_login(siti)
    sent = {"place": place, "key": str(uuid.uuid4()), "source": "Sedang"}
    assert client.post(reverse("forum:draft_save"), sent).status_code == 400
    assert not Draft.objects.exists()


def test_somebody_elses_draft_is_not_there(client: Client, siti: User, budi: User) -> None:
    draft = Draft.objects.create(user=siti, place="topik-baru", source="Milik Siti")
    client.force_login(budi)
    assert client.post(reverse("forum:draft_delete", args=[draft.pk])).status_code == 404
    assert "Milik Siti" not in client.get(reverse("forum:drafts")).content.decode()
