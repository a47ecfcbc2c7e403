"""The categories the forum begins with; the Ditjen adds, renames and archives them in the admin."""

from django.db import migrations
from django.db.migrations.state import StateApps

ALL = ["pengantar_kerja", "admin_ditjen", "moderator", "pembina"]
CATEGORIES = [
    ("karier", "Karier & Angka Kredit", "Angka kredit, kenaikan pangkat dan jenjang, SKP, PAK."),
    ("uji-kompetensi", "Uji Kompetensi, Diklat & Sertifikasi", "Syarat, jadwal, dan persiapan uji kompetensi; diklat; sertifikasi."),
    ("pengangkatan", "Pengangkatan, Penyetaraan & Formasi", "Pengangkatan pertama, perpindahan, penyetaraan, dan kebutuhan formasi."),
    ("informasi-pasar-kerja", "Informasi Pasar Kerja", "Pengumpulan, pengolahan, dan penyajian informasi pasar kerja."),
    ("penempatan-dalam-negeri", "Penempatan Dalam Negeri", "Pelayanan pencari kerja dan pemberi kerja, AKAL, AKAD."),
    ("job-fair", "Job Fair & Link and Match", "Bursa kerja, kerja sama dengan industri dan lembaga pelatihan."),
    ("bkk-lptks", "BKK & LPTKS", "Bursa kerja khusus dan lembaga penempatan tenaga kerja swasta."),
    ("penempatan-luar-negeri", "Penempatan Luar Negeri & PMI", "Pekerja migran Indonesia: syarat, dokumen, pelindungan."),
    ("penyuluhan", "Penyuluhan & Bimbingan Jabatan", "Penyuluhan jabatan, bimbingan karier, tes minat dan bakat."),
    ("tenaga-kerja-khusus", "Tenaga Kerja Khusus", "Penyandang disabilitas, lanjut usia, perempuan, dan pemuda."),
    ("perluasan-kesempatan-kerja", "Perluasan Kesempatan Kerja", "Padat karya, wirausaha, dan tenaga kerja mandiri."),
    ("pengendalian-tka", "Pengendalian TKA", "Tenaga kerja asing: RPTKA, pendamping, pemantauan."),
    ("aplikasi", "Aplikasi & SIAPkerja", "Pemakaian SIAPkerja, Karirhub, dan portal ini."),
    ("ikaperjasi", "IKAPERJASI", "Organisasi profesi: kegiatan, keanggotaan, kepengurusan."),
    ("umum", "Umum", "Perkenalan dan hal lain yang tidak termasuk kategori di atas."),
]  # fmt: skip


def add_categories(apps: StateApps, _schema_editor: object) -> None:
    category = apps.get_model("forum", "Category")
    known = set(category.objects.values_list("slug", flat=True))
    category.objects.bulk_create(
        category(
            slug=slug,
            name=name,
            description=description,
            position=place * 10,
            readers=ALL,
            starters=ALL,
            repliers=ALL,
        )
        for place, (slug, name, description) in enumerate(CATEGORIES, start=1)
        if slug not in known
    )


def remove_unused(apps: StateApps, _schema_editor: object) -> None:
    """Those in which something was written stay."""
    used = apps.get_model("forum", "Topic").objects.filter(category__isnull=False)
    slugs = [slug for slug, _, _ in CATEGORIES]
    found = apps.get_model("forum", "Category").objects.filter(slug__in=slugs)
    found.exclude(pk__in=used.values("category")).delete()


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_create_forum")]
    operations = [migrations.RunPython(add_categories, remove_unused)]
