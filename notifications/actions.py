"""What can be done to the outbox: write a mail, try a failed one again, empty old ones."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING, Any, Final

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone

from epk.lib.jobs import enqueue
from epk.lib.mail import mailbox, parse_mailbox
from notifications.models import Mail

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.core.mail.backends.base import BaseEmailBackend

DELIVER: Final = "notifications.jobs.deliver"
TEXT_KEPT: Final = dt.timedelta(days=7)
ROW_KEPT: Final = dt.timedelta(days=365)
FORGOTTEN_AFTER: Final = dt.timedelta(minutes=15)


def write_mail(message: EmailMessage) -> int:
    """Put a message into the outbox, a row for each recipient; says how many rows are new.

    Nobody sees who else was written to. What could not be sent is refused here, where the fault
    is, with a ValueError: line breaks in headers, bad addresses, attachments.
    """
    _check(message)
    boxes = [parse_mailbox(box) for box in message.recipients()]
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(map(str, message.reply_to))
    domain = parse_mailbox(message.from_email).domain
    with transaction.atomic():
        fresh = 0
        for box in boxes:
            fresh += _write_row(
                key=getattr(message, "event_key", ""),
                recipient=box.addr_spec,
                recipient_name=box.display_name,
                sender=message.from_email,
                subject=str(message.subject),
                text=str(message.body),
                html=_html_of(message),
                headers={
                    "Message-ID": make_msgid(domain=domain),
                    "Date": format_datetime(timezone.localtime()),
                    **headers,
                },
            )
    return fresh


def message_of(mail: Mail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The row as a message, the same at every try."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        mail.sender,
        [mailbox(mail.recipient_name, mail.recipient)],
        headers=mail.headers,
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def retry_failed(mail: Mail) -> bool:
    """Give a failed mail all its tries again; False where it has not failed or has lost its text."""
    with transaction.atomic():
        asked = (
            Mail.objects.retryable()
            .filter(pk=mail.pk)
            .update(state=Mail.State.WAITING, attempts=0, failed_at=None, next_try=timezone.now())
        )
        if asked:
            enqueue(DELIVER, mail_id=mail.pk)
    return bool(asked)


def empty_old_texts() -> None:
    """Failed mails lose their text after a week; rows go after a year."""
    now = timezone.now()
    Mail.objects.retryable().filter(failed_at__lt=now - TEXT_KEPT).update(text="", html="")
    Mail.objects.exclude(state=Mail.State.WAITING).filter(created_at__lt=now - ROW_KEPT).delete()


def enqueue_forgotten() -> None:
    """Ask again for mails whose job is lost, whatever happened to it: a job too many does no harm."""
    now = timezone.now()
    with transaction.atomic():
        lost = Mail.objects.overdue(now - FORGOTTEN_AFTER).select_for_update(skip_locked=True)
        for mail_id in list(lost.order_by("pk").values_list("pk", flat=True)):
            enqueue(DELIVER, mail_id=mail_id)
            Mail.objects.filter(pk=mail_id).update(next_try=now)


def forget_person(values: Collection[str]) -> None:
    """Delete the mails to these addresses, and the jobs whose arguments hold one of the values."""
    Mail.objects.filter(recipient__in=[value for value in values if "@" in value]).delete()
    # The library lets nobody delete jobs by its model.
    with connection.cursor() as cursor:
        for value in values:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE strpos(lower(args::text), lower(%s)) > 0",
                [value],
            )


def _write_row(*, key: str, recipient: str, **fields: Any) -> bool:
    """Whether the row is new; with a key that this recipient has had already, none is written."""
    if key:
        mail, fresh = Mail.objects.get_or_create(
            event_key=key, recipient=recipient, defaults=fields
        )
    else:
        mail, fresh = Mail.objects.create(recipient=recipient, **fields), True
    if fresh:
        enqueue(DELIVER, mail_id=mail.pk)
    return fresh


def _check(message: EmailMessage) -> None:
    if message.attachments:
        raise ValueError("the outbox takes no attachments")
    if message.content_subtype != "plain":
        raise ValueError("the outbox wants a text part; HTML is an alternative beside it")
    if not str(message.body).strip():
        raise ValueError("a mail without a text")
    if "\0" in str(message.body) + str(message.subject) + _html_of(message):
        raise ValueError("a mail cannot hold NUL characters")
    message.message().as_bytes()  # refuses line breaks in headers and letters that are none


def _html_of(message: EmailMessage) -> str:
    others = getattr(message, "alternatives", [])
    if any(mimetype != "text/html" for _, mimetype in others) or len(others) > 1:
        raise ValueError("the outbox takes one alternative, of HTML")
    return str(others[0][0]) if others else ""
