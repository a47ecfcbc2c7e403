"""The privacy notice: open to everyone, linked from every page, with the contact of the settings."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import reverse

URL = reverse("privacy")


@pytest.mark.django_db
def test_says_what_the_law_asks_for(client: Client) -> None:
    html = client.get(URL).text
    for text in [
        "Pengendali data adalah", "Ditjen Binapenta", "Pasal 20 ayat (2) huruf e", "persetujuan",
        "Berapa lama disimpan", "3 × 24 jam", "Bila data bocor", "Terakhir diubah",
    ]:  # fmt: skip
        assert text in html, text


@pytest.mark.django_db
def test_names_the_contact_of_the_settings(client: Client) -> None:
    with override_settings(PRIVACY_CONTACT="pelindungan@contoh.go.id"):
        assert 'href="mailto:pelindungan@contoh.go.id"' in client.get(URL).text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "registry:directory", "registry:check", "account_login"])
def test_every_page_leads_here(client: Client, name: str) -> None:
    assert f'href="{URL}"' in client.get(reverse(name)).text


def test_only_reading(client: Client) -> None:
    assert client.post(URL).status_code == 405
