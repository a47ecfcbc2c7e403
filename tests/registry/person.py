"""A person of whom every table knows something, to see what is left after anonymising."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from epk.lib.files import CheckedFile
from epk.lib.nip import format_nip
from registry import actions
from registry.models import AccessRecord, Education, Officer, Training, Unit
from registry.rules import Field
from tests.factories import make_nip, make_officer, make_user
from tests.registry.admin_forms import filled

NAME, FORMER_NAME = "Nurhayati Kusumawardhani", "Nurhayati Kusuma"
BORN = dt.date(1979, 4, 17)
NIP = make_nip(BORN, "P", 2006, 3)
REASON = "Masa simpan arsip berakhir"
PERSONAL = [
    NAME, FORMER_NAME, "Nurhayati", "Kusumawardhani", NIP, format_nip(NIP), "1979-04-17",
    "17 April 1979", "nurhayati@dinas.example", "nur.lama@dinas.example", "nur@akun.example",
    "0234-555-777", "0811-9999-0001", "0811-9999-0002", "Majalengka", "Suka berkebun",
    "821/NUR/2010", "Universitas Galuh", "Ilmu Sosial", "SK_Nurhayati.pdf", "lama.pdf", "IJZ-77",
    "Kepala Seksi Penempatan", "10.77.88.99", "Dra.", "RAHASIA", "nur@lain.example", "SSO-NUR",
]  # fmt: skip


def document(officer: Officer, name: str, by: User) -> Any:
    checked = CheckedFile.of(name.encode(), extension="pdf", pages=1, original_name=name)
    return actions.store_document(officer, checked, kind="sk", by=by)


def make_person(unit: Unit, rina: User, dewi: User) -> Officer:
    """Someone of whom every table knows something, old values in the history included."""
    officer = make_officer(
        FORMER_NAME,
        unit=unit,
        birth_date=BORN,
        nip=NIP,
        front_title="Dra.",
        birth_place="Majalengka",
        office_email="nur.lama@dinas.example",
        office_phone="0234-555-777",
        private_phone="0811-9999-0001",
        bio="Suka berkebun",
        contact_public=True,
        ikaperjasi_member=True,
        expertise=("Bimbingan jabatan",),
    )
    user = make_user("nur@akun.example", FORMER_NAME, "pengantar_kerja", nip=NIP)
    RoleGrant.objects.filter(user=user).update(reason=f"Penugasan {FORMER_NAME}")
    with actions.change(
        by=rina, reason=f"Nama lengkap {NAME}, lahir 17 April 1979, NIP {format_nip(NIP)}"
    ):
        officer.user, officer.name = user, NAME
        officer.office_email, officer.private_phone = "nurhayati@dinas.example", "0811-9999-0002"
        officer.save()
        User.objects.filter(pk=user.pk).update(name=NAME)
    officer.postings.update(sk_number="821/NUR/2010", position_title="Kepala Seksi Penempatan")
    scan = document(officer, "SK_Nurhayati.pdf", rina)
    Education.objects.create(
        officer=officer, level="s1", institution="Universitas Galuh", major="Ilmu Sosial",
        year=2002, sk_number="IJZ-77", document=scan,
    )  # fmt: skip
    Training.objects.create(
        officer=officer, name="Diklat", start=dt.date(2016, 1, 1), end=dt.date(2016, 1, 9),
        sk_number="821/NUR/2010",
    )  # fmt: skip
    old = document(officer, "lama.pdf", rina)
    old.delete()  # its file stays behind, as on any deletion in the admin
    photo = CheckedFile.of(b"wajah", extension="webp", pages=1, original_name="wajah.webp")
    actions.set_photo(officer, photo, by=user)
    actions.note_view(
        officer, [Field.NIP], by=dewi, channel=AccessRecord.Channel.PROFILE,
        reason=f"Telepon dari {NAME.upper()}", address="10.1.1.1",
    )  # fmt: skip
    _traces_of_the_account(user)
    _traces_in_the_admin(officer, rina)
    return Officer.objects.get(pk=officer.pk)


def _traces_of_the_account(user: User) -> None:
    own = {"user": user}
    apps.get_model("account", "EmailAddress").objects.create(**own, email="nur@lain.example")
    apps.get_model("mfa", "Authenticator").objects.create(
        **own, type="totp", data={"secret": "RAHASIA"}
    )
    apps.get_model("usersessions", "UserSession").objects.create(
        **own, ip="10.77.88.99", user_agent="x", session_key="k" * 32
    )
    apps.get_model("socialaccount", "SocialAccount").objects.create(
        **own, provider="x", uid="SSO-NUR", extra_data={"name": NAME}
    )
    client = Client(REMOTE_ADDR="10.77.88.99")
    client.force_login(user)
    form = client.get(reverse("registry:own_profile_edit")).context["form"]
    data = {"seen_version": form["seen_version"].value(), "private_phone": "0811-9999-0002"}
    data |= {name: form[name].value() for name in ("office_email", "office_phone")}
    sent = client.post(reverse("registry:own_profile_edit"), data | {"bio": "Suka berkebun, kopi"})
    assert sent.status_code == 302
    other = make_officer("Orang Lain", nip=None)
    actions.note_view(other, [Field.BIRTH], by=user, channel="profil", address="10.77.88.99")


def _traces_in_the_admin(officer: Officer, clerk: User) -> None:
    """The admin writes the names of rows into a log of its own."""
    client = Client()
    client.force_login(clerk)
    address = reverse("admin:registry_officer_change", args=[officer.pk])
    data = filled(
        client, address, ikaperjasi_member="", reason="Perbaikan Nurhayati Kusumawardhani"
    )
    data["educations-0-major"] = "Ilmu Sosial dan Politik"
    assert client.post(address, data).status_code == 302


def run(number: str, by: str = "rina@demo.example", reason: str = REASON, **more: Any) -> str:
    out = io.StringIO()
    call_command("anonymise_officer", number, alasan=reason, oleh=by, ya=True, stdout=out, **more)
    return out.getvalue()


def everything() -> str:
    """All that all tables of the database hold, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [table for (table,) in cursor.fetchall()]
        assert len(tables) > 40
        found = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(row)::text FROM "{table}" AS row')
            found += [f"{table}: {text}" for (text,) in cursor.fetchall()]
    return "\n".join(found).casefold()


def where(text: str, value: str) -> list[str]:
    return [line[:300] for line in text.split("\n") if value.casefold() in line]


def files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
