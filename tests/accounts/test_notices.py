"""What people are told of their own accounts: strange devices, and roles."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from notifications.models import Mail, Notification
from tests.factories import PASSWORD
from tests.jobs import run_jobs
from tests.registry.admin_forms import filled

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


def _enter(client: Client, user: User, password: str = PASSWORD) -> None:
    client.post(
        reverse("account_login"),
        {"username": user.email, "password": password},
        headers={"user-agent": FIREFOX},
    )


@pytest.fixture
def siti(siti: User) -> User:
    """She has been here before."""
    User.objects.filter(pk=siti.pk).update(last_login=timezone.now())
    return siti


def test_a_strange_device_is_told_at_once(siti: User) -> None:
    _enter(Client(), siti)
    row = Notification.objects.get()
    assert row.recipient == siti
    assert row.event.facts == {"device": "Firefox di Windows", "address": "127.0.0.1"}
    run_jobs()
    mail = Mail.objects.get()
    assert mail.recipient == siti.email
    assert mail.subject == "Akun Anda dibuka dari perangkat baru"


def test_a_known_device_and_the_very_first_login_are_not(siti: User, budi: User) -> None:
    first = Client()
    _enter(first, budi)  # never entered before
    assert Notification.objects.count() == 0
    first.post(reverse("account_logout"))
    _enter(first, budi)
    assert Notification.objects.count() == 0
    desk = Client()
    _enter(desk, siti)
    desk.post(reverse("account_logout"))
    _enter(desk, siti)
    assert Notification.objects.of(siti.pk).count() == 1


@pytest.mark.parametrize("who", ["siti", "rina"])  # with a NIP, and without
def test_a_known_device_stays_known_under_a_new_address(
    request: pytest.FixtureRequest, who: str
) -> None:
    user, desk = request.getfixturevalue(who), Client()
    _enter(desk, user)
    desk.post(reverse("account_logout"))
    told = Notification.objects.count()
    user.refresh_from_db()
    user.email = "baru@contoh.example"
    user.save(update_fields=["email"])
    _enter(desk, user)
    assert "_auth_user_id" in desk.session
    assert Notification.objects.count() == told


def test_a_wrong_password_tells_nobody(siti: User) -> None:
    _enter(Client(), siti, password="salah sekali")
    assert Notification.objects.count() == 0


def test_a_second_strange_device_is_a_second_mail(siti: User) -> None:
    for _ in range(2):
        _enter(Client(), siti)
    run_jobs()
    assert Mail.objects.count() == 2
    client = Client()
    client.force_login(siti)
    html = client.get(reverse("notifications:inbox")).content.decode()
    assert "2 kali dibuka dari perangkat yang belum dikenal" in html


def test_a_role_is_told_in_the_inbox_and_by_one_mail(
    client: Client, siti: User, rina: User
) -> None:
    client.force_login(rina)
    address = reverse("admin:accounts_rolegrant_add")
    sent = {
        "user": siti.pk,
        "role": "redaksi",
        "valid_from": timezone.localdate().strftime("%d-%m-%Y"),
        "reason": "SK tim redaksi",
    }
    assert client.post(address, sent).status_code == 302
    row = Notification.objects.get()
    assert (row.recipient, row.due_at) == (siti, None)
    assert row.event.facts["what"] == "ditambah"
    run_jobs()
    assert Mail.objects.count() == 1
    grant = RoleGrant.objects.get(user=siti, role="redaksi")
    gone = reverse("admin:accounts_rolegrant_delete", args=[grant.pk])
    client.post(gone, {"post": "yes", "reason": "Salah orang"})
    assert Notification.objects.latest("pk").event.facts["what"] == "dicabut"


def _save_account(client: Client, user: User, *, superuser: bool) -> None:
    page = reverse("admin:accounts_user_change", args=[user.pk])
    data = filled(client, page, reason="Surat tugas 9") | {"is_superuser": "on"}
    if not superuser:
        data.pop("is_superuser")
    assert client.post(page, data).status_code == 302


def test_a_saved_account_that_stays_as_it_was_tells_nobody(
    client: Client, rina: User, admin: User
) -> None:
    client.force_login(admin)
    _save_account(client, rina, superuser=False)
    assert Notification.objects.count() == 0
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "what", "subject"),
    [
        (True, "ditambah", "Akun Anda menjadi superuser e-Pengantar Kerja"),
        (False, "dicabut", "Akun Anda bukan lagi superuser e-Pengantar Kerja"),
    ],
)
def test_becoming_superuser_is_told_and_ceasing_too(
    client: Client, rina: User, admin: User, given: bool, what: str, subject: str
) -> None:
    User.objects.filter(pk=rina.pk).update(is_superuser=not given)
    client.force_login(admin)
    _save_account(client, rina, superuser=given)
    row = Notification.objects.get()
    assert row.recipient == rina
    assert row.event.facts == {"what": what, "role": "Superuser"}
    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject) == (rina.email, subject)
    assert f"{admin.name} " in mail.text
    assert "Surat tugas 9" in mail.text


def test_an_admin_who_changes_an_account_is_told_of(client: Client, siti: User, rina: User) -> None:
    client.force_login(rina)
    page = reverse("admin:accounts_user_change", args=[siti.pk])
    sent = filled(client, page, reason="Ejaan nama")
    assert client.post(page, sent).status_code == 302
    assert Notification.objects.count() == 0
    assert client.post(page, {**sent, "name": "Siti Wulandari Putri"}).status_code == 302
    row = Notification.objects.get()
    assert (row.recipient, row.event.facts) == (siti, {"fields": "Nama"})
    assert row.due_at is not None
