"""What a person typed into a search, read into terms that PostgreSQL understands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from epk.lib.indonesian.families import FORMS, MARK
from epk.lib.indonesian.names import Name
from epk.lib.indonesian.reading import LONGEST_TEXT, Token, names_in, tokens

MOST_WORDS = 12
MOST_DROPPED = 30
"""How many words that were not used are told; nobody reads more."""
SHORTEST_PREFIX = 3
SHORTEST_FAMILY_PREFIX = 4
MOST_FAMILIES = 6

_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))
_NEGATED = re.compile(r"(?<!\S)-(?=\w)\S+")
_MINUS = re.compile(r"(?<!\S)-$")
_AFTER_ROOT = frozenset({"kan", "an"})
"""*tempat* is no beginning of *tempatkan*: a root that is not of the family is a word of its own."""
_SORTED_FORMS = sorted(FORMS)


@dataclass(frozen=True)
class Term:
    """One thing that is asked for, or with `negated` must not be there."""

    ways: tuple[str, ...]
    """Texts for `to_tsquery('simple', ...)`, each of which is enough."""
    words: tuple[str, ...] = ()
    """What to mark where the term is found; `kred*` is a beginning."""
    stem: str = ""
    """The word whose stem is enough as well: a text for `to_tsquery('indonesian', ...)`."""
    negated: bool = False

    @property
    def text(self) -> str:
        """The term for `to_tsquery('simple', ...)`, without its stem."""
        ways = f"({' | '.join(self.ways)})"
        return f"!{ways}" if self.negated else ways


@dataclass(frozen=True)
class Query:
    """What is searched for. False when nothing is left to search for."""

    terms: tuple[Term, ...] = ()
    dropped: tuple[str, ...] = ()
    """Words as typed that are not searched for: they say nothing, or are too many."""

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def text(self) -> str:
        """All terms for `to_tsquery('simple', ...)`; `epk.lib.text_search` adds the stems."""
        return " & ".join(term.text for term in self.terms)

    @property
    def words(self) -> tuple[str, ...]:
        """What to mark in a passage."""
        asked = [word for term in self.terms if not term.negated for word in term.words]
        return tuple(dict.fromkeys(asked))


@dataclass(frozen=True)
class _Part:
    """A stretch of what was typed: words, a phrase in quotes, or what must not be there."""

    text: str
    quoted: bool = False
    negated: bool = False


def query(text: str) -> Query:
    """Read what was typed: words, "words in this order", -without; the last word may go on.

    Whatever is typed gives a Query. A text of nothing but everyday words is read again in capitals,
    because someone who types only *akan* or *pak* means AKAN or PAK.
    """
    typed = text[:LONGEST_TEXT].translate(_QUOTES)
    found = _read(typed)
    return found or _read(typed.upper()) or found


def _read(text: str) -> Query:
    parts = list(_parts(text))
    reader = _Reader()
    for place, part in enumerate(parts):
        reader.take(part, last=place == len(parts) - 1)
    if all(term.negated for term in reader.terms):
        # All but these: nothing is searched for, and the whole table would have to be read.
        return Query((), _told([*reader.dropped, *reader.refused]))
    return Query(tuple(reader.terms), _told(reader.dropped))


def _told(dropped: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word[:40] for word in dropped))[:MOST_DROPPED]


def _parts(text: str) -> Iterator[_Part]:
    """The stretches in their order; a quote that is not closed counts as none."""
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        pieces[-2:] = [" ".join(pieces[-2:])]
    for place, piece in enumerate(pieces):
        if place % 2:
            negated = bool(_MINUS.search(pieces[place - 1]))
            yield _Part(piece, quoted=True, negated=negated)
            continue
        start = 0
        for match in _NEGATED.finditer(piece):
            yield from _plain(piece[start : match.start()])
            yield _Part(match[0][1:], negated=True)
            start = match.end()
        yield from _plain(piece[start:])


def _plain(text: str) -> Iterator[_Part]:
    if text.strip():
        yield _Part(text)


class _Reader:
    """Collects terms until the words are too many."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.dropped: list[str] = []
        self.refused: list[str] = []
        self._used = 0

    def take(self, part: _Part, *, last: bool) -> None:
        used = self._usable(part)
        if not used:
            return
        if part.negated:
            self.refused += [f"-{token.typed}" for token in used]
        if part.quoted or part.negated:
            self.terms.append(_phrase(used, part))
            return
        unfinished = used[-1] if last and self._is_last(part, used[-1]) else None
        self.terms += _words(used, unfinished)

    def _usable(self, part: _Part) -> list[Token]:
        used = []
        for token in tokens(part.text):
            if token.words and self._used < MOST_WORDS:
                self._used += 1
                used.append(token)
            else:
                self.dropped.append(token.typed)
        return used

    @staticmethod
    def _is_last(part: _Part, token: Token) -> bool:
        return not any(letter.isalnum() for letter in part.text[token.end :])


def _phrase(used: list[Token], part: _Part) -> Term:
    """Words that follow each other; a name written out is found where it is shortened too."""
    words = [word for token in used for word in token.words]
    ways = [" <-> ".join(_quoted(word) for word in words)]
    keys = [hit.name.key + MARK for hit in names_in(words) if hit.end - hit.start == len(words)]
    if len(words) > 1:
        ways = [f"({ways[0]})"]
    return Term((*ways, *map(_quoted, keys)), (*words, *keys), negated=part.negated)


def _words(used: list[Token], unfinished: Token | None) -> list[Term]:
    """Each name is one term, each other word too."""
    words = [(word, token) for token in used for word in token.words]
    longest = _longest_names([word for word, _token in words])
    found: dict[Term, None] = {}
    place = 0
    while place < len(words):
        if place in longest:
            place, name = longest[place]
            found[Term((_quoted(name.key + MARK),), (name.key + MARK,))] = None
            continue
        word, token = words[place]
        found[_beginning(word) if token is unfinished else _word(word)] = None
        place += 1
    return list(found)


def _longest_names(words: list[str]) -> dict[int, tuple[int, Name]]:
    """By where it starts, the longest name there and where it ends."""
    longest: dict[int, tuple[int, Name]] = {}
    for hit in names_in(words):
        if hit.start not in longest or longest[hit.start][0] < hit.end:
            longest[hit.start] = hit.end, hit.name
    return longest


def _word(word: str) -> Term:
    if word.endswith(MARK) or not word.isalpha():
        return Term((_quoted(word),), (word,))
    return Term((_quoted(word),), (word,), word)


def _beginning(word: str) -> Term:
    """The last word, which may not be typed to its end: *kred*, *menempat*."""
    if word.endswith(MARK) or not word.isalpha() or len(word) < SHORTEST_PREFIX:
        return _word(word)
    families = _families_beginning(word)
    ways = (f"{_quoted(word)}:*", *map(_quoted, families))
    return Term(ways, (f"{word}*", *families), word)


def _families_beginning(word: str) -> list[str]:
    """Keys of families of which a form begins so, but not the key itself."""
    found: dict[str, None] = {}
    if len(word) >= SHORTEST_FAMILY_PREFIX:
        for form in _SORTED_FORMS[bisect_left(_SORTED_FORMS, word) :]:
            if not form.startswith(word) or len(found) >= MOST_FAMILIES:
                break
            of_root = form.removeprefix(word) in _AFTER_ROOT
            if not of_root and not FORMS[form].startswith(word):
                found[FORMS[form]] = None
    return list(found)


def _quoted(word: str) -> str:
    """As an operand of a tsquery; a word holds nothing but letters and digits."""
    return f"'{word}'"
