"""The public pages of events: the list, the page with its programme and material, the calendar."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.models import Event
from registry.models import Unit
from tests.factories import PASSWORD
from tests.news.made import make_file, make_picture
from tests.news.made_events import (
    DAY,
    HOUR,
    give,
    make_event,
    make_officers_with_accounts,
    make_registration,
    make_session,
    officer_of,
)

pytestmark = pytest.mark.django_db
JAYAPURA = dt.timezone(9 * HOUR)
NIGHT = dt.datetime(2027, 3, 1, 22, 30, tzinfo=JAYAPURA)


def page_of(client: Client, event: Event) -> str:
    return client.get(reverse("news:event", args=[event.slug])).content.decode()


def papuan(**values: Any) -> Event:
    """Two days in Jayapura, with a session that crosses midnight."""
    values |= {"starts_at": NIGHT - 14 * HOUR, "ends_at": NIGHT + DAY, "time_zone": "Asia/Jayapura"}
    event = make_event("Temu Petugas", **values)
    make_session(event, "Malam", starts_at=NIGHT, ends_at=NIGHT + 3 * HOUR)
    return event


def test_drafts_stand_nowhere(client: Client, siti: User) -> None:
    event = make_event("Rahasia", published_at=None)
    picture, file = make_picture(), make_file()
    event.cover = picture
    event.save()
    give(make_session(event), file)
    paths = [
        reverse("news:event", args=[event.slug]),
        reverse("news:event_calendar", args=[event.slug]),
        reverse("news:picture", args=[picture.key, 480]),
        reverse("news:file", args=[file.key]),
    ]
    for user in (None, siti):
        if user:
            client.force_login(user)
        assert [client.get(path).status_code for path in paths] == [404] * 4
        assert "Rahasia" not in client.get(reverse("news:events")).content.decode()
        assert event.slug not in client.get("/sitemap-kegiatan.xml").content.decode()
    Event.objects.update(published_at=timezone.now())
    client.logout()
    assert [client.get(path).status_code for path in paths] == [200] * 4
    assert event.slug in client.get("/sitemap-kegiatan.xml").content.decode()


def test_pictures_in_the_text_follow_their_event(client: Client) -> None:
    event, picture = make_event(published_at=None), make_picture()
    event.pictures.add(picture)
    path = reverse("news:picture", args=[picture.key, 480])
    assert client.get(path).status_code == 404
    Event.objects.update(published_at=timezone.now())
    assert client.get(path).status_code == 200


def test_the_public_may_download_material_before_and_after(client: Client) -> None:
    for start in (timezone.now() + DAY, timezone.now() - 30 * DAY):
        event, file = make_event(starts_at=start), make_file()
        give(make_session(event), file, "Paparan Pembukaan")
        html = page_of(client, event)
        assert "Paparan Pembukaan" in html
        assert "PDF, 1,4 MB, 12 halaman" in html
        assert client.get(reverse("news:file", args=[file.key])).status_code == 200


def test_times_are_of_the_place_first_and_then_of_the_viewer(
    client: Client, siti: User, budi: User
) -> None:
    event = papuan()
    client.force_login(siti)
    html = page_of(client, event)
    assert "Senin, 1 Maret 2027, 08.30 WIT sampai Selasa, 2 Maret 2027, 22.30 WIT" in html
    assert "Senin, 1 Maret 2027, 06.30 WIB sampai Selasa, 2 Maret 2027, 20.30 WIB" in html
    assert "22.30 – Selasa, 2 Maret 2027, 01.30 WIT" in html
    assert "20.30–23.30 WIB" in html
    client.logout()
    client.post(reverse("account_login"), {"username": budi.email, "password": PASSWORD})
    html = page_of(client, event)
    assert "08.30 WIT" in html
    assert "WIB" not in html.split("<main", 1)[1]


def test_a_session_that_is_on_another_day_for_the_viewer_says_which(client: Client) -> None:
    event = papuan()
    make_session(event, "Dini hari", starts_at=NIGHT + 2.5 * HOUR, ends_at=NIGHT + 3.5 * HOUR)
    html = page_of(client, event)
    assert "01.00–02.00 WIT" in html
    assert "Senin, 1 Maret 2027, 23.00 – Selasa, 2 Maret 2027, 00.00 WIB" in html
    assert html.index("Senin, 1 Maret 2027</h3>") < html.index("Selasa, 2 Maret 2027</h3>")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"quota": 40, "seats_taken": 26}, "40 kursi, tersisa 14"),
        ({"quota": 40, "seats_taken": 40}, "penuh; yang mendaftar masuk daftar tunggu"),
        ({}, "Tanpa batas"),
        ({"takes_registrations": False}, "tidak menerima pendaftaran lewat portal"),
        (
            {"registration_from": dt.datetime(2027, 1, 4, 1, tzinfo=dt.UTC)},
            "Dibuka mulai 4 Januari 2027, 08.00 WIB.",
        ),
        (
            {"registration_until": dt.datetime(2026, 1, 4, 1, tzinfo=dt.UTC)},
            "Ditutup sejak 4 Januari 2026, 08.00 WIB.",
        ),
    ],
)
def test_the_state_of_registration_in_words(
    client: Client, values: dict[str, Any], words: str
) -> None:
    event = make_event(starts_at=dt.datetime(2027, 6, 1, 2, tzinfo=dt.UTC), **values)
    assert words in page_of(client, event)


def test_a_cancelled_event_stays_and_says_why(client: Client) -> None:
    event = make_event(cancelled_at=timezone.now(), cancel_reason="Gedungnya terendam banjir")
    html = page_of(client, event)
    assert "Kegiatan ini dibatalkan" in html
    assert "Gedungnya terendam banjir." in html
    assert "Dibatalkan" in client.get(reverse("news:events")).content.decode()


def test_what_comes_stands_above_what_is_over(client: Client) -> None:
    now = timezone.now()
    make_event("Lampau", starts_at=now - 30 * DAY)
    make_event("Berjalan", starts_at=now - HOUR)
    make_event("Nanti", starts_at=now + 9 * DAY)
    make_event("Besok", starts_at=now + DAY)
    context = client.get(reverse("news:events")).context
    assert [row.title for row in context["coming"]] == ["Berjalan", "Besok", "Nanti"]
    assert context["coming"][0].state == "Sedang berlangsung"
    assert [row.title for row in context["past"].rows] == ["Lampau"]


def test_past_events_by_year_and_page(client: Client) -> None:
    zone = timezone.get_current_timezone()
    for number in range(30):
        start = dt.datetime(2018 + number % 2, 1, 1, 0, number // 2, tzinfo=zone)
        make_event(f"Kegiatan {number:02}", starts_at=start)
    path, titles = f"{reverse('news:events')}?tahun=2018", []
    assert client.get(path).context["years"] == [2019, 2018]
    for _ in range(2):
        page = client.get(path)
        titles += [row.title for row in page.context["past"].rows]
        path = f"{reverse('news:events')}{page.context['past'].next_query}"
    assert page.context["past"].next_query == ""
    assert titles == [f"Kegiatan {number:02}" for number in range(28, -1, -2)]


@pytest.mark.parametrize(
    "query",
    [
        "tahun=x",
        "tahun=99999",
        "setelah=x",
        "setelah=0001-01-01T00:00%2B14:00~1",
        "setelah=2020-01-01~1",
        "setelah=2020-01-01T00:00Z~99999999999999999999",
        "tahun=%00",
    ],
)
def test_junk_in_the_address_is_left_out(client: Client, query: str) -> None:
    make_event("Lampau", starts_at=timezone.now() - 30 * DAY)
    response = client.get(f"{reverse('news:events')}?{query}")
    assert response.status_code == 200
    assert "Lampau" in response.content.decode()


def test_the_page_tells_other_sites_what_it_is(client: Client) -> None:
    event = make_event("Temu <Wicara>", cover=make_picture())
    html = page_of(client, event)
    assert '<meta property="og:title" content="Temu &lt;Wicara&gt;">' in html
    assert f'/kegiatan/{event.slug}/">' in html
    assert '<meta property="og:image" content="http' in html


def calendar_in(client: Client, event: Event) -> Any:
    response = client.get(reverse("news:event_calendar", args=[event.slug]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(response.content.decode())


def test_the_calendar_file_is_read_by_another_library(client: Client) -> None:
    event = papuan(link="https://rapat.example/rahasia", place_kind="hibrida")
    whole, session = calendar_in(client, event).vevent_list
    assert whole.dtstart.value == event.starts_at
    assert whole.dtend.value == event.ends_at
    assert whole.summary.value == "Temu Petugas"
    assert whole.status.value == "CONFIRMED"
    assert whole.transp.value == "TRANSPARENT"
    assert session.dtstart.value == NIGHT
    assert session.dtend.value - session.dtstart.value == 3 * HOUR
    assert session.location.value == "Aula, Balai Latihan Kerja, Bandung"
    assert "Ratna Dewi" in session.description.value
    assert session.related_to.value == whole.uid.value
    raw = client.get(reverse("news:event_calendar", args=[event.slug])).content
    assert b"rahasia" not in raw.replace(b"\r\n ", b"")
    assert b"DTSTART:20270301T133000Z" in raw


def test_a_change_keeps_the_uid_and_raises_the_sequence(client: Client, siti: User) -> None:
    event = papuan()
    before = calendar_in(client, event).vevent_list
    Event.objects.update(
        edits=5, title="Temu Baru", cancelled_at=timezone.now(), cancel_reason="Batal"
    )
    client.force_login(siti)
    after = calendar_in(client, event).vevent_list
    assert [row.uid.value for row in before] == [row.uid.value for row in after]
    assert [row.sequence.value for row in (before[0], after[0])] == ["0", "4"]
    assert {row.status.value for row in after} == {"CANCELLED"}
    event.sessions.all().delete()
    (alone,) = calendar_in(client, event).vevent_list
    assert alone.transp.value == "OPAQUE"


def fill(event: Event, many: int, unit: Unit) -> None:
    for number in range(many):
        give(make_session(event, f"Sesi {number}"), make_file())
    for user in make_officers_with_accounts(many, unit):
        make_registration(event, officer_of(user))


@pytest.mark.parametrize("many", [2, 60])
def test_pages_ask_little(
    client: Client,
    siti: User,
    disnaker_indramayu: Unit,
    django_assert_num_queries: Any,
    many: int,
) -> None:
    event = make_event(cover=make_picture())
    fill(event, many, disnaker_indramayu)
    for number in range(many // 2):
        make_registration(make_event(f"Nanti {number}"), officer_of(siti), "menunggu")
        make_event(f"Lampau {number}", starts_at=timezone.now() - 30 * DAY)
    make_registration(event, officer_of(siti))
    path, listed = reverse("news:event", args=[event.slug]), reverse("news:events")
    calendar = reverse("news:event_calendar", args=[event.slug])
    with django_assert_num_queries(2):
        anonymous = client.get(path)
    with django_assert_num_queries(3):
        client.get(listed)
    with django_assert_num_queries(2):
        client.get(calendar)
    assert not anonymous.cookies
    assert len(gzip.compress(anonymous.content)) < 20_000
    client.force_login(siti)
    with django_assert_num_queries(8):
        client.get(path)
    with django_assert_num_queries(8):
        page = client.get(listed)
    assert len(gzip.compress(page.content)) < 20_000
