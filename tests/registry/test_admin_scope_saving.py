"""An Admin Provinsi writes officers: nothing goes to, comes from or names another province."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pghistory.models import Events

from accounts.models import RoleGrant, User
from epk.lib.files import check_document
from registry.actions import store_document
from registry.models import Document, Officer, Posting, Region, StatusRecord, Unit
from tests.factories import make_officer, make_unit
from tests.made_files import image
from tests.registry.admin_forms import errors, filled, posting, row
from tests.registry.two_provinces import LAST_YEAR, TODAY, Province, Side, move, page

ADD = page("officer_add")
OUTSIDE = "Pilih unit kerja di wilayah Anda. Mutasi ke luar provinsi dicatat oleh Ditjen."
LEAVES = (
    "Sesudah perubahan ini petugas tidak lagi di wilayah Anda. Mutasi ke luar provinsi dicatat oleh "
    "Ditjen."
)
NEEDS_ONE = "Isi paling sedikit satu penempatan"


def add(side: Side, **typed: Any) -> Any:
    typed = {"name": "Ketut Baru", "sex": "L", **typed}
    response = side.client.post(ADD, filled(side.client, ADD, **typed))
    side.unnamed(response)
    return response


def change(side: Side, **typed: Any) -> Any:
    address = page("officer_change", side.own.officer.pk)
    data = filled(side.client, address, reason="SK baru", **typed)
    response = side.client.post(address, data)
    side.unnamed(response)
    return response


def at(unit: Unit, **values: Any) -> dict[str, Any]:
    return {"unit": unit.pk, "jenjang": "ahli_muda", "start": f"{LAST_YEAR:%d-%m-%Y}", **values}


def state(officer: Officer) -> list[Any]:
    """The officer's row and postings, to see that nothing has been saved."""
    rows = Posting.objects.filter(officer=officer).order_by("pk")
    return [*Officer.objects.filter(pk=officer.pk).values(), *rows.values()]


def scan_of(province: Province) -> Document:
    upload = SimpleUploadedFile(f"SK {province.planted}.jpg", image("JPEG"))
    return store_document(province.officer, check_document(upload), kind="sk", by=None)


# --- Adding --------------------------------------------------------------------------------------


def test_an_officer_is_added_in_ones_own_province(side: Side) -> None:
    response = add(side, **row("postings", 0, **at(side.own.unit)))
    assert response.status_code == 302, errors(response)
    officer = Officer.objects.in_scope_of(side.user).get(name="Ketut Baru")
    assert Events.objects.tracks(officer).get().pgh_context["user"] == side.user.pk


def test_an_officer_is_not_added_without_a_posting(side: Side) -> None:
    response = add(side, birth_place="Garut")
    (sentence,) = errors(response)
    assert sentence.startswith(NEEDS_ONE)
    assert response.context["adminform"].form["birth_place"].value() == "Garut"
    assert not Officer.objects.filter(name="Ketut Baru").exists()


def test_an_officer_is_not_added_elsewhere(side: Side) -> None:
    response = add(side, bio="Catatan panjang.", **row("postings", 0, **at(side.other.unit)))
    assert OUTSIDE in errors(response)
    assert response.context["adminform"].form["bio"].value() == "Catatan panjang."
    assert not Officer.objects.filter(name="Ketut Baru").exists()


def test_one_posting_at_home_does_not_let_another_in_elsewhere(side: Side) -> None:
    before = at(side.other.unit, start="1-1-2010", end="31-12-2012")
    typed = row("postings", 0, **at(side.own.unit)) | row("postings", 1, **before)
    assert OUTSIDE in errors(add(side, **typed))
    assert not Officer.objects.filter(name="Ketut Baru").exists()


@pytest.mark.parametrize("tier", ["pusat", "lembaga"])
def test_nobody_is_added_to_the_centre(side: Side, tier: str) -> None:
    region = Region.objects.get(code=side.own.code)
    centre = make_unit(region, name="Balai", short_name="Balai", tier=tier)
    assert OUTSIDE in errors(add(side, **row("postings", 0, **at(centre))))


@pytest.mark.parametrize("query", ["?merged_into={id}", "?user={id}", "?postings-0-unit={unit}"])
def test_an_address_that_fills_the_form_names_nobody(side: Side, query: str) -> None:
    known = {"id": side.other.officer.pk, "unit": side.other.unit.pk}
    side.get(ADD + query.format(**known))


