"""Too many tries at the door: refused with the rest of the wait, never the owner for good."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, make_user
from tests.jobs import waiting_jobs

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")
ACTIVATION = reverse("registry:activation")


def enter(client: Client, name: str, password: str) -> Any:
    return client.post(LOGIN, {"username": name, "password": password})


@pytest.mark.parametrize("name", ["siti@demo.example", "orang@lain.example"])
def test_the_sixth_wrong_password_waits_for_known_and_unknown_alike(siti: User, name: str) -> None:
    attacker = Client()
    answers = [enter(attacker, name, f"salah {number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    html = answers[-1].content.decode()
    assert "Terlalu banyak percobaan. Coba lagi dalam" in html
    assert f'value="{name}"' in html


def test_the_right_password_does_not_help_then(siti: User) -> None:
    attacker = Client()
    for number in range(5):
        enter(attacker, siti.email, f"salah {number}")
    assert enter(attacker, siti.email, PASSWORD).status_code == 429
    assert "_auth_user_id" not in attacker.session


def test_the_owner_still_comes_in_on_a_known_browser(siti: User) -> None:
    owner = Client()
    enter(owner, siti.email, PASSWORD)
    owner.post(reverse("account_logout"))
    attackers = [Client(REMOTE_ADDR=f"203.0.113.{number}") for number in range(20)]
    for number, attacker in enumerate(attackers * 3):
        enter(attacker, siti.email, f"salah {number}")
    assert enter(attackers[0], siti.email, PASSWORD).status_code == 429
    assert enter(owner, siti.nip, PASSWORD).status_code == 302


def test_an_office_behind_one_address_is_let_in(db: None) -> None:
    officers = [make_user(f"u{number}@dinas.example", f"Petugas {number}") for number in range(60)]
    for officer in officers:
        desk = Client()
        assert enter(desk, officer.email, "salah ketik").status_code == 200
        assert enter(desk, officer.email, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("address", "field", "names"),
    [
        (RESET, "login", ("siti@demo.example", "orang@lain.example")),
        (ACTIVATION, "nip", ("198609262015012001", "199001012020121001")),
    ],
)
def test_asking_for_mail_again_and_again_waits_for_known_and_unknown_alike(
    siti: User, address: str, field: str, names: tuple[str, str]
) -> None:
    for name in names:
        answers = [Client().post(address, {field: name}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
        assert answers[-1].context["form"][field].value() == name
    assert len(waiting_jobs()) == 6


def test_asking_for_a_new_address_again_and_again(client: Client, siti: User) -> None:
    client.force_login(siti)
    address = reverse("accounts:email_change")
    data = {"email": "siti.baru@contoh.example", "password": PASSWORD}
    statuses = [client.post(address, data).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


def test_events_at_the_door_are_logged_without_names(
    siti: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "epk.security")
    client = Client()
    enter(client, siti.email, "salah")
    enter(client, siti.nip, PASSWORD)
    lines = [record.getMessage() for record in caplog.records if record.name == "epk.security"]
    assert [line.split()[0] for line in lines] == ["event=login_failed", "event=login"]
    assert f"account={siti.pk}" in lines[1]
    assert not any(fact in line for line in lines for fact in (siti.email, siti.nip, PASSWORD))
