"""Every kind of answer there is carries every header of security, and private ones are not kept."""
# ruff: noqa: F811 - fixtures of test_headers.py are arguments here

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts import throttle
from accounts.models import User
from epk.lib.files.checked import CheckedFile
from registry.actions import set_photo, store_document
from registry.models import Officer
from tests.observatory import Response
from tests.test_headers import (  # noqa: F401  (fixtures)
    HOST,
    assert_top_marks,
    client,
    enter,
    officer,
    production,
    production_settings,
)

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

PICTURE = CheckedFile.of(b"jpeg", extension="jpg", pages=1, original_name="SK.jpg")
STYLES = "/static/css/site.css"
ALWAYS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def again(client: Client, path: str) -> HttpResponseBase:
    """The same page for somebody who has it already."""
    first = client.get(path)
    if tag := first.headers.get("ETag"):
        return client.get(path, headers={"if-none-match": tag})
    return client.get(path, headers={"if-modified-since": first.headers["Last-Modified"]})


def too_often(client: Client) -> HttpResponseBase:
    while throttle.hit("check", address="127.0.0.1").allowed:
        pass
    return client.post(reverse("registry:check"), {"q": "Siti"})


def stale_form(client: Client) -> HttpResponseBase:
    client.handler.enforce_csrf_checks = True
    return client.post(reverse("account_login"), {"username": "x"})


def refused(client: Client) -> HttpResponseBase:
    return client.get(reverse("refuse"))


def fault(client: Client) -> HttpResponseBase:
    return client.get(reverse("fail"))


def without_database(client: Client) -> HttpResponseBase:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("epk.health._database", lambda: False)
        return client.get(reverse("lose_the_database"))


def photo(client: Client) -> str:
    found = Officer.objects.get(name="Siti Wulandari")
    set_photo(found, PICTURE, by=None)
    Officer.objects.filter(pk=found.pk).update(photo_public=True)
    return reverse("registry:photo", args=[found.register_number])


def document(client: Client) -> str:
    found = Officer.objects.get(name="Siti Wulandari")
    scan = store_document(found, PICTURE, kind="sk", by=None)
    enter(client, found.user)
    return reverse("registry:document", args=[found.register_number, scan.pk])


FOR_THOSE_LOGGED_IN = {refused, fault, without_database}
Answer = Callable[[Client], HttpResponseBase]
KINDS: dict[str, tuple[int, Answer]] = {
    "page": (200, lambda c: c.get(reverse("home"))),
    "head": (200, lambda c: c.head(reverse("home"))),
    "options": (405, lambda c: c.options(reverse("home"))),
    "page, not changed": (304, lambda c: again(c, reverse("home"))),
    "text": (200, lambda c: c.get(reverse("robots"))),
    "sitemap": (200, lambda c: c.get(reverse("sitemap"))),
    "to the login": (302, lambda c: c.get(reverse("style_guide"))),
    "to the slash": (301, lambda c: c.get("/direktori")),
    "colours": (302, lambda c: c.post(reverse("theme"), {"tema": "dark"})),
    "answer of the check": (200, lambda c: c.post(reverse("registry:check"), {"q": "Siti"})),
    "unknown host": (400, lambda c: c.get("/", headers={"host": "jahat.example"})),
    "too many fields": (400, lambda c: c.post(reverse("registry:check"), "a&" * 3_000, "application/x-www-form-urlencoded")),
    "refused": (403, refused),
    "stale form": (403, stale_form),
    "unknown address": (404, lambda c: c.get("/tidak/ada/")),
    "method of no page": (405, lambda c: c.generic("TRACE", "/")),
    "method of another page": (405, lambda c: c.post(reverse("home"))),
    "too often": (429, too_often),
    "fault": (500, fault),
    "no database": (503, without_database),
    "style sheet": (200, lambda c: c.get(STYLES)),
    "style sheet, not changed": (304, lambda c: again(c, STYLES)),
    "no style sheet": (404, lambda c: c.get("/static/css/tidak-ada.css")),
    "photo": (200, lambda c: c.get(photo(c))),
    "photo, not changed": (304, lambda c: again(c, photo(c))),
    "scan": (200, lambda c: c.get(document(c))),
}  # fmt: skip


