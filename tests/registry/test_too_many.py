"""The directory and the check asked too often: a page that keeps what was typed, and says when."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import throttle
from accounts.models import ThrottleCount, User
from accounts.throttle import LIMITS

CHECK, DIRECTORY = reverse("registry:check"), reverse("registry:directory")
FREE = LIMITS["search"][1].free
ADDRESS = "203.0.113.9"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(REMOTE_ADDR=ADDRESS)


def use_up(name: str, account: str = "", address: str = ADDRESS) -> None:
    while throttle.hit(name, account=account, address=address).allowed:
        pass


class TestCheck:
    def test_is_refused_past_its_limit_and_keeps_what_was_typed(self, client: Client) -> None:
        use_up("check")
        response = client.post(CHECK, {"q": '19860926 201505 2 "001'})
        assert response.status_code == 429
        assert 0 < int(response.headers["Retry-After"]) <= 60
        assert response.headers["Cache-Control"] == "no-store"
        assert "Terlalu banyak percobaan</h1>" in response.text
        assert re.search(
            r"Coba lagi dalam [1-9]\d? detik\.|Coba lagi dalam 1 menit\.", response.text
        )
        assert 'value="19860926 201505 2 &quot;001"' in response.text
        assert f'method="post" action="{CHECK}"' in response.text
        assert not response.cookies

    def test_shows_its_form_all_the_same(self, client: Client) -> None:
        use_up("check")
        assert client.get(CHECK).status_code == 200

    def test_answers_others_all_the_same(self) -> None:
        use_up("check")
        other = Client(REMOTE_ADDR="198.51.100.7")
        assert other.post(CHECK, {"q": "Siti Wulandari"}).status_code == 200

    def test_counts_every_question(self, client: Client) -> None:
        client.post(CHECK, {"q": "Siti Wulandari"})
        client.post(CHECK, {"q": ""})
        assert ThrottleCount.objects.get().count == 2

    def test_counts_an_account_wherever_it_asks_from(self, client: Client, siti: User) -> None:
        use_up("check", f"#{siti.pk}")
        client.force_login(siti)
        assert client.post(CHECK, {"q": "Siti"}, REMOTE_ADDR="192.0.2.1").status_code == 429

    def test_is_not_refused_in_an_office_because_of_others(
        self, client: Client, siti: User
    ) -> None:
        use_up("check")
        client.force_login(siti)
        assert client.post(CHECK, {"q": "Siti Wulandari"}).status_code == 200

    @pytest.mark.parametrize("typed", ["", "\0", "x" * 100_000, "<script>alert(1)</script>"])
    def test_is_refused_with_any_text(self, client: Client, typed: str) -> None:
        use_up("check")
        response = client.post(CHECK, {"q": typed})
        assert response.status_code == 429
        assert "<script>alert" not in response.text


class TestSearch:
    def test_is_free_of_writes_for_the_first_of_a_minute(self, client: Client) -> None:
        for number in range(FREE):
            assert client.get(DIRECTORY, {"q": f"wulan {number}"}).status_code == 200
        assert not ThrottleCount.objects.exists()
        client.get(DIRECTORY, {"q": "wulan"})
        assert ThrottleCount.objects.get().count == 1

    def test_is_free_for_each_address_alone(self, client: Client) -> None:
        for _ in range(FREE):
            client.get(DIRECTORY, {"q": "wulan"})
        Client(REMOTE_ADDR="198.51.100.7").get(DIRECTORY, {"q": "wulan"})
        assert not ThrottleCount.objects.exists()

    def test_is_refused_past_its_limit_and_keeps_what_was_typed(self, client: Client) -> None:
        use_up("search")
        query = {"q": "wulan sari", "provinsi": "32", "status": ["aktif", "pensiun"], "x": "y"}
        response = client.get(DIRECTORY, query)
        assert response.status_code == 429
        assert 'value="wulan sari"' in response.text
        for kept in ('name="provinsi" value="32"', 'name="status" value="pensiun"'):
            assert kept in response.text
        assert 'name="x"' not in response.text
        assert not response.cookies

    def test_by_hand_at_the_keyboard_leads_to_the_whole_page(self, client: Client) -> None:
        """htmx would put the page where the list was, and the typed text with it away."""
        use_up("search")
        response = client.get(DIRECTORY, {"q": "wulan"}, headers={"hx-request": "true"})
        assert response.status_code == 429
        assert response.headers["HX-Redirect"] == f"{DIRECTORY}?q=wulan"

    @pytest.mark.parametrize("query", ["", "q=", "q=++", "provinsi=32", "halaman=2"])
    def test_is_not_what_reads_the_list(self, client: Client, query: str) -> None:
        use_up("search")
        assert client.get(DIRECTORY, QUERY_STRING=query).status_code == 200

    def test_of_an_account_has_more(self, client: Client, siti: User) -> None:
        use_up("search")
        client.force_login(siti)
        assert client.get(DIRECTORY, {"q": "wulan"}).status_code == 200

    def test_costs_one_statement_when_it_is_counted(self, client: Client) -> None:
        for _ in range(FREE + 2):
            client.get(DIRECTORY, {"q": "wulan"})
        with CaptureQueriesContext(connection) as captured:
            client.get(DIRECTORY, {"q": "wulan"})
        counting = [query for query in captured if "throttlecount" in query["sql"]]
        assert len(counting) == 1
        assert len(captured) <= 4
