"""The page that proves a certificate, its file, and the pages on which editors issue and revoke."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.throttle import LIMITS
from news.models import Certificate, Event, Registration
from tests.news.made_proof import (
    evaluated,
    make_certificate,
    make_crowd,
    make_event,
    make_registration,
    present,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(siti: User) -> Registration:
    found = make_registration(siti, make_event(ended=True))
    present(found)
    return found


@pytest.fixture
def made(registration: Registration) -> Certificate:
    return make_certificate(
        registration, serial=123, file=b"%PDF-1.7 isi", position="Pengantar Kerja Ahli Muda"
    )


def page_of(certificate: Certificate) -> str:
    return reverse("news:certificate", args=[certificate.code])


class TestTheProof:
    def test_tells_everybody_what_stands_on_it(
        self, client: Client, made: Certificate, siti: User
    ) -> None:
        response = client.get(page_of(made))
        page = response.content.decode()
        for words in (
            "SERT/2026/000123",
            "Siti Wulandari",
            made.register_number,
            made.event_title,
            "8 jam pelajaran",
            "masih berlaku",
            "Ahli Muda",
        ):
            assert words in page
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in page
        assert not response.cookies
        for secret in (siti.nip, siti.email, "0811-0000-0047", "Unduh", "Cabut"):
            assert secret not in page

    def test_says_that_it_was_revoked_but_not_why(self, client: Client, made: Certificate) -> None:
        made.revoked_at, made.revoke_reason = timezone.now(), "Menitipkan tanda tangan."
        made.save()
        page = client.get(page_of(made)).content.decode()
        assert "tidak berlaku lagi" in page
        assert "masih berlaku" not in page
        assert "Menitipkan" not in page

    def test_of_a_person_taken_out_keeps_the_number(
        self, client: Client, made: Certificate
    ) -> None:
        made.officer_name = ""
        made.save()
        page = client.get(page_of(made)).content.decode()
        assert "Nama sudah dihapus" in page
        assert "SERT/2026/000123" in page
        assert "Ahli Muda" not in page

    @pytest.mark.parametrize("code", ["A" * 20, "A" * 19, "A" * 21, "A" * 19 + "-"])
    @pytest.mark.usefixtures("made")
    def test_of_another_code_is_none(self, client: Client, code: str) -> None:
        assert client.get(f"/sertifikat/{code}/").status_code == 404

    def test_is_not_to_be_tried_without_end(
        self, client: Client, made: Certificate, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "THROTTLE", True)
        most = LIMITS["certificate"][1]
        for _ in range(most.free + most.most):
            last = client.get("/sertifikat/" + "A" * 20 + "/")
        assert last.status_code == 404
        refused = client.get(page_of(made))
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0

    def test_offers_the_file_to_its_owner(
        self, client: Client, made: Certificate, siti: User, agus: User
    ) -> None:
        client.force_login(siti)
        page = client.get(page_of(made)).content.decode()
        assert "Unduh PDF" in page
        assert "Cabut" not in page
        client.force_login(agus)
        page = client.get(page_of(made)).content.decode()
        assert "Unduh PDF" in page
        assert "Cabut" in page


class TestTheFile:
    def test_is_for_its_owner_and_editors(
        self, client: Client, made: Certificate, siti: User, budi: User, rina: User, agus: User
    ) -> None:
        path = reverse("news:certificate_file", args=[made.code])
        assert client.get(path).status_code == 302
        for other in (budi, rina):
            client.force_login(other)
            assert client.get(path).status_code == 403
        for holder in (siti, agus):
            client.force_login(holder)
            response = client.get(path)
            assert response.getvalue() == b"%PDF-1.7 isi"
            assert "Sertifikat SERT-2026-000123.pdf" in response.headers["Content-Disposition"]
            assert response.headers["Cache-Control"] == "private, no-store"
        assert client.post(path).status_code == 405

    def test_that_is_not_drawn_yet_says_so(
        self, client: Client, registration: Registration, siti: User
    ) -> None:
        made = make_certificate(registration)
        client.force_login(siti)
        answer = client.get(reverse("news:certificate_file", args=[made.code]), follow=True)
        assert "sedang dibuat" in answer.content.decode()
        assert answer.redirect_chain[0][0] == page_of(made)


class TestTheDesk:
    def test_says_who_gets_one_and_who_not_and_why(self, client: Client, agus: User) -> None:
        event = make_event(ended=True, sessions=4)
        ready, short, silent = make_crowd(event, 3)
        present(ready)
        evaluated(ready)
        present(short, event.sessions.all()[0])
        present(silent)
        client.force_login(agus)
        path = reverse("news:certificates", args=[event.pk])
        page = client.get(path).content.decode()
        for words in (
            "sedikitnya 3 dari 4 sesi",
            "Terbitkan 1 sertifikat",
            "Hadir di 1 dari 4 sesi, perlu sedikitnya 3; evaluasi belum diisi.",
            "Evaluasi belum diisi.",
            "Belum memenuhi syarat (2)",
        ):
            assert words in page
        answer = client.post(path, follow=True).content.decode()
        assert "1 sertifikat diterbitkan." in answer
        assert "Sudah terbit (1)" in answer
        assert "PDF sedang dibuat" in answer
        answer = client.post(path, follow=True).content.decode()
        assert "Tidak ada sertifikat yang belum terbit" in answer
        assert Certificate.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"gives_certificate": False}, "tidak memberi sertifikat"),
            ({"cancelled_at": timezone.now()}, "dibatalkan"),
            ({"ends_at": timezone.now() + dt.timedelta(hours=2)}, "setelah kegiatan selesai"),
        ],
    )
    def test_says_why_none_can_be_issued(
        self,
        client: Client,
        registration: Registration,
        agus: User,
        values: dict[str, Any],
        words: str,
    ) -> None:
        evaluated(registration)
        Event.objects.update(**values)
        client.force_login(agus)
        path = reverse("news:certificates", args=[registration.event_id])
        page = client.get(path).content.decode()
        assert words in page
        assert "Terbitkan 1" not in page
        assert "belum selesai, dibatalkan" in client.post(path, follow=True).content.decode()
        assert not Certificate.objects.exists()

    def test_revokes_with_a_reason(self, client: Client, made: Certificate, agus: User) -> None:
        client.force_login(agus)
        path = reverse("news:certificate_revoke", args=[made.pk])
        assert client.get(path).status_code == 200
        for reason in ("", "x" * 301):
            answer = client.post(path, {"reason": reason})
            assert answer.status_code == 200
            assert reason in answer.content.decode()
        page = client.post(path, {"reason": "Salah orang."}, follow=True).content.decode()
        assert "dicabut." in page
        assert "Dicabut</span>" in page
        page = client.post(path, {"reason": "Sekali lagi."}).content.decode()
        assert "sudah dicabut" in page

    @pytest.mark.parametrize("name", ["certificates", "certificate_revoke"])
    def test_is_for_editors(
        self, client: Client, made: Certificate, siti: User, agus: User, name: str
    ) -> None:
        key = made.pk if name == "certificate_revoke" else made.registration.event_id
        path = reverse(f"news:{name}", args=[key])
        assert client.get(path).status_code == 302
        client.force_login(siti)
        assert client.get(path).status_code == 403
        assert client.post(path, {"reason": "x"}).status_code == 403
        client.force_login(agus)
        assert client.get(reverse(f"news:{name}", args=[key + 1_000])).status_code == 404
        made.refresh_from_db()
        assert made.revoked_at is None
