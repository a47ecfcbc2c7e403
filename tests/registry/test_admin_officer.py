"""Entering and changing an officer in the admin: NIP, dates, photo, expertise, reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pghistory.models import Events

from accounts.models import User
from registry.models import Expertise, JenjangRecord, Officer, StatusRecord
from tests.factories import make_officer, make_province, make_regency, make_unit
from tests.made_files import image
from tests.registry.admin_forms import errors, filled, row

ADD = "admin:registry_officer_add"
NIP = "19860926 201505 2 001"


@pytest.fixture
def clerk(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


@pytest.fixture
def officer(db: None) -> Officer:
    make_province()
    return make_officer("Siti Wulandari", unit=make_unit(make_regency()), nip="198609262015052001")


def change_of(officer: Officer) -> str:
    return reverse("admin:registry_officer_change", args=[officer.pk])


def enter(clerk: Client, **typed: Any) -> Any:
    address = reverse(ADD)
    return clerk.post(address, filled(clerk, address, **{"name": "Budi", **typed}))


# --- NIP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"nip": "19860926 20150A 2 001"}, "NIP hanya boleh berisi angka, spasi, dan titik."),
        ({"nip": "1986092620150520"}, "NIP harus 18 angka; yang diisi 16 angka."),
        ({"nip": "198602312015052001"}, "31-2-1986 tidak ada"),
        ({"nip": "198609262015131001"}, "“13” bukan bulan"),
        ({"nip": "198609262015052000"}, "001 sampai 999"),
        (
            {"nip": NIP, "birth_date": "27-9-1986"},
            (
                "NIP menyebut tanggal lahir 26 September 1986, "
                "tetapi tanggal lahir diisi 27 September 1986."
            ),
        ),
        (
            {"nip": NIP, "sex": "L"},
            "NIP menyebut perempuan, tetapi jenis kelamin diisi laki-laki.",
        ),
        ({"nip": NIP, "employment": "non_asn"}, "Yang bukan ASN tidak mempunyai NIP"),
        ({"nip": "\0" + NIP}, "karakter null"),
        ({"nip": ""}, "Pilih jenis kelamin, atau isi NIP"),
    ],
)
def test_a_wrong_nip_is_one_sentence_and_the_rest_is_kept(
    clerk: Client, typed: dict[str, str], sentence: str
) -> None:
    response = enter(clerk, birth_place="Indramayu", bio="Catatan panjang.", **typed)
    (found,) = errors(response)
    assert sentence.lower() in found.lower()
    form = response.context["adminform"].form
    assert form["birth_place"].value() == "Indramayu"
    assert form["bio"].value() == "Catatan panjang."
    assert form["nip"].value() == typed["nip"]
    assert not Officer.objects.exists()


def test_a_nip_with_spaces_fills_birth_date_and_sex(clerk: Client) -> None:
    assert enter(clerk, nip=NIP).status_code == 302
    officer = Officer.objects.get()
    assert (officer.nip, officer.sex) == ("198609262015052001", "P")
    assert officer.birth_date == dt.date(1986, 9, 26)


def test_a_pppk_number_holds_no_month(clerk: Client) -> None:
    assert enter(clerk, nip="198609262021212001", employment="pppk").status_code == 302


def test_a_nip_in_use_names_the_other_officer(clerk: Client, officer: Officer) -> None:
    response = enter(clerk, nip=NIP)
    assert errors(response) == [
        f"NIP ini sudah tercatat untuk {officer.register_number} (Siti Wulandari)."
    ]


def test_a_race_for_one_nip_is_a_sentence_too(
    clerk: Client, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both forms passed the check before either was saved: only the database can refuse."""
    monkeypatch.setattr("registry.forms.admin.OfficerForm._check_unique", lambda *_: None)
    monkeypatch.setattr("registry.forms.admin.OfficerForm.validate_unique", lambda _: None)
    response = enter(clerk, nip=NIP, birth_place="Cirebon")
    assert response.status_code == 200
    assert errors(response) == ["NIP ini sudah dipakai oleh petugas lain dalam register."]
    assert response.context["adminform"].form["birth_place"].value() == "Cirebon"
    assert Officer.objects.count() == 1


# --- Dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["26-09-1986", "26/9/1986", "26 September 1986", "1986-09-26"])
def test_dates_are_read_as_people_write_them(clerk: Client, typed: str) -> None:
    assert enter(clerk, sex="P", birth_date=typed).status_code == 302
    assert Officer.objects.get().birth_date == dt.date(1986, 9, 26)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31-2-1986", "Tanggal “31-2-1986” tidak ada."),
        ("kemarin", "Tulis tanggal seperti 7-5-2018 atau 7 Mei 2018."),
        ("7 Maret Raya 2018", "Tulis tanggal seperti"),
        ("26-9-0086", "Tahun 86 tidak masuk akal"),
        ("26-9-2019", "Tahun lahir harus antara 1930 dan"),
    ],
)
def test_a_wrong_date_is_a_sentence(clerk: Client, typed: str, sentence: str) -> None:
    (found,) = errors(enter(clerk, sex="P", birth_date=typed))
    assert sentence in found


