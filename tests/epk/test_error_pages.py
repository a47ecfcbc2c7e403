"""The error pages: what happened, what became of what was typed, what to do next."""

from typing import Any, NoReturn

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from epk import views


def refuse(*_arguments: Any) -> NoReturn:
    raise OperationalError("the database is away")


def test_an_unknown_address(client: Client, db: None) -> None:
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.content.decode()
    assert response.cookies == {}


def test_an_unknown_address_keeps_the_account_menu(client: Client, siti: User) -> None:
    client.force_login(siti)
    assert "Siti W." in client.get("/tidak-ada/").content.decode()


def test_an_unknown_address_while_the_database_is_away(client: Client, siti: User) -> None:
    client.force_login(siti)
    with connection.execute_wrapper(refuse):
        response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.content.decode()


def test_a_host_that_is_not_ours(client: Client) -> None:
    response = client.get(reverse("home"), headers={"host": "asing.example"})
    assert response.status_code == 400
    assert "tidak dapat kami baca" in response.content.decode()


def test_a_form_without_its_token(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("account_login"), {"username": "siti"})
    assert response.status_code == 403
    assert "Formulir ini terlalu lama terbuka" in response.content.decode()
    assert "tidak hilang" in response.content.decode()


def test_a_page_of_others(client: Client, siti: User) -> None:
    client.force_login(siti)
    response = client.get(reverse("style_guide"))
    assert response.status_code == 403
    assert "tidak berwenang" in response.content.decode()


def answers() -> list[tuple[HttpResponse, int]]:
    request = RequestFactory().get("/direktori/?q=wulan")
    return [
        (views.bad_request(request, SuspiciousOperation()), 400),
        (views.permission_denied(request, PermissionDenied()), 403),
        (views.csrf_failure(request), 403),
        (views.page_not_found(request, Http404()), 404),
        (views.server_error(request), 500),
        (views.service_unavailable(request), 503),
    ]


def test_each_needs_neither_user_nor_session_nor_database() -> None:
    # No `db` fixture: pytest-django fails the test on any query.
    for response, status in answers():
        page = response.content.decode()
        assert response.status_code == status
        assert f"Galat {status}" in page
        assert "· e-Pengantar Kerja</title>" in page


def test_unavailable_asks_to_come_back() -> None:
    response = views.service_unavailable(RequestFactory().get("/direktori/?q=wulan"))
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert 'href="/direktori/?q=wulan"' in response.content.decode()


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "404.html", "429.html", "500.html", "503.html"]
)
def test_each_renders_with_no_context_at_all(template: str) -> None:
    assert "</html>" in render_to_string(template)
