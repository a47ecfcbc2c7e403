"""Titles and names put in the place of addresses, for one reader, when a stored text is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

# Written by us alone: in what people type, every `<` is escaped and every `"` of an address encoded.
PLACEHOLDER: Final = re.compile(
    r'(<a (?:class="mention" )?href="[^"<>]*" data-(topik|pos|petugas)="([^"<>]*)">)(@?)[^<]*</a>'
)


def fill(
    html: str, *, topics: Mapping[int, str], posts: Mapping[int, str], officers: Mapping[str, str]
) -> str:
    """The HTML with the titles and names in the mappings: those that this reader may see.

    What is not in them keeps its bare address, or its register number.
    """
    if " data-" not in html:
        return html

    def named(found: re.Match[str]) -> str:
        opening, kind, key, sign = found.groups()
        if kind == "petugas":
            name = officers.get(key)
        else:
            name = (topics if kind == "topik" else posts).get(int(key))
        return f"{opening}{sign}{escape(name)}</a>" if name else found[0]

    return PLACEHOLDER.sub(named, html)