def test_a_change_sent_as_a_new_record_is_not_found(side: Side) -> None:
    for province in (side.own, side.other):
        address = page("officer_change", province.officer.pk)
        typed = row("postings", 0, **at(side.own.unit))
        data = filled(side.client, ADD, name="Salinan", sex="L", **typed) | {"_saveasnew": "1"}
        response = side.client.post(address, data)
        assert response.status_code == 404
        side.unnamed(response)
    assert not Officer.objects.filter(name="Salinan").exists()


def test_the_nip_of_someone_elsewhere_is_refused_without_a_name(side: Side) -> None:
    data = filled(
        side.client, ADD, name="Ketut Baru", nip=side.other.nip,
        **row("postings", 0, **at(side.own.unit)),
    )  # fmt: skip
    response = side.client.post(ADD, data)
    (sentence,) = errors(response)
    assert sentence.startswith("NIP ini sudah tercatat untuk petugas di luar wilayah Anda.")
    text = response.content.decode()
    assert side.other.planted not in text
    assert str(side.other.officer.register_number) not in text


def test_the_nip_of_someone_here_is_refused_with_the_name(side: Side) -> None:
    response = add(side, nip=side.own.nip, **row("postings", 0, **at(side.own.unit)))
    (sentence,) = errors(response)
    assert side.own.planted in sentence


# --- Changing ------------------------------------------------------------------------------------


def test_an_own_officer_is_changed(side: Side) -> None:
    assert change(side, birth_place="Tempat Baru").status_code == 302
    side.own.officer.refresh_from_db()
    assert side.own.officer.birth_place == "Tempat Baru"


@pytest.mark.parametrize("name", ["change", "delete", "history"])
def test_nothing_is_posted_to_an_officer_elsewhere(side: Side, name: str) -> None:
    before = state(side.other.officer)
    own = page("officer_change", side.own.officer.pk)
    data = filled(side.client, own, reason="Iseng", name="Diganti") | {"post": "yes"}
    for query in ("", "?_popup=1", "?_to_field=id"):
        response = side.client.post(page(f"officer_{name}", side.other.officer.pk) + query, data)
        assert response.status_code == 404
        side.unnamed(response)
    assert state(side.other.officer) == before


def test_deleting_elsewhere_without_a_reason_is_not_found_either(side: Side) -> None:
    address = page("officer_delete", side.other.officer.pk)
    assert side.client.post(address, {"post": "yes"}).status_code == 404


def test_a_new_posting_elsewhere_is_refused(side: Side) -> None:
    before = state(side.own.officer)
    ended = posting(0, end=f"{LAST_YEAR - dt.timedelta(days=1):%d-%m-%Y}")
    response = change(side, **ended, **row("postings", 1, **at(side.other.unit), sk_number="9/X"))
    assert OUTSIDE in errors(response)
    assert 'value="9/X"' in response.content.decode()
    assert state(side.own.officer) == before


def test_a_stored_posting_does_not_move_elsewhere(side: Side) -> None:
    before = state(side.own.officer)
    assert errors(change(side, **posting(0, unit=side.other.unit.pk))) == [OUTSIDE]
    assert state(side.own.officer) == before


def test_the_key_of_a_row_of_another_officer_changes_nothing_of_theirs(side: Side) -> None:
    theirs = side.other.officer.postings.get()
    before = state(side.other.officer)
    change(side, **posting(0, id=theirs.pk, officer=side.own.officer.pk, DELETE="on"))
    change(side, **posting(0, id=theirs.pk, sk_number="hilang"))
    status = side.other.officer.statuses.get()
    change(side, **{"statuses-0-id": status.pk, "statuses-0-DELETE": "on"})
    assert state(side.other.officer) == before
    assert side.other.officer.statuses.get() == status


def test_a_row_does_not_go_to_an_officer_elsewhere(side: Side) -> None:
    before = state(side.other.officer)
    change(side, **posting(0, officer=side.other.officer.pk))
    change(side, id=side.other.officer.pk, number=1, answering_province=side.other.code)
    assert state(side.other.officer) == before


def test_a_scan_of_someone_elsewhere_cannot_be_chosen(side: Side) -> None:
    response = change(side, **{"statuses-0-document": str(scan_of(side.other).pk)})
    assert len(errors(response)) == 1
    assert side.own.officer.statuses.get().document is None


def test_nobody_is_merged_into_someone_elsewhere(side: Side) -> None:
    response = change(side, merged_into=side.other.officer.pk)
    assert len(errors(response)) == 1
    side.own.officer.refresh_from_db()
    assert side.own.officer.merged_into is None


