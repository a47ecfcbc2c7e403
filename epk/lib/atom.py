"""Atom (RFC 4287): what a feed holds, written as XML."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
NAMESPACE: Final = "http://www.w3.org/2005/Atom"
FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""No XML can hold these, not even escaped."""
PORTAL: Final = "e-Pengantar Kerja"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an entry; its size in bytes where that is known."""

    address: str
    content_type: str
    title: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `address` is whole, permanent and its name. Text is plain, `html` is not."""

    address: str
    title: str
    author: str
    published: dt.datetime
    updated: dt.datetime
    categories: list[tuple[str, str]] = field(default_factory=list)
    """Each by its code and its label."""
    summary: str = ""
    html: str = ""
    enclosure: Enclosure | None = None


@dataclass(frozen=True)
class Feed:
    """A feed; `address` is the page of which it tells."""

    title: str
    address: str
    updated: dt.datetime
    entries: list[Entry]
    rights: str = ""
    subtitle: str = ""


def atom(feed: Feed, *, self_address: str) -> bytes:
    """The feed as a document; the same feed gives the same bytes."""
    out = io.BytesIO()
    xml = _Xml(out)
    xml.startDocument()
    xml.open("feed", **{"xmlns": NAMESPACE, "xml:lang": "id"})
    xml.leaf("id", feed.address)
    xml.leaf("title", feed.title)
    if feed.subtitle:
        xml.leaf("subtitle", feed.subtitle)
    xml.leaf("updated", _moment(feed.updated))
    xml.leaf("link", rel="self", type="application/atom+xml", href=self_address)
    xml.leaf("link", rel="alternate", type="text/html", hreflang="id", href=feed.address)
    xml.author(PORTAL)
    xml.leaf("generator", PORTAL)
    if feed.rights:
        xml.leaf("rights", feed.rights)
    for entry in feed.entries:
        _write(xml, entry)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


def _write(xml: _Xml, entry: Entry) -> None:
    xml.open("entry")
    xml.leaf("id", entry.address)
    xml.leaf("title", entry.title)
    xml.author(entry.author)
    xml.leaf("published", _moment(entry.published))
    xml.leaf("updated", _moment(entry.updated))
    xml.leaf("link", rel="alternate", type="text/html", href=entry.address)
    if entry.enclosure:
        _enclose(xml, entry.enclosure)
    for term, label in entry.categories:
        xml.leaf("category", term=term, label=label)
    if entry.summary:
        xml.leaf("summary", entry.summary)
    if entry.html:
        xml.leaf("content", entry.html, type="html")
    xml.endElement("entry")


def _enclose(xml: _Xml, file: Enclosure) -> None:
    length = {} if file.size is None else {"length": str(file.size)}
    xml.leaf(
        "link",
        rel="enclosure",
        type=file.content_type,
        title=file.title,
        href=file.address,
        **length,
    )


class _Xml(XMLGenerator):
    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, encoding="utf-8", short_empty_elements=True)

    def open(self, name: str, **attributes: str) -> None:
        allowed = {key: _allowed(value) for key, value in attributes.items()}
        self.startElement(name, AttributesImpl(allowed))

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        self.open(name, **attributes)
        if text:
            self.characters(_allowed(text))
        self.endElement(name)

    def author(self, name: str) -> None:
        self.open("author")
        self.leaf("name", name)
        self.endElement("author")


def _allowed(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
