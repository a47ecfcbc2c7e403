"""Careers that make sense: appointment, jenjang, golongan and retirement, drawn for one officer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from registry.demo.plan import Fate, Kind
from registry.models.terms import USUAL_GOLONGAN, Golongan, Jenjang

TODAY = dt.date(2026, 11, 24)
"""The day the demo is told on: fixed, so that the data are the same every time."""
RETIREMENT_AGE = {
    Jenjang.AHLI_PERTAMA: 58,
    Jenjang.AHLI_MUDA: 58,
    Jenjang.AHLI_MADYA: 60,
    Jenjang.AHLI_UTAMA: 65,
}
"""Batas usia pensiun (PP 11/2017): pension from the first of the month after that birthday."""

_JENJANG = tuple(Jenjang)
_GOLONGAN = tuple(Golongan)
_YEAR = 365.25
_EQUALISED = dt.date(2021, 12, 31)
"""When officials of eselon IV were made functional officers (penyetaraan jabatan)."""
_RANK_DAYS_END = dt.date(2025, 10, 1)
"""Until then a pangkat began on 1 April or 1 October; since then on the first of any month."""

# When officers entered, so that 364 stand in the register of 2018, 430 in 2021, 1,051 in 2022.
_WINDOWS = (
    (dt.date(2009, 1, 1), dt.date(2018, 5, 1), 346),
    (dt.date(2018, 5, 1), dt.date(2021, 2, 1), 63),
    (dt.date(2021, 2, 1), dt.date(2022, 8, 1), 551),
    (dt.date(2022, 8, 1), dt.date(2026, 6, 1), 40),
)


@dataclass
class Career:
    """The dated facts of one officer, each list in order of time."""

    birth_date: dt.date
    appointed: dt.date
    """First appointment as a civil servant: the month in the NIP."""
    entered: dt.date
    """First day in this office: where the register begins."""
    jenjang: list[tuple[dt.date, Jenjang]] = field(default_factory=list)
    golongan: list[tuple[dt.date, Golongan]] = field(default_factory=list)
    tests: list[tuple[dt.date, Jenjang, bool]] = field(default_factory=list)
    diploma: bool = False
    """Began with a Diploma III, the degree came later."""
    left: dt.date | None = None
    """First day no longer in service; may lie ahead."""

    @property
    def retirement(self) -> dt.date:
        """First day of the pension, by the jenjang held when that birthday comes."""
        for place, (_, jenjang) in enumerate(self.jenjang):
            day = retirement_date(self.birth_date, jenjang)
            if place + 1 == len(self.jenjang) or day <= self.jenjang[place + 1][0]:
                return day
        raise ValueError("a career without a jenjang has no retirement")

    def cut(self, day: dt.date) -> None:
        """Forget what was drawn for days after the officer left."""
        self.left = day
        self.jenjang = [row for row in self.jenjang if row[0] < day]
        self.golongan = [row for row in self.golongan if row[0] < day]
        self.tests = [row for row in self.tests if row[0] < day]


def retirement_date(birth_date: dt.date, jenjang: str) -> dt.date:
    year = birth_date.year + RETIREMENT_AGE[Jenjang(jenjang)]
    return add_months(dt.date(year, birth_date.month, 1), 1)


def add_months(day: dt.date, months: int) -> dt.date:
    """The first of the month that lies so many months from the month of `day`."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def draw_career(rng: Random, kind: Kind, fate: Fate, *, may_reach_utama: bool) -> Career:
    """A career in which everything agrees, ending as `fate` says."""
    while True:
        career = _attempt(rng, kind, fate, may_reach_utama=may_reach_utama)
        if career is not None and _end(rng, career, fate):
            return career


def _attempt(rng: Random, kind: Kind, fate: Fate, *, may_reach_utama: bool) -> Career | None:
    """One draw; None when its dates do not agree with one another."""
    if kind in {Kind.PPPK, Kind.PRIVATE}:
        return _hired(rng, kind)
    near_retirement = fate in {Fate.RETIRED, Fate.RETIRES_SOON}
    entered = _entry_day(rng)
    way = rng.random()
    equalised = entered >= _WINDOWS[2][0] and entered < _WINDOWS[2][1] and way < 0.35
    fresh = not near_retirement and not equalised and way > 0.675
    if equalised:
        entered = _EQUALISED
    if near_retirement:
        birth = TODAY - dt.timedelta(days=rng.uniform(57.5, 61.0) * _YEAR)
    else:
        birth = entered - dt.timedelta(days=rng.uniform(*((24, 35) if fresh else (30, 52))) * _YEAR)
    appointed = _appointment(rng, birth, entered, fresh=fresh)
    if not 22 * _YEAR <= (appointed - birth).days <= 35 * _YEAR:
        return None
    career = Career(birth, appointed, entered, diploma=not fresh and rng.random() < 0.12)
    _rise_before_entry(rng, career, equalised=equalised)
    golongan = career.golongan[-1][1] if career.golongan else Golongan.II_D
    if golongan in {Golongan.II_D, Golongan.III_A if equalised else Golongan.II_D}:
        return None
    if kind is Kind.GOVERNMENT:  # the jenjang only decides the age of retirement
        career.jenjang = [(entered, Jenjang.AHLI_PERTAMA)]
        return career
    jenjang = Jenjang.AHLI_MUDA if equalised else _usual_jenjang(golongan)
    career.jenjang = [(entered, jenjang)]
    if not fresh and not equalised:
        career.tests = [(_test_day(rng, entered), jenjang, True)]
    _rise_in_office(rng, career, may_reach_utama=may_reach_utama)
    return career


def _entry_day(rng: Random) -> dt.date:
    start, end, _ = rng.choices(_WINDOWS, [window[2] for window in _WINDOWS])[0]
    return add_months(start + (end - start) * rng.random(), 0)


