"""What was typed outlives the session it was typed in, for its owner alone."""

from __future__ import annotations

import html
import logging
import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from accounts import sessions
from accounts.models import User
from registry.models import Expertise
from tests.accounts.test_sessions import IDLE, IDLE_SENTENCE, LOGIN, age
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

RESUME = reverse("accounts:resume")
ADD = reverse("admin:registry_expertise_add")
KEPT_SENTENCE = "Sesi Anda berakhir. Masuk lagi; tulisan Anda masih tersimpan."
TYPED = {"code": "penyuluhan", "name": 'Penyuluhan "jabatan" <b>\nbaris kedua', "_reason": ""}


@pytest.fixture
def late(rina: User) -> Client:
    """Rina's browser with a form that was open too long; tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(rina)
    client.get(ADD)
    age(client, IDLE)
    return client


def token(client: Client) -> str:
    return client.cookies[settings.CSRF_COOKIE_NAME].value


def send(client: Client, path: str = ADD, **fields: Any) -> HttpResponse:
    response = client.post(path, TYPED | {"csrfmiddlewaretoken": token(client)} | fields)
    assert isinstance(response, HttpResponse)
    return response


def log_in(client: Client, user: User, next_page: str = RESUME) -> Any:
    page = client.get(LOGIN, {"next": next_page})
    assert page.status_code == 200
    data = {
        "username": user.email, "password": PASSWORD, "next": next_page,
        "csrfmiddlewaretoken": token(client),
    }  # fmt: skip
    response = client.post(LOGIN, data)
    assert response.status_code == 302, response.content.decode()
    return response


def hidden(page: str, action: str) -> list[tuple[str, str]]:
    """The fields of the form on the page that sends to this address, as a browser reads them."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


class TestKeeping:
    def test_leads_to_the_login_page_and_says_so(self, late: Client) -> None:
        response = send(late)
        assert response.status_code == 302
        assert response.headers["Location"] == f"{LOGIN}?next={RESUME}"
        assert KEPT_SENTENCE in late.get(response.headers["Location"]).text
        assert not Expertise.objects.filter(code="penyuluhan").exists()

    def test_needs_a_valid_token(self, late: Client) -> None:
        """Otherwise any other site could put its text into somebody's hands to send."""
        for bad in ("", "x" * 64):
            response = send(late, csrfmiddlewaretoken=bad)
            assert response.status_code == 403
        assert sessions.KEPT not in late.session

    def test_is_not_for_strangers(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.get(LOGIN)
        response = send(client)
        assert response.headers["Location"] == f"{LOGIN}?next={ADD}"
        assert sessions.KEPT not in client.session

    def test_is_not_for_a_session_that_nobody_had(self, late: Client) -> None:
        late.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
        assert send(late).headers["Location"] == f"{LOGIN}?next={ADD}"

    def test_holds_no_secret(self, late: Client) -> None:
        send(late, password1="rahasia sekali", kata_sandi="rahasia sekali", my_token="rahasia kali")
        raw = repr(late.session[sessions.KEPT])
        assert "rahasia sekali" not in raw
        assert "rahasia kali" not in raw
        assert "csrf" not in raw
        assert token(late) not in raw

    def test_too_large_is_refused_with_a_sentence(self, late: Client) -> None:
        response = send(late, name="x" * sessions.LARGEST_KEPT)
        assert response.headers["Location"] == f"{LOGIN}?next={ADD}"
        assert "terlalu besar untuk disimpan" in late.get(response.headers["Location"]).text
        assert sessions.KEPT not in late.session

    def test_of_many_forms_ends_with_the_last_three(self, late: Client) -> None:
        for number in range(5):
            send(late, code=f"kode-{number}")
        kept = late.session[sessions.KEPT]["forms"]
        assert [dict(form["fields"])["code"] for form in kept] == [
            ["kode-2"],
            ["kode-3"],
            ["kode-4"],
        ]

    def test_of_a_double_click_is_once(self, late: Client) -> None:
        cookie = late.cookies[settings.SESSION_COOKIE_NAME].value
        send(late)
        send(late)
        assert len(late.session[sessions.KEPT]["forms"]) == 1
        late.cookies[settings.SESSION_COOKIE_NAME] = cookie  # sent before the answer was there
        send(late)
        assert len(late.session[sessions.KEPT]["forms"]) == 1

    def test_works_after_the_login_page_was_seen_in_another_tab(self, late: Client) -> None:
        assert IDLE_SENTENCE in late.get(reverse("admin:index"), follow=True).text
        assert KEPT_SENTENCE in late.get(send(late).headers["Location"]).text

    def test_works_after_a_public_page_was_seen_in_another_tab(self, late: Client) -> None:
        late.get(reverse("home"))
        assert send(late).headers["Location"] == f"{LOGIN}?next={RESUME}"

    def test_is_not_for_public_pages(self, late: Client) -> None:
        response = late.post(reverse("registry:check"), {"q": "198609262015052001"})
        assert response.status_code == 200
        assert not Session.objects.filter(session_data__contains="198609").exists()

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            ("%ff=%fe&a=%00", "application/x-www-form-urlencoded"),
            ("{}", "application/json"),
            ("", "application/x-www-form-urlencoded"),
            ("--x--", "multipart/form-data; boundary=x"),
            ("junk", "multipart/form-data; boundary=x"),
        ],
    )
    def test_takes_any_body(self, late: Client, body: str, content_type: str) -> None:
        headers = {"x-csrftoken": token(late)}
        response = late.post(ADD, body, content_type=content_type, headers=headers)
        assert response.status_code in {302, 400}

    def test_removes_sessions_that_are_over(self, late: Client) -> None:
        Session.objects.create(
            session_key="b" * 32, session_data="", expire_date="2020-01-01T00:00:00Z"
        )
        send(late)
        assert not Session.objects.filter(session_key="b" * 32).exists()


