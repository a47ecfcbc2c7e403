"""Names of the profession that people write out or shorten: one key for all ways to write them."""

from __future__ import annotations

from dataclasses import dataclass

# Short forms that stand for their words everywhere: a search for one of the words finds them too.
_WRITTEN_OUT = """
    ak = angka kredit
    angkakredit = angka kredit
    angkre = angka kredit
    asn = aparatur sipil negara
    bimtek = bimbingan teknis
    bkk = bursa kerja khusus
    cpmi = calon pekerja migran indonesia
    ctki = calon pekerja migran indonesia
    diklat = pendidikan pelatihan
    dn = dalamnegeri
    dupak = daftar usul penetapan angka kredit
    ipk = informasi pasar kerja
    jabfung = jabatan fungsional
    jf = jabatan fungsional
    jft = jabatan fungsional
    jfpk = jabatan fungsional pengantar kerja
    jfu = jabatan pelaksana
    jobfair = job fair
    juklak = petunjuk pelaksanaan
    juknis = petunjuk teknis
    kenpa = kenaikan pangkat
    kp = kenaikan pangkat
    ln = luar negeri
    loker = lowongan kerja
    lowker = lowongan kerja
    monev = monitoring evaluasi
    mou = nota kesepahaman
    naker = tenaga kerja
    pemda = pemerintah daerah
    pemkab = pemerintah kabupaten
    pemkot = pemerintah kota
    pemprov = pemerintah provinsi
    pencaker = pencari kerja
    pk = pengantar kerja
    pmi = pekerja migran indonesia
    sdm = sumber daya manusia
    skp = sasaran kinerja pegawai
    tka = tenaga kerja asing
    tki = pekerja migran indonesia
    tkk = tenaga kerja khusus
    tkm = tenaga kerja mandiri
    tkmp = tenaga kerja mandiri pemula
    tmt = terhitung mulai tanggal
    tpp = tambahan penghasilan pegawai
    tubel = tugas belajar
    tusi = tugas fungsi
    tupoksi = tugas pokok fungsi
    ujikomp = uji kompetensi
    ukkj = uji kompetensi kenaikan jenjang
    ukom = uji kompetensi
    verval = verifikasi validasi
    wlkp = wajib lapor ketenagakerjaan perusahaan
"""

