"""HTML that came along from a word processor, turned into the Markdown that was meant.

Only tags that word processors write are taken out; every word stays, and so does anything that
merely looks like a tag, such as `<nama@contoh.example>`.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = {"p", "div", "section", "article", "center", "ul", "ol", "table", "blockquote"}
HEADINGS: Final = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "### ", "h5": "### ", "h6": "### "}
MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*"}
SILENT: Final = {"style", "script", "head", "xml"}
"""What nobody wrote: the word processor did."""
PLAIN: Final = {
    *("html", "body", "span", "font", "u", "s", "sub", "sup", "small", "big", "meta", "link"),
    *("tbody", "thead", "tfoot", "colgroup", "col", "title", "tr", "td", "th", "li", "a", "br"),
    *("img", "hr"),
}
WRITTEN: Final = {
    **{tag: f"\n\n{mark}" for tag, mark in HEADINGS.items()},
    **MARKS,
    "hr": "\n\n---\n\n",
}
KNOWN: Final = BLOCKS | set(HEADINGS) | set(MARKS) | SILENT | PLAIN
NAMESPACES: Final = ("o:", "w:", "v:", "m:", "st1:")
PASTED: Final = re.compile(
    r"</(?:p|div|span|font|table|tr|td|li|ul|ol|h[1-6]|b|strong|i|em|body|o:p)\s*>"
    r"|<(?:p|div|span|font|table)\s+(?:class|style|align)=|<!--\[if",
    re.IGNORECASE,
)
CODE: Final = re.compile(
    r"(^(?P<f>`{3,}|~{3,})[^\n]*\n.*?^(?P=f)[^\n]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL
)


def without_pasted_html(text: str) -> tuple[str, bool]:
    """The text as Markdown, and whether anything had to be done; code is left as it is."""
    code: list[str] = []

    def kept(found: re.Match[str]) -> str:
        code.append(found[0])
        return f"\ue000{len(code) - 1}\ue001"

    bare = CODE.sub(kept, text)
    if not PASTED.search(bare):
        return text, False
    reader = _Reader()
    reader.feed(bare)
    reader.close()
    if reader.is_silent:  # a tag without its end would swallow what somebody wrote
        return text, False
    plain = re.sub(r"\ue000(\d+)\ue001", lambda found: code[int(found[1])], reader.text())
    return plain, True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0
        self._lists: list[str] = []
        self._links: list[str] = []
        self._row: list[str] | None = None
        self._cell: int | None = None
        self._first_row = True

    @property
    def is_silent(self) -> bool:
        return self._silent > 0

    def text(self) -> str:
        joined = "".join(self._parts).replace("\u00a0", " ")
        lines = [line.rstrip() for line in joined.splitlines()]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in WRITTEN:
            self._parts.append(WRITTEN[tag])
        elif tag in BLOCKS:
            self._begin_block(tag)
        elif tag in {"tr", "td", "th"}:
            self._begin_cell(tag)
        elif tag in {"a", "img", "li", "br"}:
            self._begin_inline(tag, dict(attrs))
        elif tag not in PLAIN and not tag.startswith(NAMESPACES):
            self.handle_data(self.get_starttag_text() or "")

    def _begin_inline(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "br":
            self._parts.append("\n" if self._row is None else " ")
        elif tag == "li":
            self._parts.append("\n" + ("1. " if self._lists[-1:] == ["ol"] else "- "))
        elif tag == "img":
            self._parts.append(attrs.get("alt") or "")
        else:
            self._links.append(attrs.get("href") or "")
            self._parts.append("[" if self._links[-1] else "")

    def _begin_cell(self, tag: str) -> None:
        if tag == "tr":
            self._row = []
        else:
            self._cell = len(self._parts)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in KNOWN and tag not in {"br", "hr", "img"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in MARKS:
            self._parts.append(MARKS[tag])
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._parts.append(f"]({address})" if address else "")
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in {"ul", "ol"}:
            if self._lists:
                self._lists.pop()
            self._parts.append("\n\n")
        elif (tag in BLOCKS or tag in HEADINGS) and self._row is None:
            self._parts.append("\n\n")
        elif tag not in KNOWN and not tag.startswith(NAMESPACES):
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)

    def unknown_decl(self, data: str) -> None:
        """Marks of the word processor (`<![if !supportLists]>`), which say nothing."""

    def _begin_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(tag)
        if tag == "table":
            self._first_row = True
        self._parts.append("\n\n" if self._row is None else " ")

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        words = " ".join("".join(self._parts[self._cell :]).split())
        del self._parts[self._cell :]
        self._row.append(words.replace("|", "\\|"))
        self._cell = None

    def _end_row(self) -> None:
        row, self._row = self._row or [], None
        if not row:
            return
        self._parts.append(f"\n| {' | '.join(row)} |")
        if self._first_row:
            self._parts.append("\n|" + " --- |" * len(row))
        self._first_row = False
