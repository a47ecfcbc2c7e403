"""Two people at one record in the admin: nobody's change is lost in silence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry import actions
from registry.models import Expertise, Officer, PangkatRecord, Posting, StatusRecord, Unit
from tests.factories import make_officer, make_province, make_regency, make_unit
from tests.registry.admin_forms import errors, filled, posting, row

CONFLICT = "Data ini diubah orang lain sejak Anda membukanya. Belum ada yang disimpan."


@pytest.fixture
def clerk(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


@pytest.fixture
def officer(db: None) -> Officer:
    make_province()
    return make_officer("Siti Wulandari", unit=make_unit(make_regency()), birth_place="Indramayu")


@pytest.fixture
def address(officer: Officer) -> str:
    return reverse("admin:registry_officer_change", args=[officer.pk])


def meanwhile(officer: Officer, by: User, **values: Any) -> None:
    with actions.change(by=by, reason="Perbaikan oleh kantor lain"):
        Officer.objects.filter(pk=officer.pk).update(**values)


def again(response: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What the page of the conflict would send: its own values, not those sent before."""
    sent = dict(data)
    form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for bound_form in [form, *(item for formset in formsets for item in formset.forms)]:
        for bound in bound_form:
            value = bound.value()
            sent.pop(bound.html_name, None)
            if value is not None and value is not False:
                sent[bound.html_name] = "on" if value is True else value
    return sent


def test_a_conflict_says_who_changed_what_and_keeps_the_input(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    data = filled(clerk, address, bio="Isian saya", reason="Perbaikan")
    meanwhile(officer, admin, birth_place="Cirebon")
    response = clerk.post(address, data)
    page = response.content.decode()
    assert errors(response) == [CONFLICT]
    assert "Administrator" in page
    assert "Perbaikan oleh kantor lain" in page
    assert "Cirebon" in page
    assert response.context["adminform"].form["bio"].value() == "Isian saya"
    officer.refresh_from_db()
    assert officer.bio == ""


def test_saving_after_the_conflict_keeps_both_changes(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    data = filled(clerk, address, bio="Isian saya", reason="Perbaikan")
    meanwhile(officer, admin, birth_place="Cirebon")
    response = clerk.post(address, again(clerk.post(address, data), data))
    assert response.status_code == 302
    officer.refresh_from_db()
    assert (officer.bio, officer.birth_place) == ("Isian saya", "Cirebon")


def test_a_field_changed_by_both_is_shown_and_the_clerk_decides(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    data = filled(clerk, address, birth_place="Majalengka", reason="Perbaikan")
    meanwhile(officer, admin, birth_place="Cirebon")
    first = clerk.post(address, data)
    (clash,) = first.context["conflict"].clashes
    assert (clash.label, clash.stored, clash.typed) == ("Tempat lahir", "Cirebon", "Majalengka")
    assert clerk.post(address, again(first, data)).status_code == 302
    officer.refresh_from_db()
    assert officer.birth_place == "Majalengka"


def test_rows_changed_by_another_clerk_count_too(
    clerk: Client, officer: Officer, address: str, rina: User
) -> None:
    mine = filled(clerk, address, bio="Isian saya", reason="Perbaikan")
    theirs = filled(
        clerk, address, reason="Kenaikan pangkat",
        **row("pangkat_records", 1, golongan="III/d", since="1-4-2021"),
    )  # fmt: skip
    assert clerk.post(address, theirs).status_code == 302
    response = clerk.post(address, mine)
    assert errors(response) == [CONFLICT]
    assert "Kenaikan pangkat" in response.content.decode()
    assert clerk.post(address, again(response, mine)).status_code == 302
    assert PangkatRecord.objects.filter(officer=officer).count() == 2


def test_a_row_changed_meanwhile_keeps_the_newer_value_where_untouched(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    data = filled(clerk, address, reason="Nomor SK", **posting(0, sk_number="821/5"))
    with actions.change(by=admin, reason="Pensiun"):
        item = officer.postings.get()
        item.period = type(item.period)(item.first_day, dt.date(2026, 1, 1))
        item.save()
        actions.count_change(officer, since=officer.version)
    response = clerk.post(address, data)
    assert errors(response) == [CONFLICT]
    assert clerk.post(address, again(response, data)).status_code == 302
    stored = Posting.objects.get()
    assert (stored.sk_number, stored.last_day) == ("821/5", dt.date(2025, 12, 31))


def test_a_row_deleted_meanwhile_stays_on_the_page_marked_for_deletion(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    data = filled(clerk, address, bio="Isian saya", reason="Perbaikan")
    delete_status(officer, admin)
    response = clerk.post(address, data)
    assert "Baris ini sudah dihapus orang lain" in response.content.decode()
    assert clerk.post(address, again(response, data)).status_code == 302
    assert not StatusRecord.objects.exists()


def test_a_row_deleted_meanwhile_can_be_kept(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    data = filled(clerk, address, reason="Perbaikan", **{"statuses-0-sk_number": "S-1"})
    delete_status(officer, admin)
    sent = again(clerk.post(address, data), data)
    assert sent.pop("statuses-0-DELETE") == "on"
    response = clerk.post(address, sent)
    assert response.status_code == 302, errors(response)
    assert StatusRecord.objects.get().sk_number == "S-1"


def delete_status(officer: Officer, by: User) -> None:
    with actions.change(by=by, reason="Salah catat"):
        officer.statuses.get().delete()
        actions.count_change(officer, since=officer.version)


def test_expertise_added_meanwhile_is_not_taken_away(
    clerk: Client, officer: Officer, address: str, admin: User
) -> None:
    item = Expertise.objects.all()[0]
    data = filled(clerk, address, bio="Isian saya", reason="Perbaikan")
    with actions.change(by=admin, reason="Keahlian"):
        officer.expertise.add(item)
        actions.count_change(officer, since=officer.version)
    response = clerk.post(address, data)
    assert clerk.post(address, again(response, data)).status_code == 302
    assert list(officer.expertise.all()) == [item]


@pytest.mark.parametrize("version", ["", "abc", "-1", "999999", "\0", "²"])
def test_a_version_that_never_was_is_a_conflict(
    clerk: Client, officer: Officer, address: str, version: str
) -> None:
    data = filled(clerk, address, bio="Isian saya", reason="Perbaikan", seen_version=version)
    response = clerk.post(address, data)
    assert CONFLICT in errors(response)
    assert clerk.post(address, again(response, data)).status_code == 302


def test_saving_twice_in_a_row_is_no_conflict(clerk: Client, address: str) -> None:
    for text in ("satu", "dua"):
        data = filled(clerk, address, bio=text, reason="Perbaikan")
        assert clerk.post(address, data).status_code == 302


def test_units_have_conflicts_as_well(clerk: Client, officer: Officer, admin: User) -> None:
    unit = Unit.objects.get()
    address = reverse("admin:registry_unit_change", args=[unit.pk])
    data = filled(clerk, address, phone="0234-1", reason="Nomor baru")
    with actions.change(by=admin, reason="Pindah kantor"):
        Unit.objects.filter(pk=unit.pk).update(address="Jl. Baru 1")
    response = clerk.post(address, data)
    assert errors(response) == [CONFLICT]
    assert clerk.post(address, again(response, data)).status_code == 302
    unit.refresh_from_db()
    assert (unit.phone, unit.address) == ("0234-1", "Jl. Baru 1")
