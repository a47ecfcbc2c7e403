"""What can be done to the outbox: write a mail, try a failed one again, empty old ones."""

from __future__ import annotations

import datetime as dt
import json
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING, Any, Final

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from epk.lib.jobs import enqueue
from epk.lib.mail import mailbox, parse_mailbox
from notifications.models import Mail, Outage, PausedAddress

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.core.mail.backends.base import BaseEmailBackend

DELIVER: Final = "notifications.jobs.deliver"
TEXT_KEPT: Final = dt.timedelta(days=7)
ROW_KEPT: Final = dt.timedelta(days=365)
PAUSED: Final = "Alamat dijeda: surat tidak sampai ke sana."


def write_mail(message: EmailMessage) -> int:
    """Put a message into the outbox, a row for each recipient; says how many rows are new.

    Nobody sees who else was written to. What could not be sent is refused here, where the fault
    is, with a ValueError: line breaks in headers, bad addresses, attachments.

    The message may say by attributes: `event_key` (one mail for an event and a recipient),
    `user_id` (whom it is for), `required` (False: not sent to addresses that take no mail, nor to
    those whose account is closed by then).
    """
    _check(message)
    boxes = [parse_mailbox(box) for box in message.recipients()]
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(map(str, message.reply_to))
    domain = parse_mailbox(message.from_email).domain
    required: bool = getattr(message, "required", True)
    paused = set() if required else _paused([box.addr_spec for box in boxes])
    with transaction.atomic():
        fresh = 0
        for box in boxes:
            fresh += _write_row(
                key=getattr(message, "event_key", ""),
                cancelled=box.addr_spec.lower() in paused,
                required=required,
                user_id=getattr(message, "user_id", None),
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
    """Give a failed or cancelled mail all its tries again; False for others, or without a text."""
    with transaction.atomic():
        asked = (
            Mail.objects.retryable()
            .filter(pk=mail.pk)
            .update(
                state=Mail.State.WAITING,
                attempts=0,
                failed_at=None,
                cancelled_at=None,
                next_try=timezone.now(),
            )
        )
        if asked:
            enqueue(DELIVER, once=True, lane=mail.lane)
    return bool(asked)


def empty_old_texts() -> None:
    """Failed and cancelled mails lose their text after a week; rows go after a year."""
    now = timezone.now()
    old = Q(failed_at__lt=now - TEXT_KEPT) | Q(cancelled_at__lt=now - TEXT_KEPT)
    Mail.objects.retryable().filter(old).update(text="", html="")
    Mail.objects.exclude(state=Mail.State.WAITING).filter(created_at__lt=now - ROW_KEPT).delete()


def ensure_look(lane: int) -> None:
    """Make sure that a job looks at the lane when it next has something to hand over.

    For those whose mails are final already: a job that waits may be relied on then, since it
    finds them whenever it runs. Who writes a mail asks for a job of their own.
    """
    now = timezone.now()
    at = Mail.objects.next_look(lane, now)
    if at is None:
        return
    outage = Outage.objects.first()
    if outage is not None:
        at = max(at, outage.next_look(now))
    soon = Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=max(at, now))
    if not _looks(lane).filter(soon).exists():
        enqueue(DELIVER, at=at if at > now else None, lane=lane)


def is_asked_for(name: str, moment: dt.datetime) -> bool:
    """Whether a job of that name waits that may run by then."""
    soon = Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=moment)
    waiting = ProcrastinateJob.objects.filter(soon, status="todo", task_name=name)
    return bool(waiting.exists())


def drop_looks(lane: int) -> None:
    """Take the jobs for a lane out of the queue that could run now: the caller does their work."""
    drop_jobs(DELIVER, lane=lane)


def drop_jobs(name: str, **arguments: int) -> None:
    """Take the jobs of that name and with those arguments, of which none runs yet, out of the queue.

    What they were asked for by is final: the caller, who looks at the rows only now, does it all.
    """
    with connection.cursor() as cursor:
        # The library lets nobody delete jobs by its model.
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id IN (SELECT id FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name = %s AND args @> %s::jsonb"
            " AND (scheduled_at IS NULL OR scheduled_at <= now()) FOR UPDATE SKIP LOCKED)",
            [name, json.dumps(arguments)],
        )


def forget_person(values: Collection[str], *, user_ids: Collection[int] = ()) -> None:
    """Delete the mails and pauses of these addresses, the mails to these accounts whatever their
    address was, and the jobs whose arguments hold one of the values.
    """
    addresses = [value.lower() for value in values if "@" in value]
    theirs = Q(box__in=addresses) | Q(user__in=user_ids)
    Mail.objects.annotate(box=Lower("recipient")).filter(theirs).delete()
    PausedAddress.objects.filter(address__in=addresses).delete()
    # The library lets nobody delete jobs by its model.
    with connection.cursor() as cursor:
        for value in values:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE strpos(lower(args::text), lower(%s)) > 0",
                [value],
            )


def _looks(lane: int) -> Any:
    """The jobs in the queue that will look at this lane."""
    return ProcrastinateJob.objects.filter(status="todo", task_name=DELIVER, args__lane=lane)


def _paused(addresses: Collection[str]) -> set[str]:
    wanted = {address.lower() for address in addresses}
    return set(PausedAddress.objects.filter(address__in=wanted).values_list("address", flat=True))


def _write_row(*, key: str, recipient: str, cancelled: bool, **fields: Any) -> bool:
    """Whether the row is new; with a key that this recipient has had already, none is written."""
    now = timezone.now()
    fields |= {"created_at": now, "next_try": now}
    if cancelled:
        fields |= {"state": Mail.State.CANCELLED, "next_try": None, "last_error": PAUSED}
        fields["cancelled_at"] = now
    if key:
        mail, fresh = Mail.objects.get_or_create(
            event_key=key, recipient=recipient, defaults=fields
        )
    else:
        mail, fresh = Mail.objects.create(recipient=recipient, **fields), True
    if fresh and not cancelled:
        enqueue(DELIVER, once=True, lane=mail.lane)
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
