"""Role grants in the admin: given with a reason, never to oneself, told by mail, in the history."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant, User
from tests.accounts.mails import received
from tests.mail_server import MailServer
from tests.registry.admin_forms import errors, filled

ADD = reverse("admin:accounts_rolegrant_add")


@pytest.fixture
def ditjen(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


def change_of(grant: RoleGrant) -> str:
    return reverse("admin:accounts_rolegrant_change", args=[grant.pk])


def delete_of(grant: RoleGrant) -> str:
    return reverse("admin:accounts_rolegrant_delete", args=[grant.pk])


def give(client: Client, user: User, **typed: Any) -> Any:
    data = {"user": user.pk, "role": "moderator", "valid_from": "01-01-2026", "reason": "SK 5"}
    return client.post(ADD, filled(client, ADD, **(data | typed)))


def test_a_grant_counts_at_the_next_click_and_is_told(
    ditjen: Client, agus: User, rina: User, smtp: MailServer
) -> None:
    there = Client()
    there.force_login(agus)
    assert there.get(reverse("admin:index")).status_code == 403
    assert give(ditjen, agus, role="admin_provinsi", province_code="32").status_code == 302
    assert there.get(reverse("admin:index")).status_code == 200
    grant = agus.grants.get(role="admin_provinsi")
    assert grant.given_by == rina
    (letter,) = received(smtp, agus.email)
    assert letter.subject.endswith("ditambah")
    assert "Admin Provinsi (32)" in letter.text
    assert "SK 5" in letter.text
    event = RoleGrant.pgh_event_model.objects.filter(pgh_label="insert").latest("pgh_id")  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["user"] == rina.pk


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
    ditjen: Client, siti: User, typed: dict[str, str], sentence: str
) -> None:
    (found,) = errors(give(ditjen, siti, **typed))
    assert sentence in found
    assert siti.grants.count() == 1


@pytest.mark.parametrize("role", ["pembina", "admin_ditjen", "pengantar_kerja"])
def test_nobody_gives_a_role_to_themselves(ditjen: Client, rina: User, role: str) -> None:
    (sentence,) = errors(give(ditjen, rina, role=role))
    assert sentence.startswith("Tidak seorang pun memberi")
    assert rina.grants.count() == 1


def test_nobody_changes_or_deletes_the_own_role(ditjen: Client, rina: User) -> None:
    grant = rina.grants.get()
    data = filled(ditjen, change_of(grant), valid_until="31-12-2030", reason="Lebih lama")
    (sentence,) = errors(ditjen.post(change_of(grant), data))
    assert sentence.startswith("Tidak seorang pun memberi")
    assert ditjen.post(delete_of(grant), {"post": "yes", "reason": "x"}).status_code == 403
    assert rina.grants.get().valid_until is None


def test_what_was_given_stands(ditjen: Client, agus: User, maya: User) -> None:
    grant = agus.grants.get()
    data = filled(ditjen, change_of(grant), reason="Diakhiri", valid_until="31-12-2030")
    data |= {"role": "admin_ditjen", "user": maya.pk, "province_code": "32", "given_by": maya.pk}
    assert ditjen.post(change_of(grant), data).status_code == 302
    grant.refresh_from_db()
    assert (grant.role, grant.user, grant.given_by) == ("redaksi", agus, None)
    assert str(grant.valid_until) == "2030-12-31"


def test_ending_a_grant_ends_it_at_the_next_click_and_is_told(
    ditjen: Client, dewi: User, smtp: MailServer
) -> None:
    there = Client()
    there.force_login(dewi)
    assert there.get(reverse("admin:index")).status_code == 200
    grant = dewi.grants.get()
    data = filled(ditjen, change_of(grant), valid_until="01-01-2025", reason="Pindah tugas")
    assert ditjen.post(change_of(grant), data).status_code == 302
    assert there.get(reverse("admin:index")).status_code == 403
    assert received(smtp, dewi.email)[-1].subject.endswith("diubah")


def test_a_mistaken_grant_is_deleted_with_a_reason(
    ditjen: Client, agus: User, smtp: MailServer
) -> None:
    grant = agus.grants.get()
    ditjen.post(delete_of(grant), {"post": "yes", "reason": " "})
    assert agus.grants.exists()
    ditjen.post(delete_of(grant), {"post": "yes", "reason": "Salah orang"})
    assert not agus.grants.exists()
    assert received(smtp, agus.email)[-1].subject.endswith("dicabut")
    event = RoleGrant.pgh_event_model.objects.filter(pgh_label="delete").get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == "Salah orang"
