"""What was removed and added between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

WORDS: Final = re.compile(r"\s+|[^\s]+")
MOST_WORDS: Final = 6_000
"""Above it lines are compared in place of words: the comparison grows with the square."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is "same", "added" or "removed"."""

    text: str
    kind: str


def compare(old: str, new: str) -> list[Piece]:
    """What was removed and added, word by word; line by line for long texts."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > 400)
    pieces = []
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            pieces.append(Piece("".join(before[a:b]), "same"))
            continue
        if b > a:
            pieces.append(Piece("".join(before[a:b]), "removed"))
        if d > c:
            pieces.append(Piece("".join(after[c:d]), "added"))
    return pieces
