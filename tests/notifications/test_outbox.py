"""What any code sends by Django becomes a row, in the caller's transaction, or is refused."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction

from notifications.models import LANES, Mail
from tests.jobs import run_jobs, waiting_jobs
from tests.mail_server import MailServer

SENDER = "Portal <portal@contoh.example>"
SITI = "siti@contoh.example"
DELIVER = "notifications.jobs.deliver"

pytestmark = pytest.mark.django_db


def write(subject: str = "Halo", to: str = SITI) -> int:
    return send_mail(subject, "Isi surat.", SENDER, [to])


def test_a_mail_and_its_job_are_rows_until_the_worker_comes(smtp: MailServer) -> None:
    assert write() == 1
    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject, mail.state) == (SITI, "Halo", "menunggu")
    assert [job.args for job in waiting_jobs(DELIVER)] == [{"lane": mail.lane}]
    assert not smtp.letters


def test_a_mail_goes_away_with_the_change_it_tells_about() -> None:
    with transaction.atomic():
        write()
        assert Mail.objects.count() == len(waiting_jobs()) == 1
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not waiting_jobs()


def test_everyone_gets_a_mail_of_their_own(smtp: MailServer) -> None:
    message = EmailMessage("Halo", "Isi.", SENDER, [SITI], bcc=["b@contoh.example"])
    message.cc = ["c@contoh.example"]
    message.send()
    run_jobs()
    assert {letter.to for letter in smtp.letters} == {SITI, "b@contoh.example", "c@contoh.example"}
    assert all(len(letter.recipients) == 1 for letter in smtp.letters)
    assert all("b@contoh" not in str(letter.message) for letter in smtp.to(SITI))
    assert len({letter.message_id for letter in smtp.letters}) == 3


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n"])
def test_a_line_break_in_a_header_is_refused(break_: str) -> None:
    bad = f"x{break_}Bcc: lain@contoh.example"
    with pytest.raises(BadHeaderError):
        write(subject=bad)
    with pytest.raises(ValueError, match=r"control characters|newline"):
        write(to=f"{bad} <{SITI}>")
    with pytest.raises(BadHeaderError):
        EmailMessage("Halo", "Isi.", SENDER, [SITI], headers={"X-Asal": bad}).send()
    with pytest.raises(BadHeaderError):
        EmailMessage("Halo", "Isi.", SENDER, [SITI], reply_to=[bad]).send()
    with pytest.raises(ValueError, match=r"control characters|newline|Invalid"):
        send_mail("Halo", "Isi.", f"{bad} <a@contoh.example>", [SITI])
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "to",
    [
        "",
        "siti",
        "@contoh.example",
        "siti@",
        "a@contoh.example, b@contoh.example",
        "Siti, S.Psi. <a@contoh.example>",
        "siti@contoh\0.example",
        "sité@contoh.example",
        "a\udcff@contoh.example",
        f"{'a' * 250}@contoh.example",
    ],
)
def test_what_is_not_one_address_is_refused(to: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - Django and we say it in different words
        EmailMessage("Halo", "Isi.", SENDER, [SITI, to or "<>"]).send()
    assert not Mail.objects.exists()


def test_what_the_outbox_cannot_keep_is_refused() -> None:
    attached = EmailMessage("Halo", "Isi.", SENDER, [SITI])
    attached.attach("a.txt", "isi", "text/plain")
    only_html = EmailMessage("Halo", "<p>Isi.</p>", SENDER, [SITI])
    only_html.content_subtype = "html"
    other = EmailMultiAlternatives("Halo", "Isi.", SENDER, [SITI])
    other.attach_alternative("{}", "application/json")
    for message in (attached, only_html, other):
        with pytest.raises(ValueError, match="the outbox"):
            message.send()
    for text in ("", "  \n", "a\0b", "a\ud800b"):
        with pytest.raises(ValueError, match=r"text|NUL|surrogates"):
            send_mail("Halo", text, SENDER, [SITI])
    assert not Mail.objects.exists()


def test_one_bad_recipient_keeps_all_rows_out() -> None:
    with pytest.raises(ValueError, match="not one e-mail address"):
        EmailMessage("Halo", "Isi.", SENDER, [SITI, "Siti Wulandari <siti>"]).send()
    assert not Mail.objects.exists()
    assert not waiting_jobs()


@pytest.mark.parametrize(
    ("to", "name"),
    [
        ('"Wulandari, Siti" <siti@contoh.example>', "Wulandari, Siti"),
        ('"Siti \\"Uti\\" W." <siti@contoh.example>', 'Siti "Uti" W.'),
        ("Ñuñung Übermut <siti@contoh.example>", "Ñuñung Übermut"),
        ('"Dr. Siti, S.Psi. (Bandung)" <siti@contoh.example>', "Dr. Siti, S.Psi. (Bandung)"),
        ('"ستي" <siti@contoh.example>', "ستي"),
    ],
)
def test_names_arrive_as_they_are(smtp: MailServer, to: str, name: str) -> None:
    write(to=to)
    run_jobs()
    letter = smtp.only()
    assert letter.recipients == (SITI,)
    assert [address.display_name for address in letter.message["To"].addresses] == [name]
    assert [address.addr_spec for address in letter.message["To"].addresses] == [SITI]


def test_odd_addresses_that_are_legal_arrive(smtp: MailServer) -> None:
    odd = ["o'brien+epk@contoh.example", '"siti w"@contoh.example', "x@sub.sub.contoh.example"]
    for address in odd:
        write(to=address)
    run_jobs()
    assert sorted(letter.recipients[0] for letter in smtp.letters) == sorted(odd)


def test_text_and_html_arrive_with_their_letters(smtp: MailServer) -> None:
    message = EmailMultiAlternatives("Selamat – “Ñ”", "Isi – ñ", SENDER, [SITI])
    message.attach_alternative("<p>Isi – ñ</p>", "text/html")
    message.extra_headers["In-Reply-To"] = "<a@contoh.example>"
    message.reply_to = ["balas@contoh.example"]
    message.send()
    run_jobs()
    letter = smtp.only()
    assert letter.subject == "Selamat – “Ñ”"
    assert (letter.text.strip(), letter.html.strip()) == ("Isi – ñ", "<p>Isi – ñ</p>")
    assert letter.message["From"] == SENDER
    assert letter.message["In-Reply-To"] == "<a@contoh.example>"
    assert letter.message["Reply-To"] == "balas@contoh.example"


def test_message_id_and_date_are_those_of_the_row(smtp: MailServer) -> None:
    write()
    mail = Mail.objects.get()
    run_jobs()
    letter = smtp.only()
    assert letter.message_id == mail.headers["Message-ID"]
    assert letter.message_id.endswith("@contoh.example>")
    written = parsedate_to_datetime(str(letter.message["Date"]))
    assert abs((written - mail.created_at).total_seconds()) < 2
    assert len(letter.message.get_all("Message-ID")) == 1


def test_an_event_makes_one_mail_to_one_recipient() -> None:
    def tell(to: str, key: str) -> None:
        message = EmailMessage("Peran baru", "Isi.", SENDER, [to])
        message.event_key = key  # type: ignore[attr-defined]
        message.send()

    for to, key in ((SITI, "grant-1"), (SITI, "grant-1"), ("b@contoh.example", "grant-1")):
        tell(to, key)
    tell(SITI, "grant-2")
    assert sorted(Mail.objects.values_list("recipient", "event_key")) == [
        ("b@contoh.example", "grant-1"),
        (SITI, "grant-1"),
        (SITI, "grant-2"),
    ]
    lanes = set(Mail.objects.values_list("lane", flat=True))
    assert sorted(job.args["lane"] for job in waiting_jobs(DELIVER)) == sorted(lanes)


def test_a_transaction_asks_for_each_lane_once() -> None:
    for number in range(40):
        write(to=f"p{number}@contoh.example")
    assert sorted(job.args["lane"] for job in waiting_jobs(DELIVER)) == list(range(LANES))


def test_what_a_savepoint_asked_for_and_took_back_is_asked_for_again() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    write()
    assert len(waiting_jobs(DELIVER)) == 1


@pytest.mark.parametrize(
    "to", ["SITI@CONTOH.EXAMPLE", "siti@contoh.example", "Siti@Contoh.Example"]
)
def test_an_address_is_in_one_lane_however_it_is_spelt(to: str) -> None:
    write()
    write(to=to)
    assert len(set(Mail.objects.values_list("lane", flat=True))) == 1