class TestShowing:
    def test_leads_its_owner_there_and_shows_what_was_typed(self, late: Client, rina: User) -> None:
        send(late)
        assert log_in(late, rina).headers["Location"] == RESUME
        page = late.get(RESUME)
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"]
        assert "Penyuluhan &quot;jabatan&quot; &lt;b&gt;" in page.text
        assert "baris kedua" in page.text
        assert "Kiriman: Keahlian" in page.text
        assert f"Ke halaman {ADD}" in page.text

    def test_shows_nothing_to_another_person(self, late: Client, admin: User, rina: User) -> None:
        send(late)
        log_in(late, admin)
        assert sessions.KEPT not in late.session
        response = late.get(RESUME, follow=True)
        assert "Penyuluhan" not in response.text
        assert response.redirect_chain[-1][0] == reverse("home")
        late.post(reverse("account_logout"), {"csrfmiddlewaretoken": token(late)})
        log_in(late, rina)
        assert sessions.KEPT not in late.session

    def test_is_closed_to_those_not_logged_in(self, client: Client) -> None:
        response = client.get(RESUME)
        assert response.headers["Location"] == f"{LOGIN}?next={RESUME}"

    def test_is_over_after_an_hour(self, late: Client, rina: User) -> None:
        send(late)
        session = late.session
        session[sessions.KEPT]["forms"][0]["at"] = int(time.time()) - sessions.KEPT_FOR
        session.save()
        log_in(late, rina)
        assert late.get(RESUME).status_code == 302

    def test_names_lost_files_and_secrets(self, late: Client, rina: User) -> None:
        scan = SimpleUploadedFile("SK <1>.pdf", b"%PDF-", content_type="application/pdf")
        send(late, file=scan, password="rahasia sekali")
        log_in(late, rina)
        page = late.get(RESUME).text
        assert "lampirkan lagi: SK &lt;1&gt;.pdf" in page
        assert "Kata sandi dan kode rahasia tidak kami simpan" in page

    def test_names_no_secret_where_there_was_none(self, late: Client, rina: User) -> None:
        send(late)
        log_in(late, rina)
        assert "Kata sandi dan kode" not in late.get(RESUME).text

    def test_does_not_show_the_machinery_of_a_form(self, late: Client, rina: User) -> None:
        send(late, **{"posting_set-TOTAL_FORMS": "7", "initial-x": "y"})
        log_in(late, rina)
        page = late.get(RESUME).text
        assert "TOTAL forms" not in page
        assert ("posting_set-TOTAL_FORMS", "7") in hidden(page, ADD)

    def test_calls_fields_as_their_page_does(self, late: Client, rina: User) -> None:
        page = reverse("admin:registry_officer_add")
        send(
            late, page, sex="P", contact_public="on", keterangan_lain="apa saja",
            **{"postings-0-sk_number": "SK 12", "postings-0-unit": "7", "postings-0-officer": "9",
               "postings-__prefix__-unit": "8", "postings-0-id": "5"},
        )  # fmt: skip
        log_in(late, rina)
        text = late.get(RESUME).text
        rows = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text))
        assert rows["Jenis kelamin"] == "Perempuan"
        assert rows["Penempatan 1: Nomor SK"] == "SK 12"
        assert rows["Penempatan 1: Unit kerja"] == "nomor 7"
        assert rows["Keterangan lain"] == "apa saja"
        assert "Ya" in rows.values()
        assert not {"8", "9", "5"} & set(rows.values())
        assert ("postings-0-officer", "9") in hidden(text, page)

    def test_reads_every_form_of_the_admin(self, late: Client, admin: User) -> None:
        late.force_login(admin)
        pages = [name for name in get_resolver().namespace_dict["admin"][1].reverse_dict
                 if isinstance(name, str) and name.endswith("_add")]  # fmt: skip
        assert len(pages) >= 7
        for name in pages:
            age(late, IDLE)
            send(late, reverse(f"admin:{name}"))
            log_in(late, admin)
            assert late.get(RESUME).status_code == 200

    def test_reads_what_is_no_page_any_more(self, late: Client, rina: User) -> None:
        send(late)
        session = late.session
        session[sessions.KEPT]["forms"][0]["path"] = "/dahulu/ada/"
        session.save()
        log_in(late, rina)
        assert "Kiriman: /dahulu/ada/" in late.get(RESUME).text

    def test_of_a_bare_button_says_so(self, late: Client, rina: User) -> None:
        late.post(ADD, {"csrfmiddlewaretoken": token(late)})
        log_in(late, rina)
        assert "hanya satu tombol yang Anda tekan" in late.get(RESUME).text


