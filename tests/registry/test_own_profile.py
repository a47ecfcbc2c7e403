"""The officer's own page: whole, with who sees what; staff are told that they have none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from epk.lib.nip import format_nip
from registry.models import AccessRecord, Officer
from tests.factories import make_officer

URL = reverse("registry:own_profile")


def page(client: Client, user: User) -> str:
    client.force_login(user)
    response = client.get(URL)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_shows_oneself_whole(client: Client, siti: User) -> None:
    html = page(client, siti)
    for text in [
        "Siti Wulandari, S.Psi.", "Ahli Muda, TMT 1 April 2022", format_nip(siti.officer.nip),
        "26 September 1986", "0811-0000-0047", "Penata Tk. I (III/d)", "siti.wulandari@contoh.example",
    ]:  # fmt: skip
        assert text in html


def test_leads_to_the_form_the_data_and_the_public_view(client: Client, siti: User) -> None:
    html = page(client, siti)
    public = reverse("registry:profile", args=[siti.officer.register_number])
    for path in (
        reverse("registry:own_profile_edit"),
        reverse("own_data"),
        f"{public}?sebagai=publik",
    ):
        assert f'href="{path}"' in html


@pytest.mark.parametrize(
    ("photo", "contact", "expected"),
    [
        (False, False, ["Anda dan admin", "Sesama petugas"]),
        (True, True, ["Semua orang", "Semua orang"]),
    ],
)
def test_says_who_sees_what(
    client: Client, siti: User, photo: bool, contact: bool, expected: list[str]
) -> None:
    Officer.objects.filter(user=siti).update(photo_public=photo, contact_public=contact)
    client.force_login(siti)
    exposures = {item.label: item.audience for item in client.get(URL).context["exposures"]}
    assert [exposures["Foto"], exposures["E-mail dan telepon dinas"]] == expected
    assert exposures["Telepon pribadi"] == exposures["Nomor SK dan berkas"] == "Anda dan admin"


def test_the_public_view_of_oneself_hides_what_the_public_does_not_see(
    client: Client, siti: User
) -> None:
    client.force_login(siti)
    path = reverse("registry:profile", args=[siti.officer.register_number])
    html = client.get(path, {"sebagai": "publik"}).content.decode()
    assert "Begini publik melihat halaman ini" in html
    for text in [format_nip(siti.officer.nip), "0811-0000-0047", "26 September 1986"]:
        assert text not in html
    assert "Begini publik melihat halaman ini" not in client.get(path).content.decode()


def test_a_retired_officer_has_a_page(client: Client, joko: User) -> None:
    assert "Pensiun sejak 1 Februari 2025" in page(client, joko)


@pytest.mark.parametrize("name", ["rina", "dewi", "agus", "admin"])
def test_staff_without_a_record_are_led_on(
    client: Client, name: str, request: pytest.FixtureRequest
) -> None:
    html = page(client, request.getfixturevalue(name))
    assert "Akun Anda bukan akun petugas" in html
    assert f'href="{reverse("own_data")}"' in html


def test_a_record_not_yet_in_force_is_no_error(client: Client, agus: User) -> None:
    Officer.objects.create(name="Agus Salim", sex="L", user=agus)
    assert "Akun Anda bukan akun petugas" in page(client, agus)


def test_looking_at_oneself_is_not_written_down(client: Client, siti: User) -> None:
    page(client, siti)
    assert not AccessRecord.objects.exists()


def test_is_of_the_one_who_is_logged_in(client: Client, siti: User, budi: User) -> None:
    assert "Budi Rumbiak" in page(client, budi)
    assert "Siti Wulandari" not in page(client, budi)


def test_not_logged_in(client: Client, db: None) -> None:
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_only_reading(client: Client, siti: User) -> None:
    client.force_login(siti)
    assert client.post(URL).status_code == 405


def test_home_and_account_menu_lead_here(client: Client, siti: User) -> None:
    client.force_login(siti)
    assert client.get(reverse("home")).content.decode().count(f'href="{URL}"') == 2


@pytest.mark.parametrize("name", ["registry:own_profile", "registry:own_profile_edit"])
def test_few_queries(client: Client, siti: User, name: str) -> None:
    client.force_login(siti)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name)).status_code == 200
    assert len(queries) <= 8


def test_the_form_is_404_without_a_record(client: Client, rina: User) -> None:
    make_officer("Orang Lain")
    client.force_login(rina)
    assert client.get(reverse("registry:own_profile_edit")).status_code == 404
