"""Keamanan akun: second factor by app and by recovery code, and showing once more who one is."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD

INDEX = reverse("mfa_index")
LOGIN = reverse("account_login")


def code_for(secret: str, *, steps: int = 0) -> str:
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    return code


def enter(client: Client, user: User, password: str = PASSWORD, **data: str) -> Any:
    return client.post(LOGIN, {"username": user.email, "password": password, **data})


def set_up_app(client: Client) -> str:
    """Set up the app through its page; the secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert response.status_code == 302, response.context["form"].errors
    return secret


def test_index_says_what_is_set_up(client: Client, siti: User) -> None:
    enter(client, siti)
    html = client.get(INDEX).content.decode()
    assert siti.email in html
    assert "Belum dipasang" in html
    set_up_app(client)
    html = client.get(INDEX).content.decode()
    assert "Terpasang" in html
    assert "10 tersisa" in html


def test_the_secret_is_stored_encrypted(client: Client, siti: User) -> None:
    enter(client, siti)
    secret = set_up_app(client)
    row = Authenticator.objects.get(user=siti, type="totp")
    assert secret not in str(row.data)
    assert TOTP(row).validate_code(code_for(secret))


@pytest.mark.parametrize(("kept", "fits"), [(True, 302), (False, 200)])
def test_a_new_secret_key_reads_the_factor_while_the_old_one_is_kept(
    client: Client, siti: User, kept: bool, fits: int
) -> None:
    enter(client, siti)
    secret = set_up_app(client)
    old = [settings.SECRET_KEY] if kept else []
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=old):
        other = Client()
        enter(other, siti)
        code = {"code": code_for(secret, steps=1)}
        assert other.post(reverse("mfa_authenticate"), code).status_code == fits


def test_after_that_the_password_is_not_enough(client: Client, siti: User) -> None:
    enter(client, siti)
    secret = set_up_app(client)
    other = Client()
    response = enter(other, siti, next=INDEX)
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in other.session
    assert other.get(INDEX).status_code == 302
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Kode tidak cocok." in wrong.content.decode()
    right = other.post(reverse("mfa_authenticate"), {"code": code_for(secret, steps=1)})
    assert right.headers["Location"] == INDEX
    assert other.session["_auth_user_id"] == str(siti.pk)


def test_a_code_counts_once(client: Client, siti: User) -> None:
    enter(client, siti)
    secret = set_up_app(client)
    code = code_for(secret, steps=1)
    for outcome in (302, 200):
        other = Client()
        enter(other, siti)
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == outcome


def test_a_recovery_code_counts_once(client: Client, siti: User) -> None:
    enter(client, siti)
    set_up_app(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>([^<]+)</code>", page)
    assert len(codes) == 10
    for outcome in (302, 200):
        other = Client()
        enter(other, siti)
        assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == outcome


def test_recovery_codes_are_shown_once(client: Client, siti: User) -> None:
    enter(client, siti)
    set_up_app(client)
    assert "Sudah saya simpan" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert "10 kode masih dapat dipakai" in again
    assert "<code>" not in again


def test_too_many_codes_stop_the_guessing(client: Client, siti: User) -> None:
    enter(client, siti)
    secret = set_up_app(client)
    other = Client()
    enter(other, siti)
    for _ in range(5):
        other.post(reverse("mfa_authenticate"), {"code": "000000"})
    last = other.post(reverse("mfa_authenticate"), {"code": code_for(secret, steps=1)})
    assert "Terlalu banyak percobaan." in last.content.decode()


def test_the_second_step_needs_the_first(client: Client, db: None) -> None:
    assert client.get(reverse("mfa_authenticate")).headers["Location"] == LOGIN
    assert client.post(reverse("mfa_authenticate"), {"code": "1"}).headers["Location"] == LOGIN


@pytest.mark.parametrize("junk", ["", "\0", "x" * 10_000, "１２３４５６", "-1", "00 00 0a"])
def test_junk_as_a_code_is_a_wrong_code(client: Client, siti: User, junk: str) -> None:
    enter(client, siti)
    set_up_app(client)
    other = Client()
    enter(other, siti)
    response = other.post(reverse("mfa_authenticate"), {"code": junk})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_change_asks_for_the_password_again_after_a_while(client: Client, siti: User) -> None:
    enter(client, siti)
    secret = set_up_app(client)
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=0):
        address = reverse("mfa_deactivate_totp")
        response = client.post(address)
        assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
        wrong = client.post(response.headers["Location"], {"password": "salah"})
        assert "Kata sandi tidak cocok." in wrong.content.decode()
    assert Authenticator.objects.filter(user=siti, type="totp").exists()
    assert secret


def test_taking_the_app_off_takes_the_recovery_codes_along(client: Client, siti: User) -> None:
    enter(client, siti)
    set_up_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).headers["Location"] == INDEX
    assert not Authenticator.objects.filter(user=siti).exists()


def test_the_key_of_somebody_else_does_not_exist(client: Client, siti: User, budi: User) -> None:
    key = Authenticator.objects.create(user=budi, type="webauthn", data={"name": "Kunci Budi"})
    enter(client, siti)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        address = reverse(name, args=[key.pk])
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Milik saya"}).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "Kunci Budi"


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "\\u0000"}', "x" * 9_000])
def test_junk_as_a_key_is_refused(client: Client, siti: User, credential: str) -> None:
    enter(client, siti)
    client.get(reverse("mfa_add_webauthn"))
    data = {"name": "Kunci", "credential": credential}
    response = client.post(reverse("mfa_add_webauthn"), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["form"]["name"].value() == "Kunci"
    login = Client().post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert login.headers["Location"] == LOGIN


def test_a_key_gets_another_name(client: Client, siti: User) -> None:
    enter(client, siti)
    key = Authenticator.objects.create(user=siti, type="webauthn", data={"name": "Kunci"})
    address = reverse("mfa_edit_webauthn", args=[key.pk])
    refused = client.post(address, {"name": "x" * 61})
    assert "Paling panjang 60 karakter." in refused.content.decode()
    assert "Isi nama kunci." in client.post(address, {"name": " "}).content.decode()
    assert client.post(address, {"name": "Ponsel"}).headers["Location"] == INDEX
    key.refresh_from_db()
    assert key.data["name"] == "Ponsel"


# --- Required for roles ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dewi", "rina", "agus", "maya", "admin"])
def test_a_role_leads_to_the_second_factor_first(
    client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    user = request.getfixturevalue(name)
    user.email = f"{name}@contoh.example"  # demo accounts do not enter without DEMO
    user.save()
    with override_settings(DEMO=False):
        enter(client, user)
        for address in (reverse("home"), reverse("registry:directory"), reverse("admin:index")):
            assert client.get(address).headers["Location"] == INDEX
        assert "Pasang faktor kedua dahulu" in client.get(INDEX).content.decode()
        set_up_app(client)
        assert client.get(reverse("home")).status_code == 200


def test_an_officer_goes_on_without(client: Client, siti: User) -> None:
    siti.email = "siti@contoh.example"
    siti.save()
    with override_settings(DEMO=False):
        enter(client, siti)
        assert client.get(reverse("home")).status_code == 200


def test_taking_the_second_factor_off_voids_the_role(client: Client, rina: User) -> None:
    rina.email = "rina@contoh.example"
    rina.save()
    with override_settings(DEMO=False):
        enter(client, rina)
        set_up_app(client)
        assert client.get(reverse("admin:index")).status_code == 200
        client.post(reverse("mfa_deactivate_totp"))
        assert client.get(reverse("admin:index")).headers["Location"] == INDEX
