"""What an officer of the demo has learnt: degrees with their titles, trainings, expertise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from registry.demo.careers import TODAY, Career
from registry.models import Education
from registry.models.terms import Golongan, Jenjang

Level = Education.Level

_NO_MORE_DRS = 1994
"""Until then a sarjana of letters or social science became Drs. or Dra., an engineer Ir."""

# Title, major, the title of a Magister that usually follows, how often.
_DEGREES = (
    ("S.Sos.", "Ilmu Administrasi Negara", "M.Si.", 17),
    ("S.Sos.", "Sosiologi", "M.Si.", 7),
    ("S.E.", "Manajemen", "M.M.", 15),
    ("S.E.", "Ekonomi Pembangunan", "M.Si.", 7),
    ("S.H.", "Ilmu Hukum", "M.H.", 15),
    ("S.Psi.", "Psikologi", "M.Psi.", 9),
    ("S.Kom.", "Sistem Informasi", "M.Kom.", 8),
    ("S.AP.", "Administrasi Publik", "M.A.P.", 7),
    ("S.IP.", "Ilmu Pemerintahan", "M.A.P.", 7),
    ("S.T.", "Teknik Industri", "M.T.", 4),
    ("S.Pd.", "Bimbingan dan Konseling", "M.Pd.", 4),
    ("S.I.Kom.", "Ilmu Komunikasi", "M.I.Kom.", 3),
)
_MASTERS = {
    "M.Si.": "Ilmu Administrasi",
    "M.M.": "Manajemen",
    "M.H.": "Ilmu Hukum",
    "M.Psi.": "Psikologi Industri dan Organisasi",
    "M.Kom.": "Ilmu Komputer",
    "M.A.P.": "Administrasi Publik",
    "M.T.": "Teknik Industri",
    "M.Pd.": "Bimbingan dan Konseling",
    "M.I.Kom.": "Ilmu Komunikasi",
}
_UNIVERSITIES = {
    "1": (
        "Universitas Syiah Kuala",
        "Universitas Sumatera Utara",
        "Universitas Andalas",
        "Universitas Riau",
        "Universitas Sriwijaya",
        "Universitas Lampung",
        "Universitas Bengkulu",
    ),
    "3": (
        "Universitas Indonesia",
        "Universitas Padjadjaran",
        "Universitas Diponegoro",
        "Universitas Gadjah Mada",
        "Universitas Airlangga",
        "Universitas Brawijaya",
        "Universitas Sebelas Maret",
        "Universitas Jenderal Soedirman",
        "Universitas Terbuka",
    ),
    "5": ("Universitas Udayana", "Universitas Mataram", "Universitas Nusa Cendana"),
    "6": (
        "Universitas Tanjungpura",
        "Universitas Lambung Mangkurat",
        "Universitas Mulawarman",
        "Universitas Palangka Raya",
    ),
    "7": (
        "Universitas Hasanuddin",
        "Universitas Sam Ratulangi",
        "Universitas Tadulako",
        "Universitas Halu Oleo",
        "Universitas Negeri Gorontalo",
    ),
    "8": ("Universitas Pattimura", "Universitas Khairun", "Universitas Hasanuddin"),
    "9": ("Universitas Cenderawasih", "Universitas Papua", "Universitas Hasanuddin"),
}
_CENTRAL = "Pusat Pengembangan SDM Ketenagakerjaan"
# Name, organiser (empty: the BPSDM of the province), days, hours.
_TRAININGS = (
    ("Pendidikan dan Pelatihan Dasar Pengantar Kerja", _CENTRAL, 40, 320),
    ("Pelatihan Fungsional Pengantar Kerja Tingkat Ahli", _CENTRAL, 26, 210),
    ("Bimbingan Teknis Penyuluhan dan Bimbingan Jabatan", _CENTRAL, 5, 40),
    ("Bimbingan Teknis Layanan Informasi Pasar Kerja", "Pusat Pasar Kerja", 4, 32),
    (
        "Bimbingan Teknis Pelayanan Penempatan Tenaga Kerja Dalam Negeri",
        "Direktorat Bina Penempatan Tenaga Kerja Dalam Negeri",
        4,
        32,
    ),
    (
        "Bimbingan Teknis Pelayanan dan Pelindungan Pekerja Migran Indonesia",
        "Direktorat Bina Penempatan dan Pelindungan Pekerja Migran Indonesia",
        4,
        32,
    ),
    ("Pelatihan Analisis Jabatan", "", 6, 48),
    ("Pelatihan Konseling Karier bagi Pencari Kerja", _CENTRAL, 5, 40),
    ("Bimbingan Teknis Penempatan Tenaga Kerja Penyandang Disabilitas", _CENTRAL, 3, 24),
    ("Pelatihan Pengelolaan Bursa Kerja dan Job Fair", "", 3, 24),
    ("Bimbingan Teknis Pengendalian Penggunaan Tenaga Kerja Asing", _CENTRAL, 4, 32),
    ("Pelatihan Pelayanan Publik Berbasis Digital", "", 3, 24),
    ("Pelatihan Penyusunan Daftar Usul Penilaian Angka Kredit", "", 2, 16),
)
WORKSHOP = (
    "Workshop Nasional Pejabat Fungsional Pengantar Kerja 2018",
    "Direktorat Jenderal Binapenta dan PKK",
    dt.date(2018, 5, 7),
    dt.date(2018, 5, 9),
    24,
)
_EXPERTISE = {
    "bimbingan-jabatan": 18,
    "perantaraan-kerja": 18,
    "informasi-pasar-kerja": 15,
    "penempatan-pmi": 14,
    "job-fair": 8,
    "bkk": 6,
    "perluasan-kesempatan-kerja": 6,
    "desmigratif": 5,
    "tenaga-kerja-khusus": 4,
    "analisis-jabatan": 4,
    "pengendalian-tka": 3,
    "lptks": 3,
}


@dataclass(frozen=True)
class Degree:
    """One completed education."""

    level: str
    institution: str
    major: str
    year: int


@dataclass(frozen=True)
class Course:
    """One training, attended to its end."""

    name: str
    organiser: str
    start: dt.date
    end: dt.date
    hours: int


@dataclass
class Schooling:
    """The degrees, oldest first, and the titles they give."""

    degrees: list[Degree] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


def draw_schooling(rng: Random, career: Career, sex: str, place: str, home: str) -> Schooling:
    """Degrees that fit the career: the sarjana before III/a, the Magister mostly later."""
    schooling = Schooling()
    born = career.birth_date.year
    title, major, master, _ = rng.choices(_DEGREES, [degree[-1] for degree in _DEGREES])[0]
    if rng.random() < 0.3:
        school = f"SMA Negeri {rng.randint(1, 5)} {home}"
        schooling.degrees.append(Degree(Level.SMA, school, "", born + rng.choice((18, 18, 19))))
    year = min(born + rng.randint(22, 24), career.appointed.year)
    if career.diploma:
        schooling.degrees.append(Degree(Level.D3, _university(rng, place), major, year))
        year = min(career.appointed.year + rng.randint(4, 7), TODAY.year - 1)
    schooling.degrees.append(Degree(Level.S1, _university(rng, place), major, year))
    if year < _NO_MORE_DRS and title in {"S.Sos.", "S.Psi.", "S.Pd.", "S.IP.", "S.AP.", "S.I.Kom."}:
        schooling.front.append("Dra." if sex == "P" else "Drs.")
    elif year < _NO_MORE_DRS and title == "S.T.":
        schooling.front.append("Ir.")
    else:
        schooling.back.append(title)
    _study_further(rng, schooling, career, master, place)
    return schooling


def draw_courses(rng: Random, career: Career, province: str) -> list[Course]:
    """None to five trainings since the officer entered, and for some the workshop of 2018."""
    last = min(career.left or TODAY, TODAY)
    days = (last - career.entered).days - 60
    courses: list[Course] = []
    if days > 0:
        count = rng.choices(range(6), (8, 18, 26, 24, 15, 9))[0]
        for name, organiser, length, hours in rng.sample(_TRAININGS, min(count, 1 + days // 200)):
            start = career.entered + dt.timedelta(days=rng.randrange(days))
            start -= dt.timedelta(days=start.weekday())
            start = max(start, career.entered)
            by = organiser or f"BPSDM Provinsi {province}"
            end = start + dt.timedelta(days=length - 1)
            courses.append(Course(name, by, start, end, hours))
    if career.entered < WORKSHOP[2] < last and rng.random() < 0.34:
        courses.append(Course(*WORKSHOP))
    return sorted(courses, key=lambda course: course.start)


def draw_expertise(rng: Random) -> list[str]:
    """One to three codes of migration 0003."""
    count = rng.choices((1, 2, 3), (4, 4, 2))[0]
    codes = rng.choices(list(_EXPERTISE), list(_EXPERTISE.values()), k=count)
    return list(dict.fromkeys(codes))


def _study_further(
    rng: Random, schooling: Schooling, career: Career, master: str, place: str
) -> None:
    jenjang = career.jenjang[-1][1]
    first = career.golongan[0] if career.golongan else None
    began_as_master = first == (career.appointed, Golongan.III_B)
    chance = {Jenjang.AHLI_PERTAMA: 0.1, Jenjang.AHLI_MUDA: 0.27}.get(jenjang, 0.6)
    if not began_as_master and rng.random() >= chance:
        return
    earliest = schooling.degrees[-1].year + 2
    latest = career.appointed.year if began_as_master else min(earliest + 18, TODAY.year - 1)
    year = rng.randint(min(earliest, latest), latest)
    schooling.degrees.append(Degree(Level.S2, _university(rng, place), _MASTERS[master], year))
    schooling.back.append(master)
    high = jenjang in {Jenjang.AHLI_MADYA, Jenjang.AHLI_UTAMA}
    if high and year + 5 < TODAY.year and rng.random() < 0.12:
        done = rng.randint(year + 4, TODAY.year - 1)
        schooling.degrees.append(Degree(Level.S3, _university(rng, place), _MASTERS[master], done))
        schooling.front = ["Dr."]


def _university(rng: Random, place: str) -> str:
    key = place[0] if rng.random() < 0.75 else "3"
    return rng.choice(_UNIVERSITIES.get(key, _UNIVERSITIES["3"]))
