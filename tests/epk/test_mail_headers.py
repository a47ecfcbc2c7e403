"""Mails as they arrive: addressed, in conversations, with one click to end them, in two parts."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import BadHeaderError
from django.test import override_settings

from accounts.models import User
from epk.lib import mail
from notifications.models import Mail
from tests.jobs import run_jobs
from tests.mail_server import Letter, MailServer

pytestmark = pytest.mark.django_db
NOTICE = "accounts/mail/role_removed.txt"
TEST = "notifications/mail/test.txt"
SITI = "siti@contoh.example"
STOP = f"https://epk.contoh.example/notifikasi/berhenti/{'a1-_' * 30}/?jenis=forum&x=1"
ODD_NAMES = ['Wulandari, S. \\ "Titi" <y@z.example>; (k)', "Ni’mah, é 漢字 'x' <y@z.example>"]
PREFERENCES = f"{settings.SITE_URL}/notifikasi/pengaturan/"


def send(to: str = SITI, **how: Any) -> None:
    mail.send(TEST, {"written_at": "hari ini"}, to=to, **how)


def notice(name: str, grant: str = "Redaksi") -> dict[str, Any]:
    return {"name": name, "grant": grant, "by": {"name": "Rina"}}


@pytest.mark.parametrize(
    "subject",
    [
        "Peran\nBcc: a@contoh.example",
        "Peran\r\nBcc: a@contoh.example",
        "Peran\u2028dicabut",
        "a\x0bb",
    ],
)
def test_a_subject_cannot_bring_in_a_header(subject: str) -> None:
    facts = {"name": "Siti", "sentence": subject, "now": None}
    with pytest.raises(BadHeaderError):
        mail.send("accounts/mail/security_notice.txt", facts, to=SITI)
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti\nBcc: a@contoh.example", "Siti Bcc: a@contoh.example"),
        ('Siti"\r\nBcc: a@contoh.example', 'Siti" Bcc: a@contoh.example'),
        ("Siti\r\n", "Siti"),
        ("Siti\0", "Siti"),
        ("Si\x85ti", "Si ti"),
    ],
)
def test_a_name_cannot_bring_in_a_header(smtp: MailServer, name: str, shown: str) -> None:
    send(name=name)
    run_jobs()
    (letter,) = smtp.letters
    (to,) = letter.message["To"].addresses
    assert (to.display_name, to.addr_spec) == (shown, SITI)
    assert letter.recipients == (SITI,)
    assert letter.message["Bcc"] is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti\u00a0Wulandari", "Siti Wulandari"),
        ("Siti\u2009\u3000 Wulandari", "Siti Wulandari"),
        ("Siti\u2028Wulandari", "Siti Wulandari"),
        ("Siti\u200d\u00ad Wulandari\ue000", "Siti Wulandari"),
        ("\u200b \u00a0", ""),
        ("\ud800Siti", "Siti"),
    ],
)
def test_a_name_from_a_word_processor_comes_with_plain_blanks(name: str, shown: str) -> None:
    send(name=name)
    assert Mail.objects.get().recipient_name == shown


@pytest.mark.parametrize("name", ["", "Siti"])
@pytest.mark.parametrize(
    "address",
    ["", "siti", "a@", "@b.example", "a@b.example, c@b.example", "a@b.example\nBcc: c@d.e"],
)
def test_what_is_no_address(address: str, name: str) -> None:
    with pytest.raises(ValueError, match="address"):
        send(address, name=name)


@pytest.mark.parametrize(
    "link",
    [
        "/notifikasi/berhenti/",
        "mailto:berhenti@contoh.example",
        "javascript:alert(1)",
        "https://",
        "https://contoh.example/a b",
        "https://contoh.example/a>, <https://jahat.example/",
        'https://contoh.example/"x',
        "https://contoh.example/\r\nBcc: a@contoh.example",
        "https://contoh.example/\n",
        "https://contoh.example/é",
        "https://contoh.example/" + "a" * 900,
    ],
)
def test_what_cannot_be_unsubscribed_at(link: str) -> None:
    with pytest.raises(ValueError, match="unsubscribe at"):
        send(unsubscribe=link, required=False)
    assert not Mail.objects.exists()


def test_what_is_required_cannot_be_unsubscribed_from() -> None:
    with pytest.raises(ValueError, match="unsubscribed from"):
        send(unsubscribe=STOP)


def test_what_is_not_required_can_be_unsubscribed_from() -> None:
    with pytest.raises(ValueError, match="unsubscribed from"):
        send(required=False)


def test_a_composed_mail_is_not_sent_yet(budi: User) -> None:
    about: dict[str, Any] = {"key": "k", "unsubscribe": STOP, "required": False, "user_id": budi.pk}
    message = mail.compose(TEST, {"written_at": "x"}, to=SITI, **about)
    assert not Mail.objects.exists()
    assert (message.event_key, message.required, message.user_id) == ("k", False, budi.pk)
    message.send()
    row = Mail.objects.get()
    assert (row.event_key, row.required, row.user) == ("k", False, budi)


def test_a_required_mail_says_so() -> None:
    message = mail.compose(TEST, {"written_at": "x"}, to=SITI)
    assert (message.event_key, message.required, message.user_id) == ("", True, None)


def test_once_an_event(smtp: MailServer) -> None:
    for _ in range(2):
        send(name='Siti "W", S.Psi.', key="uji-1")
    run_jobs()
    letter = smtp.only()
    assert letter.message["To"].addresses[0].display_name == 'Siti "W", S.Psi.'
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message["From"] == settings.DEFAULT_FROM_EMAIL
    assert "hari ini" in letter.text
    assert letter.links == [settings.SITE_URL]


def test_two_parts_text_first(smtp: MailServer) -> None:
    mail.send(NOTICE, notice("Nurul <script>alert(1)</script> & Ni’mah 😀"), to=SITI)
    run_jobs()
    message = smtp.only().message
    assert message.get_content_type() == "multipart/alternative"
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in parts} == {"utf-8"}
    text, html = (part.get_content() for part in parts)
    assert text.startswith("Yth. Nurul <script>alert(1)</script> & Ni’mah 😀,")
    assert "Yth. Nurul &lt;script&gt;alert(1)&lt;/script&gt; &amp; Ni’mah 😀," in html
    assert message.defects == []


@pytest.mark.parametrize(
    "address",
    [
        "o'brien+dinas=1@contoh.example",
        '"siti w"@contoh.example',
        '"a@b"@contoh.example',
        "SITI@Contoh.Example",
        "a@" + "b" * 60 + ".example",
        "-_!#$%&*/=?^`{|}~@contoh.example",
    ],
)
def test_odd_but_legal_addresses(smtp: MailServer, address: str) -> None:
    send(address, name=ODD_NAMES[0])
    run_jobs()
    letter = smtp.only()
    (found,) = letter.message["To"].addresses
    assert (found.addr_spec, found.display_name) == (address, ODD_NAMES[0])
    assert [one.casefold() for one in letter.recipients] == [address.casefold()]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names(smtp: MailServer, name: str) -> None:
    send(name=name)
    run_jobs()
    (found,) = smtp.only().message["To"].addresses
    assert (found.addr_spec, found.display_name) == (SITI, name)


def thread_of(letter: Letter) -> str:
    assert letter.message["References"] == letter.message["In-Reply-To"]
    return str(letter.message["References"])


def test_mails_of_a_thread_stand_together(smtp: MailServer) -> None:
    with override_settings(DEFAULT_FROM_EMAIL="Portal <portal@contoh.example>"):
        for address, thread in [
            (SITI, "topik-17"),
            (SITI, "topik-17"),
            (SITI, "topik-1\r\nBcc: x"),
        ]:
            send(address, thread=thread)
    run_jobs()
    first, second, other = map(thread_of, smtp.letters)
    assert first == second != other
    assert first.startswith("<thread.")
    assert first.endswith("@contoh.example>")
    assert len({letter.message_id for letter in smtp.letters} | {first, other}) == 5
    assert all("Bcc" not in letter.message for letter in smtp.letters)


def test_a_mail_without_a_thread_answers_nothing(smtp: MailServer) -> None:
    send()
    run_jobs()
    message = smtp.only().message
    for header in ("References", "In-Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"):
        assert header not in message


def test_one_click_ends_it(smtp: MailServer) -> None:
    """RFC 8058; the headers are those of the row, so that what signs the mail signs them."""
    send(unsubscribe=STOP, required=False)
    headers = Mail.objects.get().headers
    run_jobs()
    letter = smtp.only()
    assert letter.message["List-Unsubscribe"].strip() == f"<{STOP}>"
    assert headers["List-Unsubscribe"] == f"<{STOP}>"
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_footer_says_why_and_how_to_end_it(smtp: MailServer) -> None:
    send(unsubscribe=STOP, required=False)
    run_jobs()
    letter = smtp.only()
    assert letter.links == [settings.SITE_URL, PREFERENCES, STOP]
    assert f"Berhenti menerima surat ini:\n{STOP}\n" in letter.text.replace("\r\n", "\n")
    escaped = STOP.replace("&", "&amp;")
    assert f'<a href="{escaped}">Berhenti menerima surat ini</a>' in letter.html
    assert f'<a href="{PREFERENCES}">Atur surat yang Anda terima</a>' in letter.html
    assert "karena pengaturan notifikasi akun Anda" in letter.html


def test_the_footer_of_what_is_required_offers_no_end(smtp: MailServer) -> None:
    send()
    run_jobs()
    letter = smtp.only()
    assert "Berhenti" not in letter.text + letter.html
    assert "notifikasi" not in letter.text + letter.html
