"""Which province answers for an officer, and whom an Admin Provinsi therefore maintains."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import RoleGrant, User
from registry.models import Officer, Region, Unit
from registry.queries import ListedOfficer
from registry.rules import (
    Access,
    access,
    can_maintain_officer,
    can_maintain_register,
    can_maintain_unit,
    can_maintain_whole_register,
)
from tests.factories import (
    as_of_today,
    make_officer,
    make_posting,
    make_province,
    make_regency,
    make_unit,
    make_user,
)

TODAY = dt.date.today()
YEAR = dt.timedelta(days=365)


@pytest.fixture
def bandung(jawa_barat: Region) -> Unit:
    return make_unit(make_regency("32.73", "Kota Bandung"))


@pytest.fixture
def banda_aceh(aceh: Region) -> Unit:
    return make_unit(make_regency("11.71", "Kota Banda Aceh"))


@pytest.fixture
def pusat(jawa_barat: Region) -> Unit:
    """An office of the Ministry that happens to lie in Jawa Barat."""
    return make_unit(jawa_barat, name="Balai Besar", short_name="BBPVP", tier="pusat")


def served(*postings: tuple[Unit, dt.date, dt.date | None], **fields: Any) -> Officer:
    officer = make_officer("Wayan", **fields)
    for unit, start, end in postings:
        make_posting(officer, unit, start, end)
    return officer


def province(officer: Officer) -> str:
    return Officer.objects.answering_province_of(officer.pk)


def test_the_current_posting_decides(bandung: Unit, banda_aceh: Unit) -> None:
    moved = TODAY - YEAR
    officer = served((banda_aceh, dt.date(2015, 1, 1), moved), (bandung, moved, None))
    assert province(officer) == "32"


def test_a_dinas_provinsi_answers_for_its_own(jawa_barat: Region) -> None:
    assert province(served((make_unit(jawa_barat), TODAY - YEAR, None))) == "32"


def test_the_retired_stay_with_their_last_province(bandung: Unit, banda_aceh: Unit) -> None:
    officer = served(
        (banda_aceh, dt.date(2005, 1, 1), dt.date(2015, 1, 1)),
        (bandung, dt.date(2015, 1, 1), dt.date(2020, 1, 1)),
        status="pensiun",
    )
    assert province(officer) == "32"


def test_a_posting_to_come_decides_only_where_none_has_begun(
    bandung: Unit, banda_aceh: Unit
) -> None:
    soon, later = TODAY + YEAR, TODAY + 2 * YEAR
    assert province(served((bandung, soon, later), (banda_aceh, later, None))) == "32"
    assert province(served((banda_aceh, TODAY - YEAR, soon), (bandung, soon, None))) == "11"


def test_a_posting_that_begins_today_counts(bandung: Unit, banda_aceh: Unit) -> None:
    officer = served((banda_aceh, TODAY - YEAR, TODAY), (bandung, TODAY, None))
    assert province(officer) == "32"


@pytest.mark.parametrize("tier", ["pusat", "lembaga"])
def test_offices_of_the_centre_are_in_no_province(pusat: Unit, bandung: Unit, tier: str) -> None:
    Unit.objects.filter(pk=pusat.pk).update(tier=tier)
    officer = served((bandung, dt.date(2010, 1, 1), TODAY - YEAR), (pusat, TODAY - YEAR, None))
    assert province(officer) == ""


def test_without_a_posting_there_is_no_province(db: None) -> None:
    assert province(served()) == ""


# --- Rows ----------------------------------------------------------------------------------------


def test_each_admin_maintains_the_officers_of_their_own_province(
    bandung: Unit, banda_aceh: Unit, pusat: Unit, dewi: User, cut: User, rina: User, admin: User
) -> None:
    here = served((bandung, TODAY - YEAR, None))
    there = served((banda_aceh, TODAY - YEAR, None))
    centre = served((pusat, TODAY - YEAR, None))
    nowhere = served()
    everyone = {here, there, centre, nowhere}
    for user, expected in {dewi: {here}, cut: {there}, rina: everyone, admin: everyone}.items():
        assert set(Officer.objects.in_scope_of(user)) == expected
        for officer in everyone:
            officer.answering_province = province(officer)
            assert can_maintain_officer(user, officer) is (officer in expected)


@pytest.mark.parametrize("name", ["siti", "agus", "maya"])
def test_others_maintain_nobody(bandung: Unit, request: pytest.FixtureRequest, name: str) -> None:
    served((bandung, TODAY - YEAR, None))
    user = request.getfixturevalue(name)
    assert not Officer.objects.in_scope_of(user).exists()
    assert not can_maintain_register(user)
    assert not Officer.objects.in_scope_of(AnonymousUser()).exists()


def test_one_who_moved_away_is_nobody_of_the_old_province(
    bandung: Unit, banda_aceh: Unit, dewi: User, cut: User
) -> None:
    moved = TODAY - YEAR
    officer = served((bandung, dt.date(2015, 1, 1), moved), (banda_aceh, moved, None))
    assert not Officer.objects.in_scope_of(dewi).exists()
    assert Officer.objects.in_scope_of(cut).get() == officer


def test_an_ended_grant_maintains_nobody(bandung: Unit, dewi: User) -> None:
    served((bandung, TODAY - YEAR, None))
    dewi.grants.update(valid_until=TODAY - dt.timedelta(days=1))
    assert not Officer.objects.in_scope_of(dewi).exists()
    assert not can_maintain_register(dewi)


def test_two_grants_are_two_provinces(bandung: Unit, banda_aceh: Unit, dewi: User) -> None:
    make_province("91", "Papua")
    officers = {served((unit, TODAY - YEAR, None)) for unit in (bandung, banda_aceh)}
    served((make_unit(Region.objects.get(code="91")), TODAY - YEAR, None))
    RoleGrant.objects.create(
        user=dewi, role="admin_provinsi", province_code="11", valid_from=dt.date(2024, 1, 1)
    )
    assert set(Officer.objects.in_scope_of(dewi)) == officers
    assert not can_maintain_whole_register(dewi)


def test_scope_and_the_rows_of_a_date_can_be_asked_together(
    bandung: Unit, banda_aceh: Unit, dewi: User
) -> None:
    moved = TODAY - YEAR
    officer = served((banda_aceh, dt.date(2015, 1, 1), moved), (bandung, moved, None))
    then = Officer.objects.in_scope_of(dewi).as_of(dt.date(2016, 1, 1)).for_page().get()
    assert then == officer
    assert then.current_posting.unit == banda_aceh
    assert then.answering_province == "32"


# --- Fields --------------------------------------------------------------------------------------


def listed(officer: Officer, date: dt.date = TODAY) -> ListedOfficer:
    (row,) = Officer.objects.as_of(date).among([officer.pk]).listed()
    return row


def test_lists_and_pages_judge_by_today_whatever_date_they_show(
    bandung: Unit, banda_aceh: Unit, dewi: User, cut: User
) -> None:
    moved = TODAY - YEAR
    officer = served((bandung, dt.date(2015, 1, 1), moved), (banda_aceh, moved, None))
    for seen in (as_of_today(officer), listed(officer), listed(officer, dt.date(2016, 1, 1))):
        assert access(dewi, seen) is Access.PUBLIC
        assert access(cut, seen) is Access.ADMIN


def test_the_retired_are_seen_whole_by_their_last_province(bandung: Unit, dewi: User) -> None:
    officer = served((bandung, dt.date(2005, 1, 1), dt.date(2020, 1, 1)), status="pensiun")
    assert access(dewi, as_of_today(officer)) is Access.ADMIN
    assert access(dewi, listed(officer)) is Access.ADMIN


def test_an_office_of_the_centre_in_ones_province_gives_no_say(pusat: Unit, dewi: User) -> None:
    officer = served((pusat, TODAY - YEAR, None))
    assert access(dewi, as_of_today(officer)) is Access.PUBLIC
    assert access(dewi, listed(officer)) is Access.PUBLIC


# --- Units and regions ---------------------------------------------------------------------------


def test_units_of_a_province_are_its_dinas_alone(
    bandung: Unit, banda_aceh: Unit, pusat: Unit, jawa_barat: Region, dewi: User, rina: User
) -> None:
    dinas = make_unit(jawa_barat)
    assert set(Unit.objects.in_scope_of(dewi)) == {bandung, dinas}
    assert set(Unit.objects.in_scope_of(rina)) == {bandung, dinas, banda_aceh, pusat}
    assert [can_maintain_unit(dewi, unit) for unit in (bandung, dinas, banda_aceh, pusat)] == [
        True, True, False, False,
    ]  # fmt: skip


def test_regions_of_a_scope_are_the_province_and_all_inside(
    bandung: Unit, banda_aceh: Unit, dewi: User, agus: User, rina: User
) -> None:
    def codes(user: User) -> list[str]:
        return list(Region.objects.in_scope_of(user).values_list("code", flat=True))

    assert codes(dewi) == ["32", "32.73"]
    assert codes(agus) == []
    assert codes(rina) == ["11", "11.71", "32", "32.73"]


def test_nothing_is_in_scope_without_a_grant(bandung: Unit) -> None:
    nobody = make_user("kosong@demo.example", "Tanpa Peran")
    assert not Unit.objects.in_scope_of(nobody).exists()
