"""An Admin Provinsi reads the register's admin: by no path anything of another province."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from epk.lib.files import check_document
from registry.actions import note_view, store_document
from registry.models import Document, Officer, StatusRecord
from registry.rules import Field
from tests.factories import make_officer, make_regency, make_unit
from tests.made_files import image
from tests.registry.two_provinces import TODAY, Province, Side, move, page

LIST = "officer_changelist"
SOON = TODAY + dt.timedelta(days=90)


def listed(side: Side, **query: str) -> list[str]:
    response = side.client.get(page(LIST), query, follow=True)
    side.unnamed(response)
    return [officer.name for officer in response.context["cl"].result_list]


def scan_of(province: Province) -> Document:
    upload = SimpleUploadedFile(f"SK {province.planted}.jpg", image("JPEG"))
    return store_document(province.officer, check_document(upload), kind="sk", by=None)


# --- The first page ------------------------------------------------------------------------------


def test_the_first_page_names_the_province_and_holds_its_tables_alone(side: Side) -> None:
    text = side.get(reverse("admin:index"))
    response = side.client.get(reverse("admin:index"))
    names = {
        model["object_name"] for app in response.context["app_list"] for model in app["models"]
    }
    assert names == {"Officer", "Unit", "Document", "AccessRecord"}
    assert {"32": "Jawa Barat", "11": "Aceh"}[side.own.code] in text


def test_the_first_page_lists_nobody_whom_one_has_changed_before(side: Side) -> None:
    """Django's box of recent actions would name an officer who has since moved away."""
    LogEntry.objects.create(
        user=side.user, object_id=str(side.other.officer.pk), action_flag=2,
        content_type=ContentType.objects.get_for_model(Officer),
        object_repr=str(side.other.officer), change_message="[]",
    )  # fmt: skip
    side.get(reverse("admin:index"))
    side.get(reverse("admin:app_list", args=["registry"]))


@pytest.mark.parametrize("table", ["region", "expertise"])
def test_tables_of_the_nation_are_closed(side: Side, table: str) -> None:
    for address in (page(f"{table}_changelist"), page(f"{table}_add")):
        assert side.client.get(address).status_code == 403
    assert side.client.post(page(f"{table}_add"), {"name": "x", "code": "x"}).status_code == 403
    assert side.client.get(page("region_change", side.own.code)).status_code == 403


@pytest.mark.parametrize("table", ["user", "rolegrant"])
def test_accounts_and_grants_are_closed(side: Side, table: str) -> None:
    for name in ("changelist", "add"):
        address = reverse(f"admin:accounts_{table}_{name}")
        assert side.client.get(address).status_code == 403


# --- The list of officers ------------------------------------------------------------------------


def test_the_list_holds_and_counts_own_officers_alone(side: Side) -> None:
    assert listed(side) == [side.own.officer.name]
    assert "1 petugas" in side.get(page(LIST))


def test_nobody_else_is_found_by_name_nip_number_or_unit(side: Side) -> None:
    other = side.other
    number = str(other.officer.register_number)
    for asked in (other.officer.name, other.nip, number, str(other.officer.number)):
        response = side.client.get(page(LIST), {"q": asked})
        assert list(response.context["cl"].result_list) == []
    assert listed(side, q=other.unit.short_name) == []
    assert listed(side, q=side.own.nip) == [side.own.officer.name]


def test_the_list_shows_neither_nip_nor_golongan(side: Side) -> None:
    text = side.get(page(LIST))
    assert side.own.officer.name in text
    assert side.own.nip[:8] not in text
    assert "III/c" not in text


def test_filters_offer_and_obey_own_places_alone(side: Side) -> None:
    text = side.get(page(LIST))
    assert "pusat" not in text.lower().split('id="changelist-filter"')[1]
    assert f"?provinsi={side.other.code}" not in text
    assert f"kabupaten={side.own.code}.71" in text
    assert f"kabupaten={side.other.code}.71" not in text
    assert listed(side, kabupaten=f"{side.own.code}.71") == [side.own.officer.name]


@pytest.mark.parametrize(
    "query",
    [
        {"provinsi": "{code}"},
        {"kabupaten": "{code}.71"},
        {"tingkat": "pusat"},
        {"jenjang": "ahli_muda", "status": "aktif", "tingkat": "kabupaten_kota"},
        {"_facets": "True"},
        {"e": "1"},
        {"o": "3.-1.99.x"},
        {"p": "0"},
        {"p": "99999"},
        {"all": ""},
        {"_popup": "1"},
        {"_popup": "1", "_to_field": "id"},
        {"merged_into__id__exact": "{id}"},
        {"postings__unit__region__exact": "{code}"},
        {"nip__startswith": "19"},
        {"id__in": "{id}"},
        {"_changelist_filters": "provinsi={code}"},
    ],
    ids=str,
)
def test_a_list_asked_by_hand_holds_nobody_else(side: Side, query: dict[str, str]) -> None:
    known = {"code": side.other.code, "id": str(side.other.officer.pk)}
    asked = {key: value.format(**known) for key, value in query.items()}
    assert set(listed(side, **asked)) <= {side.own.officer.name}


