"""Mails as they are handed to the outbox: addressed, with the headers that mail programs act on."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final

from django.core.mail import EmailMultiAlternatives

from epk.lib.mail.addresses import mailbox, parse_mailbox
from epk.lib.mail.letters import render

LINK_IN_HEADER: Final = re.compile(r"https?://[!#-;=?-~]{1,900}")
"""Printable ASCII without blanks, quotes and angle brackets; a header line ends at 998."""


class KeyedMessage(EmailMultiAlternatives):
    """A message about one event: the outbox takes it once for each recipient.

    `required` mail comes whatever somebody has chosen; `user_id` is the account it is for.
    """

    event_key: str = ""
    required: bool = True
    user_id: int | None = None


def send(  # noqa: PLR0913 - each says one thing about the mail
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    name: str = "",
    key: str = "",
    thread: str = "",
    unsubscribe: str = "",
    required: bool = True,
    user_id: int | None = None,
) -> None:
    """Hand a mail to the outbox, in the transaction of the caller; the arguments are `compose`'s.

    A mail server that is away is not noticed here.
    """
    message = compose(
        template,
        context,
        to=to,
        name=name,
        key=key,
        thread=thread,
        unsubscribe=unsubscribe,
        required=required,
        user_id=user_id,
    )
    message.send()


def compose(  # noqa: PLR0913
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    name: str = "",
    key: str = "",
    thread: str = "",
    unsubscribe: str = "",
    required: bool = True,
    user_id: int | None = None,
) -> KeyedMessage:
    """A mail with its text, HTML and headers, not yet written to the outbox.

    `to` is an address, `name` whose it is. With a `key` (`"grant-17-given"`) the same event never
    makes a second mail to that address. Mails with the same `thread` (`"topic-17"`) stand together
    in the recipient's mail program.

    A mail that is not `required` needs `unsubscribe`, an absolute address that ends such mails by a
    POST of `List-Unsubscribe=One-Click` without login or token (RFC 8058), and asks first when it
    is opened; mail that is required has none. Raises a ValueError where the two do not go
    together, for a bad address, and for a line break in the subject.
    """
    if required is bool(unsubscribe):
        raise ValueError("a mail that is not required, and no other, can be unsubscribed from")
    box = mailbox(name, to)
    parse_mailbox(box)  # Django would pass over an empty one in silence
    letter = render(template, context, unsubscribe=unsubscribe)
    message = KeyedMessage(letter.subject, letter.text, to=[box])
    message.attach_alternative(letter.html, "text/html")
    message.extra_headers = {
        "Auto-Submitted": "auto-generated",
        **_headers_of_thread(thread, message.from_email),
        **_headers_of_unsubscribing(unsubscribe),
    }
    message.event_key, message.required, message.user_id = key, required, user_id
    return message


def _headers_of_thread(thread: str, sender: str) -> dict[str, str]:
    """All mails of a thread answer one that was never sent, so that their order does not matter."""
    if not thread:
        return {}
    name = hashlib.sha256(thread.encode()).hexdigest()[:32]
    root = f"<thread.{name}@{parse_mailbox(sender).domain}>"
    return {"References": root, "In-Reply-To": root}


def _headers_of_unsubscribing(link: str) -> dict[str, str]:
    if not link:
        return {}
    if not LINK_IN_HEADER.fullmatch(link):
        raise ValueError(f"not an address to unsubscribe at: {link!r}")
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
