"""The home page: search first, then figures, then what one can do."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from epk.lib import zones
from epk.lib.text import greeting

pytestmark = pytest.mark.django_db


def test_the_public_begins_with_the_search(client: Client) -> None:
    page = client.get(reverse("home")).content.decode()
    assert f'action="{reverse("registry:directory")}"' in page
    assert page.index('name="q"') < page.index("Register dalam angka")
    assert "Untuk apa register ini" in page


def test_figures_count_the_register(client: Client, siti: User, joko: User) -> None:
    response = client.get(reverse("home"))
    assert response.context["figures"].in_service == 1
    assert response.context["figures"].served == 1


def test_it_sets_no_cookie_and_writes_nothing(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse("home"))
    assert response.cookies == {}
    assert len(queries) <= 4
    assert all(query["sql"].lstrip().startswith(("SELECT", "WITH")) for query in queries)


def test_it_leads_only_to_what_exists(client: Client) -> None:
    page = client.get(reverse("home")).content.decode()
    for absent in ("Sebaran", "Forum"):
        assert absent not in page


def test_it_marks_itself_in_the_navigation(client: Client) -> None:
    page = client.get(reverse("home")).content.decode()
    assert page.count('aria-current="page"') == 1


def test_an_officer_is_greeted_by_the_clock_of_their_place(client: Client, budi: User) -> None:
    client.force_login(budi)
    session = client.session
    session[zones.SESSION_KEY] = "Asia/Jayapura"  # as logging in keeps it
    session.save()
    before = timezone.now()
    page = client.get(reverse("home")).content.decode()
    moments = (before, timezone.now())
    greetings = {greeting(m.astimezone(ZoneInfo("Asia/Jayapura")).hour) for m in moments}
    assert any(f"{words}, Budi R.</h1>" in page for words in greetings)


def test_an_officer_reaches_their_own_record(client: Client, siti: User) -> None:
    client.force_login(siti)
    page = client.get(reverse("home")).content.decode()
    assert f'href="{reverse("registry:own_profile")}">Buka data saya' in page
    assert reverse("admin:index") not in page


def test_staff_reach_the_admin(client: Client, rina: User) -> None:
    client.force_login(rina)
    assert reverse("admin:index") in client.get(reverse("home")).content.decode()


def test_queries_when_logged_in(client: Client, siti: User) -> None:
    client.force_login(siti)
    client.get(reverse("home"))  # the figures are counted once after each change of the register
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home"))
    assert len(queries) <= 8


@pytest.mark.parametrize("junk", ["?q=%00", "?q=%ff%fe", "?" + "a=1&" * 500])
def test_junk_in_the_address_is_ignored(client: Client, junk: str) -> None:
    assert client.get(reverse("home") + junk).status_code == 200


def test_a_chosen_theme_is_worn(client: Client) -> None:
    client.cookies["tema"] = "dark"
    assert '<html lang="id" data-bs-theme="dark">' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("junk", ["neon", '"><script>', "x" * 4000])
def test_an_unknown_theme_is_ignored(client: Client, junk: str) -> None:
    client.cookies["tema"] = junk
    assert '<html lang="id">' in client.get(reverse("home")).content.decode()


def test_page_travels_compressed(client: Client, db: None) -> None:
    """Field officers read over slow lines; Django pads the reply against guessing (BREACH)."""
    response = client.get(reverse("home"), headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["ETag"].startswith("W/")
