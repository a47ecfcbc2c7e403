"""Hands one mail of the outbox to the mail server and notes how that went."""

from __future__ import annotations

import datetime as dt
import smtplib
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from epk.lib.jobs import enqueue
from epk.lib.mail import mask_addresses
from notifications.actions import DELIVER, message_of
from notifications.models import Mail

PAUSES: Final = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
"""How long after each failed try the next one comes; after the last the mail has failed."""
MOST_ATTEMPTS: Final = len(PAUSES) + 1
CUT_OFF = "Terputus pada setiap percobaan; pekerja latar mati selagi mengirim."


def deliver_mail(mail_id: int) -> None:
    """Send a waiting mail once. Any number of workers may try; one at a time holds the row.

    A worker killed between the server's answer and the last line here leaves the mail waiting: it
    is then sent again, under the same Message-ID. Nothing else repeats a mail.
    """
    attempt = _begin(mail_id)
    if attempt is None:
        return
    with transaction.atomic():
        mail = (
            Mail.objects.waiting()
            .select_for_update(skip_locked=True)
            .filter(pk=mail_id, attempts=attempt)
            .first()
        )
        if mail is not None:
            _note(mail, _hand_over(mail))


class Refusal(str):
    """Why a mail was not taken, without addresses; `final` where a later try is of no use."""

    __slots__ = ("final",)
    final: bool

    def __new__(cls, text: str, *, final: bool = False) -> Refusal:
        refusal = super().__new__(cls, mask_addresses(" ".join(text.split()))[:300])
        refusal.final = final
        return refusal


def _begin(mail_id: int) -> int | None:
    """Count the attempt beforehand, so that a mail that kills its worker ends too."""
    with transaction.atomic():
        mail = (
            Mail.objects.waiting()
            .select_for_update(skip_locked=True)
            .for_list()
            .filter(pk=mail_id)
            .first()
        )
        if mail is None:
            return None
        if mail.attempts >= MOST_ATTEMPTS:
            _note(mail, Refusal(mail.last_error or CUT_OFF, final=True))
            return None
        mail.attempts += 1
        mail.save(update_fields=["attempts"])
        return mail.attempts


def _hand_over(mail: Mail) -> Refusal | None:
    """None where the server has taken it."""
    connection = get_connection(**_delivery_options())
    try:
        connection.open()
        connection.send_messages([message_of(mail, connection)])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        return _answered(code, answer, final=code >= 500)
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error, final=error.smtp_code >= 500)
    except smtplib.SMTPResponseException as error:  # our own log-in or sender: ours to mend
        return _answered(error.smtp_code, error.smtp_error, final=False)
    except (smtplib.SMTPException, OSError) as error:
        # Not the error's own text, which may hold anything.
        reason = getattr(error, "strerror", None) or type(error).__name__
        return Refusal(f"Server surat tidak terhubung ({reason}).")
    finally:
        # The mail is taken: a fault in saying goodbye must not send it once more.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()
    return None


def _answered(code: int, answer: bytes | str, *, final: bool) -> Refusal:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    return Refusal(f"{code} {text.replace(chr(0), ' ')}", final=final)


def _note(mail: Mail, refusal: Refusal | None) -> None:
    now = timezone.now()
    fields = ["state", "next_try", "last_error"]
    mail.last_error = refusal or ""
    mail.next_try = None
    if refusal is None:
        mail.state, mail.sent_at = Mail.State.SENT, now
        mail.text = mail.html = ""
        fields += ["sent_at", "text", "html"]
    elif refusal.final or mail.attempts >= MOST_ATTEMPTS:
        mail.state, mail.failed_at = Mail.State.FAILED, now
        fields.append("failed_at")
    else:
        mail.next_try = now + PAUSES[mail.attempts - 1]
        enqueue(DELIVER, at=mail.next_try, mail_id=mail.pk)
    mail.save(update_fields=fields)


def _delivery_options() -> dict[str, Any]:
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
