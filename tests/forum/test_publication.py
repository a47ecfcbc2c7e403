"""A consultation is published without names, once both sides agree to the same text."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.actions import consultation
from forum.actions import publication as actions
from forum.actions.publication import Text
from forum.actions.writing import reply
from forum.models import Consultation, Decision, Post, Publication, Suspension, Topic
from registry.models import Unit
from tests.forum.made import make_category, make_colleague, make_consultation, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani(disnaker_indramayu: Unit) -> User:
    return make_colleague("Ani Rahmawati", disnaker_indramayu)


@pytest.fixture
def topic(siti: User, ani: User) -> Topic:
    source = (
        f"Saya Siti Wulandari, NIP {siti.officer.nip}, dari Disnaker Indramayu. Bu Siti bingung."
    )
    made = make_consultation(siti, source=source)
    reply(made, words(f"Bu Siti, begini. Salam, Ani ({ani.email})"), by=ani)
    return made


def text(question: str = "Bagaimana menghitungnya?", **values: Any) -> Text:
    given = {"category": make_category(), "title": "Angka kredit saat cuti", "answer": "Begini."}
    return Text(question=question, **{**given, **values})


def propose(
    topic: Topic, by: User, version: int = 0, named: bool | None = None, **values: str
) -> None:
    actions.propose_text(topic, text(**values), seen_version=version, name_consultant=named, by=by)


def public() -> list[Topic]:
    return list(Topic.objects.public())


def test_the_first_text_has_both_sides_taken_out(client: Client, topic: Topic, siti: User) -> None:
    client.force_login(siti)
    html = client.get(reverse("forum:publication", args=[topic.pk])).content.decode()
    form = html[html.index('name="question"') :]
    for trace in ("Siti", "Wulandari", str(siti.officer.nip), "Indramayu", "Ani", "@"):
        assert trace not in form[: form.index("form-actions")], trace
    assert "bingung" in form


def test_nobody_who_had_a_seat_is_named(topic: Topic, siti: User, budi: User) -> None:
    consultation.invite(topic, colleague=budi.officer.register_number, by=siti)
    reply(topic, words("Pak Budi benar."), by=siti)
    consultation.leave(topic, by=budi)
    with pytest.raises(ValidationError) as refused:
        propose(topic, siti, answer=f"Kata {budi.officer.full_name} begini.")
    assert "answer" in refused.value.message_dict
    assert not Publication.objects.exists()


def test_one_side_alone_publishes_nothing(topic: Topic, siti: User) -> None:
    propose(topic, siti)
    assert actions.agree(topic, seen_version=1, by=siti) is None
    assert public() == []


def test_both_publish_an_anonymous_question_with_its_answer(
    client: Client, topic: Topic, siti: User, ani: User, budi: User
) -> None:
    propose(topic, siti)
    made = actions.agree(topic, seen_version=1, by=ani)
    assert made is not None
    made.refresh_from_db()
    question, answer = Post.objects.filter(topic=made).order_by("number")
    assert (made.author, question.author, answer.author) == (None, None, None)
    assert made.author_name == question.author_name == "Penanya anonim"
    assert (answer.author_number, answer.author_unit, answer.author_jenjang) == (None, "", "")
    assert made.accepted == answer
    client.force_login(budi)
    html = client.get(reverse("forum:topic", args=[made.pk])).content.decode()
    assert "Siti" not in html
    assert "Ani" not in html


def test_the_consultant_alone_says_whether_their_name_stands_there(
    topic: Topic, siti: User, ani: User
) -> None:
    propose(topic, siti, named=True)
    assert not Publication.objects.get().name_consultant
    propose(topic, ani, version=1, named=True)
    made = actions.agree(topic, seen_version=2, by=siti)
    assert made is not None
    assert Post.objects.get(topic=made, number=2).author == ani
    assert Post.objects.get(topic=made, number=1).author is None


def test_a_change_asks_both_again(topic: Topic, siti: User, ani: User) -> None:
    propose(topic, siti)
    propose(topic, ani, version=1, question="Diubah sedikit?")
    found = Publication.objects.get()
    assert (found.version, found.asker_agreed, found.consultant_agreed) == (2, False, True)
    with pytest.raises(ValidationError):
        actions.agree(topic, seen_version=1, by=siti)
    assert public() == []


def test_two_who_edit_the_same_version_do_not_overwrite_each_other(
    topic: Topic, siti: User, ani: User
) -> None:
    propose(topic, siti)
    propose(topic, ani, version=1, question="Dari rekan?")
    with pytest.raises(ValidationError):
        propose(topic, siti, version=1, question="Dari penanya?")
    assert Publication.objects.get().question == "Dari rekan?"


@pytest.mark.parametrize("where", ["title", "question", "answer"])
def test_refuses_a_text_that_names_one_of_them(topic: Topic, siti: User, where: str) -> None:
    with pytest.raises(ValidationError):
        propose(topic, siti, 0, None, **{where: "Kata Siti WULANDARI kemarin"})
    assert not Publication.objects.exists()


def test_is_not_for_others_nor_before_the_answer(
    siti: User, ani: User, budi: User, topic: Topic
) -> None:
    with pytest.raises(PermissionDenied):
        propose(topic, budi)
    waiting = make_consultation(siti, title="Belum dijawab sama sekali")
    with pytest.raises(ValidationError):
        propose(waiting, siti)


@pytest.mark.parametrize("act", ["propose", "agree"])
def test_who_is_suspended_publishes_nothing(
    topic: Topic, siti: User, ani: User, maya: User, act: str
) -> None:
    propose(topic, siti)
    now = timezone.now()
    decision = Decision.objects.create(verb="tangguhkan", by=maya, reason="Iklan", person=ani)
    Suspension.objects.create(person=ani, decision=decision, ends_at=now + dt.timedelta(days=3))
    acts: dict[str, Callable[[], Any]] = {
        "propose": lambda: propose(topic, ani, version=1, question="Beli sekarang?"),
        "agree": lambda: actions.agree(topic, seen_version=1, by=ani),
    }
    with pytest.raises(ValidationError) as refused:
        acts[act]()
    assert refused.value.code == "suspended"
    assert not public()
    actions.withdraw(topic, by=ani)
    assert not Publication.objects.exists()


def test_a_category_archived_meanwhile_takes_nothing(topic: Topic, siti: User, ani: User) -> None:
    propose(topic, siti)
    make_category(archived_at="2026-11-01T00:00Z")
    with pytest.raises(ValidationError):
        actions.agree(topic, seen_version=1, by=ani)
    assert public() == []


def test_withdrawing_takes_the_text_away(topic: Topic, siti: User, ani: User) -> None:
    propose(topic, siti)
    actions.withdraw(topic, by=ani)
    assert not Publication.objects.exists()
    with pytest.raises(ValidationError):
        actions.agree(topic, seen_version=1, by=siti)


def test_the_form_keeps_what_was_typed(client: Client, topic: Topic, ani: User) -> None:
    client.force_login(ani)
    typed = {"title": "pendek", "question": "Bagaimana?", "answer": "", "version": "junk"}
    answer = client.post(reverse("forum:publication", args=[topic.pk]), typed)
    assert answer.status_code == 200
    assert "Bagaimana?" in answer.content.decode()


def test_by_pages_from_proposal_to_the_public_question(
    client: Client, topic: Topic, siti: User, ani: User
) -> None:
    make_category()
    typed = {
        "category": "umum",
        "title": "Angka kredit saat cuti",
        "question": "Bagaimana?",
        "answer": "Begini.",
        "version": "0",
    }
    client.force_login(siti)
    client.post(reverse("forum:publication", args=[topic.pk]), typed)
    client.force_login(ani)
    page = reverse("forum:topic", args=[topic.pk])
    assert "persetujuan Anda diminta" in client.get(page).content.decode()
    client.post(reverse("forum:publication_agree", args=[topic.pk]), {"version": "1"})
    (made,) = public()
    assert reverse("forum:topic", args=[made.pk]) in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_publish_once(siti: User, ani: User, topic: Topic) -> None:
    propose(topic, siti)
    gate, faults = threading.Barrier(4), list[BaseException]()

    def click() -> None:
        try:
            gate.wait()
            assert actions.agree(topic, seen_version=1, by=ani) is not None
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(public()) == 1
    assert Consultation.objects.get(topic=topic).published == public()[0]
