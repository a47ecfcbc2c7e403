"""The theme switch: a cookie, and back to the page one came from."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_choice_is_remembered_without_a_token(choice: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("theme"), {"tema": choice, "kembali": "/direktori/?q=wulan"})
    assert response.status_code == 302
    assert response["Location"] == "/direktori/?q=wulan"
    assert response.cookies["tema"].value == choice
    assert response.cookies["tema"]["httponly"]


@pytest.mark.parametrize("choice", ["", "neon", "\0", "x" * 10_000])
def test_anything_else_follows_the_system(client: Client, choice: str) -> None:
    client.cookies["tema"] = "dark"
    response = client.post(reverse("theme"), {"tema": choice, "kembali": "/"})
    assert response.status_code == 302
    assert response.cookies["tema"]["max-age"] == 0


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://jahat.example/",
        "//jahat.example/",
        "/\\jahat.example",
        "javascript:alert(1)",
        "\r\nSet-Cookie: a=b",
        "/" + "x" * 5_000,
        "\0",
        "",
    ],
)
def test_it_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    response = client.post(reverse("theme"), {"tema": "dark", "kembali": elsewhere})
    assert response.status_code == 302
    assert response["Location"] == reverse("home")


def test_it_is_no_page(client: Client) -> None:
    assert client.get(reverse("theme")).status_code == 405
