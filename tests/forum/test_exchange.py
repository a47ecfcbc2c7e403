"""The forum as a file and back: the same to the last byte, and nothing of a file that is wrong."""

from __future__ import annotations

import io
import json
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import override_settings
from pghistory.models import Event

from accounts.models import User
from forum.exchange import json_schema
from forum.exchange.export import snapshot
from forum.exchange.tables import DERIVED, LEFT_OUT, TABLES
from forum.models import Attachment, Category, Decision, Draft, Member, Post, Thanks, Topic
from tests.factories import make_user
from tests.forum import everything
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMA = Path(__file__).resolve().parents[2] / "docs/forum-export.schema.json"


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield tmp_path / "media"


@pytest.fixture
def filled(siti: User, budi: User, maya: User) -> None:
    everything.fill(siti, budi, maya)


@pytest.fixture
def exported(filled: None, tmp_path: Path) -> Path:
    return export(tmp_path / "forum.jsonl")


def export(path: Path) -> Path:
    call_command("export_forum", path, stdout=io.StringIO())
    return path


def load(path: Path, **options: Any) -> str:
    told = io.StringIO()
    call_command("import_forum", path, stdout=told, **options)
    return told.getvalue()


def empty() -> None:
    """As a new installation: no rows but a category that the migrations have put there."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in TABLES:
            cursor.execute(f'DELETE FROM "{table.model._meta.db_table}"')
        cursor.execute("SET session_replication_role = origin")
    Category.objects.create(slug="umum", name="Umum")


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def row_counts() -> dict[str, int]:
    return {table.name: table.rows.count() for table in TABLES}


class TestThereAndBack:
    def test_is_the_same_to_the_last_byte(self, exported: Path, tmp_path: Path) -> None:
        texts = list(Post.objects.order_by("pk").values_list("html", "search"))
        before = row_counts()
        empty()
        load(exported)
        again = export(tmp_path / "lagi.jsonl")
        one, two = exported.read_bytes().splitlines(), again.read_bytes().splitlines()
        assert two[1:] == one[1:]
        headers = json.loads(one[0]), json.loads(two[0])
        assert headers[0] | {"exported_at": ""} == headers[1] | {"exported_at": ""}
        assert row_counts() == before
        assert list(Post.objects.order_by("pk").values_list("html", "search")) == texts

    def test_finds_nothing_to_correct(self, exported: Path) -> None:
        empty()
        told = load(exported)
        assert "Hitungannya cocok" in told
        call_command("check_forum", stdout=io.StringIO())

    def test_brings_the_files_back(self, exported: Path, media: Path) -> None:
        stored = {path for path in media.rglob("*") if path.is_file()}
        assert len(stored) == 2
        for path in stored:
            path.unlink()
        empty()
        load(exported)
        assert {path for path in media.rglob("*") if path.is_file()} == stored
        row = Attachment.objects.filter(post__isnull=False).get()
        with row.file.open() as file:
            assert file.read() == b"\xff\xd8\xff isi"

    def test_new_rows_get_numbers_of_their_own(self, exported: Path, siti: User) -> None:
        empty()
        load(exported)
        highest = Topic.objects.order_by("pk").last().pk
        assert make_topic(siti).pk == highest + 1

    @pytest.mark.usefixtures("filled")
    def test_a_lost_file_stays_lost_and_is_said(self, media: Path, tmp_path: Path) -> None:
        next(path for path in media.rglob("*") if path.is_file()).unlink()
        said = io.StringIO()
        path = tmp_path / "forum.jsonl"
        call_command("export_forum", path, stdout=io.StringIO(), stderr=said)
        assert "1 lampiran" in said.getvalue()
        empty()
        assert "1 lampiran sudah hilang" in load(path)


class TestExport:
    def test_is_readable_by_its_owner_alone(self, exported: Path) -> None:
        assert stat.S_IMODE(exported.stat().st_mode) == 0o600

    def test_never_overwrites(self, tmp_path: Path) -> None:
        path = tmp_path / "ada.jsonl"
        path.write_text("punya orang")
        with pytest.raises(CommandError, match="sudah ada"):
            export(path)
        assert path.read_text() == "punya orang"

    def test_says_what_a_killed_one_has_left(self, tmp_path: Path) -> None:
        (tmp_path / "forum.jsonl.sebagian").write_text("{")
        with pytest.raises(CommandError, match=r"forum\.jsonl\.sebagian” sudah ada"):
            export(tmp_path / "forum.jsonl")

    @pytest.mark.parametrize("name", ["tidak/ada/forum.jsonl", "nol\0.jsonl", ""])
    def test_says_where_it_cannot_write(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(CommandError):
            call_command("export_forum", tmp_path / name, stdout=io.StringIO())
        assert list(tmp_path.glob("*.sebagian")) == []

    def test_is_of_one_moment(self, siti: User) -> None:
        make_topic(siti)

        def write() -> None:
            make_topic(siti, title="Sesudahnya")
            connections.close_all()

        with snapshot():
            assert Topic.objects.count() == 1
            other = threading.Thread(target=write)
            other.start()
            other.join()
            assert Topic.objects.count() == 1
        assert Topic.objects.count() == 2

    def test_each_line_is_as_the_schema_says(self, exported: Path) -> None:
        kinds = json_schema()["$defs"]
        header, *lines = lines_of(exported)
        conforms(header, kinds["header"])
        assert {line["table"] for line in lines} == set(kinds) - {"header"}
        for line in lines:
            conforms(line, kinds[line["table"]])
        for name, count in header["counts"].items():
            assert sum(line["table"] == name for line in lines) == count

    def test_of_an_empty_forum_comes_back_too(self, tmp_path: Path) -> None:
        path = export(tmp_path / "kosong.jsonl")
        load(path)
        assert "0 tulisan" in load(path)


def conforms(value: Any, shape: Any) -> None:
    """As a validator would, as far as our schema uses JSON Schema."""
    if "const" in shape:
        assert value == shape["const"]
        return
    types: dict[str, type] = {
        "string": str,
        "integer": int,
        "boolean": bool,
        "object": dict,
        "array": list,
    }
    said = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    if value is None:
        assert "null" in said
        return
    found = type(value)
    assert found is types[said[0]], (value, shape)
    if "enum" in shape:
        assert value in shape["enum"]
    if "maxLength" in shape:
        assert len(value) <= shape["maxLength"]
    if "properties" in shape:
        assert list(value) == shape["required"] == list(shape["properties"])
        for name, part in value.items():
            conforms(part, shape["properties"][name])
    for part in value if "items" in shape else []:
        conforms(part, shape["items"])


class TestSchema:
    def test_names_every_model_of_the_forum(self) -> None:
        models = {
            model._meta.label
            for model in apps.get_app_config("forum").get_models(include_auto_created=True)
            if not issubclass(model, Event)
        }
        assert {table.model._meta.label for table in TABLES} | set(LEFT_OUT) == models
        assert all(LEFT_OUT.values())

    def test_names_every_column(self) -> None:
        kinds = json_schema()["$defs"]
        for table in TABLES:
            derived = DERIVED.get(table.model._meta.label, {})
            columns = {field.name for field in table.model._meta.concrete_fields}
            told = set(kinds[table.name]["properties"]) - {"table", "content"}
            assert told | set(derived) == columns
            assert not told & set(derived)

    def test_is_the_one_in_the_documents(self) -> None:
        """A column that comes or goes changes the format: raise VERSION, then write this anew."""
        told = io.StringIO()
        call_command("export_forum", "--skema", stdout=told)
        assert SCHEMA.read_text() == told.getvalue()


class TestPeopleUnknownHere:
    def test_are_named_and_nothing_is_imported(self, exported: Path, budi: User) -> None:
        empty()
        User.objects.filter(pk=budi.pk).update(email="budi.baru@contoh.example")
        with pytest.raises(CommandError, match=r"1 orang tidak ada .* budi@demo.example\. Buat"):
            load(exported)
        assert not Topic.objects.exists()

    @pytest.mark.parametrize("name", ["siti", "budi", "maya"])
    def test_are_left_out_where_that_is_asked_for(
        self, exported: Path, request: pytest.FixtureRequest, name: str
    ) -> None:
        gone: User = request.getfixturevalue(name)
        posts = Post.objects.count()
        empty()
        User.objects.filter(pk=gone.pk).update(email="lain@contoh.example")
        told = load(exported, tanpa_akun=True)
        assert "1 orang tidak punya akun" in told
        assert Post.objects.count() == posts
        assert not Post.objects.filter(author=gone).exists()
        assert not Member.objects.filter(user=gone).exists()
        call_command("check_forum", stdout=io.StringIO())
        if name == "siti":
            assert Post.objects.filter(author=None, author_name__contains="Siti").exists()
            assert not Thanks.objects.exists()
            assert not Draft.objects.exists()
            assert Attachment.objects.count() == 1  # that of the draft went with it
        if name == "maya":
            assert not Decision.objects.exists()
            assert "decision: 2 baris ditinggalkan" in told


def test_an_erased_person_comes_back_as_nobody(siti: User, tmp_path: Path) -> None:
    topic = make_topic(siti)
    make_reply(topic, make_user("lain@demo.example", "Lain", "pengantar_kerja"))
    Post.objects.update(author=None, author_name="", author_number=None)
    Topic.objects.update(author=None, author_name="")
    path = export(tmp_path / "forum.jsonl")
    empty()
    load(path)
    assert set(Post.objects.values_list("author", "author_name")) == {(None, "")}


def test_categories_that_were_changed_come_back_as_they_were(tmp_path: Path) -> None:
    make_category("tertutup", name="Tertutup", readers=["pembina"], starters=[], repliers=[])
    path = export(tmp_path / "forum.jsonl")
    empty()
    load(path)
    assert Category.objects.get(slug="tertutup").readers == ["pembina"]
