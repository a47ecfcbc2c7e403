"""The second wall: whatever the renderer wrote, only these tags, attributes and schemes come through."""

from __future__ import annotations

import re
from typing import Final

import nh3

from epk.lib.markdown.addresses import is_allowed
from epk.lib.markdown.shaping import ALIGNMENTS, REL

BLOCKS: Final = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table"}
TAGS: Final = BLOCKS | {
    *("li", "hr", "br", "code", "em", "strong", "s", "a"),
    *("div", "thead", "tbody", "tr", "th", "td"),
}
PLACES: Final = {"data-topik", "data-pos", "data-penulis", "data-petugas"}
ATTRIBUTES: Final = {"a": {"href", *PLACES}, "ol": {"start"}}
SCHEMES: Final = {"http", "https", "mailto"}

_DIRECTION: Final = {"dir": {"auto"}}
_SCROLLS: Final = {"tabindex": {"0"}, "role": {"group"}}
_CELL: Final = {"class": set(ALIGNMENTS.values())}
VALUES: Final[dict[str, dict[str, set[str]]]] = {
    **dict.fromkeys(BLOCKS, _DIRECTION),
    "pre": _DIRECTION | _SCROLLS | {"aria-label": {"Kode"}},
    "div": _SCROLLS | {"class": {"table-scroll"}, "aria-label": {"Tabel"}},
    "th": _CELL,
    "td": _CELL,
    "a": {"class": {"mention"}, "rel": {REL}},
}
"""Attributes that may have these values only."""


def _filtered(_tag: str, attribute: str, value: str) -> str | None:
    """The value, or None to leave the attribute out."""
    return None if attribute == "href" and not is_allowed(value) else value


_CLEANER: Final = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=VALUES,
    attribute_filter=_filtered,
    url_schemes=SCHEMES,
    link_rel=None,  # links inside the portal have none
)


# An address that no browser could open, such as `http://xn--xn.com/`, is taken out of its link.
LINK_TO_NOWHERE: Final = re.compile(rf'<a rel="{REL}">(.*?)</a>', re.DOTALL)


def sanitise(html: str) -> str:
    """The HTML that may be shown; of links without an address the words alone."""
    return LINK_TO_NOWHERE.sub(r"\1", _CLEANER.clean(html))
