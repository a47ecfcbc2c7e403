"""`manage.py load_regions`: the official list arrives, changes and is checked line by line."""

from __future__ import annotations

import dataclasses
import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DataError, models

from registry.models import Region
from registry.regions import OFFICIAL_LIST, RegionFileError, RegionRow, load_regions, read_regions

HEAD = "code,name,iso,time_zone,tile_row,tile_column\n"
PROVINCE = "32,Jawa Barat,ID-JB,Asia/Jakarta,6,4\n"
INDRAMAYU = "32.12,Kabupaten Indramayu,,,,\n"
CIREBON = "32.74,Kota Cirebon,,,,\n"
TODAY = dt.date(2026, 11, 24)


def rows(*lines: str) -> list[RegionRow]:
    return read_regions((HEAD + "".join(lines)).encode())


def region_events() -> models.QuerySet[Any]:
    event: type[models.Model] = apps.get_model("registry", "RegionEvent")
    return event._default_manager.all()


def events() -> int:
    return region_events().count()


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("load_regions", *arguments, stdout=output, skip_checks=True)
    return output.getvalue()


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    """A good file with one province and two regencies."""
    path = tmp_path / "wilayah.csv"
    path.write_text(HEAD + PROVINCE + INDRAMAYU + CIREBON, encoding="utf-8")
    return path


def test_the_official_list_has_38_provinces_and_514_kabupaten_kota() -> None:
    levels = [row.level for row in read_regions(OFFICIAL_LIST.read_bytes())]
    assert [levels.count(level) for level in Region.Level.values] == [38, 416, 98]


@pytest.mark.django_db
def test_a_first_load_brings_all_regions_with_province_and_zone() -> None:
    assert run().startswith("552 wilayah ditambahkan: Aceh (11), ")
    jayapura = Region.objects.get(code="91.71")
    assert (jayapura.name, jayapura.level, jayapura.parent_id) == ("Kota Jayapura", "kota", "91")
    assert jayapura.get_time_zone_display() == "WIT"
    assert (jayapura.valid_from, jayapura.valid_until) == (None, None)


@pytest.mark.django_db
def test_a_second_load_writes_nothing() -> None:
    run()
    before = events()
    assert run() == "Daftar wilayah sudah mutakhir; tidak ada yang diubah.\n"
    assert events() == before


@pytest.mark.django_db
def test_a_new_name_is_reported_with_the_old_one() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    report = load_regions(rows(PROVINCE, "32.12,Kota Indramayu,,,,\n"), on=TODAY)
    assert [(old, region.name) for old, region in report.renamed] == [
        ("Kabupaten Indramayu", "Kota Indramayu")
    ]
    assert Region.objects.get(code="32.12").level == Region.Level.KOTA


@pytest.mark.django_db
def test_other_facts_are_brought_up_without_a_new_name() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    report = load_regions(rows(PROVINCE.replace("Jakarta", "Makassar"), INDRAMAYU), on=TODAY)
    assert [region.code for region in report.updated] == ["32", "32.12"]
    assert not report.renamed


@pytest.mark.django_db
def test_what_has_left_the_list_is_closed_yesterday_and_kept() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU, CIREBON), on=TODAY)
    report = load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    assert [region.code for region in report.closed] == ["32.74"]
    assert Region.objects.get(code="32.74").valid_until == dt.date(2026, 11, 23)
    assert not load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY + dt.timedelta(days=9))


@pytest.mark.django_db
def test_what_comes_back_is_reopened() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU, CIREBON), on=TODAY)
    load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    report = load_regions(rows(PROVINCE, INDRAMAYU, CIREBON), on=TODAY)
    assert [region.code for region in report.reopened] == ["32.74"]
    assert Region.objects.get(code="32.74").valid_until is None


@pytest.mark.django_db
def test_what_joins_later_is_valid_from_that_day() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU), on=dt.date(2025, 1, 1))
    load_regions(rows(PROVINCE, INDRAMAYU, CIREBON), on=TODAY)
    assert Region.objects.get(code="32.74").valid_from == TODAY


@pytest.mark.django_db
def test_added_and_gone_on_one_day_still_ends_after_it_begins() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    load_regions(rows(PROVINCE, INDRAMAYU, CIREBON), on=TODAY)
    load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    assert Region.objects.get(code="32.74").valid_until == TODAY
    assert not load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)


@pytest.mark.django_db
def test_a_planned_end_of_a_listed_region_stays() -> None:
    load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)
    Region.objects.filter(code="32.12").update(valid_until=dt.date(2027, 6, 30))
    assert not load_regions(rows(PROVINCE, INDRAMAYU), on=TODAY)


@pytest.mark.django_db
def test_the_history_names_the_reason() -> None:
    load_regions(rows(PROVINCE), on=TODAY)
    event = region_events().get()
    assert event.pgh_context.metadata["reason"] == "Pemutakhiran daftar wilayah"


