"""/gaya/surat/: every mail with made-up values, for staff; both of its parts say the same."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from epk import mail_preview
from epk.lib import mail
from epk.mail_preview import Sample

TEST = "notifications/mail/test.txt"
STOP = "https://epk.example/notifikasi/berhenti/x/"
ALL = pytest.mark.parametrize("sample", mail_preview.samples(), ids=lambda one: one.template)
URL = re.compile(r"https?://\S+")


class Reader(HTMLParser):
    """What somebody who opens the HTML reads, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        self.text += "" if tag == "wbr" else "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html.partition("</head>")[2])
    return reader


def words(text: str) -> list[str]:
    """Without links, and without the marks that HTML has no need of."""
    plain = URL.sub("", re.sub(r"^- ?(?:- )?", "", text, flags=re.MULTILINE))
    return plain.replace(":\n", "\n").split()


def sample_of(**options: str) -> Sample:
    module: Any = SimpleNamespace(SAMPLES={TEST: {"written_at": "x"}}, OPTIONS={TEST: options})
    return Sample("notifications", "test", TEST, module)


def test_every_template_has_a_sample_and_every_sample_a_template() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    present = {str(path.relative_to(folder)) for path in folder.glob("*/mail/*.txt")}
    assert len(present) > 10
    assert present == {sample.template for sample in mail_preview.samples()}


@ALL
def test_both_parts_say_the_same(sample: Sample) -> None:
    message = sample.message()
    text = str(message.body)
    html = read(str(message.alternatives[0][0]))
    assert html.links == URL.findall(text)
    # The brand stands above the HTML.
    assert words(html.text) == ["e-Pengantar", "Kerja", *words(text)]


@ALL
def test_a_sample_gives_every_value(sample: Sample) -> None:
    """Whatever branch a template takes, no value is empty: "Yth. ," would go unseen."""
    message = sample.message()
    assert not re.search(r" [,.:]|None|{{|{%", f"{message.subject}\n{message.body}")
    assert max(map(len, URL.sub("", str(message.body)).splitlines())) <= 72


def test_a_sample_with_options_shows_their_headers() -> None:
    preview = mail_preview.preview(sample_of(thread="topik-1", unsubscribe=STOP))
    assert not preview.required
    assert ("List-Unsubscribe", f"<{STOP}>") in preview.headers
    assert "References" in dict(preview.headers)
    assert STOP in preview.text


def test_both_parts_say_the_same_with_a_longer_footer() -> None:
    test_both_parts_say_the_same(sample_of(unsubscribe=STOP))


def test_a_sample_of_something_else_is_an_error() -> None:
    with pytest.raises(ValueError, match="no template of a mail"):
        mail_preview._sample("accounts/login.html", sample_of().module)


def test_a_sample_lacks_a_value() -> None:
    module: Any = SimpleNamespace(SAMPLES={TEST: {}})
    with pytest.raises(mail.MissingValueError, match="written_at"):
        Sample("notifications", "test", TEST, module).message()


# --- The pages --------------------------------------------------------------------------------


@pytest.fixture
def staff(client: Client, rina: User) -> Client:
    client.force_login(rina)
    return client


@pytest.mark.django_db
def test_the_list_has_every_mail(staff: Client) -> None:
    html = staff.get(reverse("mail_samples")).content.decode()
    for sample in mail_preview.samples():
        assert f'href="{reverse("mail_sample", args=[sample.app, sample.name])}"' in html


@pytest.mark.django_db
@ALL
def test_a_page_shows_all_of_a_mail(staff: Client, sample: Sample) -> None:
    response = staff.get(reverse("mail_sample", args=[sample.app, sample.name]))
    html = response.content.decode()
    preview = response.context["preview"]
    assert f"<h1>{preview.subject}</h1>" in html
    assert "<dt>Auto-Submitted</dt>" in html
    assert "<pre" in html
    assert reverse("mail_sample_html", args=[sample.app, sample.name]) in html


@pytest.mark.django_db
def test_the_html_is_what_is_sent(staff: Client) -> None:
    """Under the policy of every page: no style of a mail is needed for it to be read."""
    address = reverse("mail_sample_html", args=["accounts", "activation"])
    sent = mail_preview.preview(mail_preview.sample_named("accounts", "activation")).html
    response = staff.get(address)
    assert response.content.decode() == sent
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    narrow = staff.get(address, {"lebar": "sempit"}).content.decode()
    assert 'width="360"' in narrow
    assert 'width="360"' not in staff.get(address, {"lebar": "\0'><"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["mail_sample", "mail_sample_html"])
@pytest.mark.parametrize(
    "place", [("accounts", "tidak_ada"), ("registry", "activation"), ("a", "b")]
)
def test_no_such_mail(staff: Client, page: str, place: tuple[str, str]) -> None:
    assert staff.get(reverse(page, args=place)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["activation", "tidak_ada"])
def test_officers_are_refused(client: Client, siti: User, name: str) -> None:
    client.force_login(siti)
    for page in ("mail_sample", "mail_sample_html"):
        assert client.get(reverse(page, args=["accounts", name])).status_code == 403
    assert client.get(reverse("mail_samples")).status_code == 403
