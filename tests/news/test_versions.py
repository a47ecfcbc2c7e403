"""The history of an article, and the links that show what is not published yet."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions.articles import approve_article, begin_version, save_article, send_article
from news.actions.previewing import make_preview_link
from news.models import Article, ArticleVersion, PreviewLink
from tests.news.made import attach, make_article, make_editor, make_file, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def lina(db: None) -> User:
    return make_editor()


def changed(article: Article, by: User, reviewer: User, **values: str) -> ArticleVersion:
    """A later version that was let out."""
    version = begin_version(article, by=by)
    words = {"title": version.title, "summary": "", "source": version.source, "note": "Diubah."}
    saved = save_article(version, values=words | values, seen=version.edits, by=by)
    sent = send_article(saved, seen=saved.edits, by=by)
    return approve_article(sent, seen=sent.edits, by=reviewer)


def versions_page(article: Article) -> str:
    return reverse("news:article_versions", args=[article.pk])


class TestHistory:
    def test_shows_what_two_versions_differ_in(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = make_article(source="Satu dua tiga", by=agus)
        changed(article, agus, lina, source="Satu empat tiga", title="Judul kedua")
        changed(article, agus, lina, source="Lain sama sekali")
        client.force_login(agus)
        html = client.get(versions_page(article), {"lama": 1, "baru": 2}).content.decode()
        assert "<del>dua</del><ins>empat</ins>" in html
        assert "<ins>Judul kedua</ins>" in html or "<ins>kedua</ins>" in html
        assert "Ditulis Agus Salim, ditelaah Lina Marpaung" in html
        newest = client.get(versions_page(article)).content.decode()
        assert "Dari versi 2 ke versi 3" in newest

    @pytest.mark.parametrize(
        "query", ["lama=x&baru=%00", "lama=7&baru=1", "lama=1", "baru=99999999999"]
    )
    def test_takes_any_address(self, client: Client, agus: User, query: str) -> None:
        article = make_article(by=agus)
        client.force_login(agus)
        assert client.get(f"{versions_page(article)}?{query}").status_code == 200

    def test_an_old_one_comes_back_as_a_new_one(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = make_article(source="Semula", by=agus)
        picture, file = make_picture(), make_file()
        article.gallery.add(picture)
        article.live.pictures.add(picture)
        attach(article, file, "Materi asal")
        changed(article, agus, lina, source="Berubah")
        client.force_login(lina)
        act = reverse("news:article_act", args=[article.pk])
        client.post(act, {"aksi": "pulihkan", "number": 1})
        version = article.versions.working().get()
        assert (version.number, version.source, version.state) == (3, "Semula", "draf")
        assert version.note == "Mengembalikan versi 1."
        assert list(version.pictures.all()) == [picture]
        assert version.files.get().title == "Materi asal"
        again = client.post(act, {"aksi": "pulihkan", "number": 2})
        assert "sudah punya versi yang sedang dikerjakan" in again.content.decode()
        assert article.versions.count() == 3

    def test_one_that_does_not_exist_does_not(self, client: Client, agus: User) -> None:
        article = make_article(by=agus)
        client.force_login(agus)
        act = reverse("news:article_act", args=[article.pk])
        answer = client.post(act, {"aksi": "pulihkan", "number": 9})
        assert "Versi itu tidak ada." in answer.content.decode()

    def test_is_for_editors(self, client: Client, siti: User) -> None:
        article = make_article()
        for name in ("versions", "look"):
            path = reverse(f"news:article_{name}", args=[article.pk])
            client.logout()
            assert client.get(path).status_code == 302
            client.force_login(siti)
            assert client.get(path).status_code == 403


class TestPreviewLinks:
    def test_show_what_is_being_written_with_its_pictures(self, client: Client, agus: User) -> None:
        article = make_article("Belum terbit", state="draf", by=agus)
        picture, file = make_picture(), make_file()
        article.gallery.add(picture)
        version = article.versions.get()
        values = {"title": "Belum terbit", "summary": "", "source": f"![](gambar:{picture.pk})"}
        save_article(version, values=values, seen=1, by=agus, files=[(file, "Materi")])
        link = make_preview_link(article, days=3, by=agus)
        answer = client.get(reverse("news:article_preview", args=[link.key]))
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Belum terbit" in html
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        paths = re.findall(r'(?:src|href)="(/berita/(?:gambar|berkas)/[^"]+)"', html)
        assert len(paths) == 2
        for path in paths:
            shown = client.get(path)
            assert shown.status_code == 200
            assert "no-store" in shown["Cache-Control"]
            for wrong in (path.split("?")[0], path[:-1] + "!", f"{path[:-4]}abcd"):
                assert client.get(wrong).status_code == 404

    def test_show_nothing_of_other_articles(self, client: Client, agus: User) -> None:
        article, other = make_article(state="draf", by=agus), make_article(state="draf", by=agus)
        picture = make_picture()
        other.versions.get().pictures.add(picture)
        link = make_preview_link(article, days=1, by=agus)
        path = reverse("news:picture", args=[picture.key, 480])
        assert client.get(path, {"kunci": link.key}).status_code == 404

    def test_end(self, client: Client, agus: User) -> None:
        article = make_article(state="draf", by=agus)
        picture = make_picture()
        article.versions.get().pictures.add(picture)
        link = make_preview_link(article, days=1, by=agus)
        image = reverse("news:picture", args=[picture.key, 480])
        path = reverse("news:article_preview", args=[link.key])
        assert client.get(image, {"kunci": link.key}).status_code == 200
        PreviewLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
        assert client.get(path).status_code == 404
        assert client.get(image, {"kunci": link.key}).status_code == 404

    def test_are_made_and_revoked_on_the_page(self, client: Client, agus: User) -> None:
        article = make_article(state="draf", by=agus)
        client.force_login(agus)
        act = reverse("news:article_act", args=[article.pk])
        refused = client.post(act, {"aksi": "buat_tautan", "number": 30})
        assert "Pilih 1, 3, atau 7 hari." in refused.content.decode()
        client.post(act, {"aksi": "buat_tautan", "number": 7})
        link = PreviewLink.objects.get()
        assert link.expires_at - timezone.now() > dt.timedelta(days=6, hours=23)
        edit = reverse("news:article_edit", args=[article.pk])
        assert link.key in client.get(edit).content.decode()
        client.post(act, {"aksi": "cabut_tautan", "number": link.pk})
        client.logout()
        path = reverse("news:article_preview", args=[link.key])
        assert client.get(path).status_code == 404

    def test_lead_on_to_what_is_published(self, client: Client, agus: User) -> None:
        article = make_article(by=agus)
        link = make_preview_link(article, days=1, by=agus)
        answer = client.get(reverse("news:article_preview", args=[link.key]))
        assert answer["Location"] == reverse("news:article", args=[article.slug])

    @pytest.mark.parametrize("key", ["tidak-ada", "x" * 400, "%00"])
    def test_junk_opens_nothing(self, client: Client, key: str) -> None:
        assert client.get(f"/berita/pratinjau/{key}/").status_code == 404
