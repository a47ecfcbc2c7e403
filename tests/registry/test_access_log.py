"""The log of who was shown private data: what is written, and that it stays as written."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from registry.actions import note_view
from registry.models import AccessRecord
from registry.rules import Field


def test_a_view_by_somebody_else_is_written_down(siti: User, dewi: User) -> None:
    note_view(
        siti.officer,
        [Field.NIP, Field.BIRTH, Field.PHOTO],
        by=dewi,
        channel=AccessRecord.Channel.PROFILE,
        reason="Verifikasi SK",
        address="10.0.0.7",
    )
    record = AccessRecord.objects.get()
    assert (record.officer, record.viewer) == (siti.officer, dewi)
    assert record.register_number == siti.officer.register_number
    assert record.fields == ["birth", "nip"]
    assert (record.reason, record.address) == ("Verifikasi SK", "10.0.0.7")


def test_of_oneself_nothing_is_written(siti: User) -> None:
    note_view(siti.officer, list(Field), by=siti, channel=AccessRecord.Channel.PROFILE)
    assert not AccessRecord.objects.exists()


def test_open_fields_are_not_private(siti: User, dewi: User) -> None:
    open_fields = [Field.PHOTO, Field.OFFICE_CONTACT, Field.RECORDS]
    note_view(siti.officer, open_fields, by=dewi, channel=AccessRecord.Channel.PROFILE)
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE {} SET reason = 'lain'", "Cannot update or delete rows"),
        ("DELETE FROM {}", "Cannot update or delete rows"),
        ("TRUNCATE {}", "cannot be emptied"),
    ],
)
def test_the_log_is_neither_changed_nor_emptied(
    siti: User, dewi: User, statement: str, refusal: str
) -> None:
    note_view(siti.officer, [Field.NIP], by=dewi, channel=AccessRecord.Channel.PROFILE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
            cursor.execute(statement.format("registry_accessrecord"))
    assert AccessRecord.objects.get().reason == ""
