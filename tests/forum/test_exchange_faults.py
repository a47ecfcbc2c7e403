"""What is wrong with a file of the forum is said with its line, and nothing of it is saved."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from forum.exchange.tables import TABLES
from forum.models import Category
from registry.models import Expertise
from tests.cast import make_siti
from tests.conftest import empty_tables
from tests.factories import make_province, make_regency, make_unit, make_user
from tests.forum import everything
from tests.forum.made import the_expertise

pytestmark = pytest.mark.django_db

Line = dict[str, Any]
Change = Callable[[list[Line]], None]


@pytest.fixture(scope="module")
def written(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A file in which every table has rows, made once; the database is as it was before."""
    path = tmp_path_factory.mktemp("ekspor") / "forum.jsonl"
    media = tmp_path_factory.mktemp("asal")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        expertise, categories = list(Expertise.objects.all()), list(Category.objects.all())
        make_province()
        siti = make_siti(make_unit(make_regency()))
        budi = make_user("budi@demo.example", "Budi Rumbiak", "pengantar_kerja")
        maya = make_user("maya@demo.example", "Maya Sari", "moderator", "pembina")
        everything.fill(siti, budi, maya)
        call_command("export_forum", path, stdout=io.StringIO())
        with pgtrigger.ignore():
            empty_tables()
            Expertise.objects.bulk_create(expertise)
            Category.objects.bulk_create(categories)
    return path.read_text()


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield tmp_path / "media"


@pytest.fixture
def sample(db: None, media: Path, written: str, tmp_path: Path) -> Path:
    """A file of its own for each test, with accounts for all whom it names."""
    path = tmp_path / "forum.jsonl"
    path.write_text(written)
    for line in lines_of(path):
        if line.get("table") == "person":
            make_user(line["email"], "Nama")
    the_expertise()
    return path


def load(path: Path) -> None:
    call_command("import_forum", path, stdout=io.StringIO())