@pytest.mark.django_db
def test_a_file_of_ones_own_is_read(a_list: Path) -> None:
    assert run(str(a_list)) == (
        "3 wilayah ditambahkan: Jawa Barat (32), Kabupaten Indramayu (32.12), Kota Cirebon (32.74).\n"
    )


def test_byte_order_mark_blank_lines_and_order_do_not_matter() -> None:
    content = b"\xef\xbb\xbf" + (HEAD + INDRAMAYU + "\n,,,,,\n" + PROVINCE).encode()
    assert [row.code for row in read_regions(content)] == ["32", "32.12"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Berkas kosong."),
        ("\n \n", "Berkas kosong."),
        (HEAD, "Berkas tidak memuat satu wilayah pun."),
        ("code,name\n", "Baris 1: tidak ada kolom iso, time_zone, tile_row, tile_column."),
        ("code;name\n", "Baris 1: tidak ada kolom code, name, iso, time_zone, tile_row, tile_column; pisahkan kolom dengan koma, bukan titik koma."),
        (HEAD.strip() + ",code\n", "Baris 1: ada kolom yang disebut dua kali."),
        (HEAD + PROVINCE + PROVINCE, "Baris 3: kode 32 sudah ada di baris 2."),
        (HEAD + PROVINCE + "33.01,Kabupaten Cilacap,,,,\n",
         "Baris 3: provinsi 33 dari 33.01 tidak ada dalam berkas."),
        (HEAD + "3212,Kabupaten Indramayu,,,,\n",
         "Baris 2: kode “3212” bukan kode wilayah; contoh yang benar 32 dan 32.12."),
        (HEAD + "٣٢,Jawa Barat,ID-JB,Asia/Jakarta,6,4\n",
         "Baris 2: kode “٣٢” bukan kode wilayah; contoh yang benar 32 dan 32.12."),
        (HEAD + "32,,ID-JB,Asia/Jakarta,6,4\n",
         "Baris 2: nama wilayah 32 kosong atau lebih dari 80 huruf."),
        (HEAD + PROVINCE + "32.12,Indramayu,,,,\n",
         "Baris 3: nama “Indramayu” harus diawali Kabupaten atau Kota."),
        (HEAD + "32,Jawa Barat,ID-JB,WIB,6,4\n", "Baris 2: zona waktu “WIB” tidak dikenal; pilihannya Asia/Jakarta, Asia/Makassar, Asia/Jayapura."),
        (HEAD + "32,Jawa Barat,ID-JAWA,Asia/Jakarta,6,4\n",
         "Baris 2: kode ISO “ID-JAWA” terlalu panjang."),
        (HEAD + "32,Jawa Barat,ID-JB,Asia/Jakarta,enam,4\n",
         "Baris 2: tile_row “enam” bukan angka 0 sampai 99."),
        (HEAD + PROVINCE + "32.12,Kabupaten Indramayu\n", "Baris 3: ada 2 kolom, seharusnya 6."),
        (HEAD + '32,"Jawa Barat,ID-JB,Asia/Jakarta,6,4\n',
         "Baris 2: berkas bukan CSV yang utuh (tanda petik atau pemisah salah)."),
        (HEAD + PROVINCE.replace("Jawa", "Ja\0wa"), "Baris 2: berkas bukan CSV."),
        (HEAD.encode() + b"32,Jawa \xff Barat,ID-JB,Asia/Jakarta,6,4\n",
         "Baris 2: berkas bukan teks UTF-8."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Baris 1: berkas bukan teks UTF-8."),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_sentence_with_its_line(content: str | bytes, sentence: str) -> None:
    with pytest.raises(RegionFileError) as caught:
        read_regions(content.encode() if isinstance(content, str) else content)
    assert str(caught.value) == sentence


@pytest.mark.django_db
def test_a_bad_file_saves_nothing(a_list: Path) -> None:
    with a_list.open("a", encoding="utf-8") as file:
        file.write("99.01,Kabupaten Antah Berantah,,,,\n")
    with pytest.raises(CommandError, match="Baris 5: provinsi 99"):
        run(str(a_list))
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_a_load_that_fails_halfway_leaves_the_table_as_it_was() -> None:
    province, regency = rows(PROVINCE, INDRAMAYU)
    endless = dataclasses.replace(regency, name="Kabupaten " * 20)
    with pytest.raises(DataError):
        load_regions([province, endless], on=TODAY)
    assert not Region.objects.exists()


@pytest.mark.parametrize("name", ["tidak-ada.csv", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_one_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        run(f"{tmp_path}/{name}")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    path.write_bytes(b"x" * 5_000_001)
    with pytest.raises(CommandError, match="lebih dari 5 MB"):
        run(str(path))