def _appointment(rng: Random, birth: dt.date, entered: dt.date, *, fresh: bool) -> dt.date:
    """A year or two before entering for those who began in this office; else long before."""
    if fresh:
        return add_months(entered, -rng.randint(12, 26))
    first = birth.year + 22
    last = max(first, min(birth.year + 33, entered.year - 6))
    return dt.date(rng.randint(first, last), rng.choice((1, 1, 2, 3, 3, 4, 12)), 1)


def _hired(rng: Random, kind: Kind) -> Career:
    """A PPPK or a private Petugas Antar Kerja: no golongan of civil servants."""
    entered = dt.date(rng.randint(2022, 2025), rng.choice((1, 3, 4, 6)), 1)
    birth = entered - dt.timedelta(days=rng.uniform(24, 45) * _YEAR)
    jenjang = Jenjang.AHLI_MUDA if kind is Kind.PPPK and rng.random() < 0.15 else _JENJANG[0]
    return Career(birth, entered, entered, jenjang=[(entered, jenjang)])


def _end(rng: Random, career: Career, fate: Fate) -> bool:
    """Whether the career can end as it must; if so, it does."""
    retirement = career.retirement
    if fate is Fate.RETIRED:
        long_enough = career.entered < add_months(retirement, -24)
        if long_enough and add_months(TODAY, -23) <= retirement <= TODAY:
            career.cut(retirement)
        return career.left is not None
    if fate is Fate.RETIRES_SOON:
        if TODAY < retirement <= add_months(TODAY, 6):
            career.left = retirement
        return career.left is not None
    if retirement <= add_months(TODAY, 12 if fate is Fate.MOVES_SOON else 1):
        return False
    if fate in {Fate.LEFT, Fate.RESIGNED, Fate.DIED}:
        return _leave(rng, career, fate)
    return fate is Fate.SERVES or career.entered < add_months(TODAY, -30)


def _leave(rng: Random, career: Career, fate: Fate) -> bool:
    """Leave before retirement, in one of the past years."""
    earliest = max(add_months(career.entered, 18), dt.date(2020, 1, 1))
    if earliest >= add_months(TODAY, -2):
        return False
    day = earliest + (add_months(TODAY, -1) - earliest) * rng.random()
    career.cut(day if fate is Fate.DIED else add_months(day, 0))
    return True


def _rise_before_entry(rng: Random, career: Career, *, equalised: bool) -> None:
    """The golongan of the years before: a step about every four years, from III/a."""
    day, step = career.appointed, _GOLONGAN.index(Golongan.III_A)
    if career.diploma:  # II/c at first, which the register does not know
        day, step = _rank_day(add_months(career.appointed, 48)), _GOLONGAN.index(Golongan.II_D)
    elif rng.random() < 0.08:
        step += 1  # appointed with a Magister
    highest = Golongan.IV_A if rng.random() < 0.12 or not equalised else Golongan.III_D
    if not equalised and rng.random() < 0.8:
        highest = Golongan.III_D
    while day <= career.entered:
        career.golongan.append((day, _GOLONGAN[step]))
        if _GOLONGAN[step] == highest:
            return
        step += 1
        day = _rank_day(add_months(day, 48 + rng.choice((0, 0, 0, 6, 6, 12, 24))))


def _rise_in_office(rng: Random, career: Career, *, may_reach_utama: bool) -> None:
    """Promotions since: first the jenjang with its test, then the golongan on the same credit."""
    jenjang = career.jenjang[-1][1]
    last, golongan = career.golongan[-1]
    pause = 48 + rng.choice((-12, 0, 0, 6, 12, 24))
    day = max(_rank_day(add_months(last, pause)), _rank_day(add_months(career.entered, 24)))
    while day <= TODAY and golongan != Golongan.IV_E:
        following = _GOLONGAN[_GOLONGAN.index(golongan) + 1]
        if following not in USUAL_GOLONGAN[jenjang]:
            if golongan not in USUAL_GOLONGAN[jenjang]:
                return
            above = _JENJANG[_JENJANG.index(jenjang) + 1]
            if above == Jenjang.AHLI_UTAMA and not (may_reach_utama and rng.random() < 0.5):
                return
            chance = rng.random()
            if chance < 0.04:  # no vacancy above: the golongan alone
                career.golongan.append((day, following))
                return
            if chance < (0.55 if above == Jenjang.AHLI_MADYA else 0.25):  # no vacancy, no test
                day = _rank_day(add_months(day, 24))
                continue
            if rng.random() < 0.15:
                career.tests.append((_test_day(rng, day), above, False))
                day = _rank_day(add_months(day, 18))
                continue
            jenjang = above
            career.tests.append((_test_day(rng, day), jenjang, True))
            career.jenjang.append((add_months(day, -rng.choice((0, 0, 1, 2))), jenjang))
        career.golongan.append((day, following))
        golongan = following
        day = _rank_day(add_months(day, 48 + rng.choice((-12, 0, 0, 0, 6, 12))))


def _usual_jenjang(golongan: Golongan) -> Jenjang:
    return next(Jenjang(key) for key, usual in USUAL_GOLONGAN.items() if golongan in usual)


def _test_day(rng: Random, before: dt.date) -> dt.date:
    day = add_months(before, -rng.randint(4, 9)) + dt.timedelta(days=rng.randint(4, 24))
    return day - dt.timedelta(days=max(0, day.weekday() - 4))  # never on a weekend


def _rank_day(day: dt.date) -> dt.date:
    """The next day on which a pangkat could begin."""
    if day >= _RANK_DAYS_END:
        return day
    return next(
        later for later in (add_months(day, n) for n in range(12)) if later.month in {4, 10}
    )
