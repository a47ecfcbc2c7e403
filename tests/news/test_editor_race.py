"""Editors, reviewers and workers at once, in real threads: one wins, nothing is lost or told twice."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.models import User
from news.actions.announcing import announce_published
from news.actions.articles import approve_article, begin_version, save_article, send_article
from news.actions.standing import withdraw_article
from news.actions.uploads import begin_with_uploads
from news.models import Article, ArticleVersion
from notifications.models import Notification
from tests.news.made import make_article, make_editor

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"title": "Berita", "summary": "", "source": "Isi."}


def together(*tasks: Callable[[], object]) -> list[BaseException]:
    """Each in a thread with a connection of its own; the faults that came of it."""
    gate, faults = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            task()
        except BaseException as fault:  # noqa: BLE001  (told to the test)
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "they wait for each other"
    return faults


def waiting(by: User) -> ArticleVersion:
    """An article in review."""
    made = make_article(state="draf", by=by).versions.get()
    return send_article(made, seen=made.edits, by=by)


def test_titles_of_eight_editors_collide(agus: User) -> None:
    def begin() -> None:
        begin_with_uploads(values=WORDS, key=uuid.uuid4(), by=agus)

    assert together(*[begin] * 8) == []
    slugs = set(Article.objects.values_list("slug", flat=True))
    assert slugs == {"berita", *(f"berita-{number}" for number in range(2, 9))}


def test_eight_clicks_begin_one_article(agus: User) -> None:
    key = uuid.uuid4()
    assert together(*[lambda: begin_with_uploads(values=WORDS, key=key, by=agus)] * 8) == []
    assert (Article.objects.count(), ArticleVersion.objects.count()) == (1, 1)
    assert ArticleVersion.objects.get().source == "Isi."


def test_of_eight_saves_one_is_kept_and_seven_are_told(agus: User) -> None:
    version = make_article(state="draf", by=agus).versions.get()

    def saving(number: int) -> Callable[[], object]:
        words = WORDS | {"source": f"Naskah {number}"}
        return lambda: save_article(version, values=words, seen=1, by=agus)

    faults = together(*[saving(number) for number in range(8)])
    assert [getattr(fault, "code", fault) for fault in faults] == ["stale"] * 7
    version.refresh_from_db()
    assert version.edits == 2


def test_of_two_reviewers_one_wins(agus: User) -> None:
    version = waiting(agus)
    reviewers = [make_editor(), make_editor("tono@demo.example", "Tono")]

    def approving(person: User) -> Callable[[], object]:
        return lambda: approve_article(version, seen=1, by=person)

    faults = together(*[approving(person) for person in reviewers])
    assert [fault.code for fault in faults if isinstance(fault, ValidationError)] == ["state"]
    version.refresh_from_db()
    assert version.state == "terbit"
    assert version.reviewer in reviewers


def test_a_save_and_an_approval_at_once_let_nothing_out_unread(agus: User) -> None:
    lina = make_editor()
    for number in range(6):
        version = waiting(agus)
        words = WORDS | {"source": f"Diam-diam {number}"}

        def save(version: ArticleVersion = version, words: dict[str, str] = words) -> object:
            return save_article(version, values=words, seen=1, by=agus)

        def approve(version: ArticleVersion = version) -> object:
            return approve_article(version, seen=1, by=lina)

        faults = together(save, approve)
        assert [type(fault) for fault in faults] == [ValidationError]
        version.refresh_from_db()
        is_read = "Diam-diam" not in version.source
        assert (version.state == "terbit") is is_read


def test_two_begin_one_version(agus: User) -> None:
    article = make_article(by=agus)
    faults = together(*[lambda: begin_version(article, by=agus)] * 4)
    assert len(faults) == 3
    assert article.versions.count() == 2


def test_a_withdrawal_and_an_approval_do_not_wait_for_each_other(agus: User) -> None:
    lina = make_editor()
    article = make_article(by=agus)
    made = begin_version(article, by=agus)
    saved = save_article(made, values=WORDS | {"note": "Baru."}, seen=1, by=agus)
    sent = send_article(saved, seen=2, by=agus)
    faults = together(
        lambda: withdraw_article(article, reason="Keliru.", by=lina),
        lambda: approve_article(sent, seen=2, by=lina),
    )
    assert faults == []
    assert Article.objects.get().live == sent


def test_four_workers_announce_once(siti: User) -> None:
    for _ in range(5):
        make_article()
    assert together(*[announce_published] * 4) == []
    announce_published()
    assert Notification.objects.filter(recipient=siti).count() == 5
