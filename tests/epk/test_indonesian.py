"""The profession's words: families, names, numbers, everyday words, and the time it takes."""

from __future__ import annotations

import time

import pytest

from epk.lib.indonesian import normalise
from epk.lib.indonesian.families import FORMS, MARK
from epk.lib.indonesian.names import NAMES, WRITTEN_OUT
from epk.lib.indonesian.stop_words import SPELLINGS, SPELT_OUT, STOP_WORDS


def words(text: str) -> set[str]:
    return set(normalise(text).split())


def is_key(word: str) -> bool:
    return word.removesuffix(MARK) in {name.key for name in NAMES}


# --- Words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("penempatan", "menempatkan ditempatkan Penempatannya MENEMPATKAN ditempatkannya"),
        ("pengangkatan", "diangkat mengangkat diangkatnya"),
        ("kenaikan", "naik menaikkan dinaikkan kenaikannya"),
        ("penyetaraan", "disetarakan menyetarakan setara"),
        ("pelatihan", "melatih dilatih latihan"),
        ("penilaian", "dinilai menilai nilai nilainya"),
        ("pendaftaran", "mendaftar mendaftarkan didaftarkan terdaftar daftar"),
        ("pengumuman", "mengumumkan diumumkan"),
        ("pelaporan", "lapor melapor melaporkan laporan dilaporkan"),
        ("pembinaan", "membina dibina"),
        ("penyuluhan", "menyuluh"),
        ("bimbingan", "membimbing dibimbing"),
        ("pengesahan", "mengesahkan disahkan"),
        ("persyaratan", "syarat mensyaratkan dipersyaratkan syarat-syarat syarat2 syaratnya"),
        ("sosialisasi", "mensosialisasikan menyosialisasikan disosialisasikan"),
        ("perluasan", "memperluas diperluas"),
        ("perizinan", "izin ijin perijinan diizinkan"),
        ("pengunggahan", "upload diupload mengunggah"),
        ("perpindahan", "pindah mutasi dimutasi dipindahkan"),
    ],
)
def test_the_forms_of_a_family_are_one_word(key: str, forms: str) -> None:
    assert words(f"{key} {forms}") == {key + MARK}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("penempatan", "tempat"),
        ("penempatan", "empat"),
        ("pengumuman", "umum"),
        ("pengangkatan", "angkatan"),
        ("peningkatan", "tingkat"),
        ("penetapan", "tetap"),
        ("pembinaan", "pembina"),
        ("penugasan", "petugas"),
    ],
)
def test_another_word_of_the_same_root_stays_apart(word: str, other: str) -> None:
    assert not words(word) & words(other)


def test_there_are_more_than_sixty_families_and_no_key_of_a_name_is_one() -> None:
    families = set(FORMS.values())
    assert len(families) > 60
    assert not families & {name.key + MARK for name in NAMES}


def test_what_is_written_out_leads_to_words_that_are_not_short_again() -> None:
    short = WRITTEN_OUT.keys() | SPELT_OUT.keys()
    assert not {word for text in WRITTEN_OUT.values() for word in text.split()} & short
    assert not set(SPELT_OUT.values()) & short
    assert not set(SPELLINGS.values()) & SPELLINGS.keys()


def test_stop_words_are_many_and_hold_no_word_of_a_family_or_a_name() -> None:
    assert len(STOP_WORDS) > 150
    assert not STOP_WORDS & FORMS.keys()
    short = {way for name in NAMES for way in name.ways if " " not in way} | WRITTEN_OUT.keys()
    assert STOP_WORDS & short == set()


def test_chat_spellings_and_stop_words_go() -> None:
    typed = "gmn cara daftar ukom yg blm lulus utk pk, sy tdk tahu krn dlm perjalanan dgn bpk"
    written = "bagaimana cara daftar ukom yang belum lulus untuk pk tahu perjalanan"
    assert normalise(typed) == normalise(written)


def test_accents_capitals_and_hidden_letters_make_no_difference() -> None:
    assert normalise("Jum’at pene\u00admpatan\u200b KRE\u0301DIT ﬁle １２") == normalise(
        "jumat penempatan kredit file 12"
    )


