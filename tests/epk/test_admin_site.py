"""The door of the admin: one login page for all, staff only."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User

INDEX = reverse("admin:index")
LOGIN = reverse("admin:login")


def test_the_public_is_led_to_the_one_login_page_and_back(client: Client, rina: User) -> None:
    response = client.get(INDEX, follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next={INDEX}"
    data = {"username": rina.email, "password": "demo-pengantar-kerja", "next": INDEX}
    assert client.post(reverse("account_login"), data).headers["Location"] == INDEX
    assert client.get(INDEX).status_code == 200


@pytest.mark.parametrize("name", ["siti", "agus", "maya"])
def test_no_staff_is_forbidden(client: Client, name: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get(INDEX, follow=True).status_code == 403
    assert client.get(LOGIN).status_code == 403


def test_staff_already_in_goes_on(client: Client, rina: User) -> None:
    client.force_login(rina)
    assert client.get(LOGIN).headers["Location"] == INDEX
    target = reverse("admin:registry_officer_changelist")
    assert client.get(LOGIN, {"next": target}).headers["Location"] == target


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example", "\0"])
def test_foreign_return_address_is_ignored(client: Client, rina: User, target: str) -> None:
    client.force_login(rina)
    assert client.get(LOGIN, {"next": target}).headers["Location"] == INDEX
    client.logout()
    assert client.get(LOGIN, {"next": target}).headers["Location"].endswith(f"next={INDEX}")
