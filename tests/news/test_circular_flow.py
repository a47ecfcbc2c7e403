"""From a draft to its frozen audience: who writes, who lets out, whom a version asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import RoleGrant, User
from news.actions import circulars as acts
from news.actions import versions
from news.actions.circulars import Files
from news.actions.reading import acknowledge
from news.models import Circular, CircularVersion, Reader
from registry.models import Officer, Posting, StatusRecord, Unit
from tests.factories import make_officer, make_posting, make_province, make_unit, make_user
from tests.news.made_circulars import VALUES, make_draft, make_lina

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def lina(db: None) -> User:
    return make_lina()


def send(version: CircularVersion, by: User) -> CircularVersion:
    return acts.send_circular(version, seen=version.edits, by=by)


def let_out(version: CircularVersion, by: User, change: str = "besar") -> int:
    version.refresh_from_db()
    return acts.let_out_circular(version, change=change, seen=version.edits, by=by)


def published(by: User, reviewer: User, **values: Any) -> Circular:
    version = make_draft(by, **values)
    send(version, by)
    let_out(version, reviewer)
    return Circular.objects.get(pk=version.circular_id)


def changed(circular: Circular, by: User, **values: Any) -> CircularVersion:
    """A new version of a live circular, sent for review."""
    version = acts.begin_version(circular, by=by)
    wanted = VALUES | {name: getattr(version, name) for name in acts.COPIED if name in VALUES}
    wanted |= {"change": "kecil", "note": "", **values}
    saved = acts.save_circular(version, values=wanted, files=Files(), seen=version.edits, by=by)
    return send(saved, by)


def readers(circular: Circular) -> set[str]:
    circular.refresh_from_db()
    return set(Reader.objects.filter(version=circular.asking_id).values_list("name", flat=True))


def test_the_audience_is_frozen_when_it_is_let_out(
    agus: User, lina: User, siti: User, budi: User, joko: User
) -> None:
    """Retired officers and officers without account are not in it."""
    make_officer("Tanpa Akun", unit=make_unit(make_province("33", "Jawa Tengah")))
    circular = published(agus, lina)
    assert circular.live == circular.asking
    assert readers(circular) == {"Siti Wulandari, S.Psi.", "Budi Rumbiak"}
    row = Reader.objects.get(user=siti)
    assert (row.province_code, row.jenjang, row.tier) == ("32", "ahli_muda", "kabupaten_kota")
    assert row.unit == "Dinas Tenaga Kerja Kabupaten Indramayu"
    assert row.officer == siti.officer
    assert [r.position for r in Reader.objects.order_by("position")] == [1, 2]


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ({"provinces": ["91"]}, {"Budi Rumbiak"}),
        ({"tiers": ["kabupaten_kota"]}, {"Siti Wulandari, S.Psi."}),
        ({"jenjang": ["ahli_madya"]}, {"Budi Rumbiak"}),
        ({"roles": ["admin_provinsi"]}, {"Dewi Lestari", "Cut Meutia"}),
        ({"roles": ["admin_provinsi"], "provinces": ["11"]}, {"Cut Meutia"}),
        (
            {"roles": ["pengantar_kerja", "admin_provinsi"], "provinces": ["32"]},
            {"Siti Wulandari, S.Psi.", "Dewi Lestari"},
        ),
        ({"roles": ["moderator"], "tiers": ["pusat"]}, {"Maya Sari"}),
    ],
)
@pytest.mark.usefixtures("siti", "budi", "dewi", "cut", "maya")
def test_the_rule_chooses(
    agus: User, lina: User, rule: dict[str, list[str]], names: set[str]
) -> None:
    assert readers(published(agus, lina, **rule)) == names


def test_an_officer_with_another_role_is_asked_once(agus: User, lina: User, siti: User) -> None:
    for province in ("32", "11"):
        RoleGrant.objects.create(
            user=siti, role="admin_provinsi", province_code=province, valid_from=TODAY
        )
    circular = published(agus, lina, roles=["pengantar_kerja", "admin_provinsi"])
    assert Reader.objects.filter(version=circular.asking, user=siti).count() == 1
    alone = published(agus, lina, roles=["admin_provinsi"])
    assert Reader.objects.filter(version=alone.asking, user=siti).count() == 1


@pytest.mark.parametrize("ends", ["account", "service", "merged"])
def test_who_is_no_longer_there_is_not_asked(
    agus: User, lina: User, siti: User, budi: User, ends: str
) -> None:
    officer = Officer.objects.get(user=siti)
    if ends == "account":
        User.objects.filter(pk=siti.pk).update(is_active=False)
    elif ends == "service":
        StatusRecord.objects.create(officer=officer, status="pensiun", since=timezone.localdate())
    else:
        Officer.objects.filter(pk=officer.pk).update(merged_into=Officer.objects.get(user=budi))
    assert readers(published(agus, lina)) == {"Budi Rumbiak"}


@pytest.mark.usefixtures("siti")
def test_an_audience_of_none_is_refused(agus: User, lina: User) -> None:
    version = make_draft(agus, provinces=["11"])
    with pytest.raises(ValidationError, match="tidak berisi seorang pun"):
        send(version, agus)
    CircularVersion.objects.filter(pk=version.pk).update(state="telaah")
    with pytest.raises(ValidationError, match="tidak berisi seorang pun"):
        let_out(version, lina)
    version.refresh_from_db()
    assert (version.state, Circular.objects.get().live) == ("telaah", None)


@pytest.mark.usefixtures("siti")
def test_nobody_lets_out_what_they_saved_last(agus: User) -> None:
    version = send(make_draft(agus), agus)
    with pytest.raises(ValidationError, match="tidak dapat menelaahnya sendiri"):
        let_out(version, agus)
    assert Reader.objects.count() == 0


@pytest.mark.usefixtures("siti")
def test_only_editors_write_and_let_out(agus: User, rina: User) -> None:
    with pytest.raises(PermissionDenied):
        make_draft(rina)
    version = send(make_draft(agus), agus)
    with pytest.raises(PermissionDenied):
        let_out(version, rina)
    with pytest.raises(PermissionDenied):
        acts.withdraw_circular(version.circular, by=rina)


def test_a_small_correction_keeps_the_readers(agus: User, lina: User, siti: User) -> None:
    circular = published(agus, lina)
    first = circular.live_id
    assert first is not None
    acknowledge(circular, version_id=first, by=siti)
    version = changed(circular, agus, title="Judul yang dibetulkan")
    assert let_out(version, lina, "kecil") == 0
    circular.refresh_from_db()
    assert (circular.live, circular.asking_id) == (version, first)
    assert circular.title == "Judul yang dibetulkan"
    row = Reader.objects.get(user=siti)
    assert (row.acknowledged_at is not None, row.acknowledged_id) == (True, first)


def test_a_major_change_asks_everyone_again(agus: User, lina: User, siti: User, budi: User) -> None:
    """The audience is that of the day it is let out: who came meanwhile is in it."""
    circular = published(agus, lina, provinces=["32"])
    assert circular.live_id is not None
    acknowledge(circular, version_id=circular.live_id, by=siti)
    version = changed(circular, agus, change="besar", provinces=["32", "91"])
    assert let_out(version, lina, "besar") == 2
    circular.refresh_from_db()
    assert circular.asking == version
    assert not Reader.objects.of_version(version.pk).done().exists()
    assert set(Circular.objects.addressed_to(siti).unread_by(siti)) == {circular}
    assert set(Circular.objects.addressed_to(budi)) == {circular}


@pytest.mark.usefixtures("siti")
def test_the_second_editor_sets_the_kind_right(agus: User, lina: User) -> None:
    circular = published(agus, lina)
    version = changed(circular, agus, change="kecil")
    assert let_out(version, lina, "besar") == 1
    version.refresh_from_db()
    assert version.change == "besar"


@pytest.mark.usefixtures("siti", "budi")
def test_another_audience_is_no_small_correction(agus: User, lina: User) -> None:
    circular = published(agus, lina)
    with pytest.raises(ValidationError, match="perubahan besar"):
        changed(circular, agus, provinces=["32"])
    version = CircularVersion.objects.get(state="draf")
    acts.save_circular(
        version,
        values=VALUES | {"provinces": ["32"], "change": "besar", "note": ""},
        files=Files(),
        seen=version.edits,
        by=agus,
    )
    version.refresh_from_db()
    send(version, agus)
    with pytest.raises(ValidationError, match="perubahan besar"):
        let_out(version, lina, "kecil")
    for nonsense in ("", "pertama", "apa"):
        with pytest.raises(ValidationError, match="Pilih dulu"):
            let_out(version, lina, nonsense)


@pytest.mark.usefixtures("siti")
def test_only_one_version_is_worked_on(agus: User, lina: User) -> None:
    circular = published(agus, lina)
    acts.begin_version(circular, by=agus)
    with pytest.raises(ValidationError, match="sudah punya versi"):
        acts.begin_version(circular, by=lina)


@pytest.mark.usefixtures("siti")
def test_what_is_withdrawn_gets_no_new_version(agus: User, lina: User) -> None:
    circular = published(agus, lina)
    version = changed(circular, agus, change="besar")
    acts.withdraw_circular(circular, by=agus)
    with pytest.raises(ValidationError, match="sudah ditarik"):
        let_out(version, lina)
    versions.drop(version, by=agus)
    with pytest.raises(ValidationError, match="sudah ditarik"):
        acts.begin_version(circular, by=agus)


@pytest.mark.usefixtures("siti")
def test_a_draft_is_neither_withdrawn_nor_written_anew(agus: User) -> None:
    circular = make_draft(agus).circular
    for act in (acts.withdraw_circular, acts.begin_version):
        with pytest.raises(ValidationError, match="belum terbit"):
            act(circular, by=agus)


@pytest.mark.usefixtures("siti")
def test_a_stale_save_changes_nothing(agus: User, lina: User) -> None:
    version = make_draft(agus)
    acts.save_circular(
        version, values=VALUES | {"title": "Punya Lina"}, files=Files(), seen=1, by=lina
    )
    with pytest.raises(ValidationError, match="Lina Marpaung") as caught:
        acts.save_circular(
            version, values=VALUES | {"title": "Punya Agus"}, files=Files(), seen=1, by=agus
        )
    assert caught.value.code == "stale"
    version.refresh_from_db()
    assert version.title == Circular.objects.get().title == "Punya Lina"


def test_a_move_after_the_freeze_changes_no_province(
    agus: User, lina: User, siti: User, disnaker_papua: Unit
) -> None:
    circular = published(agus, lina)
    officer, today = Officer.objects.get(user=siti), timezone.localdate()
    Posting.objects.filter(officer=officer).delete()
    make_posting(officer, disnaker_papua, today)
    assert Reader.objects.get(version=circular.asking, user=siti).province_code == "32"


def test_it_appears_at_its_minute(agus: User, lina: User, siti: User, clock: Any) -> None:
    later = timezone.now() + dt.timedelta(hours=1)
    circular = published(agus, lina, publish_from=later)
    assert not Circular.objects.visible_to(siti).exists()
    clock.move(minutes=61)
    assert Circular.objects.visible_to(siti).get() == circular


def test_the_centre_belongs_to_no_province(agus: User, lina: User) -> None:
    unit = make_unit(None, tier="pusat", name="Direktorat Bina Penempatan")
    user = make_user("nia@demo.example", "Nia", "pengantar_kerja")
    make_officer("Nia", unit=unit, user=user)
    published(agus, lina)
    assert Reader.objects.get(user=user).province_code == ""
