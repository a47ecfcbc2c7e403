"""When a session ends, who finds out, and that an old cookie opens nothing."""

from __future__ import annotations

import logging
import time

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import sessions
from accounts.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN, HOME, PRIVATE = reverse("account_login"), reverse("home"), reverse("admin:index")
IDLE, ABSOLUTE = settings.SESSION_IDLE_SECONDS, settings.SESSION_ABSOLUTE_SECONDS
IDLE_SENTENCE = "Sesi Anda berakhir karena lama tidak dipakai."


def age(client: Client, seconds: int, *, since_login: int | None = None) -> None:
    """As if the session had last been used so many seconds ago."""
    session = client.session
    session[sessions.SEEN] = int(time.time()) - seconds
    session[sessions.ENTERED] = int(time.time()) - (seconds if since_login is None else since_login)
    session.save()


@pytest.fixture
def entered(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).context["user"].is_authenticated)


def writes(client: Client, path: str = HOME) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"] for query in captured if "UPDATE" in query["sql"]]


class TestEnd:
    def test_comes_after_two_idle_hours(self, entered: Client) -> None:
        age(entered, IDLE - 60)
        assert is_in(entered)
        age(entered, IDLE)
        assert not is_in(entered)

    def test_comes_after_twelve_hours_of_work(self, entered: Client) -> None:
        age(entered, 60, since_login=ABSOLUTE - 60)
        assert is_in(entered)
        age(entered, 60, since_login=ABSOLUTE)
        assert not is_in(entered)

    def test_is_the_same_for_a_session_without_stamps(self, entered: Client) -> None:
        session = entered.session
        del session[sessions.ENTERED]
        session.save()
        assert not is_in(entered)

    def test_leads_a_private_page_to_the_login_and_says_why(self, entered: Client) -> None:
        age(entered, IDLE)
        response = entered.get(f"{PRIVATE}?x=1", follow=True)
        assert response.redirect_chain[-1] == (f"{LOGIN}?next=/admin/%3Fx%3D1", 302)
        assert IDLE_SENTENCE in response.text

    def test_says_so_too_after_twelve_hours(self, entered: Client) -> None:
        age(entered, 60, since_login=ABSOLUTE)
        assert "sudah lama sejak Anda masuk" in entered.get(PRIVATE, follow=True).text

    def test_leaves_public_pages_open_without_a_new_cookie(self, entered: Client) -> None:
        age(entered, IDLE)
        response = entered.get(HOME)
        assert response.status_code == 200
        assert not response.cookies
        assert "Sesi Anda" not in response.text

    def test_is_still_said_after_a_look_at_a_public_page(self, entered: Client) -> None:
        age(entered, IDLE)
        entered.get(HOME)
        assert IDLE_SENTENCE in entered.get(PRIVATE, follow=True).text

    def test_is_logged_with_the_account(
        self, entered: Client, rina: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        age(entered, IDLE)
        with caplog.at_level(logging.INFO, logger="epk.security"):
            entered.get(PRIVATE)
        assert caplog.messages[0].startswith("event=session_expired address=127.0.0.1 method=GET ")
        assert caplog.messages[0].endswith(f"path=/admin/ reason=idle account={rina.pk}")

    def test_of_leaving_leads_home_as_leaving_does(self, entered: Client) -> None:
        age(entered, IDLE)
        assert entered.post(reverse("account_logout")).headers["Location"] == HOME

    def test_is_for_good(self, entered: Client) -> None:
        """Using the old cookie does not renew it."""
        age(entered, IDLE)
        cookie = entered.cookies[settings.SESSION_COOKIE_NAME].value
        entered.get(PRIVATE)
        entered.cookies[settings.SESSION_COOKIE_NAME] = cookie
        assert not is_in(entered)
        assert entered.get(PRIVATE).status_code == 302

    def test_does_not_come_while_the_cookie_decides(self) -> None:
        """The browser must keep the cookie longer than the server keeps the session."""
        assert settings.SESSION_COOKIE_AGE > ABSOLUTE > IDLE


class TestUse:
    def test_is_written_at_most_every_five_minutes(self, entered: Client) -> None:
        assert writes(entered) == []
        age(entered, sessions.WRITE_SEEN_EVERY - 5)
        assert writes(entered) == []
        age(entered, sessions.WRITE_SEEN_EVERY + 5)
        assert len(writes(entered)) == 1
        assert writes(entered) == []

    def test_lengthens_a_session(self, entered: Client) -> None:
        age(entered, IDLE - 60)
        entered.get(HOME)
        assert time.time() - entered.session[sessions.SEEN] < 60

    def test_never_lengthens_it_past_twelve_hours(self, entered: Client) -> None:
        age(entered, IDLE - 60, since_login=ABSOLUTE - 60)
        stamp = entered.session[sessions.ENTERED]
        entered.get(HOME)
        assert entered.session[sessions.ENTERED] == stamp


class TestKey:
    def enter(self, client: Client, user: User) -> str:
        client.post(LOGIN, {"username": user.email, "password": PASSWORD})
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def test_changes_at_login(self, client: Client, siti: User) -> None:
        """Whoever has planted a session of theirs in a browser gets nothing by it."""
        session = client.session
        session["planted"] = "yes"
        session.save()
        planted = session.session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = planted
        assert self.enter(client, siti) != planted
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = planted
        assert not is_in(thief)

    def test_that_the_server_never_gave_out_is_not_taken_up(
        self, client: Client, siti: User
    ) -> None:
        client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
        assert self.enter(client, siti) != "a" * 32

    def test_is_dead_after_leaving(self, client: Client, siti: User) -> None:
        key = self.enter(client, siti)
        client.post(reverse("account_logout"))
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        assert not is_in(client)
        assert client.get(reverse("style_guide")).headers["Location"].startswith(LOGIN)

    def test_of_another_person_does_not_go_on(self, client: Client, siti: User, budi: User) -> None:
        first = self.enter(client, siti)
        client.force_login(budi)
        assert client.cookies[settings.SESSION_COOKIE_NAME].value != first
        assert client.session[SESSION_KEY] == str(budi.pk)

    def test_of_an_account_that_was_closed_is_dead_at_the_next_click(
        self, client: Client, siti: User
    ) -> None:
        self.enter(client, siti)
        User.objects.filter(pk=siti.pk).update(is_active=False)
        assert not is_in(client)
        assert client.get(reverse("style_guide")).headers["Location"].startswith(LOGIN)

    def test_of_an_account_whose_password_changed_is_dead(self, client: Client, siti: User) -> None:
        self.enter(client, siti)
        siti.set_password("kata sandi yang baru")
        siti.save()
        assert not is_in(client)

    def test_begins_the_twelve_hours_anew_at_each_login(self, entered: Client, rina: User) -> None:
        age(entered, 60, since_login=ABSOLUTE - 60)
        self.enter(entered, rina)
        entered.force_login(rina)
        assert time.time() - entered.session[sessions.ENTERED] < 60
