"""Who may enter the admin of the register, and what its pages say to junk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import Officer, Unit
from tests.factories import make_officer, make_province, make_regency, make_unit

TABLES = ("officer", "unit", "region", "expertise", "document", "accessrecord")


@pytest.fixture
def officer(db: None) -> Officer:
    make_province()
    return make_officer(unit=make_unit(make_regency()))


@pytest.mark.parametrize("table", TABLES)
def test_logged_out_is_sent_to_the_login_page(db: None, client: Client, table: str) -> None:
    response = client.get(reverse(f"admin:registry_{table}_changelist"))
    assert response.status_code == 302


@pytest.mark.parametrize("table", TABLES)
def test_ditjen_sees_every_table(client: Client, rina: User, table: str) -> None:
    client.force_login(rina)
    assert client.get(reverse(f"admin:registry_{table}_changelist")).status_code == 200


@pytest.mark.parametrize("name", ["agus", "siti"])
def test_people_without_the_grant_is_refused(
    client: Client, request: pytest.FixtureRequest, name: str, officer: Officer
) -> None:
    user = request.getfixturevalue(name)
    client.force_login(user)
    address = reverse("admin:registry_officer_change", args=[officer.pk])
    assert client.get(reverse("admin:registry_officer_changelist")).status_code == 403
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403
    assert client.post(reverse("admin:registry_officer_add"), {}).status_code == 403
    delete = reverse("admin:registry_officer_delete", args=[officer.pk])
    assert client.post(delete, {"post": "yes", "reason": "iseng"}).status_code == 403
    assert (
        client.get(reverse("admin:registry_officer_history", args=[officer.pk])).status_code == 403
    )
    choose = reverse("admin:registry_unit_choose")
    asked = {"app_label": "registry", "model_name": "posting", "field_name": "unit"}
    assert client.get(choose, asked).status_code == 403


def test_an_ended_grant_is_refused(client: Client, rina: User) -> None:
    rina.grants.update(valid_until="2024-12-31")
    client.force_login(rina)
    assert client.get(reverse("admin:registry_officer_changelist")).status_code == 403


@pytest.mark.parametrize("table", [*TABLES])
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%FF%FE",
        "provinsi=%00",
        "provinsi=99&jenjang=zzz&status=1&tingkat=-1",
        "p=abc",
        "p=99999999999999999999",
        "o=99.-99.x",
        "all=",
        "e=1",
        "nip__startswith=1986",
        "name__regex=(",
        "member_type__exact=%00",
        "member_type__exact=zzz",
        "%00=1",
        "q=" + "a" * 5_000,
        "q=198609262015052001",
    ],
)
def test_junk_in_the_address_of_a_list_is_no_fault(
    client: Client, rina: User, table: str, query: str
) -> None:
    client.force_login(rina)
    response = client.get(f"{reverse(f'admin:registry_{table}_changelist')}?{query}", follow=True)
    assert response.status_code == 200


def test_an_unknown_part_of_the_address_is_named_and_ignored(client: Client, rina: User) -> None:
    client.force_login(rina)
    address = f"{reverse('admin:registry_officer_changelist')}?warna=biru&q=siti"
    page = client.get(address, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert told == ["Bagian alamat yang tidak dikenal diabaikan (warna)."]
    assert page.context["cl"].query == "siti"


@pytest.mark.parametrize("key", ["abc", "0", "-1", "99999999999999999999", "_00", "%00", "1_22"])
@pytest.mark.parametrize("table", ["officer", "unit", "region", "document"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_record_that_does_not_exist_is_not_found(
    client: Client, rina: User, table: str, page: str, key: str
) -> None:
    client.force_login(rina)
    for method in (client.get, client.post):
        response = method(f"/admin/registry/{table}/{key}/{page}/")
        assert response.status_code in {404, 403}


def test_autocompletion_tells_units_of_one_name_apart(
    client: Client, rina: User, officer: Officer
) -> None:
    make_unit(make_regency("32.73", "Kota Bandung"), name="Dinas Tenaga Kerja")
    client.force_login(rina)
    asked = {"app_label": "registry", "model_name": "posting", "field_name": "unit"}
    answer = client.get(
        reverse("admin:registry_unit_choose"), {**asked, "term": "disnaker kota\0"}
    ).json()
    assert [item["text"] for item in answer["results"]] == ["Dinas Tenaga Kerja · Kota Bandung"]


@pytest.mark.parametrize(("name", "chooses"), [("rina", True), ("dewi", False)])
def test_accounts_are_chosen_by_those_who_keep_accounts(
    client: Client, request: pytest.FixtureRequest, officer: Officer, name: str, chooses: bool
) -> None:
    client.force_login(request.getfixturevalue(name))
    page = client.get(reverse("admin:registry_officer_change", args=[officer.pk]))
    assert ("user" in page.context["adminform"].form.fields) is chooses


def test_no_admin_for_the_counter_and_the_history_tables(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.get(reverse("admin:index"))
    models = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert models == {
        "Officer", "Unit", "Region", "Expertise", "Document", "AccessRecord", "User", "RoleGrant",
        "Mail", "Job", "Notification", "PausedAddress", "Category", "Article",
    }  # fmt: skip


def test_units_with_officers_cannot_be_deleted(
    client: Client, rina: User, officer: Officer
) -> None:
    unit = Unit.objects.get()
    client.force_login(rina)
    address = reverse("admin:registry_unit_delete", args=[unit.pk])
    page = client.post(address, {"post": "yes", "reason": "sudah tutup"})
    assert "1 penempatan" in page.content.decode()
    assert "Isi “Berlaku sampai”" in page.content.decode()
    assert Unit.objects.filter(pk=unit.pk).exists()
