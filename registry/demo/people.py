"""Fictitious people: a name that fits the place, and a place of birth."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from registry.demo.cultures import CULTURES, Culture

NATION = "00"
"""Stands for the head offices, where people come from all over the country."""

# Who lives where, in parts of ten; a tenth everywhere comes from the whole country.
_LOCAL: dict[str, dict[str, int]] = {
    "11": {"aceh": 8, "jawa": 1},
    "12": {"batak": 4, "mandailing": 2, "jawa": 1, "nias": 1, "tionghoa": 1},
    "13": {"minang": 9},
    "14": {"melayu": 4, "minang": 3, "jawa": 1, "batak": 1},
    "15": {"melayu": 6, "jawa": 2, "minang": 1},
    "16": {"melayu": 7, "jawa": 2},
    "17": {"melayu": 6, "jawa": 2, "minang": 1},
    "18": {"jawa": 5, "lampung": 3, "sunda": 1},
    "19": {"melayu": 6, "tionghoa": 2, "jawa": 1},
    "21": {"melayu": 5, "minang": 1, "jawa": 1, "batak": 1, "tionghoa": 1},
    "31": {"betawi": 3, "jawa": 3, "sunda": 1, "batak": 1, "minang": 1},
    "32": {"sunda": 7, "jawa": 2},
    "33": {"jawa": 9},
    "34": {"jawa": 9},
    "35": {"jawa": 9},
    "36": {"sunda": 4, "betawi": 3, "jawa": 2},
    "51": {"bali": 8, "jawa": 1},
    "52": {"sasak": 8, "bali": 1},
    "53": {"flobamora": 9},
    "61": {"melayu": 4, "dayak": 3, "jawa": 1, "tionghoa": 1},
    "62": {"dayak": 4, "banjar": 4, "jawa": 1},
    "63": {"banjar": 8, "jawa": 1},
    "64": {"banjar": 3, "jawa": 3, "bugis": 2, "dayak": 1},
    "65": {"dayak": 4, "bugis": 3, "jawa": 2},
    "71": {"minahasa": 8, "gorontalo": 1},
    "72": {"kaili": 6, "bugis": 2, "jawa": 1},
    "73": {"bugis": 7, "toraja": 2},
    "74": {"kaili": 6, "bugis": 3},
    "75": {"gorontalo": 9},
    "76": {"bugis": 7, "toraja": 2},
    "81": {"ambon": 5, "maluku": 4},
    "82": {"maluku": 8, "jawa": 1},
    "91": {"papua": 6, "jawa": 2, "bugis": 1},
    "92": {"papua": 6, "ambon": 1, "bugis": 2},
    "93": {"papua": 6, "jawa": 3},
    "94": {"papua": 7, "toraja": 2},
    "95": {"papua": 8, "jawa": 1},
    "96": {"papua": 6, "ambon": 2, "bugis": 1},
}
_NATIONAL = {
    "jawa": 38,
    "sunda": 14,
    "betawi": 6,
    "batak": 7,
    "mandailing": 2,
    "minang": 7,
    "melayu": 6,
    "aceh": 2,
    "lampung": 1,
    "banjar": 2,
    "bugis": 4,
    "toraja": 1,
    "minahasa": 2,
    "bali": 3,
    "sasak": 1,
    "flobamora": 1,
    "ambon": 1,
    "papua": 1,
    "tionghoa": 1,
}
OLD_SPELLING = ("oe", "Dj", "dj", "Tj", "Sj", "Ch", "rdj")
"""What gives away a name written before 1972."""


@dataclass(frozen=True)
class Name:
    """A name without titles, and what it says about its bearer."""

    text: str
    culture: str


def dice(*what: object) -> Random:
    """Chance that falls the same way in every demo, apart for each thing it is asked about."""
    return Random(":".join(["e-pengantar-kerja", *map(str, what)]))  # noqa: S311


def draw_sex(rng: Random) -> str:
    return "P" if rng.random() < 0.46 else "L"


def draw_name(rng: Random, place: str, sex: str, birth_year: int) -> Name:
    """A name as people of that province bear it; the young have few old spellings."""
    key = _draw_culture(rng, place)
    culture = CULTURES[key]
    for _ in range(6):
        text = _compose(rng, culture, sex)
        if birth_year < 1976 or not any(mark in text for mark in OLD_SPELLING):
            break
    return Name(text, key)


def draw_birth_place(rng: Random, culture: str, place: str, regencies: dict[str, list[str]]) -> str:
    """A kabupaten/kota, without its prefix, at home or where the officer serves."""
    codes = [place] if place in regencies and rng.random() < 0.6 else list(CULTURES[culture].homes)
    name = rng.choice(regencies[rng.choice(codes)])
    for prefix in ("Kabupaten Administrasi ", "Kabupaten ", "Kota Administrasi ", "Kota "):
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def _draw_culture(rng: Random, place: str) -> str:
    weights = _LOCAL.get(place)
    if weights is None or rng.random() < 0.1:
        weights = _NATIONAL
    return rng.choices(list(weights), list(weights.values()))[0]


def _compose(rng: Random, culture: Culture, sex: str) -> str:
    given = culture.female if sex == "P" else culture.male
    first = rng.choice(given)
    if rng.random() < culture.mononyms:
        names = [name for name in given if _can_stand_alone(name)]
        return rng.choice(names)
    words = [first]
    if rng.random() < culture.middle:
        words.append(rng.choice(given))
    words.append(rng.choice(culture.last_names(sex)))
    distinct = list(dict.fromkeys(" ".join(words).split()))
    return " ".join(distinct)


def _can_stand_alone(name: str) -> bool:
    """`Suparman` may be a whole name; `Moch.`, `Siti` or `I Wayan` may not."""
    return len(name) > 4 and " " not in name and not name.endswith(".")