def test_a_list_by_a_column_that_is_no_key_is_refused(side: Side) -> None:
    for column in ("nip", "name", "user"):
        response = side.client.get(page(LIST), {"_popup": "1", "_to_field": column})
        assert response.status_code == 400
        side.unnamed(response)


def test_the_queries_of_the_lists_do_not_grow(
    client: Client, dewi: User, rina: User, jabar: Province
) -> None:
    client.force_login(dewi)

    def count() -> dict[str, int]:
        found = {}
        for table in ("officer", "unit", "document", "accessrecord"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page(f"{table}_changelist")).status_code == 200
            found[table] = len(captured)
        return found

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            region = make_regency(f"32.{20 + number}", f"Kabupaten Contoh {number}")
            officer = make_officer(f"Petugas {number}", unit=make_unit(region))
            Document.objects.create(
                officer=officer, original_name="sk.pdf", content_type="application/pdf",
                size=1, pages=1, sha256="0" * 64, uploaded_by=rina,
            )  # fmt: skip
            note_view(officer, [Field.NIP], by=rina, channel="profil")

    fill(0, 2)
    few = count()
    fill(2, 20)
    assert count() == few
    assert max(few.values()) <= 8


# --- Choices -------------------------------------------------------------------------------------

VIEWS_OF_CHOICES = ("admin:autocomplete", "admin:registry_unit_choose")
CHOICES = [
    ("officer", "merged_into"),
    ("posting", "officer"),
    ("document", "officer"),
    ("accessrecord", "officer"),
    ("posting", "unit"),
    ("unit", "successor"),
    ("posting", "document"),
]


@pytest.mark.parametrize(("model", "field"), CHOICES)
def test_choices_offer_own_rows_alone(side: Side, model: str, field: str) -> None:
    scan_of(side.other)
    mine = scan_of(side.own)
    asked = {"app_label": "registry", "model_name": model, "field_name": field}
    terms = ("", side.other.planted, side.other.nip, side.other.unit.name)
    for view, term in product(VIEWS_OF_CHOICES, terms):
        response = side.client.get(reverse(view), {**asked, "term": term})
        assert response.status_code == 200
        side.unnamed(response)
        found = {item["id"] for item in response.json()["results"]}
        assert found <= {str(side.own.officer.pk), str(side.own.unit.pk), str(mine.pk)}
        assert found if term == "" else not found


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("registry", "officer", "user"),
        ("registry", "document", "uploaded_by"),
        ("registry", "accessrecord", "viewer"),
        ("accounts", "rolegrant", "user"),
        ("registry", "unit", "region"),
        ("registry", "region", "parent"),
        ("registry", "officerexpertise", "expertise"),
        ("registry", "officer", "name"),
        ("registry", "nothing", "officer"),
    ],
)
def test_choices_of_other_tables_are_closed(side: Side, app: str, model: str, field: str) -> None:
    asked = {"app_label": app, "model_name": model, "field_name": field}
    for view in VIEWS_OF_CHOICES:
        assert side.client.get(reverse(view), asked).status_code == 403


# --- Pages of one record -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["change", "history", "delete"])
@pytest.mark.parametrize("table", ["officer", "unit", "document"])
def test_a_page_of_another_province_is_not_found(side: Side, table: str, name: str) -> None:
    rows = {"officer": side.other.officer, "unit": side.other.unit}
    key = rows[table].pk if table in rows else scan_of(side.other).pk
    # Documents are deleted by nobody, which is asked before which one it is.
    expected = 403 if (table, name) == ("document", "delete") else 404
    for query in ("", "?_popup=1", "?_to_field=id", "?_popup=1&_to_field=id"):
        for method in (side.client.get, side.client.head):
            response = method(page(f"{table}_{name}", key) + query)
            assert response.status_code == expected
            side.unnamed(response)


def test_an_officer_elsewhere_and_one_that_is_nowhere_get_one_answer(side: Side) -> None:
    elsewhere = side.client.get(page("officer_change", side.other.officer.pk))
    nowhere = side.client.get(page("officer_change", 99_999_999))
    assert elsewhere.status_code == nowhere.status_code == 404
    assert elsewhere.context["request"].path != nowhere.context["request"].path


