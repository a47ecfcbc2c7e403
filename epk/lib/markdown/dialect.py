"""The Markdown that is understood: CommonMark without HTML, with tables, strikethrough, mentions.

Bare web addresses become links, and a line end stays one: people who have never heard of Markdown
write their lines as in a letter.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as table_of_library
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import image as image_of_library
from markdown_it.rules_inline import link as link_of_library

from epk.lib.markdown.addresses import CONTROL, LONGEST_ADDRESS, is_allowed

MAX_NESTING: Final = 20
"""Levels of quotes and lists, of brackets, and of emphasis."""
MAX_COLUMNS: Final = 20
MAX_CELLS: Final = 5_000
"""Of all tables of a text together; a row of two characters can be a row of many empty cells."""

REFUSED: Final = "\0"
BEFORE_BARE: Final = re.compile(r"(?:^|[^\w+.-])(https?)$", re.IGNORECASE)
BARE: Final = re.compile(rf'://[^\s<>\[\]|\\^`{{}}"\x00-\x1f]{{1,{LONGEST_ADDRESS}}}')
NOT_AT_END: Final = "?!.,:;*_~'"
# Letters are listed: without regard to case, a `K` would also be the sign for kelvin.
MENTION: Final = re.compile(r"@([Pp][Kk]-[0-9]{6,9})(?![^\W_])")
NOT_BEFORE_MENTION: Final = re.compile(r"[^\W_]|[@.+-]")


class Dialect(MarkdownIt):
    """The parser; one serves all threads, what belongs to a text is in its `env`."""

    def __init__(self) -> None:
        options = {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": MAX_NESTING}
        super().__init__("commonmark", options)
        self.enable(["table", "strikethrough"])
        self.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
        self.inline.ruler.at("link", link)
        self.inline.ruler.at("image", image)
        self.inline.ruler.before("newline", "bare_address", bare_address)
        self.inline.ruler.before("newline", "mention", mention)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's own name
        """Encoded and in ASCII; what is too long or holds control characters is not even read."""
        if len(url) > LONGEST_ADDRESS or CONTROL.search(url):
            return REFUSED
        return super().normalizeLink(url)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's own name
        """Whether the address may be a link; otherwise the text stays as it was written."""
        return is_allowed(url)


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's tables, up to a width; of those past the number of cells none is made any more.

    Then nothing is counted again: a text of ten thousand small tables would otherwise be read ten
    thousand times.
    """
    if state.env.get("tables_are_off") or not table_of_library(state, start, end, True):
        return False
    columns = _columns(state, start + 1)
    if columns > MAX_COLUMNS or silent:
        return columns <= MAX_COLUMNS
    rows = next((n for n in range(start, end) if state.isEmpty(n)), end) - start
    cells = state.env.get("cells", 0) + columns * rows
    if cells > MAX_CELLS:
        state.env["tables_are_off"] = True
        return False
    state.env["cells"] = cells
    return table_of_library(state, start, end, False)


def _columns(state: StateBlock, line: int) -> int:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return len(text.strip().strip("|").split("|"))


def link(state: StateInline, silent: bool) -> bool:
    """The library's links; it would look for the end of each of ten thousand open brackets."""
    return _has_closing_bracket(state) and link_of_library(state, silent)


def image(state: StateInline, silent: bool) -> bool:
    """The library's pictures, likewise."""
    return _has_closing_bracket(state) and image_of_library(state, silent)


def _has_closing_bracket(state: StateInline) -> bool:
    return state.src.find("]", state.pos, state.posMax) >= 0


def bare_address(state: StateInline, silent: bool) -> bool:
    """`https://...` without brackets, at its `://`; the signs that end a sentence stay outside."""
    pos = state.pos
    if state.linkLevel > 0 or not state.src.startswith("://", pos):
        return False
    before = BEFORE_BARE.search(state.src[max(pos - 6, 0) : pos])
    found = BARE.match(state.src, pos, state.posMax)
    if before is None or found is None:
        return False
    scheme, rest = before[1], _without_end(found[0])
    href = state.md.normalizeLink(scheme + rest)
    if not state.md.validateLink(href):
        return False
    if not silent:
        if not state.pending.endswith(scheme):
            return False
        state.pending = state.pending.removesuffix(scheme)
        _push_link(state, href, state.md.normalizeLinkText(scheme + rest), "linkify")
    state.pos += len(rest)
    return True


def _without_end(address: str) -> str:
    """The address without the signs behind it, and without a bracket that it did not open."""
    excess = address.count(")") - address.count("(")
    end = len(address)
    while end > 0:
        if address[end - 1] == ")" and excess > 0:
            excess -= 1
        elif address[end - 1] not in NOT_AT_END:
            break
        end -= 1
    return address[:end]


def mention(state: StateInline, silent: bool) -> bool:
    """`@PK-000047`: an officer by register number."""
    pos = state.pos
    if state.linkLevel > 0 or state.src[pos] != "@":
        return False
    found = MENTION.match(state.src, pos, state.posMax)
    if found is None or (pos > 0 and NOT_BEFORE_MENTION.match(state.src[pos - 1])):
        return False
    if not silent:
        number = found[1].upper()
        _push_link(state, f"/direktori/{number}/", f"@{number}", "mention")
    state.pos = found.end()
    return True


def _push_link(state: StateInline, href: str, text: str, markup: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup = markup
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1).markup = markup


DIALECT: Final = Dialect()
