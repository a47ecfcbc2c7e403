"""The budgets of a page: queries, bytes, cookies, writes, addresses elsewhere, caching."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import throttle
from accounts.models import User
from registry.models import Officer, Unit
from registry.queries import choices
from tests.factories_bulk import LONG_NAME, make_officers
from tests.pages import READABLE, Address, addresses, path_of

pytestmark = pytest.mark.django_db

KILOBYTE = 1_000
PUBLIC_QUERIES, LOGGED_IN_QUERIES = 4, 8
HTML, DIRECTORY_HTML = 20 * KILOBYTE, 25 * KILOBYTE
STYLES, SCRIPTS = 40 * KILOBYTE, 15 * KILOBYTE
# In a POST each statement comes after one that names the person for the history.
WRITES = re.compile(r"(?:^|;)\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|LOCK)\b", re.IGNORECASE)
PUBLIC = [address for address in addresses() if address.is_public]
# The login form needs the token that protects it: without that cookie anyone could log a
# visitor in as somebody else. Nobody caches this page.
# Forms with a token.
SETS_A_COOKIE = {
    "account_login",
    "account_reset_password",
    "registry:activation",
}

Request = Callable[[Client, Officer], Any]


def get(name: str, query: str = "") -> Request:
    return lambda client, officer: client.get(path_of(name, officer), QUERY_STRING=query)


def ask(text: str) -> Request:
    return lambda client, _officer: client.post(reverse("registry:check"), {"q": text})


# The pages of which the number of queries is counted, each with nothing remembered.
COUNTED: dict[str, Request] = {
    "home": get("home"),
    "directory": get("registry:directory"),
    "directory, last page": get("registry:directory", "halaman=80"),
    "directory, search": get("registry:directory", f"q={LONG_NAME}"),
    "directory, filters": get(
        "registry:directory",
        "provinsi=32&kabupaten=32.12&jenjang=ahli_muda&status=aktif&urut=jenjang&tingkat=kabupaten_kota",
    ),
    "directory, as of a date": get("registry:directory", "per=2020-12-31"),
    "directory, nobody found": get("registry:directory", "q=tidakadayangbegini"),
    "profile": get("registry:profile"),
    "check": get("registry:check"),
    "check by number": get("registry:check_number"),
    "check, asked by name": ask("Siti Wulandari"),
    "check, asked by NIP": ask("198609262015052999"),
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def officer(siti: User) -> Officer:
    return Officer.objects.get(user=siti)


def forget() -> None:
    caches["figures"].clear()
    choices.cache_clear()
    # Once a minute whoever writes a count sweeps old ones, which would be a query more.
    throttle._sweeper = throttle._Sweeper()


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def queries_of(request: Request, client: Client, officer: Officer) -> list[str]:
    forget()
    with CaptureQueriesContext(connection) as captured:
        response = request(client, officer)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.usefixtures("officer")
class TestQueries:
    def test_are_few_and_as_many_for_2000_officers_as_for_20(
        self, officer: Officer, siti: User, rina: User, disnaker_indramayu: Unit
    ) -> None:
        viewers: dict[str, User | None] = {"public": None, "officer": siti, "admin": rina}

        def count() -> dict[tuple[str, str], list[str]]:
            return {
                (viewer, page): queries_of(request, client_of(user), officer)
                for viewer, user in viewers.items()
                for page, request in COUNTED.items()
            }

        make_officers(19, disnaker_indramayu)
        few = count()
        make_officers(1_980, disnaker_indramayu, start=19)
        many = count()
        assert {page: len(found) for page, found in many.items()} == {
            page: len(found) for page, found in few.items()
        }
        over = {
            (viewer, page): found
            for (viewer, page), found in many.items()
            if len(found) > (LOGGED_IN_QUERIES if viewers[viewer] else PUBLIC_QUERIES)
        }
        assert not over

    def test_of_a_remembered_search_are_fewer(self, client: Client) -> None:
        address = reverse("registry:directory")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) == 2  # the version of the register, and the 25 rows

    def test_see_a_change_at_once_in_spite_of_what_is_remembered(
        self, client: Client, officer: Officer
    ) -> None:
        address = reverse("registry:directory")
        assert "Siti Wulandari" in client.get(address).text
        Officer.objects.filter(pk=officer.pk).update(name="Sri Rejeki")
        page = client.get(address).text
        assert "Sri Rejeki" in page
        assert "Siti Wulandari" not in page


class TestAnonymousReading:
    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_sets_no_cookie_and_writes_nothing(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path_of(address.name, officer))
        if address.name not in SETS_A_COOKIE:
            assert not response.cookies
        assert [query["sql"] for query in captured if WRITES.search(query["sql"])] == []

    def test_of_a_search_sets_no_cookie_and_writes_nothing(self, client: Client) -> None:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse("registry:directory"), {"q": "siti", "halaman": "x"})
        assert not response.cookies
        assert [query["sql"] for query in captured if WRITES.search(query["sql"])] == []

    def test_of_the_check_sets_no_cookie_and_writes_its_count_alone(self, client: Client) -> None:
        with CaptureQueriesContext(connection) as captured:
            asked = client.post(reverse("registry:check"), {"q": "PK-000001"})
        assert not asked.cookies
        writes = [query["sql"] for query in captured if WRITES.search(query["sql"])]
        assert len(writes) == 1
        assert "INSERT INTO accounts_throttlecount" in writes[0]

    @pytest.mark.parametrize("name", READABLE)
    def test_can_be_repeated_for_a_304(self, client: Client, officer: Officer, name: str) -> None:
        path = path_of(name, officer)
        first = client.get(path)
        tag = first.headers["ETag"]
        again = client.get(path, headers={"if-none-match": tag})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == tag

    @pytest.mark.parametrize("name", READABLE)
    def test_is_sent_anew_after_a_change(
        self, client: Client, officer: Officer, disnaker_indramayu: Unit, name: str
    ) -> None:
        """A page may only be kept as long as it says what the register says."""
        if name in {"privacy", "registry:check"}:
            return
        path = path_of(name, officer)
        tag = client.get(path).headers["ETag"]
        make_officers(1, disnaker_indramayu)
        Officer.objects.filter(pk=officer.pk).update(name="Sri Rejeki")
        assert client.get(path, headers={"if-none-match": tag}).status_code == 200


class TestWeight:
    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_of_every_page_is_within_its_budget(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        assert gzipped(client.get(path_of(address.name, officer)).content) <= HTML

    def test_of_a_full_directory_is_within_its_budget(
        self, client: Client, disnaker_indramayu: Unit, rina: User
    ) -> None:
        make_officers(60, disnaker_indramayu)
        query = {"q": LONG_NAME, "provinsi": "32", "status": "aktif", "halaman": "2"}
        response = client.get(reverse("registry:directory"), query)
        assert response.text.count('class="officer-row"') == 25
        assert gzipped(response.content) <= DIRECTORY_HTML
        client.force_login(rina)
        assert gzipped(client.get(reverse("registry:directory"), query).content) <= DIRECTORY_HTML

    @pytest.mark.parametrize("name", ["home", "registry:directory"])
    def test_of_a_first_visit_is_within_its_budget(
        self, client: Client, officer: Officer, name: str
    ) -> None:
        links = Links.of(client.get(path_of(name, officer)).text)
        assert links.styles
        assert sum(brotlied(client, path) for path in links.styles) <= STYLES
        assert sum(brotlied(client, path) for path in links.scripts) <= SCRIPTS

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_includes_nothing_from_elsewhere(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        response = client.get(path_of(address.name, officer))
        if not response.headers["Content-Type"].startswith("text/html"):
            return
        links = Links.of(response.text)
        assert [path for path in links.loaded if not path.startswith(("/", "data:"))] == []
        assert [path for path in links.loaded if path.startswith("//")] == []
        for path in links.styles:
            css = client.get(path).getvalue().decode()
            assert re.findall(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//[^)\s]+", css) == []


class Links(HTMLParser):
    """What a browser fetches by itself for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.others: list[str] = []

    @classmethod
    def of(cls, html: str) -> Links:
        links = cls()
        links.feed(html)
        return links

    @property
    def loaded(self) -> list[str]:
        return [*self.styles, *self.scripts, *self.others]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link":
            found = self.styles if values.get("rel") == "stylesheet" else self.others
            if values.get("rel") != "canonical":
                found.append(values["href"])
        elif tag == "script" and "src" in values:
            self.scripts.append(values["src"])
        elif tag in {"img", "iframe", "source", "video", "audio", "embed", "input"}:
            self.others += [values["src"]] if "src" in values else []


def gzipped(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def brotlied(client: Client, path: str) -> int:
    """The size of a static file as it is sent: compressed once, when files are collected."""
    return len(brotli.compress(client.get(path).getvalue()))
