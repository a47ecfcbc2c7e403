"""Atom (RFC 4287): what a feed holds, written as XML."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

if TYPE_CHECKING:
    from forum.presenters import FeedEntry, FeedRows

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
NAMESPACE: Final = "http://www.w3.org/2005/Atom"
FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""No XML can hold these, not even escaped."""
PORTAL: Final = "e-Pengantar Kerja"
RIGHTS: Final = "Hanya untuk pemilik alamat umpan ini."


def atom(feed: FeedRows, *, self_address: str) -> bytes:
    """The feed as a document; the same feed gives the same bytes."""
    out = io.BytesIO()
    xml = _Xml(out)
    xml.startDocument()
    xml.open("feed", **{"xmlns": NAMESPACE, "xml:lang": "id"})
    xml.leaf("id", feed.address)
    xml.leaf("title", feed.title)
    xml.leaf("updated", _moment(feed.updated))
    xml.leaf("link", rel="self", type="application/atom+xml", href=self_address)
    xml.leaf("link", rel="alternate", type="text/html", hreflang="id", href=feed.address)
    xml.author(PORTAL)
    xml.leaf("generator", PORTAL)
    xml.leaf("rights", RIGHTS)
    for entry in feed.entries:
        _write(xml, entry)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


def _write(xml: _Xml, entry: FeedEntry) -> None:
    xml.open("entry")
    xml.leaf("id", entry.address)
    xml.leaf("title", entry.title)
    xml.author(entry.author)
    xml.leaf("published", _moment(entry.published))
    xml.leaf("updated", _moment(entry.updated))
    xml.leaf("link", rel="alternate", type="text/html", href=entry.address)
    xml.leaf("category", term=entry.slug, label=entry.category)
    xml.leaf("content", entry.html, type="html")
    xml.endElement("entry")


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
