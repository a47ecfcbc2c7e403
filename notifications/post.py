"""The way to the mail server: one connection for many mails, and its refusals put in our terms."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from epk.lib.mail import mask_addresses
from notifications.actions import message_of
from notifications.models import Mail

MAILS_A_CONNECTION: Final = 100
"""Servers count too; some hang up on those who stay for long."""
DEAD_ADDRESS: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
"""Enhanced codes (RFC 3463, 7505) that speak of the address itself: no such mailbox, no such domain,
not an address, moved, a domain without mail, mailbox switched off, no way there. Not 5.1.0, 5.1.7 and
5.1.8, which speak of the sender; not 5.2.2 (full); nothing of 5.3 (size), 5.6 and 5.7 (contents,
policy), where the next mail may well arrive."""
DEAD_REPLIES: Final = frozenset({550, 551, 553})
"""Plain replies (RFC 5321 4.2.3) to RCPT that mean the mailbox, where no enhanced code says more."""
OF_POLICY: Final = re.compile(
    r"relay|spam|block|black|list|polic|reputation|sender|auth|spf|dkim|dmarc|denied|rate|limit|size",
    re.IGNORECASE,
)
"""Words by which a plain 550 is about us or the contents: when in doubt the address is not paused."""
BROKEN_OFF: Final = "Sambungan ke server surat terputus"
"""How the reason begins where no answer came: the mail may have been taken all the same."""
ENHANCED: Final = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")


@dataclass(frozen=True)
class Refusal:
    """Why a mail was not taken, without addresses.

    `final`: a later try is of no use. `cut_off`: nothing was answered, which may be the server's
    fault as well as the mail's. `dead`: the code, where it is the address that takes no mail.
    """

    reason: str
    final: bool = False
    cut_off: bool = False
    dead: str = ""


class Post:
    """A connection to the mail server, opened when it is needed and kept until the end."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._used = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> str:
        """Make sure of a connection; why there is none, or an empty text.

        A connection that is kept is asked whether it still stands. What fails after that fails
        with a mail under way, and one that the server has taken must not be sent again at once.
        """
        if self._backend is not None:
            if self._used < MAILS_A_CONNECTION and self._stands():
                return ""
            self.close()
        backend: Any = get_connection(**_options())
        try:
            backend.open()
            if isinstance(backend, EmailBackend):
                # Not left to the first mail, whose fault it would seem.
                backend.connection.ehlo_or_helo_if_needed()  # type: ignore[union-attr]
        except smtplib.SMTPResponseException as error:  # not now, or not with our log-in
            return _answer(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            return f"Server surat tidak terhubung ({_cause(error)})."
        self._backend, self._used = backend, 0
        return ""

    def hand_over(self, mail: Mail) -> Refusal | None:
        """None where the server has taken it. There is a connection by now."""
        self._used += 1
        try:
            self._backend.send_messages([message_of(mail, self._backend)])
        except (smtplib.SMTPException, OSError) as error:
            refusal = _refusal_by(error)
            if refusal.cut_off:
                self.close()
            return refusal
        if not isinstance(self._backend, EmailBackend):
            self.close()  # a file for each mail
        return None

    def close(self) -> None:
        # The mails are taken: a fault in saying goodbye must not send one again.
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(smtplib.SMTPException, OSError):
                backend.close()

    def _stands(self) -> bool:
        kept: Any = self._backend
        if not isinstance(kept, EmailBackend):
            return True
        try:
            code: int = kept.connection.noop()[0]  # type: ignore[union-attr]
        except (smtplib.SMTPException, OSError):
            return False
        return code == 250


def _refusal_by(error: Exception) -> Refusal:
    """What went wrong with a mail under way."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return refusal_of(code, answer, at_recipient=True)
        case smtplib.SMTPDataError():
            return refusal_of(error.smtp_code, error.smtp_error)
        case smtplib.SMTPResponseException():  # the sender: ours to mend, unless it is the size
            return Refusal(_answer(error.smtp_code, error.smtp_error), final=error.smtp_code == 552)
        case smtplib.SMTPNotSupportedError():
            return Refusal(f"Server surat tidak mendukungnya ({_cause(error)}).")
    return Refusal(f"{BROKEN_OFF} ({_cause(error)}).", cut_off=True)


def refusal_of(code: int, answer: bytes | str, *, at_recipient: bool = False) -> Refusal:
    """What a reply means; `at_recipient` where it was given to the address, not to the contents."""
    text = _text(answer)
    found = ENHANCED.match(text)
    dead = ""
    if code >= 500 and found:
        dead = found[1] if found[1] in DEAD_ADDRESS else ""
    elif code in DEAD_REPLIES and at_recipient and not OF_POLICY.search(mask_addresses(text)):
        dead = str(code)
    return Refusal(_answer(code, answer), final=code >= 500, dead=dead)


def _answer(code: int, answer: bytes | str) -> str:
    return mask_addresses(f"{code} {' '.join(_text(answer).split())}")[:300]


def _text(answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    return text.replace("\0", " ")


def _cause(error: Exception) -> str:
    """Not the error's own text, which may hold anything."""
    return getattr(error, "strerror", None) or type(error).__name__


def _options() -> dict[str, Any]:
    """What `EMAIL_URL` says, as arguments of a backend."""
    found: dict[str, Any] = settings.MAIL_DELIVERY
    options = {
        "backend": found["EMAIL_BACKEND"],
        "host": found["EMAIL_HOST"],
        "port": found["EMAIL_PORT"],
        "username": found["EMAIL_HOST_USER"] or "",
        "password": found["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": found["EMAIL_USE_TLS"],
        "use_ssl": found["EMAIL_USE_SSL"],
        "timeout": found["EMAIL_TIMEOUT"],
    }
    if found["EMAIL_FILE_PATH"]:
        options["file_path"] = found["EMAIL_FILE_PATH"]
    return options
