"""Accounts and grants in the admin: superusers alone, and never without the last of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from tests.factories import make_user
from tests.registry.admin_forms import errors, filled

PASSWORD = "kuda-laut-berenang-jauh"


@pytest.fixture
def superuser(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def change_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def new_account(superuser: Client, **typed: Any) -> Any:
    address = reverse("admin:accounts_user_add")
    return superuser.post(
        address,
        {
            "email": "Wayan@Contoh.example",
            "name": "Wayan",
            "nip": "",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
            **typed,
        },
    )


@pytest.mark.parametrize("name", ["rina", "dewi", "agus"])
def test_nobody_else_sees_accounts(
    client: Client, request: pytest.FixtureRequest, name: str, admin: User
) -> None:
    user = request.getfixturevalue(name)
    client.force_login(user)
    addresses = [
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_user_add"),
        change_of(admin),
        reverse("admin:accounts_user_delete", args=[admin.pk]),
        reverse("admin:auth_user_password_change", args=[admin.pk]),
        reverse("admin:accounts_rolegrant_changelist"),
        reverse("admin:accounts_rolegrant_add"),
    ]
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, {"post": "yes"}).status_code == 403
    admin.refresh_from_db()


def test_logged_out_is_sent_to_the_login_page(db: None, client: Client) -> None:
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_an_account_is_added_with_its_address_in_lower_case(superuser: Client) -> None:
    assert new_account(superuser, nip="19860926 201505 2 001").status_code == 302
    user = User.objects.get(email="wayan@contoh.example")
    assert user.check_password(PASSWORD)
    assert user.nip == "198609262015052001"
    assert not (user.is_staff)
    assert not (user.is_superuser)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "ADMIN@demo.example"}, "Alamat e-mail ini sudah dipakai akun lain."),
        ({"nip": "123"}, "NIP harus 18 angka; yang diisi 3 angka."),
        ({"password2": "lain-sekali-ini"}, "Dua bidang sandi tidak cocok."),
    ],
)
def test_a_refused_account_says_why_and_keeps_the_input(
    superuser: Client, typed: dict[str, str], sentence: str
) -> None:
    response = new_account(superuser, **typed)
    assert sentence in errors(response)
    assert response.context["adminform"].form["name"].value() == "Wayan"


def test_a_weak_password_is_refused(superuser: Client) -> None:
    assert errors(new_account(superuser, password1="pendek", password2="pendek"))
    assert not User.objects.filter(name="Wayan").exists()


def test_a_password_is_set_through_its_own_page(superuser: Client, rina: User) -> None:
    address = reverse("admin:auth_user_password_change", args=[rina.pk])
    assert 'name="usable_password"' not in superuser.get(address).content.decode()
    superuser.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    rina.refresh_from_db()
    assert rina.check_password(PASSWORD)


def test_the_password_hash_is_never_posted_over(superuser: Client, rina: User) -> None:
    before = rina.password
    superuser.post(change_of(rina), filled(superuser, change_of(rina), password="x"))
    rina.refresh_from_db()
    assert rina.password == before


@pytest.mark.parametrize("field", ["is_active", "is_superuser"])
def test_the_last_superuser_stays_one(superuser: Client, admin: User, field: str) -> None:
    data = filled(superuser, change_of(admin))
    data.pop(field)
    (sentence,) = errors(superuser.post(change_of(admin), data))
    assert sentence.startswith("Ini superuser aktif terakhir")
    admin.refresh_from_db()
    assert getattr(admin, field)


def test_the_last_superuser_is_not_deleted(superuser: Client, admin: User) -> None:
    make_user("diam@contoh.example", "Diam", is_superuser=True, is_active=False)
    address = reverse("admin:accounts_user_delete", args=[admin.pk])
    assert superuser.post(address, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=admin.pk).exists()


def test_one_of_two_superusers_can_go(superuser: Client, admin: User) -> None:
    other = make_user("lain@contoh.example", "Lain", is_superuser=True)
    data = filled(superuser, change_of(other))
    data.pop("is_superuser")
    assert superuser.post(change_of(other), data).status_code == 302
    other.refresh_from_db()
    assert not other.is_superuser


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"role": "admin_provinsi"}, "Admin Provinsi memerlukan kode provinsi, dua angka."),
        ({"role": "redaksi", "province_code": "32"}, "kosongkan provinsi"),
        ({"role": "redaksi", "valid_until": "31-12-2019"}, "mendahului “berlaku sejak”"),
        ({"role": "redaksi", "reason": ""}, "Tulis alasan peran ini diberikan."),
    ],
)
def test_a_wrong_grant_is_refused_in_a_sentence(
    superuser: Client, agus: User, typed: dict[str, str], sentence: str
) -> None:
    address = reverse("admin:accounts_rolegrant_add")
    fields = {"user": agus.pk, "valid_from": "01-01-2020", "reason": "SK Dirjen", **typed}
    (found,) = errors(superuser.post(address, filled(superuser, address, **fields)))
    assert sentence in found


def test_a_grant_remembers_who_gave_it(superuser: Client, agus: User, admin: User) -> None:
    address = change_of(agus)
    typed = {
        "grants-TOTAL_FORMS": 2,
        "grants-1-role": "moderator",
        "grants-1-valid_from": "01-01-2026",
        "grants-1-reason": "SK Dirjen 5",
    }
    data = filled(superuser, address, **typed) | {"grants-0-reason": "SK lama"}
    response = superuser.post(address, data)
    assert response.status_code == 302, errors(response)
    assert RoleGrant.objects.get(role="moderator").given_by == admin
    assert RoleGrant.objects.get(role="redaksi").given_by is None


def test_the_list_of_accounts_asks_no_query_a_row(
    superuser: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_user(f"u{number}@contoh.example", f"Petugas {number}", "pengantar_kerja")
    with django_assert_max_num_queries(8):
        page = superuser.get(reverse("admin:accounts_user_changelist"))
    assert "Pengantar Kerja (nasional)" in page.content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "is_active__exact=zzz", "p=abc", "grants__role__exact=%00", "name__regex=("]
)
def test_junk_in_the_address_is_no_fault(superuser: Client, query: str) -> None:
    for name in ("user", "rolegrant"):
        address = f"{reverse(f'admin:accounts_{name}_changelist')}?{query}"
        assert superuser.get(address, follow=True).status_code == 200
