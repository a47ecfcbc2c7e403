"""Entering with e-mail or NIP, and leaving."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from epk.lib.nip import format_nip
from epk.page_classes import Audience, entries, page_of
from tests.factories import PASSWORD
from tests.pages import ARGUMENTS

URL = reverse("account_login")


def enter(client: Client, name: str, password: str = PASSWORD) -> str:
    response = client.post(URL, {"username": name, "password": password})
    if response.status_code == 302:
        return response.headers["Location"]
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("shape", ["email", "capitals", "nip", "spaced"])
def test_by_email_or_nip(client: Client, siti: User, shape: str) -> None:
    nip = siti.nip or ""
    typed = {
        "email": siti.email,
        "capitals": f" {siti.email.upper()} ",
        "nip": nip,
        "spaced": format_nip(nip),
    }[shape]
    assert enter(client, typed) == reverse("home")
    assert client.session["_auth_user_id"] == str(siti.pk)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("siti@demo.example", "salah"),
        ("orang@lain.example", PASSWORD),
        ("198609262015052999", PASSWORD),
        ("\0", PASSWORD),
        ("siti@demo.example\0", PASSWORD),
        ("a" * 254, PASSWORD),
    ],
)
def test_one_answer_for_every_wrong_pair(
    client: Client, siti: User, name: str, password: str
) -> None:
    html = enter(client, name, password)
    assert "<title>Galat: Masuk" in html
    assert "_auth_user_id" not in client.session


def test_wrong_password_keeps_the_name_and_says_one_thing(client: Client, siti: User) -> None:
    html = enter(client, siti.email, "salah")
    assert "E-mail/NIP atau kata sandi tidak cocok." in html
    assert f'value="{siti.email}"' in html
    assert 'value="salah"' not in html


def test_empty_form(client: Client, db: None) -> None:
    html = enter(client, "", "")
    assert "Isi alamat e-mail atau NIP Anda." in html
    assert "Isi kata sandi Anda." in html


def test_inactive_account_does_not_enter(client: Client, siti: User) -> None:
    User.objects.filter(pk=siti.pk).update(is_active=False)
    assert "tidak cocok" in enter(client, siti.email)


def test_demo_accounts_are_refused_without_demo(client: Client, siti: User) -> None:
    with override_settings(DEMO=False):
        assert "tidak cocok" in enter(client, siti.email)


def test_session_of_a_demo_account_ends_without_demo(client: Client, siti: User) -> None:
    client.force_login(siti)
    with override_settings(DEMO=False):
        response = client.get(reverse("home"))
        assert response.context["user"].is_anonymous


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example/",
        "HTTPS:jahat.example",
        "https:/jahat.example",
        "//jahat.example",
        "///jahat.example",
        "////jahat.example",
        "/\\jahat.example",
        "\\\\jahat.example",
        "\\/jahat.example",
        "/\t/jahat.example",
        "\t//jahat.example",
        " //jahat.example",
        "/\r\n/jahat.example",
        "/\0/jahat.example",
        "javascript:1",
        "data:text/html,x",
        "https://testserver@jahat.example/",
        "https://testserver.jahat.example/",
        "//testserver@jahat.example/",
        "http://testserver/profil/",
        "jahat.example",
        "/\u202e//jahat.example",
        "x" * 10_000,
    ],
)
def test_foreign_return_address_is_ignored(client: Client, siti: User, target: str) -> None:
    data = {"username": siti.email, "password": PASSWORD, "next": target}
    assert client.post(URL, data).headers["Location"] == reverse("home")


def test_returns_to_the_page_that_asked(client: Client, siti: User) -> None:
    target = reverse("style_guide")
    data = {"username": siti.email, "password": PASSWORD, "next": target}
    assert client.post(URL, data).headers["Location"] == target


TAKES_FORMS_ONLY = [
    entry.name
    for entry in entries()
    if (page := page_of(entry.name))
    and page.methods == "POST"
    and page.audience is not Audience.PUBLIC
    if not entry.name.startswith("admin:")
]


def _sent_to_login(client: Client, address: str, referer: str) -> str:
    """Where a form that is sent without a session leads after the login."""
    headers = {"referer": referer} if referer else {}
    login = client.post(address, headers=headers).headers["Location"]
    assert login.startswith(f"{URL}?")
    return parse_qs(urlsplit(login).query)["next"][0]


@pytest.mark.parametrize("name", TAKES_FORMS_ONLY)
def test_a_form_without_a_session_leads_to_no_page_that_only_takes_forms(
    client: Client, siti: User, name: str
) -> None:
    arguments = ARGUMENTS[name](siti.officer) if name in ARGUMENTS else {}
    address = reverse(name, kwargs=arguments)
    target = _sent_to_login(client, address, "")
    client.force_login(siti)
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    "referer",
    [
        "https://jahat.example/notifikasi/",
        "http://testserver.jahat.example/notifikasi/",
        "http://testserver//jahat.example/",
        "http://testserver",
        "http://[",
        "/notifikasi/",
        "javascript:1",
        "http://testserver/notifikasi/buka/",
    ],
)
def test_a_form_from_elsewhere_leads_home(db: None, client: Client, referer: str) -> None:
    address = reverse("notifications:open_group")
    assert _sent_to_login(client, address, referer) == reverse("home")


def test_a_form_without_a_session_leads_back_to_its_page(db: None, client: Client) -> None:
    page = f"{reverse('notifications:inbox')}?status=belum-dibaca"
    address = reverse("notifications:open_group")
    assert _sent_to_login(client, address, f"http://testserver{page}#kelompok") == page


def test_leaving_is_a_post(client: Client, siti: User) -> None:
    client.force_login(siti)
    assert client.get(reverse("account_logout")).status_code == 405
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_form_from_elsewhere_is_refused(siti: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(URL, {"username": siti.email, "password": PASSWORD})
    assert response.status_code == 403
