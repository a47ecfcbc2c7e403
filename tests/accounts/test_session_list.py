"""One's own sessions: seen, ended from afar, and dead after a change of the password."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.jobs import clear_ended
from accounts.models import EmailChange, User
from accounts.own_sessions import device
from tests.factories import PASSWORD

LIST = reverse("usersessions_list")
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)


def enter(user: User, agent: str = ANDROID) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"username": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def is_in(client: Client) -> bool:
    return client.get(LIST).status_code == 200


def test_the_list_names_device_address_and_the_present_one(siti: User) -> None:
    phone, desk = enter(siti), enter(siti, "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0")
    html = desk.get(LIST).content.decode()
    assert "Chrome di Android" in html
    assert "Firefox di Linux" in html
    assert "127.0.0.1" in html
    assert html.index("Sesi ini") < html.index("Chrome di Android")
    assert is_in(phone)


def test_one_session_is_ended_from_another(siti: User) -> None:
    phone, desk = enter(siti), enter(siti)
    (there,) = UserSession.objects.filter(session_key=phone.session.session_key)
    response = desk.post(reverse("accounts:session_end", args=[there.pk]))
    assert response.headers["Location"] == LIST
    assert not is_in(phone)
    assert is_in(desk)


def test_all_others_are_ended_at_once(siti: User) -> None:
    phone, tablet, desk = enter(siti), enter(siti), enter(siti)
    desk.post(reverse("accounts:session_end_others"))
    assert [is_in(client) for client in (phone, tablet, desk)] == [False, False, True]


def test_a_session_of_somebody_else_does_not_exist(siti: User, budi: User) -> None:
    theirs, ours = enter(budi), enter(siti)
    (row,) = UserSession.objects.filter(user=budi)
    assert ours.post(reverse("accounts:session_end", args=[row.pk])).status_code == 404
    assert is_in(theirs)
    assert "127.0.0.1" in ours.get(LIST).content.decode()
    assert ours.get(LIST).content.decode().count("session-row__device") == 1


@pytest.mark.parametrize("name", ["accounts:session_end", "accounts:session_end_others"])
def test_reading_ends_nothing(siti: User, name: str) -> None:
    client = enter(siti)
    arguments = [UserSession.objects.get().pk] if name.endswith("_end") else []
    assert client.get(reverse(name, args=arguments)).status_code == 405
    assert is_in(client)


def test_a_changed_password_ends_the_others(siti: User) -> None:
    phone, desk = enter(siti), enter(siti)
    new = "kuda laut berenang jauh"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post(reverse("account_change_password"), data).status_code == 302
    assert not is_in(phone)
    assert desk.get(LIST).content.decode().count("session-row__device") == 1


def test_after_logout_the_old_cookie_is_dead(siti: User) -> None:
    client = enter(siti)
    old = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = old
    assert not is_in(client)
    assert not UserSession.objects.filter(session_key=old, user__isnull=True).exists()


def test_the_key_changes_at_login(siti: User) -> None:
    client = Client()
    client.get(reverse("mfa_authenticate"))
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post(reverse("account_login"), {"username": siti.email, "password": PASSWORD})
    assert client.session.session_key != planted
    assert not is_in(_with(planted))


def _with(key: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = key
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, "Chrome di Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge di Windows"),
        ("curl/8.5", "Perangkat tidak dikenal"),
        ("", "Perangkat tidak dikenal"),
        ("<script>alert(1)</script>", "Perangkat tidak dikenal"),
    ],
)
def test_devices_in_words(agent: str, words: str) -> None:
    assert device(agent) == words


def test_what_has_ended_is_forgotten_at_night(siti: User) -> None:
    gone, here = enter(siti), enter(siti)
    Session.objects.filter(session_key=gone.session.session_key).update(
        expire_date=timezone.now() - dt.timedelta(days=1)
    )
    old = timezone.now() - dt.timedelta(days=4)
    EmailChange.objects.create(user=siti, old_email=siti.email, new_email="x@y.id", asked_at=old)
    clear_ended(timestamp=0)
    (row,) = UserSession.objects.all()
    assert row.session_key == here.session.session_key
    assert not EmailChange.objects.exists()
