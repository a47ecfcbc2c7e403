"""What officers change themselves: saved at once, nothing else reachable, nothing typed lost."""

from __future__ import annotations

import threading
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from epk.lib.files import CheckedFile
from registry import actions
from registry.actions import OwnProfile, update_own_profile
from registry.models import Expertise, Officer, OfficerExpertise
from tests.factories import make_officer

URL = reverse("registry:own_profile_edit")
DONE = reverse("registry:own_profile")


@pytest.fixture
def own(client: Client, siti: User) -> Client:
    client.force_login(siti)
    return client


@pytest.fixture
def officer(siti: User) -> Officer:
    return Officer.objects.get(user=siti)


def sent(client: Client, **values: Any) -> dict[str, Any]:
    """What a browser sends when these fields were changed; None leaves a field out."""
    form = client.get(URL).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if bound.name == "fields_of_expertise":
            data[bound.name] = list(value)
        elif value is True:
            data[bound.name] = "on"
        elif value not in (None, False):
            data[bound.name] = value
    data |= values
    return {name: value for name, value in data.items() if value is not None}


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def picture(colour: str = "teal") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (300, 300), colour).save(content, "PNG")
    return SimpleUploadedFile("foto.png", content.getvalue(), "image/png")


# --- Saving ---------------------------------------------------------------------------------------


def test_saves_at_once(own: Client, officer: Officer) -> None:
    new = Expertise.objects.create(code="wirausaha", name="Wirausaha")
    data = sent(
        own, office_phone="(0234) 271-234", private_phone="+62 811 0000 99", bio="Baris satu\r\ndua",
        photo_public="on", contact_public=None, fields_of_expertise=[new.pk],
        office_email="siti@dinas.example",
    )  # fmt: skip
    response = own.post(URL, data, follow=True)
    assert response.redirect_chain == [(DONE, 302)]
    assert "Profil Anda tersimpan." in response.text
    officer.refresh_from_db()
    assert (officer.office_phone, officer.private_phone) == ("(0234) 271-234", "+62 811 0000 99")
    assert (officer.photo_public, officer.contact_public) == (True, False)
    assert (officer.bio, officer.office_email) == ("Baris satu\ndua", "siti@dinas.example")
    assert list(officer.expertise.all()) == [new]


def test_leaves_who_and_why_in_the_history(own: Client, officer: Officer, siti: User) -> None:
    own.post(URL, sent(own, bio="Baru", fields_of_expertise=[]))
    event: Any = Officer.pgh_event_model.objects.filter(pgh_obj=officer).latest("pgh_id")  # type: ignore[attr-defined]
    context = event.pgh_context.metadata
    assert context["user"] == siti.pk
    assert context["reason"] == "Profil diubah sendiri oleh petugas"
    removed: Any = OfficerExpertise.pgh_event_model.objects.filter(pgh_label="delete")  # type: ignore[attr-defined]
    assert {event.pgh_context_id for event in removed} == {event.pgh_context_id}


def test_a_retired_officer_may_still_be_reached(client: Client, joko: User) -> None:
    client.force_login(joko)
    assert client.post(URL, sent(client, private_phone="0812 3456 789")).status_code == 302
    assert Officer.objects.get(user=joko).private_phone == "0812 3456 789"


def test_nothing_changed_is_no_version_and_no_history(own: Client, officer: Officer) -> None:
    events: Any = Officer.pgh_event_model.objects.filter(pgh_obj=officer)  # type: ignore[attr-defined]
    before = events.count()
    assert own.post(URL, sent(own)).status_code == 302
    assert (Officer.objects.get(pk=officer.pk).version, events.count()) == (officer.version, before)


def test_sent_twice_is_harmless(own: Client, officer: Officer) -> None:
    data = sent(own, bio="Sekali saja")
    assert [own.post(URL, data).status_code for _ in range(2)] == [302, 302]
    assert Officer.objects.get(pk=officer.pk).version == officer.version + 1


def test_photo_sent_twice_is_stored_once(own: Client, officer: Officer) -> None:
    data = sent(own)
    for _ in range(2):
        assert own.post(URL, data | {"new_photo": picture()}).status_code == 302
    officer.refresh_from_db()
    first = officer.photo.name
    assert officer.photo.storage.exists(first)
    own.post(URL, sent(own) | {"new_photo": picture("navy")})
    officer.refresh_from_db()
    assert officer.photo.name != first


def test_photo_is_removed(own: Client, officer: Officer) -> None:
    own.post(URL, sent(own) | {"new_photo": picture()})
    own.post(URL, sent(own, remove_photo="on"))
    officer.refresh_from_db()
    assert not officer.photo


