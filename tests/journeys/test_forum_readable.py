"""Every page of the forum is for everyone: axe, 320 px, long words, text from right to left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.actions import answers, moderation
from forum.models import Draft, Post, Topic
from tests.forum.made import make_reply, make_topic
from tests.forum.test_answers import basis, make_regulation
from tests.journeys.accessibility import findings
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Enter = Callable[[User], None]
LONG = "Pertanggungjawabanpenempatantenagakerja" * 3
ARABIC = "هذا نص مكتوب من اليمين إلى اليسار"
TABLE = "| Periode | Angka kredit | Keterangan |\n|---|---|---|\n| Januari | 2,08 | Baik |"
WHY = f"Memuat data pribadi. {LONG}"


@pytest.fixture
def topic(siti: User, budi: User, maya: User) -> Topic:
    """Everything that can stand in a topic: a stale answer on top, tombstones, two pages."""
    made = make_topic(
        siti, title=f"{LONG}?", source=f"{LONG}\n\n{ARABIC}\n\n{TABLE}\n\n```\n{LONG}\n```"
    )
    answer = make_reply(made, budi, f"{ARABIC}\n\n> {LONG}\n\n1. butir")
    for number in range(20):
        make_reply(made, maya if number % 2 else budi, f"Balasan {number}\n\n- butir")
    deleted, hidden = make_reply(made, budi), make_reply(made, budi, LONG)
    Post.objects.filter(pk=deleted.pk).update(state="hapus", source="", html="")
    moderation.hide_post(hidden, by=maya, reason=WHY)
    old, new = (
        make_regulation("Permenaker 1/2024"),
        make_regulation("Permenaker 9/2026", in_force_from=dt.date(2026, 1, 1)),
    )
    answers.accept_answer(answer, by=siti)
    answers.verify_answer(answer, basis(old, note=LONG), by=maya)
    answers.replace_regulation(old, by_regulation=new, on=timezone.localdate(), by=maya)
    made.refresh_from_db()
    return made


def faults(visit: Visit, paths: dict[str, str]) -> list[str]:
    return [fault for name, path in paths.items() for fault in findings(visit(path), name)]


def test_pages_of_an_officer(
    visit: Visit, enter: Enter, topic: Topic, siti: User, maya: User
) -> None:
    make_topic(maya, title=ARABIC, kind="diskusi")
    Draft.objects.create(user=siti, place="topik-baru", title="Draf", source=LONG)
    own = make_reply(topic, siti)
    enter(siti)
    path = reverse("forum:topic", args=[topic.pk])
    paths = {
        "index": reverse("forum:index"),
        "category": reverse("forum:category", args=["umum"]),
        "nothing": reverse("forum:index") + "?tampil=ikut-saya&urut=terima-kasih",
        "topic": path,
        "topic, page 2": f"{path}?halaman=2",
        "new topic": reverse("forum:topic_new"),
        "reply": reverse("forum:reply", args=[topic.pk]) + "?kutip=1",
        "edit": reverse("forum:post_edit", args=[own.pk]),
        "delete": reverse("forum:post_delete", args=[own.pk]),
        "history": reverse("forum:post_history", args=[own.pk]),
        "drafts": reverse("forum:drafts"),
        "search": reverse("forum:search") + "?q=butir&kategori=umum&sejak=2020-01-01",
        "search, nothing": reverse("forum:search") + "?q=tidakadakatabegini",
        "availability": reverse("forum:availability"),
    }
    assert faults(visit, paths) == []


def test_pages_of_those_who_keep_the_forum(
    visit: Visit, enter: Enter, topic: Topic, maya: User, siti: User
) -> None:
    answer = topic.posts.get(number=2)
    moderation.report_post(answer, reason="lain", details=LONG, by=siti)
    regulation = answer.verifications.get().citations.get().regulation
    enter(maya)
    paths = {
        "topic, to a moderator": reverse("forum:topic", args=[topic.pk]) + "?halaman=2",
        "queue": reverse("forum:moderation"),
        "log": reverse("forum:moderation_log"),
        "deciding about a topic": reverse("forum:topic_moderate", args=[topic.pk]),
        "reviews": reverse("forum:reviews"),
        "verify": reverse("forum:post_verify", args=[answer.pk]),
        "regulations": reverse("forum:regulations"),
        "new regulation": reverse("forum:regulation_new"),
        "replacing": reverse("forum:regulation_replace", args=[regulation.pk]),
    }
    assert faults(visit, paths) == []
