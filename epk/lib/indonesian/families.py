"""The word families of the profession: every form of a verb leads to one key.

PostgreSQL's `indonesian` stemmer takes beginnings and endings off until *penempatan* is "empat".
A family says which forms belong together. Its key ends in a digit, because no configuration of
PostgreSQL stems such a word, and so that nothing typed is taken for a key.
"""

from __future__ import annotations

MARK = "0"
"""What every key ends with."""

# The noun; the root from which verbs are formed ("-": none); further forms. The root itself counts
# only where it is listed: *tempat* is no *penempatan*, *umum* no *pengumuman*.
_FAMILIES = """
    akses akses
    akreditasi akreditasi reakreditasi
    aktivasi aktif
    analisis analisis dianalisa menganalisa
    anggaran anggar
    bantuan bantu
    bimbingan bimbing bimbing
    evaluasi evaluasi
    fasilitasi fasilitasi
    integrasi integrasi
    jabatan jabat
    jadwal jadwal
    kebutuhan butuh butuh
    kehadiran hadir hadir
    kehilangan hilang hilang
    kelengkapan lengkap lengkap
    kelulusan lulus lulus
    kenaikan naik naik dinaikan menaikan naikan
    keikutsertaan ikut ikut
    kewenangan - wewenang wenang berwenang
    kompetensi - berkompetensi kompeten
    konseling - konselor
    konsultasi konsultasi berkonsultasi
    konversi konversi
    koordinasi koordinasi berkoordinasi mengoordinasi dikoordinir
    kunjungan kunjung berkunjung
    lamaran lamar lamar
    login - signin logon
    mediasi mediasi
    migrasi migrasi
    pelaksanaan laksana
    pelanggaran langgar
    pelaporan lapor lapor laporan
    pelatihan latih latih latihan berlatih training
    pelayanan layan layanan
    pelindungan lindung perlindungan berlindung
    pemagangan magang magang
    pemanfaatan manfaat manfaat bermanfaat
    pemantauan pantau pantau monitoring monitor memonitor
    pembatalan batal batal
    pembayaran bayar bayar bayaran
    pembebasan bebas
    pembentukan bentuk
    pemberangkatan berangkat berangkat keberangkatan
    pemberdayaan berdaya berdaya
    pemberhentian - berhenti diberhentikan memberhentikan penghentian dihentikan menghentikan
    pemberian beri beri
    pemberlakuan berlaku berlaku
    pembiayaan biaya biaya
    pembinaan bina bina
    pemblokiran blokir blokir
    pembuatan - membuat dibuat membuatkan dibuatkan bikin dibikin
    pembukaan buka buka
    pemilihan pilih pilih pilihan
    pemotongan potong potongan
    pemulangan pulang pulang kepulangan
    pemungutan pungut pungut pungutan
    penagihan tagih tagihan
    penambahan tambah tambah tambahan
    penandatanganan tandatangan tandatangan
    penanganan tangan
    pencabutan cabut cabut
    pencairan cair cair
    pencarian cari cari
    pencatatan catat catat
    pencetakan cetak cetak
    pendaftaran daftar daftar registrasi
    pendampingan damping
    pendataan - mendata didata terdata
    pendidikan didik
    pendirian diri berdiri
    penelitian teliti
    penempatan tempat
    penerbitan terbit terbit
    penerimaan terima terima
    penetapan tetap
    pengaduan adu aduan
    pengajuan aju ajuan
    pengalihan alih alih beralih
    pengangkatan angkat angkat
    pengaturan atur
    pengawasan awas
    pengembangan kembang perkembangan berkembang
    pengendalian kendali
    pengesahan sah
    penggabungan gabung gabung bergabung
    penggajian gaji gaji
    penggantian ganti ganti pergantian berganti
    penggunaan guna
    penghapusan hapus hapus
    penghitungan hitung hitung hitungan itung perhitungan
    pengiriman kirim kirim kiriman
    pengisian isi isi isian
    pengujian uji uji ujian
    pengumpulan kumpul kumpul
    pengumuman umum
    pengunduhan unduh unduh unduhan download didownload mendownload
    pengunggahan unggah unggah unggahan upload diupload mengupload
    pengusulan usul usul usulan
    penilaian nilai nilai
    peningkatan tingkat
    penjelasan jelas
    penolakan tolak tolak
    pensiun pensiun pensiunan
    penugasan tugas
    penulisan tulis tulis tulisan
    penundaan tunda tunda
    penutupan tutup tutup
    penyaluran salur
    penyebaran sebar sebaran persebaran
    penyelenggaraan selenggara
    penyelesaian selesai selesai
    penyerahan serah
    penyerapan serap serapan
    penyesuaian sesuai inpassing impassing
    penyetaraan setara setara
    penyimpanan simpan simpan
    penyuluhan suluh suluh
    penyusunan susun susun
    peraturan - aturan
    perbaikan - perbaiki memperbaiki diperbaiki revisi merevisi direvisi
    perekrutan rekrut rekrut rekrutmen rekruitmen
    perencanaan rencana rencana
    perizinan izin izin berizin ijin perijinan diijinkan mengijinkan
    perluasan luas perluas
    perpanjangan panjang perpanjang
    perpindahan pindah pindah berpindah kepindahan mutasi dimutasi dimutasikan
    perselisihan selisih selisih berselisih
    persetujuan setuju setuju
    persyaratan syarat syarat
    perubahan ubah ubah berubah merubah dirubah rubah
    promosi promosi
    rangkap rangkap perangkapan
    rekomendasi rekomendasi
    reset reset
    sanksi sanksi
    sertifikasi sertifikasi sertifikat sertipikat bersertifikat bersertifikasi tersertifikasi
    sinkronisasi sinkron sinkron singkron singkronisasi
    sosialisasi sosialisasi
    tunjangan tunjang
    undangan undang
    validasi validasi
    verifikasi verifikasi
    wawancara wawancara interview
    wirausaha - kewirausahaan berwirausaha wiraswasta
"""

