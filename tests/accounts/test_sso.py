"""Single sign-on against a real provider: whom it lets in, as whom, and whom it does not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from accounts.sso import PROVIDER_ID, matching_account
from epk.lib.nip import format_nip
from tests.accounts.provider import Provider, settings_for

LOGIN = reverse("account_login")
START = reverse("openid_connect_login", args=[PROVIDER_ID])


def who(client: Client) -> str | None:
    number: str | None = client.session.get("_auth_user_id")
    return number


@pytest.fixture
def sub() -> str:
    return uuid4().hex


@pytest.mark.parametrize("shape", ["nip", "spaced nip", "email"])
def test_a_known_person_comes_in(
    client: Client, siti: User, provider: Provider, sub: str, shape: str
) -> None:
    shapes: dict[str, dict[str, Any]] = {
        "nip": {"nip": siti.nip},
        "spaced nip": {"nip": format_nip(siti.nip)},
        "email": {"email": siti.email.upper(), "email_verified": True},
    }
    provider.knows(sub, **shapes[shape])
    target = reverse("mfa_index")
    response = provider.let_in(client, sub, back=target)
    assert response.headers["Location"] == target
    assert who(client) == str(siti.pk)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "orang@lain.example", "email_verified": True},
        {"email": "siti@demo.example"},
        {"email": "siti@demo.example", "email_verified": False},
        {"email": "siti@demo.example", "email_verified": "true"},
        {"nip": "199001012020121001"},
        {"nip": ""},
        {"nip": None},
        {"nip": ["198609262015012001"]},
        {"nip": "\0"},
    ],
)
def test_nobody_else_does_and_no_account_is_made(
    client: Client, siti: User, provider: Provider, sub: str, claims: dict[str, Any]
) -> None:
    provider.knows(sub, **claims)
    response = provider.let_in(client, sub)
    assert response.status_code == 403
    assert "Akun tidak ditemukan" in response.content.decode()
    assert who(client) is None
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_claims_of_two_people_are_those_of_none(
    client: Client, siti: User, budi: User, provider: Provider, sub: str
) -> None:
    provider.knows(sub, nip=siti.nip, email=budi.email, email_verified=True)
    assert provider.let_in(client, sub).status_code == 403
    assert who(client) is None


def test_a_closed_account_stays_closed(
    client: Client, siti: User, provider: Provider, sub: str
) -> None:
    provider.knows(sub, nip=siti.nip)
    provider.let_in(client, sub)
    User.objects.filter(pk=siti.pk).update(is_active=False)
    other = Client()
    assert provider.let_in(other, sub).status_code == 403
    assert who(other) is None


def test_demo_accounts_do_not_come_in_without_demo(
    client: Client, siti: User, provider: Provider, sub: str
) -> None:
    provider.knows(sub, nip=siti.nip)
    with override_settings(DEMO=False):
        assert provider.let_in(client, sub).status_code == 403


def test_the_second_factor_is_asked_for(
    client: Client, siti: User, provider: Provider, sub: str
) -> None:
    Authenticator.objects.create(user=siti, type="totp", data={"secret": "x"})
    provider.knows(sub, nip=siti.nip)
    response = provider.let_in(client, sub)
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert who(client) is None


def test_once_joined_a_person_is_known_by_the_provider_s_number(
    client: Client, siti: User, provider: Provider, sub: str
) -> None:
    provider.knows(sub, nip=siti.nip)
    provider.let_in(client, sub)
    provider.knows(sub, nip="")
    other = Client()
    provider.let_in(other, sub)
    assert who(other) == str(siti.pk)


def test_an_answer_nobody_asked_for_is_refused(
    client: Client, provider: Provider, db: None
) -> None:
    callback = reverse("openid_connect_callback", args=[PROVIDER_ID])
    response = client.get(callback, {"code": "x", "state": "y"})
    assert response.status_code == 502
    assert "gagal" in response.content.decode()


def test_a_provider_that_is_away_is_a_sentence(client: Client, db: None) -> None:
    with override_settings(SOCIALACCOUNT_PROVIDERS=settings_for("http://127.0.0.1:9")):
        response = client.get(START)
    assert response.status_code == 502
    assert "tidak menjawab" in response.content.decode()


def test_without_settings_there_is_neither_button_nor_page(client: Client, db: None) -> None:
    assert "SIAPkerja" not in client.get(LOGIN).content.decode()
    assert client.get(START).status_code == 404


def test_the_button_keeps_where_to_return(client: Client, provider: Provider, db: None) -> None:
    html = client.get(LOGIN, {"next": "/direktori/?q=a&b"}).content.decode()
    assert f'href="{START}?next=/direktori/%3Fq%3Da%26b"' in html


def test_nothing_is_matched_by_an_empty_claim(siti: User) -> None:
    User.objects.filter(pk=siti.pk).update(nip=None)
    assert matching_account({"userinfo": {"nip": "", "email": "", "email_verified": True}}) is None
