"""Titles and names put in the place of addresses, for one reader, when a stored text is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

# Written by us alone: in what people type, every `<` is escaped and every `"` of an address encoded.
PLACEHOLDER: Final = re.compile(
    r'(<a (?:class="mention" )?href="[^"<>]*" data-(topik|pos|penulis|petugas)="([^"<>]*)">)(@?)[^<]*</a>'
)


def fill(
    html: str,
    *,
    topics: Mapping[int, str],
    posts: Mapping[int, str],
    officers: Mapping[str, str],
    authors: Mapping[int, str] | None = None,
) -> str:
    """The HTML with the titles and names in the mappings: those that this reader may see.

    `authors` are those of quoted posts, by post. What is in none of them keeps its bare address, its
    register number, or the word for somebody.
    """
    if " data-" not in html:
        return html

    numbered = {"topik": topics, "pos": posts, "penulis": authors or {}}

    def named(found: re.Match[str]) -> str:
        opening, kind, key, sign = found.groups()
        name = officers.get(key) if kind == "petugas" else numbered[kind].get(int(key))
        return f"{opening}{sign}{escape(name)}</a>" if name else found[0]

    return PLACEHOLDER.sub(named, html)