# --- What the form does not reach -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Nama Lain"),
        ("nip", "198609262015012999"),
        ("status", "pensiun"),
        ("is_superuser", "on"),
        ("is_staff", "on"),
        ("officer_id", "1"),
        ("user", "1"),
        ("version", "99"),
        ("ikaperjasi_member", "on"),
        ("merged_into", "1"),
        ("email", "lain@contoh.example"),
        ("photo", "dokumen/x.pdf"),
        ("reason", "Alasan lain"),
    ],
)
def test_other_fields_are_not_looked_at(
    own: Client, officer: Officer, budi: User, name: str, value: str
) -> None:
    def everything() -> list[Any]:
        officers = Officer.objects.exclude(pk=officer.pk).order_by("pk").values()
        row = Officer.objects.filter(pk=officer.pk).values()[0]
        kept = {key: held for key, held in row.items() if key not in {"version", "bio"}}
        return [kept, *officers, *User.objects.order_by("pk").values("name", "nip", "is_superuser")]

    before = everything()
    assert own.post(URL, sent(own, bio="Sah") | {name: value}).status_code == 302
    assert Officer.objects.get(pk=officer.pk).bio == "Sah"
    assert everything() == before


def test_another_record_cannot_be_named(own: Client, budi: User) -> None:
    before = Officer.objects.get(user=budi)
    own.post(f"{URL}?officer={before.pk}", sent(own, bio="Punya Siti") | {"id": before.pk})
    assert Officer.objects.get(user=budi).bio == before.bio


# --- What is refused keeps what was typed -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("office_phone", "abc", "5 sampai 20 angka"),
        ("office_phone", "1234", "5 sampai 20 angka"),
        ("private_phone", "1" * 21, "5 sampai 20 angka"),
        ("private_phone", "0811/0000", "5 sampai 20 angka"),
        ("private_phone", "٠٨١١٠٠٠٠", "5 sampai 20 angka"),
        ("private_phone", "0" * 41, "paling banyak 40"),
        ("office_email", "bukan alamat", "nama@dinas.go.id"),
        ("bio", "x" * 601, "paling banyak 600"),
        ("bio", "a\0b", "huruf tersembunyi"),
        ("bio", "a\x1bb", "huruf tersembunyi"),
        ("bio", "gpj.\u202eexe", "huruf tersembunyi"),
        ("bio", "\u2066kiri", "huruf tersembunyi"),
        ("office_phone", "0811\u202e00000", "huruf tersembunyi"),
    ],
)
def test_bad_values(own: Client, officer: Officer, name: str, value: str, sentence: str) -> None:
    data = sent(own, bio="Diketik", private_phone="0811 2222 333") | {name: value}
    response = own.post(URL, data)
    assert list(errors(response)) == [name]
    assert sentence in errors(response)[name][0]
    assert "<title>Galat: " in response.text
    kept = response.context["form"]
    assert kept["private_phone" if name != "private_phone" else "bio"].value() in {
        "0811 2222 333",
        "Diketik",
    }
    officer.refresh_from_db()
    assert (officer.bio, officer.private_phone) == ("", "0811-0000-0047")


def test_600_letters_with_line_breaks_fit(own: Client, officer: Officer) -> None:
    assert own.post(URL, sent(own, bio="\r\n".join(["x" * 299, "y" * 300]))).status_code == 302


def test_an_old_telephone_that_is_not_touched_stays(own: Client, officer: Officer) -> None:
    Officer.objects.filter(pk=officer.pk).update(office_phone="0234-271000 pes. 12")
    assert own.post(URL, sent(own, bio="Baru")).status_code == 302
    officer.refresh_from_db()
    assert (officer.office_phone, officer.bio) == ("0234-271000 pes. 12", "Baru")


@pytest.mark.parametrize("value", ["0", "99999999", "abc", "\0", "1e309"])
def test_unknown_expertise(own: Client, officer: Officer, value: str) -> None:
    response = own.post(URL, sent(own, bio="Diketik", fields_of_expertise=[value]))
    assert "fields_of_expertise" in errors(response)
    assert response.context["form"]["bio"].value() == "Diketik"


def test_a_file_that_is_no_photo(own: Client, officer: Officer) -> None:
    wrong = SimpleUploadedFile("foto.png", b"<svg xmlns='x'/>", "image/png")
    response = own.post(URL, sent(own, bio="Diketik") | {"new_photo": wrong})
    assert "gambar SVG" in errors(response)["new_photo"][0]
    assert "pilih berkasnya sekali lagi" in response.text
    officer.refresh_from_db()
    assert (officer.bio, bool(officer.photo)) == ("", False)


