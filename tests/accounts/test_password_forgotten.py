"""A forgotten password: one answer for all, a link that counts once, and what ends it."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.models import User
from tests.accounts.mails import path_in, received
from tests.factories import PASSWORD, make_user
from tests.jobs import run_jobs, waiting_jobs
from tests.mail_server import MailServer

ASK = reverse("account_reset_password")
SENT = reverse("accounts:password_sent")
NEW = "kuda laut berenang jauh"


def ask(client: Client, name: str) -> str:
    response = client.post(ASK, {"login": name})
    assert response.status_code == 302
    return response.headers["Location"]


def set_new(client: Client, path: str, password: str = NEW) -> int:
    return client.post(path, {"password1": password, "password2": password}).status_code


def can_enter(user: User, password: str) -> bool:
    client = Client()
    client.post(reverse("account_login"), {"username": user.email, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("by", ["email", "nip"])
def test_from_asking_to_entering(client: Client, siti: User, smtp: MailServer, by: str) -> None:
    assert ask(client, getattr(siti, by)) == SENT
    (letter,) = received(smtp, siti.email)
    assert letter.links[0].startswith(f"{settings.SITE_URL}/akun/sandi/baru/")
    assert set_new(client, path_in(letter)) == 302
    assert can_enter(siti, NEW)
    assert not can_enter(siti, PASSWORD)
    notice = received(smtp, siti.email)[-1]
    assert notice.subject == "Kata sandi Anda diganti"


@pytest.mark.parametrize(
    "name", ["orang@lain.example", "198609262015052999", "bukan apa-apa", "siti@demo.example\u202e"]
)
def test_the_answer_is_the_same_for_nobody(
    client: Client, siti: User, smtp: MailServer, name: str
) -> None:
    assert ask(client, name) == SENT
    assert len(waiting_jobs()) == 1
    run_jobs()
    assert not smtp.letters


def test_an_inactive_account_gets_no_mail(client: Client, siti: User, smtp: MailServer) -> None:
    User.objects.filter(pk=siti.pk).update(is_active=False)
    assert ask(client, siti.email) == SENT
    assert not received(smtp, siti.email)


@pytest.mark.parametrize("junk", ["", " ", "\0", "x" * 10_000])
def test_junk_is_a_sentence(client: Client, db: None, junk: str) -> None:
    response = client.post(ASK, {"login": junk})
    assert response.status_code == 200
    assert response.context["form"].errors["login"]
    assert not waiting_jobs()


def test_the_link_has_the_host_of_the_settings(siti: User, smtp: MailServer) -> None:
    forged = Client(headers={"host": "jahat.example", "x-forwarded-host": "jahat.example"})
    assert forged.post(ASK, {"login": siti.email}).status_code == 400
    honest = Client(headers={"x-forwarded-host": "jahat.example"})
    honest.post(ASK, {"login": siti.email})
    (letter,) = received(smtp, siti.email)
    assert "jahat" not in letter.text


def test_a_link_counts_once(client: Client, siti: User) -> None:
    path = path_of(siti)
    assert set_new(client, path) == 302
    assert set_new(client, path, "lain sekali kata sandinya") == 404
    assert can_enter(siti, NEW)


def test_asking_again_leaves_both_links_until_one_is_used(client: Client, siti: User) -> None:
    first, second = path_of(siti), path_of(siti)
    assert set_new(client, second) == 302
    assert set_new(client, first) == 404


def test_a_link_has_an_end(client: Client, siti: User) -> None:
    path = path_of(siti)
    late = timezone.now().replace(tzinfo=None) + dt.timedelta(days=links.DAYS, hours=12)
    with mock.patch.object(links.LinkTokens, "_now", return_value=late):
        assert client.get(path).status_code == 404
        assert set_new(client, path) == 404
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "change",
    [{"email": "baru@contoh.example"}, {"is_active": False}, {"last_login": timezone.now()}],
)
def test_a_link_dies_when_the_account_changes(
    client: Client, siti: User, change: dict[str, object]
) -> None:
    path = path_of(siti)
    User.objects.filter(pk=siti.pk).update(**change)
    response = client.get(path)
    assert response.status_code == 404
    assert "Tautan ini tidak berlaku lagi" in response.content.decode()


def test_a_link_of_one_purpose_is_none_of_the_other(client: Client, siti: User) -> None:
    uid, token = path_of(siti).rstrip("/").split("/")[-2:]
    assert client.get(reverse("accounts:activate", args=[uid, token])).status_code == 404


@pytest.mark.parametrize("uid", ["0", "zzzzzzzzzzzzz", "-1", "zzzzzzzzzzzzzzzzzzzzz", "é"])
@pytest.mark.parametrize("token", ["x", "abc-def", "-" * 40])
def test_junk_in_a_link_is_a_dead_link(client: Client, db: None, uid: str, token: str) -> None:
    assert client.get(reverse("accounts:password_new", args=[uid, token])).status_code == 404


def test_the_token_of_somebody_else_is_none(client: Client, siti: User, budi: User) -> None:
    ours, theirs = path_of(siti).split("/"), path_of(budi).split("/")
    mixed = "/".join([*ours[:-2], theirs[-2], ""])
    assert client.get(mixed).status_code == 404


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("pendek", "pendek", "terlalu pendek"),
        (NEW, "lain", "tidak sama"),
        ("siti.wulandari.1986", "siti.wulandari.1986", "tersusun dari nama"),
        ("x" * 10_000, "x" * 10_000, "terlalu panjang"),
        ("kuda\0laut berenang", "kuda\0laut berenang", "tidak dapat dipakai"),
        ("kuda\u202elaut berenang", "kuda\u202elaut berenang", "tidak dapat dipakai"),
        ("", "", "Isi kata sandi baru."),
    ],
)
def test_a_refused_password_says_why_and_changes_nothing(
    client: Client, siti: User, first: str, second: str, sentence: str
) -> None:
    path = path_of(siti)
    response = client.post(path, {"password1": first, "password2": second})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert can_enter(siti, PASSWORD)


def test_extra_fields_change_nothing(client: Client, siti: User) -> None:
    data = {"password1": NEW, "password2": NEW, "is_superuser": "1", "email": "x@y.example"}
    client.post(path_of(siti), data | {"is_active": "", "uid": "1"})
    siti.refresh_from_db()
    assert (siti.is_superuser, siti.email) == (False, "siti@demo.example")


def test_an_account_not_yet_activated_gets_the_activation(
    client: Client, smtp: MailServer, db: None
) -> None:
    user = make_user("baru@contoh.example", "Baru", activated_at=None)
    ask(client, user.email)
    (letter,) = received(smtp, user.email)
    assert letter.subject.startswith("Aktifkan akun")


def test_entering_still_asks_for_the_second_factor(client: Client, siti: User) -> None:
    Authenticator.objects.create(user=siti, type="totp", data={"secret": "x"})
    assert set_new(client, path_of(siti)) == 302
    assert not can_enter(siti, NEW)


def path_of(user: User) -> str:
    user.refresh_from_db()
    return links.password_link(user).removeprefix(settings.SITE_URL)
