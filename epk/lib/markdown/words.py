"""A text without its marks, and a text quoted in another."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote as percent

from epk.lib.markdown.dialect import DIALECT
from epk.lib.markdown.rendering import HIDDEN, LONGEST, whole
from epk.lib.markdown.shaping import SOMEBODY, WROTE, text_of

LONGEST_QUOTE: Final = 2_000
DEEPEST_QUOTE: Final = 2
LINE_END: Final = re.compile(r"\r\n?|\n")
INDENT: Final = re.compile(r"^[ \t]+")
MORE: Final = "…"


def plain(source: str, limit: int | None = None) -> str:
    """The words on one line, cut between words and ended by `…` where they pass `limit`."""
    parts: list[str] = []
    for token in DIALECT.parse(whole(source[:LONGEST]), {}):
        if token.type == "inline":
            parts.append(text_of(token.children or []))
        elif token.type in {"fence", "code_block"}:
            parts.append(token.content)
    text = " ".join(" ".join(parts).translate(HIDDEN).split())
    return text if limit is None or len(text) <= limit else _cut(text, limit)


def lines(source: str) -> str:
    """The words as they are read, line under line, without the marks between them."""
    parts: list[str] = []
    for token in DIALECT.parse(whole(source[:LONGEST]), {}):
        if token.type == "inline":
            parts.append(text_of(token.children or [], line_end="\n"))
        elif token.type in {"fence", "code_block"}:
            parts.append(token.content)
    return "\n".join(parts).translate(HIDDEN)


def quote(source: str, *, path: str) -> str:
    """A block quote that leads to the post, with an empty line behind it.

    `path` is an address of ours. It holds nobody's name: who wrote the post is put in at each look.
    The quotes within it are kept down to the second level.
    """
    address = percent(path, safe="/?#=&%-._~")
    quoted = f"> [{SOMEBODY}]({address}){WROTE}\n>\n"
    for line in _without_deep_quotes(source):
        written = f"> {line}".rstrip() + "\n"
        room = LONGEST_QUOTE - len(quoted) - len(f"> {MORE}\n\n")
        if len(written) > room:
            return f"{quoted}> {_cut(line, max(room, 1))}\n\n"
        quoted += written
    return f"{quoted}\n"


def _without_deep_quotes(source: str) -> list[str]:
    lines = LINE_END.split(whole(source[:LONGEST]))
    dropped: set[int] = set()
    depth = 1
    for token in DIALECT.parse("\n".join(lines), {}):
        if token.type in {"blockquote_open", "blockquote_close"}:
            depth += token.nesting
        if token.type == "blockquote_open" and depth > DEEPEST_QUOTE and token.map:
            dropped.update(range(*token.map))
    kept = [line for number, line in enumerate(lines) if number not in dropped]
    # A tab reaches less far behind the mark of a quote.
    spaced = [INDENT.sub(lambda found: found[0].expandtabs(4), line) for line in kept]
    while spaced and not spaced[-1].strip():
        spaced.pop()
    return spaced


def _cut(text: str, limit: int) -> str:
    """At most `limit` characters, ended at a blank unless that loses half of them."""
    if limit < 1:
        return ""
    short = text[: limit - 1]
    at = short.rfind(" ")
    return (short[:at] if at > limit // 2 else short).rstrip() + MORE
