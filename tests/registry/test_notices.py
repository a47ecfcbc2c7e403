"""What an owner learns when an admin changes their record: which fields, never to what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.notices import Ref
from notifications.models import Event, Notification
from registry.models import Officer
from registry.notices import RECORD_CHANGED, subject_of, zones_of
from tests.factories import make_user
from tests.registry.admin_forms import filled


@pytest.fixture
def ditjen(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


def _save(client: Client, officer: Officer, **typed: Any) -> int:
    page = reverse("admin:registry_officer_change", args=[officer.pk])
    sent = {**filled(client, page), "reason": "SK mutasi", **typed}
    status: int = client.post(page, sent).status_code
    return status


def test_a_refused_save_and_one_without_change_tell_nobody(ditjen: Client, siti: User) -> None:
    officer = siti.officer
    assert _save(ditjen, officer, birth_date="30-2-1986", office_phone="0234-1") == 200
    assert _save(ditjen, officer) == 302
    assert Event.objects.count() == 0


@pytest.mark.parametrize("sign", ["", ".", "  "])
def test_the_same_in_another_spelling_is_no_change(ditjen: Client, siti: User, sign: str) -> None:
    nip, name = siti.officer.nip, siti.officer.name
    typed = {"nip": f"{nip[:8]}{sign}{nip[8:]}", "name": name.replace(" ", "\u00a0 ")}
    assert _save(ditjen, siti.officer, **typed) == 302
    assert Event.objects.count() == 0


def test_another_nip_is_a_change(ditjen: Client, siti: User) -> None:
    nip = siti.officer.nip
    assert _save(ditjen, siti.officer, nip=f"{nip[:-1]}{(int(nip[-1]) + 1) % 10}") == 302
    assert Event.objects.get().facts == {"fields": "NIP"}


def test_another_account_is_a_change(ditjen: Client, siti: User) -> None:
    other = make_user("baru@contoh.example", "Baru", "pengantar_kerja")
    assert _save(ditjen, siti.officer, user=other.pk) == 302
    assert Event.objects.get().facts == {"fields": "Akun"}


def test_the_owner_learns_which_fields_and_not_to_what(ditjen: Client, siti: User) -> None:
    assert _save(ditjen, siti.officer, office_phone="0234-555", birth_place="Cirebon") == 302
    row = Notification.objects.get()
    assert row.recipient == siti
    facts = row.event.facts["fields"]
    assert "elepon" in facts
    assert "empat lahir" in facts
    assert "0234-555" not in facts
    assert "Cirebon" not in facts
    assert "Alasan" not in facts


def test_a_changed_row_is_named_by_its_table(ditjen: Client, siti: User) -> None:
    page = reverse("admin:registry_officer_change", args=[siti.officer.pk])
    sent = filled(ditjen, page, reason="SK mutasi")
    begun = next(name for name in sent if name.startswith("postings-0-") and "start" in name)
    assert ditjen.post(page, {**sent, begun: "1-5-2022"}).status_code == 302
    assert Notification.objects.get().event.facts == {"fields": "Penempatan"}


def test_two_saves_are_two_events_of_one_group(ditjen: Client, siti: User) -> None:
    for phone in ("0234-1", "0234-2"):
        assert _save(ditjen, siti.officer, office_phone=phone) == 302
    assert Event.objects.count() == 2
    assert set(Notification.objects.values_list("subject", flat=True)) == {subject_of(siti.officer)}
    reader = Client()
    reader.force_login(siti)
    html = reader.get(reverse("notifications:inbox")).content.decode()
    assert "2 kali admin mengubah data kepegawaian Anda" in html


def test_whoever_changes_the_own_record_is_not_told(ditjen: Client, siti: User, rina: User) -> None:
    Officer.objects.filter(pk=siti.officer.pk).update(user=rina)
    assert _save(ditjen, Officer.objects.get(user=rina), office_phone="0234-1") == 302
    assert Notification.objects.count() == 0


def test_a_record_without_an_account_tells_nobody(ditjen: Client, siti: User) -> None:
    officer = siti.officer
    Officer.objects.filter(pk=officer.pk).update(user=None)
    assert _save(ditjen, officer, office_phone="0234-1") == 302
    assert Notification.objects.count() == 0


def test_a_record_that_is_no_longer_theirs_is_not_shown(siti: User, budi: User) -> None:
    ref = Ref(subject_of(siti.officer), "versi-2")
    assert set(RECORD_CHANGED.seen(siti, [ref])) == {ref}
    assert RECORD_CHANGED.seen(budi, [ref]) == {}
    Officer.objects.filter(pk=siti.officer.pk).update(user=None)
    assert RECORD_CHANGED.seen(siti, [ref]) == {}


def test_clocks_are_those_of_the_places(siti: User, budi: User, rina: User) -> None:
    assert zones_of([siti.pk, budi.pk, rina.pk]) == {
        siti.pk: "Asia/Jakarta",
        budi.pk: "Asia/Jayapura",
    }