def test_a_merger_with_someone_elsewhere_is_kept(side: Side) -> None:
    own = Officer.objects.filter(pk=side.own.officer.pk)
    own.update(merged_into=side.other.officer)
    assert change(side, birth_place="Tempat Baru", merged_into="").status_code == 302
    assert own.get().merged_into == side.other.officer


def test_own_officers_are_merged(side: Side) -> None:
    twin = make_officer("Ganda", unit=side.own.unit)
    assert change(side, merged_into=twin.pk).status_code == 302
    side.own.officer.refresh_from_db()
    assert side.own.officer.merged_into == twin


def test_the_account_of_an_officer_is_not_theirs(side: Side, siti: User) -> None:
    Officer.objects.filter(user=siti).update(user=None)
    assert change(side, user=siti.pk).status_code == 302
    side.own.officer.refresh_from_db()
    assert side.own.officer.user is None


# --- Moving between provinces --------------------------------------------------------------------


@pytest.fixture
def moved_in(side: Side) -> Side:
    """The own officer served in the other province until a year ago."""
    own = side.own.officer.postings.get()
    own.unit = side.other.unit
    own.save()
    move(side.own.officer, side.own.unit)
    return side


def test_postings_elsewhere_are_shown_to_read(moved_in: Side) -> None:
    response = moved_in.client.get(page("officer_change", moved_in.own.officer.pk))
    (postings,) = [
        inline.formset for inline in response.context["inline_admin_formsets"]
        if inline.opts.model is Posting
    ]  # fmt: skip
    assert [form.instance.unit for form in postings.initial_forms] == [moved_in.own.unit]
    text = moved_in.unnamed(response)
    assert "Penempatan di luar wilayah Anda" in text
    assert f"{moved_in.other.unit.name}: 1 Januari 2015" in text


def test_postings_elsewhere_are_neither_changed_nor_deleted(moved_in: Side) -> None:
    there = moved_in.own.officer.postings.get(unit=moved_in.other.unit)
    before = Posting.objects.filter(pk=there.pk).values().get()
    home = moved_in.own.officer.postings.get(unit=moved_in.own.unit)
    for typed in ({"DELETE": "on"}, {"sk_number": "gelap", "unit": moved_in.own.unit.pk}):
        fields = posting(1, id=there.pk, officer=moved_in.own.officer.pk, **typed)
        counts = {"postings-TOTAL_FORMS": 2, "postings-INITIAL_FORMS": 2}
        change(moved_in, **fields, **counts, **posting(0, id=home.pk))
    assert Posting.objects.filter(pk=there.pk).values().get() == before
    assert moved_in.own.officer.postings.count() == 2


def test_odd_things_about_postings_elsewhere_are_not_told(moved_in: Side) -> None:
    """Whoever cannot mend them is not asked to."""
    Unit.objects.filter(pk=moved_in.other.unit.pk).update(valid_from=dt.date(2018, 1, 1))
    address = page("officer_change", moved_in.own.officer.pk)
    data = filled(moved_in.client, address, reason="Periksa")
    response = moved_in.client.post(address, data, follow=True)
    told = " ".join(str(message) for message in response.context["messages"])
    assert moved_in.other.unit.short_name not in told


def test_an_overlap_with_a_posting_elsewhere_names_no_unit(moved_in: Side) -> None:
    typed = row("postings", 1, **at(moved_in.own.unit, start="1-1-2016", end="31-12-2016"))
    (sentence,) = errors(change(moved_in, **typed))
    assert sentence.startswith("Bertumpuk dengan penempatan di luar wilayah Anda (1 Januari 2015")
    assert moved_in.other.unit.short_name not in sentence


def test_a_change_after_which_the_officer_is_elsewhere_is_refused(moved_in: Side) -> None:
    before = state(moved_in.own.officer)
    response = change(moved_in, birth_place="Tempat Baru", **posting(0, DELETE="on"))
    assert errors(response) == [LEAVES]
    assert response.context["adminform"].form["birth_place"].value() == "Tempat Baru"
    later = TODAY + dt.timedelta(days=100)
    assert errors(change(moved_in, **posting(0, start=f"{later:%d-%m-%Y}"))) == [LEAVES]
    assert state(moved_in.own.officer) == before


def test_the_last_posting_is_not_taken_away(side: Side) -> None:
    assert errors(change(side, **posting(0, DELETE="on"))) == [LEAVES]
    assert side.own.officer.postings.exists()


