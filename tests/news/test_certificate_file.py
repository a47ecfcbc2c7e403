"""The paper itself: one page, tagged, with the right words, made without asking anybody."""

from __future__ import annotations

import base64
import hashlib
import io
import socket
import sys
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from news import certificates
from news.actions import certificates as acts
from news.models import Certificate
from tests.jobs import run_jobs
from tests.news.made_proof import (
    evaluated,
    make_certificate,
    make_event,
    make_registration,
    present,
)

pytestmark = pytest.mark.django_db
LONG = {
    "officer_name": "Prof. Dr. Ir. Raden Mas Hadiwidjojo Kusumaningratprawiranegara, S.H., Ph.D. "
    * 2,
    "position": "Pengantar Kerja Ahli Madya, Dinas Tenaga Kerja dan Transmigrasi " * 3,
    "event_title": "Workshop Nasional Penempatan Tenaga Kerja Dalam dan Luar Negeri " * 2,
    "event_theme": "Peningkatan peran Pengantar Kerja dalam pelayanan penempatan " * 3,
    "place": "Hotel Contoh Jakarta Kemayoran, Jalan Contoh Raya Kaveling 4 " * 3,
    "organiser": "Direktorat Jenderal Pembinaan Penempatan Tenaga Kerja dan Perluasan " * 2,
}


@pytest.fixture
def made(siti: User) -> Certificate:
    return make_certificate(make_registration(siti, make_event(ended=True)), serial=123)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_is_one_tagged_page_in_indonesian(made: Certificate) -> None:
    pdf = read(certificates.drawn(made))
    assert len(pdf.pages) == 1
    box = pdf.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"Sertifikat SERT/2026/000123: {made.event_title}"
    kinds, alternatives = walk(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Figure", "/Link"} <= kinds
    assert [text for text in alternatives if made.code in text]


def walk(node: Any) -> tuple[set[str], list[str]]:
    """The kinds of elements in the tree of tags, and the alternative texts."""
    kinds, texts = set(), []
    todo = [node]
    while todo:
        one = todo.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            todo.extend(one)
        elif isinstance(one, dict):
            kinds.add(str(one.get("/S", "")))
            texts += [str(one["/Alt"])] if "/Alt" in one else []
            todo += [one["/K"]] if "/K" in one else []
    return kinds, texts


def test_says_whom_it_is_for_and_where_it_is_proved(made: Certificate) -> None:
    text = read(certificates.drawn(made)).pages[0].extract_text()
    words = " ".join(text.split())
    address = f"{settings.SITE_URL}{reverse('news:certificate', args=[made.code])}"
    for part in ("Siti Wulandari", "SERT/2026/000123", made.event_title, "8 jam pelajaran"):
        assert part in words
    assert address in text.replace("\n", "")
    assert made.registration.officer.nip not in words


def test_of_the_longest_words_is_one_page_and_nothing_covers_the_foot(made: Certificate) -> None:
    for name, value in LONG.items():
        field: Any = Certificate._meta.get_field(name)
        limit = field.max_length
        setattr(made, name, value[:limit].strip())
    pdf = read(certificates.drawn(made))
    assert len(pdf.pages) == 1
    places: list[tuple[float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: Any, _size: Any) -> None:
        if text.strip():
            places.append((tm[5] * cm[3] + cm[5], text))

    pdf.pages[0].extract_text(visitor_text=note)
    foot = next(y for y, text in places if "Diselenggarakan" in text)
    lowest = min(y for y, text in places if y > 0 and "jam pelajaran" in text)
    assert lowest > foot + 10


def test_asks_no_server_and_no_file(made: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a request was made")

    certificates.drawn(made)  # fonts are found by now
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    made.event_title = '<img src="http://127.0.0.1:9/x.png">'
    assert certificates.drawn(made).startswith(b"%PDF")
    for address in ("http://127.0.0.1:9/", "https://contoh.example/", "file:///etc/hostname"):
        with pytest.raises(ValueError, match="disallowed"):
            certificates.fetch_nothing()(address)


def test_the_code_leads_to_the_proof(made: Certificate) -> None:
    sheet = certificates.sheet_of(made)
    drawing = base64.b64decode(sheet.qr.partition(",")[2]).decode()
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawing
    assert sheet.address.endswith(f"/sertifikat/{made.code}/")


def test_a_machine_without_pango_says_what_to_install(
    made: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Missing:
        def find_spec(self, name: str, *_args: Any) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(certificates.DrawingError, match="apt-get install libpango"):
        certificates.drawn(made)


def test_the_job_draws_what_was_issued_once(siti: User, agus: User) -> None:
    event = make_event(ended=True)
    found = make_registration(siti, event)
    present(found)
    evaluated(found)
    acts.issue_certificates(event, by=agus)
    run_jobs()
    made = Certificate.objects.get()
    with made.file.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF")
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.file.name.startswith("sertifikat/")
    name = made.file.name
    acts.draw_certificate(made.pk)
    acts.draw_certificate(999_999)
    made.refresh_from_db()
    assert made.file.name == name
