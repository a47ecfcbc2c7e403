"""Is this officer genuine? Three ways to ask, three answers, and no NIP left behind."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.nip import format_nip
from registry.models import Officer
from tests.factories import make_officer

URL = reverse("registry:check")


def ask(client: Client, text: str) -> str:
    response = client.post(URL, {"q": text})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return response.content.decode()


def test_form(client: Client, db: None) -> None:
    html = client.get(URL).content.decode()
    assert "Cek petugas" in html
    assert 'method="post"' in html


@pytest.mark.parametrize("shape", ["nip", "spaced", "register", "short", "name", "titled", "lower"])
def test_genuine(client: Client, siti: User, shape: str) -> None:
    officer = siti.officer
    officer.refresh_from_db()
    typed = {
        "nip": officer.nip,
        "spaced": format_nip(officer.nip),
        "register": officer.register_number,
        "short": f"pk {officer.number}",
        "name": "Siti Wulandari",
        "titled": "Siti Wulandari, S.Psi.",
        "lower": "siti wulandari",
    }[shape]
    html = ask(client, typed)
    assert "Tercatat sebagai petugas yang masih aktif." in html
    assert "Siti Wulandari, S.Psi." in html
    assert "Data per" in html
    assert "WIB" in html


def test_no_longer_active(client: Client, joko: User) -> None:
    html = ask(client, joko.officer.nip)
    assert "Pernah tercatat, tetapi tidak lagi bertugas: pensiun sejak 1 Februari 2025." in html


@pytest.mark.parametrize("typed", ["198001012005011001", "PK-999999", "Orang Karangan", "Siti Wul"])
def test_not_found(client: Client, siti: User, typed: str) -> None:
    html = ask(client, typed)
    assert "Tidak ditemukan" in html
    assert "masih aktif" not in html


def test_namesakes_are_told_apart(client: Client, siti: User) -> None:
    make_officer("Siti Wulandari", back_title="S.E.")
    html = ask(client, "Siti Wulandari")
    assert "2 orang dengan nama itu" in html
    assert "S.Psi." in html
    assert "S.E." in html


def test_many_namesakes_are_cut(client: Client, db: None) -> None:
    for _ in range(12):
        make_officer("Slamet")
    html = ask(client, "Slamet")
    assert "10 orang dengan nama itu" in html
    assert "Pakai nomor register atau NIP agar pasti" in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Isi NIP, nomor register, atau nama lengkap petugas."),
        ("   ", "Isi NIP, nomor register, atau nama lengkap petugas."),
        ("ab", "sedikitnya tiga huruf"),
        ("x" * 101, "paling banyak 100 huruf"),
        ("19860926201505200", "NIP harus 18 angka; yang diisi 17 angka."),
        ("1986092620150520011", "NIP harus 18 angka; yang diisi 19 angka."),
        ("198602312015052001", "31-2-1986 tidak ada"),
        ("198609262015053001", "jenis kelamin, 1 atau 2"),
        ("\0", "tidak dapat dibaca"),
    ],
)
def test_bad_input_gets_one_sentence_and_is_kept(
    client: Client, db: None, typed: str, sentence: str
) -> None:
    html = ask(client, typed)
    assert sentence in html
    assert "<title>Galat: " in html
    if typed.strip().isdigit():
        assert f'value="{typed}"' in html


def test_nip_stays_out_of_logs_addresses_and_cookies(
    client: Client, siti: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post(URL, {"q": siti.officer.nip})
    assert siti.officer.nip not in caplog.text.replace(f"nip\" = '{siti.officer.nip}'", "")
    assert not any(siti.officer.nip in f"{key}{value}" for key, value in response.headers.items())
    assert siti.officer.nip not in response.content.decode()
    assert not response.cookies


def test_merged_number_answers_for_the_other(client: Client, siti: User) -> None:
    twin = make_officer("Siti Wulandari")
    Officer.objects.filter(pk=twin.pk).update(merged_into=siti.officer)
    html = ask(client, twin.register_number)
    assert siti.officer.register_number in html
    assert twin.register_number not in html.split('id="jawaban"')[1]


def test_address_of_the_qr_code(client: Client, siti: User) -> None:
    officer = siti.officer
    path = reverse("registry:check_number", args=[officer.register_number])
    response = client.get(path)
    assert response.status_code == 200
    assert "masih aktif" in response.content.decode()
    missing = client.get(reverse("registry:check_number", args=["PK-999999"]))
    assert missing.status_code == 404
    assert "PK-999999" in missing.content.decode()


def test_asking_needs_no_token_and_leaves_no_cookie(siti: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(URL, {"q": "Siti Wulandari"})
    assert response.status_code == 200
    assert not response.cookies
