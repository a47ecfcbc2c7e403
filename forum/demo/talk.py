"""What the demo's people say to each other. Answers are examples, not legal advice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Said:
    """A post: by whom of the cast, and what; `thanks` from whom."""

    by: str
    text: str
    thanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """A topic, `days` and so many hours before the day the demo is filled on."""

    category: str
    kind: str
    title: str
    days: int
    posts: list[Said] = field(default_factory=list)
    accepted: int = 0
    vouched: bool = False
    """Whether the Pembina stands for the accepted answer."""
    reported: int = 0
    pinned: bool = False


TALKS: Final = [
    Talk(
        "umum",
        "diskusi",
        "Selamat datang: cara memakai forum ini",
        170,
        [
            Said(
                "maya",
                "Forum ini untuk saling bertanya dan bertukar pengalaman tentang karier dan "
                "pekerjaan kita.\n\n"
                "- Pilih **Pertanyaan** bila mencari jawaban; penanya menandai jawaban yang benar.\n"
                "- Pilih **Diskusi** untuk bertukar pikiran.\n"
                "- Jangan menulis NIK, nomor telepon pribadi, atau data pencari kerja.\n\n"
                "Semua orang di peragaan ini fiktif, begitu juga isi tulisannya.",
                ("siti", "budi", "rina"),
            ),
            Said("joko", "Terima kasih, Bu Maya. Senang bisa tetap ikut membaca setelah pensiun."),
        ],
        pinned=True,
    ),
    Talk(
        "karier",
        "pertanyaan",
        "Angka kredit periode Januari–Februari: dihitung 2/12 atau menunggu predikat tahunan?",
        3,
        [
            Said(
                "siti",
                "Saya Ahli Muda, predikat **Baik**. Untuk kenaikan pangkat 1 April, apakah angka "
                "kredit dua bulan pertama boleh dihitung lebih dulu?",
                ("joko",),
            ),
            Said(
                "budi",
                "> apakah angka kredit dua bulan pertama boleh dihitung lebih dulu?\n\n"
                "Boleh, sebagai penilaian periodik: 2/12 × 100% × koefisien tahunan. Untuk Ahli "
                "Muda dengan predikat Baik:\n\n"
                "| Bulan | Predikat | Hitungan | Angka kredit |\n"
                "|---|---|---|---|\n"
                "| 2 | Baik | 2/12 × 100% × 25 | 4,167 |\n\n"
                "Jangan dibulatkan sebelum dijumlahkan dengan tahun sebelumnya.",
                ("siti", "joko", "rina"),
            ),
            Said("siti", "Terima kasih, Pak Budi. Contohnya sangat membantu."),
        ],
        accepted=2,
        vouched=True,
    ),
    Talk(
        "uji-kompetensi",
        "pertanyaan",
        "Berapa lama hasil uji kompetensi berlaku untuk kenaikan jenjang?",
        12,
        [
            Said(
                "siti",
                "Saya lulus uji kompetensi tahun lalu, tetapi formasi Ahli Madya di kabupaten kami "
                "baru dibuka tahun depan. Apakah hasilnya masih dapat dipakai?",
                ("budi",),
            ),
            Said(
                "joko",
                "Dulu di tempat saya hasilnya diminta paling lama dua tahun. Sebaiknya ditanyakan "
                "ke instansi pembina; aturannya pernah berubah.",
            ),
        ],
    ),
    Talk(
        "job-fair",
        "diskusi",
        "Pengalaman job fair dengan peserta lebih dari 5.000 orang",
        20,
        [
            Said(
                "budi",
                "Antrean pendaftaran kami pecah dengan tiga hal:\n\n"
                "1. pendaftaran lewat SIAPkerja dibuka dua minggu sebelumnya;\n"
                "2. kode QR dipindai di pintu, bukan di meja;\n"
                "3. wawancara diberi jam, tidak menunggu di tempat.\n\n"
                "Ada yang punya cara lain?",
                ("siti", "maya"),
            ),
            Said(
                "siti", "Kami membagi perusahaan per lantai menurut lulusan. Lorongnya lebih lega."
            ),
        ],
    ),
    Talk(
        "penempatan-luar-negeri",
        "pertanyaan",
        "Surat izin keluarga calon PMI: apakah harus diketahui kepala desa?",
        6,
        [
            Said(
                "budi",
                "Ada calon PMI yang orang tuanya sudah pindah provinsi. Kepala desa di alamat KTP "
                "tidak mengenal mereka lagi. Siapa yang mengetahui surat izinnya?",
            )
        ],
    ),
    Talk(
        "bkk-lptks",
        "pertanyaan",
        "Laporan BKK yang tidak pernah masuk: teguran dulu atau langsung dicabut?",
        30,
        [
            Said(
                "siti",
                "Dari 14 BKK di kabupaten kami, lima tidak melapor dua semester berturut-turut.",
                ("joko",),
            ),
            Said(
                "joko",
                "Kami dulu mulai dengan kunjungan. Tiga dari lima ternyata berganti pengurus dan "
                "tidak tahu caranya melapor.",
                ("siti",),
            ),
        ],
        accepted=2,
    ),
    Talk(
        "tenaga-kerja-khusus",
        "diskusi",
        "Bahasa isyarat di loket pelayanan",
        45,
        [
            Said(
                "siti",
                "Dua petugas kami mengikuti pelatihan bahasa isyarat dasar. Pencari kerja tuli "
                "yang datang naik dari 3 menjadi 21 orang sebulan. Bahannya bisa saya bagikan.",
                ("budi", "joko", "maya"),
            ),
            Said("budi", "Mohon dibagikan, Bu Siti. Di Jayapura belum ada."),
        ],
    ),
    Talk(
        "aplikasi",
        "pertanyaan",
        "Nomor pencari kerja ganda di SIAPkerja",
        2,
        [
            Said(
                "budi",
                "Satu orang mempunyai dua akun karena berganti nomor ponsel. Kartu AK-1 yang mana "
                "yang dipakai? Saya sudah membaca [panduannya](https://siapkerja.kemnaker.go.id).",
            )
        ],
    ),
    Talk(
        "umum",
        "diskusi",
        "Pesan berantai tentang lowongan ke luar negeri",
        1,
        [
            Said(
                "siti",
                "Pekan ini tiga pencari kerja datang membawa pesan berantai yang sama: berangkat "
                "dua minggu lagi, cukup KTP dan uang muka. Sudah sampai di daerah lain?",
            ),
            Said(
                "joko",
                "Saya teruskan dari grup sebelah, siapa tahu ada yang perlu: kuota 40 orang, tanpa "
                "wawancara, uang muka dibayar hari ini juga.",
            ),
        ],
        reported=2,
    ),
]