# --- Names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "written_out"),
    [
        ("AK", "angka kredit"),
        ("PAK", "penetapan angka kredit"),
        ("DUPAK", "daftar usul penetapan angka kredit"),
        ("PK", "pengantar kerja"),
        ("PAKer", "petugas antar kerja"),
        ("PMI", "pekerja migran Indonesia"),
        ("BKK", "bursa kerja khusus"),
        ("LPTKS", "lembaga penempatan tenaga kerja swasta"),
        ("TKA", "tenaga kerja asing"),
        ("IPK", "informasi pasar kerja"),
        ("pencaker", "pencari kerja"),
        ("SKP", "sasaran kinerja pegawai"),
        ("ukom", "uji kompetensi"),
        ("diklat", "pendidikan dan pelatihan"),
        ("JF", "jabatan fungsional"),
        ("jabfung", "jabatan fungsional"),
        ("TMT", "terhitung mulai tanggal"),
        ("BNSP", "Badan Nasional Sertifikasi Profesi"),
        ("AKAD", "antar kerja antar daerah"),
        ("AKL", "antar kerja lokal"),
        ("AKAN", "antar kerja antar negara"),
        ("SIAPkerja", "Siap Kerja"),
        ("Disnaker", "Dinas Tenaga Kerja"),
        ("Kemnaker", "Kementerian Ketenagakerjaan"),
        ("BP2MI", "Badan Pelindungan Pekerja Migran Indonesia"),
        ("BP3MI", "balai pelayanan pelindungan pekerja migran Indonesia"),
        ("P3MI", "perusahaan penempatan pekerja migran Indonesia"),
        ("IKAPERJASI", "Ikatan Pengantar Kerja Seluruh Indonesia"),
        ("jobfair", "bursa kerja"),
        ("WLKP", "wajib lapor"),
        ("UU", "undang-undang"),
        ("PP", "Peraturan Pemerintah"),
        ("Permenaker", "Peraturan Menteri Ketenagakerjaan"),
        ("PermenPANRB", "permenpan RB"),
        ("P3K", "pegawai pemerintah dengan perjanjian kerja"),
        ("DN", "dalam negeri"),
        ("kartu kuning", "kartu AK/1"),
    ],
)
def test_short_and_long_have_a_key_in_common(short: str, written_out: str) -> None:
    assert {word for word in words(short) & words(f"Soal {written_out} lagi") if is_key(word)}


def test_a_name_keeps_its_single_words() -> None:
    assert {"angka", "kredit", "ak0"} <= words("AK")
    assert {"bursa", "kerja", "khusus", "bkk0"} <= words("BKK-nya")


def test_a_bursa_kerja_khusus_is_no_job_fair() -> None:
    assert "bursakerja0" in words("bursa kerja")
    assert "bursakerja0" not in words("Bursa Kerja Khusus di SMK")
    assert "bursakerja0" in words("bursa kerja khusus dan bursa kerja")


@pytest.mark.parametrize(
    "text",
    [
        "PAK saya belum terbit",
        "pak integrasi",
        "Usul pak 2024",
        "cetak pak",
    ],
)
def test_pak_is_the_decision_where_capitals_or_neighbours_say_so(text: str) -> None:
    assert "pak0" in words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pak Budi pensiun",
        "mohon izin pak, saya baru",
        "SUDAH DISAMPAIKAN PAK BUDI KEMARIN SORE",
        "belum terbit, Pak Budi",
    ],
)
def test_pak_is_a_man_elsewhere(text: str) -> None:
    assert "pak0" not in words(text)


def test_akan_and_se_are_names_only_in_capitals_or_company() -> None:
    assert "akan0" in words("Penempatan melalui AKAN")
    assert "akan0" in words("akl, akad, akan")
    assert "akan0" not in words("Saya akan berangkat")
    assert "suratedaran0" in words("SE Menaker 5/2023")
    assert "suratedaran0" not in words("Siti Wulandari, SE hadir")


# --- Numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ways", "word"),
    [
        (["1/2022", "nomor 1 tahun 2022", "No. 01 Thn 2022", "01/2022"], "1x2022"),
        (["III/c", "IIIc", "3c", "III.c", "iii/C", "III-c", "III c"], "iiic"),
        (["2/12", "02/12"], "2x12"),
        (["31.12"], "31x12"),
        (["32.04"], "32x04"),
        (["31.12.2026", "31/12/2026", "31-12-2026"], "31x12x2026"),
        (["19860926 201505 1 001", "198609262015051001"], "198609262015051001"),
        (["1.500.000", "1500000"], "1500000"),
        (["12,5"], "12x5"),
        (["PermenPANRB 1 2022"], "1x2022"),
    ],
)
def test_a_number_stays_one_word(ways: list[str], word: str) -> None:
    for way in ways:
        assert word in words(way)


def test_a_regulation_is_found_by_its_year_alone() -> None:
    assert "2022" in words("PermenPANRB 1/2022")


# --- Time -------------------------------------------------------------------------------------

HEAVY = {
    "ordinary": "angka kredit pengantar kerja dalam jabatan " * 460,
    "short forms": "ak pmi, " * 2_500,
    "one word": "a" * 20_000,
    "one number": "1" * 20_000,
    "slashes": "1/" * 10_000,
    "dots": "1." * 10_000,
    "hyphens": "aa-" * 6_700,
    "accents": "e" + "\u0301" * 19_999,
    "apostrophes": "é'" * 10_000,
    "blanks": " " * 20_000,
    "years": "1   th   " * 2_200,
    "laws": "undang-" * 2_900,
    "groups of digits": "12345678 " * 2_222,
    "grades": "i/a " * 5_000,
    "Arabic": "سلام " * 4_000,
    "quotes": '-"a ' * 5_000,
}


def quickest(text: str) -> float:
    """Processor time in seconds; the best of five, as others use the machine too."""
    spans = []
    for _turn in range(5):
        start = time.process_time()
        normalise(text)
        spans.append(time.process_time() - start)
    return min(spans)


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY.keys())
def test_twenty_thousand_letters_are_read_at_once(text: str) -> None:
    # Some 0.02 s; what grows with the square would take several seconds.
    assert quickest(text[:20_000]) < 0.5
