"""A real mail server on loopback, and the letters it has received."""

from __future__ import annotations

import email
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.test import override_settings

from tests.processes import free_port

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Letter:
    """One mail as it arrived: the envelope's recipients, and the message decoded."""

    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def links(self) -> list[str]:
        return re.findall(r"https?://\S+", self.text)

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part is not None else ""


@dataclass
class MailServer:
    """Starts and stops; refuses what it is told to; can keep its answer back."""

    port: int = field(default_factory=free_port)
    letters: list[Letter] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    """Recipient and answer: `{"a@contoh.example": "550 No such user"}`."""
    answer: str = "250 OK"
    """What it says to a whole message; anything but 250 means that it has not taken it."""
    greeting: str = ""
    """What it says to every HELO instead of letting it in: `"421 Closing"`."""
    hangs_up_at: str = ""
    """The recipient at whose mails it breaks the connection without an answer."""
    sessions: int = 0
    """How often somebody has connected."""
    answers: threading.Event = field(default_factory=threading.Event)
    """Cleared: messages arrive, but the answer waits until this is set."""

    def __post_init__(self) -> None:
        self.answers.set()
        self._controller: Controller | None = None

    @property
    def address(self) -> str:
        """As EMAIL_URL."""
        return f"smtp://{HOST}:{self.port}"

    def start(self) -> None:
        self._controller = Controller(self, hostname=HOST, port=self.port)
        self._controller.start()

    def stop(self) -> None:
        self.answers.set()
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def to(self, recipient: str) -> list[Letter]:
        return [letter for letter in self.letters if recipient in letter.recipients]

    def only(self) -> Letter:
        """The letter, where there is one and no more."""
        assert len(self.letters) == 1, [letter.subject for letter in self.letters]
        return self.letters[0]

    # --- what the protocol asks ------------------------------------------------------------------

    async def handle_EHLO(  # noqa: N802
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return [self.greeting] if self.greeting else responses

    async def handle_HELO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str
    ) -> str:
        session.host_name = hostname
        return self.greeting or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if not self.answer.startswith("250"):
            return self.answer
        if self.hangs_up_at in envelope.rcpt_tos:
            server.transport.abort()
            return self.answer
        content: Any = envelope.content
        message = email.message_from_bytes(content, policy=default)
        self.letters.append(Letter(tuple(envelope.rcpt_tos), message))
        await server.loop.run_in_executor(None, self.answers.wait)
        return self.answer


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    """A running mail server to which the outbox delivers."""
    server = MailServer()
    server.start()
    delivery = settings.MAIL_DELIVERY | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": HOST,
        "EMAIL_PORT": server.port,
        "EMAIL_FILE_PATH": "",
    }
    with override_settings(MAIL_DELIVERY=delivery):
        yield server
    server.stop()