_NASAL = {"k": "ng", "t": "n", "s": "ny", "p": "m"}
"""The first letters of a root that give way to the nasal: tempat, menempatkan."""


def _stems(root: str) -> set[str]:
    """The root behind me- and pe-: `ngangkat` of angkat, `nempat` and `ntempat` of tempat.

    Loan words keep their first letter (*mensosialisasikan*) or not (*menyosialisasikan*).
    """
    first = root[0]
    if sum(letter in "aiueo" for letter in root) == 1:
        return {f"nge{root}", *_nasal(first, root)}
    return _nasal(first, root)


def _nasal(first: str, root: str) -> set[str]:
    if first in _NASAL:
        kept = {"k": "ng", "p": "m"}.get(first, "n")
        return {_NASAL[first] + root[1:], kept + root}
    if first in "aiueogh":
        return {f"ng{root}"}
    if first in "bf":
        return {f"m{root}"}
    return {f"n{root}"} if first in "cdjvz" else {root}


def _derive(root: str) -> set[str]:
    """The verbs and nouns that Indonesian forms of a root; what nobody says does no harm."""
    beginnings = {f"me{stem}" for stem in _stems(root)}
    beginnings |= {f"di{root}", f"ter{root}", f"memper{root}", f"diper{root}"}
    forms = {begin + end for begin in beginnings for end in ("", "i", "kan")}
    nouns = {f"pe{stem}an" for stem in _stems(root)}
    return forms | nouns | {f"per{root}an", f"{root}kan", f"ke{root}an"}


def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    listed: dict[str, str] = {}
    for line in _FAMILIES.strip().splitlines():
        noun, root, *further = line.split()
        listed |= dict.fromkeys((noun, *further), noun + MARK)
        if root != "-":
            found |= dict.fromkeys(_derive(root), noun + MARK)
    return found | listed


FORMS = _forms()
"""Of every form of a family, its key; a form that is listed wins over one that is only formed."""
