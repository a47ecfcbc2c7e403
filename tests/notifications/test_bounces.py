"""`manage.py record_bounce`: reports of mail servers, true, forged, broken and of no interest."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notifications.bounces import LONGEST, NotAReportError, read_report
from notifications.models import Mail, PausedAddress
from tests.jobs import run_jobs
from tests.mail_server import MailServer

SITI = "siti@contoh.example"
UNKNOWN = "<176400000000.1.42@contoh.example>"

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@relay.contoh.example (Mail Delivery System)
To: portal@contoh.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261124.laporan@relay.contoh.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="batas"

--batas
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--batas
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.contoh.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--batas
Content-Type: {kind}

From: Portal <portal@contoh.example>
To: {recipient}
Subject: Halo
{message_id}

--batas--
"""


def report(mail: Mail | None, **changed: str) -> bytes:
    known = mail.headers["Message-ID"] if mail is not None else UNKNOWN
    values = {
        "recipient": SITI,
        "action": "failed",
        "status": "5.1.1",
        "diagnostic": "smtp; 550 5.1.1 <siti@contoh.example>: User unknown",
        "kind": "text/rfc822-headers",
        "message_id": f"Message-ID: {known}",
    }
    return REPORT.format(**(values | changed)).encode()


def record(raw: bytes) -> tuple[int, str]:
    """The exit code, and what was said."""
    said = io.StringIO()
    try:
        call_command("record_bounce", source=io.BytesIO(raw), stdout=said, stderr=said)
    except SystemExit as ended:
        return int(ended.code), said.getvalue().strip()
    return 0, said.getvalue().strip()


@pytest.fixture
def sent(db: None, smtp: MailServer) -> Mail:
    send_mail("Halo", "Isi.", "Portal <portal@contoh.example>", [SITI])
    run_jobs()
    return Mail.objects.get()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_mailbox_that_does_not_exist_is_paused(sent: Mail, kind: str, ends: str) -> None:
    raw = report(sent, kind=kind).replace(b"\n", ends.encode())
    assert record(raw) == (0, "Alamat dijeda.")
    row = PausedAddress.objects.get()
    assert (row.address, row.reason, row.bounced, row.times) == (SITI, "5.1.1", True, 1)
    sent.refresh_from_db()
    assert sent.state == "terkirim"
    assert sent.last_error.startswith("Dipantulkan: 5.1.1")
    assert SITI not in sent.last_error + row.last_error


def test_a_report_that_comes_twice_is_counted(sent: Mail) -> None:
    for _ in range(2):
        record(report(sent))
    assert PausedAddress.objects.get().times == 2


@pytest.mark.parametrize(
    ("status", "diagnostic", "paused"),
    [
        ("5.2.1", "smtp; 550 5.2.1 Disabled", True),
        ("5.4.4", "X-Postfix; Host or domain name not found", True),
        ("5.0.0", "smtp; 550 No such user here", True),
        ("5.0.0", "smtp; 550-5.1.1 The email account does not exist", True),
        ("5.0.0", "smtp; 550 Message refused as spam", False),
        ("5.0.0", "", False),
        ("5.2.2", "smtp; 552 5.2.2 Mailbox full", False),
        ("5.7.1", "smtp; 550 5.7.1 Refused by policy", False),
        ("5.3.4", "smtp; 552 5.3.4 Too big", False),
        ("5.1.8", "smtp; 550 5.1.8 Bad sender", False),
    ],
)
def test_only_what_speaks_of_the_address_pauses_it(
    sent: Mail, status: str, diagnostic: str, *, paused: bool
) -> None:
    code, said = record(report(sent, status=status, diagnostic=diagnostic))
    assert (code, PausedAddress.objects.exists()) == (0, paused)
    assert said == ("Alamat dijeda." if paused else "Dicatat; alamat tetap dipakai.")


@pytest.mark.parametrize(
    "changed",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "failed", "status": "4.4.7"},
        {"action": "delivered", "status": "2.0.0"},
        {"message_id": "X-Kosong: ya"},
        {"message_id": f"Message-ID: {UNKNOWN}"},
        {"message_id": "Message-ID: <>"},
    ],
)
def test_what_is_not_final_or_names_no_mail_of_ours_is_ignored(
    sent: Mail, changed: dict[str, str]
) -> None:
    assert record(report(sent, **changed)) == (0, "Diabaikan.")
    assert not PausedAddress.objects.exists()


def test_a_forged_report_that_names_a_recipient_pauses_nobody(sent: Mail) -> None:
    assert record(report(None, recipient="budi@contoh.example")) == (0, "Diabaikan.")
    record(report(sent, recipient="budi@contoh.example"))
    assert [row.address for row in PausedAddress.objects.all()] == [SITI], "that of our own row"


def test_a_mail_that_was_never_sent_cannot_have_come_back(sent: Mail) -> None:
    send_mail("Menunggu", "Isi.", "Portal <portal@contoh.example>", [SITI])
    assert record(report(Mail.objects.latest("id"))) == (0, "Diabaikan.")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"Subject: Libur\n\nSaya sedang cuti.\n",
        report(None).replace(b"message/delivery-status", b"text/plain"),
        report(None).replace(b"multipart/report", b"multipart/mixed"),
        report(None).replace(b"Action:", b"Aksi:"),
        b"Content-Type: multipart/report; boundary=x\n\n--x\n" * 3,
    ],
)
def test_what_is_no_report_is_said(db: None, raw: bytes) -> None:
    assert record(raw) == (65, "Bukan laporan surat yang dipantulkan.")


def test_a_report_of_any_length_is_read_to_a_bound(sent: Mail) -> None:
    long = report(sent, kind="message/rfc822") + b"x" * (3 * LONGEST)
    assert record(long) == (0, "Alamat dijeda.")
    assert record(b"y" * LONGEST + report(sent))[0] == 65


def test_parts_within_parts_without_end_are_no_report(db: None) -> None:
    deep = "".join(
        f"Content-Type: multipart/report; boundary=b{level}\n\n--b{level}\n"
        for level in range(4000)
    )
    assert record(deep.encode())[0] == 65


@given(st.binary(max_size=400), st.integers(0, len(report(None)) - 1))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_junk_anywhere_breaks_nothing(junk: bytes, at: int) -> None:
    raw = report(None)
    for broken in (junk, raw[:at] + junk + raw[at:], raw[:at] + junk):
        try:
            found = read_report(broken)
        except NotAReportError:
            continue
        assert (found.message_id + found.status + found.diagnostic).isprintable()


def test_without_a_database_it_is_to_be_tried_again(checkout_root: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(checkout_root / "manage.py"), "record_bounce"],
        input=report(None),
        capture_output=True,
        env={
            "DATABASE_URL": "postgresql://u:rahasia@127.0.0.1:1/epk",
            "DEMO": "1",
            "SECRET_KEY": "only-for-tests-only-for-tests",
        },
        check=False,
    )
    assert done.returncode == 75, done.stderr
    assert b"rahasia" not in done.stderr + done.stdout
    assert b"Traceback" not in done.stderr
