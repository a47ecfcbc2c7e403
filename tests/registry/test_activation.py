"""An officer gets an account: asking with the NIP, invited, and only through the office mailbox."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.links import activation_link
from accounts.models import RoleGrant, User
from epk.lib.nip import format_nip
from registry import activation
from registry.models import Officer, StatusRecord, Unit
from tests.accounts.mails import path_in, received
from tests.factories import make_officer, make_user
from tests.jobs import run_jobs, waiting_jobs
from tests.mail_server import MailServer
from tests.registry.admin_forms import filled

ASK = reverse("registry:activation")
SENT = reverse("registry:activation_sent")
LOGIN = reverse("account_login")
NEW = "kuda laut berenang jauh"
ADDRESS = "wulan@dinas.contoh.example"


@pytest.fixture
def officer(disnaker_indramayu: Unit) -> Officer:
    return make_officer("Wulan Sari", unit=disnaker_indramayu, office_email=ADDRESS)


def ask(client: Client, nip: str | None) -> str:
    response = client.post(ASK, {"nip": nip or ""})
    assert response.status_code == 302
    return response.headers["Location"]


def test_from_the_nip_to_the_first_login(
    client: Client, officer: Officer, smtp: MailServer
) -> None:
    assert ask(client, format_nip(officer.nip)) == SENT
    (letter,) = received(smtp, ADDRESS)
    assert letter.links[0].startswith(f"{settings.SITE_URL}/akun/aktivasi/")
    path = path_in(letter)
    assert "Selamat datang, Wulan Sari" in client.get(path).content.decode()
    assert client.post(path, {"password1": NEW, "password2": NEW}).headers["Location"] == LOGIN
    entered = client.post(LOGIN, {"username": officer.nip, "password": NEW})
    assert entered.headers["Location"] == reverse("home")
    officer.refresh_from_db()
    assert officer.user.email == ADDRESS
    assert officer.user.activated_at is not None
    (grant,) = officer.user.grants.all()
    assert grant.role == RoleGrant.Role.PENGANTAR_KERJA


@pytest.mark.parametrize("nip", ["198609262015052999", "197001011995031001"])
def test_the_answer_is_the_same_for_nobody(
    client: Client, officer: Officer, smtp: MailServer, nip: str
) -> None:
    assert ask(client, nip) == SENT
    assert len(waiting_jobs()) == 1
    run_jobs()
    assert not smtp.letters
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Isi NIP Anda."),
        ("123", "18 angka"),
        ("19860926201505200x", "angka"),
        ("\0", "angka"),
        ("1" * 10_000, "18 angka"),
    ],
)
def test_what_is_no_nip_is_a_sentence(client: Client, db: None, typed: str, sentence: str) -> None:
    response = client.post(ASK, {"nip": typed})
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors["nip"])
    assert not waiting_jobs()


def test_no_address_on_record_no_mail_and_no_account(
    client: Client, officer: Officer, smtp: MailServer
) -> None:
    Officer.objects.filter(pk=officer.pk).update(office_email="")
    ask(client, officer.nip)
    run_jobs()
    assert not smtp.letters
    assert not User.objects.exists()


@pytest.mark.parametrize("status", ["meninggal", "mengundurkan_diri", "pindah_instansi"])
def test_who_has_left_gets_no_account(
    client: Client, officer: Officer, smtp: MailServer, status: str
) -> None:
    StatusRecord.objects.create(officer=officer, status=status, since="2024-01-01")
    ask(client, officer.nip)
    assert not received(smtp, ADDRESS)
    assert not User.objects.exists()


def test_an_active_account_is_told_so(client: Client, siti: User, smtp: MailServer) -> None:
    ask(client, siti.nip)
    (letter,) = received(smtp, siti.email)
    assert letter.subject.endswith("sudah aktif")
    assert "/akun/sandi/baru/" in letter.links[0]
    assert not smtp.to("siti.wulandari@contoh.example")


def test_a_link_counts_once_and_a_new_one_ends_the_old(
    client: Client, officer: Officer, smtp: MailServer
) -> None:
    ask(client, officer.nip)
    first = path_in(received(smtp, ADDRESS)[-1])
    ask(client, officer.nip)
    second = path_in(received(smtp, ADDRESS)[-1])
    assert client.get(first).status_code == 404
    assert client.post(second, {"password1": NEW, "password2": NEW}).status_code == 302
    assert client.post(second, {"password1": NEW, "password2": NEW}).status_code == 404
    assert User.objects.count() == 1


def test_a_link_dies_when_the_office_address_changes(
    client: Client, officer: Officer, smtp: MailServer
) -> None:
    ask(client, officer.nip)
    path = path_in(received(smtp, ADDRESS)[-1])
    Officer.objects.filter(pk=officer.pk).update(office_email="lain@dinas.contoh.example")
    assert ask(client, officer.nip) == SENT
    assert received(smtp, "lain@dinas.contoh.example")
    assert client.get(path).status_code == 404


def test_no_password_no_login(client: Client, officer: Officer, smtp: MailServer) -> None:
    ask(client, officer.nip)
    run_jobs()
    for password in ("", "!", NEW):
        client.post(LOGIN, {"username": officer.nip, "password": password})
    assert "_auth_user_id" not in client.session


def test_an_admin_invites_many_and_hears_of_the_rest(
    officer: Officer, rina: User, smtp: MailServer, disnaker_indramayu: Unit
) -> None:
    silent = make_officer("Tanpa Alamat", unit=disnaker_indramayu)
    invited, refused = activation.invite([officer, silent], by=rina)
    assert invited == [officer]
    assert refused == {silent: activation.NO_ADDRESS}
    assert len(received(smtp, ADDRESS)) == 1
    assert User.objects.get(email=ADDRESS).grants.get().given_by == rina


def test_an_active_account_is_not_invited_again(siti: User, rina: User) -> None:
    invited, refused = activation.invite([siti.officer], by=rina)
    assert not invited
    assert "sudah aktif" in refused[siti.officer]


def test_the_address_of_another_account_is_not_taken_over(
    client: Client, officer: Officer, smtp: MailServer, rina: User
) -> None:
    other = make_user(ADDRESS, "Orang Lain")
    ask(client, officer.nip)
    assert not received(smtp, ADDRESS)
    officer.refresh_from_db()
    assert officer.user is None
    assert activation.invite([officer], by=rina)[1] == {officer: activation.TAKEN}
    assert not other.grants.exists()


def test_staff_with_the_same_nip_is_the_same_person(officer: Officer, rina: User) -> None:
    staff = make_user("wulan@kantor.example", "Wulan", nip=officer.nip)
    user = activation.account_for(officer, by=rina, reason="Uji")
    assert user == staff
    officer.refresh_from_db()
    assert officer.user == staff
    assert staff.grants.get().role == RoleGrant.Role.PENGANTAR_KERJA


def test_the_history_says_who_invited_and_why(
    officer: Officer, rina: User, smtp: MailServer
) -> None:
    activation.invite([officer], by=rina)
    event = User.pgh_event_model.objects.filter(pgh_label="insert").latest("pgh_id")  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["user"] == rina.pk
    assert event.pgh_context.metadata["reason"] == "Undangan mengaktifkan akun"


def test_link_to_a_deactivated_account_is_dead(client: Client, officer: Officer) -> None:
    user = activation.account_for(officer, by=None, reason="Uji")
    path = activation_link(user).removeprefix(settings.SITE_URL)
    assert client.get(path).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(path).status_code == 404


LIST = reverse("admin:registry_officer_changelist")


def test_invited_from_the_list_of_officers(
    client: Client,
    officer: Officer,
    rina: User,
    smtp: MailServer,
    disnaker_indramayu: Unit,
) -> None:
    silent = make_officer("Tanpa Alamat", unit=disnaker_indramayu)
    client.force_login(rina)
    chosen = {"action": "invite", "_selected_action": [officer.pk, silent.pk]}
    html = client.post(LIST, chosen, follow=True).content.decode()
    assert "Undangan dikirim kepada 1 petugas." in html
    assert f"{silent.register_number} tidak diundang: E-mail dinas belum diisi." in html
    assert len(received(smtp, ADDRESS)) == 1


def test_a_province_invites_its_own_alone(
    client: Client, officer: Officer, cut: User, dewi: User, smtp: MailServer
) -> None:
    chosen = {"action": "invite", "_selected_action": [officer.pk]}
    client.force_login(cut)
    client.post(LIST, chosen)
    assert not received(smtp, ADDRESS)
    client.force_login(dewi)
    client.post(LIST, chosen)
    assert len(received(smtp, ADDRESS)) == 1


def test_correcting_the_office_address_ends_the_link_that_went_to_the_old_one(
    client: Client, officer: Officer, rina: User, smtp: MailServer
) -> None:
    activation.invite([officer], by=rina)
    path = path_in(received(smtp, ADDRESS)[-1])
    client.force_login(rina)
    page = reverse("admin:registry_officer_change", args=[officer.pk])
    data = filled(client, page, office_email="benar@dinas.contoh.example", reason="Salah tulis")
    assert client.post(page, data).status_code == 302
    assert client.get(path).status_code == 404
    officer.refresh_from_db()
    assert officer.user.email == "benar@dinas.contoh.example"


def test_a_nip_corrected_in_the_register_logs_in(client: Client, siti: User, rina: User) -> None:
    client.force_login(rina)
    page = reverse("admin:registry_officer_change", args=[siti.officer.pk])
    new = f"{siti.nip[:-3]}777"
    assert client.post(page, filled(client, page, nip=new, reason="Salah tulis")).status_code == 302
    siti.refresh_from_db()
    assert siti.nip == new
