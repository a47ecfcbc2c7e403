"""The editors' pages of events: written, published, changed, cancelled; programme and material."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions import events as actions
from news.demo.papers import Slide, paper
from news.models import Attendance, Event, File, Picture, SessionFile
from notifications.models import Notification
from tests.news.made import make_editor, make_file, png
from tests.news.made_events import (
    DAY,
    HOUR,
    give,
    make_event,
    make_registration,
    make_session,
    officer_of,
)
from tests.news.test_registration import stored, told

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Temu Wicara Papua",
    "summary": "Sehari di Jayapura.",
    "source": "Bawa **data** daerah.",
    "organiser": "Disnaker Papua",
    "time_zone": "Asia/Jayapura",
    "starts_at": "2027-03-01T08:00",
    "ends_at": "2027-03-01T16:00",
    "place_kind": "luring",
    "place": "Aula Disnaker, Jayapura",
    "takes_registrations": "on",
    "picture_use": "sampul",
}
SESSION = {"title": "Pembukaan", "starts_at": "2027-03-01T08:00", "ends_at": "2027-03-01T09:00"}


def write(client: Client, **values: Any) -> Any:
    return client.post(reverse("news:event_new"), TYPED | values)


def edit(client: Client, event: Event, **values: Any) -> Any:
    path = reverse("news:event_edit", args=[event.pk])
    return client.post(path, TYPED | {"seen": event.edits} | values)


def html_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


@pytest.fixture
def event(client: Client, agus: User) -> Event:
    """A complete draft of Agus, who is logged in."""
    client.force_login(agus)
    write(client)
    return Event.objects.get()


# --- Who may ----------------------------------------------------------------------------------

GET_PAGES = ("event_edit", "event_preview", "event_cancel", "event_session_new", "event_people")
POST_PAGES = ("event_edit", "event_publish", "event_cancel", "event_session_new", "event_people")


@pytest.mark.parametrize("name", ["siti", "dewi", "rina", "maya"])
def test_others_than_editors_are_refused(
    client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    made = make_event(published_at=None)
    client.force_login(request.getfixturevalue(name))
    for page in GET_PAGES:
        assert client.get(reverse(f"news:{page}", args=[made.pk])).status_code == 403
    for page in POST_PAGES:
        assert client.post(reverse(f"news:{page}", args=[made.pk]), TYPED).status_code == 403
    made.refresh_from_db()
    assert (made.published_at, made.cancelled_at, made.edits) == (None, None, 1)


def test_actions_ask_for_themselves(siti: User) -> None:
    made = make_event()
    session = make_session(made)
    link = give(session, make_file())
    acts: list[Any] = [
        lambda: actions.create_event(values=stored(made), by=siti),
        lambda: actions.save_event(made, values=stored(made), seen=1, by=siti),
        lambda: actions.publish_event(made, by=siti),
        lambda: actions.cancel_event(made, reason="x", by=siti),
        lambda: actions.delete_session(session, seen=1, by=siti),
        lambda: actions.remove_material(link, by=siti),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_nobody_comes_in_without_an_account(client: Client) -> None:
    made = make_event()
    for page in GET_PAGES:
        response = client.get(reverse(f"news:{page}", args=[made.pk]))
        assert reverse("account_login") in response["Location"]


@pytest.mark.usefixtures("event")
def test_what_is_not_there(client: Client) -> None:
    for page in GET_PAGES:
        assert client.get(reverse(f"news:{page}", args=[10**17])).status_code == 404
    other = make_session(make_event())
    path = reverse("news:event_session", args=[other.event_id + 1, other.pk])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("page", ["event_publish"])
def test_a_link_publishes_nothing(client: Client, event: Event, page: str) -> None:
    assert client.get(reverse(f"news:{page}", args=[event.pk])).status_code == 405


# --- Writing ----------------------------------------------------------------------------------


def test_times_are_read_on_the_clock_of_the_place(event: Event) -> None:
    assert event.starts_at.isoformat() == "2027-02-28T23:00:00+00:00"
    assert "<strong>data</strong>" in event.html
    assert event.slug == "temu-wicara-papua"
    assert event.published_at is None


@pytest.mark.usefixtures("event")
def test_the_same_form_sent_twice_is_one_event(client: Client) -> None:
    write(client)
    assert Event.objects.count() == 1
    write(client, starts_at="2027-03-01T09:00")
    assert set(Event.objects.values_list("slug", flat=True)) == {
        "temu-wicara-papua",
        "temu-wicara-papua-2",
    }


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Tulis judulnya."),
        ({"title": "a\u202eb"}, "huruf tersembunyi"),
        ({"starts_at": "kemarin"}, "Waktu ini tidak dikenal"),
        ({"starts_at": ""}, "Isi tanggal dan jamnya."),
        ({"ends_at": "2027-03-01T07:00"}, "Waktu selesai harus setelah waktu mulai."),
        ({"link": "javascript:alert(1)"}, "Tautan ini tidak lengkap"),
        ({"quota": "0"}, "quota"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        (
            {"registration_from": "2027-02-02T08:00", "registration_until": "2027-02-01T08:00"},
            "Akhir pendaftaran harus setelah awalnya.",
        ),
        ({"picture_alt": "Aula"}, "Pilih gambarnya."),
    ],
)
@pytest.mark.usefixtures("event")
def test_what_was_typed_wrong_is_said_and_kept(
    client: Client, values: dict[str, str], sentence: str
) -> None:
    response = write(client, place="Gedung Lain", **values)
    assert response.status_code == 200
    assert sentence in html_of(response)
    assert 'value="Gedung Lain"' in html_of(response)
    assert Event.objects.count() == 1


@pytest.mark.usefixtures("event")
def test_a_picture_needs_a_text_instead_of_it(client: Client) -> None:
    upload = SimpleUploadedFile("aula.png", png(), "image/png")
    response = write(client, title="Lain", picture=upload)
    assert "untuk yang tidak melihatnya" in html_of(response)
    assert Picture.objects.count() == 0


def test_pictures_as_cover_and_in_the_text(client: Client, event: Event) -> None:
    path = reverse("news:event_edit", args=[event.pk])
    for use, seen in (("sampul", 1), ("uraian", 2)):
        upload = SimpleUploadedFile("aula.png", png(), "image/png")
        values = {"picture": upload, "picture_alt": f"Aula, {use}", "picture_use": use}
        assert client.post(path, TYPED | values | {"seen": seen}).status_code == 302
    event.refresh_from_db()
    assert event.cover is not None
    assert event.cover.alt == "Aula, sampul"
    assert 'alt="Aula, uraian"' in event.html
    assert event.pictures.get().alt == "Aula, uraian"
    source = event.source
    edit(client, event, source=source, remove_cover="on")
    event.refresh_from_db()
    assert (event.cover, event.pictures.count()) == (None, 1)


def test_two_editors_at_once_lose_nothing(client: Client, event: Event) -> None:
    second = make_editor()
    actions.save_event(event, values=stored(event, place="Hotel Baru"), seen=1, by=second)
    response = edit(client, event, theme="Tema saya")
    page = html_of(response)
    assert response.status_code == 200
    assert "baru saja disimpan oleh editor lain" in page
    assert "Hotel Baru" in page
    assert "Tema saya" in page
    assert 'name="seen" value="2"' in page
    assert Event.objects.get(pk=event.pk).place == "Hotel Baru"
    assert edit(client, Event.objects.get(pk=event.pk), theme="Tema saya").status_code == 302
    assert Event.objects.get(pk=event.pk).theme == "Tema saya"


# --- Publishing -------------------------------------------------------------------------------


def test_publishing_tells_officers_once(client: Client, event: Event, siti: User) -> None:
    path = reverse("news:event_publish", args=[event.pk])
    assert "Sudah lengkap." in html_of(client.get(reverse("news:event_edit", args=[event.pk])))
    client.post(path)
    assert "sudah terbit" in html_of(client.post(path, follow=True))
    assert told(siti) == ["news.event_published"]
    assert client.get(reverse("news:event", args=[event.slug])).status_code == 200


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"summary": ""}, "ringkasan"),
        ({"organiser": ""}, "penyelenggara"),
        ({"place": ""}, "tempat"),
        ({"place_kind": "daring", "place": ""}, "tautan daring"),
        ({"place_kind": "hibrida"}, "tautan daring"),
    ],
)
def test_never_while_something_is_missing(
    client: Client, event: Event, values: dict[str, str], words: str
) -> None:
    edit(client, event, **values)
    response = client.post(reverse("news:event_publish", args=[event.pk]), follow=True)
    assert f"lengkapi: {words}." in html_of(response)
    event.refresh_from_db()
    assert event.published_at is None
    Event.objects.update(published_at=timezone.now())
    response = edit(client, event, **values)
    assert "tetap memerlukan" in html_of(response)


def test_not_with_a_session_outside_of_its_time(event: Event, agus: User) -> None:
    make_session(event, "Kesiangan", starts_at=event.ends_at + HOUR, ends_at=None)
    with pytest.raises(ValidationError, match="Kesiangan"):
        actions.publish_event(event, by=agus)


def test_a_change_of_time_or_place_tells_those_registered(
    client: Client, agus: User, siti: User, budi: User, joko: User
) -> None:
    client.force_login(agus)
    made = make_event(quota=1)
    make_registration(made, officer_of(siti))
    make_registration(made, officer_of(budi), "menunggu")
    make_registration(made, officer_of(joko), "batal")
    made = actions.save_event(made, values=stored(made, theme="Baru"), seen=1, by=agus)
    assert told(siti) == []
    made = actions.save_event(made, values=stored(made, place="Gedung B"), seen=2, by=agus)
    made = actions.save_event(made, values=stored(made, place="Gedung B"), seen=3, by=agus)
    assert told(siti) == told(budi) == ["news.event_changed"]
    assert told(joko) == []


def test_cancelling_tells_everyone_and_says_why(
    client: Client, agus: User, siti: User, budi: User
) -> None:
    client.force_login(agus)
    made = make_event()
    make_registration(made, officer_of(siti))
    make_registration(made, officer_of(budi), "menunggu")
    path = reverse("news:event_cancel", args=[made.pk])
    assert "2 orang" in html_of(client.get(path))
    response = client.post(path, {"reason": " "})
    assert "Tulis alasannya." in html_of(response)
    client.post(path, {"reason": "Gedung terendam"})
    assert "sudah dibatalkan" in html_of(client.post(path, {"reason": "Lagi"}))
    made.refresh_from_db()
    assert made.cancel_reason == "Gedung terendam"
    assert told(siti) == told(budi) == ["news.event_cancelled"]


@pytest.mark.parametrize("values", [{"published_at": None}, {"starts_at": None}])
def test_drafts_and_past_events_cannot_be_cancelled(agus: User, values: dict[str, Any]) -> None:
    if "starts_at" in values:
        values = {"starts_at": timezone.now() - 3 * DAY}
    with pytest.raises(ValidationError):
        actions.cancel_event(make_event(**values), reason="x", by=agus)


# --- Programme and material -------------------------------------------------------------------


def add_session(client: Client, event: Event, **values: Any) -> Any:
    path = reverse("news:event_session_new", args=[event.pk])
    return client.post(path, SESSION | {"seen": event.edits} | values)


def test_a_session_that_was_attended_stays(
    client: Client, event: Event, siti: User, agus: User
) -> None:
    session = make_session(event)
    registration = make_registration(event, officer_of(siti))
    Attendance.objects.create(registration=registration, session=session, method="qr", by=agus)
    path = reverse("news:event_session_delete", args=[event.pk, session.pk])
    page = client.post(path, {"seen": event.edits}, follow=True)
    assert "Kehadiran di sesi ini sudah dicatat" in html_of(page)
    assert event.sessions.count() == 1


def test_sessions_with_speakers_and_material(client: Client, event: Event) -> None:
    pdf = SimpleUploadedFile(
        "paparan.pdf", paper("Paparan", [Slide("Satu", ()), Slide("Dua", ())], foot="Uji")
    )
    people = {"speaker_1": "Ratna", "about_1": "ILO", "speaker_3": "Joni"}
    response = add_session(client, event, material=pdf, material_title="Paparan", **people)
    assert response.status_code == 302
    session = event.sessions.get()
    assert [(row.name, row.about) for row in session.speakers.all()] == [
        ("Ratna", "ILO"),
        ("Joni", ""),
    ]
    assert session.starts_at == event.starts_at
    assert File.objects.get().pages == 2
    event.refresh_from_db()
    path = reverse("news:event_session", args=[event.pk, session.pk])
    page = html_of(client.get(path))
    assert 'value="Ratna"' in page
    client.post(path, SESSION | {"seen": event.edits, "title": "Dibuka", "speaker_1": "Joni"})
    session.refresh_from_db()
    assert (session.title, session.speakers.get().name) == ("Dibuka", "Joni")
    assert "Paparan (PDF)" in html_of(client.get(reverse("news:event_edit", args=[event.pk])))
    link = SessionFile.objects.get()
    client.post(reverse("news:event_material_delete", args=[event.pk, link.pk]))
    client.post(reverse("news:event_session_delete", args=[event.pk, session.pk]))
    assert not event.sessions.exists()
    event.refresh_from_db()
    assert event.edits > 4


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "Tulis judulnya."),
        ({"ends_at": "2027-03-01T07:59"}, "Sesi harus selesai setelah mulai."),
        ({"starts_at": "2027-03-02T08:00", "ends_at": ""}, "di dalam waktu kegiatan"),
        ({"about_2": "ILO"}, "Tulis namanya."),
        ({"material": SimpleUploadedFile("x.pdf", b"MZ program")}, "program komputer"),
    ],
)
def test_a_session_typed_wrong(
    client: Client, event: Event, values: dict[str, Any], sentence: str
) -> None:
    response = add_session(client, event, room="Ruang Tulip", **values)
    assert response.status_code == 200
    assert sentence in html_of(response)
    assert 'value="Ruang Tulip"' in html_of(response)
    assert not event.sessions.exists()


def test_a_programme_that_somebody_else_changed(client: Client, event: Event) -> None:
    add_session(client, event)
    response = add_session(client, event, title="Bersamaan")
    page = html_of(response)
    assert "baru saja disimpan" in page
    assert "Pembukaan" in page
    assert 'value="Bersamaan"' in page
    assert event.sessions.count() == 1


def test_what_was_told_of_a_withdrawn_event_is_not_shown(
    client: Client, siti: User, agus: User, event: Event
) -> None:
    actions.publish_event(event, by=agus)
    client.force_login(siti)
    inbox = reverse("notifications:inbox")
    assert "Temu Wicara Papua" in html_of(client.get(inbox))
    Event.objects.update(published_at=None)
    assert Notification.objects.filter(recipient=siti).exists()
    assert "Temu Wicara Papua" not in html_of(client.get(inbox))
