"""The editors' pages of circulars: writing, numbers before sending, review, two at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from news import presenters
from news.actions import circulars as acts
from news.models import Circular, CircularFile, CircularVersion, Reader
from registry.models import Unit
from tests.factories import make_officer
from tests.news.made import png
from tests.news.made_circulars import make_circular, make_draft, make_lina

pytestmark = pytest.mark.django_db
NEW = reverse("news:circular_new")
TYPED = {"title": "Laporan bulanan", "letter": "B-7", "source": "Kirim **laporan**."}


def work(circular: Circular) -> str:
    return reverse("news:circular_work", args=[circular.pk])


def write(circular: Circular) -> str:
    return reverse("news:circular_edit", args=[circular.pk])


def step(client: Client, circular: Circular, name: str, **values: Any) -> Any:
    version = circular.versions.order_by("-number")[0]
    data = {"step": name, "seen": version.edits} | values
    return client.post(work(circular), data, follow=True)


@pytest.fixture
def lina(db: None) -> User:
    return make_lina()


def test_from_writing_to_reading(
    client: Client, agus: User, lina: User, siti: User, disnaker_indramayu: Unit
) -> None:
    make_officer("Tanpa Akun", unit=disnaker_indramayu)
    client.force_login(agus)
    html = client.post(NEW, TYPED | {"provinces": ["32"]}, follow=True).text
    circular = Circular.objects.get()
    for words in ("Sasaran: 1 orang", "Jawa Barat", "Dinas kabupaten/kota", "Ahli Muda"):
        assert words in html
    assert "1 petugas lain termasuk sasaran, tetapi belum punya akun" in html
    assert "Diajukan." in step(client, circular, "ajukan").text
    assert "Menunggu telaah editor lain" in client.get(work(circular)).text
    assert "tidak dapat menelaahnya sendiri" in step(client, circular, "terbitkan").text
    client.force_login(lina)
    assert "Terbit. 1 orang diminta membaca." in step(client, circular, "terbitkan").text
    client.force_login(siti)
    page = client.get(reverse("news:circular", args=[circular.pk])).text
    assert "<strong>laporan</strong>" in page


def test_an_audience_of_none_is_said(client: Client, agus: User, siti: User) -> None:
    version = make_draft(agus, tiers=["pusat"])
    client.force_login(agus)
    assert "Sasaran: 0 orang" in client.get(work(version.circular)).text
    html = step(client, version.circular, "ajukan").text
    assert html.count("tidak berisi seorang pun") == 2
    version.refresh_from_db()
    assert version.state == "draf"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Isi judulnya."),
        ({"deadline": "besok"}, "Tanggal ini tidak dikenal"),
        ({"publish_from": "nanti"}, "Waktu ini tidak dikenal"),
        ({"provinces": ["99"]}, "Pilihan ini tidak dikenal"),
        ({"tiers": ["x"]}, "Pilihan ini tidak dikenal"),
        ({"title": "x" * 151}, "Isian terlalu panjang"),
        ({"source": "a\0b"}, "huruf tersembunyi"),
        ({"source": "y" * 20_001}, "Isian terlalu panjang"),
    ],
)
def test_bad_input_loses_nothing(
    client: Client, agus: User, typed: dict[str, Any], sentence: str
) -> None:
    client.force_login(agus)
    html = client.post(NEW, TYPED | typed).text
    assert sentence in html
    assert 'value="B-7"' in html
    assert not Circular.objects.exists()


@pytest.mark.parametrize(
    "name", ["editor_circulars", "circular_new", "circular_work", "circular_edit"]
)
def test_only_editors_come_in(client: Client, agus: User, rina: User, name: str) -> None:
    circular = make_draft(agus).circular
    args = [circular.pk] if name in {"circular_work", "circular_edit"} else []
    path = reverse(f"news:{name}", args=args)
    assert client.get(path).status_code == 302
    client.force_login(rina)
    assert client.get(path).status_code == 403
    assert client.post(path, TYPED).status_code in {403, 405}
    client.force_login(agus)
    assert client.get(path).status_code == 200
    if args:
        assert client.get(reverse(f"news:{name}", args=[10**9])).status_code == 404


def test_a_stale_save_shows_both(client: Client, agus: User, lina: User) -> None:
    version = make_draft(agus)
    client.force_login(lina)
    client.post(write(version.circular), TYPED | {"seen": 1, "title": "Judul Lina"})
    client.force_login(agus)
    html = client.post(write(version.circular), TYPED | {"seen": 1, "title": "Judul Agus"}).text
    assert "baru saja disimpan oleh Lina Marpaung" in html
    assert "<h3>Judul Lina</h3>" in html
    assert 'value="Judul Agus"' in html
    assert 'name="seen" value="2"' in html
    client.post(write(version.circular), TYPED | {"seen": 2, "title": "Judul Agus"})
    version.refresh_from_db()
    assert (version.title, version.edits) == ("Judul Agus", 3)


@pytest.mark.parametrize("name", ["ajukan", "terbitkan", "kembalikan"])
def test_a_step_about_an_older_state_is_refused(
    client: Client, agus: User, lina: User, siti: User, name: str
) -> None:
    version = make_draft(agus)
    if name != "ajukan":
        acts.send_circular(version, seen=1, by=agus)
    client.force_login(lina)
    html = step(client, version.circular, name, seen=7, remark="Perjelas.").text
    assert "baru saja disimpan" in html
    assert not Reader.objects.exists()


def test_it_is_sent_back_with_a_remark(client: Client, agus: User, lina: User, siti: User) -> None:
    version = make_draft(agus)
    acts.send_circular(version, seen=1, by=agus)
    client.force_login(lina)
    assert "Tulis apa yang perlu diperbaiki." in step(client, version.circular, "kembalikan").text
    step(client, version.circular, "kembalikan", remark="Sebut tanggalnya.")
    client.force_login(agus)
    assert "Sebut tanggalnya." in client.get(work(version.circular)).text
    assert "Kembali menjadi draf." not in step(client, version.circular, "ambil").text


@pytest.mark.parametrize("name", ["", "x", "\0"])
def test_no_such_step(client: Client, agus: User, name: str) -> None:
    version = make_draft(agus)
    client.force_login(agus)
    assert step(client, version.circular, name).status_code == 200
    version.refresh_from_db()
    assert version.state == "draf"


def test_a_new_version_of_a_live_one(client: Client, agus: User, lina: User, siti: User) -> None:
    circular = make_circular([siti], by=agus)
    client.force_login(agus)
    assert "Versi baru dibuat" in step(client, circular, "versi-baru").text
    assert "sudah punya versi" in step(client, circular, "versi-baru").text
    assert "Pilih dulu" in step(client, circular, "ajukan").text
    assert (
        "Jenis perubahan: Pilih salah satu."
        in client.post(write(circular), TYPED | {"seen": 1}).text
    )
    client.post(write(circular), TYPED | {"seen": 1, "change": "kecil", "note": "Salah ketik"})
    step(client, circular, "ajukan")
    client.force_login(lina)
    html = client.get(work(circular)).text
    assert 'value="kecil"' in html
    assert "Salah ketik" in html
    assert "tetap berlaku" in step(client, circular, "terbitkan", change="kecil").text
    assert Reader.objects.get(user=siti).version.number == 1


def test_it_is_withdrawn(client: Client, agus: User, siti: User) -> None:
    circular = make_circular([siti])
    client.force_login(agus)
    assert "Edaran ditarik" in step(client, circular, "tarik").text
    client.force_login(siti)
    assert client.get(reverse("news:circular", args=[circular.pk])).status_code == 404


def test_files_come_and_go(client: Client, agus: User) -> None:
    circular = make_draft(agus).circular
    client.force_login(agus)
    upload = SimpleUploadedFile("format.png", png(), "image/png")
    html = client.post(
        write(circular), TYPED | {"seen": 1, "added": upload, "file_title": "Format"}, follow=True
    ).text
    assert "Format" in html
    link = CircularFile.objects.get()
    assert f'value="{link.pk}"' in client.get(write(circular)).text
    client.post(write(circular), TYPED | {"seen": 2, "removed": [link.pk]})
    assert not CircularFile.objects.exists()


def test_a_file_that_is_none_is_refused(client: Client, agus: User) -> None:
    circular = make_draft(agus).circular
    client.force_login(agus)
    upload = SimpleUploadedFile("format.pdf", b"MZ", "application/pdf")
    html = client.post(write(circular), TYPED | {"seen": 1, "added": upload}).text
    assert "Tambah lampiran:" in html
    assert 'value="B-7"' in html
    assert not CircularFile.objects.exists()


def test_writing_what_is_live_leads_to_its_page(client: Client, agus: User, siti: User) -> None:
    circular = make_circular([siti])
    client.force_login(agus)
    response = client.post(write(circular), TYPED | {"seen": 1}, follow=True)
    assert "tidak sedang dikerjakan" in response.text
    circular.refresh_from_db()
    assert circular.title != TYPED["title"]


@pytest.mark.parametrize("count", [2, 30])
def test_pages_ask_little(
    client: Client, agus: User, siti: User, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_circular([siti], title=f"Edaran {number}")
        version = make_draft(agus, title=f"Draf {number}")
    client.force_login(agus)
    for path in (reverse("news:editor_circulars"), write(version.circular)):
        with django_assert_max_num_queries(8):
            client.get(path)
    with django_assert_max_num_queries(10):  # two of them count whom it would reach
        client.get(work(version.circular))
    with django_assert_max_num_queries(2):
        part = presenters.circulars_for_editor(agus)
    assert len(part.drafts) == len(part.live) == min(count, 10)


@pytest.mark.django_db(transaction=True)
def test_two_editors_let_it_out_at_once(agus: User, lina: User, siti: User, admin: User) -> None:
    version = make_draft(agus)
    acts.send_circular(version, seen=1, by=agus)
    gate, said = threading.Barrier(2), list[str]()

    def press(who: User) -> None:
        gate.wait()
        try:
            count = acts.let_out_circular(version, change="", seen=1, by=who)
            said.append(str(count))
        except ValidationError as error:
            said.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[who]) for who in (lina, admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(said) == "1"
    assert len(said) == 2
    assert Reader.objects.count() == CircularVersion.objects.filter(state="terbit").count() == 1
