"""After anonymising, nothing in database or files says who the officer was; the figures stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from registry import actions
from registry.figures import home_figures
from registry.models import AccessRecord, Anonymisation, Officer, Unit
from tests.factories import make_officer
from tests.factories_bulk import make_officers
from tests.registry.person import BORN, NAME, PERSONAL, everything, files, make_person, run, where


@pytest.fixture
def person(disnaker_indramayu: Unit, rina: User, dewi: User) -> Officer:
    return make_person(disnaker_indramayu, rina, dewi)


# --- Nothing is left -----------------------------------------------------------------------------------


def test_the_scenario_holds_every_value_before(person: Officer) -> None:
    text = everything()
    assert [value for value in PERSONAL if not where(text, value)] == []


def test_no_personal_value_is_left_in_the_database(
    person: Officer, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        said = run(person.register_number)
    text = everything()
    assert {value: where(text, value) for value in PERSONAL if where(text, value)} == {}
    assert "masih terbaca" not in said


def test_no_file_is_left(
    disnaker_indramayu: Unit, django_capture_on_commit_callbacks: Any, request: Any
) -> None:
    before = files()
    person = request.getfixturevalue("person")
    assert len(files() - before) == 3  # portrait, scan, and a scan whose row had been deleted
    with django_capture_on_commit_callbacks(execute=True):
        assert "3 berkas dihapus" in run(person.register_number)
    assert files() - before == set()


def test_files_stay_until_the_change_is_final(person: Officer) -> None:
    before = files()
    run(person.register_number)  # within the transaction of the test
    assert files() == before


def test_the_account_is_closed(person: Officer, client: Client) -> None:
    user = person.user
    client.force_login(user)
    run(person.register_number)
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password(), user.nip) == (False, False, None)
    assert user.name == f"Petugas {person.register_number}"
    assert client.get(reverse("registry:own_profile")).status_code == 302
    assert not RoleGrant.objects.filter(user=user, valid_until=None).exists()
    assert Officer.objects.get(pk=person.pk).user is None


# --- What stays ---------------------------------------------------------------------------------------------


def directory(client: Client) -> list[Any]:
    caches = []
    for query in ("", "provinsi=32", "jenjang=ahli_muda", "status=aktif", "per=2020-12-31"):
        page = client.get(reverse("registry:directory"), QUERY_STRING=query)
        caches.append((page.context["headline"], repr(page.context["filters"])))
    return caches


def test_the_statistics_stay(person: Officer, client: Client, disnaker_indramayu: Unit) -> None:
    make_officers(5, disnaker_indramayu)
    dates = [dt.date(2020, 1, 1), dt.date.today()]
    before = [home_figures(day) for day in dates], directory(client)
    run(person.register_number)
    assert ([home_figures(day) for day in dates], directory(client)) == before


def test_number_statuses_and_postings_stay(person: Officer, client: Client) -> None:
    kept = [
        list(person.statuses.values("status", "since")),
        list(person.jenjang_records.values("jenjang", "since")),
        list(person.pangkat_records.values("golongan", "since")),
        list(person.postings.values("unit", "jenjang", "period")),
        list(person.expertise.values("code")),
    ]
    run(person.register_number)
    officer = Officer.objects.get(register_number=person.register_number)
    assert kept == [
        list(officer.statuses.values("status", "since")),
        list(officer.jenjang_records.values("jenjang", "since")),
        list(officer.pangkat_records.values("golongan", "since")),
        list(officer.postings.values("unit", "jenjang", "period")),
        list(officer.expertise.values("code")),
    ]
    assert (officer.sex, officer.birth_date.year) == (person.sex, BORN.year)
    page = client.get(reverse("registry:profile", args=[officer.register_number]))
    assert f"Petugas {officer.register_number}" in page.text


def test_nobody_else_is_touched(person: Officer, siti: User, budi: User) -> None:
    def others() -> list[Any]:
        return [
            *Officer.objects.exclude(pk=person.pk).order_by("pk").values(),
            *User.objects.exclude(pk=person.user_id).order_by("pk").values(),
            *Officer.pgh_event_model.objects.exclude(pgh_obj=person.pk).order_by("pgh_id").values(),  # type: ignore[attr-defined]
        ]

    before = others()
    run(person.register_number)
    assert others() == before


def test_a_namesake_keeps_the_name_and_is_pointed_out(person: Officer) -> None:
    namesake = make_officer(NAME, nip=None)
    said = run(person.register_number)
    namesake.refresh_from_db()
    assert namesake.name == NAME
    assert "registry_officer.name: 1 baris" in said
    assert NAME not in said


def test_reasons_that_name_another_of_a_common_name_stay(joko: User, rina: User) -> None:
    with actions.change(by=rina, reason="Joko Widodo menandatangani SK"):
        RoleGrant.objects.create(user=rina, role="redaksi")
    run(joko.officer.register_number)
    assert "joko widodo menandatangani" in everything()


def test_who_looked_and_when_stays(person: Officer) -> None:
    before = AccessRecord.objects.filter(officer=person).values("viewer", "viewed_at", "fields")
    kept = list(before)
    run(person.register_number)
    assert list(before.all()) == kept
    noted = AccessRecord.objects.get(officer=person, channel=AccessRecord.Channel.PROFILE)
    assert noted.reason == "Telepon dari [dihapus]"
    assert noted.address == "10.1.1.1"  # the viewer's, not theirs


def test_a_record_merged_into_it_goes_along(person: Officer) -> None:
    twin = make_officer("Nurhayati K. Wardhani", nip=None)
    Officer.objects.filter(pk=twin.pk).update(merged_into=person)
    run(person.register_number)
    assert "wardhani" not in everything()
    twin.refresh_from_db()
    assert twin.merged_into == person


# --- It is written down -------------------------------------------------------------------------------------


def test_is_written_down(person: Officer, rina: User) -> None:
    run(person.register_number, reason=f"Permintaan {NAME}")
    done = Anonymisation.objects.get()
    assert (done.register_number, done.by) == (person.register_number, rina)
    assert done.reason == "Permintaan [dihapus]"
    event: Any = Officer.pgh_event_model.objects.filter(pgh_obj=person.pk).latest("pgh_id")  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == f"Anonimisasi {person.register_number}"
    assert event.pgh_context.metadata["user"] == rina.pk


def test_twice_is_harmless_and_says_so(person: Officer) -> None:
    run(person.register_number)
    before = everything()
    assert "sudah dianonimkan pada" in run(person.register_number)
    assert everything() == before


def test_what_was_typed_in_again_is_removed_again(person: Officer) -> None:
    run(person.register_number)
    Officer.objects.filter(pk=person.pk).update(name=NAME, private_phone="0811-9999-0001")
    assert "Selesai" in run(person.register_number)
    assert "0811-9999-0001" not in everything()
    assert Anonymisation.objects.count() == 2


def test_the_history_is_as_closed_as_before(person: Officer) -> None:
    run(person.register_number)
    events: Any = Officer.pgh_event_model.objects  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="Cannot update or delete"):
        events.filter(pgh_obj=person.pk).update(name="x")
