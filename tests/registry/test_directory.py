"""The directory page: what it shows, what its address means, what it says of junk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import Officer, Unit
from tests.factories import make_officer, make_regency, make_unit

URL = reverse("registry:directory")


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_counts_in_words_and_lists(client: Client, siti: User, budi: User) -> None:
    html = page(client)
    assert "2 petugas" in html
    assert "Siti Wulandari, S.Psi." in html
    assert "Ahli Muda · Disnaker Kab. Indramayu" in html
    assert "Bimbingan jabatan" in html
    assert reverse("registry:profile", args=[siti.officer.register_number]) in html


def test_never_shows_a_nip_or_private_data(
    client: Client, siti: User, budi: User, admin: User
) -> None:
    for viewer in (None, siti, admin):
        if viewer:
            client.force_login(viewer)
        html = page(client)
        for officer in (siti.officer, budi.officer):
            assert officer.nip not in html
            assert officer.private_phone not in html
            assert officer.office_email not in html


def test_address_carries_all_state(client: Client, siti: User, budi: User, joko: User) -> None:
    html = page(
        client, "?q=siti&provinsi=32&kabupaten=32.12&jenjang=ahli_muda&status=aktif&urut=-nama"
    )
    assert "1 petugas, Kabupaten Indramayu, untuk “siti”" in html
    assert '<option value="32" selected>' in html
    assert '<option value="32.12" selected>' in html
    assert 'value="ahli_muda" checked' in html
    assert 'value="aktif" checked' in html
    assert '<option value="-nama" selected>' in html
    assert 'value="siti"' in html
    assert "tidak dipakai" not in html


def test_a_chip_removes_one_filter(client: Client, siti: User) -> None:
    html = page(client, "?provinsi=32&jenjang=ahli_muda&jenjang=ahli_madya&halaman=1")
    assert f'href="{URL}?jenjang=ahli_muda&amp;jenjang=ahli_madya"' in html
    assert f'href="{URL}?provinsi=32&amp;jenjang=ahli_madya"' in html
    assert f'href="{URL}?provinsi=32&amp;jenjang=ahli_muda"' in html


def test_kabupaten_alone_names_its_province(client: Client, siti: User, budi: User) -> None:
    html = page(client, "?kabupaten=32.12")
    assert "1 petugas, Kabupaten Indramayu" in html
    assert '<option value="32" selected>' in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?q=%00", "Kata pencarian tidak dapat dibaca"),
        ("?q=" + "a" * 101, "lebih dari 100 huruf"),
        ("?provinsi=abc", "Provinsi “abc” tidak dikenal."),
        ("?provinsi=99", "Provinsi “99” tidak dikenal."),
        ("?provinsi=32&kabupaten=91.71", "Kabupaten/kota “91.71” tidak dikenal."),
        ("?provinsi=91&kabupaten=32.12", "Kabupaten Indramayu tidak berada di provinsi itu"),
        ("?jenjang=guru", "Jenjang “guru” tidak dikenal."),
        ("?status=%00", "Status “"),
        ("?keahlian=sulap", "Keahlian “sulap” tidak dikenal."),
        ("?urut=acak", "Urutkan “acak” tidak dikenal."),
        ("?per=31-12-2025", "Tanggal “31-12-2025” tidak dikenal; tulis seperti 2025-12-31."),
        ("?per=1066-10-14", "Tanggal di luar rentang 1950 sampai 2100."),
        ("?halaman=dua", "Halaman “dua” tidak ada; ini halaman pertama."),
        ("?halaman=-1", "Halaman “-1” tidak ada"),
        ("?halaman=" + "9" * 30, "tidak ada; ini halaman pertama."),
        ("?provinsi=32&provinsi=91", "Provinsi tertulis lebih dari sekali"),
        ("?q=198609262015052001", "pakai halaman Cek petugas"),
        ("?q=%3Cscript%3Ealert(1)%3C/script%3E&provinsi=%3Cb%3E", "Provinsi “&lt;b&gt;” tidak"),
    ],
)
def test_junk_is_named_and_the_rest_works(
    client: Client, siti: User, budi: User, query: str, sentence: str
) -> None:
    html = page(client, query)
    assert sentence in html
    assert "Sebagian alamat ini tidak dipakai" in html
    assert "<script>alert" not in html


def test_a_nip_in_the_search_is_not_kept_in_links(client: Client, siti: User) -> None:
    assert (
        siti.officer.nip
        not in page(client, f"?q={siti.officer.nip}&provinsi=32")
        .replace(f'kembali" value="{URL}', "")
        .split("<main")[1]
        .split("</main>")[0]
    )


def test_as_of_another_date(client: Client, siti: User, joko: User) -> None:
    assert "Joko" in page(client, "?per=2024-12-31")
    then = page(client, "?per=2021-12-31")
    assert "keadaan per 31 Desember 2021" in then
    assert "Siti" not in then.split('id="hasil"')[1]
    assert 'value="2021-12-31"' in then


def test_retired_officer_carries_a_badge(client: Client, joko: User) -> None:
    html = page(client)
    assert "Joko" in html
    assert "Pensiun" in html.split('id="hasil"')[1]


def test_empty_directory_says_what_will_be_here(client: Client, db: None) -> None:
    html = page(client)
    assert "0 petugas" in html
    assert "Belum ada pengantar kerja di sini" in html


def test_no_match_in_a_province_offers_the_nation(
    client: Client, siti: User, papua: object
) -> None:
    html = page(client, "?q=wulandari&provinsi=91")
    assert "Tidak ada petugas yang cocok" in html
    assert f'href="{URL}?q=wulandari"' in html
    assert "Cari di seluruh Indonesia (1)" in html


def test_empty_kabupaten_offers_its_province(client: Client, siti: User) -> None:
    make_regency("32.73", "Kota Bandung")
    html = page(client, "?provinsi=32&kabupaten=32.73")
    assert "Belum ada pengantar kerja di sini" in html
    assert "Lihat seluruh Jawa Barat (1)" in html
    assert f'href="{URL}?provinsi=32"' in html


def test_no_match_at_all_offers_near_names(client: Client, siti: User) -> None:
    html = page(client, "?q=woelandary+qwertyuiop+zxcvbnm")
    assert "Mungkin maksud Anda" in html
    assert "Siti Wulandari" in html


def test_pages(client: Client, disnaker_indramayu: Unit) -> None:
    for number in range(30):
        make_officer(f"Petugas {number:02}", unit=disnaker_indramayu)
    first, second = page(client), page(client, "?halaman=2&provinsi=32")
    assert "1–25 dari 30" in first
    assert 'rel="next"' in first
    assert "26–30 dari 30" in second
    assert f"{URL}?provinsi=32" in second or "?provinsi=32&amp;halaman=1" in second
    beyond = page(client, "?halaman=99")
    assert "26–30 dari 30" in beyond


def test_unit_without_region_is_named_by_its_kind(client: Client, db: None) -> None:
    pusat = make_unit(None, tier="pusat", name="Direktorat Bina", short_name="Dit. Bina")
    make_officer("Orang Pusat", unit=pusat)
    assert "Kantor pusat" in page(client)


def test_future_posting_is_current_on_its_date(client: Client, disnaker_indramayu: Unit) -> None:
    start = dt.date.today() + dt.timedelta(days=40)
    make_regency("32.73", "Kota Bandung")
    officer = make_officer("Calon", unit=None, since=start)
    assert Officer.objects.count() == 1
    assert officer.name not in page(client).split('id="hasil"')[1]
    assert officer.name in page(client, f"?per={start}").split('id="hasil"')[1]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading(client: Client, db: None, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
