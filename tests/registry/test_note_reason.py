"""Private data shown on the page of an officer is written down, with a reason where one is given."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.models import AccessRecord, Officer
from tests.factories import make_officer

REASON = "Memeriksa SK kenaikan jenjang"


def profile(officer: Officer) -> str:
    return reverse("registry:profile", args=[officer.register_number])


def reason(officer: Officer) -> str:
    return reverse("registry:note_reason", args=[officer.register_number])


@pytest.fixture
def officer(siti: User) -> Officer:
    return Officer.objects.get(user=siti)


# --- The visit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dewi", "rina", "admin"])
def test_a_visit_of_an_admin_is_written_down(
    client: Client, officer: Officer, name: str, request: pytest.FixtureRequest
) -> None:
    viewer = request.getfixturevalue(name)
    client.force_login(viewer)
    response = client.get(profile(officer), REMOTE_ADDR="10.1.2.3")
    assert "Kunjungan ini tercatat" in response.text
    assert "no-store" in response["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.officer, record.viewer) == (officer, viewer)
    assert record.fields == ["birth", "nip", "pangkat", "private_phone"]
    assert (record.channel, record.address, record.reason) == ("profil", "10.1.2.3", "")


def test_papers_count_when_there_are_some(client: Client, officer: Officer, rina: User) -> None:
    officer.postings.update(sk_number="821/114/2022")
    client.force_login(rina)
    client.get(profile(officer))
    assert "documents" in AccessRecord.objects.get().fields


def test_what_is_empty_was_not_shown(client: Client, rina: User) -> None:
    bare = make_officer("Suparman", golongan=None, nip=None, employment="non_asn")
    client.force_login(rina)
    client.get(profile(bare))
    assert AccessRecord.objects.get().fields == ["birth"]


@pytest.mark.parametrize("name", ["siti", "budi", "cut", "agus", "maya", None])
def test_a_visit_of_others_is_not(
    client: Client, officer: Officer, name: str | None, request: pytest.FixtureRequest
) -> None:
    if name:
        client.force_login(request.getfixturevalue(name))
    response = client.get(profile(officer))
    assert "Kunjungan ini tercatat" not in response.text
    assert reason(officer) not in response.text
    assert not AccessRecord.objects.exists()


def test_the_public_view_shows_an_admin_nothing_private(
    client: Client, officer: Officer, rina: User
) -> None:
    client.force_login(rina)
    assert officer.private_phone not in client.get(profile(officer), {"sebagai": "publik"}).text
    assert not AccessRecord.objects.exists()


def test_asking_for_the_headers_shows_nothing(client: Client, officer: Officer, rina: User) -> None:
    client.force_login(rina)
    client.head(profile(officer))
    assert not AccessRecord.objects.exists()


def test_lists_and_the_check_show_admins_nothing_private(
    client: Client, officer: Officer, rina: User
) -> None:
    officer.postings.update(sk_number="821/114/2022")
    client.force_login(rina)
    pages = [
        client.get(reverse("home")),
        client.get(reverse("registry:directory"), {"q": "Siti"}),
        client.post(reverse("registry:check"), {"q": officer.nip}),
        client.get(reverse("registry:check_number", args=[officer.register_number])),
    ]
    assert all("Siti Wulandari" in page.text for page in pages[1:])
    for text in ["0811-0000-0047", "1986", "III/d", "821/114/2022", "Indramayu, 26"]:
        assert [page.request["PATH_INFO"] for page in pages if text in page.text] == []
    assert not AccessRecord.objects.exists()


# --- The reason ---------------------------------------------------------------------------------------


def test_a_reason_is_a_further_row(client: Client, officer: Officer, dewi: User) -> None:
    client.force_login(dewi)
    response = client.post(reason(officer), {"reason": REASON}, REMOTE_ADDR="10.1.2.3")
    assert response.status_code == 302
    assert response["Location"] == profile(officer)
    record = AccessRecord.objects.get()
    assert (record.reason, record.viewer, record.address) == (REASON, dewi, "10.1.2.3")
    assert record.fields == ["birth", "nip", "pangkat", "private_phone"]
    assert "Alasan Anda tercatat." in client.get(profile(officer)).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis alasannya"),
        ("   ", "Tulis alasannya"),
        ("x" * 301, "paling banyak 300"),
        ("a\u202eb", "huruf tersembunyi"),
        ("a\0b", "huruf tersembunyi"),
    ],
)
def test_a_bad_reason_is_kept_and_not_written(
    client: Client, officer: Officer, dewi: User, typed: str, sentence: str
) -> None:
    client.force_login(dewi)
    response = client.post(reason(officer), {"reason": typed})
    assert response.status_code == 200
    assert sentence in response.context["reason_form"].errors["reason"][0]
    assert response.context["reason_form"]["reason"].value() == typed
    assert "<title>Galat: " in response.text
    assert [record.reason for record in AccessRecord.objects.all()] == [""]  # the page itself


@pytest.mark.parametrize("name", ["siti", "budi", "cut", "agus", "maya"])
def test_who_may_not_see_gives_no_reason(
    client: Client, officer: Officer, name: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))
    response: Any = client.post(reason(officer), {"reason": REASON})
    assert response.status_code == 403
    assert not AccessRecord.objects.exists()


def test_not_logged_in(client: Client, officer: Officer) -> None:
    response = client.post(reason(officer), {"reason": REASON})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert not AccessRecord.objects.exists()


def test_no_such_officer(client: Client, rina: User) -> None:
    client.force_login(rina)
    assert client.post(reverse("registry:note_reason", args=["PK-999999"])).status_code == 404


def test_only_by_post_and_with_a_token(client: Client, officer: Officer, rina: User) -> None:
    client.force_login(rina)
    assert client.get(reason(officer)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rina)
    assert strict.post(reason(officer), {"reason": REASON}).status_code == 403
