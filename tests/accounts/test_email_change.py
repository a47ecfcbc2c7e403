"""A new address: asked with the password, confirmed in both mailboxes, dead in good time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import EmailChange, User
from tests.accounts.mails import path_in, received
from tests.factories import PASSWORD, make_user
from tests.mail_server import MailServer

PAGE = reverse("accounts:email_change")
NEW = "siti.baru@contoh.example"


def ask(client: Client, email: str = NEW, password: str = PASSWORD) -> int:
    return client.post(PAGE, {"email": email, "password": password}).status_code


def links(smtp: MailServer, user: User) -> tuple[str, str]:
    """The paths in the mails to the old and the new address."""
    return path_in(received(smtp, user.email)[-1]), path_in(received(smtp, NEW)[-1])


def answer(path: str, word: str = "ya") -> str:
    response = Client().post(path, {"jawaban": word})
    return response.content.decode()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_mailboxes_agree(
    client: Client, siti: User, smtp: MailServer, order: tuple[int, int]
) -> None:
    client.force_login(siti)
    assert ask(client) == 302
    paths = links(smtp, siti)
    assert "Perubahan berlaku begitu" in answer(paths[order[0]])
    siti.refresh_from_db()
    assert siti.email == "siti@demo.example"
    assert "Alamat akun sudah diganti." in answer(paths[order[1]])
    siti.refresh_from_db()
    assert siti.email == NEW
    assert not EmailChange.objects.exists()
    for address in ("siti@demo.example", NEW):
        assert received(smtp, address)[-1].subject == "Alamat e-mail akun Anda diganti"


def test_opening_a_link_agrees_to_nothing(client: Client, siti: User, smtp: MailServer) -> None:
    client.force_login(siti)
    ask(client)
    for path in links(smtp, siti):
        assert Client().get(path).status_code == 200
        assert Client().post(path, {"jawaban": "mungkin"}).status_code == 200
    assert not EmailChange.objects.get().is_complete
    assert EmailChange.objects.get().old_confirmed_at is None


def test_one_mailbox_alone_changes_nothing(client: Client, siti: User, smtp: MailServer) -> None:
    client.force_login(siti)
    ask(client)
    _, new = links(smtp, siti)
    for _ in range(3):
        answer(new)
    siti.refresh_from_db()
    assert siti.email == "siti@demo.example"


def test_the_old_mailbox_can_refuse(client: Client, siti: User, smtp: MailServer) -> None:
    client.force_login(siti)
    ask(client)
    old, new = links(smtp, siti)
    assert "Perubahan dibatalkan." in answer(old, "batal")
    assert Client().post(new, {"jawaban": "ya"}).status_code == 404
    siti.refresh_from_db()
    assert siti.email == "siti@demo.example"


def test_asking_again_ends_the_first_links(client: Client, siti: User, smtp: MailServer) -> None:
    client.force_login(siti)
    ask(client)
    old, new = links(smtp, siti)
    ask(client, "lain@contoh.example")
    assert [Client().get(path).status_code for path in (old, new)] == [404, 404]


def test_links_have_an_end(client: Client, siti: User, smtp: MailServer) -> None:
    client.force_login(siti)
    ask(client)
    EmailChange.objects.update(asked_at=timezone.now() - dt.timedelta(days=4))
    assert "Menunggu persetujuan" not in client.get(PAGE).content.decode()


def test_a_taken_address_is_told_to_its_owner_alone(
    client: Client, siti: User, smtp: MailServer
) -> None:
    make_user(NEW, "Orang Lain")
    client.force_login(siti)
    assert ask(client) == 302
    assert "sudah dipakai" not in client.get(PAGE).content.decode()
    old, new = links(smtp, siti)
    answer(old)
    response = Client().post(new, {"jawaban": "ya"})
    assert response.status_code == 409
    assert "sudah dipakai akun lain" in response.content.decode()
    siti.refresh_from_db()
    assert siti.email == "siti@demo.example"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "salah"}, "Kata sandi tidak cocok."),
        ({"password": ""}, "Isi kata sandi Anda."),
        ({"email": ""}, "Isi alamat e-mail yang baru."),
        ({"email": "bukan-alamat"}, "tidak lengkap"),
        ({"email": "SITI@demo.example"}, "Ini alamat yang sekarang"),
        ({"email": "siti@cоntoh.example"}, "Latin tanpa aksen"),
        ({"email": "siti\0@contoh.example"}, "null"),
        ({"email": "a" * 300 + "@contoh.example"}, "254"),
    ],
)
def test_a_refused_request_says_why_and_keeps_the_address(
    client: Client, siti: User, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(siti)
    data = {"email": NEW, "password": PASSWORD} | typed
    response = client.post(PAGE, data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert response.context["form"]["email"].value() == data["email"]
    assert not EmailChange.objects.exists()


def test_giving_up_on_the_page(client: Client, siti: User) -> None:
    client.force_login(siti)
    ask(client)
    assert NEW in client.get(PAGE).content.decode()
    cancel = reverse("accounts:email_cancel")
    assert client.get(cancel).status_code == 405
    assert client.post(cancel).headers["Location"] == PAGE
    assert not EmailChange.objects.exists()


def test_the_pending_change_of_somebody_else_stays(client: Client, siti: User, budi: User) -> None:
    client.force_login(siti)
    ask(client)
    client.force_login(budi)
    client.post(reverse("accounts:email_cancel"))
    assert EmailChange.objects.get().user == siti


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1:2", "é", "." * 500])
def test_junk_as_a_token_is_a_dead_link(client: Client, db: None, token: str) -> None:
    address = reverse("accounts:email_confirm", args=[token])
    assert client.get(address).status_code == 404
    assert client.post(address, {"jawaban": "ya"}).status_code == 404


def test_a_closed_account_changes_nothing(client: Client, siti: User, smtp: MailServer) -> None:
    client.force_login(siti)
    ask(client)
    old, new = links(smtp, siti)
    User.objects.filter(pk=siti.pk).update(is_active=False)
    assert Client().post(old, {"jawaban": "ya"}).status_code == 404
    assert Client().post(new, {"jawaban": "ya"}).status_code == 404
