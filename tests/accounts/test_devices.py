"""A browser that has logged in before: known by its cookie, which says nothing to others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from accounts import devices
from accounts.models import User
from epk.lib.nip import format_nip
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def arriving(cookie: str = "") -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    if cookie:
        request.COOKIES["perangkat"] = cookie
    return request


def cookie_after(*users: User, cookie: str = "") -> str:
    """What the browser holds after these people have logged in with it, one after the other."""
    for user in users:
        response = HttpResponse()
        devices.remember(arriving(cookie), response, user)
        cookie = response.cookies["perangkat"].value
    return cookie


def test_is_known_by_e_mail_and_nip_however_spelt(siti: User) -> None:
    request = arriving(cookie_after(siti))
    for name in (siti.email, siti.email.upper(), siti.nip, format_nip(siti.nip)):
        assert devices.known(request, name)


def test_is_not_known_to_others(siti: User, budi: User) -> None:
    request = arriving(cookie_after(siti))
    for name in (budi.email, budi.nip, "", "tidak.ada@demo.example"):
        assert not devices.known(request, name)


def test_stays_known_to_an_account_whose_names_change(siti: User, budi: User) -> None:
    request = arriving(cookie_after(siti))
    siti.email, siti.nip = "siti.baru@contoh.example", None
    assert devices.known_to(request, siti)
    assert not devices.known(request, siti.email)  # the throttle goes by what is typed
    assert not devices.known_to(request, budi)
    assert not devices.known_to(arriving(), siti)


def test_no_name_to_log_in_by_is_known_by_the_number(siti: User) -> None:
    request = arriving(cookie_after(siti))
    for name in (str(siti.pk), f"#{siti.pk}"):
        assert not devices.known_id(request, name)


@pytest.mark.parametrize("name", ["email", "nip"])
def test_a_cookie_from_before_knows_the_account_by_its_names(siti: User, name: str) -> None:
    value = {"i": "0" * 32, "n": [devices._digest(getattr(siti, name))]}
    assert devices.known_to(arriving(signing.dumps(value, salt=devices.SALT)), siti)


def test_shared_by_an_office_knows_the_last_ten() -> None:
    people = [make_user(f"p{n}@contoh.example", f"P {n}") for n in range(25)]
    for person in people:
        person.nip = f"19860926201505{person.pk % 10_000:04}"
    cookie = cookie_after(*people)
    known = [person for person in people if devices.known(arriving(cookie), person.email)]
    assert known == people[-10:]
    assert len(cookie) < devices.LONGEST_COOKIE


def test_stays_the_same_device_for_everyone_on_it(siti: User, budi: User) -> None:
    first = cookie_after(siti)
    second = cookie_after(budi, cookie=first)
    assert devices.known_id(arriving(first), siti.email) == devices.known_id(
        arriving(second), budi.email
    )
    assert devices.known_id(arriving(cookie_after(siti)), siti.email) != devices.known_id(
        arriving(first), siti.email
    )


@pytest.mark.parametrize("junk", ["x", "a:b:c", "{}", "\0", "é", "x" * 9_000, ":", "WyJh:1:2"])
def test_junk_is_no_device(siti: User, junk: str) -> None:
    assert not devices.known(arriving(junk), siti.email)


def test_a_cookie_that_was_changed_is_none(siti: User, budi: User) -> None:
    own, other = cookie_after(siti), cookie_after(budi)
    forged = f"{other.partition(':')[0]}:{own.partition(':')[2]}"
    assert not devices.known(arriving(forged), budi.email)
    with override_settings(SECRET_KEY="another"):
        assert not devices.known(arriving(own), siti.email)


def test_says_nothing_of_the_person(siti: User) -> None:
    cookie = cookie_after(siti)
    for text in ("siti", siti.nip, str(siti.pk) + ","):
        assert text not in cookie


@pytest.mark.parametrize("secure", [True, False])
def test_is_set_as_a_session_cookie_is(siti: User, secure: bool) -> None:
    response = HttpResponse()
    with override_settings(SESSION_COOKIE_SECURE=secure, DEVICE_COOKIE_NAME="__Host-perangkat"):
        devices.remember(arriving(), response, siti)
    morsel = response.cookies["__Host-perangkat"]
    assert bool(morsel["secure"]) is secure
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"], morsel["domain"]) == ("Lax", "/", "")
    assert morsel["max-age"] == devices.LONGEST
