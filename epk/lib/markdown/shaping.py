"""What is changed between reading a text and writing its HTML: links, headings, pictures, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from markdown_it.token import Token

from epk.lib.markdown.addresses import BARE_PLACE, Address, judge
from epk.lib.markdown.dialect import DIALECT, MAX_NESTING

REL: Final = "nofollow noopener noreferrer ugc"
LONGEST_OF_ALL_ADDRESSES: Final = 100_000
"""One definition can be used thousands of times: `[a]: https://...` and then `[a][a][a]...`."""
NAMELESS: Final = "gambar"
SOMEBODY: Final = "Rekan"
WROTE: Final = " menulis:"
"""`> [Rekan](/forum/pos/5/) menulis:` begins a quote. Older ones have a name, which is not read."""
ALIGNMENTS: Final = {"text-align:right": "text-end", "text-align:center": "text-center"}


@dataclass
class Found:
    """What a text speaks of, in the order of the text; dicts, because each stands there once."""

    mentions: dict[str, None] = field(default_factory=dict)
    topics: dict[int, None] = field(default_factory=dict)
    posts: dict[int, None] = field(default_factory=dict)
    officers: dict[str, None] = field(default_factory=dict)

    def note(self, address: Address) -> None:
        if address.kind == "topik":
            self.topics[int(address.key)] = None
        elif address.kind == "pos":
            self.posts[int(address.key)] = None
        elif address.kind == "petugas":
            self.officers[address.key] = None


class Shaper:
    """One pass over the tokens of one text."""

    def __init__(self, own_host: str) -> None:
        self.own_host = own_host
        self.found = Found()
        self._room = LONGEST_OF_ALL_ADDRESSES
        self._quotes = 0

    def shape(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type in {"blockquote_open", "blockquote_close"}:
                self._quotes += token.nesting
            if token.type == "inline":
                token.children = self._inline(token.children or [])
            else:
                _block(token)

    def _inline(self, tokens: list[Token]) -> list[Token]:
        shaped: list[Token] = []
        names_author = self._quotes > 0 and _begins_quote(tokens)
        waiting = iter(tokens)
        for token in waiting:
            if token.type == "link_open":
                # Links hold no links, so the next end is that of this one.
                within = takewhile(lambda inner: inner.type != "link_close", waiting)
                shaped += self._link(
                    token,
                    [_as_text(inner) for inner in within],
                    names_author=names_author and not shaped,
                )
            elif token.type == "image":
                shaped += self._link(*_picture(token))
            elif token.type == "text" and "/" in token.content:
                shaped += self._places(token)
            else:
                shaped.append(token)
        return _not_too_deep(shaped)

    def _places(self, token: Token) -> list[Token]:
        """A text with the bare paths of topics, posts and officers in it as links."""
        parts: list[Token] = []
        end = 0
        for found in BARE_PLACE.finditer(token.content):
            parts.append(_text(token.content[end : found.start()]))
            opening = Token("link_open", "a", 1, attrs={"href": found[0]})
            parts += self._link(opening, [_text(found[0])])
            end = found.end()
        return [*parts, _text(token.content[end:])] if parts else [token]

    def _link(
        self, opening: Token, within: list[Token], *, names_author: bool = False
    ) -> list[Token]:
        """The link with what it needs, or only its text where it may not be one."""
        address = judge(str(opening.attrs["href"]), self.own_host)
        if address is None or len(address.href) > self._room:
            return within
        self._room -= len(address.href)
        self.found.note(address)
        opening.attrs = {"href": address.href}
        if opening.markup == "mention":
            opening.attrs = {"class": "mention", "href": address.href, "data-petugas": address.key}
            if self._quotes == 0:  # what is quoted has been said to them before
                self.found.mentions[address.key] = None
        elif names_author and address.kind == "pos":
            opening.attrs["data-penulis"] = address.key
            within = [_text(SOMEBODY)]
        elif address.outside:
            opening.attrs["rel"] = REL
        elif address.kind and self._is_bare(address, within):
            opening.attrs[f"data-{address.kind}"] = address.key
            within = [_text(address.path)]
        return [opening, *within, Token("link_close", "a", -1)]

    def _is_bare(self, address: Address, within: list[Token]) -> bool:
        """Whether the text of the link is nothing but the address."""
        if len(within) != 1 or within[0].type != "text":
            return False
        said = judge(DIALECT.normalizeLink(within[0].content.strip()), self.own_host)
        return said is not None and (said.kind, said.key) == (address.kind, address.key)


def _block(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        # The page has its h1, the topic its h2: the outline goes on below them.
        token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    elif token.type in {"th_open", "td_open"}:
        alignment = ALIGNMENTS.get(str(token.attrs.pop("style", "")))
        if alignment:
            token.attrs["class"] = alignment
    if token.level == 0 and token.nesting >= 0 and token.type != "hr":
        token.attrs["dir"] = "auto"


def _picture(token: Token) -> tuple[Token, list[Token]]:
    """A picture as the link to it: the policy of our pages shows none from elsewhere."""
    opening = Token("link_open", "a", 1, attrs={"href": token.attrs["src"]})
    return opening, [_as_text(token)]


def _begins_quote(tokens: list[Token]) -> bool:
    """Whether a line is a link and, right behind it, the word that somebody wrote this."""
    if not tokens or tokens[0].type != "link_open":
        return False
    end = [token.type for token in tokens].index("link_close")
    behind = tokens[end + 1 : end + 2]
    return bool(behind) and behind[0].type == "text" and behind[0].content.startswith(WROTE)


def _as_text(token: Token) -> Token:
    """A picture's text; anything else is left as it is."""
    if token.type != "image":
        return token
    return _text(text_of(token.children or []).strip() or NAMELESS)


def text_of(tokens: list[Token], line_end: str = " ") -> str:
    """The words of a paragraph without their marks."""
    words: list[str] = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            words.append(token.content)
        elif token.type == "image":
            words.append(text_of(token.children or [], line_end))
        elif token.type in {"softbreak", "hardbreak"}:
            words.append(line_end)
    return "".join(words)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _not_too_deep(tokens: list[Token]) -> list[Token]:
    """Without the marks of emphasis that lie deeper than anybody can see; the words stay."""
    depth = 0
    for token in tokens:
        if token.nesting < 0:
            depth -= 1
        token.hidden = token.nesting != 0 and token.tag != "a" and depth >= MAX_NESTING
        if token.nesting > 0:
            depth += 1
    return tokens
