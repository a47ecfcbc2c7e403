"""Passwords: length, what is common here, what others know of a person; nothing about symbols."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

SITI = User(name="Siti Wulandari", email="siti@dinas-indramayu.go.id", nip="198609262015012001")


def refusals(password: str, user: User | None = SITI) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {item.code for item in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "kuda laut berenang jauh",
        "sepedamerahdibalaikota",
        "  spasi di ujung juga boleh  ",
        "Gv7#pQz9!mLx",
        "кириллица-и-дальше",
        "emboh-ora-ngerti-siti-jare",
    ],
)
def test_good_passwords_need_no_symbols(password: str) -> None:
    assert refusals(password) == set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("pendek-saja", "password_too_short"),
        ("x" * 5 + "kuda laut berenang" * 20, "password_too_long"),
        ("password1234", "password_too_common"),
        ("indonesia12345", "password_too_common"),
        ("B1sm1llah!!!123", "password_too_common"),
        ("Pengantar Kerja 2026", "password_too_common"),
        ("rahasia-negara-99", "password_too_common"),
        ("qwertyuiopas", "password_too_common"),
        ("123456789012", "password_too_common"),
        ("210987654321", "password_too_common"),
        ("aaaaaaaaaaaaaa", "password_too_common"),
        ("ab1ab1ab1ab1ab1", "password_too_common"),
        ("198609262015012001", "password_too_personal"),
        ("19860926 201501", "password_too_personal"),
        ("siti.wulandari", "password_too_personal"),
        ("Wulandari26091986", "password_too_personal"),
        ("siti-indramayu-1986", "password_too_personal"),
    ],
)
def test_refused_with_a_reason(password: str, code: str) -> None:
    assert code in refusals(password)


def test_every_refusal_is_a_sentence_in_indonesian() -> None:
    for password in ("pendek", "password1234", "indonesia12345", "siti.wulandari", "x" * 300):
        with pytest.raises(ValidationError) as caught:
            validate_password(password, SITI)
        assert all(message.endswith(".") for message in caught.value.messages)
        assert not any("password" in message.lower() for message in caught.value.messages)