def lines_of(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def rewrite(path: Path, change: Change) -> None:
    lines = lines_of(path)
    change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def first(lines: list[Line], table: str) -> Line:
    return next(line for line in lines if line.get("table") == table)


def row_counts() -> dict[str, int]:
    return {table.name: table.rows.count() for table in TABLES}


def cut_in_a_line(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def cut_between_lines(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def no_utf_8(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b'"table"', b'"\xfftable"')
    path.write_bytes(b"".join(lines))


def line_of(path: Path, number: int, text: str) -> None:
    lines = path.read_text().splitlines(keepends=True)
    lines[number - 1] = text + "\n"
    path.write_text("".join(lines))


BROKEN: dict[str, tuple[Callable[[Path], Any], str]] = {
    "cut in a line": (cut_in_a_line, r"Baris \d+: berkas terpotong di tengah baris ini"),
    "cut between lines": (cut_between_lines, "Menurut baris pertama ada 1 baris appeal, ditemuk"),
    "empty": (lambda path: path.write_text(""), "Berkas kosong"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0"), "Baris 1: bukan UTF-8"),
    "a table": (lambda path: path.write_text("nama;kota\n"), "Baris 1: bukan JSON; ini bukan"),
    "a list": (lambda path: path.write_text("[1]\n"), "Baris 1: bukan objek JSON"),
    "other JSON": (lambda path: path.write_text('{"a":1}\n'), "Baris 1: ini bukan ekspor forum"),
    "no UTF-8": (no_utf_8, "Baris 5: bukan UTF-8"),
    "no JSON": (lambda path: line_of(path, 5, "{'a': 1}"), "Baris 5: bukan JSON"),
    "NaN": (lambda path: line_of(path, 5, '{"table": NaN}'), "Baris 5: bukan JSON"),
    "very deep": (lambda path: line_of(path, 5, "[" * 100_000), "Baris 5: bukan JSON"),
    "a huge number": (lambda path: line_of(path, 5, '{"a":' + "9" * 9_000 + "}"), "Baris 5: bukan"),
    "a name twice": (
        lambda path: line_of(path, 5, '{"table":"category","table":"topic"}'),
        "Baris 5: menyebut “table” dua kali",
    ),
    "an empty line": (lambda path: line_of(path, 5, ""), "Baris 5: bukan JSON"),
}


def header(**values: Any) -> Change:
    return lambda lines: lines[0].update(values)


def field(of: str, /, **values: Any) -> Change:
    return lambda lines: first(lines, of).update(values)


def twice(table: str) -> Change:
    return lambda lines: lines.insert(
        lines.index(first(lines, table)) + 1, dict(first(lines, table))
    )


def without(table: str, column: str) -> Change:
    return lambda lines: first(lines, table).pop(column)


def swapped(lines: list[Line]) -> None:
    lines.append(lines.pop(lines.index(first(lines, "topic"))))


def recast(lines: list[Line]) -> None:
    row = first(lines, "attachment")
    row["content"] = base64.b64encode(b"\xff\xd8\xff asu").decode()


WRONG: dict[str, tuple[Change, str]] = {
    "another version": (header(version=2), "Baris 1: versi format 2 tidak dikenal"),
    "a version as true": (header(version=True), "Baris 1: versi format true"),
    "no counts": (header(counts={}), "Baris 1: hitungan di baris pertama tidak lengkap"),
    "a duplicate": (twice("post"), r"Baris \d+: post \d+ sudah ada"),
    "an odd table": (field("topic", table="topik"), r"Baris \d+: jenis baris tidak dikenal"),
    "a table too late": (swapped, r"Baris \d+: topic berdiri sesudah appeal"),
    "a column less": (without("topic", "title"), r"Baris \d+: topic tanpa title"),
    "a column more": (field("topic", html="<b>"), r"Baris \d+: topic tidak mengenal html"),
    "HTML for a post": (field("post", html="<script>"), r"Baris \d+: post tidak mengenal html"),
    "a missing topic": (field("post", topic=99_999), r"Baris \d+: .*menyebut topic 99999"),
    "a missing post": (field("topic", accepted=99_999), r"Baris \d+: .*menyebut post 99999"),
    "a number as text": (field("post", number="1"), "“number” dari post harus bilangan bulat"),
    "true for a number": (field("post", number=True), "harus bilangan bulat"),
    "a number too large": (field("post", number=10**12), "“number” dari post"),
    "a negative number": (field("post", id=-(10**30)), "“id” dari post"),
    "null": (field("topic", title=None), "“title” dari topic tidak boleh kosong"),
    "a title too long": (field("topic", title="a" * 151), "“title” dari topic"),
    "a text too long": (field("post", source="a" * 20_001), "lebih dari 20000 karakter"),
    "NUL": (field("post", source="a\0b"), "memuat karakter NUL"),
    "half a character": (field("post", source="\ud800"), "memuat separuh karakter"),
    "NUL in an object": (field("decision", facts={"a": ["\0"]}), "memuat karakter NUL"),
    "an odd state": (field("post", state="aneh"), "“state” dari post tidak mengenal “aneh”"),
    "an odd role": (field("category", readers=["raja"]), "tidak mengenal “raja”"),
    "no zone": (field("topic", created_at="2026-01-01T00:00:00"), "harus waktu dengan zona"),
    "no day": (field("regulation", in_force_from="20260101"), "harus tanggal"),
    "no UUID": (field("draft", key="ABC"), "“key” dari draft harus UUID"),
    "a rule broken": (
        field("topic", kind="konsultasi"),
        r"Baris \d+: topic \d+ ditolak basis data \(topic_has_a_category_unless_private\)",
    ),
    "somebody undeclared": (
        field("topic", author="hantu@contoh.example"),
        "menyebut hantu@contoh.example, yang tidak ada di antara baris person",
    ),
    "no expertise": (field("consultation", expertise="sihir"), "menyebut “sihir”"),
    "a wrong count": (field("topic", reply_count=77), r"Hitungan tidak cocok \(jumlah balasan"),
    "another file": (recast, r"Baris \d+: isi lampiran \S+ tidak cocok dengan sidiknya"),
    "no Base64": (field("attachment", content="?"), "“content” bukan Base64"),
    "a file elsewhere": (
        field("attachment", file="../../etc/passwd"),
        "“file” tidak dapat bernama “../../etc/passwd”",
    ),
}


class TestWhatIsWrong:
    def refused(self, path: Path, words: str, media: Path) -> None:
        before = row_counts()
        with pytest.raises(CommandError, match=words) as found:
            load(path)
        assert str(found.value).endswith("Tidak ada yang diimpor.")
        assert row_counts() == before
        assert [path for path in media.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize("fault", BROKEN)
    def test_with_the_file(self, sample: Path, media: Path, fault: str) -> None:
        change, words = BROKEN[fault]
        change(sample)
        self.refused(sample, words, media)

    @pytest.mark.parametrize("fault", WRONG)
    def test_with_a_line(self, sample: Path, media: Path, fault: str) -> None:
        change, words = WRONG[fault]
        rewrite(sample, change)
        self.refused(sample, words, media)

    def test_a_reference_is_found_at_its_line(self, sample: Path) -> None:
        rewrite(sample, field("post", topic=99_999))
        number = 1 + lines_of(sample).index(first(lines_of(sample), "post"))
        with pytest.raises(CommandError, match=f"^Baris {number}: "):
            load(sample)

    def test_a_forum_that_is_not_empty_stays_as_it_is(self, sample: Path) -> None:
        load(sample)
        before = row_counts()
        with pytest.raises(CommandError, match="Forum tidak kosong"):
            load(sample)
        assert row_counts() == before

    def test_a_file_that_stands_there_is_not_overwritten(self, sample: Path, media: Path) -> None:
        there = media / first(lines_of(sample), "attachment")["file"]
        there.parent.mkdir(parents=True)
        there.write_bytes(b"lain")
        with pytest.raises(CommandError, match="sudah ada dengan isi lain"):
            load(sample)
        assert there.read_bytes() == b"lain"

    @pytest.mark.parametrize("name", ["tidak-ada.jsonl", "", "nol\0"])
    def test_a_file_that_is_not_there(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(CommandError, match="tidak dapat dibaca"):
            load(tmp_path / name)


def test_the_sample_itself_is_right(sample: Path) -> None:
    """Else each fault above could be one of its own."""
    load(sample)
    assert all(row_counts().values())