def test_a_tmt_before_the_fifteenth_birthday_is_refused(clerk: Client, officer: Officer) -> None:
    address = change_of(officer)
    typed = row("jenjang_records", 1, jenjang="ahli_pertama", since="1-1-1999")
    response = clerk.post(address, filled(clerk, address, reason="SK lama", **typed))
    assert errors(response) == ["Tanggal ini sebelum ulang tahun ke-15 (26 September 2001)."]


def test_two_statuses_of_one_day_are_refused(clerk: Client, officer: Officer) -> None:
    address = change_of(officer)
    typed = row("statuses", 1, status="pensiun", since="1-1-2015")
    response = clerk.post(address, filled(clerk, address, reason="Pensiun", **typed))
    assert "Ada dua baris dengan TMT yang sama" in " ".join(errors(response))
    assert StatusRecord.objects.count() == 1


# --- Saving ------------------------------------------------------------------------------------


def test_a_new_officer_is_entered_with_all_histories_at_once(clerk: Client) -> None:
    make_province()
    unit = make_unit(make_regency())
    response = enter(
        clerk,
        nip=NIP,
        **row("statuses", 0, status="aktif", since="1-5-2015"),
        **row("jenjang_records", 0, jenjang="ahli_pertama", since="1-5-2015"),
        **row("postings", 0, unit=unit.pk, jenjang="ahli_pertama", start="1-5-2015", end=""),
    )
    assert response.status_code == 302, errors(response)
    officer = Officer.objects.get()
    assert officer.register_number.startswith("PK-")
    assert officer.postings.get().first_day == dt.date(2015, 5, 1)
    assert officer.postings.get().last_day is None
    assert officer.jenjang_records.get().jenjang == "ahli_pertama"


def test_a_new_officer_has_a_reason_without_typing_one(clerk: Client, rina: User) -> None:
    enter(clerk, nip=NIP)
    event = Events.objects.tracks(Officer.objects.get()).get()
    assert event.pgh_context["reason"] == "Pencatatan baru"
    assert event.pgh_context["user"] == rina.pk


def test_a_change_needs_a_reason(clerk: Client, officer: Officer) -> None:
    address = change_of(officer)
    response = clerk.post(address, filled(clerk, address, name="Siti W.", reason="  "))
    assert errors(response) == ["Tulis alasan perubahan ini; alasan tercatat dalam riwayat."]
    officer.refresh_from_db()
    assert officer.name == "Siti Wulandari"


def test_the_whole_save_is_one_entry_of_the_history(
    clerk: Client, officer: Officer, rina: User
) -> None:
    address = change_of(officer)
    typed = row("pangkat_records", 1, golongan="III/d", since="1-4-2021")
    scan = SimpleUploadedFile("SK 2021.jpg", image("JPEG"))
    data = filled(clerk, address, name="Siti W.", reason="SK Bupati 821/2021", **typed) | {
        "pangkat_records-1-upload": scan
    }
    assert clerk.post(address, data).status_code == 302
    events = Events.objects.references(officer).filter(pgh_context__reason="SK Bupati 821/2021")
    assert {event.pgh_obj_model for event in events} == {
        "registry.Officer", "registry.PangkatRecord", "registry.Document",
    }  # fmt: skip
    assert len({event.pgh_context_id for event in events}) == 1
    document = officer.documents.get()
    assert document.original_name == "SK 2021.jpg"
    assert document.uploaded_by == rina
    assert officer.pangkat_records.get(golongan="III/d").document == document


def test_a_refused_file_is_a_sentence_and_the_rest_is_kept(clerk: Client, officer: Officer) -> None:
    address = change_of(officer)
    typed = row("pangkat_records", 1, golongan="III/d", since="1-4-2021", sk_number="821/7")
    gif = SimpleUploadedFile("sk.pdf", b"GIF89a" + b"\0" * 100)
    data = filled(clerk, address, reason="SK baru", **typed) | {"pangkat_records-1-upload": gif}
    response = clerk.post(address, data)
    (found,) = errors(response)
    assert "GIF" in found
    assert 'value="821/7"' in response.content.decode()
    assert "perlu dipilih lagi" in response.content.decode()


