"""Reads a text into the words that are searched for: the same for the index and for a query."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from epk.lib.indonesian.families import FORMS, MARK
from epk.lib.indonesian.names import NAMES, REGULATIONS, WRITTEN_OUT, Name
from epk.lib.indonesian.stop_words import SPELLINGS, SPELT_OUT, STOP_WORDS

LONGEST_TEXT = 100_000
"""Characters that are read; a vector of PostgreSQL holds a megabyte, which more could fill."""
LONGEST_WORD = 64
"""Letters of a word that count; `to_tsquery` refuses words of 2,048 bytes."""
_LONGEST_TYPED = 2 * LONGEST_WORD
"""With accents that stand alone; no more of a word is kept in memory."""

_HIDDEN = r"\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
"""Accents that stand alone, soft hyphens and signs without width: part of the word around them."""
_TOKEN = re.compile(
    rf"""
      (?=\d)(?:
          (?P<nip>(?<!\d)\d{{8}}[ .]?\d{{6}}[ .]?\d[ .]?\d{{3}}(?!\d))
        | (?P<law>(?<![\d/.,])\d{{1,4}}\s{{1,3}}(?:tahun|thn|th)\b\.?\s{{0,3}}(?:19|20)\d\d(?!\d))
        | (?P<money>(?<![\d.,])\d{{1,3}}(?:\.\d{{3}}){{1,6}}(?![\d.]))
        | (?P<step>\b[1-4]\s?[/.]\s?[a-e]\b|\b[1-4]-?[a-e]\b)
        | (?P<number>(?<!\d)\d{{1,20}}(?:[/.,]\d{{1,20}}){{1,5}}|\b\d{{1,2}}-\d{{1,2}}-\d{{4}}\b)
      )
    | (?=[abdegiknptu])\b(?:
          (?P<failed>(?:tidak|tdk|tak|ng?gak?|engga|enggak|gak?|belum|blm|blom)\s{{1,3}}lulus\b)
        | (?P<card>AK\s?[/.-]\s?[1I](?![\w.,/]?\w))
        | (?P<grade>(?:IV|I{{1,3}})\s?[/.]\s?[a-e]\b|(?:IV|I{{2,3}})[\s-]?[a-e]\b)
        | (?P<pair>(?:dalam\s{{1,3}}negeri|terima\s{{1,3}}kasih|tanda\s{{1,3}}tangan
                    |undang[\s-]undang)(?=(?:nya|an)?\b))
      )
    | (?P<word>[^\W_](?:[^\W_]|[{_HIDDEN}'’ʼ]{{1,3}}[^\W_])*)[{_HIDDEN}]*
      (?:(?<=[^\W\d_])-(?P=word)(?:nya|an)?(?!\w))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PAIRS = {"dalam": "dalamnegeri", "terima": "makasih", "tanda": "tandatangan"}
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_YEAR = re.compile(r"(?:19|20)\d\d")

# Of three short forms the same letters are an everyday word, and what stands beside them tells:
# PAK (a decision) and Pak, AKAN (placement abroad) and "will", SE (a circular) and the degree S.E.
_BESIDE = {
    "after pak": """
        awal baru hilang integrasi keluar konvensional konversi kumulatif lama sementara siasn tahun
        tahunan terakhir terbaru terbit
    """,
    "before pak": """
        berkas blangko cetak contoh dokumen fotokopi format jumlah lampiran mencetak nilai nomor
        pembuatan penerbitan pengajuan penilaian salinan sk terbit unggah upload usul usulan
    """,
    "akan": "akad akl",
    "after se": "bersama bkn dirjen kepala menaker mendagri menpan menpanrb menteri no nomor sekjen",
}
_AFTER_PAK, _BEFORE_PAK, _BESIDE_AKAN, _AFTER_SE = (
    frozenset(words.split()) for words in _BESIDE.values()
)
_TWO_MEANINGS = {
    "pak": "penetapan angka kredit",
    "akan": "antar kerja antar negara",
    "se": "surat edaran",
}
_Found = tuple[tuple[str, ...], tuple[str, ...]]
"""Words in their place, and what the text is found by as well."""
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")


class Token(NamedTuple):
    """A word as it stands in a text, and what is searched for it."""

    start: int
    end: int
    typed: str
    words: tuple[str, ...]
    """Nothing for a stop word, several for a short form that is written out."""
    extra: tuple[str, ...] = ()
    """What it is found by as well: the year of a regulation."""


class NameFound(NamedTuple):
    """A name among words, from the place `start` to before `end`."""

    start: int
    end: int
    name: Name


def normalise(text: str) -> str:
    """What `to_tsvector` gets: the words in their order, then keys of names and years.

    The keys come last, so that words that follow each other in the text do so here too.
    """
    found = tokens(text[:LONGEST_TEXT])
    words = [word for token in found for word in token.words]
    last = [extra for token in found for extra in token.extra]
    for hit in names_in(words):
        last += [f"{key}{MARK}" for key in (hit.name.key, *hit.name.also)]
    return " ".join([*words, *last])


def tokens(text: str) -> list[Token]:
    """The words of a text in their order, stop words too (without anything to search)."""
    matches = list(_TOKEN.finditer(text))
    loud = len(matches) >= 5 and not any(letter.islower() for letter in text)
    found: list[Token] = []
    for place, match in enumerate(matches):
        if found and found[-1].end > match.start():
            continue  # the year, which the number before it took along
        typed, end = match[0], match.end()
        extra: tuple[str, ...] = ()
        if match.lastgroup != "word":
            words, extra = _NUMBERS[match.lastgroup or ""](typed.casefold())
        elif typed.isdigit() and _is_late_number(matches, place):
            end = matches[place + 1].end()
            words, extra = _number(f"{typed}/{matches[place + 1][0]}")
        else:
            words = _word(match["word"][:_LONGEST_TYPED])
            if typed.casefold() in _TWO_MEANINGS:
                words = _meant(_Around(matches, place, loud=loud)) or words
        found.append(Token(match.start(), end, text[match.start() : end], words, extra))
    return found


def names_in(words: list[str]) -> list[NameFound]:
    """The names that stand in these words, also one within another, unless it is not meant."""
    found: list[NameFound] = []
    hidden: dict[str, int] = {}
    by_first = _ways()
    for start, word in enumerate(words):
        for way, name in by_first.get(word, ()):
            end = start + len(way)
            if words[start:end] != way or hidden.get(name.key, 0) > start:
                continue
            found.append(NameFound(start, end, name))
            for key in (name.key, *name.hides):
                hidden[key] = max(end, hidden.get(key, 0))
    return found


@lru_cache(maxsize=10_000)
def canonical(word: str) -> tuple[str, ...]:
    """What a folded word is searched by: nothing, its key, its words written out, or itself."""
    word = SPELT_OUT.get(word, word)
    if word in STOP_WORDS:
        return ()
    if known := _known(word):
        return known
    for ending in _ENDINGS:
        if word.endswith(ending) and (known := _known(word.removesuffix(ending))):
            return known
    if word.endswith("nya") and len(word) >= 8:
        return (word.removesuffix("nya"),)
    if word.endswith("2") and len(word) >= 5 and word[:-1].isalpha():
        return canonical(word[:-1])  # syarat2
    return (word,)


def fold(typed: str) -> list[str]:
    """Small letters without accents, mostly one word; a ligature or a sign may give several."""
    if typed.isascii():
        return [typed.lower().replace("'", "")[:LONGEST_WORD]]
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", typed).casefold())
    letters = "".join(_plain(letter) for letter in apart)
    return [word[:LONGEST_WORD] for word in letters.split()]


def _plain(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter.isalnum():
        return letter
    hidden = unicodedata.category(letter) in {"Mn", "Me", "Cf"} or letter in "'’ʼ"
    return "" if hidden else " "


@lru_cache(maxsize=10_000)
def _word(typed: str) -> tuple[str, ...]:
    return tuple(found for word in fold(typed) for found in canonical(word))


class _Around:
    """A word with two meanings and what stands beside it."""

    def __init__(self, matches: list[re.Match[str]], place: int, *, loud: bool) -> None:
        self.word = matches[place][0].casefold()
        self.capitals = matches[place][0].isupper() and not loud
        self.before = matches[place - 1][0].casefold() if place else ""
        next_word = matches[place + 1][0] if place + 1 < len(matches) else ""
        self.after = next_word.casefold()
        self.named = matches[place][0].istitle() and next_word.istitle()
        self.alone = len(matches) == 1


def _meant(around: _Around) -> tuple[str, ...]:
    """The short form written out, or nothing where it is the everyday word."""
    number = around.after[:1].isdigit()
    if around.word == "pak":
        beside = around.after in _AFTER_PAK or number or around.before in _BEFORE_PAK
        meant = around.capitals or (beside and not around.named)
    elif around.word == "akan":
        meant = around.capitals or bool({around.before, around.after} & _BESIDE_AKAN)
    else:
        meant = around.capitals and (around.alone or number or around.after in _AFTER_SE)
    return _written_out(_TWO_MEANINGS[around.word]) if meant else ()


def _is_late_number(matches: list[re.Match[str]], place: int) -> bool:
    """PermenPANRB 1 2022, typed in a hurry."""
    if not 0 < place < len(matches) - 1 or len(matches[place][0]) > 4:
        return False
    law = matches[place - 1][0].casefold() in REGULATIONS
    return law and bool(_YEAR.fullmatch(matches[place + 1][0]))


def _written_out(text: str) -> tuple[str, ...]:
    return tuple(found for word in text.split() for found in canonical(word))


def _known(word: str) -> tuple[str, ...]:
    word = SPELLINGS.get(word, word)
    if word in FORMS:
        return (FORMS[word],)
    if word in WRITTEN_OUT:
        return _written_out(WRITTEN_OUT[word])
    return (word,) if word in _SINGLE_WORDS else ()


# --- Numbers that stay one word ---------------------------------------------------------------


def _joined(parts: list[str]) -> _Found:
    return ("x".join(parts),), tuple(part for part in parts if _YEAR.fullmatch(part))


def _number(typed: str) -> _Found:
    """1/2022 and 01/2022 are the same, 31.12.2026 and 31/12/2026 too; 32.04 is a region."""
    parts = re.findall(r"\d+", typed)
    plain = "." in typed or "," in typed
    if not plain or (len(parts) == 3 and _YEAR.fullmatch(parts[2])):
        parts = [part.lstrip("0") or "0" for part in parts]
    return _joined([_ascii(part) for part in parts])


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)


def _grade(typed: str) -> _Found:
    letters = [letter for letter in typed if letter.isalnum()]
    step = letters.pop()
    number = "".join(letters)
    return (_ROMAN.get(number, number) + step,), ()


def _pair(typed: str) -> _Found:
    first = re.split(r"[\s-]", typed, maxsplit=1)[0]
    return canonical(_PAIRS.get(first, "undangundang")), ()


def _failed(_typed: str) -> _Found:
    """*Tidak* alone says nothing; before *lulus* it is the whole of the matter."""
    return ("taklulus", *canonical("lulus")), ()


_NUMBERS = {
    "nip": lambda typed: ((_ascii("".join(re.findall(r"\d", typed))),), ()),
    "law": lambda typed: _number("/".join(re.findall(r"\d+", typed))),
    "card": lambda _typed: (("ak1",), ()),
    "grade": _grade,
    "step": _grade,
    "money": lambda typed: ((_ascii(typed.replace(".", "")),), ()),
    "number": _number,
    "pair": _pair,
    "failed": _failed,
}
_SINGLE_WORDS = frozenset(way for name in NAMES for way in name.ways if " " not in way) | {
    *SPELLINGS.values()
}


@lru_cache(maxsize=1)
def _ways() -> dict[str, list[tuple[list[str], Name]]]:
    """Every way to write a name, by its first word, the longest first."""
    found: dict[str, list[tuple[list[str], Name]]] = defaultdict(list)
    for name in NAMES:
        for way in name.ways:
            words = [word for token in tokens(way) for word in token.words]
            if words and (words, name) not in found[words[0]]:
                found[words[0]].append((words, name))
    for ways in found.values():
        ways.sort(key=lambda way: -len(way[0]))
    return dict(found)
