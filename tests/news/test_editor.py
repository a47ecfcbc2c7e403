"""Writing an article: from the first save to the page at its minute, and what may go wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from news.models import Article, ArticleVersion
from tests.news.editors import act, begun, path_of, typed, working
from tests.news.made import make_article, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def lina(db: None) -> User:
    return make_editor()


class TestTheWholePath:
    def test_written_reviewed_and_there_at_its_minute(
        self, client: Client, agus: User, lina: User, clock: Any
    ) -> None:
        # At noon in Jakarta; it is to come out at 14.30 there.
        article = begun(client, agus, publish_from="2026-11-24T14:30", aksi="ajukan")
        assert article.slug == "pemutakhiran-data-penempatan"
        address = reverse("news:article", args=[article.slug])
        assert act(client, article, "setujui", seen=working(article).edits).status_code == 200
        client.force_login(lina)
        assert article.title in client.get(reverse("news:editor")).content.decode()
        assert act(client, article, "setujui", seen=working(article).edits).status_code == 302
        client.logout()
        assert client.get(address).status_code == 404
        clock.move(hours=2, minutes=29, seconds=59)
        assert client.get(address).status_code == 404
        clock.move(seconds=1)
        html = client.get(address).content.decode()
        assert "<strong>tebal</strong>" in html
        assert "Ditulis Agus Salim, ditelaah Lina Marpaung" in html
        assert article.title in client.get(reverse("news:articles")).content.decode()

    def test_without_a_moment_it_is_there_at_once(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = begun(client, agus, aksi="ajukan")
        client.force_login(lina)
        act(client, article, "setujui", seen=working(article).edits)
        client.logout()
        assert client.get(reverse("news:article", args=[article.slug])).status_code == 200

    def test_sent_back_with_a_remark_and_sent_again(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = begun(client, agus, aksi="ajukan")
        client.force_login(lina)
        seen = working(article).edits
        refused = act(client, article, "kembalikan", seen=seen, words="  ")
        assert "Tulis apa yang perlu diperbaiki." in refused.content.decode()
        act(client, article, "kembalikan", seen=seen, words="Sebut sumbernya.")
        client.force_login(agus)
        for page in (path_of(article), reverse("news:editor")):
            assert "Sebut sumbernya." in client.get(page).content.decode()
        client.post(path_of(article), typed(seen=seen, aksi="ajukan"))
        assert working(article).state == "telaah"
        assert working(article).remark == ""

    def test_a_later_version_needs_a_note_and_leaves_the_page_until_approved(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = make_article(by=agus)
        address = reverse("news:article", args=[article.slug])
        client.force_login(agus)
        act(client, article, "versi_baru")
        values = typed(
            title="Judul lain", source="Isi baru.", seen=1, aksi="ajukan", change="kecil"
        )
        refused = client.post(path_of(article), values)
        assert "Tulis apa yang berubah" in refused.content.decode()
        assert "Isi baru." in refused.content.decode()
        client.post(path_of(article), values | {"note": "Angka diperbaiki."})
        assert "Judul lain" not in client.get(address).content.decode()
        client.force_login(lina)
        act(client, article, "setujui", seen=working(article).edits)
        html = client.get(address).content.decode()
        assert "Judul lain" in html
        assert "Angka diperbaiki." in html
        states = article.versions.order_by("number").values_list("state", flat=True)
        assert list(states) == ["lama", "terbit"]

    def test_a_writer_who_approves_anothers_edit_is_named_once(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = begun(client, agus, aksi="ajukan")
        client.force_login(lina)
        client.post(path_of(article), typed(seen=working(article).edits))
        client.force_login(agus)
        act(client, article, "setujui", seen=working(article).edits)
        html = client.get(reverse("news:article", args=[article.slug])).content.decode()
        assert "Ditulis Agus Salim" in html
        assert "ditelaah" not in html

    def test_taken_back_and_dropped(self, client: Client, agus: User) -> None:
        article = begun(client, agus, aksi="ajukan")
        act(client, article, "tarik_ajuan")
        assert working(article).state == "draf"
        act(client, article, "batalkan")
        assert not article.versions.working().exists()
        assert client.get(path_of(article)).status_code == 200

    def test_withdrawn_with_a_reason_put_back_and_pinned(self, client: Client, agus: User) -> None:
        article = make_article(by=agus)
        address = reverse("news:article", args=[article.slug])
        client.force_login(agus)
        act(client, article, "sematkan")
        refused = act(client, article, "tarik", words="")
        assert "Tulis alasannya." in refused.content.decode()
        act(client, article, "tarik", words="Angkanya keliru.")
        assert client.get(address).status_code == 404
        assert "Angkanya keliru." in client.get(path_of(article)).content.decode()
        article.refresh_from_db()
        assert article.pinned_at is None
        act(client, article, "terbitkan_lagi")
        assert client.get(address).status_code == 200


class TestWhoMay:
    @pytest.mark.parametrize("name", ["editor", "article_new"])
    def test_pages_are_for_editors(
        self, client: Client, siti: User, rina: User, admin: User, name: str
    ) -> None:
        path = reverse(f"news:{name}")
        assert client.get(path).status_code == 302
        for person, status in ((siti, 403), (rina, 403), (admin, 200)):
            client.force_login(person)
            assert client.get(path).status_code == status

    def test_nobody_else_writes_or_acts(self, client: Client, agus: User, siti: User) -> None:
        article = begun(client, agus)
        client.force_login(siti)
        before = working(article)
        assert client.post(path_of(article), typed(seen=before.edits)).status_code == 403
        assert client.post(reverse("news:article_new"), typed()).status_code == 403
        for name in ("tarik", "batalkan", "buat_tautan"):
            assert act(client, article, name, number=1, words="x").status_code == 403
        client.logout()
        assert client.post(path_of(article), typed(seen=before.edits)).status_code == 302
        assert working(article).edits == before.edits
        assert Article.objects.count() == 1

    def test_bad_addresses_and_methods(self, client: Client, agus: User) -> None:
        article = begun(client, agus)
        assert client.get(reverse("news:article_edit", args=[10**17])).status_code == 404
        assert client.get(reverse("news:article_edit", args=[10**30])).status_code == 404
        assert client.get(reverse("news:article_act", args=[article.pk])).status_code == 405
        answer = act(client, article, "bakar")
        assert (answer.status_code, "muat ulang" in answer.content.decode()) == (200, True)


class TestWhatWasTyped:
    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"title": ""}, "Tulis judulnya."),
            ({"publish_from": "besok"}, "Tulis tanggal dan jamnya"),
            (
                {"publish_from": "2030-01-02T10:00", "publish_until": "2030-01-02T10:00"},
                "Akhir terbit harus setelah mulai terbit.",
            ),
            ({"audience": "semua"}, "Masukkan pilihan yang valid"),
            ({"source": "x\u202ey"}, "huruf tersembunyi"),
            ({"source": "x" * 20_001}, "terlalu panjang"),
            ({"source": "", "aksi": "ajukan"}, "Isi tulisannya dulu."),
        ],
    )
    def test_stays_when_something_is_wrong(
        self, client: Client, agus: User, values: dict[str, Any], sentence: str
    ) -> None:
        client.force_login(agus)
        sent = typed(summary="Ringkasan saya", **values)
        answer = client.post(reverse("news:article_new"), sent)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Ringkasan saya" in html
        assert sentence in html
        assert sent["key"] in html
        assert not Article.objects.exists()

    def test_a_preview_saves_nothing(self, client: Client, agus: User) -> None:
        client.force_login(agus)
        html = client.post(reverse("news:article_new"), typed(aksi="pratinjau")).content.decode()
        assert "<strong>tebal</strong>" in html
        assert not Article.objects.exists()

    def test_a_second_click_begins_no_second_article(self, client: Client, agus: User) -> None:
        client.force_login(agus)
        sent = typed()
        paths = {client.post(reverse("news:article_new"), sent)["Location"] for _ in range(2)}
        assert len(paths) == Article.objects.count() == 1

    def test_a_stale_save_shows_both(self, client: Client, agus: User, lina: User) -> None:
        article = begun(client, agus)
        seen = working(article).edits
        client.force_login(lina)
        client.post(path_of(article), typed(source="Kalimat Lina.", seen=seen))
        client.force_login(agus)
        answer = client.post(path_of(article), typed(source="Kalimat Agus.", seen=seen))
        html = answer.content.decode()
        assert "baru saja disimpan oleh Lina Marpaung" in html
        assert "<del>Lina.</del>" in html
        assert "<ins>Agus.</ins>" in html
        assert ">\nKalimat Agus.</textarea>" in html
        assert working(article).source == "Kalimat Lina."
        now = working(article).edits
        assert f'name="seen" value="{now}"' in html
        client.post(path_of(article), typed(source="Keduanya.", seen=now))
        assert working(article).source == "Keduanya."

    def test_what_was_saved_a_second_ago_is_not_approved(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = begun(client, agus, aksi="ajukan")
        seen = working(article).edits
        client.post(path_of(article), typed(source="Diam-diam diubah.", seen=seen))
        client.force_login(lina)
        answer = act(client, article, "setujui", seen=seen)
        assert "baru saja disimpan oleh Agus Salim" in answer.content.decode()
        assert Article.objects.get().live is None

    def test_a_version_that_is_gone_keeps_it_too(self, client: Client, agus: User) -> None:
        article = begun(client, agus)
        act(client, article, "batalkan")
        answer = client.post(path_of(article), typed(source="Kalimat yang lambat", seen=2))
        assert answer.status_code == 409
        assert "Kalimat yang lambat" in answer.content.decode()

    def test_from_a_word_processor_becomes_text(self, client: Client, agus: User) -> None:
        pasted = (
            '<p class="MsoNormal" style="margin:0"><b>Penting</b><o:p></o:p></p>'
            "<!--[if gte mso 9]><xml>x</xml><![endif]-->"
            "<ul><li>satu&nbsp;butir</li></ul><script>alert(1)</script>"
            "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>"
        )
        client.force_login(agus)
        answer = client.post(reverse("news:article_new"), typed(source=pasted), follow=True)
        assert "ditempel dari pengolah kata" in answer.content.decode()
        version = ArticleVersion.objects.get()
        assert (
            version.source == "**Penting**\n\n- satu butir\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
        )
        assert "<strong>Penting</strong>" in version.html
        assert "alert" not in version.html


class TestAddresses:
    def test_collide_and_stay(self, client: Client, agus: User) -> None:
        slugs = [begun(client, agus, title="Berita").slug for _ in range(3)]
        assert slugs == ["berita", "berita-2", "berita-3"]
        article = Article.objects.get(slug="berita-2")
        client.post(path_of(article), typed(title="Lain sama sekali", seen=working(article).edits))
        article.refresh_from_db()
        assert (article.title, article.slug) == ("Lain sama sekali", "berita-2")

    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Baru", "baru-2"),
            ("!!!", "artikel"),
            ("x" * 150, "x" * 80),
            ("Édisi ke-3", "edisi-ke-3"),
        ],
    )
    def test_come_from_odd_titles(self, client: Client, agus: User, title: str, slug: str) -> None:
        assert begun(client, agus, title=title).slug == slug


class TestMoments:
    def test_are_on_the_editors_clock(self, client: Client, agus: User) -> None:
        article = begun(client, agus, publish_from="2027-01-02T10:00", zone="Asia/Jayapura")
        assert article.publish_from == dt.datetime(2027, 1, 2, 1, tzinfo=dt.UTC)
        html = client.get(path_of(article)).content.decode()
        assert 'value="2027-01-02T08:00"' in html  # WIB, as Agus has no place of work
        assert "Waktu WIB" in html

    def test_do_not_move_with_a_zone_that_changed_meanwhile(
        self, client: Client, agus: User
    ) -> None:
        article = begun(client, agus, publish_from="2027-01-02T10:00")
        values = typed(publish_from="2027-01-02T10:00", seen=working(article).edits)
        client.post(path_of(article), values | {"zone": "Asia/Jakarta"})
        article.refresh_from_db()
        assert article.publish_from == dt.datetime(2027, 1, 2, 3, tzinfo=dt.UTC)

    def test_keep_their_seconds(self, client: Client, agus: User) -> None:
        moment = dt.datetime(2026, 3, 1, 3, 4, 5, 678, tzinfo=dt.UTC)
        article = make_article(by=agus, published=moment)
        client.force_login(agus)
        page = reverse("news:article_settings", args=[article.pk])
        seen = client.get(page).context["seen"]
        values = {"kind": "materi", "audience": "umum", "publish_from": "2026-03-01T10:04"}
        client.post(page, values | {"zone": "Asia/Jakarta", "seen": seen})
        article.refresh_from_db()
        assert (article.kind, article.publish_from) == ("materi", moment)

    def test_settings_changed_meanwhile_are_not_written_over(
        self, client: Client, agus: User
    ) -> None:
        article = make_article(by=agus)
        client.force_login(agus)
        page = reverse("news:article_settings", args=[article.pk])
        seen = client.get(page).context["seen"]
        Article.objects.update(audience="petugas")
        values = {"kind": "materi", "audience": "umum", "zone": "Asia/Jakarta", "seen": seen}
        assert "baru saja diubah" in client.post(page, values).content.decode()
        article.refresh_from_db()
        assert article.audience == "petugas"

    def test_before_it_is_live_they_are_saved_with_the_text_that_is_reviewed(
        self, client: Client, agus: User
    ) -> None:
        article = begun(client, agus, audience="petugas", aksi="ajukan")
        page = reverse("news:article_settings", args=[article.pk])
        values = {"kind": "berita", "audience": "umum", "zone": "Asia/Jakarta", "seen": "x"}
        assert client.post(page, values)["Location"] == path_of(article)
        article.refresh_from_db()
        assert article.audience == "petugas"

    def test_opening_it_to_everyone_takes_another_editor(
        self, client: Client, agus: User, lina: User
    ) -> None:
        article = make_article(by=agus, audience="petugas")
        page = reverse("news:article_settings", args=[article.pk])
        for person, status in ((agus, 200), (lina, 302)):
            client.force_login(person)
            seen = client.get(page).context["seen"]
            values = {"kind": "berita", "audience": "umum", "zone": "Asia/Jakarta", "seen": seen}
            assert client.post(page, values).status_code == status
