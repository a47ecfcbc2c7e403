"""Units, regions and fields of expertise in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import Expertise, Region, Unit
from tests.factories import make_province, make_regency, make_unit
from tests.registry.admin_forms import errors, filled


@pytest.fixture
def clerk(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


@pytest.fixture
def regions(db: None) -> None:
    make_province()
    make_regency()


def enter(clerk: Client, table: str, **typed: Any) -> Any:
    address = reverse(f"admin:registry_{table}_add")
    return clerk.post(address, filled(clerk, address, **typed))


@pytest.mark.parametrize(
    ("tier", "region", "sentence"),
    [
        ("provinsi", "", "Dinas provinsi memerlukan sebuah provinsi."),
        (
            "provinsi",
            "32.12",
            "Dinas provinsi memerlukan sebuah provinsi; yang dipilih Kabupaten Indramayu.",
        ),
        ("kabupaten_kota", "", "Dinas kabupaten/kota memerlukan kabupaten atau kota."),
        (
            "kabupaten_kota",
            "32",
            (
                "Dinas kabupaten/kota memerlukan kabupaten atau kota; "
                "yang dipilih provinsi Jawa Barat."
            ),
        ),
    ],
)
def test_the_region_of_a_unit_must_fit_its_tier(
    clerk: Client, regions: None, tier: str, region: str, sentence: str
) -> None:
    typed = {"name": "Disnaker", "short_name": "Disnaker", "tier": tier, "region": region}
    response = enter(clerk, "unit", address="Jl. Contoh 1", **typed)
    assert errors(response) == [sentence]
    assert response.context["adminform"].form["address"].value() == "Jl. Contoh 1"


@pytest.mark.parametrize(
    ("tier", "region"),
    [("pusat", ""), ("lembaga", "32.12"), ("provinsi", "32"), ("kabupaten_kota", "32.12")],
)
def test_a_unit_of_each_tier_is_entered(
    clerk: Client, regions: None, tier: str, region: str
) -> None:
    typed = {"name": "Kantor", "short_name": "Kantor", "tier": tier, "region": region}
    response = enter(clerk, "unit", **typed)
    assert response.status_code == 302, errors(response)
    assert Unit.objects.get().region_id == (region or None)


def test_a_unit_does_not_end_before_it_begins_nor_succeed_itself(
    clerk: Client, regions: None
) -> None:
    unit = make_unit(Region.objects.get(code="32.12"))
    address = reverse("admin:registry_unit_change", args=[unit.pk])
    typed = {"valid_from": "1-1-2020", "valid_until": "31-12-2019", "successor": unit.pk}
    response = clerk.post(address, filled(clerk, address, reason="Tutup", **typed))
    assert sorted(errors(response)) == [
        "Unit tidak dapat menjadi penerus dirinya sendiri.",
        "“Berlaku sampai” mendahului “berdiri sejak”.",
    ]


def test_the_list_of_units_is_searched_by_abbreviation(clerk: Client, regions: None) -> None:
    make_unit(Region.objects.get(code="32.12"))
    make_unit(Region.objects.get(code="32"), name="Balai Latihan", short_name="BLK")
    page = clerk.get(reverse("admin:registry_unit_changelist"), {"q": "disnaker kab"})
    assert [unit.short_name for unit in page.context["cl"].result_list] == [
        "Disnaker Kab. Indramayu"
    ]


def test_the_code_of_a_region_never_changes(clerk: Client, regions: None) -> None:
    address = reverse("admin:registry_region_change", args=["32.12"])
    data = filled(clerk, address, name="Kabupaten Indramayu Baru", reason="Uji", code="32.99")
    assert clerk.post(address, data).status_code == 302
    assert Region.objects.get(code="32.12").name == "Kabupaten Indramayu Baru"
    assert not Region.objects.filter(code="32.99").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "3", "level": "provinsi"}, "Kode provinsi terdiri atas dua angka"),
        ({"code": "3213", "level": "kabupaten", "parent": "32"}, "seperti “32.12”"),
        ({"code": "33.01", "level": "kabupaten", "parent": "32"}, "Pilih provinsi dengan kode 33"),
        ({"code": "34", "level": "provinsi", "parent": "32"}, "tidak berada di dalam provinsi"),
        ({"code": "32", "level": "provinsi"}, "Kode"),
    ],
)
def test_a_region_must_agree_with_its_code(
    clerk: Client, regions: None, typed: dict[str, str], sentence: str
) -> None:
    typed = {"name": "Wilayah Uji", "time_zone": "Asia/Jakarta", **typed}
    (found,) = errors(enter(clerk, "region", **typed))
    assert sentence in found


def test_a_region_is_not_deleted(clerk: Client, regions: None) -> None:
    address = reverse("admin:registry_region_delete", args=["32.12"])
    assert clerk.post(address, {"post": "yes", "reason": "x"}).status_code == 403
    assert Region.objects.filter(code="32.12").exists()


def test_expertise_is_added(clerk: Client) -> None:
    response = enter(clerk, "expertise", name="Magang", code="magang")
    assert response.status_code == 302
    assert Expertise.objects.filter(code="magang").exists()


def test_documents_are_only_read(clerk: Client) -> None:
    assert clerk.get(reverse("admin:registry_document_add")).status_code == 403


def test_every_constraint_has_a_sentence_of_its_own() -> None:
    for model in apps.get_app_config("registry").get_models():
        for constraint in model._meta.constraints:
            if not model.__name__.endswith("Event") and model.__name__ != "RegisterCounter":
                message = str(constraint.violation_error_message)
                assert message != str(constraint.default_violation_error_message), constraint.name
