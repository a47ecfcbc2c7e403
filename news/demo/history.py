"""The articles of the demo about what has been: the workshop of May 2018, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from news.demo.items import BAYU, HISTORY, PICTURE, RATNA, Drawing, Item, Paper
from news.demo.papers import Slide

OPENING: Final = dt.date(2018, 5, 7)

WORKSHOP_PAPERS: Final = (
    Paper(
        "materi-pasar-kerja-digital.pdf",
        "Layanan penempatan di tengah pasar kerja digital",
        (
            Slide(
                "Layanan penempatan di tengah pasar kerja digital",
                (
                    "Contoh materi untuk sesi narasumber ILO, Jenewa",
                    "Workshop Nasional Pejabat Fungsional Pengantar Kerja, 7–9 Mei 2018",
                    "Isi berkas ini rekaan dan bukan materi yang dibawakan waktu itu",
                ),
            ),
            Slide(
                "Yang berubah di meja layanan",
                (
                    "Lowongan dicari lewat ponsel sebelum orang datang ke Dinas",
                    "Perusahaan menyaring lamaran dengan aplikasi",
                    "Pekerjaan singkat dan jarak jauh belum tercatat sebagai lowongan",
                ),
            ),
            Slide(
                "Yang tetap pekerjaan manusia",
                (
                    "Mendengarkan, menilai minat dan bakat, dan memberi saran yang jujur",
                    "Mengenal perusahaan di daerah sendiri",
                    "Mendampingi mereka yang tidak terjangkau aplikasi",
                ),
            ),
        ),
    ),
    Paper(
        "materi-klik-tukang.pdf",
        "Mempertemukan tukang dan pelanggan lewat aplikasi",
        (
            Slide(
                "Mempertemukan tukang dan pelanggan lewat aplikasi",
                (
                    "Contoh materi untuk sesi Klik Tukang",
                    "Isi berkas ini rekaan dan bukan materi yang dibawakan waktu itu",
                ),
            ),
            Slide(
                "Pertanyaan untuk Pengantar Kerja",
                (
                    "Keterampilan mana yang dicari, dan siapa yang mengujinya?",
                    "Bagaimana upah dan perlindungan pekerja lepas dibicarakan sejak awal?",
                    "Bagaimana pekerjaan seperti ini masuk ke laporan penempatan?",
                ),
            ),
        ),
    ),
    Paper(
        "materi-join-kandidat.pdf",
        "Membaca lamaran seperti perekrut",
        (
            Slide(
                "Membaca lamaran seperti perekrut",
                (
                    "Contoh materi untuk sesi Join Kandidat",
                    "Isi berkas ini rekaan dan bukan materi yang dibawakan waktu itu",
                ),
            ),
            Slide(
                "Tiga hal yang dapat diajarkan dalam satu jam",
                (
                    "Menulis pengalaman sebagai hasil, bukan sebagai daftar tugas",
                    "Menyesuaikan lamaran dengan satu lowongan",
                    "Bersiap untuk wawancara lewat video",
                ),
            ),
        ),
    ),
    Paper(
        "rangkuman-workshop-2018.pdf",
        "Rangkuman tiga hari",
        (
            Slide(
                "Rangkuman tiga hari",
                (
                    "125 peserta dari pusat, provinsi, dan kabupaten/kota",
                    "Tema: Penguatan Peran Pengantar Kerja dalam Menghadapi Era Digitalisasi",
                    "Berkas contoh yang dibuat untuk peragaan portal ini",
                ),
            ),
        ),
    ),
)

HISTORICAL: Final = (
    Item(
        slug="workshop-nasional-pejabat-fungsional-pengantar-kerja-2018",
        kind="berita",
        title="Workshop Nasional Pejabat Fungsional Pengantar Kerja 2018",
        summary="Penguatan peran Pengantar Kerja dalam menghadapi era digitalisasi: 125 peserta dari "
        "pusat dan daerah berkumpul tiga hari di Jakarta.",
        text=(
            "**Jakarta, 7 Mei 2018.** Menteri Ketenagakerjaan M. Hanif Dhakiri membuka Workshop "
            "Nasional Pejabat Fungsional Pengantar Kerja 2018 di Hotel Aryaduta, Jakarta. Selama tiga "
            "hari, 7 sampai 9 Mei, 125 peserta dari pusat, provinsi, dan kabupaten/kota bertukar "
            "pengalaman dengan tema “Penguatan Peran Pengantar Kerja dalam Menghadapi Era "
            "Digitalisasi”.\n\n"
            "## Mengapa sekarang\n\n"
            "Cara orang mencari pekerjaan sudah berubah, sedangkan petugas yang mempertemukan "
            "pencari kerja dengan pekerjaan masih sedikit dan tersebar. Pada tahun ini 364 Pengantar "
            "Kerja melayani 80 dari 514 kabupaten/kota. Yang bertugas sendirian di satu Dinas sering "
            "tidak punya rekan untuk bertanya.\n\n"
            "## Yang dibicarakan\n\n"
            "Narasumber datang dari ILO Jenewa, Klik Tukang, dan Join Kandidat. Mereka melihat pasar "
            "kerja digital dari tiga arah: dari kebijakan, dari pekerjaan yang dipesan lewat aplikasi, "
            "dan dari meja perekrut.\n\n"
            "| Hari | Acara |\n"
            "|---|---|\n"
            "| Senin, 7 Mei | Pembukaan, peluncuran e-Pengantar Kerja, pengukuhan pengurus IKAPERJASI |\n"
            "| Selasa, 8 Mei | Sesi para narasumber dan diskusi |\n"
            "| Rabu, 9 Mei | Kesepakatan dan rencana tindak lanjut |\n\n"
            "## Pada hari yang sama\n\n"
            "- Aplikasi **e-Pengantar Kerja** diluncurkan: basis data Pengantar Kerja di Indonesia, "
            "sekaligus media informasi dan tempat bertukar pikiran.\n"
            "- Direktur Jenderal Maruli A. Hasoloan mengukuhkan pengurus **IKAPERJASI** periode "
            "2018–2023.\n"
            "- Pemilihan lokasi **Desmigratif** 2018 diumumkan: 130 desa.\n\n"
            "Materi para narasumber dapat diunduh di bawah ini."
        ),
        categories=("kegiatan", "karier"),
        on=OPENING,
        writer=RATNA,
        editor=BAYU,
        cover=Drawing(
            "malam",
            "Gambar hias: matahari kuning bermotif kawung di atas laut malam berombak tiga lapis",
        ),
        papers=WORKSHOP_PAPERS,
        note=HISTORY,
    ),
    Item(
        slug="pengukuhan-pengurus-ikaperjasi-2018-2023",
        kind="pengumuman",
        title="Pengukuhan pengurus IKAPERJASI 2018–2023",
        summary="Kepengurusan Ikatan Pengantar Kerja Seluruh Indonesia dikukuhkan oleh Direktur "
        "Jenderal.",
        text=(
            "Pengurus IKAPERJASI periode 2018–2023 dikukuhkan oleh Direktur Jenderal Maruli A. "
            "Hasoloan pada pembukaan Workshop Nasional, 7 Mei 2018.\n\n"
            "Organisasi profesi ini menjadi tempat para Pengantar Kerja saling membantu, menjaga "
            "mutu layanan, dan menyuarakan pengembangan jabatannya."
        ),
        categories=("organisasi",),
        on=OPENING,
        writer=RATNA,
        editor=BAYU,
        note=HISTORY,
    ),
    Item(
        slug="e-pengantar-kerja-diluncurkan",
        kind="berita",
        title="e-Pengantar Kerja diluncurkan",
        summary="Satu basis data untuk tahu siapa bertugas di mana, dan satu tempat untuk saling "
        "bertanya.",
        text=(
            "Hari ini dibuka “aplikasi database Pengantar Kerja di Indonesia yang juga berfungsi "
            "sebagai media informasi dan forum komunikasi”.\n\n"
            f"{PICTURE}\n\n"
            "Yang dapat dilakukan di sini:\n\n"
            "1. mencari Pengantar Kerja di daerah sendiri;\n"
            "2. memastikan bahwa seorang petugas memang tercatat;\n"
            "3. membaca berita dan mengunduh materi;\n"
            "4. bagi petugas, bertanya dan menjawab di forum."
        ),
        categories=("portal",),
        on=OPENING,
        writer=RATNA,
        editor=BAYU,
        picture=Drawing(
            "kertas",
            "Gambar hias: matahari biru laut bermotif kawung di atas ombak kuning dan biru",
        ),
        note=HISTORY,
    ),
    Item(
        slug="desmigratif-2018-di-130-desa",
        kind="berita",
        title="Desmigratif 2018 di 130 desa",
        summary="Desa asal pekerja migran dipilih untuk layanan, usaha produktif, dan pengasuhan anak.",
        text=(
            "Pemilihan lokasi Desa Migran Produktif (Desmigratif) 2018 diumumkan dalam Workshop "
            "Nasional: 130 desa. Pengantar Kerja di kabupaten/kota lokasi menjadi rekan pertama "
            "pemerintah desa, terutama untuk informasi yang benar sebelum seseorang berangkat."
        ),
        categories=("penempatan", "kegiatan"),
        on=dt.date(2018, 5, 8),
        writer=RATNA,
        editor=BAYU,
        note=HISTORY,
    ),
    Item(
        slug="430-pengantar-kerja-di-awal-2021",
        kind="berita",
        title="430 Pengantar Kerja pada awal 2021",
        summary="Bertambah 66 orang sejak 2018, tetapi sebagian besar kabupaten/kota belum terlayani.",
        text=(
            "Pada awal 2021 tercatat 430 Pengantar Kerja; pada 2018 baru 364. Penambahan ini belum "
            "cukup untuk menempatkan satu orang saja di setiap kabupaten/kota, yang jumlahnya 514."
        ),
        categories=("portal", "karier"),
        on=dt.date(2021, 2, 1),
        writer=BAYU,
        note=HISTORY,
    ),
    Item(
        slug="1051-petugas-pada-agustus-2022",
        kind="berita",
        title="1.051 petugas tercatat pada Agustus 2022",
        summary="Lebih dari separuh bertugas di Dinas kabupaten/kota.",
        text=(
            "Pada Agustus 2022 register memuat 1.051 petugas.\n\n"
            "| Tempat bertugas | Petugas |\n"
            "|---|---:|\n"
            "| Kemnaker pusat | 178 |\n"
            "| BP2MI | 196 |\n"
            "| Dinas provinsi | 124 |\n"
            "| Dinas kabupaten/kota | 553 |\n"
            "| **Jumlah** | **1.051** |\n\n"
            "Sebarannya tidak merata: banyak kabupaten/kota belum memiliki seorang pun."
        ),
        categories=("portal",),
        on=dt.date(2022, 8, 31),
        writer=BAYU,
        note=HISTORY,
    ),
)