def test_a_refused_save_leaves_no_file_behind(
    clerk: Client, officer: Officer, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("registry.forms.admin.PostingFormSet.clean", lambda _: None)
    unit = officer.postings.get().unit_id
    address = change_of(officer)
    typed = row("postings", 1, unit=unit, jenjang="ahli_muda", start="1-1-2020")
    scan = SimpleUploadedFile("sk.jpg", image("JPEG"))
    data = filled(clerk, address, reason="Mutasi", **typed) | {"postings-1-upload": scan}
    response = clerk.post(address, data)
    assert "bertumpuk" in " ".join(errors(response))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not officer.documents.exists()


def test_only_scans_of_the_same_officer_can_be_chosen(clerk: Client, officer: Officer) -> None:
    other = make_officer("Orang Lain")
    address = change_of(other)
    scan = SimpleUploadedFile("sk.jpg", image("JPEG"))
    data = filled(clerk, address, reason="SK") | {"statuses-0-upload": scan}
    assert clerk.post(address, data).status_code == 302
    address = change_of(officer)
    typed = {"statuses-0-document": other.documents.get().pk}
    response = clerk.post(address, filled(clerk, address, reason="SK", **typed))
    assert len(errors(response)) == 1
    assert officer.statuses.get().document is None


def test_expertise_is_ticked(clerk: Client, officer: Officer) -> None:
    chosen = list(Expertise.objects.all()[:2])
    address = change_of(officer)
    typed = {"fields_of_expertise": [item.pk for item in chosen], "reason": "Diminta petugas"}
    assert clerk.post(address, filled(clerk, address, **typed)).status_code == 302
    assert set(officer.expertise.all()) == set(chosen)
    assert (
        clerk.post(
            address, filled(clerk, address, fields_of_expertise=[], reason="Keliru")
        ).status_code
        == 302
    )
    assert not officer.expertise.exists()


def test_a_photo_is_set_and_removed(clerk: Client, officer: Officer) -> None:
    address = change_of(officer)
    photo = SimpleUploadedFile("saya.png", image("PNG"))
    assert clerk.post(address, filled(clerk, address, reason="Foto baru", new_photo=photo))
    officer.refresh_from_db()
    assert officer.photo.name.startswith("foto/")
    page = clerk.get(address).content.decode()
    assert reverse("registry:photo", args=[officer.register_number]) in page
    assert officer.photo.name not in page
    clerk.post(address, filled(clerk, address, reason="Diminta", remove_photo="on"))
    officer.refresh_from_db()
    assert not officer.photo


def test_an_officer_is_not_merged_into_a_merged_one(clerk: Client, officer: Officer) -> None:
    second = make_officer("Siti W.")
    third = make_officer("S. Wulandari", merged_into=second)
    address = change_of(officer)
    typed = {"merged_into": third.pk, "reason": "Tercatat dua kali"}
    assert (
        "sendiri sudah digabung" in errors(clerk.post(address, filled(clerk, address, **typed)))[0]
    )
    typed["merged_into"] = officer.pk
    assert errors(clerk.post(address, filled(clerk, address, **typed))) == [
        "Petugas tidak dapat digabung ke dirinya sendiri."
    ]


def test_an_officer_with_a_history_is_not_deleted(clerk: Client, officer: Officer) -> None:
    address = reverse("admin:registry_officer_delete", args=[officer.pk])
    page = clerk.post(address, {"post": "yes", "reason": "salah"}).content.decode()
    assert "1 penempatan" in page
    assert "Catat statusnya" in page
    assert Officer.objects.exists()


def test_deleting_needs_a_reason(clerk: Client) -> None:
    officer = Officer.objects.create(name="Salah Ketik", sex="L")
    address = reverse("admin:registry_officer_delete", args=[officer.pk])
    page = clerk.post(address, {"post": "yes", "reason": " "}, follow=True)
    assert "Tulis alasan penghapusan" in page.content.decode()
    assert Officer.objects.exists()
    clerk.post(address, {"post": "yes", "reason": "Salah ketik"})
    assert not Officer.objects.exists()
    event = Officer.pgh_event_model.objects.get(pgh_label="delete")  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == "Salah ketik"


def test_odd_but_legal_is_told_after_saving(clerk: Client, officer: Officer) -> None:
    JenjangRecord.objects.filter(officer=officer).update(jenjang="ahli_madya")
    unit = officer.postings.get().unit
    unit.valid_from = dt.date(2018, 1, 1)
    unit.save()
    address = change_of(officer)
    page = clerk.post(address, filled(clerk, address, reason="Periksa"), follow=True)
    told = " ".join(str(message) for message in page.context["messages"])
    assert "Golongan III/c tidak lazim untuk Ahli Madya" in told
    assert "baru berdiri 1 Januari 2018" in told
    assert "menyebut Ahli Muda, tetapi riwayat jenjang menyebut Ahli Madya" in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "S\u0456ti"}, "Nama hanya memuat huruf Latin"),  # a Ukrainian i
        ({"name": "Siti\u200b Wulandari"}, "Nama hanya memuat huruf Latin"),
        ({"name": "Siti \u202eirad"}, "huruf tersembunyi"),
        ({"back_title": "S.\u0420si."}, "Nama hanya memuat huruf Latin"),
    ],
)
def test_a_name_that_passes_for_another_is_refused(
    clerk: Client, typed: dict[str, str], sentence: str
) -> None:
    response = enter(clerk, nip=NIP, **typed)
    assert any(sentence in found for found in errors(response))
    assert not Officer.objects.exists()


@pytest.mark.parametrize(
    "name", ["Ma\u02bcruf Amin", "Ren\u00e9 d'Arc-Sitohang", "I Gusti Ng. Rai"]
)
def test_names_as_people_have_them(clerk: Client, name: str) -> None:
    enter(clerk, nip=NIP, name=name)
    assert Officer.objects.get().name == name