class TestSending:
    def resumed(self, client: Client, user: User) -> list[tuple[str, str]]:
        log_in(client, user)
        return hidden(client.get(RESUME).text, ADD)

    def test_again_reaches_the_page_with_every_value(
        self, late: Client, rina: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        send(late, banyak=["satu", "dua", "dua"])
        fields = self.resumed(late, rina)
        assert [value for name, value in fields if name == "banyak"] == ["satu", "dua", "dua"]
        sent: dict[str, list[str]] = {}
        for name, value in fields:
            sent.setdefault(name, []).append(value)
        sent["name"] = ["Penyuluhan jabatan"]
        with caplog.at_level(logging.INFO, logger="epk.security"):
            response = late.post(ADD, sent)
        assert response.status_code == 302, response.content.decode()
        assert Expertise.objects.get(code="penyuluhan").name == "Penyuluhan jabatan"
        assert sessions.KEPT not in late.session
        assert any("event=form_resumed" in line for line in caplog.messages)

    def test_keeps_line_ends_quotes_and_marks(self, late: Client, rina: User) -> None:
        send(late)
        assert ("name", TYPED["name"]) in self.resumed(late, rina)

    def test_needs_a_fresh_token(self, late: Client, rina: User) -> None:
        send(late)
        fields = dict(self.resumed(late, rina))
        fields["csrfmiddlewaretoken"] = "x" * 64
        assert late.post(ADD, fields).status_code == 403
        assert sessions.KEPT in late.session

    def test_can_be_given_up(self, late: Client, rina: User) -> None:
        send(late)
        log_in(late, rina)
        key = late.session[sessions.KEPT]["forms"][0]["key"]
        data = {"kunci": key, "csrfmiddlewaretoken": token(late)}
        assert "sudah dibuang" in late.post(RESUME, data, follow=True).text
        assert sessions.KEPT not in late.session

    @pytest.mark.parametrize("key", ["", "x", "\0", "0" * 16])
    def test_with_a_wrong_key_gives_up_nothing(self, late: Client, rina: User, key: str) -> None:
        send(late)
        log_in(late, rina)
        late.post(RESUME, {"kunci": key, "csrfmiddlewaretoken": token(late)})
        assert sessions.KEPT in late.session

    def test_too_late_once_more_keeps_it_once_more(self, late: Client, rina: User) -> None:
        send(late)
        fields = dict(self.resumed(late, rina))
        age(late, IDLE)
        response = late.post(ADD, fields)
        assert response.headers["Location"] == f"{LOGIN}?next={RESUME}"
        log_in(late, rina)
        assert len(late.session[sessions.KEPT]["forms"]) == 1

    def test_lasts_a_usual_session_from_then_on(self, late: Client, rina: User) -> None:
        """The short life of what is kept does not shorten the login."""
        send(late)
        assert late.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == sessions.KEPT_FOR
        log_in(late, rina)
        assert late.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE
