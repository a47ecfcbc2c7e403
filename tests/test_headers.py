"""The headers of every page under the settings of production, scored as Mozilla's Observatory does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import path, reverse

from accounts.models import User
from epk import urls as site_map
from registry.models import Officer
from tests.factories import PASSWORD
from tests.observatory import Response, score
from tests.pages import Address, addresses, path_of

pytestmark = pytest.mark.django_db

HOST = "contoh.go.id"
ENVIRONMENT = {"SECRET_KEY": "p" * 50, "ALLOWED_HOSTS": HOST}
# What differs between a demo and production and a page can show.
SETTINGS = (
    "ALLOWED_HOSTS",
    "CONTENT_SECURITY_POLICY",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME",
    "DEVICE_COOKIE_NAME",
    "THEME_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "DEBUG",
    "DEMO",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REDIRECT_EXEMPT",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
    "X_FRAME_OPTIONS",
)
PRINT_THEM = f"""
import django, json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {SETTINGS!r}}}, default=list))
"""
ADMIN = ("admin:index", "admin:registry_officer_changelist", "admin:registry_officer_add",
         "admin:registry_unit_changelist", "admin:accounts_user_changelist")  # fmt: skip
STATIC = ("/static/css/site.css", "/static/img/mark.svg", "/static/django_htmx/htmx-4.min.js",
          "/static/admin/css/base.css")  # fmt: skip
PUBLIC = [address for address in addresses() if address.is_public]


def refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def fail(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as a fault in a page would")


def lose_the_database(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost")


# The site map of this module: the real one and pages that go wrong.
urlpatterns = [
    *site_map.urlpatterns,
    path("uji/403/", refuse, name="refuse"),
    path("uji/500/", fail, name="fail"),
    path("uji/503/", lose_the_database, name="lose_the_database"),
]
handler400 = site_map.handler400
handler403 = site_map.handler403
handler404 = site_map.handler404
handler500 = site_map.handler500


@pytest.fixture(scope="module")
def production_settings(checkout_root: Path) -> dict[str, Any]:
    """As a server without DEMO and DEBUG computes them from its environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment = kept | ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "epk.settings"}
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_THEM],
        cwd=checkout_root, env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found: dict[str, Any] = json.loads(printed)
    return found


@pytest.fixture(autouse=True)
def production(production_settings: dict[str, Any]) -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__, **production_settings):
        yield


@pytest.fixture
def client(production: None) -> Client:
    """As a browser behind the ministry's proxy."""
    return Client(
        raise_request_exception=False, headers={"host": HOST, "x-forwarded-proto": "https"}
    )


@pytest.fixture
def officer(siti: User) -> Officer:
    return Officer.objects.get(user=siti)


def outside_the_demo(user: User) -> User:
    """Production lets no demo account in, and voids a role without a second factor."""
    Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {}})
    user.email = user.email.replace("@demo.example", "@contoh.example")
    user.save(update_fields=["email"])
    return user


def enter(client: Client, user: User) -> None:
    """With the second factor that production asks of staff."""
    Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {}})
    client.force_login(outside_the_demo(user))


def observed(client: Client, address: str) -> tuple[HttpResponseBase, Response]:
    response = client.get(address)
    plain = Client(headers={"host": HOST}).get(address)
    body = "" if response.streaming else response.content.decode()
    return response, Response(
        host=HOST,
        headers=dict(response.items()),
        cookies=[_parsed(morsel) for morsel in response.cookies.values()],
        body=body,
        http_location=plain.headers.get("Location"),
    )


def _parsed(morsel: Morsel[str]) -> Morsel[str]:
    """As a browser reads it, not as Django holds it."""
    return next(iter(SimpleCookie(morsel.OutputString()).values()))


def assert_top_marks(seen: Response) -> None:
    points, modifiers = score(seen)
    assert points >= 100, modifiers
    assert min(modifiers.values()) >= 0, modifiers


