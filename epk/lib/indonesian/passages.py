"""The part of a text that shows why it was found, and the telling words of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from epk.lib.indonesian.families import MARK
from epk.lib.indonesian.reading import LONGEST_TEXT, names_in, tokens

_BLANKS = re.compile(r"\s+")
_SNAP = 24
"""How far a cut may move to fall between two words."""
_EVERYWHERE = frozenset({"pk"})
"""Names that nearly every topic holds: two topics are not alike because of them."""
_BEGINNINGS = re.compile(r"^(?:me(?:ng|ny|m|n)?|pe(?:ng|ny|m|n|r)?|di|ter|ber|ke|se)(?=\w{4})")
_ENDINGS = re.compile(r"(?<=\w{4})(?:nya|kan|an|i)$")


class _Hit(NamedTuple):
    start: int
    end: int
    what: str


def passage(text: str, words: Iterable[str], length: int = 240) -> list[tuple[str, bool]]:
    """The stretch of the text with most of the words, cut into (part, is it one of them).

    `words` are those of a `Query`. Plain text goes in and comes out: whoever shows it escapes it.
    Blanks and line breaks become one blank; what is left out at an end is three dots.
    """
    text = text[:LONGEST_TEXT]
    hits = _hits(text, tuple(words))
    start, end = _window(text, hits, length)
    parts: list[tuple[str, bool]] = []
    if start > 0:
        parts.append(("… ", False))
    place = start
    for hit in hits:
        if hit.start < place or hit.end > end:
            continue
        parts += [(text[place : hit.start], False), (text[hit.start : hit.end], True)]
        place = hit.end
    parts.append((text[place:end], False))
    if end < len(text.rstrip()):
        parts.append((" …", False))
    tidy = ((_BLANKS.sub(" ", part), is_hit) for part, is_hit in parts)
    return [(part, is_hit) for part, is_hit in tidy if part]


def key_words(title: str, most: int = 8) -> list[str]:
    """What a title is about, the most telling first: names, then word families, then the rest."""
    words = [word for token in tokens(title[:LONGEST_TEXT]) for word in token.words]
    hits = [hit for hit in names_in(words) if hit.name.key not in _EVERYWHERE]
    named = {place for hit in names_in(words) for place in range(hit.start, hit.end)}
    names = [hit.name.key + MARK for hit in hits]
    others = [word for place, word in enumerate(words) if place not in named and len(word) >= 3]
    families = [word for word in others if word.endswith(MARK) and not word.isdigit()]
    return list(dict.fromkeys([*names, *families, *others]))[:most]


def _hits(text: str, words: tuple[str, ...]) -> list[_Hit]:
    """Where the words stand, in order and without overlap; the longer of two wins."""
    found = tokens(text)
    flat = [(word, place) for place, token in enumerate(found) for word in token.words]
    asked = _asked(words)
    hits = []
    for word, place in flat:
        if what := asked.for_word(word):
            hits.append(_Hit(found[place].start, found[place].end, what))
    for name in names_in([word for word, _place in flat]):
        if what := asked.for_keys((name.name.key, *name.name.also)):
            first, last = flat[name.start][1], flat[name.end - 1][1]
            hits.append(_Hit(found[first].start, found[last].end, what))
    apart: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not apart or hit.start >= apart[-1].end:
            apart.append(hit)
    return apart


class _Asked:
    """The words of a query, made ready to be compared."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.whole = frozenset(word for word in words if not word.endswith("*"))
        self.beginnings = tuple(word[:-1] for word in words if word.endswith("*"))
        plain = [word.rstrip("*") for word in words if not word.endswith(MARK)]
        self.roots = {_root(word): word for word in plain}

    def for_word(self, word: str) -> str:
        if word in self.whole:
            return word
        for beginning in self.beginnings:
            if word.startswith(beginning):
                return beginning
        return "" if word.endswith(MARK) else self.roots.get(_root(word), "")

    def for_keys(self, keys: tuple[str, ...]) -> str:
        return next((key for key in keys if self.for_word(key + MARK)), "")


@lru_cache(maxsize=64)
def _asked(words: tuple[str, ...]) -> _Asked:
    """Made ready once for all titles and texts of a page."""
    return _Asked(words)


@lru_cache(maxsize=8192)
def _root(word: str) -> str:
    """Roughly what PostgreSQL's stemmer leaves; at worst a word is found and not marked."""
    return _ENDINGS.sub("", _BEGINNINGS.sub("", word))


def _window(text: str, hits: list[_Hit], length: int) -> tuple[int, int]:
    """From where to where: most different words first, then most of them, then the earliest."""
    length = max(length, 1)
    if len(text) <= length:
        return 0, len(text)
    best, span = (0, 0), (0, 0)
    last = 0
    inside: dict[str, int] = {}
    for first, hit in enumerate(hits):
        while last < len(hits) and hits[last].end - hit.start <= length:
            inside[hits[last].what] = inside.get(hits[last].what, 0) + 1
            last += 1
        worth = (len(inside), last - first)
        if worth > best:
            best, span = worth, (hit.start, hits[last - 1].end)
        if last > first:
            inside[hit.what] -= 1
            if not inside[hit.what]:
                del inside[hit.what]
        last = max(last, first + 1)
    spare = max(length - (span[1] - span[0]), 0)
    start = max(min(span[0] - spare // 3, len(text) - length), 0)
    return _snapped(text, start, min(start + length, len(text)), span)


def _snapped(text: str, start: int, end: int, span: tuple[int, int]) -> tuple[int, int]:
    """Moved inwards to the next blank, if there is one near, but not into the hits."""
    if start > 0:
        blank = next(
            (at for at in range(start, min(start + _SNAP, span[0])) if text[at].isspace()), None
        )
        start = start if blank is None else blank + 1
    if end < len(text) and not text[end].isspace():
        blank = next(
            (at for at in range(end, max(end - _SNAP, span[1]), -1) if text[at].isspace()), None
        )
        end = end if blank is None else blank
    return start, end
