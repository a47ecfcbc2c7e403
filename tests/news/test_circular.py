"""The readers' side of circulars: the list, the page, "Saya telah membaca", the files, the home page."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from news.actions import reading
from news.models import Circular, CircularFile, CircularVersion, Reader
from tests.factories import PASSWORD
from tests.news.made import make_file
from tests.news.made_circulars import ask, make_circular

pytestmark = pytest.mark.django_db
LIST = reverse("news:circulars")
HOUR = dt.timedelta(hours=1)


def page_of(circular: Circular) -> str:
    return reverse("news:circular", args=[circular.pk])


def press(client: Client, circular: Circular, version: Any = None) -> Any:
    path = reverse("news:circular_acknowledge", args=[circular.pk])
    key = circular.live_id if version is None else version
    return client.post(path, {"version": key}, follow=True)


def replace(circular: Circular, change: str, *readers: User) -> CircularVersion:
    """Another version is live now; a major one asks these readers."""
    CircularVersion.objects.filter(pk=circular.live_id).update(state="lama")
    version = CircularVersion.objects.create(
        circular=circular,
        number=2,
        state="terbit",
        title="Versi kedua",
        html="<p>Isi kedua</p>",
        change=change,
        decided_at=timezone.now(),
    )
    circular.live = version
    if change == "besar":
        circular.asking = version
    circular.save()
    for user in readers:
        ask(circular, user)
    return version


def test_its_audience_reads_it_and_says_so(client: Client, siti: User) -> None:
    circular = make_circular([siti], deadline=dt.date(2099, 11, 30))
    client.force_login(siti)
    html = client.get(LIST).text
    assert html.index("Perlu dibaca") < html.index(circular.title)
    assert "Batas waktu 30 November 2099" in html
    html = client.get(page_of(circular)).text
    assert "Saya telah membaca" in html
    assert "<strong>sebelum</strong>" in html
    html = press(client, circular).text
    assert "Terima kasih" in html
    assert "Anda menyatakan telah membaca edaran ini pada" in html
    assert 'name="version"' not in html
    row = Reader.objects.get()
    assert row.acknowledged == circular.live
    html = client.get(LIST).text
    assert "Tidak ada yang perlu dibaca" in html
    assert "Sudah dibaca" in html


def test_the_moment_is_on_the_clock_of_the_viewer(client: Client, budi: User, clock: Any) -> None:
    circular = make_circular([budi])
    client.post(reverse("account_login"), {"username": budi.email, "password": PASSWORD})
    press(client, circular)
    assert "24 November 2026, 14.00 WIT" in client.get(page_of(circular)).text


def test_a_second_click_keeps_the_first_moment(client: Client, siti: User, clock: Any) -> None:
    circular = make_circular([siti])
    client.force_login(siti)
    press(client, circular)
    first = Reader.objects.get().acknowledged_at
    clock.move(minutes=5)
    press(client, circular)
    assert Reader.objects.get().acknowledged_at == first


@pytest.mark.parametrize("change", ["kecil", "besar"])
def test_a_version_replaced_a_second_ago_is_not_acknowledged(
    client: Client, siti: User, change: str
) -> None:
    circular = make_circular([siti])
    old = circular.live_id
    replace(circular, change, *([siti] if change == "besar" else []))
    client.force_login(siti)
    html = press(client, circular, old).text
    assert "baru saja diganti dengan versi baru" in html
    assert "Isi kedua" in html
    assert "Saya telah membaca" in html
    assert not Reader.objects.done().exists()


@pytest.mark.parametrize("junk", ["", "x", "0", "-1", "9" * 30, "\0"])
def test_a_broken_form_acknowledges_nothing(client: Client, siti: User, junk: str) -> None:
    circular = make_circular([siti])
    client.force_login(siti)
    response = press(client, circular, junk)
    assert response.status_code == 200
    assert not Reader.objects.done().exists()


def test_only_those_addressed_know_of_it(client: Client, siti: User, budi: User) -> None:
    circular = make_circular([siti])
    client.force_login(budi)
    assert client.get(page_of(circular)).status_code == 404
    assert press(client, circular).status_code == 404
    assert circular.title not in client.get(LIST).text
    assert not Reader.objects.done().exists()


@pytest.mark.parametrize("who", ["agus", "rina", "dewi"])
def test_who_follows_it_opens_it_without_button(
    request: pytest.FixtureRequest, client: Client, siti: User, who: str
) -> None:
    circular = make_circular([siti])
    client.force_login(request.getfixturevalue(who))
    html = client.get(page_of(circular)).text
    assert "Saya telah membaca" not in html
    assert "Siapa yang sudah membaca" in html
    assert circular.title in client.get(LIST).text
    assert "tidak ditujukan kepada Anda" in press(client, circular).text


def test_another_province_does_not_know_of_it(client: Client, siti: User, cut: User) -> None:
    circular = make_circular([siti])
    client.force_login(cut)
    assert client.get(page_of(circular)).status_code == 404


@pytest.mark.parametrize("state", ["scheduled", "withdrawn"])
def test_what_does_not_stand_there_is_not_found(client: Client, siti: User, state: str) -> None:
    now = timezone.now()
    circular = make_circular(
        [siti],
        published=now + HOUR if state == "scheduled" else None,
        withdrawn_at=now if state == "withdrawn" else None,
    )
    client.force_login(siti)
    assert client.get(page_of(circular)).status_code == 404
    assert press(client, circular).status_code == 404
    assert not Reader.objects.done().exists()


def test_the_ladder(client: Client, siti: User) -> None:
    circular = make_circular([siti])
    path = reverse("news:circular_acknowledge", args=[circular.pk])
    for address in (LIST, page_of(circular), path):
        assert client.get(address).status_code == 302
    assert client.post(path, {"version": circular.live_id}).status_code == 302
    client.force_login(siti)
    assert client.get(path).status_code == 405
    assert client.get(reverse("news:circular", args=[10**30])).status_code == 404
    RoleGrant.objects.all().delete()
    client.force_login(User.objects.get(pk=siti.pk))
    assert client.get(LIST).status_code == 403
    assert not Reader.objects.done().exists()


def test_files_are_for_those_who_may_open_it(client: Client, siti: User, budi: User) -> None:
    circular, file = make_circular([siti]), make_file()
    CircularFile.objects.create(version=circular.live, file=file, title="Format laporan")
    path = reverse("news:file", args=[file.key])
    assert client.get(path).status_code == 404
    client.force_login(budi)
    assert client.get(path).status_code == 404
    client.force_login(siti)
    assert "Format laporan" in client.get(page_of(circular)).text
    assert client.get(path).status_code == 200


def test_an_overdue_one_says_so(client: Client, siti: User) -> None:
    circular = make_circular([siti], deadline=dt.date(2020, 1, 1))
    client.force_login(siti)
    for path in (LIST, page_of(circular)):
        assert "Lewat batas waktu" in client.get(path).text


def test_the_home_page_has_a_card(client: Client, siti: User, dewi: User) -> None:
    make_circular([siti], title="Tanpa batas waktu")
    circular = make_circular([siti], deadline=dt.date(2099, 11, 30))
    client.force_login(siti)
    html = client.get(reverse("home")).text
    assert "2 edaran yang perlu dibaca" in html
    assert f'href="{page_of(circular)}">Baca dan konfirmasi' in html
    assert "Batas waktu 30 November 2099" in html
    client.force_login(dewi)
    assert "Baca dan konfirmasi" not in client.get(reverse("home")).text


def test_the_navigation_leads_there(client: Client, siti: User) -> None:
    assert f'href="{LIST}"' not in client.get(reverse("home")).text
    client.force_login(siti)
    assert f'href="{LIST}"' in client.get(reverse("home")).text
    assert f'href="{LIST}" aria-current="true"' in client.get(LIST).text


@pytest.mark.parametrize("count", [1, 30])
def test_pages_ask_little(
    client: Client, siti: User, dewi: User, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        circular = make_circular([siti], title=f"Edaran {number}")
        done = make_circular([siti], title=f"Dibaca {number}")
        reading.acknowledge(done, version_id=done.live_id or 0, by=siti)
    paths = [LIST, page_of(circular), reverse("home")]
    for user in (siti, dewi):
        client.force_login(user)
        for path in paths:
            client.get(path)  # the figures of the home page are counted once
            with django_assert_max_num_queries(8):
                client.get(path)


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_are_one(siti: User) -> None:
    circular = make_circular([siti])
    gate, moments = threading.Barrier(8), list[Any]()

    def click() -> None:
        gate.wait()
        try:
            row = reading.acknowledge(circular, version_id=circular.live_id or 0, by=siti)
            moments.append(row.acknowledged_at)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(moments) == 8
    assert set(moments) == {Reader.objects.get().acknowledged_at}
