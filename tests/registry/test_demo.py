"""`manage.py demo`: the same data every time, and only into an empty database of a demo."""

from __future__ import annotations

import hashlib
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import override_settings

from accounts.models import RoleGrant, User
from registry.models import (
    Officer,
    OfficerExpertise,
    Region,
    Unit,
)
from tests.registry.records import RECORDS


def run_demo(*arguments: str) -> str:
    output = StringIO()
    call_command("demo", *arguments, stdout=output, skip_checks=True)
    return output.getvalue()


def digest() -> str:
    """Every row of the demo, without the numbers of rows, the clock and the salted password."""
    lines: list[Any] = list(
        User.objects.order_by("email").values_list("email", "nip", "name", "is_superuser")
    )
    lines += RoleGrant.objects.order_by("user__email", "role").values_list(
        "user__email", "role", "province_code", "valid_from"
    )
    unit = ("name", "short_name", "tier", "region", "address", "email", "phone", "valid_until")
    lines += Unit.objects.order_by("name").values_list(*unit, "successor__name")
    tables: tuple[type[models.Model], ...] = (Officer, *RECORDS)
    for model in tables:
        lines += _rows(model)
    lines += OfficerExpertise.objects.order_by("officer__number", "expertise__code").values_list(
        "officer__number", "expertise__code"
    )
    return hashlib.sha256("\n".join(map(str, lines)).encode()).hexdigest()


def _rows(model: type[models.Model]) -> models.QuerySet[Any, Any]:
    linked = {"user": "user__email", "merged_into": "merged_into__number"} | {
        "officer": "officer__number",
        "unit": "unit__name",
    }
    names = [field.name for field in model._meta.concrete_fields]
    columns = [linked.get(name, name) for name in names if name not in {"id", "created_at"}]
    return model._default_manager.order_by(*columns).values_list(*columns)


@pytest.mark.django_db
def test_the_same_data_every_time() -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            run_demo("--officers", "120")
            found.append(digest())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_a_database_with_a_real_account_is_refused(db: None) -> None:
    User.objects.create_user("orang@kemnaker.example", "x", name="Orang")
    with pytest.raises(CommandError, match="sudah berisi 1 akun"):
        run_demo()
    assert not Region.objects.exists()


def test_a_database_with_a_real_officer_is_refused(db: None) -> None:
    Officer.objects.create(name="Orang", sex="L")
    with pytest.raises(CommandError, match="sudah berisi 1 petugas"):
        run_demo()
    assert not User.objects.exists()


def test_a_database_that_has_given_numbers_is_refused(db: None) -> None:
    Officer.objects.create(name="Orang", sex="L").delete()
    with pytest.raises(CommandError, match="nomor register yang pernah diberikan"):
        run_demo()


def test_without_demo_it_is_refused(db: None) -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=1"):
        run_demo()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--posts", "5000001"), "Paling banyak 5.000.000 tulisan."),
        (("--officers", "10"), "Jumlah petugas harus antara 47 dan 100.000."),
        (("--officers", "999999999"), "Jumlah petugas harus antara 47 dan 100.000."),
        (("--officers", "banyak"), "“banyak” bukan bilangan bulat tanpa tanda."),
        (("--officers=-5",), "“-5” bukan bilangan bulat tanpa tanda."),
    ],
)
def test_a_number_it_cannot_make_is_one_sentence(
    arguments: tuple[str, ...], sentence: str, db: None
) -> None:
    with pytest.raises(CommandError) as caught:
        run_demo(*arguments)
    assert sentence in str(caught.value)
    assert not User.objects.exists()


def test_the_smallest_demo_has_the_whole_cast(db: None) -> None:
    run_demo("--officers", "47")
    assert Officer.objects.filter(merged_into=None).count() == 47
    assert Officer.objects.get(register_number="PK-000047").user == User.objects.get(
        email="siti@demo.example"
    )