def test_new_photo_and_no_photo_at_once(own: Client, officer: Officer) -> None:
    own.post(URL, sent(own) | {"new_photo": picture()})
    response = own.post(URL, sent(own, remove_photo="on") | {"new_photo": picture("navy")})
    assert "Pilih salah satu" in errors(response)["remove_photo"][0]


# --- Two at one record ----------------------------------------------------------------------------


def meanwhile(officer: Officer, by: User, **values: Any) -> None:
    with actions.change(by=by, reason="Perbaikan oleh Ditjen"):
        Officer.objects.filter(pk=officer.pk).update(**values)


def test_a_conflict_shows_what_others_changed_and_keeps_what_was_typed(
    own: Client, officer: Officer, rina: User
) -> None:
    data = sent(own, bio="Isian saya", office_phone="0234-111111")
    meanwhile(officer, rina, office_phone="0234-222222", office_email="baru@dinas.example")
    response = own.post(URL, data)
    assert errors(response) == {"__all__": [actions.MOVED_MEANWHILE]}
    for text in ("Rina Hapsari", "Perbaikan oleh Ditjen", "0234-222222", "baru@dinas.example"):
        assert text in response.text
    form = response.context["form"]
    assert form["bio"].value() == "Isian saya"
    assert form["office_phone"].value() == "0234-111111"
    assert form["office_email"].value() == "baru@dinas.example"  # untouched here: the newer one
    officer.refresh_from_db()
    assert (officer.bio, officer.office_phone) == ("", "0234-222222")


def test_after_the_conflict_both_changes_stand(own: Client, officer: Officer, rina: User) -> None:
    data = sent(own, bio="Isian saya")
    meanwhile(officer, rina, office_email="baru@dinas.example")
    form = own.post(URL, data).context["form"]
    again = data | {name: form[name].value() for name in ("seen_version", "office_email", "bio")}
    assert own.post(URL, again).status_code == 302
    officer.refresh_from_db()
    assert (officer.bio, officer.office_email) == ("Isian saya", "baru@dinas.example")


@pytest.mark.parametrize("version", [None, "", "abc", "-1", "0", "9" * 30, "\0", "٣"])
def test_a_form_without_its_version_saves_nothing(
    own: Client, officer: Officer, version: str | None
) -> None:
    response = own.post(URL, sent(own, bio="Isian saya", seen_version=version))
    assert errors(response) == {"__all__": [actions.MOVED_MEANWHILE]}
    assert response.context["form"]["bio"].value() == "Isian saya"
    officer.refresh_from_db()
    assert officer.bio == ""


def test_all_or_nothing(own: Client, officer: Officer, siti: User) -> None:
    """A picture that cannot be stored takes the rest along."""
    values = {name: getattr(officer, name) for name in actions.OWN_FIELDS} | {"bio": "Separuh"}
    good = CheckedFile.of(b"x", extension="webp", pages=1, original_name="foto.webp")
    wanted = OwnProfile(values, [], new_photo=replace(good, extension="exe"))
    with pytest.raises(ValueError, match="extension"):
        update_own_profile(officer, wanted, by=siti, seen_version=officer.version)
    officer.refresh_from_db()
    assert (officer.bio, officer.expertise.count()) == ("", 2)


# --- Who ----------------------------------------------------------------------------------------------


def test_not_logged_in(client: Client, siti: User) -> None:
    for response in (client.get(URL), client.post(URL, {"bio": "x"})):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


def test_staff_have_none(client: Client, rina: User, siti: User) -> None:
    client.force_login(rina)
    assert client.post(URL, {"bio": "x"}).status_code == 404


def test_a_merged_record_is_not_edited(client: Client, siti: User) -> None:
    other = make_officer("Siti Wulan")
    Officer.objects.filter(user=siti).update(merged_into=other)
    client.force_login(siti)
    assert client.get(URL).status_code == 404


def test_without_a_token(siti: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(siti)
    assert strict.post(URL, {"bio": "x"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_at_once_lose_nothing(siti: User) -> None:
    officer = Officer.objects.get(user=siti)
    values = {name: getattr(officer, name) for name in actions.OWN_FIELDS}
    refused: list[str] = []

    def save(name: str, value: str) -> None:
        try:
            update_own_profile(
                officer,
                OwnProfile(values | {name: value}, list(officer.expertise.all())),
                by=siti,
                seen_version=officer.version,
            )
        except ValidationError as error:
            refused.append(str(error.code))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=pair) for pair in (("bio", "A"), ("office_phone", "1"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["conflict"]