def test_a_refused_move_leaves_no_file_behind(side: Side, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    scan = SimpleUploadedFile("sk.jpg", image("JPEG"))
    assert errors(change(side, **posting(0, DELETE="on"), **{"statuses-0-upload": scan})) == [
        LEAVES
    ]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_one_who_moves_away_while_the_form_is_open_is_not_found(side: Side) -> None:
    address = page("officer_change", side.own.officer.pk)
    data = filled(side.client, address, reason="SK baru", birth_place="Tempat Baru")
    move(side.own.officer, side.other.unit)
    assert side.client.post(address, data).status_code == 404
    side.own.officer.refresh_from_db()
    assert side.own.officer.birth_place != "Tempat Baru"


# --- Who has a scope -----------------------------------------------------------------------------


def test_the_retired_are_kept_by_their_last_province(side: Side) -> None:
    StatusRecord.objects.create(officer=side.own.officer, status="pensiun", since=LAST_YEAR)
    last = side.own.officer.postings.get()
    last.period = (last.first_day, LAST_YEAR)
    last.save()
    assert change(side, birth_place="Tempat Baru").status_code == 302
    assert side.client.get(page("officer_change", side.other.officer.pk)).status_code == 404


def test_one_who_has_yet_to_begin_is_kept_by_the_first_province(side: Side) -> None:
    first = side.own.officer.postings.get()
    first.period = (TODAY + dt.timedelta(days=30), None)
    first.save()
    assert change(side, birth_place="Tempat Baru").status_code == 302


@pytest.mark.parametrize("tier", ["pusat", "lembaga"])
def test_an_officer_of_the_centre_in_ones_province_is_not_found(side: Side, tier: str) -> None:
    region = Region.objects.get(code=side.own.code)
    centre = make_unit(region, name="Balai", short_name="Balai", tier=tier)
    move(side.own.officer, centre)
    for name in ("change", "history", "delete"):
        assert side.client.get(page(f"officer_{name}", side.own.officer.pk)).status_code == 404
    assert side.own.planted not in side.client.get(page("officer_changelist")).content.decode()
    assert side.client.get(page("unit_change", centre.pk)).status_code == 404


def test_an_officer_without_a_posting_is_not_found(side: Side) -> None:
    officer = make_officer("Tanpa Penempatan")
    assert side.client.get(page("officer_change", officer.pk)).status_code == 404


@pytest.mark.parametrize("path", ["index", "registry_officer_changelist", "registry_officer_add"])
def test_a_grant_that_ended_yesterday_opens_nothing(side: Side, path: str) -> None:
    side.user.grants.update(valid_until=TODAY - dt.timedelta(days=1))
    address = page(path.removeprefix("registry_")) if path != "index" else "/admin/"
    assert side.client.get(address).status_code == 403
    own = page("officer_change", side.own.officer.pk)
    assert side.client.get(own).status_code == 403
    assert side.client.post(own, {"name": "Diganti"}).status_code == 403


def test_two_provinces_are_one_scope(side: Side) -> None:
    RoleGrant.objects.create(
        user=side.user, role="admin_provinsi", province_code=side.other.code,
        valid_from=dt.date(2024, 1, 1),
    )  # fmt: skip
    response = side.client.get(page("officer_changelist"))
    assert len(response.context["cl"].result_list) == 2
    assert "provinsi=11" in response.content.decode()
    address = page("officer_change", side.own.officer.pk)
    ended = posting(0, end=f"{LAST_YEAR - dt.timedelta(days=1):%d-%m-%Y}")
    typed = ended | row("postings", 1, **at(side.other.unit))
    data = filled(side.client, address, reason="Mutasi", **typed)
    assert side.client.post(address, data).status_code == 302
    assert Officer.objects.answering_province_of(side.own.officer.pk) == side.other.code


def test_ditjen_moves_an_officer_between_provinces(
    client: Client, rina: User, jabar: Province, serambi: Province, dewi: User, cut: User
) -> None:
    client.force_login(rina)
    address = page("officer_change", jabar.officer.pk)
    ended = posting(0, end=f"{LAST_YEAR - dt.timedelta(days=1):%d-%m-%Y}")
    typed = ended | row("postings", 1, **at(serambi.unit))
    data = filled(client, address, reason="Mutasi", **typed)
    assert client.post(address, data).status_code == 302
    assert not Officer.objects.in_scope_of(dewi).exists()
    assert jabar.officer in Officer.objects.in_scope_of(cut)
