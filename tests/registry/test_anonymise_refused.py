"""Who may anonymise whom, and with which words; what is refused changes nothing."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import RoleGrant, User
from registry.models import Anonymisation, Officer, StatusRecord, Unit
from tests.factories import make_officer
from tests.registry.person import NAME, REASON, everything, make_person, run


@pytest.fixture
def person(disnaker_indramayu: Unit, rina: User, dewi: User) -> Officer:
    return make_person(disnaker_indramayu, rina, dewi)


@pytest.mark.parametrize("by", ["", "siti@demo.example", "dewi@demo.example", "x@y.example", "\0"])
def test_only_by_who_administers_the_nation(
    person: Officer, siti: User, dewi: User, by: str
) -> None:
    with pytest.raises(CommandError, match="--oleh"):
        run(person.register_number, by=by)
    assert Officer.objects.get(pk=person.pk).name == NAME


def test_not_by_a_closed_account(person: Officer, rina: User) -> None:
    User.objects.filter(pk=rina.pk).update(is_active=False)
    with pytest.raises(CommandError, match="--oleh"):
        run(person.register_number)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "a\u202eb", "a\0b"])
def test_needs_a_reason(person: Officer, reason: str) -> None:
    with pytest.raises(CommandError):
        run(person.register_number, reason=reason)
    assert Officer.objects.get(pk=person.pk).name == NAME


@pytest.mark.parametrize("number", ["PK-999999", "47", "", "PK-\0", "'; DROP TABLE", "x" * 999])
def test_no_such_officer(person: Officer, number: str) -> None:
    with pytest.raises(CommandError, match="Tidak ada petugas"):
        run(number)


def test_a_merged_record_names_the_one_it_went_into(person: Officer) -> None:
    twin = make_officer("Nurhayati K.", nip=None)
    Officer.objects.filter(pk=twin.pk).update(merged_into=person)
    with pytest.raises(CommandError, match=person.register_number):
        run(twin.register_number)


def test_the_last_superuser_stays(person: Officer) -> None:
    User.objects.filter(pk=person.user_id).update(is_superuser=True)
    with pytest.raises(CommandError, match="superuser aktif terakhir"):
        run(person.register_number)
    assert Officer.objects.get(pk=person.pk).name == NAME
    assert not Anonymisation.objects.exists()


def test_nobody_does_it_to_themselves(person: Officer) -> None:
    RoleGrant.objects.create(user=person.user, role="admin_ditjen")
    with pytest.raises(CommandError, match="Anda sendiri"):
        run(person.register_number, by="nur@akun.example")
    assert Officer.objects.get(pk=person.pk).name == NAME


@pytest.mark.parametrize(("answer", "done"), [("", False), ("ya", False), ("number", True)])
def test_asks_before(
    person: Officer, monkeypatch: pytest.MonkeyPatch, answer: str, done: bool
) -> None:
    typed = person.register_number if answer == "number" else answer
    monkeypatch.setattr("builtins.input", lambda _question: typed)
    out = io.StringIO()
    arguments = [person.register_number, "--alasan", REASON, "--oleh", "rina@demo.example"]
    if done:
        call_command("anonymise_officer", *arguments, stdout=out)
    else:
        with pytest.raises(CommandError, match="Dibatalkan"):
            call_command("anonymise_officer", *arguments, stdout=out)
    assert (Officer.objects.get(pk=person.pk).name != NAME) is done


def test_a_retired_officer_without_account(db: None, rina: User) -> None:
    officer = make_officer("Suparman Hadiningrat", nip=None, employment="non_asn")
    StatusRecord.objects.create(officer=officer, status="pensiun", since=dt.date(2025, 1, 1))
    run(officer.register_number)
    assert "hadiningrat" not in everything()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_the_record_of_it_cannot_be_altered(person: Officer, statement: str) -> None:
    run(person.register_number)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(Exception, match=r"Cannot update or delete|cannot be emptied"):
            cursor.execute(statement.format("registry_anonymisation"))
