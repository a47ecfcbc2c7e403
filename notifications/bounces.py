"""Mails that came back: reports of mail servers (RFC 3464) are read, and dead addresses paused."""

from __future__ import annotations

import email
import enum
import re
from dataclasses import dataclass
from email.message import Message
from typing import Final

from django.db import transaction
from django.db.models.fields.json import KeyTextTransform

from epk.lib.mail import mask_addresses
from notifications.addresses import pause_address
from notifications.models import Mail
from notifications.post import refusal_of

LONGEST: Final = 256 * 1024
"""Bytes of a report that are read. What it says stands before the mail that it brings back."""
MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>")
DIAGNOSTIC: Final = re.compile(
    r"\s*(?:smtp\s*;)?\s*(?:(\d{3})[ -])?(.*)", re.DOTALL | re.IGNORECASE
)
MOST_PARTS: Final = 50


class NotAReportError(ValueError):
    """This is no report of a mail server, or it says too little."""


class Outcome(enum.Enum):
    """What became of a report."""

    PAUSED = "Alamat dijeda."
    NOTED = "Dicatat; alamat tetap dipakai."
    IGNORED = "Diabaikan."


@dataclass(frozen=True)
class Report:
    """What a report says of one mail: its Message-ID, RFC 3463 status, and the server's words."""

    message_id: str
    action: str
    status: str
    diagnostic: str


def read_report(raw: bytes) -> Report:
    """The first recipient's part of a report; a mail of ours has one. NotAReportError otherwise.

    Whatever comes is read: nothing of it is believed before `record_report` has found the mail.
    """
    try:
        message = email.message_from_bytes(raw[:LONGEST])
        parts = [part for part, _ in zip(message.walk(), range(MOST_PARTS), strict=False)]
    except (RecursionError, ValueError, LookupError) as error:
        raise NotAReportError("cannot be read") from error
    if message.get_content_type() != "multipart/report":
        raise NotAReportError("no report")
    told = next(
        (part for part in parts if part.get_content_type().endswith("/delivery-status")), None
    )
    found = _recipient_of(told)
    if found is None:
        raise NotAReportError("no status of a recipient")
    return Report(
        message_id=_message_id(parts),
        action=_line(found, "Action").lower(),
        status=_line(found, "Status").partition(" ")[0],
        diagnostic=_line(found, "Diagnostic-Code"),
    )


def record_report(report: Report) -> Outcome:
    """Note a bounce at its mail, and pause the address where the report says that it is dead.

    A report is believed when it names the Message-ID of a mail that was sent: that is only known to
    those through whose hands the mail went. Its recipient is the one of our row, whatever the
    report says of it: a mailbox that forwards is as dead as the one that it forwards to.
    """
    if report.action != "failed" or not report.status.startswith("5.") or not report.message_id:
        return Outcome.IGNORED
    with transaction.atomic():
        mail = (
            Mail.objects.annotate(message_id=KeyTextTransform("Message-ID", "headers"))
            .select_for_update()
            .for_list()
            .filter(message_id=report.message_id, state=Mail.State.SENT)
            .first()
        )
        if mail is None:
            return Outcome.IGNORED
        told = f"{report.status} {_words(report)}".strip()
        mail.last_error = mask_addresses(f"Dipantulkan: {told}")[:300]
        mail.save(update_fields=["last_error"])
        code = _dead(report)
        if not code:
            return Outcome.NOTED
        pause_address(mail.recipient, code=code, answer=mask_addresses(told), bounced=True)
    return Outcome.PAUSED


def _dead(report: Report) -> str:
    """The code that says that the address takes no mail; empty where it may take the next one."""
    by_status = refusal_of(550, report.status).dead
    if by_status or not report.status.endswith(".0"):
        return by_status
    # A status as general as 5.0.0 leaves the server's own words.
    found = DIAGNOSTIC.fullmatch(report.diagnostic)
    if not found or not found[1]:
        return ""
    return refusal_of(int(found[1]), found[2], at_recipient=True).dead


def _words(report: Report) -> str:
    return " ".join(report.diagnostic.split())


def _recipient_of(part: Message | None) -> Message | None:
    """The block of the first recipient; the one before speaks of the report itself."""
    blocks = part.get_payload() if part is not None else None
    if not isinstance(blocks, list):
        return None
    return next(
        (block for block in blocks if isinstance(block, Message) and "Action" in block), None
    )


def _message_id(parts: list[Message]) -> str:
    """Of the mail that came back: in the copy of its head, whole or not. Never the report's own."""
    for part in parts[1:]:
        kind = part.get_content_type()
        text = _line(part, "Message-ID")
        if kind == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            head = email.message_from_bytes(body if isinstance(body, bytes) else b"")
            text = _line(head, "Message-ID")
        if found := MESSAGE_ID.search(text):
            return found[0]
    return ""


def _line(part: Message, name: str) -> str:
    """A line of a head as text without control characters, empty where there is none."""
    value = str(part.get(name, ""))[:1000]
    return "".join(letter if letter.isprintable() else " " for letter in value).strip()
