"""One officer of the demo as rows of the register, every fact agreeing with the others."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange

from registry.demo import schooling, serving
from registry.demo.careers import TODAY, Career, draw_career
from registry.demo.cultures import CULTURES
from registry.demo.offices import Office, Offices, fictitious_mobile, fictitious_phone
from registry.demo.people import draw_birth_place, draw_name, draw_sex
from registry.demo.plan import Fate, Kind, Place
from registry.models import (
    CompetencyTest,
    Education,
    JenjangRecord,
    Officer,
    PangkatRecord,
    Posting,
    Region,
    StatusRecord,
    Training,
    Unit,
)

_T = TypeVar("_T")

_GONE = frozenset({Fate.RETIRED, Fate.LEFT, Fate.RESIGNED, Fate.DIED})
_BIOS = (
    "Melayani pencari kerja sejak {year}, terutama {topic}.",
    "Senang berdiskusi tentang {topic}. Bertugas sebagai pengantar kerja sejak {year}.",
    "Mendampingi sekolah dan perusahaan di wilayah kerja dalam urusan {topic}.",
    "Sejak {year} menangani {topic}; terbuka untuk pertanyaan rekan dari daerah lain.",
)
_TOPICS = {
    "bimbingan-jabatan": "bimbingan jabatan",
    "perantaraan-kerja": "perantaraan kerja",
    "informasi-pasar-kerja": "informasi pasar kerja",
    "penempatan-pmi": "penempatan pekerja migran",
    "job-fair": "job fair",
    "bkk": "Bursa Kerja Khusus",
    "desmigratif": "desa migran produktif",
}
FICTITIOUS = "Tokoh rekaan untuk peragaan."
"""Ends every text about a person of the demo."""


@dataclass
class Dossier:
    """An officer not yet saved, and the rows that belong to them."""

    officer: Officer
    postings: list[Posting] = field(default_factory=list)
    statuses: list[StatusRecord] = field(default_factory=list)
    jenjang: list[JenjangRecord] = field(default_factory=list)
    pangkat: list[PangkatRecord] = field(default_factory=list)
    educations: list[Education] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    tests: list[CompetencyTest] = field(default_factory=list)
    expertise: list[str] = field(default_factory=list)


class Archive:
    """Draws dossiers; knows which numbers and addresses are taken."""

    def __init__(
        self,
        offices: Offices,
        regions: dict[str, Region],
        neighbours: dict[tuple[str, str], list[Office]],
    ) -> None:
        self._offices = offices
        self._provinces = {code: r.name for code, r in regions.items() if r.is_province}
        self._regencies: dict[str, list[str]] = {}
        for code, region in sorted(regions.items()):
            if not region.is_province:
                self._regencies.setdefault(code[:2], []).append(region.name)
        self._neighbours = neighbours
        self._nips: set[str] = set()
        self._addresses: set[str] = set()
        self._reserved_names: set[str] = set()

    def reserve(self, name: str, nip: str | None) -> None:
        """Give this name and number to no one: they are those of the cast."""
        self._reserved_names.add(name)
        if nip:
            self._nips.add(nip)

    def draw(self, rng: Random, place: Place) -> Dossier:
        """One fictitious officer for that place in the plan."""
        office, kind, fate = place.office, place.kind, place.fate
        high = office.unit.tier in {Unit.Tier.PUSAT, Unit.Tier.LEMBAGA}
        career = draw_career(rng, kind, fate, may_reach_utama=high)
        sex = draw_sex(rng)
        name = draw_name(rng, office.place, sex, career.birth_date.year)
        while name.text in self._reserved_names:
            name = draw_name(rng, office.place, sex, career.birth_date.year)
        home = draw_birth_place(rng, name.culture, office.place, self._regencies)
        learnt = schooling.draw_schooling(rng, career, sex, office.place, home)
        officer = Officer(
            member_type=_MEMBER_TYPES.get(kind, Officer.MemberType.PENGANTAR_KERJA),
            employment=_EMPLOYMENTS.get(kind, Officer.Employment.PNS),
            nip=self._draw_nip(rng, career, sex, kind),
            name=name.text,
            front_title=" ".join([*learnt.front, *_pilgrim(rng, name.culture, career, sex)]),
            back_title=", ".join(learnt.back),
            sex=sex,
            birth_place=home,
            birth_date=career.birth_date,
            ikaperjasi_member=rng.random() < 0.6,
        )
        stints = serving.draw_stints(rng, career, fate, office, self._choices(rng, office))
        dossier = Dossier(officer, expertise=schooling.draw_expertise(rng))
        statuses = serving.draw_statuses(rng, career, fate)
        add_records(rng, dossier, career, stints, statuses, kind)
        add_learning(rng, dossier, career, learnt, self._province_name(office))
        self._add_contacts(rng, dossier, fate, stints[-1].office)
        if rng.random() < 0.3:
            topic = _TOPICS.get(dossier.expertise[0], "penempatan tenaga kerja")
            text = rng.choice(_BIOS).format(year=career.entered.year, topic=topic)
            officer.bio = f"{text} {FICTITIOUS}"
        return dossier

    def _choices(self, rng: Random, office: Office) -> list[Office]:
        """Where the officer may have served before."""
        if office.private:
            return []
        near = self._neighbours[office.unit.tier, office.place]
        if office.unit.tier == Unit.Tier.KABUPATEN_KOTA and rng.random() < 0.4:
            return [self._offices.dinas(office.place), office]
        return near

    def _province_name(self, office: Office) -> str:
        return self._provinces.get(office.place, self._provinces["31"])

    def _draw_nip(self, rng: Random, career: Career, sex: str, kind: Kind) -> str | None:
        if kind is Kind.PRIVATE:
            return None
        month = f"{career.appointed:%m}" if kind is not Kind.PPPK else str(rng.choice((21, 22)))
        start = f"{career.birth_date:%Y%m%d}{career.appointed:%Y}{month}{1 if sex == 'L' else 2}"
        number = rng.randint(1, 12)
        while f"{start}{number:03}" in self._nips:
            number += 1
        nip = f"{start}{number:03}"
        self._nips.add(nip)
        return nip

    def _add_contacts(self, rng: Random, dossier: Dossier, fate: Fate, office: Office) -> None:
        officer = dossier.officer
        if fate not in _GONE:
            if rng.random() < 0.88:
                officer.office_email = self._address(officer.name, office)
            if rng.random() < 0.8:
                officer.office_phone = fictitious_phone(rng)
            has_contact = officer.office_email or officer.office_phone
            officer.contact_public = bool(has_contact) and rng.random() < 0.52
        if rng.random() < 0.6:
            officer.private_phone = fictitious_mobile(rng)

    def _address(self, name: str, office: Office) -> str:
        words = re.findall(r"[a-z]+", name.lower())
        local = ".".join(dict.fromkeys((words[0], words[-1])))
        address, number = f"{local}@{office.domain}", 1
        while address in self._addresses:
            number += 1
            address = f"{local}{number}@{office.domain}"
        self._addresses.add(address)
        return address


def add_records(
    rng: Random,
    dossier: Dossier,
    career: Career,
    stints: list[serving.Stint],
    statuses: list[tuple[dt.date, StatusRecord.Status]],
    kind: Kind,
) -> None:
    """Postings, statuses, jenjang, golongan and tests, each with its decree."""
    officer = dossier.officer
    has_jenjang = kind in {Kind.PNS, Kind.PPPK}
    for stint in stints:
        number, day = serving.decree(rng, stint.office, stint.start, "824")
        dossier.postings.append(
            Posting(
                officer=officer,
                unit=stint.office.unit,
                jenjang=stint.jenjang if has_jenjang else "",
                position_title=stint.section,
                period=DateRange(stint.start, stint.end),
                sk_number=number,
                sk_date=min(day, TODAY - dt.timedelta(days=6)),
            )
        )
    office = stints[-1].office
    for (since, status), period in with_periods(statuses):
        sk_number, sk_date = serving.status_decree(rng, office, since, status)
        dossier.statuses.append(
            StatusRecord(
                officer=officer,
                status=status,
                since=since,
                period=period,
                sk_number=sk_number,
                sk_date=sk_date,
            )
        )
    if has_jenjang:
        for (since, jenjang), period in with_periods(career.jenjang):
            number, day = serving.decree(rng, office, since, "821.2")
            dossier.jenjang.append(
                JenjangRecord(
                    officer=officer,
                    jenjang=jenjang,
                    since=since,
                    period=period,
                    sk_number=number,
                    sk_date=day,
                )
            )
    for (since, golongan), period in with_periods(career.golongan):
        number, day = serving.decree(rng, office, since, "823")
        dossier.pangkat.append(
            PangkatRecord(
                officer=officer,
                golongan=golongan,
                since=since,
                period=period,
                sk_number=number,
                sk_date=day,
            )
        )
    for day, jenjang, passed in career.tests:
        dossier.tests.append(
            CompetencyTest(
                officer=officer,
                jenjang=jenjang,
                date=day,
                passed=passed,
                sk_number=f"UKOM-{rng.randint(100, 999)}/PK/{day.year}" if passed else "",
                sk_date=day + dt.timedelta(days=rng.randint(10, 30)) if passed else None,
            )
        )


def add_learning(
    rng: Random, dossier: Dossier, career: Career, learnt: schooling.Schooling, province: str
) -> None:
    """Degrees and trainings, some with the number of the diploma or certificate."""
    officer = dossier.officer
    for degree in learnt.degrees:
        dossier.educations.append(
            Education(
                officer=officer,
                level=degree.level,
                institution=degree.institution,
                major=degree.major,
                year=degree.year,
                sk_number=f"{rng.randint(1000, 99999)}/{degree.year}" if rng.random() < 0.7 else "",
            )
        )
    for course in schooling.draw_courses(rng, career, province):
        known = rng.random() < 0.8
        dossier.trainings.append(
            Training(
                officer=officer,
                name=course.name,
                organiser=course.organiser,
                start=course.start,
                end=course.end,
                hours=course.hours,
                sk_number=f"SERT.{rng.randint(100, 9999)}/{course.end.year}" if known else "",
                sk_date=course.end if known else None,
            )
        )


def with_periods(rows: list[tuple[dt.date, _T]]) -> list[tuple[tuple[dt.date, _T], DateRange]]:
    """Each row with the days it holds: until the next begins, as the trigger would set them."""
    ends = [*(since for since, _ in rows[1:]), None] if rows else []
    return [(row, DateRange(row[0], end)) for row, end in zip(rows, ends, strict=True)]


_MEMBER_TYPES = {
    Kind.GOVERNMENT: Officer.MemberType.PETUGAS_PEMERINTAH,
    Kind.PRIVATE: Officer.MemberType.PETUGAS_SWASTA,
}
_EMPLOYMENTS = {
    Kind.PPPK: Officer.Employment.PPPK,
    Kind.PRIVATE: Officer.Employment.NON_ASN,
}


def _pilgrim(rng: Random, culture: str, career: Career, sex: str) -> list[str]:
    old = career.birth_date.year < 1984
    if not (old and CULTURES[culture].pilgrims and rng.random() < 0.14):
        return []
    return ["Hj." if sex == "P" else "H."]
