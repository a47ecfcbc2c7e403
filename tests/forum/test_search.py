"""Searching the forum, topics like a title, names after an @."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import throttle
from accounts.models import RoleGrant, User
from epk.lib import markdown
from epk.lib.indonesian import query
from forum.actions import answers, moderation, rearranging, writing
from forum.forms.search import SearchForm
from forum.models import Category, Member, Post, Topic
from forum.presenters import similar
from forum.queries import search
from registry.models import Officer
from tests.forum.made import make_category, make_consultation, make_reply, make_topic

pytestmark = pytest.mark.django_db


def found(user: User, text: str, **filters: Any) -> list[int]:
    return search.best_posts(user, query(text), filters)


def page(client: Client, **asked: str) -> str:
    answer = client.get(reverse("forum:search"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def for_pembina() -> Any:
    return make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=["pembina"])


@pytest.mark.parametrize("what", ["category", "hidden topic", "hidden post", "deleted", "edited"])
def test_what_may_not_be_read_is_not_found(siti: User, maya: User, budi: User, what: str) -> None:
    topic = make_topic(maya, for_pembina() if what == "category" else None)
    post = make_reply(topic, maya, "Keterangan tentang penyetaraan")
    if what == "hidden topic":
        Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    elif what == "hidden post":
        Post.objects.filter(pk=post.pk).update(state=Post.State.HIDDEN)
    elif what == "deleted":
        writing.delete_post(post, by=maya)
    elif what == "edited":
        writing.edit_post(post, source="Hal lain", seen_version=1, by=maya)
    assert found(budi, "penyetaraan") == []
    if what == "category":
        assert found(maya, "penyetaraan") == [post.pk]


def test_a_title_is_found_at_its_first_post_only(siti: User) -> None:
    topic = make_topic(siti, title="Formasi jabatan fungsional")
    make_reply(topic, siti, "Belum ada kabar")
    assert found(siti, "formasi") == [topic.posts.get(number=1).pk]


def test_an_answer_is_found_in_the_words_of_the_question(siti: User, budi: User) -> None:
    topic = make_topic(siti, title="Formasi jabatan fungsional")
    question, answer = topic.posts.get(), make_reply(topic, budi, "Lihat surat edaran")
    answers.accept_answer(answer, by=siti)
    assert found(siti, "edaran formasi") == [answer.pk]
    assert found(siti, "formasi") == [answer.pk, question.pk]
    writing.edit_post(
        question, source=question.source, title="Ujian kenaikan jenjang", seen_version=1, by=siti
    )
    assert found(siti, "formasi") == []
    assert found(siti, "kenaikan jenjang") == [answer.pk, question.pk]
    answers.unaccept_answer(answer, by=siti)
    assert found(siti, "kenaikan jenjang") == [question.pk]
    assert found(siti, "edaran") == [answer.pk]


def test_a_tombstone_among_answers_stays_unfound(siti: User, budi: User) -> None:
    topic = make_topic(siti, title="Formasi jabatan fungsional")
    answer = make_reply(topic, budi, "Lihat surat edaran")
    answers.accept_answer(answer, by=siti)
    writing.remove_text(Post.objects.get(pk=answer.pk))
    answers.unaccept_answer(answer, by=siti)
    answer.refresh_from_db()
    assert answer.search is None


def test_posts_are_found_in_the_category_of_their_topic(siti: User, maya: User) -> None:
    """Moved, merged and split off: the database keeps the category of each post."""
    old, new = make_category("umum"), make_category("karier")
    topic, other = make_topic(siti, old), make_topic(siti, new)
    reply = make_reply(topic, siti, "Tentang penyetaraan")
    moderation.move_topic(topic, new, by=maya, reason="Salah tempat")
    assert found(siti, "penyetaraan", category=new) == [reply.pk]
    assert found(siti, "penyetaraan", category=old) == []
    rearranging.split_posts(topic, [2], title="Terpisah", category=old, by=maya, reason="Hal lain")
    assert found(siti, "penyetaraan", category=old) == [reply.pk]
    reply.refresh_from_db()
    rearranging.merge_topics(reply.topic, other, by=maya, reason="Sama")
    assert found(siti, "penyetaraan", category=new) == [reply.pk]
    assert found(siti, "penyetaraan", category=old) == []


def test_verified_answers_alone_are_found_by_that_filter(siti: User, budi: User) -> None:
    topic = make_topic(siti, title="Syarat penyetaraan")
    answer = make_reply(topic, budi, "Penyetaraan selesai")
    make_reply(topic, siti, "Penyetaraan ini membantu")
    Post.objects.filter(pk=answer.pk).update(standing=Post.Standing.VERIFIED)
    form = SearchForm(QueryDict("jawaban=terverifikasi"), categories=Category.objects.all())
    assert found(siti, "penyetaraan", **form.filters()) == [answer.pk]
    assert found(siti, "membantu", **form.filters()) == []


def test_a_new_title_is_found_and_the_old_one_is_not(siti: User) -> None:
    topic = make_topic(siti, title="Formasi jabatan fungsional")
    post = topic.posts.get()
    writing.edit_post(
        post, source=post.source, title="Ujian kenaikan jenjang", seen_version=1, by=siti
    )
    assert found(siti, "kenaikan jenjang") == [post.pk]
    assert found(siti, "formasi") == []


def test_answers_come_first_and_the_newest_hundreds_are_ranked(
    siti: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = make_topic(siti, title="Apa saja syarat formasi")
    posts = [make_reply(topic, siti, f"penyetaraan nomor {n}") for n in range(6)]
    Post.objects.filter(pk=posts[0].pk).update(standing=Post.Standing.ACCEPTED)
    Post.objects.filter(pk=posts[1].pk).update(standing=Post.Standing.VERIFIED)
    monkeypatch.setattr(search, "MOST", 3)
    keys = found(siti, "penyetaraan")
    assert keys[:2] == [posts[1].pk, posts[0].pk]
    assert len(keys) == 4
    assert posts[2].pk not in keys


@pytest.mark.parametrize(
    "text", ["", "\x00", "'", "-yang", "& | !", "dan", ":*", "x" * 99, "a " * 49, "<b>"]
)
def test_no_search_ends_in_an_error(client: Client, siti: User, text: str) -> None:
    make_topic(siti)
    client.force_login(siti)
    page(client, q=text)


@pytest.mark.parametrize("field", ["kategori", "penulis", "jawaban", "sejak", "sampai", "halaman"])
@pytest.mark.parametrize("junk", ["\x00", "99999999999999999999", "0001-01-01", "9999-12-31", "-1"])
def test_no_filter_ends_in_an_error(client: Client, siti: User, field: str, junk: str) -> None:
    make_topic(siti)
    client.force_login(siti)
    page(client, q="cuti", **{field: junk})


def test_a_filter_does_not_tell_of_a_hidden_category(client: Client, siti: User) -> None:
    for_pembina()
    client.force_login(siti)
    hidden, none = (page(client, q="cuti", kategori=slug) for slug in ("pembina", "tidak-ada"))
    assert "Kategori itu tidak ada." in hidden
    assert hidden.count("Kategori itu tidak ada.") == none.count("Kategori itu tidak ada.")


def test_filters_narrow(client: Client, siti: User, budi: User) -> None:
    topic = make_topic(siti, make_category("umum"), title="Syarat penyetaraan jabatan")
    reply = make_reply(topic, budi, "Penyetaraan selesai")
    first = topic.posts.get(number=1)
    client.force_login(siti)
    number = Officer.objects.of_account(budi).get().register_number
    for asked, keys in (
        ({"penulis": "rumbiak"}, {reply.pk}),
        ({"penulis": number}, {reply.pk}),
        ({"kategori": "umum"}, {first.pk, reply.pk}),
        ({"jawaban": "diterima"}, set()),
        ({"jawaban": "belum"}, {first.pk, reply.pk}),
        ({"sejak": "2199-01-01"}, set()),
        ({"sampai": "2001-01-01"}, set()),
    ):
        html = page(client, q="penyetaraan", **asked)
        linked = {key for key in (first.pk, reply.pk) if f"/forum/pos/{key}/" in html}
        assert linked == keys, asked


def test_words_are_marked_and_marks_are_text(client: Client, siti: User) -> None:
    make_topic(siti, title="Tentang <i>penyetaraan</i>", source="`<script>` penyetaraan saya")
    client.force_login(siti)
    html = page(client, q="penyetaraan")
    assert "<mark>penyetaraan</mark>" in html
    assert "&lt;i&gt;" in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("count", [2, 60])
def test_a_search_asks_as_much_of_many_as_of_few(
    client: Client,
    siti: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    topic = make_topic(siti)
    for n in range(count):
        make_reply(topic, siti, f"penyetaraan nomor {n}")
    client.force_login(siti)
    with django_assert_max_num_queries(8):
        html = page(client, q="penyetaraan")
    assert f"{count} tulisan ditemukan" in html


def test_like_topics_are_those_one_may_see(siti: User, maya: User) -> None:
    open_one = make_topic(siti, title="Angka kredit saat cuti besar")
    make_topic(maya, for_pembina(), title="Angka kredit saat cuti sakit")
    make_topic(siti, title="Formasi jabatan")
    titles = [row.title for row in similar(siti, "Apakah cuti mengurangi angka kredit?")]
    assert titles == [open_one.title]
    assert similar(siti, "  ") == []


def test_like_topics_are_told_while_a_title_is_typed(client: Client, siti: User) -> None:
    topic = make_topic(siti)
    client.force_login(siti)
    answer = client.get(reverse("forum:similar_topics"), {"judul": "Angka kredit"})
    assert answer.json()["topics"][0]["path"] == reverse("forum:topic", args=[topic.pk])
    assert client.get(reverse("forum:similar_topics"), {"judul": "\x00"}).json() == {"topics": []}


def test_like_topics_come_with_the_preview(client: Client, siti: User) -> None:
    topic = make_topic(siti)
    client.force_login(siti)
    form = {"title": "Angka kredit saat cuti", "source": "Apa kabar", "aksi": "pratinjau"}
    html = client.post(reverse("forum:topic_new"), form).content.decode()
    assert f'<a href="{reverse("forum:topic", args=[topic.pk])}">' in html


def test_names_are_offered_with_their_numbers(client: Client, siti: User, budi: User) -> None:
    client.force_login(siti)
    path = reverse("forum:mention_names")
    number = Officer.objects.of_account(budi).get().register_number
    for typed in ("rumb", number):
        assert [row["number"] for row in client.get(path, {"q": typed}).json()["names"]] == [number]
    assert client.get(path, {"q": "r"}).json() == {"names": []}
    Officer.objects.filter(user=budi).update(user=None)
    assert client.get(path, {"q": "rumb"}).json() == {"names": []}


def names_at(client: Client, **query: str) -> list[str]:
    answer = client.get(reverse("forum:mention_names"), {"q": "rumb", **query})
    return [row["name"] for row in answer.json()["names"]]


def test_only_those_are_offered_who_may_read_there(
    client: Client, siti: User, budi: User, maya: User
) -> None:
    closed = make_category("pembina", readers=["pembina"], starters=["pembina"], repliers=[])
    hidden, shown = make_topic(maya, closed), make_topic(siti)
    post = shown.posts.get()
    client.force_login(maya)
    assert names_at(client, place=f"balas-{shown.pk}") == [budi.name]
    assert names_at(client, place=f"sunting-{post.pk}") == [budi.name]
    assert names_at(client, place="topik-baru") == [budi.name]
    assert names_at(client, place=f"balas-{hidden.pk}") == []
    assert names_at(client, place="topik-baru", kategori="pembina") == []
    client.force_login(siti)
    assert names_at(client, place=f"balas-{hidden.pk}") == []
    for place in ("konsultasi-baru", "balas-x", "balas-999999", "apa", "sunting-" + "9" * 30):
        assert names_at(client, place=place) == []
    RoleGrant.objects.filter(user=budi).delete()
    assert names_at(client) == []


def test_in_a_consultation_only_those_with_a_seat_are_offered(
    client: Client, siti: User, budi: User
) -> None:
    topic = make_consultation(siti)
    client.force_login(siti)
    assert names_at(client, place=f"balas-{topic.pk}") == []
    Member.objects.create(topic=topic, user=budi, part=Member.Part.GUEST)
    assert names_at(client, place=f"balas-{topic.pk}") == [budi.name]


def test_the_edit_page_offers_names(client: Client, siti: User) -> None:
    post = make_topic(siti).posts.get()
    client.force_login(siti)
    html = client.get(reverse("forum:post_edit", args=[post.pk])).content.decode()
    assert f'data-place="sunting-{post.pk}"' in html
    assert f'data-mentions="{reverse("forum:mention_names")}"' in html


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("search", {"q": "cuti"}),
        ("similar_topics", {"judul": "Angka kredit"}),
        ("mention_names", {"q": "rumb"}),
    ],
)
def test_asking_without_end_is_slowed_down_for_that_person_alone(
    client: Client, siti: User, budi: User, monkeypatch: pytest.MonkeyPatch, name: str, query: Any
) -> None:
    few = (throttle.Limit(("account",), most=2, seconds=60),)
    monkeypatch.setitem(throttle.LIMITS, "search", few)
    client.force_login(siti)
    path = reverse(f"forum:{name}")
    answers = [client.get(path, query) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    client.force_login(budi)
    assert client.get(path, query).status_code == 200


@pytest.mark.parametrize("name", ["search", "similar_topics", "mention_names"])
def test_only_members_search(client: Client, agus: User, name: str) -> None:
    client.force_login(agus)
    assert client.get(reverse(f"forum:{name}")).status_code == 403


def test_everything_can_be_indexed_anew(siti: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.actions.indexing.AT_ONCE", 2)
    topic = make_topic(siti, title="Formasi jabatan fungsional", source="**tebal**")
    gone = make_reply(topic, siti, "Penyetaraan")
    for _ in range(3):
        make_reply(topic, siti, "Penyetaraan")
    writing.delete_post(gone, by=siti)
    Post.objects.exclude(pk=gone.pk).update(search=None, renderer=0, html="lama")
    call_command("index_forum", "--semua")
    assert len(found(siti, "formasi")) == 1
    assert len(found(siti, "penyetaraan")) == 3
    first = topic.posts.get(number=1)
    assert "<strong>" in first.html
    assert first.renderer == markdown.VERSION


@pytest.mark.parametrize("older", [{"indexer": 0}, {"renderer": 0}])
def test_only_what_an_older_version_wrote_is_indexed_anew(
    siti: User, older: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    topic = make_topic(siti, title="Formasi jabatan fungsional")
    make_reply(topic, siti, "Penyetaraan")
    Post.objects.update(search=None)
    Post.objects.filter(number=2).update(**older)
    call_command("index_forum")
    assert (len(found(siti, "penyetaraan")), len(found(siti, "formasi"))) == (1, 0)
    assert "Selesai: 1" in capsys.readouterr().out
    call_command("index_forum")
    assert "Selesai: 0" in capsys.readouterr().out
