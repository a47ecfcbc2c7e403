"""Questions as people type them, and the posts that answer them: among the first five."""

from __future__ import annotations

import pytest

from accounts.models import User
from epk.lib.indonesian import query
from forum.models import Topic
from forum.queries.search import best_posts
from tests.forum.made import make_category, make_reply, make_topic

pytestmark = pytest.mark.django_db
FIRST = 5

TOPICS = {
    "pangkat": ("Kenaikan pangkat bersamaan dengan kenaikan jenjang", "Berkas yang diminta BKD."),
    "gagal": ("Gagal uji kompetensi, kapan boleh ikut lagi?", "Nilai saya di bawah ambang."),
    "ulang": ("Belum lulus ujikom Ahli Muda", "Apakah biaya ditanggung lagi?"),
    "lulus": ("Sudah lulus uji kompetensi, kapan dilantik?", "Sertifikat sudah terbit."),
    "syarat": ("Syarat mengikuti uji kompetensi", "Masa kerja dua tahun."),
    "ak": ("Menghitung angka kredit integrasi", "Dari kegiatan tahun 2022."),
    "pak": ("Penetapan angka kredit terlambat terbit", "Sudah tiga bulan menunggu."),
    "loker": ("Memasang lowongan kerja perusahaan tanpa izin", "Apakah boleh ditolak?"),
    "dinas": ("Alamat Dinas Tenaga Kerja yang pindah kantor", "Papan nama belum dipasang."),
    "pmi": ("Pekerja migran Indonesia yang pulang sebelum kontrak habis", "Siapa yang menjemput?"),
    "kuning": ("Kartu pencari kerja hilang", "Apakah cukup surat polisi?"),
    "jobfair": ("Menyusun anggaran pameran kesempatan kerja", "Tenda dan konsumsi."),
    "bkk": ("Bursa kerja khusus di sekolah swasta", "Izin operasional."),
    "tka": ("Tenaga kerja asing tanpa pengesahan", "Temuan di lapangan."),
    "disabilitas": ("Penempatan penyandang disabilitas di pabrik", "Akomodasi yang layak."),
    "pindah": ("Mutasi antarkabupaten bagi pejabat fungsional", "Persetujuan kedua bupati."),
    "umur": ("Batas usia pensiun Ahli Madya", "58 atau 60 tahun?"),
    "skp": ("Sasaran kinerja pegawai triwulan", "Diisi di e-Kinerja."),
}
ASKED = {
    "naik pangkat": {"pangkat"},
    "kenpa": {"pangkat"},
    "tidak lulus uji kompetensi": {"gagal", "ulang"},
    "gak lulus ujikom": {"gagal", "ulang"},
    "tdk lulus ukom": {"gagal", "ulang"},
    "lulus ujikom": {"lulus", "ulang"},
    "syarat ujikom": {"syarat"},
    "ikut ujikomp": {"syarat", "gagal"},
    "angkre": {"ak", "pak"},
    "hitung AK": {"ak"},
    "PAK": {"pak"},
    "PAK belum terbit": {"pak"},
    "loker": {"loker"},
    "info loker perusahaan": {"loker"},
    "disnaker": {"dinas"},
    "alamat disnakertrans": {"dinas"},
    "TKI pulang": {"pmi"},
    "kepulangan pekerja migran": {"pmi"},
    "AK-1 hilang": {"kuning"},
    "kartu kuning": {"kuning"},
    "kehilangan kartu AK/I": {"kuning"},
    "job fair": {"jobfair"},
    "jobfair anggaran": {"jobfair"},
    "BKK swasta": {"bkk"},
    "TKA": {"tka"},
    "difabel": {"disabilitas"},
    "menempatkan difabel": {"disabilitas"},
    "mutasi": {"pindah", "dinas"},
    "BUP": {"umur"},
    "usia pensiun": {"umur"},
    "skp": {"skp"},
    "ekin": {"skp"},
}
"""By what is typed, the names of the topics that answer it."""


def test_recall_at_five(siti: User) -> None:
    names = {}
    for name, (title, source) in TOPICS.items():
        names[make_topic(siti, title=title, source=source).posts.get().pk] = name
    noise = make_topic(siti, make_category("lain"), title="Perkenalan anggota baru")
    for number in range(20):
        make_reply(noise, siti, f"Salam kenal dari saya, anggota ke-{number}.")
    assert Topic.objects.count() == len(TOPICS) + 1
    missed, expected = [], 0
    for typed, wanted in ASKED.items():
        found = {names.get(key) for key in best_posts(siti, query(typed), {})[:FIRST]}
        expected += len(wanted)
        missed += [f"{typed}: {name}" for name in sorted(wanted - found)]
    assert missed == [], f"recall {1 - len(missed) / expected:.2f}"


def test_who_did_not_pass_is_not_told_how_those_go_on_who_did(siti: User) -> None:
    passed = make_topic(siti, title=TOPICS["lulus"][0]).posts.get().pk
    failed = make_topic(siti, title=TOPICS["gagal"][0]).posts.get().pk
    assert best_posts(siti, query("tidak lulus uji kompetensi"), {}) == [failed]
    assert passed in best_posts(siti, query("lulus uji kompetensi"), {})
