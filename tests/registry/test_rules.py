"""Who sees which field: the table of product.md, cell by cell, and who maintains the register."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import RoleGrant, User
from registry.models import Officer, Unit
from registry.rules import (
    Access,
    Field,
    access,
    can_maintain_register,
    visible_fields,
)
from tests.factories import as_of_today, make_officer, make_user


@pytest.fixture
def officer(siti: User) -> Officer:
    return as_of_today(siti.officer)


@pytest.fixture
def viewer(request: pytest.FixtureRequest) -> User | AnonymousUser:
    name = request.param
    return AnonymousUser() if name == "public" else request.getfixturevalue(name)


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        ("public", Access.PUBLIC),
        ("agus", Access.PUBLIC),
        ("maya", Access.PUBLIC),
        ("budi", Access.COLLEAGUE),
        ("siti", Access.OWN),
        ("dewi", Access.ADMIN),
        ("cut", Access.PUBLIC),
        ("rina", Access.ADMIN),
        ("admin", Access.ADMIN),
    ],
    indirect=["viewer"],
)
def test_access(viewer: User | AnonymousUser, expected: Access, officer: Officer) -> None:
    assert access(viewer, officer) is expected


def test_public_sees_office_contact_and_photo_only_if_allowed(officer: Officer) -> None:
    public = AnonymousUser()
    officer.contact_public, officer.photo_public = False, False
    assert visible_fields(public, officer) == frozenset()
    officer.contact_public = True
    assert visible_fields(public, officer) == {Field.OFFICE_CONTACT}
    officer.photo_public = True
    assert visible_fields(public, officer) == {Field.OFFICE_CONTACT, Field.PHOTO}


def test_colleague_sees_office_contact_always_and_nothing_private(
    budi: User, officer: Officer
) -> None:
    officer.contact_public, officer.photo_public = False, False
    assert visible_fields(budi, officer) == {Field.OFFICE_CONTACT, Field.RECORDS}


@pytest.mark.parametrize("viewer", ["siti", "dewi", "rina", "admin"], indirect=True)
def test_owner_and_admin_in_scope_see_all(viewer: User, officer: Officer) -> None:
    assert visible_fields(viewer, officer) == frozenset(Field)


def test_admin_of_another_province_sees_what_the_public_sees(cut: User, officer: Officer) -> None:
    assert visible_fields(cut, officer) == visible_fields(AnonymousUser(), officer)


def test_ended_and_future_grants_give_nothing(officer: Officer) -> None:
    user = make_user("lama@demo.example", "Mantan Admin", "admin_ditjen")
    grant = user.grants.get()
    grant.valid_until = dt.date.today() - dt.timedelta(days=1)
    grant.save()
    assert access(user, officer) is Access.PUBLIC
    RoleGrant.objects.create(
        user=user, role="admin_ditjen", valid_from=dt.date.today() + dt.timedelta(days=1)
    )
    del user.rights
    assert access(user, officer) is Access.PUBLIC


def test_inactive_account_has_no_role(officer: Officer, rina: User) -> None:
    rina.is_active = False
    assert access(rina, officer) is Access.PUBLIC


def test_provincial_admin_has_no_say_over_officers_without_region(dewi: User) -> None:
    pusat = Unit.objects.create(name="Direktorat", short_name="Direktorat", tier="pusat")
    officer = as_of_today(make_officer("Orang Pusat", unit=pusat))
    assert officer.answering_province == ""
    assert access(dewi, officer) is Access.PUBLIC


@pytest.mark.parametrize(
    ("viewer", "expected"),
    [
        ("public", False),
        ("siti", False),
        ("dewi", True),
        ("agus", False),
        ("rina", True),
        ("admin", True),
    ],
    indirect=["viewer"],
)
def test_who_maintains_the_register(viewer: User | AnonymousUser, expected: bool) -> None:
    assert can_maintain_register(viewer) is expected