class TestScore:
    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_of_every_public_page_is_100_or_more(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        if address.name in {"healthz", "readyz"}:  # asked by machines inside, over plain HTTP
            assert client.get(path_of(address.name, officer)).status_code == 200
            return
        _, seen = observed(client, path_of(address.name, officer))
        assert_top_marks(seen)

    @pytest.mark.parametrize(
        "name", ["home", "registry:directory", "registry:profile", "style_guide"]
    )
    def test_of_pages_for_staff_is_100_or_more(
        self, client: Client, officer: Officer, rina: User, name: str
    ) -> None:
        enter(client, rina)
        response, seen = observed(client, path_of(name, officer))
        assert response.status_code == 200
        assert_top_marks(seen)

    @pytest.mark.parametrize("name", ADMIN)
    def test_of_the_admin_is_100_or_more(self, client: Client, admin: User, name: str) -> None:
        enter(client, admin)
        response, seen = observed(client, reverse(name))
        assert response.status_code == 200
        assert_top_marks(seen)

    def test_of_an_officer_in_the_admin_is_100_or_more(
        self, client: Client, admin: User, officer: Officer
    ) -> None:
        enter(client, admin)
        response, seen = observed(
            client, reverse("admin:registry_officer_change", args=[officer.pk])
        )
        assert response.status_code == 200
        assert_top_marks(seen)

    def test_of_the_door_of_the_admin_is_100_or_more(self, client: Client) -> None:
        _, seen = observed(client, reverse("admin:login"))
        assert_top_marks(seen)

    def test_of_logging_in_is_100_or_more_and_sets_safe_cookies(
        self, client: Client, siti: User
    ) -> None:
        entered = {"username": outside_the_demo(siti).email, "password": PASSWORD}
        response = client.post(reverse("account_login"), entered)
        assert response.status_code == 302
        session = response.cookies["__Host-sessionid"]
        assert (session["secure"], session["httponly"], session["path"]) == (True, True, "/")
        assert session["samesite"] == "Lax"
        cookies = [_parsed(morsel) for morsel in response.cookies.values()]
        assert_top_marks(
            Response(HOST, dict(response.items()), cookies, http_location=f"https://{HOST}/")
        )

    @pytest.mark.parametrize("file", STATIC)
    def test_of_static_files_is_100_or_more(self, client: Client, file: str) -> None:
        response, seen = observed(client, file)
        assert response.status_code == 200
        assert_top_marks(seen)

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/tidak/ada/", 404),
            ("/direktori/PK-999999/", 404),
            ("/static/tidak/ada.css", 404),
            ("/uji/403/", 403),
            ("/uji/500/", 500),
        ],
    )
    def test_of_error_pages_is_100_or_more(
        self, client: Client, rina: User, address: str, status: int
    ) -> None:
        enter(client, rina)
        response, seen = observed(client, address)
        assert response.status_code == status
        assert_top_marks(seen)

    def test_of_a_page_without_database_is_100_or_more(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, rina: User
    ) -> None:
        enter(client, rina)
        monkeypatch.setattr("epk.health._database", lambda: False)
        response, seen = observed(client, reverse("lose_the_database"))
        assert response.status_code == 503
        assert_top_marks(seen)

    def test_of_a_form_that_was_open_too_long_is_100_or_more(self, siti: User) -> None:
        headers = {"host": HOST, "x-forwarded-proto": "https"}
        client = Client(enforce_csrf_checks=True, headers=headers)
        enter(client, siti)
        response = client.post(reverse("account_logout"))
        assert response.status_code == 403
        assert "Formulir ini terlalu lama terbuka" in response.text
        assert_top_marks(
            Response(
                HOST, dict(response.items()), body=response.text, http_location=f"https://{HOST}/"
            )
        )

    @pytest.mark.parametrize(
        ("method", "headers", "status"),
        [("GET", {"host": "jahat.example"}, 400), ("TRACE", {}, 405), ("PUT", {}, 405)],
    )
    def test_of_a_refused_request_is_100_or_more(
        self, client: Client, method: str, headers: dict[str, str], status: int
    ) -> None:
        response = client.generic(method, "/", headers=headers)
        assert response.status_code == status
        assert_top_marks(
            Response(
                HOST, dict(response.items()), body=response.text, http_location=f"https://{HOST}/"
            )
        )


