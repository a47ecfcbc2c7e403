"""From Markdown to the HTML that is stored, and what the text speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from epk.lib.markdown.dialect import DIALECT
from epk.lib.markdown.sanitiser import sanitise
from epk.lib.markdown.shaping import Shaper
from epk.lib.markdown.writing import Writer

VERSION: Final = 2
"""Stored beside each rendered text; a change of what is written here raises it."""
LONGEST: Final = 20_000
"""Characters of a source."""

HALF: Final = re.compile(r"[\ud800-\udfff]")
# `&#8238;` comes past the check of a form, so the signs are taken out of what is written.
HIDDEN: Final = dict.fromkeys(
    (
        *(*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)),
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    )
)
"""Control characters, and those that turn the direction of the text around them."""


@dataclass(frozen=True)
class Rendered:
    """HTML to be stored and shown, and whom and what it names, each once, in order.

    `mentions` are those to be told: a mention in a quote is somebody else's. `officers` are all whose
    name `fill` may need, those mentioned and those linked to.
    """

    html: str
    mentions: tuple[str, ...]
    topics: tuple[int, ...]
    posts: tuple[int, ...]
    officers: tuple[str, ...]


def render(source: str, *, own_host: str = "") -> Rendered:
    """Raises ValueError for more than `LONGEST` characters; `own_host` as in `contoh.go.id:8000`."""
    if len(source) > LONGEST:
        raise ValueError(f"{len(source)} characters of Markdown, at most {LONGEST} are read")
    env: dict[str, object] = {}
    tokens = DIALECT.parse(whole(source), env)
    shaper = Shaper(own_host)
    shaper.shape(tokens)
    html = Writer().render(tokens, DIALECT.options, env).translate(HIDDEN)
    found = shaper.found
    return Rendered(
        html=sanitise(html),
        mentions=tuple(found.mentions),
        topics=tuple(found.topics),
        posts=tuple(found.posts),
        officers=tuple(found.officers),
    )


def whole(source: str) -> str:
    """The text without halves of characters, which no database and no library takes."""
    return HALF.sub("\ufffd", source)