@pytest.fixture
def answer(request: pytest.FixtureRequest, client: Client, siti: User) -> HttpResponseBase:
    status, ask = KINDS[request.param]
    if ask in FOR_THOSE_LOGGED_IN:
        enter(client, siti)
    response = ask(client)
    assert response.status_code == status, HTTPStatus(response.status_code).phrase
    return response


every_kind = pytest.mark.parametrize("answer", KINDS, indirect=True)


@every_kind
def test_every_answer_has_every_header(answer: HttpResponseBase) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["Permissions-Policy"].startswith("camera=()")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@every_kind
def test_every_answer_scores_100_or_more(answer: HttpResponseBase) -> None:
    assert_top_marks(Response(HOST, dict(answer.items()), http_location=f"https://{HOST}/"))


@every_kind
def test_no_answer_tells_what_it_is_made_with(answer: HttpResponseBase) -> None:
    told = " ".join(f"{name}: {value}" for name, value in answer.items()).lower()
    assert "django" not in told
    assert "x-powered-by" not in told
    assert "server:" not in told


class TestCaches:
    """What of the portal may lie in a cache, of the browser or in between."""

    @pytest.mark.parametrize(
        "path",
        [
            reverse("home"),
            reverse("registry:directory"),
            reverse("registry:check"),
            reverse("style_guide"),
            reverse("admin:index"),
            reverse("admin:registry_officer_changelist"),
            reverse("accounts:resume"),
            reverse("account_login"),
            reverse("robots"),
            "/tidak/ada/",
            "/uji/403/",
            "/direktori",
        ],
    )
    def test_keep_nothing_of_who_is_logged_in(self, client: Client, rina: User, path: str) -> None:
        enter(client, rina)
        said = client.get(path).headers["Cache-Control"]
        assert "no-store" in said
        assert "private" in said

    def test_keep_no_profile_as_its_owner_sees_it(
        self, client: Client, officer: Officer, siti: User
    ) -> None:
        enter(client, siti)
        path = reverse("registry:profile", args=[officer.register_number])
        response = client.get(path)
        assert "no-store" in response.headers["Cache-Control"]
        assert "ETag" not in response.headers

    @pytest.mark.parametrize(
        "path",
        [reverse("account_login"), "/akun/tidak/ada/", reverse("accounts:resume"),
         reverse("style_guide"), reverse("admin:index")],
    )  # fmt: skip
    def test_keep_no_account_page_of_anybody(self, client: Client, path: str) -> None:
        assert "no-store" in client.get(path).headers["Cache-Control"]

    @pytest.mark.parametrize("name", ["home", "registry:directory", "registry:check", "robots"])
    def test_may_keep_public_pages(self, client: Client, name: str) -> None:
        response = client.get(reverse(name))
        assert "no-store" not in response.headers.get("Cache-Control", "")

    def test_may_keep_a_photo_that_is_public(self, client: Client, siti: User) -> None:
        path = photo(client)
        enter(client, siti)
        assert client.get(path).headers["Cache-Control"] == "public, max-age=300"

    @pytest.mark.usefixtures("siti")
    def test_keep_no_scan(self, client: Client) -> None:
        assert client.get(document(client)).headers["Cache-Control"] == "private, no-store"

    def test_may_keep_style_sheets(self, client: Client) -> None:
        assert "no-store" not in client.get(STYLES).headers.get("Cache-Control", "")

    def test_keep_nothing_of_logging_in_and_out(self, client: Client, siti: User) -> None:
        enter(client, siti)
        response = client.post(reverse("account_logout"))
        assert "no-store" in response.headers["Cache-Control"]
