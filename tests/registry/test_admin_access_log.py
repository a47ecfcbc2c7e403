"""The admin writes down whom it has shown to whom, and lets each maintainer read their part."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk.lib.files import check_document
from registry.actions import change, note_view, store_document
from registry.models import AccessRecord, Document, Officer
from registry.rules import Field
from tests.factories import make_officer
from tests.made_files import image
from tests.registry.admin_forms import filled, row
from tests.registry.two_provinces import Province, Side, page

LOG = page("accessrecord_changelist")
Channel = AccessRecord.Channel


def change_page(officer: Officer) -> str:
    return page("officer_change", officer.pk)


def scan_of(officer: Officer) -> Document:
    upload = SimpleUploadedFile("SK.jpg", image("JPEG"))
    return store_document(officer, check_document(upload), kind="sk", by=None)


def the_record() -> AccessRecord:
    return AccessRecord.objects.get()


# --- Written -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dewi", "rina", "admin"])
def test_opening_an_officer_is_written_down(
    client: Client, jabar: Province, name: str, request: pytest.FixtureRequest
) -> None:
    viewer = request.getfixturevalue(name)
    client.force_login(viewer)
    client.get(change_page(jabar.officer), REMOTE_ADDR="10.0.0.7")
    record = the_record()
    assert (record.officer, record.viewer, record.channel) == (jabar.officer, viewer, "admin")
    assert record.fields == ["birth", "nip", "pangkat", "private_phone"]
    assert (record.address, record.reason) == ("10.0.0.7", "")


def test_fields_that_hold_nothing_have_not_been_shown(
    client: Client, rina: User, jabar: Province
) -> None:
    officer = make_officer("Kosong", unit=jabar.unit, nip=None, golongan=None)
    client.force_login(rina)
    client.get(change_page(officer))
    assert the_record().fields == ["birth"]


def test_papers_on_the_page_count(client: Client, rina: User, jabar: Province) -> None:
    jabar.officer.statuses.update(sk_number="821/1")
    client.force_login(rina)
    client.get(change_page(jabar.officer))
    assert "documents" in the_record().fields


def test_a_form_shown_again_is_written_down_with_the_reason(
    client: Client, dewi: User, jabar: Province
) -> None:
    client.force_login(dewi)
    address = change_page(jabar.officer)
    data = filled(client, address, name="", reason="Laporan pindah")
    assert client.post(address, data).status_code == 200
    shown_again = AccessRecord.objects.first()
    assert (shown_again.channel, shown_again.reason) == ("admin", "Laporan pindah")
    assert AccessRecord.objects.count() == 2


def test_a_save_shows_nothing(client: Client, dewi: User, jabar: Province) -> None:
    client.force_login(dewi)
    address = change_page(jabar.officer)
    data = filled(client, address, birth_place="Garut", reason="Laporan pindah")
    assert client.post(address, data).status_code == 302
    assert AccessRecord.objects.count() == 1  # the form itself


def test_nobody_hides_a_view_by_typing_their_own_account(
    client: Client, admin: User, jabar: Province
) -> None:
    client.force_login(admin)
    address = change_page(jabar.officer)
    data = filled(client, address, name="", user=admin.pk, reason="x")
    assert client.post(address, data).status_code == 200
    assert AccessRecord.objects.count() == 2


def test_the_history_counts_what_it_shows(client: Client, rina: User, jabar: Province) -> None:
    client.force_login(rina)
    client.get(page("officer_history", jabar.officer.pk))
    record = the_record()
    assert (record.officer, record.channel) == (jabar.officer, "riwayat")
    assert record.fields == ["birth", "nip", "pangkat", "private_phone"]


def test_the_history_of_a_merged_record_is_a_view_of_that_one_too(
    client: Client, rina: User, jabar: Province
) -> None:
    twin = make_officer("Ganda", unit=jabar.unit)
    with change(by=rina, reason="Tercatat dua kali"):
        Officer.objects.filter(pk=twin.pk).update(merged_into=jabar.officer, birth_place="Garut")
    client.force_login(rina)
    client.get(page("officer_history", jabar.officer.pk))
    found = {record.officer: record.fields for record in AccessRecord.objects.all()}
    assert found == {jabar.officer: found[jabar.officer], twin: ["birth"]}


def test_a_download_is_written_down(client: Client, dewi: User, jabar: Province) -> None:
    scan = scan_of(jabar.officer)
    client.force_login(dewi)
    address = reverse("registry:document", args=[jabar.officer.register_number, scan.pk])
    client.head(address)
    assert not AccessRecord.objects.exists()
    client.get(address)
    record = the_record()
    assert (record.channel, record.fields, record.viewer) == ("dokumen", ["documents"], dewi)


def test_a_download_of_ones_own_and_a_refused_one_are_not(
    client: Client, siti: User, budi: User
) -> None:
    siti.officer.refresh_from_db()
    address = reverse(
        "registry:document", args=[siti.officer.register_number, scan_of(siti.officer).pk]
    )
    for user, status in ((siti, 200), (budi, 404)):
        client.force_login(user)
        assert client.get(address).status_code == status
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_a_page_that_does_not_open_shows_nothing(side: Side, name: str) -> None:
    side.client.get(page(f"officer_{name}", side.other.officer.pk))
    assert not AccessRecord.objects.exists()


def test_lists_and_choices_show_nothing_private(side: Side) -> None:
    for table in ("officer", "unit", "document"):
        side.get(page(f"{table}_changelist"), {"q": side.own.nip})
    assert not AccessRecord.objects.exists()


# --- Read ----------------------------------------------------------------------------------------


@pytest.fixture
def both_seen(side: Side, rina: User) -> Side:
    for province in (side.own, side.other):
        note_view(
            province.officer, [Field.NIP, Field.BIRTH], by=rina, channel=Channel.PROFILE,
            reason=f"Verifikasi {province.planted}",
        )  # fmt: skip
    return side


def shown(client: Client, **query: str) -> list[Any]:
    return list(client.get(LOG, query).context["cl"].result_list)


def test_each_reads_the_part_about_their_officers(both_seen: Side, rina: User) -> None:
    side = both_seen
    text = side.get(LOG)
    for word in ("Rina Hapsari", side.own.planted, "NIP utuh", "Halaman petugas"):
        assert word in text
    assert [record.officer for record in shown(side.client)] == [side.own.officer]
    for asked in (str(side.other.officer.register_number), "Rina"):
        found = shown(side.client, q=asked)
        assert {record.officer for record in found} <= {side.own.officer}
    theirs = AccessRecord.objects.get(officer=side.other.officer)
    assert side.client.get(page("accessrecord_change", theirs.pk)).status_code == 404
    side.client.force_login(rina)
    assert len(shown(side.client)) == 2


def test_the_log_is_searched_and_filtered(client: Client, rina: User, jabar: Province) -> None:
    for channel in (Channel.ADMIN, Channel.DOCUMENT):
        note_view(jabar.officer, [Field.NIP], by=rina, channel=channel)
    client.force_login(rina)
    assert len(shown(client, q=str(jabar.officer.register_number))) == 2
    assert len(shown(client, q="hapsari")) == 2
    assert shown(client, q="PK-999999") == []
    assert [record.channel for record in shown(client, lewat="dokumen")] == ["dokumen"]
    assert len(shown(client, lewat="sulap")) == 2


def test_the_log_outlives_the_officer(client: Client, rina: User) -> None:
    officer = Officer.objects.create(name="Salah Ketik", sex="L")
    officer.refresh_from_db()
    number, key = officer.register_number, officer.pk
    note_view(officer, [Field.NIP], by=rina, channel=Channel.ADMIN)
    officer.delete()
    client.force_login(rina)
    assert number in client.get(LOG).content.decode()
    record = AccessRecord.objects.get(officer_id=key)
    assert number in client.get(page("accessrecord_change", record.pk)).content.decode()


def test_an_entry_can_be_read_and_has_no_history(
    client: Client, rina: User, jabar: Province
) -> None:
    note_view(jabar.officer, [Field.NIP], by=rina, channel=Channel.ADMIN, address="10.0.0.7")
    client.force_login(rina)
    text = client.get(page("accessrecord_change", the_record().pk)).content.decode()
    history = page("accessrecord_history", the_record().pk)
    assert "10.0.0.7" in text
    assert history not in text
    assert client.get(history).status_code == 404


@pytest.mark.parametrize("name", ["dewi", "rina", "admin"])
def test_nobody_writes_in_the_log(
    client: Client, jabar: Province, name: str, request: pytest.FixtureRequest
) -> None:
    viewer = request.getfixturevalue(name)
    note_view(jabar.officer, [Field.NIP], by=viewer, channel=Channel.ADMIN)
    client.force_login(viewer)
    record = the_record()
    assert client.get(page("accessrecord_add")).status_code == 403
    for action in ("change", "delete"):
        sent = client.post(
            page(f"accessrecord_{action}", record.pk), {"post": "yes", "reason": "x"}
        )
        assert sent.status_code == 403
    assert the_record().reason == ""


def test_a_conflict_counts_what_it_tells(client: Client, dewi: User, jabar: Province) -> None:
    """What somebody else saved meanwhile is told on the same page."""
    officer = make_officer("Kosong", unit=jabar.unit, nip=None, golongan=None)
    client.force_login(dewi)
    address = change_page(officer)
    data = filled(client, address, reason="SK", **row("pangkat_records", 0))
    with change(by=None, reason="Ditjen"):
        Officer.objects.filter(pk=officer.pk).update(private_phone="0811")
    assert client.post(address, data).status_code == 200
    assert AccessRecord.objects.first().fields == ["birth", "private_phone"]
