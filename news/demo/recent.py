"""The articles of the demo about these weeks: made up, and they say so."""

from __future__ import annotations

from typing import Final

from news.demo.items import AGUS, RATNA, Drawing, Earlier, Item, Paper
from news.demo.papers import Slide

RECENT: Final = (
    Item(
        slug="cara-memperbarui-data-anda",
        kind="pengumuman",
        title="Cara memperbarui data Anda di portal ini",
        summary="Kontak, ringkasan, dan keahlian dapat Anda ubah sendiri; yang lain melalui admin.",
        text=(
            "Buka **Beranda**, lalu **Buka data saya**.\n\n"
            "1. Kontak kantor, ringkasan, keahlian, dan pilihan privasi berubah begitu disimpan.\n"
            "2. Jabatan, pangkat, unit kerja, dan riwayat dipelihara oleh Admin Provinsi menurut SK.\n"
            "3. Siapa saja yang pernah melihat data pribadi Anda tercatat di **Data saya**.\n\n"
            "Bila ada yang keliru, hubungi Admin Provinsi Anda."
        ),
        categories=("portal",),
        days=120,
        pinned=True,
    ),
    Item(
        slug="jadwal-uji-kompetensi-triwulan-pertama",
        kind="pengumuman",
        title="Jadwal uji kompetensi triwulan pertama",
        summary="Ujian bergeser sepekan; berkas tetap diterima sampai akhir bulan sebelumnya.",
        text=(
            "Uji kompetensi untuk kenaikan jenjang diadakan pada **pekan ketiga Februari**.\n\n"
            "| Jenjang tujuan | Cara | Lama |\n"
            "|---|---|---|\n"
            "| Ahli Muda | tertulis dan portofolio | 1 hari |\n"
            "| Ahli Madya | tertulis, portofolio, wawancara | 2 hari |\n"
            "| Ahli Utama | makalah dan wawancara | 2 hari |\n\n"
            "Berkas diterima sampai akhir Januari melalui Dinas masing-masing."
        ),
        categories=("karier", "pelatihan"),
        days=12,
        earlier=Earlier(
            "Uji kompetensi untuk kenaikan jenjang diadakan pada **pekan kedua Februari**.\n\n"
            "Berkas diterima sampai akhir Januari melalui Dinas masing-masing.",
            "besar",
            "Ujian bergeser dari pekan kedua ke pekan ketiga Februari.",
            8,
        ),
    ),
    Item(
        slug="pemutakhiran-data-penempatan-semester-ii",
        kind="pengumuman",
        title="Pemutakhiran data penempatan semester II",
        summary="Angka penempatan Juli sampai Desember disampaikan lewat Dinas provinsi.",
        text=(
            "Mohon menyampaikan data penempatan semester II menurut format yang sama dengan semester "
            "lalu. Yang paling sering keliru:\n\n"
            "- penempatan antarkerja daerah tercatat dua kali, di daerah asal dan di daerah tujuan;\n"
            "- lowongan yang sudah ditutup masih dihitung;\n"
            "- pencari kerja penyandang disabilitas tidak dipisahkan."
        ),
        categories=("penempatan",),
        days=6,
        internal=True,
    ),
    Item(
        slug="rapat-koordinasi-daring-bulanan",
        kind="pengumuman",
        title="Rapat koordinasi daring bulanan",
        summary="Pokok bahasan dan cara bergabung untuk para petugas.",
        text=(
            "Rapat koordinasi bulan ini membahas tindak lanjut bursa kerja dan antrean usulan "
            "perubahan data. Catatan rapat dibagikan di halaman ini sesudahnya."
        ),
        categories=("kegiatan",),
        days=9,
        internal=True,
        writer=RATNA,
        editor=AGUS,
    ),
    Item(
        slug="bursa-kerja-di-lima-kota",
        kind="berita",
        title="Bursa kerja di lima kota: yang perlu disiapkan Dinas",
        summary="Dari meja informasi sampai ruang wawancara, dan mengapa tindak lanjutnya menentukan.",
        text=(
            "Lima Dinas berbagi cara menyiapkan bursa kerja yang menghasilkan penempatan, bukan hanya "
            "keramaian.\n\n"
            "## Sebelum acara\n\n"
            "Kunjungi perusahaan dan tanyakan lowongan yang benar-benar akan diisi dalam dua bulan. "
            "Umumkan syaratnya apa adanya.\n\n"
            "## Saat acara\n\n"
            "> Meja yang paling ramai bukan meja perusahaan, melainkan meja tempat lamaran diperbaiki.\n\n"
            "Sediakan ruang yang tenang untuk wawancara, juru bahasa isyarat, dan jalur kursi roda.\n\n"
            "## Sesudah acara\n\n"
            "Hubungi pelamar dan perusahaan pada pekan kedua dan pekan keenam; catat yang diterima."
        ),
        categories=("penempatan", "kegiatan"),
        days=20,
        cover=Drawing(
            "pagi",
            "Gambar hias: matahari pagi bermotif kawung di atas ombak biru, langit kuning muda",
        ),
    ),
    Item(
        slug="panduan-angka-kredit-dari-predikat-kinerja",
        kind="materi",
        title="Panduan: angka kredit dari predikat kinerja",
        summary="Contoh hitungan langkah demi langkah, dengan berkas yang dapat diunduh.",
        text=(
            "Sejak PermenPANRB 1/2023 angka kredit dihitung dari predikat kinerja tahunan, bukan lagi "
            "dari daftar usulan butir kegiatan. Panduan ini memberi contoh hitungan untuk tiga "
            "keadaan: setahun penuh, sebagian tahun, dan sesudah naik jenjang.\n\n"
            "Contoh di dalamnya untuk belajar dan bukan keputusan; yang berlaku adalah penetapan "
            "pejabat penilai."
        ),
        categories=("karier", "regulasi"),
        days=30,
        papers=(
            Paper(
                "panduan-angka-kredit.pdf",
                "Angka kredit dari predikat kinerja: contoh hitungan",
                (
                    Slide(
                        "Angka kredit dari predikat kinerja",
                        (
                            "Contoh hitungan untuk belajar; bukan keputusan",
                            "Berkas rekaan untuk peragaan portal ini",
                        ),
                    ),
                    Slide(
                        "Langkahnya",
                        (
                            "Catat predikat kinerja dan jumlah bulan yang dinilai",
                            "Kalikan koefisien tahunan jenjang dengan persentase predikat",
                            "Untuk sebagian tahun, kalikan lagi dengan bulan dibagi dua belas",
                        ),
                    ),
                ),
            ),
        ),
    ),
    Item(
        slug="modul-penyuluhan-jabatan-untuk-smk",
        kind="materi",
        title="Modul penyuluhan jabatan untuk SMK",
        summary="Dua jam pelajaran untuk kelas akhir: mengenal diri, mengenal pekerjaan, membuat rencana.",
        text=(
            "Modul ini dipakai bersama guru bimbingan konseling dan Bursa Kerja Khusus.\n\n"
            "- **Jam pertama:** minat, bakat, dan pekerjaan yang ada di daerah sendiri.\n"
            "- **Jam kedua:** menulis lamaran dan berlatih wawancara.\n\n"
            "Lembar kerja boleh digandakan dan diubah."
        ),
        categories=("pelatihan", "penempatan"),
        days=55,
        writer=RATNA,
        editor=AGUS,
    ),
    Item(
        slug="konseling-karier-dari-jarak-jauh",
        kind="berita",
        title="Konseling karier dari jarak jauh: pengalaman kepulauan",
        summary="Ketika kapal hanya datang sepekan sekali, percakapan lewat telepon menjadi layanan utama.",
        text=(
            "Di daerah kepulauan, pencari kerja sering menempuh satu hari perjalanan untuk bertemu "
            "petugas. Tiga Dinas mencoba janji temu lewat telepon, dengan berkas yang difoto lebih "
            "dulu.\n\n"
            "## Yang berhasil\n\n"
            "Janji dengan jam yang pasti, dan satu petugas yang sama sampai selesai.\n\n"
            "## Yang belum\n\n"
            "Tes minat dan bakat masih perlu tatap muka. Jadwal kapal tetap menentukan."
        ),
        categories=("penempatan", "karier"),
        days=41,
        cover=Drawing(
            "hutan", "Gambar hias: bulan pucat bermotif kawung di atas bukit hijau berlapis"
        ),
    ),
    Item(
        slug="pemeliharaan-portal-akhir-pekan",
        kind="pengumuman",
        title="Pemeliharaan portal akhir pekan ini",
        summary="Portal tidak dapat dibuka Sabtu malam selama kira-kira dua jam.",
        text=(
            "Sabtu malam portal berhenti kira-kira dua jam untuk pemeliharaan. Yang sedang ditulis di "
            "forum tersimpan sebagai draf; setelah itu semuanya dapat dilanjutkan."
        ),
        categories=("portal",),
        days=3,
    ),
    Item(
        slug="pendaftaran-pelatihan-konselor-karier-dibuka",
        kind="pengumuman",
        title="Pendaftaran pelatihan konselor karier dibuka",
        summary="Tiga puluh tempat, bergantian antara daring dan luring.",
        text=(
            "Pendaftaran dibuka melalui halaman kegiatan. Peserta dipilih menurut daerah, supaya "
            "setiap pulau besar terwakili."
        ),
        categories=("pelatihan", "kegiatan"),
        days=-14,
    ),
    Item(
        slug="alamat-surel-layanan-berubah",
        kind="pengumuman",
        title="Alamat surel layanan berubah",
        summary="Ditarik karena perubahannya dibatalkan.",
        text="Mulai bulan depan surat untuk layanan dikirim ke alamat yang baru.",
        categories=("portal",),
        days=90,
        withdrawn=True,
    ),
    Item(
        slug="rekap-penempatan-triwulan-ketiga",
        kind="berita",
        title="Rekap penempatan triwulan ketiga",
        summary="Menunggu telaah: angka per provinsi dengan catatan tentang cara menghitungnya.",
        text="Angka penempatan triwulan ketiga menurut provinsi, dengan catatan cara menghitungnya.",
        categories=("penempatan",),
        writer=RATNA,
        state="telaah",
    ),
    Item(
        slug="panduan-wawancara-kerja-daring",
        kind="materi",
        title="Panduan wawancara kerja daring",
        summary="Masih ditulis.",
        text="Cahaya, suara, latar, dan cara menjawab ketika sambungan terputus.",
        categories=("pelatihan",),
        state="draf",
    ),
)
