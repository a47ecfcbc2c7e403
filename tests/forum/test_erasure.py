"""What an erased person leaves in the forum: posts and quotations without a name."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib import markdown
from epk.lib.indonesian import query
from forum.actions import moderation
from forum.actions.appeals import appeal, decide_appeal
from forum.actions.writing import edit_post
from forum.erasure import forget_writer
from forum.models import Appeal, Draft, Post, PostRevision, Report
from forum.queries.search import best_posts
from forum.recount import differences
from tests.factories import make_user
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
NAME = "Budi Rumbiak"


def quoting(client: Client, user: User, post: Post) -> str:
    """What the composer begins with when that post is quoted."""
    client.force_login(user)
    path = reverse("forum:reply", args=[post.topic_id])
    form = client.get(path, {"kutip": post.number}).context["form"]
    return str(form.initial["source"])


def page(client: Client, user: User, post: Post) -> str:
    client.force_login(user)
    return client.get(reverse("forum:topic", args=[post.topic_id])).content.decode()


def erase(user: User) -> None:
    forget_writer(user, {user.name, user.email})


def test_a_quotation_names_its_author_until_they_are_erased(
    client: Client, siti: User, budi: User
) -> None:
    post = make_reply(make_topic(siti), budi, "Begini caranya.")
    source = quoting(client, siti, post)
    assert NAME not in source
    answer = make_reply(post.topic, siti, f"{source}Terima kasih.")
    assert f">{budi.name}</a> menulis:" in page(client, siti, answer)
    erase(budi)
    html = page(client, siti, answer)
    assert ">Mantan anggota</a> menulis:" in html
    assert NAME not in html


def test_a_quotation_of_what_one_may_not_see_names_nobody(
    client: Client, siti: User, maya: User
) -> None:
    closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    secret = make_topic(maya, closed).posts.get()
    answer = make_reply(
        make_topic(siti), maya, markdown.quote("isi", path=f"/forum/pos/{secret.pk}/")
    )
    assert ">Rekan</a> menulis:" in page(client, siti, answer)
    assert f">{maya.name}</a> menulis:" in page(client, maya, answer)


@pytest.mark.parametrize("marks", ["> ", "> > ", ">"])
def test_a_name_typed_over_a_quotation_goes_from_text_versions_drafts_and_search(
    client: Client, siti: User, budi: User, rina: User, marks: str
) -> None:
    topic = make_topic(siti)
    post, other = make_reply(topic, budi), make_reply(topic, rina, "Isi yang lain")
    old = (
        f"{marks}[{NAME} \\] x](/forum/pos/{post.pk}/) menulis:\n>\n> isi\n\n"
        f"> [Rina](/forum/pos/{other.pk}/) menulis:\n>\n> isi\n\nBalasan"
    )
    answer = make_reply(topic, siti, old)
    edit_post(answer, source=f"{old} baru", seen_version=1, by=siti)
    Draft.objects.create(user=siti, place="topik-baru", source=old)
    erase(budi)
    answer.refresh_from_db()
    texts = [
        answer.source,
        answer.html,
        PostRevision.objects.get(post=answer).source,
        Draft.objects.get().source,
    ]
    for text in texts:
        assert NAME not in text
    assert "[Rina]" in answer.source
    assert best_posts(rina, query("Rumbiak"), {}) == []
    assert list(differences()) == []


def test_what_was_said_of_them_in_moderation_is_scrubbed(
    siti: User, budi: User, maya: User
) -> None:
    nina = make_user("nina@demo.example", "Nina", "moderator")
    post = make_reply(make_topic(siti), budi)
    moderation.report_post(post, reason="lain", details=f"{NAME} menghina saya.", by=siti)
    hidden = moderation.hide_post(post, by=maya, reason=f"{NAME} menghina.")
    made = appeal(hidden, text=f"Saya, {NAME}, tidak menghina.", by=budi)
    erase(budi)
    decide_appeal(made, upheld=True, answer="Benar.", by=nina)
    hidden.refresh_from_db()
    for text in (hidden.reason, Appeal.objects.get().text, Report.objects.get().details):
        assert NAME not in text
        assert "[dihapus]" in text
    assert Post.objects.get(pk=post.pk).is_shown
    assert list(differences()) == []


def test_quotations_of_before_are_brought_into_line(client: Client, siti: User, budi: User) -> None:
    """The migration: the same text and HTML as if they had been written today."""
    topic = make_topic(siti)
    post = make_reply(topic, budi)
    lines = f"> [{NAME}](/forum/pos/{post.pk}/) menulis:\n>\n> isi\n"
    nested = f"> > [A\\]b](/forum/pos/{post.pk}/) menulis:\n> >\n> > isi\n"
    kept = f"[{NAME}](/forum/pos/{post.pk}/) menulis: ini bukan kutipan"
    answer = make_reply(topic, siti, f"{lines}\n{nested}\n{kept}")
    was = f'<p><a href="/forum/pos/{post.pk}/">{NAME}</a> menulis:</p>'
    first = answer.html.replace(
        f'<p><a href="/forum/pos/{post.pk}/" data-penulis="{post.pk}">Rekan</a> menulis:</p>',
        was,
        1,
    )
    assert was in first
    Post.objects.filter(pk=answer.pk).update(html=first)
    Draft.objects.create(user=siti, place="topik-baru", source=lines)
    migration: Any = importlib.import_module("forum.migrations.0008_quotes_name_nobody")
    with connection.cursor() as cursor:
        for operation in migration.Migration.operations:
            cursor.execute(operation.sql)
    answer.refresh_from_db()
    assert answer.source.count("[Rekan]") == 2
    assert answer.source.endswith(kept)
    assert Draft.objects.get().source.startswith("> [Rekan](")
    assert was not in answer.html
    assert answer.html.count("data-penulis") == 2
    assert answer.html == markdown.render(answer.source).html
