"""Registration: who may, when, seats and waiting list, approval, and who is told what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions import registrations
from news.actions.events import save_event
from news.forms.events import EventForm
from news.models import Event, Registration
from notifications.models import Notification
from registry.models import Officer, Unit
from tests.news.made_events import (
    DAY,
    HOUR,
    make_event,
    make_officers_with_accounts,
    make_registration,
    officer_of,
)

pytestmark = pytest.mark.django_db


def sign_up(client: Client, event: Event, user: User | None = None) -> Any:
    if user is not None:
        client.force_login(user)
    return client.post(reverse("news:event_register", args=[event.slug]), follow=True)


def sign_off(client: Client, event: Event) -> Any:
    return client.post(reverse("news:event_unregister", args=[event.slug]), follow=True)


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user, kind__startswith="news.event")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def stored(event: Event, **values: Any) -> dict[str, Any]:
    fields = [name for name in EventForm.base_fields if name not in EventForm.NOT_STORED]
    return {name: getattr(event, name) for name in fields} | values


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"published_at": None}, None),
        ({"cancelled_at": -HOUR, "cancel_reason": "Banjir"}, "Kegiatan ini dibatalkan."),
        ({"starts_at": -HOUR}, "Kegiatan ini sudah mulai"),
        ({"takes_registrations": False}, "tidak menerima pendaftaran"),
        ({"registration_from": HOUR}, "Pendaftaran belum dibuka."),
        ({"registration_until": -HOUR}, "Pendaftaran sudah ditutup."),
    ],
)
def test_a_closed_window_takes_nobody(
    client: Client, siti: User, values: dict[str, Any], sentence: str | None
) -> None:
    now = timezone.now()
    moments: dict[str, Any] = {
        name: now + value if isinstance(value, dt.timedelta) else value
        for name, value in values.items()
    }
    event = make_event(**moments)
    response = sign_up(client, event, siti)
    assert Registration.objects.count() == 0
    if sentence is None:
        assert response.status_code == 404
    else:
        assert sentence in response.content.decode()
        page = client.get(reverse("news:event", args=[event.slug])).content.decode()
        assert ">Daftar<" not in page


@pytest.mark.parametrize("name", ["dewi", "rina", "maya", "agus"])
def test_other_roles_have_no_seat(
    client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    event = make_event()
    assert sign_up(client, event, request.getfixturevalue(name)).status_code == 403
    assert states(event) == []


def test_a_retired_officer_is_refused_and_reads_why(client: Client, joko: User) -> None:
    event = make_event()
    assert sign_up(client, event, joko).status_code == 403
    page = client.get(reverse("news:event", args=[event.slug])).content.decode()
    assert "yang masih bertugas" in page
    assert ">Daftar<" not in page


def test_nobody_registers_without_an_account(client: Client) -> None:
    event = make_event()
    response = client.post(reverse("news:event_register", args=[event.slug]))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]
    assert states(event) == []


@pytest.mark.parametrize("name", ["event_register", "event_unregister"])
def test_a_link_does_nothing(client: Client, siti: User, name: str) -> None:
    client.force_login(siti)
    assert client.get(reverse(f"news:{name}", args=[make_event().slug])).status_code == 405
    assert client.post(reverse(f"news:{name}", args=["tidak-ada"])).status_code == 404


def test_one_officer_cannot_register_another(siti: User, budi: User) -> None:
    event = make_event()
    with pytest.raises(PermissionDenied):
        registrations.register(event, officer=officer_of(budi), by=siti)
    make_registration(event, officer_of(budi))
    with pytest.raises(PermissionDenied):
        registrations.cancel_registration(event, officer=officer_of(budi), by=siti)


def test_registers_once_however_often_it_is_clicked(client: Client, siti: User) -> None:
    event = make_event(quota=3)
    for _ in range(3):
        assert "Anda terdaftar." in sign_up(client, event, siti).content.decode()
    event.refresh_from_db()
    assert (states(event), event.seats_taken) == (["terdaftar"], 1)
    assert told(siti) == []


def test_the_last_seat_goes_on_to_the_first_of_the_waiting_list(
    client: Client, siti: User, budi: User, disnaker_indramayu: Unit
) -> None:
    event = make_event(quota=1)
    (other,) = make_officers_with_accounts(1, disnaker_indramayu)
    sign_up(client, event, siti)
    assert "daftar tunggu" in sign_up(client, event, budi).content.decode()
    page = sign_up(client, event, other).content.decode()
    assert "Urutan 2 di daftar tunggu" in page
    client.force_login(siti)
    sign_off(client, event)
    event.refresh_from_db()
    assert states(event) == ["batal", "terdaftar", "menunggu"]
    assert event.seats_taken == 1
    assert told(budi) == ["news.event_moved_up"]
    assert told(other) == []


def test_who_comes_back_stands_at_the_end(
    client: Client, siti: User, budi: User, disnaker_indramayu: Unit
) -> None:
    event = make_event(quota=1)
    first, last = make_officers_with_accounts(2, disnaker_indramayu)
    for user in (first, siti, budi):
        sign_up(client, event, user)
    client.force_login(siti)
    sign_off(client, event)
    sign_up(client, event, siti)
    sign_up(client, event, last)
    waiting = event.registrations.waiting().values_list("officer__user", flat=True)
    assert list(waiting) == [budi.pk, siti.pk, last.pk]


def test_cancelling_twice_gives_one_seat_back(client: Client, siti: User, budi: User) -> None:
    event = make_event(quota=5)
    make_registration(event, officer_of(budi))
    sign_up(client, event, siti)
    for _ in range(2):
        sign_off(client, event)
    event.refresh_from_db()
    assert event.seats_taken == 1


def test_nobody_leaves_after_the_start(client: Client, siti: User) -> None:
    event = make_event(starts_at=timezone.now() - HOUR)
    make_registration(event, officer_of(siti))
    client.force_login(siti)
    assert "sudah mulai" in sign_off(client, event).content.decode()
    assert states(event) == ["terdaftar"]


def test_a_seat_that_was_refused_is_free(siti: User, budi: User, agus: User) -> None:
    event = make_event(quota=1, needs_approval=True)
    asked = registrations.register(event, officer=officer_of(siti), by=siti)
    waiting = registrations.register(event, officer=officer_of(budi), by=budi)
    assert (asked.state, waiting.state) == ("diajukan", "menunggu")
    with pytest.raises(ValidationError):
        registrations.refuse(asked, reason="  ", by=agus)
    with pytest.raises(PermissionDenied):
        registrations.approve(asked, by=budi)
    registrations.refuse(asked, reason="Sudah ikut tahun lalu.", by=agus)
    assert states(event) == ["ditolak", "diajukan"]
    assert told(siti) == ["news.event_refused"]
    registrations.approve(Registration.objects.get(pk=waiting.pk), by=agus)
    assert told(budi) == ["news.event_moved_up", "news.event_registered"]
    for act in (registrations.approve, registrations.refuse):
        with pytest.raises(ValidationError):
            act(waiting, by=agus, **({"reason": "x"} if act is registrations.refuse else {}))
    event.refresh_from_db()
    assert event.seats_taken == 1
    with pytest.raises(ValidationError, match="ditolak"):
        registrations.register(event, officer=officer_of(siti), by=siti)


def test_the_reason_of_a_refusal_is_for_the_one_refused(
    client: Client, siti: User, budi: User
) -> None:
    event = make_event(needs_approval=True)
    found = make_registration(event, officer_of(siti), "ditolak")
    Registration.objects.filter(pk=found.pk).update(reason="Berkas kurang.")
    path = reverse("news:event", args=[event.slug])
    client.force_login(siti)
    assert "Berkas kurang." in client.get(path).content.decode()
    client.force_login(budi)
    assert "Berkas kurang." not in client.get(path).content.decode()


def test_a_raised_quota_moves_up_and_a_lowered_one_stops_at_the_taken(
    siti: User, budi: User, agus: User, disnaker_indramayu: Unit
) -> None:
    event = make_event(quota=1)
    (third,) = make_officers_with_accounts(1, disnaker_indramayu)
    for user in (siti, budi, third):
        registrations.register(event, officer=officer_of(user), by=user)
    event = save_event(event, values=stored(event, quota=2), seen=1, by=agus)
    assert states(event) == ["terdaftar", "terdaftar", "menunggu"]
    assert told(budi) == ["news.event_moved_up"]
    with pytest.raises(ValidationError, match="lebih kecil daripada 2 kursi"):
        save_event(event, values=stored(event, quota=1), seen=2, by=agus)
    event.refresh_from_db()
    assert (event.quota, event.edits) == (2, 2)
    event = save_event(event, values=stored(event, quota=None), seen=2, by=agus)
    assert states(event) == ["terdaftar"] * 3
    assert event.seats_taken == 3


def test_an_editor_adds_and_takes_off_by_register_number(
    client: Client, agus: User, siti: User, joko: User
) -> None:
    event = make_event(needs_approval=True, registration_until=timezone.now() - HOUR)
    path = reverse("news:event_people", args=[event.pk])
    client.force_login(agus)
    for number, sentence in (
        ("", "Tulis nomor registernya."),
        ("siti", "ditulis seperti PK-000047"),
        ("PK-999999", "Tidak ada petugas dengan nomor register ini."),
        (officer_of(joko).register_number, "masih bertugas"),
    ):
        response = client.post(path, {"number": number})
        assert response.status_code == 200
        assert sentence in response.content.decode()
        assert f'value="{number}"' in response.content.decode() or not number
    client.post(path, {"number": officer_of(siti).register_number.lower()})
    found = event.registrations.get()
    assert found.state == "terdaftar"
    assert told(siti) == ["news.event_registered"]
    decide = reverse("news:event_person", args=[found.pk])
    response = client.post(decide, {"verb": "batalkan"})
    assert "Tulis alasannya." in response.content.decode()
    client.post(decide, {"verb": "batalkan", "reason": "Permintaan dinas."})
    found.refresh_from_db()
    assert (found.state, found.reason) == ("batal", "Permintaan dinas.")
    assert told(siti) == ["news.event_registered", "news.event_taken_off"]


def test_decisions_on_the_page(client: Client, agus: User, siti: User, budi: User) -> None:
    event = make_event(needs_approval=True)
    for user in (siti, budi):
        registrations.register(event, officer=officer_of(user), by=user)
    one, two = event.registrations.order_by("pk")
    client.force_login(agus)
    assert client.get(reverse("news:event_person", args=[9999])).status_code == 404
    client.post(reverse("news:event_person", args=[one.pk]), {"verb": "setujui"})
    path = reverse("news:event_person", args=[two.pk])
    for sent, sentence in (
        ({"verb": ""}, "Pilih keputusannya."),
        ({"verb": "hapus"}, "hapus"),
        ({"verb": "tolak"}, "Tulis alasannya."),
    ):
        response = client.post(path, sent)
        assert response.status_code == 200
        assert sentence in response.content.decode()
    client.post(path, {"verb": "tolak", "reason": "Kursi untuk dinas lain."})
    assert states(event) == ["terdaftar", "ditolak"]
    response = client.post(path, {"verb": "setujui"})
    assert response.status_code == 200
    assert states(event) == ["terdaftar", "ditolak"]


def test_only_who_has_a_seat_for_certain_sees_the_link(
    client: Client, siti: User, agus: User
) -> None:
    event = make_event(place_kind="daring", place="", link="https://rapat.example/rahasia")
    path = reverse("news:event", args=[event.slug])
    found = make_registration(event, officer_of(siti))
    assert "rahasia" not in client.get(path).content.decode()
    client.force_login(siti)
    for state in Registration.State:
        Registration.objects.filter(pk=found.pk).update(state=state)
        assert ("rahasia" in client.get(path).content.decode()) is (state == "terdaftar")


def test_own_events_stand_in_the_list(client: Client, siti: User, budi: User) -> None:
    event = make_event("Temu Wicara")
    make_registration(event, officer_of(siti), "menunggu")
    make_registration(make_event("Sudah lewat", starts_at=timezone.now() - DAY), officer_of(siti))
    client.force_login(siti)
    own = client.get(reverse("news:events")).context["own"]
    assert [(row.title, row.state) for row in own] == [("Temu Wicara", "Daftar tunggu")]
    client.force_login(budi)
    assert client.get(reverse("news:events")).context["own"] == []


def test_who_begins_tomorrow_is_reminded_once(siti: User, budi: User, clock: Any) -> None:
    tomorrow = (timezone.localtime() + DAY).replace(hour=9, minute=0)
    event = make_event(starts_at=tomorrow)
    make_registration(event, officer_of(siti))
    make_registration(event, officer_of(budi), "menunggu")
    make_registration(make_event(starts_at=tomorrow + DAY), officer_of(budi))
    cancelled = make_event(starts_at=tomorrow, cancelled_at=timezone.now(), cancel_reason="x")
    make_registration(cancelled, officer_of(budi))
    for _ in range(2):
        assert registrations.remind(timezone.now()) == 1
    assert told(siti) == ["news.event_reminder"]
    assert told(budi) == []


def test_the_database_forbids_a_seat_too_many(siti: User) -> None:
    event = make_event(quota=1, seats_taken=1)
    found = registrations.register(event, officer=officer_of(siti), by=siti)
    assert found.state == "menunggu"
    assert Officer.objects.filter(registrations=found).exists()
