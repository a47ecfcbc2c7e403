"""Junk in every parameter of every public page: a page that says what it ignored, never a 500."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import User
from registry.forms.directory import DirectoryForm
from registry.models import Officer
from tests.pages import ARGUMENTS, Address, addresses, path_of

PUBLIC = [address for address in addresses() if address.is_public]
DIRECTORY_FIELDS = tuple(DirectoryForm.base_fields)
# Every name that some page reads, and one that none does.
NAMES = (*DIRECTORY_FIELDS, "username", "password", "next", "tema", "kembali", "p", "tidak_ada")

# Percent-encoded, so that bytes which are no UTF-8 can be among them.
JUNK = {
    "nul": "%00",
    "nul_within": "a%00b",
    "zero": "0",
    "negative": "-1",
    "huge": "1" + "0" * 30,
    "float": "1e309",
    "not_a_number": "NaN",
    "fullwidth_digits": quote("３２"),
    "broken_utf8": "%ff%fe",
    "cut_utf8": "%e2%82",
    "lone_surrogate": "%ed%a0%80",
    "bidi": quote("\u202egnatnem\u2066"),
    "zero_width": quote("\u200b\ufeff"),
    "emoji": quote("👩🏽‍💼"),
    "quotes": quote("' OR 1=1 --"),
    "markup": quote('"><script>alert(1)</script>'),
    "like": quote("%_\\"),
    "format": quote("{0.__class__} %s %(x)s"),
    "template": quote("{{ 7|add:7 }}{% debug %}"),
    "newlines": quote("a\r\nSet-Cookie: x=y"),
    "spaces": "%20+%09",
    "wrong_date": "9999-99-99",
    "first_day_ever": "0001-01-01",
    "last_day_ever": "9999-12-31",
    "array": "[]",
    "json": quote('{"a": 1}'),
    "path": quote("../../etc/passwd"),
    "combining": quote("e" + "\u0301" * 200),
}
MEGABYTE = "x" * 1_000_000
BROKEN_BODIES = (b"q=\xff\xfe", b"%", b"&&&==", b"a&q=" * 1_500, b"{}", b"")
FORM = "application/x-www-form-urlencoded"
CONTENT_TYPES = (
    FORM,
    f"{FORM}; charset=utf-16",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "\0/\0",
)
POISON = (
    r'"\000"',
    r'"\000abc"',
    "x" * 10_000,
    "👩🏽‍💼".encode().decode("latin-1"),
    "",
    "' OR 1=1",
    "A" * 32,
    "../../../../etc/passwd",
)
METHODS = ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "MAKAN")

pytestmark = [pytest.mark.walk, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def officer(siti: User) -> Iterator[Officer]:
    """Someone to be found, in a register of which nothing is remembered."""
    caches["figures"].clear()
    yield Officer.objects.get(user=siti)
    caches["figures"].clear()


def assert_calm(status: int, body: bytes) -> None:
    assert status < 500
    assert b"Traceback" not in body
    assert b"<script>alert(1)" not in body


class TestEveryPublicPage:
    def test_is_in_the_table_of_arguments(self) -> None:
        asking = {address.name for address in addresses() if address.parameters}
        assert asking <= set(ARGUMENTS) <= {address.name for address in addresses()}

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_survives_junk_in_its_address(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        path = path_of(address.name, officer)
        for value in JUNK.values():
            query = "&".join(f"{name}={value}" for name in NAMES)
            response = client.get(path, QUERY_STRING=query)
            assert_calm(response.status_code, response.getvalue())

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_survives_junk_in_its_form(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        path = path_of(address.name, officer)
        for value in JUNK.values():
            body = "&".join(f"{name}={value}" for name in NAMES)
            response = client.generic("POST", path, body, content_type=FORM)
            assert_calm(response.status_code, response.getvalue())

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_survives_a_megabyte(self, client: Client, officer: Officer, address: Address) -> None:
        path = path_of(address.name, officer)
        for name in ("q", "halaman", "keahlian", "next", "kembali"):
            got = client.get(path, QUERY_STRING=f"{name}={MEGABYTE}")
            assert_calm(got.status_code, got.getvalue())
            posted = client.post(path, {name: MEGABYTE})
            assert_calm(posted.status_code, posted.getvalue())

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_survives_a_broken_body(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        path = path_of(address.name, officer)
        for body, content_type in itertools.product(BROKEN_BODIES, CONTENT_TYPES):
            response = client.generic("POST", path, body, content_type=content_type)
            assert_calm(response.status_code, response.getvalue())

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_refuses_methods_it_does_not_have(
        self, client: Client, officer: Officer, address: Address
    ) -> None:
        path = path_of(address.name, officer)
        for method in METHODS:
            response = client.generic(method, path)
            assert response.status_code == 405
            assert "GET" in response.headers["Allow"]

    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_survives_odd_headers(self, client: Client, officer: Officer, address: Address) -> None:
        odd = {
            "accept": "\xff/*;q=nan,,;",
            "accept-language": "xx-" + "y" * 600,
            "accept-encoding": "gzip;q=zero, \0",
            "content-length": "0",
            "cookie": "\xff=\xfe; =; ;;; a",
            "hx-request": "true",
            "hx-current-url": "%ff\0",
            "if-none-match": '"' * 500,
            "if-modified-since": "kemarin",
            "range": "bytes=9-1",
            "referer": "\xff",
            "x-forwarded-proto": "gopher",
        }
        response = client.get(path_of(address.name, officer), headers=odd)
        assert_calm(response.status_code, response.getvalue())

    @pytest.mark.parametrize("host", ["jahat.example", "", "a\0b", "[::1", "é"])
    def test_answers_a_wrong_host_with_our_400(self, client: Client, host: str) -> None:
        response = client.get(reverse("home"), headers={"host": host})
        assert response.status_code == 400
        assert "Permintaan ini tidak dapat kami baca" in response.text

    @pytest.mark.parametrize(
        "path", ["/%00", "/%ff%fe", "/direktori/PK-\u0661\u0662\u0663\u0664\u0665\u0666/",
                 "/direktori/PK-999999999/", "/cek/PK-0000000000/", "/" + "a" * 5_000,
                 "/direktori/%2e%2e/", "/cek/PK-000000/"],
    )  # fmt: skip
    def test_has_our_404_beside_it(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 404
        assert "e-Pengantar Kerja" in response.text


class TestPoisonedCookies:
    @pytest.mark.parametrize("address", PUBLIC, ids=str)
    def test_are_as_good_as_none(self, client: Client, officer: Officer, address: Address) -> None:
        path = path_of(address.name, officer)
        usual = client.get(path).status_code
        names = (
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            settings.THEME_COOKIE_NAME,
        )
        for value in POISON:
            cookie = "; ".join(f"{name}={value}" for name in names)
            response = client.get(path, headers={"cookie": cookie})
            assert response.status_code == usual
            assert 'data-bs-theme="' not in response.getvalue().decode()

    def test_of_a_session_that_is_no_more_reads_as_logged_out(self, client: Client) -> None:
        client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
        response = client.get(reverse("style_guide"))
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))


class TestDirectory:
    def ignored(self, client: Client, query: str) -> str:
        response = client.get(reverse("registry:directory"), QUERY_STRING=query)
        assert response.status_code == 200
        return response.text

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("provinsi=99", "Provinsi “99” tidak dikenal."),
            ("provinsi=abc", "Provinsi “abc” tidak dikenal."),
            ("provinsi=%00", "Provinsi “” tidak dikenal."),
            ("kabupaten=32.99", "Kabupaten/kota “32.99” tidak dikenal."),
            ("kabupaten=%3Cb%3E", "Kabupaten/kota “&lt;b&gt;” tidak dikenal."),
            ("tingkat=kecamatan", "Tempat bertugas “kecamatan” tidak dikenal."),
            ("jenjang=ahli_sekali", "Jenjang “ahli_sekali” tidak dikenal."),
            ("jenjang=ahli_muda&jenjang=-1", "Jenjang “-1” tidak dikenal."),
            ("status=hilang", "Status “hilang” tidak dikenal."),
            ("keahlian=sulap", "Keahlian “sulap” tidak dikenal."),
            ("urut=acak", "Urutkan “acak” tidak dikenal."),
            ("halaman=0", "Halaman “0” tidak ada; ini halaman pertama."),
            ("halaman=-1", "Halaman “-1” tidak ada; ini halaman pertama."),
            ("halaman=1.5", "Halaman “1.5” tidak ada; ini halaman pertama."),
            (f"halaman={'9' * 31}", f"Halaman “{'9' * 31}” tidak ada; ini halaman pertama."),
            ("per=9999-99-99", "Tanggal “9999-99-99” tidak dikenal; tulis seperti 2025-12-31."),
            ("per=31-12-2025", "Tanggal “31-12-2025” tidak dikenal; tulis seperti 2025-12-31."),
            ("per=0001-01-01", "Tanggal di luar rentang 1950 sampai 2100."),
            ("per=2101-01-01", "Tanggal di luar rentang 1950 sampai 2100."),
            ("q=%00", "Kata pencarian tidak dapat dibaca atau lebih dari 100 huruf, jadi tidak dipakai."),
            (f"q={'a' * 101}", "Kata pencarian tidak dapat dibaca atau lebih dari 100 huruf, jadi tidak dipakai."),
            ("q=198609262015052001", "NIP tidak dicari di sini supaya tidak tercatat di alamat; pakai halaman Cek petugas."),
            ("provinsi=11&provinsi=32", "Provinsi tertulis lebih dari sekali di alamat; yang dipakai yang terakhir."),
        ],
    )  # fmt: skip
    def test_says_what_it_ignored(self, client: Client, query: str, sentence: str) -> None:
        page = self.ignored(client, query)
        assert "Sebagian alamat ini tidak dipakai" in page
        assert sentence in page

    @pytest.mark.parametrize("query", ["", "q=&provinsi=&halaman=", "utm_source=x", "provinsi=32"])
    def test_ignores_nothing_when_nothing_is_wrong(self, client: Client, query: str) -> None:
        assert "Sebagian alamat ini tidak dipakai" not in self.ignored(client, query)

    def test_shows_the_last_page_where_the_number_is_past_it(self, client: Client) -> None:
        assert "1 dari 1" in self.ignored(client, "halaman=99999")

    def test_keeps_the_good_filters_beside_a_bad_one(self, client: Client) -> None:
        page = self.ignored(client, "provinsi=32&jenjang=ahli_sekali&halaman=x&per=%ff")
        assert "1 petugas, Jawa Barat" in page

    def test_shortens_what_it_repeats(self, client: Client) -> None:
        page = self.ignored(client, f"provinsi={MEGABYTE}&keahlian={MEGABYTE}")
        assert "Provinsi “" + "x" * 60 + "”" in page

    def test_never_repeats_a_nip_from_the_search_field(self, client: Client) -> None:
        page = client.get(
            reverse("registry:directory"), {"q": "19860926 201505 2 001"}, follow=True
        ).text
        body = page.partition("<main")[2].partition("</main>")[0]
        assert "201505" not in body

    @given(
        data=st.lists(
            st.tuples(st.sampled_from((*DIRECTORY_FIELDS, "x")), st.text(max_size=40)), max_size=8
        )
    )
    @hypothesis_settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )
    def test_takes_any_text_at_all(self, client: Client, data: list[tuple[str, str]]) -> None:
        """One transaction for all examples: the page only reads."""
        query = urlencode(data, errors="surrogatepass")
        response = client.get(reverse("registry:directory"), QUERY_STRING=query)
        assert response.status_code == 200


class TestCheck:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("19860926201505200a", "NIP hanya boleh berisi angka, spasi, dan titik."),
            ("1986O926 201505 2 001", "NIP hanya boleh berisi angka, spasi, dan titik."),
            ("19860926201505200", "NIP harus 18 angka; yang diisi 17 angka."),
            ("19860926 201505 2 0011", "NIP harus 18 angka; yang diisi 19 angka."),
            ("198602312015052001", "Delapan angka pertama NIP adalah tanggal lahir; 31-2-1986 tidak ada."),
            ("198609262015053001", "Angka ke-15 NIP adalah jenis kelamin, 1 atau 2; yang diisi “3”."),
            ("198609262015052000", "Tiga angka terakhir NIP adalah nomor urut 001 sampai 999, bukan 000."),
            ("1" * 100, "NIP harus 18 angka; yang diisi 100 angka."),
            ("", "Isi NIP, nomor register, atau nama lengkap petugas."),
            ("ab", "Tulis nama lengkap, sedikitnya tiga huruf."),
            ("a\0b", "Isian mengandung huruf yang tidak dapat dibaca."),
            ("a" * 101, "Isian terlalu panjang; paling banyak 100 huruf."),
        ],
    )  # fmt: skip
    def test_answers_a_bad_entry_with_one_sentence(
        self, client: Client, typed: str, sentence: str
    ) -> None:
        response = client.post(reverse("registry:check"), {"q": typed})
        assert response.status_code == 200
        assert response.context["form"].errors.get_json_data()["q"] == [
            {
                "message": sentence,
                "code": response.context["form"].errors.as_data()["q"][0].code or "",
            }
        ]
        assert sentence in response.text
        assert "<title>Galat: " in response.text

    def test_keeps_what_was_typed(self, client: Client) -> None:
        response = client.post(reverse("registry:check"), {"q": "19860231 201505 2 001"})
        assert 'value="19860231 201505 2 001"' in response.text

    @pytest.mark.parametrize(
        "typed", ["198609262015052077", "198602312015052077", "19860926201505277x"]
    )
    def test_leaves_a_nip_in_no_header_log_or_table(
        self, client: Client, caplog: pytest.LogCaptureFixture, typed: str
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            response = client.post(reverse("registry:check"), {"q": typed})
        assert response.status_code == 200
        assert "Location" not in response.headers
        assert typed not in json.dumps(dict(response.items()))
        assert typed not in str(response.cookies)
        assert typed not in caplog.text
        assert [
            table for table in connection.introspection.table_names() if _holds(table, typed)
        ] == []

    def test_is_not_asked_by_address(self, client: Client) -> None:
        """A NIP in an address is not looked up, so that no one makes a habit of it."""
        page = client.get(reverse("registry:check"), {"q": "198609262015052001"}).text
        assert "Ditemukan dalam register" not in page
        assert "Tidak ditemukan" not in page

    @given(typed=st.text(max_size=120))
    @hypothesis_settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )
    def test_takes_any_text_at_all(self, client: Client, typed: str) -> None:
        response = client.post(
            reverse("registry:check"),
            urlencode({"q": typed}, errors="surrogatepass"),
            content_type=FORM,
        )
        assert response.status_code == 200


class TestLogin:
    @pytest.mark.parametrize("value", JUNK.values(), ids=JUNK.keys())
    def test_refuses_junk_like_any_wrong_pair(self, client: Client, value: str) -> None:
        body = f"username=x{value}&password=x{value}"
        response = client.post(reverse("account_login"), body, content_type=FORM)
        assert response.status_code == 200
        assert "<title>Galat: " in response.text

    @pytest.mark.parametrize(
        "next_page", ["//jahat.example", "https://jahat.example", "\\\\jahat", "javascript:x"]
    )
    def test_never_leads_elsewhere(self, client: Client, siti: User, next_page: str) -> None:
        entered = {"username": siti.email, "password": "demo-pengantar-kerja", "next": next_page}
        response = client.post(reverse("account_login"), entered)
        assert response.headers["Location"] == reverse("home")


class TestTheme:
    @pytest.mark.parametrize(
        "back", ["//jahat.example", "https://jahat.example", "/\\jahat", "\0", "x" * 9_000]
    )
    def test_never_leads_elsewhere(self, client: Client, back: str) -> None:
        response = client.post(reverse("theme"), {"tema": "dark", "kembali": back})
        assert response.headers["Location"] == reverse("home")


def _holds(table: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT EXISTS (SELECT 1 FROM "{table}" AS row WHERE row::text LIKE %s)', [f"%{text}%"]
        )
        return bool(cursor.fetchone()[0])
