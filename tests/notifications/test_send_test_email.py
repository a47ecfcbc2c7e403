"""`manage.py send_test_email`: queued, and what became of it."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from notifications import outage
from notifications.models import Mail
from tests.jobs import run_jobs
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
COMMAND = "send_test_email"


def test_without_a_worker_it_says_so(smtp: MailServer) -> None:
    said, complaint = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(COMMAND, "siti@contoh.example", wait=0, stdout=said, stderr=complaint)
    assert ended.value.code == 1
    assert "masuk antrean" in said.getvalue()
    assert "Belum terkirim: pekerja latar belum mengambilnya." in complaint.getvalue()
    run_jobs()
    letter = smtp.only()
    assert letter.subject == "Surat uji e-Pengantar Kerja"
    assert "menguji pengiriman surat" in letter.text


@pytest.mark.parametrize("address", ["siti", "", "a@b.example, c@b.example", "x\n@b.example"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(CommandError, match="bukan satu alamat e-mail"):
        call_command(COMMAND, address, wait=0)
    assert not Mail.objects.exists()


def test_a_server_that_is_away_is_named(smtp: MailServer) -> None:
    outage.begin("Server surat tidak terhubung (Connection refused).")
    complaint = io.StringIO()
    with pytest.raises(SystemExit):
        call_command(COMMAND, "siti@contoh.example", stdout=io.StringIO(), stderr=complaint)
    assert "Belum terkirim: Server surat tidak terhubung" in complaint.getvalue()