# key [+ what else it is about] [- what it is not about, though it holds the words]: ways to write it
_NAMES = """
    ak: angka kredit
    akad: akad; antar kerja antar daerah
    akan: antar kerja antar negara
    akl: akl; antar kerja lokal
    anjab: anjab; analisis jabatan
    apbd: apbd; anggaran pendapatan belanja daerah
    apbn: apbn; anggaran pendapatan belanja negara
    asn: aparatur sipil negara; pegawai aparatur sipil negara
    binapenta: binapenta; pembinaan penempatan tenaga kerja
    bkd: bkd; bkpsdm; bkpp; badan kepegawaian daerah; badan kepegawaian pengembangan sdm
    bkk -bursakerja: bursa kerja khusus
    bkn: bkn; badan kepegawaian negara
    blk: blk; balai latihan kerja; bpvp; bbpvp; balai pelatihan vokasi produktivitas
    bnsp: bnsp; badan nasional sertifikasi profesi
    bp2mi +pmi: bp2mi; bnp2tki; kp2mi; badan pelindungan pekerja migran indonesia; kementerian pelindungan pekerja migran indonesia
    bp3mi +pmi: bp3mi; bp3tki; balai pelayanan pelindungan pekerja migran indonesia
    bpjs: bpjs; bpjamsostek; jamsostek; badan penyelenggara jaminan sosial
    bup: bup; batas usia pensiun
    bursakerja: job fair; bursa kerja; pameran kesempatan kerja; pameran bursa kerja
    cpmi: calon pekerja migran; calon pekerja migran indonesia
    cpns: cpns; calon pegawai negeri sipil
    dalamnegeri: dalamnegeri
    disnaker: disnaker; disnakertrans; disnakerin; disnakertransda; dinas tenaga kerja; dinas ketenagakerjaan; dinas tenaga kerja transmigrasi
    diklat: pendidikan pelatihan
    disabilitas: disabilitas; difabel; penyandang disabilitas; penyandang cacat; penca
    dupak: daftar usul penetapan angka kredit
    ekinerja: ekinerja; ekin; e kinerja
    formasi: formasi; eformasi; e formasi
    ikaperjasi: ikaperjasi; ikatan pengantar kerja seluruh indonesia; ikatan pengantar kerja indonesia
    ipk: informasi pasar kerja; pasar kerja
    jabfung: jabatan fungsional
    jkp: jkp; jaminan kehilangan pekerjaan
    karirhub: karirhub; karir hub
    kartukuning -pencaker -ak: ak1; kartu kuning; kartu pencari kerja; kartu tanda pencari kerja; kartu ak1; kartu ak 1
    kemnaker: kemnaker; kemenaker; kemnakertrans; kemenakertrans; depnaker; kementerian ketenagakerjaan; kementerian tenaga kerja
    kepmen: kepmen; kepmenaker; keputusan menteri
    kerjasama: kerjasama; bekerjasama; kerja sama; nota kesepahaman
    kgb: kgb; kenaikan gaji berkala
    linkmatch: link match; linkmatch
    lowongan: lowongan; lowongan kerja; lowongan pekerjaan
    lpk: lpk; lembaga pelatihan kerja
    lptks: lptks; pptks; lembaga penempatan tenaga kerja swasta; lembaga penempatan swasta
    lsp: lsp; lembaga sertifikasi profesi
    ltsa: ltsa; layanan terpadu satu atap
    luarnegeri: luar negeri
    magangjepang: magang jepang; pemagangan jepang
    menaker: menaker; menteri ketenagakerjaan; menteri tenaga kerja
    myasn: myasn; mysapk; my asn; my sapk
    oss: oss; online single submission
    p3mi +pmi: p3mi; pptkis; pjtki; perusahaan penempatan pekerja migran; perusahaan penempatan pekerja migran indonesia
    padatkarya: padat karya
    pak: penetapan angka kredit
    paker: paker; petugas antar kerja
    panrb: panrb; menpan; menpanrb; kemenpan; kemenpanrb; menpan rb; kemenpan rb; pan rb; menteri pan rb; menteri panrb; pendayagunaan aparatur negara
    pencaker: pencari kerja
    perda: perda; peraturan daerah
    permen: permen; peraturan menteri
    permenaker +permen +menaker: permenaker; permennaker; permenakertrans; peraturan menteri ketenagakerjaan; peraturan menteri tenaga kerja; permen naker; permen tenaga kerja
    permenpan +permen +panrb: permenpan; permenpanrb; permenpan rb; permen pan; permen panrb; permen pan rb; peraturan menpan; peraturan menpan rb; peraturan menpanrb; peraturan menteri panrb; peraturan menteri pan rb; peraturan menteri pendayagunaan aparatur negara
    perpres: perpres; peraturan presiden
    phk: phk; pemutusan hubungan kerja
    pk: pengantar kerja
    pmi: pekerja migran; pekerja migran indonesia; tenaga kerja indonesia; buruh migran
    pns: pns; pegawai negeri sipil
    pp: pp; peraturan pemerintah
    pppk: pppk; p3k; pegawai pemerintah perjanjian kerja
    rptka +tka: rptka; rencana penggunaan tenaga kerja asing; pengesahan rptka; imta
    siapkerja: siapkerja; sisnaker; siap kerja; sistem informasi aplikasi pelayanan ketenagakerjaan
    siasn: siasn; si asn; sapk
    sijapti: sijapti
    sisko: sisko; siskop2mi; siskotkln; sisko p2mi
    skillhub: skillhub; skill hub
    sk: sk; surat keputusan
    skp: sasaran kinerja pegawai; sasaran kerja pegawai
    suratedaran: surat edaran
    ssw: ssw; specified skilled worker; tokutei ginou
    taklulus: tidak lulus; gagal
    tka: tenaga kerja asing
    tkk: tenaga kerja khusus
    tkm: tenaga kerja mandiri
    tmt: terhitung mulai tanggal; tanggal mulai terhitung; terhitung mulai
    tpp: tambahan penghasilan pegawai; tambahan penghasilan; tunjangan kinerja; tukin
    tubel: tugas belajar
    tugasfungsi: tugas pokok fungsi; tugas fungsi
    ukom: uji kompetensi; ujikom
    uld +disabilitas: uld; unit layanan disabilitas
    umk: umk; umr; ump; upah minimum; upah minimum kabupaten; upah minimum provinsi
    uu: uu; undangundang
    wajiblapor: wajib lapor; wajib lapor ketenagakerjaan; wajib lapor ketenagakerjaan perusahaan
    wajiblaporlowongan +wajiblapor: wajib lapor lowongan; wajib lapor lowongan pekerjaan; wajib lapor lowongan kerja; wllp
    workshop: workshop; lokakarya
"""

_REGULATIONS = """
    bkn kepmen kepmenaker keputusan panrb peraturan perban perbup perda pergub perka permen
    permenaker permenakertrans permenpan permenpanrb perpres perwali pp rb uu undangundang
"""
REGULATIONS = frozenset(_REGULATIONS.split())
"""After these, a number and a year make one: PermenPANRB 1 2022."""


@dataclass(frozen=True)
class Name:
    """What has a key of its own."""

    key: str
    also: tuple[str, ...]
    """Keys of what it is about as well: who looks for migrant workers wants P3MI too."""
    hides: tuple[str, ...]
    """Keys of shorter names in it that it is not about: a bursa kerja khusus is no job fair."""
    ways: tuple[str, ...]


def _read_name(line: str) -> Name:
    head, ways = line.split(":")
    key, *others = head.split()
    return Name(
        key,
        tuple(other[1:] for other in others if other.startswith("+")),
        tuple(other[1:] for other in others if other.startswith("-")),
        tuple(way.strip() for way in ways.split(";")),
    )


WRITTEN_OUT = {
    short.strip(): words.strip()
    for short, words in (line.split("=") for line in _WRITTEN_OUT.strip().splitlines())
}
NAMES = tuple(_read_name(line) for line in _NAMES.strip().splitlines())
