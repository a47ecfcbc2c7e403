"""The offices of the demo: head offices, BP3MI, and Dinas under the names they really bear."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from random import Random

from registry.demo.people import NATION, dice
from registry.models import Region, Unit

AUTONOMY = dt.date(2008, 1, 1)
"""Dinas stand since PP 41/2007 at the latest: earlier than any posting of the demo."""
REORGANISED = dt.date(2017, 1, 1)
"""Many Dinas were founded anew when PP 18/2016 took effect."""
MINISTRY_SINCE = dt.date(2025, 1, 1)
"""When the offices of BP2MI went on as offices of KP2MI."""

# Name, short name, and how often; after them comes the name of the region.
_DINAS = (
    ("Dinas Tenaga Kerja", "Disnaker", 26),
    ("Dinas Tenaga Kerja dan Transmigrasi", "Disnakertrans", 22),
    ("Dinas Transmigrasi dan Tenaga Kerja", "Distransnaker", 5),
    ("Dinas Perindustrian dan Tenaga Kerja", "Disperinaker", 8),
    ("Dinas Tenaga Kerja dan Perindustrian", "Disnakerperin", 6),
    ("Dinas Ketenagakerjaan", "Disnaker", 4),
    ("Dinas Tenaga Kerja, Koperasi dan Usaha Kecil Menengah", "Disnakerkop UKM", 5),
    (
        "Dinas Koperasi, Usaha Kecil dan Menengah, Tenaga Kerja dan Transmigrasi",
        "Dinkop UKM Nakertrans",
        4,
    ),
    ("Dinas Sosial, Tenaga Kerja dan Transmigrasi", "Dinsosnakertrans", 4),
    (
        "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu dan Tenaga Kerja",
        "DPMPTSP-Naker",
        7,
    ),
    ("Dinas Perdagangan, Perindustrian dan Tenaga Kerja", "Disdagrinaker", 3),
    (
        "Dinas Perindustrian, Perdagangan, Koperasi, UKM dan Tenaga Kerja",
        "Disperindagkop UKM Naker",
        3,
    ),
    ("Dinas Pemberdayaan Masyarakat, Desa dan Tenaga Kerja", "DPMD-Naker", 1),
    ("Dinas Tenaga Kerja dan Energi Sumber Daya Mineral", "Disnaker ESDM", 1),
)
_FIXED = {
    "31": (
        "Dinas Tenaga Kerja, Transmigrasi dan Energi Provinsi Daerah Khusus Ibukota Jakarta",
        "Disnakertransgi Prov. DKI Jakarta",
    ),
    "32": (
        "Dinas Tenaga Kerja dan Transmigrasi Provinsi Jawa Barat",
        "Disnakertrans Prov. Jawa Barat",
    ),
    "34": (
        "Dinas Tenaga Kerja dan Transmigrasi Daerah Istimewa Yogyakarta",
        "Disnakertrans DI Yogyakarta",
    ),
    "91": ("Dinas Tenaga Kerja Provinsi Papua", "Disnaker Prov. Papua"),
    "32.12": ("Dinas Tenaga Kerja Kabupaten Indramayu", "Disnaker Kab. Indramayu"),
}
# Provinces younger than the demo's postings: the first day, and the province it was part of.
_YOUNG = {
    "65": (dt.date(2013, 4, 22), "64"),
    "93": (dt.date(2023, 1, 1), "91"),
    "94": (dt.date(2023, 1, 1), "91"),
    "95": (dt.date(2023, 1, 1), "91"),
    "96": (dt.date(2023, 1, 1), "92"),
}
_STREETS = (
    "Jalan Jenderal Sudirman",
    "Jalan Ahmad Yani",
    "Jalan Diponegoro",
    "Jalan Pahlawan",
    "Jalan Pemuda",
    "Jalan Merdeka",
    "Jalan Gatot Subroto",
    "Jalan Veteran",
    "Jalan Hasanuddin",
    "Jalan Kartini",
)
CENTRE = (
    ("Sekretariat Direktorat Jenderal Binapenta dan PKK", "Setditjen Binapenta & PKK", None, 16),
    ("Direktorat Bina Pengantar Kerja", "Dit. Bina Pengantar Kerja", None, 30),
    ("Direktorat Bina Penempatan Tenaga Kerja Dalam Negeri", "Dit. Bina PTKDN", None, 34),
    (
        "Direktorat Bina Penempatan dan Pelindungan Pekerja Migran Indonesia",
        "Dit. Bina P3MI",
        None,
        26,
    ),
    ("Direktorat Bina Perluasan Kesempatan Kerja", "Dit. Bina PKK", None, 18),
    ("Direktorat Pengendalian Penggunaan Tenaga Kerja Asing", "Dit. PPTKA", None, 16),
    ("Pusat Pasar Kerja", "Pusat Pasar Kerja", None, 26),
    ("Balai Besar Perluasan Kesempatan Kerja Lembang", "BBPKK Lembang", "32.17", 12),
    ("Balai Perluasan Kesempatan Kerja Bekasi", "BPKK Bekasi", "32.75", 6),
)
_MIGRANT_HEADQUARTERS = (
    ("Direktorat Penempatan", 20),
    ("Direktorat Pelayanan dan Informasi", 16),
    ("Direktorat Pelindungan dan Pemberdayaan", 18),
    ("Sekretariat Utama", 9),
)
_MIGRANT_SERVICES = {
    "11": 4,
    "12": 9,
    "13": 3,
    "14": 5,
    "16": 4,
    "18": 6,
    "21": 7,
    "31": 9,
    "32": 14,
    "33": 13,
    "34": 6,
    "35": 15,
    "36": 6,
    "51": 4,
    "52": 9,
    "53": 7,
    "61": 5,
    "63": 3,
    "65": 5,
    "71": 3,
    "73": 5,
    "74": 2,
    "91": 2,
}
_PRIVATE = ("Bina Karya Rekaan", "Mitra Kerja Contoh", "Sahabat Pencaker Fiktif")


@dataclass
class Office:
    """A unit and what stood in its place before it was founded."""

    unit: Unit
    place: str
    """Province whose names its people bear; `NATION` for a head office."""
    founded: dt.date
    before: Office | None = None
    private: bool = False

    @property
    def domain(self) -> str:
        """Made of the short name, below a top-level domain that exists nowhere (RFC 2606)."""
        plain = unicodedata.normalize("NFKD", self.unit.short_name).encode("ascii", "ignore")
        label = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower())[:60].strip("-")
        return f"{label}.example"


class Offices:
    """Every office of the demo, made when first asked for, and the same one ever after."""

    def __init__(self, regions: dict[str, Region]) -> None:
        self._regions = regions
        self._dinas: dict[str, Office] = {}
        self.all: list[Office] = []

    def dinas(self, code: str) -> Office:
        """The Dinas of a province (two digits) or kabupaten/kota."""
        if code not in self._dinas:
            self._dinas[code] = self._found_dinas(code)
        return self._dinas[code]

    def centre(self) -> list[tuple[Office, int]]:
        """The units of Kemnaker, and the weight of each."""
        return [
            (self._add(name, short, Unit.Tier.PUSAT, region, place=NATION), weight)
            for name, short, region, weight in CENTRE
        ]

    def agencies(self) -> list[tuple[Office, int]]:
        """BP2MI, since 2025 KP2MI: head office and services in the provinces; with weights."""
        found: list[tuple[Office, int]] = []
        for name, weight in _MIGRANT_HEADQUARTERS:
            old = self._add(
                f"{name}, Badan Pelindungan Pekerja Migran Indonesia (BP2MI)",
                f"{name} BP2MI",
                Unit.Tier.LEMBAGA,
                None,
                place=NATION,
            )
            new = self._add(
                f"{name}, Kementerian Pelindungan Pekerja Migran Indonesia (KP2MI)",
                f"{name} KP2MI",
                Unit.Tier.LEMBAGA,
                None,
                place=NATION,
                before=old,
                founded=MINISTRY_SINCE,
            )
            found.append((new, weight))
        for code, weight in _MIGRANT_SERVICES.items():
            province = self._regions[code].name
            office = self._add(
                f"Balai Pelayanan Pelindungan Pekerja Migran Indonesia {province}",
                f"BP3MI {_short_province(province)}",
                Unit.Tier.LEMBAGA,
                code,
                place=code,
            )
            found.append((office, weight))
        return found

    def private(self) -> list[Office]:
        """Private placement agencies (LPTKS) with a Petugas Antar Kerja swasta."""
        offices = []
        for name in _PRIVATE:
            full = f"Lembaga Penempatan Tenaga Kerja Swasta {name}"
            office = self._add(full, f"LPTKS {name}", Unit.Tier.LEMBAGA, "31", place="31")
            office.private = True
            offices.append(office)
        return offices

    def _found_dinas(self, code: str) -> Office:
        rng = dice("dinas", code)
        region = self._regions[code]
        name, short = _FIXED.get(code) or _dinas_name(rng, region)
        tier = Unit.Tier.PROVINSI if region.is_province else Unit.Tier.KABUPATEN_KOTA
        place = region.province_code
        if code in _YOUNG:
            founded, parent = _YOUNG[code]
            return self._add(
                name, short, tier, code, place=place, founded=founded, before=self.dinas(parent)
            )
        if code not in _FIXED and rng.random() < 0.06:
            old_name, old_short = _dinas_name(rng, region)
            if old_name != name:
                old = self._add(old_name, old_short, tier, code, place=place)
                return self._add(
                    name, short, tier, code, place=place, founded=REORGANISED, before=old
                )
        return self._add(name, short, tier, code, place=place)

    def _add(
        self,
        name: str,
        short_name: str,
        tier: str,
        region: str | None,
        *,
        place: str,
        founded: dt.date = AUTONOMY,
        before: Office | None = None,
    ) -> Office:
        rng = dice("unit", name)
        unit = Unit(
            name=name,
            short_name=short_name,
            tier=tier,
            region=self._regions[region] if region else None,
            valid_from=founded,
        )
        office = Office(unit, place, founded, before)
        where = self._regions[region].name if region else "Jakarta"
        unit.address = f"{rng.choice(_STREETS)} No. {rng.randrange(1, 200)}, {where}"
        unit.email = f"kontak@{office.domain}"
        unit.phone = fictitious_phone(rng)
        # A predecessor of the same tier and region ends here; a young province leaves its parent be.
        if before is not None and before.unit.region == unit.region:
            before.unit.valid_until = founded - dt.timedelta(days=1)
            before.unit.successor = unit
        self.all.append(office)
        return office


def fictitious_phone(rng: Random) -> str:
    """A number in an area code that was never given out (0999)."""
    return f"(0999) 555-{rng.randrange(10_000):04}"


def fictitious_mobile(rng: Random) -> str:
    """A number below a mobile prefix that was never given out (0800-0000)."""
    return f"0800-0000-{rng.randrange(10_000):04}"


def _dinas_name(rng: Random, region: Region) -> tuple[str, str]:
    if region.code.startswith("31."):
        short_place = region.name.replace("Kabupaten Administrasi ", "").replace(
            "Kota Administrasi ", ""
        )
        return (
            f"Suku Dinas Tenaga Kerja, Transmigrasi dan Energi {region.name}",
            f"Sudin Nakertransgi {short_place}",
        )
    name, short, _ = rng.choices(_DINAS, [weight for *_, weight in _DINAS])[0]
    if region.is_province:
        return f"{name} Provinsi {region.name}", f"{short} Prov. {_short_province(region.name)}"
    return f"{name} {region.name}", f"{short} {region.short_name}"


def _short_province(name: str) -> str:
    return name.replace("Daerah Khusus Ibukota", "DKI").replace("Daerah Istimewa", "DI")
