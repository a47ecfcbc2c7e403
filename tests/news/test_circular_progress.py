"""Who has read a circular: by province, as names, CSV and proof, each within one's own scope."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from news.actions.reading import acknowledge
from news.models import Circular, Reader
from tests.factories import make_user
from tests.news.made_circulars import ask, make_circular

pytestmark = pytest.mark.django_db
VIEWS = ("circular_progress", "circular_progress_csv", "circular_proof")


def get(client: Client, view: str, circular: Circular, query: str = "") -> Any:
    return client.get(reverse(f"news:{view}", args=[circular.pk]) + query)


def cells(client: Client, circular: Circular, query: str = "") -> list[list[str]]:
    response = get(client, "circular_progress_csv", circular, query)
    assert response.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))


@pytest.fixture
def circular(siti: User, budi: User) -> Circular:
    """Siti (32) has read it, Budi (91) has not, nor a second officer of 32."""
    found = make_circular([siti, budi])
    ask(found, make_user("eka@demo.example", "Eka Saputra", "pengantar_kerja"), "32")
    acknowledge(found, version_id=found.live_id or 0, by=siti)
    return found


@pytest.mark.parametrize("who", ["agus", "rina", "admin"])
def test_the_nation_is_counted(
    request: pytest.FixtureRequest, client: Client, circular: Circular, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    html = get(client, "circular_progress", circular).text
    assert "1 dari 3 sudah membaca" in html
    for words in ("Jawa Barat", "Papua", "Budi Rumbiak", "Eka Saputra"):
        assert words in html
    assert "Siti Wulandari" not in html
    assert "Siti Wulandari" in get(client, "circular_progress", circular, "?tampil=sudah").text
    proof = get(client, "circular_proof", circular).text
    for words in ("1 dari 3 orang", "Siti Wulandari", "Budi Rumbiak", "Eka Saputra"):
        assert words in proof
    assert len(cells(client, circular)) == 4


@pytest.mark.parametrize("query", ["", "?provinsi=91", "?tampil=sudah", "?provinsi=pusat"])
def test_nothing_of_another_province_leaks(
    client: Client, circular: Circular, dewi: User, query: str
) -> None:
    ask(circular, make_user("pia@demo.example", "Pia Pusat", "redaksi"), "")
    client.force_login(dewi)
    for view in VIEWS:
        text = get(client, view, circular, query).text
        for foreign in ("Budi", "Papua", "Pia Pusat", "Pusat dan lembaga,", "dari 3", "dari 4"):
            assert foreign not in text, (view, foreign)
    if not query:
        html = get(client, "circular_progress", circular).text
        assert "1 dari 2 sudah membaca" in html
        assert [row[1] for row in cells(client, circular)[1:]] == ["Siti Wulandari", "Eka Saputra"]


def test_a_province_that_was_not_asked_does_not_know_of_it(
    client: Client, circular: Circular, cut: User
) -> None:
    client.force_login(cut)
    assert [get(client, view, circular).status_code for view in VIEWS] == [404] * 3


@pytest.mark.parametrize("who", ["siti", "maya", None])
def test_others_do_not_see_who_has_read(
    request: pytest.FixtureRequest, client: Client, circular: Circular, who: str | None
) -> None:
    if who:
        client.force_login(request.getfixturevalue(who))
    expected = [403 if who else 302] * 3
    assert [get(client, view, circular).status_code for view in VIEWS] == expected


def test_a_scheduled_one_is_followed_by_editors_alone(
    client: Client, circular: Circular, dewi: User, rina: User, agus: User
) -> None:
    later = timezone.now() + dt.timedelta(hours=1)
    Circular.objects.update(publish_from=later)
    for user, status in ((dewi, 404), (rina, 404), (agus, 200)):
        client.force_login(user)
        assert [get(client, view, circular).status_code for view in VIEWS] == [status] * 3


def test_the_proof_outlives_the_circular(client: Client, circular: Circular, dewi: User) -> None:
    Circular.objects.update(withdrawn_at=timezone.now())
    client.force_login(dewi)
    assert "Ditarik" in get(client, "circular_proof", circular).text
    assert get(client, "circular_progress", circular).status_code == 200


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(client: Client, circular: Circular, agus: User, name: str) -> None:
    Reader.objects.update(name=name, unit=name)
    client.force_login(agus)
    for row in cells(client, circular)[1:]:
        assert row[1] == row[2] == f"'{name}"


@pytest.mark.parametrize(
    "query", ["?provinsi=%00", "?provinsi=3", "?setelah=x", "?setelah=-1", "?tampil=y&setelah=1e9"]
)
def test_junk_in_the_address_is_left_out(
    client: Client, circular: Circular, agus: User, query: str
) -> None:
    client.force_login(agus)
    for view in VIEWS:
        assert get(client, view, circular, query).status_code == 200
    assert "1 dari 3" in get(client, "circular_progress", circular, query).text


def test_a_province_is_chosen(client: Client, circular: Circular, agus: User) -> None:
    client.force_login(agus)
    html = get(client, "circular_progress", circular, "?provinsi=91").text
    assert "0 dari 1 sudah membaca" in html
    assert "Eka Saputra" not in html
    assert [row[0] for row in cells(client, circular, "?provinsi=91")[1:]] == ["Papua"]


def test_names_of_the_erased_are_gone(client: Client, circular: Circular, agus: User) -> None:
    Reader.objects.update(name="", unit="")
    client.force_login(agus)
    for view in VIEWS:
        assert "Mantan pengguna" in get(client, view, circular).text


@pytest.mark.parametrize("count", [2, 260])
def test_pages_of_names(
    client: Client, agus: User, dewi: User, django_assert_max_num_queries: Any, count: int
) -> None:
    circular = make_circular()
    moment = circular.publish_from
    Reader.objects.bulk_create(
        Reader(
            version_id=circular.asking_id,
            position=number,
            name=f"Petugas Bernama Panjang {number:03}",
            unit="Dinas Tenaga Kerja dan Transmigrasi Kabupaten Indramayu",
            province_code=f"{11 + number % 38}" if number > 200 else "32",
            asked_at=moment,
        )
        for number in range(1, count + 1)
    )
    for user in (agus, dewi):
        client.force_login(user)
        for view in VIEWS:
            with django_assert_max_num_queries(8):
                response = get(client, view, circular)
            assert response.status_code == 200
    client.force_login(agus)
    for view in VIEWS[::2]:
        reply = client.get(
            reverse(f"news:{view}", args=[circular.pk]), headers={"accept-encoding": "gzip"}
        )
        assert len(reply.content) < 20_000
    seen, query = set[str](), ""
    for _ in range(count // 50 + 1):
        context = get(client, "circular_progress", circular, query).context
        seen |= {row.name for row in context["progress"].rows}
        query = f"?{context['next_query']}"
    assert len(seen) == count
    assert context["progress"].next_place == 0
