"""What a person may do: grants with scope and dates, the second factor, the last superuser."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from accounts import rules
from accounts.models import RoleGrant, User
from tests.factories import make_user


def again(user: User) -> User:
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


def test_no_grant_is_no_right(db: None) -> None:
    nobody = make_user("sepi@contoh.example", "Sepi")
    assert not rules.is_officer(nobody)
    assert not rules.opens_admin(nobody)
    assert not rules.administers_nation(nobody)
    assert not rules.administers_province(nobody, "32")


def test_a_scope_is_one_province(dewi: User) -> None:
    assert rules.administers_province(dewi, "32")
    assert not rules.administers_province(dewi, "11")
    assert not rules.administers_province(dewi, "")
    assert rules.provinces_administered(dewi) == {"32"}
    assert dewi.is_staff


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [(-1, None, True), (0, 0, True), (1, None, False), (-9, -1, False)],
)
def test_a_grant_counts_from_its_first_day_to_its_last(
    db: None, start: int, end: int | None, counts: bool
) -> None:
    user = make_user("hari@contoh.example", "Hari")
    today = dt.date.today()
    RoleGrant.objects.create(
        user=user,
        role="admin_ditjen",
        valid_from=today + dt.timedelta(days=start),
        valid_until=None if end is None else today + dt.timedelta(days=end),
    )
    assert rules.administers_nation(user) is counts


def test_an_inactive_account_has_no_rights(rina: User) -> None:
    User.objects.filter(pk=rina.pk).update(is_active=False)
    assert not rules.administers_nation(again(rina))


def test_all_rights_come_from_one_query(
    rina: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert rules.administers_nation(rina)
        assert rules.opens_admin(rina)
        assert not rules.is_officer(rina)


@pytest.mark.parametrize("name", ["dewi", "rina", "agus", "maya", "admin"])
def test_roles_are_void_without_a_second_factor(request: pytest.FixtureRequest, name: str) -> None:
    user = request.getfixturevalue(name)
    with override_settings(DEMO=False):
        assert rules.lacks_second_factor(user)
        assert not user.rights.roles
        assert not rules.opens_admin(user)
        assert not rules.is_superuser(user)
        Authenticator.objects.create(user=user, type="totp", data={})
        assert not rules.lacks_second_factor(again(user))
    assert not rules.lacks_second_factor(again(user))


def test_recovery_codes_alone_are_no_second_factor(rina: User) -> None:
    Authenticator.objects.create(user=rina, type="recovery_codes", data={})
    with override_settings(DEMO=False):
        assert rules.lacks_second_factor(rina)


def test_an_officer_needs_no_second_factor(siti: User) -> None:
    with override_settings(DEMO=False):
        assert rules.is_officer(siti)
        assert not rules.lacks_second_factor(siti)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET is_active = false",
        "UPDATE accounts_user SET is_superuser = false",
        "DELETE FROM accounts_user WHERE is_superuser",
    ],
)
def test_the_last_superuser_stays_by_any_path(admin: User, statement: str) -> None:
    make_user("dua@contoh.example", "Dua", is_superuser=True)
    make_user("diam@contoh.example", "Diam", is_superuser=True, is_active=False)
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="the last active superuser stays"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 2
