"""The page of one officer: exactly the fields that a viewer of that kind may see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.nip import format_nip
from registry.models import CompetencyTest, Education, Officer, Training, Unit
from tests.factories import make_officer, make_posting


@pytest.fixture
def papers(siti: User) -> None:
    officer = siti.officer
    Education.objects.create(
        officer=officer, level="s1", institution="Universitas Uji", major="Psikologi", year=2008
    )
    Training.objects.create(
        officer=officer,
        name="Diklat Bimbingan Jabatan",
        start=dt.date(2016, 3, 1),
        end=dt.date(2016, 3, 5),
        sk_number="SERT-77",
    )
    CompetencyTest.objects.create(
        officer=officer, jenjang="ahli_muda", date=dt.date(2021, 5, 1), sk_number="UK-88"
    )
    officer.postings.update(sk_number="821/114/2022")
    Officer.objects.filter(pk=officer.pk).update(bio="Melayani calon pekerja migran.")


def url(user: User) -> str:
    return reverse("registry:profile", args=[user.officer.register_number])


def show(client: Client, user: User, viewer: User | None = None) -> str:
    if viewer:
        client.force_login(viewer)
    response = client.get(url(user))
    assert response.status_code == 200
    return response.content.decode()


OPEN = ["Siti Wulandari, S.Psi.", "Ahli Muda, TMT 1 April 2022", "Kabupaten Indramayu, Jawa Barat"]
RECORDS = ["Diklat Bimbingan Jabatan", "Universitas Uji", "Uji kompetensi Ahli Muda"]
PRIVATE = ["26 September 1986", "0811-0000-0047", "Penata Tk. I (III/d)", "821/114/2022", "SERT-77"]


def test_public(client: Client, siti: User, papers: None) -> None:
    html = show(client, siti)
    for text in [*OPEN, "Bimbingan jabatan", "siti.wulandari@contoh.example", "Melayani calon"]:
        assert text in html
    for text in [*RECORDS, *PRIVATE, siti.officer.nip, format_nip(siti.officer.nip), "1986"]:
        assert text not in html
    assert f"•••••••• •••••• • {siti.officer.nip[-3:]}" in html


def test_public_without_permission_for_contact(client: Client, budi: User) -> None:
    html = show(client, budi)
    assert "budi@contoh.example" not in html
    assert "tidak menampilkan kontaknya kepada publik" in html


def test_colleague(client: Client, siti: User, budi: User, papers: None) -> None:
    html = show(client, siti, viewer=budi)
    for text in [*OPEN, *RECORDS, "siti.wulandari@contoh.example"]:
        assert text in html
    for text in [*PRIVATE, siti.officer.nip, format_nip(siti.officer.nip)]:
        assert text not in html
    assert "budi@contoh.example" in show(client, budi, viewer=siti)


@pytest.mark.parametrize("name", ["siti", "dewi", "rina", "admin"])
def test_owner_and_admin_in_scope(
    client: Client, siti: User, papers: None, name: str, request: pytest.FixtureRequest
) -> None:
    html = show(client, siti, viewer=request.getfixturevalue(name))
    for text in [*OPEN, *RECORDS, *PRIVATE, format_nip(siti.officer.nip)]:
        assert text in html


@pytest.mark.parametrize("name", ["cut", "agus", "maya"])
def test_others_see_what_the_public_sees(
    client: Client, siti: User, papers: None, name: str, request: pytest.FixtureRequest
) -> None:
    html = show(client, siti, viewer=request.getfixturevalue(name))
    for text in [*RECORDS, *PRIVATE, siti.officer.nip, format_nip(siti.officer.nip)]:
        assert text not in html


def test_postings_are_a_timeline(
    client: Client, siti: User, disnaker_papua: Unit, disnaker_indramayu: Unit
) -> None:
    officer = siti.officer
    make_posting(
        officer, disnaker_papua, dt.date(2018, 3, 1), dt.date(2022, 4, 1), jenjang="ahli_pertama"
    )
    html = show(client, siti)
    assert "1 April 2022 – sekarang" in html
    assert "1 Maret 2018 – 31 Maret 2022" in html
    assert html.index("1 April 2022 – sekarang") < html.index("1 Maret 2018")
    assert html.count("Saat ini") == 1


def test_future_posting_is_marked(client: Client, siti: User, disnaker_papua: Unit) -> None:
    start = dt.date.today() + dt.timedelta(days=20)
    posting = siti.officer.postings.get()
    posting.period = type(posting.period)(posting.first_day, start)
    posting.save()
    make_posting(siti.officer, disnaker_papua, start)
    html = show(client, siti)
    assert "Akan datang" in html
    assert html.count("Saat ini") == 1


def test_retired_officer(client: Client, joko: User) -> None:
    html = show(client, joko)
    assert "Pensiun sejak 1 Februari 2025" in html
    assert "Saat ini" not in html


def test_a_record_with_the_least_there_can_be(client: Client, db: None) -> None:
    officer = make_officer(
        "Suparman", jenjang=None, golongan=None, nip=None, birth_date=None, employment="non_asn"
    )
    response = client.get(reverse("registry:profile", args=[officer.register_number]))
    assert response.status_code == 200
    html = response.content.decode()
    assert "NIP" not in html.split("<main")[1]
    assert "None" not in html


def test_markup_in_a_record_is_text(client: Client, siti: User) -> None:
    Officer.objects.filter(pk=siti.officer.pk).update(bio="<img src=x onerror=alert(1)>")
    html = show(client, siti)
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize(
    "path", ["PK-999999", "PK-47", "PK-abc", "47", "PK-000000", "PK-" + "9" * 40, "..%2f..", "%00"]
)
def test_unknown_numbers_do_not_exist(client: Client, siti: User, path: str) -> None:
    assert client.get(f"/direktori/{path}/").status_code == 404


def test_merged_number_leads_to_the_other(client: Client, siti: User) -> None:
    twin = make_officer("Siti Wulandari")
    Officer.objects.filter(pk=twin.pk).update(merged_into=siti.officer)
    response = client.get(reverse("registry:profile", args=[twin.register_number]))
    assert response.status_code == 301
    assert response["Location"] == url(siti)


def test_not_yet_in_the_register(client: Client, db: None) -> None:
    officer = make_officer("Calon", since=dt.date.today() + dt.timedelta(days=10))
    path = reverse("registry:profile", args=[officer.register_number])
    assert client.get(path).status_code == 404


def test_only_reading(client: Client, siti: User) -> None:
    assert client.post(url(siti)).status_code == 405
