"""The programmes of the demo's events: what product.md tells of 2018, the rest made up by us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Part:
    """A session: on which day of the event, from when to when by its clock, and its material."""

    day: int
    begins: str
    ends: str
    title: str
    summary: str = ""
    room: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    paper: tuple[str, ...] = ()


WORKSHOP: Final = (
    Part(
        0,
        "09.00",
        "10.00",
        "Pembukaan oleh Menteri Ketenagakerjaan",
        "Arahan tentang peran Pengantar Kerja di tengah perubahan cara orang mencari kerja.",
        "Ruang utama",
        (("M. Hanif Dhakiri", "Menteri Ketenagakerjaan"),),
    ),
    Part(
        0,
        "10.30",
        "11.15",
        "Peluncuran e-Pengantar Kerja",
        "Basis data Pengantar Kerja se-Indonesia, sekaligus media informasi dan forum.",
        "Ruang utama",
    ),
    Part(
        0,
        "11.15",
        "12.00",
        "Pengukuhan pengurus IKAPERJASI 2018–2023",
        "",
        "Ruang utama",
        (("Maruli A. Hasoloan", "Direktur Jenderal Binapenta & PKK"),),
    ),
    Part(
        0,
        "13.30",
        "15.00",
        "Seleksi Desmigratif 2018",
        "Cara 130 desa dipilih, dan tugas Pengantar Kerja di desa asal pekerja migran.",
        "Ruang utama",
        paper=(
            "Sasaran tahun 2018: 130 desa.",
            "Yang dilihat: jumlah pekerja migran, kesediaan desa, mitra setempat.",
            "Pengantar Kerja mendampingi desa sejak pendataan.",
        ),
    ),
    Part(
        1,
        "09.00",
        "10.30",
        "Layanan penempatan di era digital: pengalaman beberapa negara",
        "",
        "Ruang utama",
        (("Narasumber ILO Jenewa", "International Labour Organization"),),
        (
            "Layanan daring tidak menggantikan konselor; ia memberi waktu kepadanya.",
            "Data lowongan yang rapi lebih berguna daripada aplikasi yang banyak.",
            "Ukur yang sampai bekerja, bukan yang mendaftar.",
        ),
    ),
    Part(
        1,
        "11.00",
        "12.30",
        "Tukang yang dipesan lewat ponsel",
        "",
        "Ruang utama",
        (("Narasumber Klik Tukang", "Klik Tukang"),),
        (
            "Pencari kerja informal juga mencari lewat ponsel.",
            "Keterampilan perlu dibuktikan dengan contoh pekerjaan.",
            "Upah, jarak, dan waktu disebut sejak awal.",
        ),
    ),
    Part(
        1,
        "13.30",
        "15.00",
        "Menyaring lamaran tanpa melupakan orangnya",
        "",
        "Ruang utama",
        (("Narasumber Join Kandidat", "Join Kandidat"),),
        (
            "Penyaringan otomatis mengikuti apa yang ditulis di lowongan.",
            "Bantu pencari kerja menulis riwayat yang terbaca mesin dan manusia.",
            "Keputusan terakhir tetap pada orang.",
        ),
    ),
    Part(2, "09.00", "11.00", "Diskusi kelompok per wilayah", "", "Ruang Anggrek dan Melati"),
    Part(2, "11.00", "12.00", "Rencana tindak lanjut dan penutupan", "", "Ruang utama"),
)
COUNSELLING: Final = (
    Part(
        0,
        "08.30",
        "10.00",
        "Wawancara konseling: mendengar dulu",
        "",
        "Aula",
        (("Ratih Kusumawardani, M.Psi.", "Konselor karier"),),
        ("Tiga pertanyaan pembuka.", "Kapan diam lebih menolong.", "Menutup dengan satu langkah."),
    ),
    Part(0, "10.15", "12.00", "Latihan berpasangan", "", "Aula"),
    Part(0, "13.00", "15.30", "Membaca hasil tes minat", "", "Ruang kelas 2"),
)
MARKET: Final = (
    Part(
        0,
        "09.00",
        "10.30",
        "Membaca data pasar kerja kabupaten",
        "",
        "",
        (("Yosep Wenda", "Analis pasar kerja"),),
    ),
    Part(0, "10.45", "12.00", "Tanya jawab", "", ""),
)
