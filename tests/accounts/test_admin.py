"""Accounts in the admin: kept by the Ditjen, invited by mail, never without the last superuser."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.nip import format_nip
from tests.accounts.mails import received
from tests.factories import make_user
from tests.jobs import run_jobs
from tests.mail_server import MailServer
from tests.registry.admin_forms import errors, filled

LIST = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")


@pytest.fixture
def superuser(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


@pytest.fixture
def ditjen(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


def change_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def new_account(client: Client, **typed: Any) -> Any:
    data = {"email": "Wayan@Contoh.example", "name": "Wayan", "nip": "", "reason": "Surat tugas 1"}
    return client.post(ADD, data | typed)


@pytest.mark.parametrize("name", ["dewi", "agus", "siti"])
def test_nobody_else_sees_accounts(
    client: Client, request: pytest.FixtureRequest, name: str, admin: User
) -> None:
    client.force_login(request.getfixturevalue(name))
    for address in (LIST, ADD, change_of(admin), reverse("admin:accounts_rolegrant_changelist")):
        assert client.get(address).status_code == 403
        assert client.post(address, {"post": "yes"}).status_code == 403


def test_logged_out_is_sent_to_the_login_page(db: None, client: Client) -> None:
    assert client.get(LIST).status_code == 302


def test_a_new_account_is_invited_and_waits(ditjen: Client, rina: User, smtp: MailServer) -> None:
    assert new_account(ditjen, nip="19860926 201505 2 001").status_code == 302
    user = User.objects.get(email="wayan@contoh.example")
    assert (user.nip, user.activated_at) == ("198609262015052001", None)
    assert not user.has_usable_password()
    assert not user.rights.roles
    (letter,) = received(smtp, "wayan@contoh.example")
    assert letter.subject.startswith("Aktifkan akun")
    assert "Diundang" in ditjen.get(change_of(user)).content.decode()
    event = User.pgh_event_model.objects.filter(pgh_obj=user, pgh_label="insert").get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == "Surat tugas 1"
    assert event.pgh_context.metadata["user"] == rina.pk


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "ADMIN@demo.example"}, "Alamat e-mail ini sudah dipakai akun lain."),
        ({"nip": "123"}, "NIP harus 18 angka; yang diisi 3 angka."),
        ({"reason": ""}, "Tulis alasannya"),
        ({"name": "W\u0430yan"}, "Nama hanya memuat huruf Latin"),  # a Cyrillic a
        ({"name": "Way\u200ban"}, "Nama hanya memuat huruf Latin"),
        ({"name": "\u202enayaW"}, "huruf tersembunyi"),
        ({"name": "\ue000"}, "Nama harus berisi huruf."),
        ({"email": "wayan@c\u043entoh.example"}, "huruf Latin tanpa aksen"),
        ({"email": '"Admin"@demo.example'}, "Alamat e-mail ini sudah dipakai akun lain."),
        ({"email": '"way\x01an"@contoh.example'}, "tidak dapat dikirimi surat"),
    ],
)
def test_a_refused_account_says_why_and_keeps_the_input(
    superuser: Client, smtp: MailServer, typed: dict[str, str], sentence: str
) -> None:
    response = new_account(superuser, **typed)
    assert any(sentence in found for found in errors(response))
    assert response.context["adminform"].form["name"].value() == typed.get("name", "Wayan")
    run_jobs()
    assert not smtp.letters


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\u2028", "\n", " \u3000 ", "\ue000 "])
def test_a_name_pasted_from_a_word_processor_gets_plain_blanks(ditjen: Client, blank: str) -> None:
    assert new_account(ditjen, name=f"Wayan{blank}Sudarma").status_code == 302
    assert User.objects.get(email="wayan@contoh.example").name == "Wayan Sudarma"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('"Wayan"@contoh.example', "wayan@contoh.example"),
        ('"way,an"@contoh.example', '"way,an"@contoh.example'),
        ("o'neil+x@contoh.example", "o'neil+x@contoh.example"),
    ],
)
def test_an_address_has_one_spelling(ditjen: Client, typed: str, kept: str) -> None:
    assert new_account(ditjen, email=typed).status_code == 302
    assert User.objects.get(name="Wayan").email == kept


def test_extra_fields_of_a_new_account_count_for_nothing(ditjen: Client) -> None:
    new_account(ditjen, is_superuser="on", password="rahasia sekali", is_staff="on")
    user = User.objects.get(name="Wayan")
    assert not user.is_superuser
    assert not user.has_usable_password()


def test_no_page_sets_the_password_of_somebody_else(superuser: Client, rina: User) -> None:
    before = rina.password
    superuser.post(change_of(rina), filled(superuser, change_of(rina), password="x", reason="Uji"))
    assert superuser.get(f"/admin/accounts/user/{rina.pk}/password/").status_code == 302
    rina.refresh_from_db()
    assert rina.password == before


def test_ditjen_makes_no_superuser_and_touches_none(
    ditjen: Client, admin: User, agus: User
) -> None:
    page = change_of(agus)
    assert (
        ditjen.post(page, filled(ditjen, page, is_superuser="on", reason="Uji")).status_code == 302
    )
    agus.refresh_from_db()
    assert not agus.is_superuser
    assert ditjen.get(change_of(admin)).status_code == 200
    assert ditjen.post(change_of(admin), {"name": "Lain", "email": admin.email}).status_code == 403
    admin.refresh_from_db()
    assert admin.name == "Administrator"


@pytest.mark.parametrize("field", ["is_active", "is_superuser"])
def test_the_last_superuser_stays_one(superuser: Client, admin: User, field: str) -> None:
    data = filled(superuser, change_of(admin), reason="Uji")
    data.pop(field)
    assert any(
        sentence.startswith("Ini superuser aktif terakhir")
        for sentence in errors(superuser.post(change_of(admin), data))
    )
    admin.refresh_from_db()
    assert getattr(admin, field)


def test_nobody_closes_the_own_account(superuser: Client, admin: User) -> None:
    make_user("lain@contoh.example", "Lain", is_superuser=True)
    data = filled(superuser, change_of(admin), reason="Uji")
    data.pop("is_active")
    (sentence,) = errors(superuser.post(change_of(admin), data))
    assert sentence == "Anda tidak dapat menutup akun Anda sendiri."


def test_accounts_are_closed_and_never_deleted(superuser: Client, rina: User) -> None:
    address = reverse("admin:accounts_user_delete", args=[rina.pk])
    assert superuser.post(address, {"post": "yes", "reason": "Uji"}).status_code == 403
    there = Client()
    there.force_login(rina)
    data = filled(superuser, change_of(rina), reason="Pindah tugas")
    data.pop("is_active")
    assert superuser.post(change_of(rina), data).status_code == 302
    assert there.get(reverse("admin:index")).status_code == 302


def test_one_of_two_superusers_can_go(superuser: Client) -> None:
    other = make_user("lain@contoh.example", "Lain", is_superuser=True)
    data = filled(superuser, change_of(other), reason="Uji")
    data.pop("is_superuser")
    assert superuser.post(change_of(other), data).status_code == 302
    other.refresh_from_db()
    assert not other.is_superuser


def test_both_mailboxes_hear_of_a_new_address(ditjen: Client, siti: User, smtp: MailServer) -> None:
    page = change_of(siti)
    data = filled(ditjen, page, email="siti.baru@contoh.example", reason="Alamat lama mati")
    assert ditjen.post(page, data).status_code == 302
    for address in ("siti@demo.example", "siti.baru@contoh.example"):
        assert received(smtp, address)[-1].subject == "Alamat e-mail akun Anda diganti"


def test_links_go_out_to_those_chosen(
    ditjen: Client, siti: User, agus: User, admin: User, smtp: MailServer
) -> None:
    waiting = make_user("baru@contoh.example", "Baru", activated_at=None)
    chosen = [siti.pk, waiting.pk, admin.pk]
    ditjen.post(LIST, {"action": "send_links", "_selected_action": chosen})
    assert received(smtp, "baru@contoh.example")[0].subject.startswith("Aktifkan akun")
    assert received(smtp, siti.email)[0].subject == "Tautan untuk kata sandi baru"
    assert not smtp.to(agus.email)
    assert not smtp.to(admin.email)  # a superuser's account is not theirs to touch


def test_the_list_of_accounts_asks_no_query_a_row(
    superuser: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_user(f"u{number}@contoh.example", f"Petugas {number}", "pengantar_kerja")
    with django_assert_max_num_queries(8):
        page = superuser.get(LIST)
    assert "Pengantar Kerja (nasional)" in page.content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "is_active__exact=zzz", "p=abc", "grants__role__exact=%00", "name__regex=("]
)
def test_junk_in_the_address_is_no_fault(superuser: Client, query: str) -> None:
    for name in ("user", "rolegrant"):
        address = f"{reverse(f'admin:accounts_{name}_changelist')}?{query}"
        assert superuser.get(address, follow=True).status_code == 200


def test_a_lost_second_factor_is_taken_off_and_told(
    superuser: Client, rina: User, admin: User, smtp: MailServer
) -> None:
    for user in (rina, admin):
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    superuser.post(
        LIST, {"action": "remove_second_factor", "_selected_action": [rina.pk, admin.pk]}
    )
    assert set(Authenticator.objects.values_list("user", flat=True)) == {admin.pk}
    assert received(smtp, rina.email)[-1].subject == "Faktor kedua akun Anda dilepas"
    assert not smtp.to(admin.email)


def test_ditjen_takes_no_second_factor_off(ditjen: Client, agus: User) -> None:
    Authenticator.objects.create(user=agus, type="totp", data={"secret": "x"})
    ditjen.post(LIST, {"action": "remove_second_factor", "_selected_action": [agus.pk]})
    assert Authenticator.objects.exists()


def test_the_nip_of_an_officer_is_kept_in_the_register(
    ditjen: Client, siti: User, agus: User
) -> None:
    html = ditjen.get(change_of(siti)).content.decode()
    assert siti.nip not in html
    assert format_nip(siti.nip) not in html
    assert siti.nip not in ditjen.get(LIST).content.decode()
    data = filled(ditjen, change_of(siti), nip="19750302 200112 1 002", reason="Uji")
    assert ditjen.post(change_of(siti), data).status_code == 302
    before = siti.nip
    siti.refresh_from_db()
    assert siti.nip == before
    data = filled(ditjen, change_of(agus), nip="19750302 200112 1 002", reason="Uji")
    assert ditjen.post(change_of(agus), data).status_code == 302
    agus.refresh_from_db()
    assert agus.nip == "197503022001121002"
