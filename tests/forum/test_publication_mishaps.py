"""What a text to be published could give away, and words that were given for another text."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from forum.actions import publication
from forum.actions.answers import verify_answer
from forum.actions.writing import reply
from forum.models import (
    Attachment,
    Publication,
    Topic,
)
from notifications.models import Notification
from tests.forum.made import (
    make_attachment,
    make_consultation,
    words,
)
from tests.forum.test_answers import basis, make_regulation
from tests.forum.test_consultation import PICTURE, TITLE
from tests.forum.test_publication import propose, public, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(siti: User, ani: User, beni: User) -> Topic:
    return make_consultation(siti)


@pytest.fixture
def answered(topic: Topic, ani: User) -> Topic:
    reply(topic, words("Sebaiknya begini."), by=ani)
    return topic


class TestPublication:
    def test_a_word_for_a_withdrawn_text_is_none_for_the_next(
        self, answered: Topic, siti: User, ani: User
    ) -> None:
        propose(answered, siti)
        publication.withdraw(answered, by=siti)
        propose(answered, siti, question="Naskah yang lain sama sekali?")
        with pytest.raises(ValidationError, match="berubah"):
            publication.agree(answered, seen_version=1, by=ani)
        assert public() == []
        asked = Notification.objects.filter(recipient=ani, kind="forum.publication_proposed")
        assert asked.count() == 2

    def test_either_may_withdraw_after_agreeing(
        self, answered: Topic, siti: User, ani: User
    ) -> None:
        propose(answered, siti)
        publication.withdraw(answered, by=siti)
        with pytest.raises(ValidationError):
            publication.agree(answered, seen_version=1, by=ani)
        assert not Publication.objects.exists()

    @pytest.mark.parametrize("where", ["title", "question", "answer"])
    def test_an_address_of_the_consultation_stops_it(
        self, answered: Topic, siti: User, where: str
    ) -> None:
        for address in (f"/forum/topik/{answered.pk}/", f"/forum/pos/{answered.posts.first().pk}/"):
            with pytest.raises(ValidationError, match="alamat konsultasi"):
                publication.propose_text(
                    answered,
                    text(**{where: f"Lihat https://portal.example{address}"}),
                    seen_version=0,
                    name_consultant=None,
                    by=siti,
                )
        other = text(question=f"Lihat /forum/topik/{answered.pk + 1}/")
        publication.propose_text(answered, other, seen_version=0, name_consultant=None, by=siti)

    @pytest.mark.parametrize(
        "trace", ["Bu Wulandari", "Kabupaten Indramayu", "INDRAMAYU", "0811-0000-0047"]
    )
    def test_a_place_or_a_word_of_a_name_is_pointed_out_once(
        self, client: Client, answered: Topic, siti: User, trace: str
    ) -> None:
        client.force_login(siti)
        path = reverse("forum:publication", args=[answered.pk])
        values = {
            "category": text().category.slug,
            "title": "Angka kredit saat cuti",
            "question": f"Bagaimana di {trace}?",
            "answer": "Begini.",
            "version": 0,
        }
        html = client.post(path, values).content.decode()
        assert "dapat menunjuk salah satu dari Anda" in html
        assert 'name="sure"' in html
        assert f"Bagaimana di {trace}?" in html
        assert not Publication.objects.exists()
        assert client.post(path, values | {"sure": "on"}).status_code == 302
        assert Publication.objects.get().asker_agreed

    def test_being_sure_does_not_let_a_full_name_through(self, answered: Topic, siti: User) -> None:
        with pytest.raises(ValidationError, match="Masih ada nama"):
            publication.propose_text(
                answered,
                text(question="Saya Siti Wulandari"),
                seen_version=0,
                name_consultant=None,
                by=siti,
                sure=True,
            )

    def test_files_stay_behind_and_nothing_leads_back(
        self, client: Client, answered: Topic, siti: User, ani: User, budi: User
    ) -> None:
        make_attachment(answered.posts.get(number=1), PICTURE)
        propose(answered, siti)
        made = publication.agree(answered, seen_version=1, by=ani)
        assert made is not None
        assert not Attachment.objects.filter(post__topic=made).exists()
        client.force_login(budi)
        html = client.get(reverse("forum:topic", args=[made.pk])).content.decode()
        assert reverse("forum:topic", args=[answered.pk]) not in html
        for trace in (TITLE, "Siti", "Ani Rahmawati", siti.officer.register_number):
            assert trace not in html
        client.force_login(siti)
        html = client.get(reverse("forum:topic", args=[made.pk])).content.decode()
        assert reverse("forum:topic", args=[answered.pk]) not in html

    def test_nobody_vouches_for_what_they_answered_without_a_name(
        self, answered: Topic, siti: User, ani: User, maya: User
    ) -> None:
        propose(answered, siti)
        made = publication.agree(answered, seen_version=1, by=ani)
        assert made is not None
        answer = made.posts.get(number=2)
        for person in (siti, ani):
            RoleGrant.objects.create(
                user=person, role=RoleGrant.Role.PEMBINA, valid_from=dt.date(2024, 1, 1)
            )
            pembina = User.objects.get(pk=person.pk)
            with pytest.raises(ValidationError, match="Pembina lain"):
                verify_answer(answer, basis(make_regulation(person.email)), by=pembina)
        assert verify_answer(answer, basis(), by=maya).post == answer