class TestPolicy:
    def test_is_the_same_on_every_page_and_allows_nothing_inline(
        self, client: Client, admin: User
    ) -> None:
        enter(client, admin)
        policies = {
            client.get(page).headers["Content-Security-Policy"]
            for page in (reverse("home"), reverse("registry:directory"), reverse("admin:index"))
        }
        assert len(policies) == 1
        policy = policies.pop()
        assert "unsafe" not in policy
        assert "http" not in policy
        for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'",
                     "img-src 'self' data:", "base-uri 'none'", "frame-ancestors 'none'",
                     "form-action 'self'", "manifest-src 'self'"):  # fmt: skip
            assert part in policy

    @pytest.mark.parametrize(
        ("header", "value"),
        [
            ("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Referrer-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
    def test_has_its_other_headers(self, client: Client, header: str, value: str) -> None:
        assert client.get(reverse("home")).headers[header] == value

    def test_leads_plain_http_to_https_on_the_same_host(self) -> None:
        response = Client(headers={"host": HOST}).get(reverse("registry:directory"), {"q": "siti"})
        assert response.status_code == 301
        assert response.headers["Location"] == f"https://{HOST}/direktori/?q=siti"


class TestTheScoringItself:
    """That it can tell good from bad, by cases whose score is given in the published table."""

    BEST = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=63072000",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Type": "text/html; charset=utf-8",
    }

    def points(self, changed: dict[str, str], **parts: Any) -> int:
        headers = {name: value for name, value in (self.BEST | changed).items() if value}
        given: dict[str, Any] = {"http_location": f"https://{HOST}/"} | parts
        return score(Response(host=HOST, headers=headers, **given))[0]

    def test_gives_all_bonuses(self) -> None:
        assert self.points({}) == 130

    def test_gives_no_bonus_below_90(self) -> None:
        assert self.points({"Strict-Transport-Security": ""}) == 80

    @pytest.mark.parametrize(
        ("changed", "points"),
        [
            ({"Content-Security-Policy": ""}, 75 - 20),
            ({"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}, 125),
            ({"Content-Security-Policy": "script-src 'unsafe-inline'; frame-ancestors *"}, 80),
            ({"Content-Security-Policy": "default-src 'none'; default-src 'self'"}, 55),
            ({"X-Content-Type-Options": ""}, 125),
            ({"Referrer-Policy": "unsafe-url"}, 120),
            ({"Cross-Origin-Resource-Policy": "sama"}, 115),
            ({"Strict-Transport-Security": "max-age=86400"}, 120),
        ],
    )
    def test_takes_off_what_the_table_says(self, changed: dict[str, str], points: int) -> None:
        assert self.points(changed) == points

    @pytest.mark.parametrize(
        ("cookie", "points"),
        [
            ("sessionid=x; Secure; HttpOnly; SameSite=Lax", 135),
            ("sessionid=x; Secure; HttpOnly", 130),
            ("sessionid=x; Secure; SameSite=Lax", 70),
            ("sessionid=x; HttpOnly; SameSite=Lax", 120),
            ("csrftoken=x; Secure", 80),
        ],
    )
    def test_judges_cookies(self, cookie: str, points: int) -> None:
        assert self.points({}, cookies=list(SimpleCookie(cookie).values())) == points

    @pytest.mark.parametrize(
        ("location", "points"),
        [(None, 80), ("http://contoh.go.id/x", 80), ("https://lain.id/", 125)],
    )
    def test_judges_where_plain_http_leads(self, location: str | None, points: int) -> None:
        assert self.points({}, http_location=location) == points

    @pytest.mark.parametrize(
        ("script", "points"),
        [
            ("/static/a.js", 130),
            ("https://cdn.example/a.js", 125),
            ("//cdn.example/a.js", 50),
            ("http://cdn.example/a.js", 50),
        ],
    )
    def test_judges_scripts(self, script: str, points: int) -> None:
        assert self.points({}, body=f'<script src="{script}"></script>') == points
