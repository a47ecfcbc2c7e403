"""What the log says of an event, and what no line of it ever holds."""

from __future__ import annotations

import logging
import sys
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings

from epk.lib import security_log
from epk.lib.redaction import RedactingFormatter, redact


class Account:
    pk = 12
    email = "siti@contoh.example"
    nip = "198609262015052001"


def written(caplog: pytest.LogCaptureFixture, name: str, *args: object, **facts: str) -> str:
    with caplog.at_level(logging.INFO, logger="epk.security"):
        security_log.event(name, *args, **facts)  # type: ignore[arg-type]
    return caplog.records[-1].getMessage()


def formatted(message: str, *args: object, exc_info: bool = False) -> str:
    """As the handler of the portal writes it."""
    line: dict[str, Any] = settings.LOGGING["formatters"]["line"]  # type: ignore[index]
    formatter = RedactingFormatter(line["format"], style=line["style"])
    found = sys.exc_info() if exc_info else None
    return formatter.format(
        logging.LogRecord("django.request", logging.WARNING, "x.py", 1, message, args, found)
    )


def test_is_keys_and_values(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().post("/akun/masuk/?next=/rahasia/", REMOTE_ADDR="203.0.113.9")
    line = written(caplog, "throttled", request, Account(), limit="login")
    assert line == (
        "event=throttled account=12 address=203.0.113.9 method=POST path=/akun/masuk/ limit=login"
    )


def test_needs_neither_request_nor_account(caplog: pytest.LogCaptureFixture) -> None:
    assert written(caplog, "swept") == "event=swept"


@pytest.mark.parametrize(
    "value",
    ["a\nevent=login_ok", "a\r\nevent=x", "a\0b", "a\u2028b", "\x1b[31mred", "\u202eterbalik", "a\x85b"],
)  # fmt: skip
def test_of_one_event_is_one_line(caplog: pytest.LogCaptureFixture, value: str) -> None:
    line = written(caplog, "x", fact=value)
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert line.count("event=") == 1 or 'fact="' in line


def test_quotes_what_could_be_read_as_another_fact(caplog: pytest.LogCaptureFixture) -> None:
    line = written(caplog, "x", fact='a account=1 "b\\')
    assert line == r'event=x fact="a account=1 \"b\\"'


@pytest.mark.parametrize("name", ["password", "kata_sandi", "csrf_token", "cookie", "nip", "email"])
def test_a_fact_with_the_name_of_a_secret_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not for the log"):
        security_log.event("x", None, None, **{name: "1"})


def test_a_name_that_was_typed_is_a_digest() -> None:
    found = security_log.digest("siti@contoh.example")
    assert found == security_log.digest("siti@contoh.example")
    assert found != security_log.digest("budi@contoh.example")
    assert "siti" not in found
    with override_settings(SECRET_KEY="another"):
        assert found != security_log.digest("siti@contoh.example")


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /cek/198609262015052001/",
        "Not Found: /cek/19860926 201505 2 001/",
        "Not Found: /cek/19860926%20201505%202%20001/",
        "Not Found: /cek/19860926.201505.2.001/",
        "Not Found: /cek/19860926\u00a0201505\u00a02\u00a0001/",
        "duplicate key (nip)=(198609262015052001) already exists",
        "mail to siti.wulandari@contoh.example failed",
        "Not Found: /x/siti.wulandari%40contoh.example/",
        '"GET /direktori/?q=siti.wulandari HTTP/1.1" 200',
        "https://contoh.example/direktori/?q=siti.wulandari",
        "Bad Request: /akun/masuk/?next=/198609262015052001",
    ],
)
def test_every_line_is_without_people(line: str) -> None:
    for found in (redact(line), formatted("%s", line)):
        assert "201505" not in found
        assert "siti" not in found


def refuse() -> NoReturn:
    raise ValueError("Key (nip)=(198609262015052001), siti@contoh.example")


def test_a_traceback_is_without_people_too() -> None:
    try:
        refuse()
    except ValueError:
        found = formatted("Internal Server Error: %s", "/x/", exc_info=True)
    assert "Traceback" in found
    assert "198609262015052001" not in found
    assert "siti@" not in found


@pytest.mark.parametrize(
    "line",
    ["PK-000047", "12345678901234567", "1986092620150520011", "2026-11-24 06:31:12,123", "a@", "1.234,56"],
)  # fmt: skip
def test_other_numbers_stay_readable(line: str) -> None:
    assert redact(line) == line


def test_of_a_long_line_takes_no_time() -> None:
    """Each pattern passes once, whatever stands in the line."""
    for unit in ("a", "1", "/", "1 ", "?", "a@", "%20", "/?"):
        assert len(redact(unit * 100_000)) > 0


def test_django_writes_through_the_same_handler() -> None:
    assert logging.getLogger("django").handlers == []
    assert logging.getLogger("django").propagate
    assert logging.getLogger("epk.security").isEnabledFor(logging.INFO)
