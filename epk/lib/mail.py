"""Mails made from templates, and the addresses in them.

A template lies at `templates/<app>/mail/<name>.txt`. Its first line is `Subject: ...`, then comes a
blank line, then the text: one line a paragraph (lines are wrapped here), a link alone on its
line. Nothing is escaped, because the mail is plain text; a variable that is missing is an error.
"""

from __future__ import annotations

import functools
import re
import textwrap
from email.errors import HeaderParseError, ObsoleteHeaderDefect
from email.headerregistry import Address, HeaderRegistry
from typing import Any, Final, NoReturn

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.template import Context, Engine, engines

WIDTH: Final = 72
LONGEST_ADDRESS: Final = 254
FOOTER: Final = "mail/footer.txt"
SUBJECT: Final = "Subject: "
ADDRESS_IN_TEXT: Final = re.compile(r"[^\s<>@,;:]+@[^\s<>@,;:]+")


class MissingValueError(LookupError):
    """A template of a mail names a variable that it was not given."""


class KeyedMessage(EmailMessage):
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
    subject, text = render(template, context)
    message = KeyedMessage(subject, text, to=[box])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.event_key = key
    message.send()


def render(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail, wrapped, with the footer that every mail has."""
    # Apart from each other: a line break in a value of the subject stays there, and is refused.
    head, _, body = _source(template).partition("\n")
    if not head.startswith(SUBJECT) or not body.startswith("\n"):
        raise ValueError(f"{template} does not begin with a subject and a blank line")
    subject = _filled(head.removeprefix(SUBJECT), context).strip()
    footer = _filled(_source(FOOTER), {"site_url": settings.SITE_URL, "demo": settings.DEMO})
    text = "\n".join(_wrapped(line) for line in _filled(body, context).strip().splitlines())
    text = re.sub(r"\n{3,}", "\n\n", text)
    # The line `-- ` tells mail programs where the text ends.
    return subject, f"{text}\n\n-- \n{footer.strip()}\n"


def mailbox(name: str, address: str) -> str:
    """`"Wulandari, Siti" <siti@contoh.go.id>`: a name may hold commas, quotes and any letters."""
    if not name:
        return address
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def parse_mailbox(text: str) -> Address:
    """The one address in such a text; a ValueError where it is none, or several."""
    if not text.isprintable():
        raise BadHeaderError(f"an address cannot hold control characters: {text!r}")
    try:
        header: Any = HeaderRegistry()("To", text)
    except (HeaderParseError, IndexError) as error:  # Python's parser runs off the end of `a@`
        raise ValueError(f"not one e-mail address: {text!r}") from error
    faults = [item for item in header.defects if not isinstance(item, ObsoleteHeaderDefect)]
    found = header.addresses
    if faults or len(found) != 1 or not (found[0].username and found[0].domain):
        raise ValueError(f"not one e-mail address: {text!r}")
    address: Address = found[0]
    if len(address.addr_spec) > LONGEST_ADDRESS:
        raise ValueError("an e-mail address of more than 254 characters")
    return address


def mask_address(address: str) -> str:
    """`siti@contoh.go.id` as it may be shown to others: `s***@contoh.go.id`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def mask_addresses(text: str) -> str:
    """Every address within a text masked, for what a mail server has answered."""
    return ADDRESS_IN_TEXT.sub(lambda found: mask_address(found[0]), text)


class _Refusing(str):
    """Django asks this text, instead of writing it, for a variable that does not exist."""

    __slots__ = ()

    def __mod__(self, variable: Any) -> NoReturn:
        raise MissingValueError(f"the mail has no value for {variable}")


@functools.cache
def _engine() -> Engine:
    """The templates of the pages, but nothing is escaped and nothing may be missing."""
    pages: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return Engine(
        dirs=pages.dirs,
        app_dirs=pages.app_dirs,
        libraries=pages.libraries,
        builtins=pages.builtins,
        autoescape=False,
        string_if_invalid=_Refusing("%s"),
    )


def _source(template: str) -> str:
    source: str = _engine().get_template(template).source
    return source


def _filled(source: str, context: dict[str, Any]) -> str:
    text: str = _engine().from_string(source).render(Context(context, autoescape=False))
    return text


def _wrapped(line: str) -> str:
    """At most 72 characters; what follows the mark of a list item is set in under it."""
    indent = re.match(r"\s*(?:[-*] )?", line)
    within = " " * len(indent[0]) if indent else ""
    return textwrap.fill(
        line.rstrip(),
        WIDTH,
        subsequent_indent=within,
        break_long_words=False,
        break_on_hyphens=False,
    )
