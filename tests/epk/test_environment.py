"""Every variable of the environment: what it means, and the sentence for junk."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from epk.lib import environment
from epk.lib.environment import SettingsError

NAME = "EPK_TEST_VARIABLE"
Reader = Callable[[str], Any]


def folder(name: str) -> Path:
    return environment.media_folder(name, Path("/bawaan"))


def port(name: str) -> int:
    return environment.port(name, 8000)


def site(name: str) -> str:
    return environment.site_url(name, "http://127.0.0.1:8000")


def email(name: str) -> dict[str, Any]:
    return environment.email(name, "smtp://localhost:25")


def contact(name: str) -> str:
    return environment.address(name, "pdp@epk.example")


JUNK: list[tuple[Reader, str]] = [
    *[(environment.switch, raw) for raw in ("yes", "2", "true", "-1", "０")],
    *[(port, raw) for raw in ("abc", "0", "65536", "9" * 30, "-1", "８０", "1e3")],
    *[
        (site, raw)
        for raw in ("x", "ftp://a.id", "http://", "http://a:99999", "http://a?b=1", "http://[")
    ],
    *[(site, raw) for raw in ("https://a b.id", "https://a.id/b#c", "http://a\n.id", "http://u@a")],
    *[(environment.hosts, raw) for raw in ("a b", "https://a.id", "a.id:80", "a.id/x", "-", "a,[")],
    *[(environment.origins, raw) for raw in ("a.id", "https://", "https://a.id/x", "ws://a.id")],
    *[
        (environment.database, raw)
        for raw in ("x", "mysql://a/b", "postgresql://", "postgresql://u:p@h:port/x")
    ],
    *[
        (environment.database, raw)
        for raw in ("postgresql://u:p@h:99999/x", "postgres://h/", "postgresql://[/x")
    ],
    *[(email, raw) for raw in ("x", "http://a", "smtp://h:port", "smtp://h:99999", "file://x")],
    *[(email, raw) for raw in ("file:///", "smtp://[")],
    *[
        (email, f"smtp://h?_default_from_email={raw}")
        for raw in ("x", "a@b,c@d", "A%0AB+<a@b>", "<a@b>", "A+<a@b", "@b")
    ],
    *[
        (environment.cache, raw)
        for raw in ("x", "locmem://", "redis://", "redis://h:port", "redis://h:6379/x")
    ],
    *[
        (environment.networks, raw)
        for raw in ("x", "10.0.0.1/33", "10.0.0.1/8", "0.0.0.0/0", "::/0", "proxy.go.id", "1,2")
    ],
    *[
        (contact, raw)
        for raw in (
            "x",
            "a@b",
            "@b.id",
            "a b@c.id",
            "a@b.id,c@d.id",
            "a@b\n.id",
            "A <a@b.id>",
            "x@" + "b" * 260 + ".id",
        )
    ],
    *[(folder, raw) for raw in ("x", "s3://b", "https://x", "~/x", "/etc/passwd")],
]


@pytest.mark.parametrize(("read", "raw"), JUNK)
def test_junk_is_refused_in_one_sentence(
    read: Reader, raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, raw)

    with pytest.raises(SettingsError) as refused:
        read(NAME)

    sentence = str(refused.value)
    assert sentence.startswith(f"Pengaturan salah: {NAME}")
    assert sentence.endswith(".")


@pytest.mark.parametrize("raw", ["", "  "])
def test_empty_is_unset(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, raw)

    assert environment.switch(NAME) is False
    assert port(NAME) == 8000
    assert site(NAME) == "http://127.0.0.1:8000"
    assert environment.names(NAME) == []
    assert environment.hosts(NAME) == []
    assert environment.networks(NAME) == ()
    assert environment.database(NAME) is None
    assert environment.cache(NAME) is None
    assert folder(NAME) == Path("/bawaan")
    assert contact(NAME) == "pdp@epk.example"
    assert email(NAME)["EMAIL_HOST"] == "localhost"


@pytest.mark.parametrize(
    ("read", "raw", "value"),
    [
        (environment.switch, "1", True),
        (environment.switch, "0", False),
        (port, " 8123 ", 8123),
        (site, "https://epk.example/", "https://epk.example"),
        (site, "http://[::1]:8000", "http://[::1]:8000"),
        (environment.hosts, "epk.example, .go.id,[::1],*", ["epk.example", ".go.id", "[::1]", "*"]),
        (environment.origins, "https://a.id,https://*.b.id", ["https://a.id", "https://*.b.id"]),
        (folder, "/srv/epk", Path("/srv/epk")),
        (contact, " pdp.naker@kemnaker.go.id ", "pdp.naker@kemnaker.go.id"),
    ],
)
def test_good_values(
    read: Reader, raw: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, raw)

    assert read(NAME) == value


def test_database_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "postgresql://u:p%40ss@db.example:5433/epk?sslmode=require")

    found = environment.database(NAME) or {}

    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("u", "p@ss", "db.example")
    assert (int(found["PORT"]), found["NAME"]) == (5433, "epk")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_mail_into_a_folder_keeps_the_whole_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "file:///srv/surat%20keluar")

    assert email(NAME)["EMAIL_FILE_PATH"] == "/srv/surat keluar"


@pytest.mark.parametrize("sender", ["surat@epk.go.id", "e-Pengantar Kerja <surat@epk.go.id>"])
def test_sender_of_all_mails(sender: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, f"smtp://h/?{urlencode({'_default_from_email': sender})}")

    assert email(NAME)["DEFAULT_FROM_EMAIL"] == sender


def test_kept_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"

    first = environment.kept_secret(path)

    assert len(first) >= 50
    assert environment.kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [kept.name for kept in path.parent.iterdir()] == ["secret_key"]


def test_kept_secret_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("abc")

    with pytest.raises(SettingsError, match="rusak"):
        environment.kept_secret(tmp_path / "secret_key")


def test_kept_secret_in_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="tidak dapat dibaca atau ditulis"):
        environment.kept_secret(tmp_path / "file" / "secret_key")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "SECRET_KEY wajib diisi"),
        ({"SECRET_KEY": "pendek", "ALLOWED_HOSTS": "a.id"}, "SECRET_KEY terlalu pendek"),
        ({"SECRET_KEY": "k" * 50}, "ALLOWED_HOSTS wajib diisi"),
        ({"DEMO": "ya"}, "DEMO harus 0 atau 1"),
        ({"DEMO": "1", "PORT": "delapan ribu"}, "PORT harus angka"),
        ({"DEMO": "1", "PRIVACY_CONTACT": "kami"}, "PRIVACY_CONTACT harus alamat e-mail"),
        ({"DEMO": "1", "DATABASE_URL": "sqlite:///x"}, "DATABASE_URL harus alamat PostgreSQL"),
    ],
)
def test_start_stops_with_the_sentence_alone(
    variables: dict[str, str], said: str, checkout_root: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=checkout_root,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"Pengaturan salah: {said}")
    assert done.stderr.count("\n") == 1
