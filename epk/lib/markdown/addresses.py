"""Which addresses a text may lead to, and which of them are places of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

LONGEST_ADDRESS: Final = 2_000
"""Characters of an address, as written and as encoded."""

SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
LOOKS_LIKE_SCHEME: Final = re.compile(r"[^/?#]*:")
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

# Eighteen digits fit the database's numbers. No other form of a number is an address of ours.
TOPIC: Final = re.compile(r"/forum/topik/([1-9][0-9]{0,17})/?(?:[?#].*)?", re.DOTALL)
POST: Final = re.compile(r"/forum/pos/([1-9][0-9]{0,17})/?(?:[?#].*)?", re.DOTALL)
OFFICER: Final = re.compile(r"/direktori/(PK-[0-9]{6,9})/?(?:[?#].*)?", re.DOTALL)
# As people copy it from the line of addresses without the host; no other path is taken for a link.
BARE_PLACE: Final = re.compile(
    r"(?<![^\s(\[{\"'“‘:;,])"
    r"/(?:forum/topik/[1-9][0-9]{0,17}|forum/pos/[1-9][0-9]{0,17}|direktori/PK-[0-9]{6,9})"
    r"(?:/(?:\?halaman=[0-9]{1,9})?(?:#tulisan-[0-9]{1,9})?)?(?![\w/?#=&%-])"
)


@dataclass(frozen=True)
class Address:
    """Where a link leads; `kind` and `key` name a topic, a post or an officer of ours."""

    href: str
    outside: bool = False
    kind: str = ""
    key: str = ""

    @property
    def path(self) -> str:
        """The address of ours without query and fragment, as it stands in the text."""
        return {"topik": f"/forum/topik/{self.key}/", "pos": f"/forum/pos/{self.key}/"}.get(
            self.kind, f"/direktori/{self.key}/"
        )


def is_allowed(href: str) -> bool:
    """Whether a normalised address may become a link: http, https, mailto, or a path of ours."""
    if len(href) > LONGEST_ADDRESS or CONTROL.search(href) or href.startswith("//"):
        return False
    scheme = SCHEME.match(href)
    if scheme is None:
        return not _hides_scheme(href)
    if scheme[1].lower() == "mailto":
        return True
    return scheme[1].lower() in DEFAULT_PORTS and _parts(href) is not None


def judge(href: str, own_host: str) -> Address | None:
    """What an allowed address is; None where only knowing our own host shows that it is none."""
    if not is_allowed(href):
        return None
    if SCHEME.match(href) is None:
        return _own(href)
    parts = _parts(href)
    if parts is None or not _is_own_host(parts, own_host):
        return Address(href, outside=parts is not None)
    path = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    # `https://portal//evil.example/` would become the address of another host.
    return None if parts.path.startswith("//") else _own(path)


def _own(href: str) -> Address:
    for kind, pattern in (("topik", TOPIC), ("pos", POST), ("petugas", OFFICER)):
        if found := pattern.fullmatch(href):
            return Address(href, kind=kind, key=found[1])
    return Address(href)


def _parts(href: str) -> SplitResult | None:
    """The parts of a web address; None for mail, and for one without a host or with a password."""
    try:
        parts = urlsplit(href)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or port == 0:
        return None
    return None if "@" in parts.netloc or "%40" in parts.netloc else parts


def _is_own_host(parts: SplitResult, own_host: str) -> bool:
    own = own_host.lower()
    host = parts.netloc.lower().removesuffix(f":{DEFAULT_PORTS[parts.scheme]}")
    return bool(own) and own in {host, parts.netloc.lower()}


def _hides_scheme(href: str) -> bool:
    """Whether it begins like a scheme once decoded, as in `javascript%3A...`."""
    decoded = unquote(unquote(href))
    return bool(LOOKS_LIKE_SCHEME.match(decoded) or CONTROL.search(decoded))
