"""What the HTML of a post may hold, written down once more and judged without our own code."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "div", "table", "thead", "tbody", "tr", "th", "td"),
}
EMPTY = {"br", "hr"}
REL = "nofollow noopener noreferrer ugc"
ATTRIBUTES = {
    "dir": re.compile("auto"),
    "tabindex": re.compile("0"),
    "role": re.compile("group"),
    "aria-label": re.compile("Kode|Tabel"),
    "class": re.compile("mention|table-scroll|text-end|text-center"),
    "start": re.compile("[0-9]{1,9}"),
    "rel": re.compile(REL),
    "href": re.compile("[!-~]*"),
    "data-topik": re.compile("[0-9]{1,18}"),
    "data-pos": re.compile("[0-9]{1,18}"),
    "data-petugas": re.compile("PK-[0-9]{6,9}"),
}
# As a browser reads it: what comes before the first colon, unless the path has begun.
SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):")
# A host that is not ours: after two slashes of either kind.
OTHER_HOST = re.compile(r"[\x00-\x20]*[/\\]{2}")


class _Judge(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in values.items():
            if name not in ATTRIBUTES or not ATTRIBUTES[name].fullmatch(value):
                self.faults.append(f"<{tag} {name}={value!r}>")
        if tag == "a":
            self._judge_link(values)
        if tag not in EMPTY:
            self.open.append(tag)

    def _judge_link(self, values: dict[str, str]) -> None:
        href = values.get("href", "")
        scheme = SCHEME.match(re.sub(r"[\t\n\r]", "", href))
        if "a" in self.open:
            self.faults.append("a link in a link")
        if OTHER_HOST.match(href) or (
            scheme and scheme[1].lower() not in {"http", "https", "mailto"}
        ):
            self.faults.append(f"leads to {href}")
        is_outside = bool(scheme) and scheme[1].lower() != "mailto"
        if is_outside != ("rel" in values):
            self.faults.append(f"rel of {href}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data!r}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration {data!r}")


def faults(html: str) -> list[str]:
    """What must not be in it; nothing for HTML that may be shown."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.faults + [f"<{tag}> stays open" for tag in judge.open]
