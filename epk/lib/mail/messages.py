"""Mails as they are handed to the outbox: addressed, with their headers."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives

from epk.lib.mail.addresses import mailbox, parse_mailbox
from epk.lib.mail.letters import render


class KeyedMessage(EmailMultiAlternatives):
    """A message about one event: the outbox takes it once for each recipient."""

    event_key: str = ""


def send(template: str, context: dict[str, Any], *, to: str, name: str = "", key: str = "") -> None:
    """Hand a mail to the outbox, in the transaction of the caller.

    `to` is an address, `name` whose it is. With a `key` (`"grant-17-given"`) the same event never
    makes a second mail to that address. A bad address or a line break in the subject is a
    ValueError; a mail server that is away is not noticed here.
    """
    box = mailbox(name, to)
    parse_mailbox(box)  # Django would pass over an empty one in silence
    letter = render(template, context)
    message = KeyedMessage(letter.subject, letter.text, to=[box])
    message.attach_alternative(letter.html, "text/html")
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.event_key = key
    message.send()
