"""HTML made from the text of a mail: paragraphs, links, labels of links, lists.

- A blank line ends a paragraph; the lines of one paragraph stay lines.
- A link alone on its line is a link. Where the line directly above it ends in a colon, that line is
  its label, and the two become a button.
- A line `- ...` is an item. Lines under it, set in by two spaces, belong to it; a link among them
  is what the item leads to.

Everything is escaped. There are no styles and no pictures, and no colour without its background, so
that a reader's own colours hold, light or dark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from epk.lib.mail.sources import filled_html

BUTTON: Final = "mail/button.html"
LINK: Final = re.compile(r"https?://\S+")
PARAGRAPH_END: Final = re.compile(r"\n\s*\n")
ITEM: Final = "- "
WITHIN: Final = "  "
MAY_BREAK: Final = re.compile(r"[/?&=_.-]+|[^/?&=_.-]{20}")
"""After these a long link may go on in the next line."""
BREAK: Final = mark_safe("<br>\n")


@dataclass
class _Block:
    """Lines that belong together: those of an item, or some that are none."""

    is_item: bool
    lines: list[str] = field(default_factory=list)


def to_html(text: str, *, buttons: bool = True) -> SafeString:
    """The text as HTML; without `buttons` a label with its link is a plain link."""
    parts: list[SafeString] = []
    for paragraph in PARAGRAPH_END.split(text.strip()):
        for block in _blocks(paragraph.splitlines()):
            parts += [_item(block.lines)] if block.is_item else _lines(block.lines, buttons)
    html = "\n".join(parts).replace("</ul>\n<ul>\n", "")
    return mark_safe(html)  # noqa: S308 - every part is escaped


def _blocks(lines: list[str]) -> list[_Block]:
    found: list[_Block] = []
    for line in lines:
        within_item = bool(found) and found[-1].is_item and line.startswith(WITHIN)
        if line.startswith(ITEM):
            found.append(_Block(is_item=True))
        elif not found or (found[-1].is_item and not within_item):
            found.append(_Block(is_item=False))
        found[-1].lines.append(line.removeprefix(ITEM).strip())
    return found


def _lines(lines: list[str], buttons: bool) -> list[SafeString]:
    """A label is what the template says it is, even where its words look like a link."""
    parts: list[SafeString] = []
    pending: list[str] = []
    left = list(lines)
    while left:
        line = left.pop(0)
        if not (line.endswith(":") and left and LINK.fullmatch(left[0])):
            pending.append(_line(line))
            continue
        link, label = left.pop(0), line.removesuffix(":")
        if buttons:
            parts += [*_paragraph(pending), filled_html(BUTTON, {"link": link, "label": label})]
            pending = []
        else:
            pending.append(_anchor(link, label))
    return [*parts, *_paragraph(pending)]


def _paragraph(lines: list[str]) -> list[SafeString]:
    return [format_html("<p>{}</p>", _joined(lines))] if lines else []


def _item(lines: list[str]) -> SafeString:
    """An item; its first line is what is clicked where it has a link below it, whatever it says."""
    first, *rest = lines
    leads_on = any(map(LINK.fullmatch, lines))
    link = next((line for line in rest if LINK.fullmatch(line)), "")
    if link:
        rest.remove(link)
        head: str = _anchor(link, first.removesuffix(":"))
    else:
        head = _line(first)
    # A paragraph within keeps links of neighbours apart, for fingers.
    frame = "<ul>\n<li><p>{}</p></li>\n</ul>" if leads_on else "<ul>\n<li>{}</li>\n</ul>"
    return format_html(frame, _joined([head, *map(_line, rest)]))


def _joined(lines: list[str]) -> SafeString:
    return format_html_join(BREAK, "{}", ([line] for line in lines))


def _line(line: str) -> str:
    """A link with places where it may be broken; other text as it is, escaped when put in."""
    if not LINK.fullmatch(line):
        return line
    shown = MAY_BREAK.sub(lambda found: found[0] + "\0", line)
    return _anchor(line, mark_safe(escape(shown).replace("\0", "<wbr>")))  # noqa: S308 - escaped


def _anchor(link: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', link, text)