def test_view_on_site_and_the_short_address_tell_nothing(side: Side) -> None:
    kind = ContentType.objects.get_for_model(Officer).pk
    response = side.client.get(reverse("admin:view_on_site", args=[kind, side.other.officer.pk]))
    assert response.status_code == 404
    side.unnamed(response)
    short = f"{page(LIST)}{side.other.officer.pk}/"
    side.unnamed(side.client.get(short))
    assert side.client.get(short, follow=True).status_code == 404


def test_own_pages_open(side: Side) -> None:
    officer, scan = side.own.officer, scan_of(side.own)
    for name in ("change", "history", "delete"):
        assert side.own.planted in side.get(page(f"officer_{name}", officer.pk))
        assert side.get(page(f"unit_{name}", side.own.unit.pk))
    side.get(page("document_change", scan.pk))
    side.get(page("officer_add"))
    assert side.own.nip[:8] in side.get(page("officer_change", officer.pk))


def test_the_account_of_an_officer_is_not_shown(side: Side, siti: User) -> None:
    Officer.objects.filter(user=siti).update(user=None)
    Officer.objects.filter(pk=side.own.officer.pk).update(user=siti)
    for name in ("change", "history"):
        assert "Siti Wulandari" not in side.get(page(f"officer_{name}", side.own.officer.pk))


# --- What points across the border ---------------------------------------------------------------


def test_a_record_merged_into_one_elsewhere_does_not_name_it(side: Side) -> None:
    Officer.objects.filter(pk=side.own.officer.pk).update(merged_into=side.other.officer)
    for name in ("change", "history", "delete"):
        text = side.get(page(f"officer_{name}", side.own.officer.pk))
        assert ("etugas di luar wilayah Anda" in text) is (name != "delete")


def test_a_record_elsewhere_merged_into_ones_own_stays_unnamed(side: Side, rina: User) -> None:
    """Its history refers to this officer, and would come along with name and NIP."""
    twin = Officer.objects.filter(pk=side.other.officer.pk)
    twin.update(merged_into=side.own.officer)
    twin.update(name=f"{side.other.planted} Baru")
    side.get(page("officer_history", side.own.officer.pk))
    text = side.get(page("officer_delete", side.own.officer.pk))
    assert "1 petugas" not in text
    side.client.force_login(rina)
    whole = side.client.get(page("officer_history", side.own.officer.pk)).content.decode()
    assert side.other.planted in whole


def test_the_unit_of_someone_who_moved_away_names_and_counts_nobody(side: Side) -> None:
    officer = make_officer(f"{side.other.planted} Kedua", unit=side.own.unit)
    move(officer, side.other.unit)
    assert ">2</td>" not in side.get(page("unit_changelist"))
    text = side.get(page("unit_delete", side.own.unit.pk))
    assert "penempatan" in text
    assert "2 penempatan" not in text
    for name in ("change", "history"):
        side.get(page(f"unit_{name}", side.own.unit.pk))


def test_documents_are_of_own_officers_alone(side: Side) -> None:
    scan_of(side.other)
    mine = scan_of(side.own)
    response = side.client.get(page("document_changelist"))
    side.unnamed(response)
    assert list(response.context["cl"].result_list) == [mine]
    for asked in (side.other.planted, side.other.officer.register_number):
        found = side.client.get(page("document_changelist"), {"q": asked})
        assert list(found.context["cl"].result_list) == []


def test_a_scan_is_downloaded_in_scope_alone(side: Side) -> None:
    for province, status in ((side.own, 200), (side.other, 404)):
        scan = scan_of(province)
        number = province.officer.register_number
        address = reverse("registry:document", args=[number, scan.pk])
        assert side.client.get(address).status_code == status
        lured = reverse("registry:document", args=[side.own.officer.register_number, scan.pk])
        assert side.client.get(lured).status_code == status


def test_a_photo_of_an_unlisted_officer_elsewhere_is_not_found(side: Side) -> None:
    """Whoever keeps the record sees it before the officer is listed; others do not."""
    for province, status in ((side.own, 200), (side.other, 404)):
        StatusRecord.objects.filter(officer=province.officer).delete()
        Officer.objects.filter(pk=province.officer.pk).update(photo_public=True)
        province.officer.refresh_from_db()
        province.officer.photo.save("foto.webp", SimpleUploadedFile("foto.webp", image("WEBP")))
        address = reverse("registry:photo", args=[province.officer.register_number])
        assert side.client.get(address).status_code == status
