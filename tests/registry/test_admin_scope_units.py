"""An Admin Provinsi keeps the Dinas of the province: none elsewhere, and none of the centre."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from registry.models import Region, Unit
from tests.factories import make_officer, make_unit
from tests.registry.admin_forms import errors, filled
from tests.registry.two_provinces import Province, Side, page

ADD = page("unit_add")
REGIONS = "Pilih wilayah di dalam provinsi Anda."
TIERS = "Unit Kemnaker dan lembaga lain dicatat oleh Ditjen; pilih Dinas di wilayah Anda."
SUCCESSORS = "Pilih unit penerus di wilayah Anda."


def typed(side: Side, **fields: Any) -> dict[str, Any]:
    new = {"name": "Dinas Baru", "short_name": "Dinas Baru", "tier": "kabupaten_kota"}
    return new | {"region": f"{side.own.code}.71"} | fields


def add(side: Side, **fields: Any) -> Any:
    response = side.client.post(ADD, filled(side.client, ADD, **typed(side, **fields)))
    side.unnamed(response)
    return response


def change(side: Side, **fields: Any) -> Any:
    address = page("unit_change", side.own.unit.pk)
    response = side.client.post(address, filled(side.client, address, reason="Tata", **fields))
    side.unnamed(response)
    return response


def named(text: str, side: Side) -> bool:
    """Whether a text names the unit of the other province."""
    return side.other.unit.name in text or side.other.unit.short_name in text


@pytest.mark.parametrize("tier", ["provinsi", "kabupaten_kota"])
def test_a_dinas_is_added_in_ones_province(side: Side, tier: str) -> None:
    region = side.own.code if tier == "provinsi" else f"{side.own.code}.71"
    response = add(side, tier=tier, region=region)
    assert response.status_code == 302, errors(response)
    assert Unit.objects.in_scope_of(side.user).filter(name="Dinas Baru").exists()


def test_the_form_offers_own_regions_and_tiers_alone(side: Side) -> None:
    form = side.client.get(ADD).context["adminform"].form
    assert {key for key, _ in form.fields["tier"].choices} == {"", "provinsi", "kabupaten_kota"}
    codes = {str(getattr(key, "value", key)) for key, _ in form.fields["region"].choices}
    assert codes == {"", side.own.code, f"{side.own.code}.71"}


@pytest.mark.parametrize("region", ["{code}", "{code}.71", "99", "x\0"])
def test_no_unit_is_added_elsewhere(side: Side, region: str) -> None:
    response = add(side, region=region.format(code=side.other.code), address="Jl. Contoh 1")
    assert errors(response) == [REGIONS] if "\0" not in region else errors(response)
    assert response.context["adminform"].form["address"].value() == "Jl. Contoh 1"
    assert not named(response.content.decode(), side)
    assert not Unit.objects.filter(name="Dinas Baru").exists()


@pytest.mark.parametrize("tier", ["pusat", "lembaga"])
def test_no_unit_of_the_centre_is_added_or_made(side: Side, tier: str) -> None:
    assert TIERS in errors(add(side, tier=tier, region=side.own.code))
    assert TIERS in errors(change(side, tier=tier))
    side.own.unit.refresh_from_db()
    assert side.own.unit.tier == "kabupaten_kota"


def test_a_unit_does_not_move_elsewhere(side: Side) -> None:
    assert errors(change(side, region=f"{side.other.code}.71")) == [REGIONS]
    side.own.unit.refresh_from_db()
    assert side.own.unit.region_id == f"{side.own.code}.71"


def test_a_successor_elsewhere_is_refused(side: Side) -> None:
    response = change(side, successor=side.other.unit.pk)
    assert errors(response) == [SUCCESSORS]
    assert not named(response.content.decode(), side)
    assert not named(
        side.client.get(f"{ADD}?successor={side.other.unit.pk}").content.decode(), side
    )


def test_a_successor_elsewhere_that_the_ditjen_has_set_is_kept(side: Side) -> None:
    Unit.objects.filter(pk=side.own.unit.pk).update(successor=side.other.unit)
    text = side.get(page("unit_change", side.own.unit.pk))
    assert "Unit di luar wilayah Anda" in text
    assert not named(text, side)
    assert change(side, address="Jl. Baru 2", successor="").status_code == 302
    side.own.unit.refresh_from_db()
    assert (side.own.unit.successor, side.own.unit.address) == (side.other.unit, "Jl. Baru 2")


def test_a_unit_succeeds_another_of_the_province(side: Side) -> None:
    dinas = make_unit(Region.objects.get(code=side.own.code))
    assert change(side, successor=dinas.pk).status_code == 302
    side.own.unit.refresh_from_db()
    assert side.own.unit.successor == dinas


@pytest.mark.parametrize(
    "query", [{}, {"q": "dinas"}, {"provinsi": "{code}"}, {"kabupaten": "{code}.71"},
              {"tingkat": "pusat"}, {"region__code__startswith": "{code}"}, {"_popup": "1"}],
    ids=str,
)  # fmt: skip
def test_the_list_holds_own_units_alone(side: Side, query: dict[str, str]) -> None:
    make_unit(Region.objects.get(code=side.own.code), name="Balai", tier="pusat")
    asked = {key: value.format(code=side.other.code) for key, value in query.items()}
    response = side.client.get(page("unit_changelist"), asked, follow=True)
    assert list(response.context["cl"].result_list) == [side.own.unit]
    assert not named(side.unnamed(response), side)


def test_nothing_is_posted_to_a_unit_elsewhere(side: Side) -> None:
    own = page("unit_change", side.own.unit.pk)
    data = filled(side.client, own, name="Diganti", reason="Iseng") | {"post": "yes"}
    for name in ("change", "delete", "history"):
        address = page(f"unit_{name}", side.other.unit.pk)
        assert side.client.post(address, data).status_code == 404
    side.other.unit.refresh_from_db()
    assert side.other.unit.name != "Diganti"


def test_an_empty_unit_is_deleted_and_a_used_one_is_kept(side: Side) -> None:
    dinas = make_unit(Region.objects.get(code=side.own.code))
    sent = {"post": "yes", "reason": "Salah catat"}
    assert side.client.post(page("unit_delete", dinas.pk), sent).status_code == 302
    assert not Unit.objects.filter(pk=dinas.pk).exists()
    side.unnamed(side.client.post(page("unit_delete", side.own.unit.pk), sent))
    assert Unit.objects.filter(pk=side.own.unit.pk).exists()


def test_ditjen_filters_units_by_province(
    client: Client, rina: User, jabar: Province, serambi: Province
) -> None:
    client.force_login(rina)
    response = client.get(page("unit_changelist"), {"provinsi": serambi.code})
    assert list(response.context["cl"].result_list) == [serambi.unit]
    assert f"kabupaten={serambi.code}.71" not in response.content.decode()


def test_the_list_counts_the_officers_of_today(side: Side) -> None:
    make_officer("Rekan", unit=side.own.unit)
    response = side.client.get(page("unit_changelist"))
    (unit,) = response.context["cl"].result_list
    assert unit.officer_count == 2
