"""Addresses of mails: written with a name, read back, masked."""

from __future__ import annotations

import re
from email.errors import HeaderParseError, ObsoleteHeaderDefect
from email.headerregistry import Address, HeaderRegistry
from typing import Any, Final

from django.core.mail import BadHeaderError

LONGEST_ADDRESS: Final = 254
ADDRESS_IN_TEXT: Final = re.compile(r"[^\s<>@,;:]+@[^\s<>@,;:]+")


def mailbox(name: str, address: str) -> str:
    """`"Wulandari, Siti" <siti@contoh.go.id>`: a name may hold commas, quotes and any letters.

    Kinds of blanks that a word processor leaves in a name become one, line breaks too, and what has
    no shape goes: a name must not be the reason why somebody gets no mail. The address is not mended.
    """
    name = "".join(filter(str.isprintable, " ".join(name.split()))).strip()
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
