"""Who the demo holds: so many officers at each office, and what became of each of them."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from registry.demo.offices import Office, Offices
from registry.models import Unit

PUBLISHED = {
    Unit.Tier.PUSAT: 178,
    Unit.Tier.LEMBAGA: 196,
    Unit.Tier.PROVINSI: 124,
    Unit.Tier.KABUPATEN_KOTA: 553,
}
"""Officers by tier as published for August 2022: 1,051 in all."""
PUBLISHED_TOTAL = sum(PUBLISHED.values())
SERVED = 318
"""Kabupaten/kota with an officer among the published 1,051."""
MOST_SERVED = 474

# How much more likely a kabupaten/kota of the province has an officer, and how many the Dinas
# Provinsi itself has. Unlisted provinces have 1.0.
_WEIGHTS = {
    "31": 2.2,
    "32": 4.0,
    "33": 3.6,
    "34": 4.0,
    "35": 3.8,
    "36": 3.4,
    "51": 1.9,
    "52": 1.7,
    "63": 1.2,
    "73": 1.3,
    "12": 0.9,
    "53": 0.6,
    "74": 0.6,
    "81": 0.5,
    "82": 0.4,
    "91": 0.6,
    "92": 0.35,
    "93": 0.3,
    "94": 0.18,
    "95": 0.06,
    "96": 0.35,
}
_NO_PROVINCIAL_OFFICER = ("94", "95")


class Fate(enum.Enum):
    """What an officer's record says today."""

    SERVES = "serves"
    STUDIES = "studies"
    SUSPENDED = "suspended"
    MOVES_SOON = "moves soon"
    RETIRES_SOON = "retires soon"
    RETIRED = "retired"
    LEFT = "left"
    RESIGNED = "resigned"
    DIED = "died"


# Of the published 1,051.
_FATES = {
    Fate.RETIRED: 25,
    Fate.STUDIES: 11,
    Fate.MOVES_SOON: 8,
    Fate.LEFT: 6,
    Fate.RETIRES_SOON: 5,
    Fate.DIED: 5,
    Fate.RESIGNED: 4,
    Fate.SUSPENDED: 3,
}


class Kind(enum.Enum):
    """What kind of member an officer is."""

    PNS = "pns"
    PPPK = "pppk"
    GOVERNMENT = "petugas pemerintah"
    PRIVATE = "petugas swasta"


@dataclass
class Place:
    """One officer of the plan: where, of which kind, with what fate."""

    office: Office
    fate: Fate = Fate.SERVES
    kind: Kind = Kind.PNS


_K = TypeVar("_K")


def share(total: int, weights: dict[_K, int]) -> dict[_K, int]:
    """`total` divided in proportion to the weights, without a remainder (Hamilton)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    result = {key: int(value) for key, value in exact.items()}
    rest = total - sum(result.values())
    for key in sorted(exact, key=lambda key: result[key] - exact[key])[:rest]:
        result[key] += 1
    return result


def draw_places(rng: Random, total: int, offices: Offices, codes: Sequence[str]) -> list[Place]:
    """The officers in no order of their own; always two in Indramayu and one in Papua."""
    by_tier = share(total, dict(PUBLISHED))
    places = [
        *_spread(rng, by_tier[Unit.Tier.PUSAT], offices.centre()),
        *_agencies(rng, by_tier[Unit.Tier.LEMBAGA], offices),
        *_provincial(rng, by_tier[Unit.Tier.PROVINSI], offices, codes),
        *_regional(rng, by_tier[Unit.Tier.KABUPATEN_KOTA], offices, codes, total),
    ]
    rng.shuffle(places)
    _decide_fates(rng, places)
    return places


def neighbours(places: Iterable[Place]) -> dict[tuple[str, str], list[Office]]:
    """The offices of the plan by tier and home of their people: where one may be moved to."""
    found: dict[tuple[str, str], list[Office]] = {}
    for office in {id(place.office): place.office for place in places}.values():
        if not office.private:
            found.setdefault((office.unit.tier, office.place), []).append(office)
    return found


def _spread(rng: Random, count: int, offices: list[tuple[Office, int]]) -> list[Place]:
    drawn = rng.choices([o for o, _ in offices], [weight for _, weight in offices], k=count)
    return [Place(office) for office in drawn]


def _agencies(rng: Random, count: int, offices: Offices) -> list[Place]:
    private = [Place(office, kind=Kind.PRIVATE) for office in offices.private() for _ in range(2)]
    private = private[: count // 30]
    return private + _spread(rng, count - len(private), offices.agencies())


def _provincial(rng: Random, count: int, offices: Offices, codes: Sequence[str]) -> list[Place]:
    provinces = [c for c in codes if len(c) == 2 and c not in _NO_PROVINCIAL_OFFICER]
    first = ["91", "32", *(code for code in provinces if code not in {"91", "32"})][:count]
    weights = [_WEIGHTS.get(code, 1.0) for code in provinces]
    rest = rng.choices(provinces, weights, k=count - len(first))
    return [Place(offices.dinas(code)) for code in (*first, *rest)]


def _regional(
    rng: Random, count: int, offices: Offices, codes: Sequence[str], total: int
) -> list[Place]:
    regencies = [code for code in codes if len(code) == 5]
    ratio = total / PUBLISHED_TOTAL
    served = min(MOST_SERVED, round(SERVED * (ratio if ratio < 1 else ratio**0.3)), len(regencies))
    served = max(1, min(served, count))
    weights = {code: _WEIGHTS.get(code[:2], 1.0) for code in regencies}
    # Weighted drawing without putting back: the largest of random ** (1 / weight).
    keys = {code: rng.random() ** (1 / weights[code]) for code in regencies}
    keys["32.12"] = 2.0
    chosen = sorted(regencies, key=lambda code: -keys[code])[:served]
    size = {code: weights[code] * rng.paretovariate(1.8) for code in chosen}
    extra = rng.choices(chosen, [size[code] for code in chosen], k=count - served)
    extra[:1] = ["32.12"] * len(extra[:1])
    return [Place(offices.dinas(code)) for code in (*chosen, *extra)]


def _decide_fates(rng: Random, places: list[Place]) -> None:
    counts = share(len(places), {**_FATES, Fate.SERVES: PUBLISHED_TOTAL - sum(_FATES.values())})
    serving = [place for place in places if place.kind is Kind.PNS]
    fates = [fate for fate in _FATES for _ in range(counts[fate])]
    fated = rng.sample(serving, len(fates))
    for place, fate in zip(fated, fates, strict=True):
        place.fate = fate
    for place in serving:
        if place.fate is not Fate.SERVES:
            continue
        chance = rng.random()
        if chance < 0.05:
            place.kind = Kind.PPPK
        elif chance < 0.064 and place.office.unit.tier == Unit.Tier.KABUPATEN_KOTA:
            place.kind = Kind.GOVERNMENT
