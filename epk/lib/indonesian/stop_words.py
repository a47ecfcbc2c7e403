"""Words that tell a search nothing, chat spellings written out, and one spelling for several."""

from __future__ import annotations

_STOP_WORDS = """
    ada adalah adanya adapun agar akan aku anda andai antara apa apabila apakah apalagi asalkan
    atas atau ataukah ataupun
    bagai bagaimana bagaimanakah bagi bahkan bahwa banget beberapa begini begitu belum benarkah
    berapa berapakah bertanya biar bila bisa bisakah boleh bolehkah buat bukan bukankah
    cara caranya cuma
    dan dapat dapatkah dari daripada demi demikian dengan deh di dia dimana disini doang dong dulu
    dalam entah gimana hai halo hanya harap harus haruskah hendaknya
    ia ialah ini inikah itu itukah jadi jangan jika jikalau juga justru
    kah kalau kalian kami kamu kan kapan kapankah karena kawan ke kemana kenapa kepada ketika kita
    kok lagi lah lain lalu lewat loh
    maka makin mana manakah mari masih maupun melalui melainkan memang menanyakan mengapa menjadi
    menurut mereka meski meskipun mestinya minta mohon mungkin mungkinkah
    namun nanti nanya nih nomor nya oh oleh olehnya
    pada padahal para per perihal pernah pernahkah pertanyaan pula pun punya rekan
    saat saja sambil sampai sangat saya sebab sebagai sebagaimana sebaiknya sebenarnya sebuah secara
    sedang sedangkan seharusnya sehingga sejak sekarang sekadar selain selaku selalu selama seluruh
    semoga seperti serta sesuai setelah setiap sih siapa siapakah suatu sudah sudahkah supaya
    tadi tahun tanpa tanya tapi telah tentang tentu terhadap terkait tersebut terus tetapi tiap
    tidak tidakkah toh tolong untuk wahai walau walaupun ya yaitu yakni yang yuk
    salam selamat pagi siang sore malam assalamualaikum wassalam makasih
    bapak ibu bu mas mbak bang kak kakak min info
    and or the of to for in
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def _pairs(lines: str) -> dict[str, str]:
    """Of `target: word word` in each line, what each word stands for."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        target, words = line.split(":")
        found |= dict.fromkeys(words.split(), target.strip())
    return found


SPELT_OUT = _pairs(
    """
    aplikasi: app apk
    bagaimana: bgm bgmana bgmn gimn gmn gmna
    bapak: bpk pak
    beberapa: bbrp
    begitu: gitu
    belum: blm blom
    berapa: brp brapa
    bisa: bs
    boleh: blh
    cuma: cm cmn
    daftar: dftr
    dalam: dlm
    dapat: dpt
    dari: dr dri
    daripada: drpd
    dengan: dg dgn
    dimana: dmn
    golongan: gol
    hari: hr
    harus: hrs
    jabatan: jab
    jadi: jd
    juga: jg
    jumlah: jml
    kabupaten: kab
    kalau: kalo kl klo klu
    kapan: kpn
    karena: karna krn
    kecamatan: kec
    kemana: kmn
    kenapa: knp
    lagi: lg
    lain: dkk dll dsb dst
    langsung: lgsg lsg
    laporan: lap
    lebih: lbh
    makasih: thx tks trims terimakasih
    masih: msh msih
    masuk: msk
    memang: emang
    mohon: mhn mhon
    mungkin: mgkn
    nomor: nmr no nomer
    pada: pd
    padahal: pdhl
    perusahaan: perush perusahan
    provinsi: prov propinsi
    rekomendasi: rekom
    saja: aja ajah
    sampai: sd smp
    saya: sy gw gue
    sebagai: sbg
    sebelum: sblm
    sedang: sdg
    sekarang: skr skrang skrg
    seperti: sprt spt
    setelah: stlh
    sudah: dah sdh udah udh
    tahun: th thn
    tanggal: tgl
    tapi: tp tpi
    tentang: ttg
    terhadap: thd
    tersebut: tsb
    terus: trs
    tidak: engga enggak ga gak gk nda ndak ngga nggak tak tdk
    untuk: u untk utk
    waktu: wkt
    yang: yg yng
    """
)
"""What people type into phones: short forms and the words they stand for."""

SPELLINGS = _pairs(
    """
    aktif: aktip
    aktivitas: aktifitas
    akta: akte
    daring: online virtual
    email: surel
    error: eror galat
    fotokopi: fotocopi fotocopy photocopy
    honor: honorarium
    ijazah: ijasah
    jadwal: jadual
    karir: karier
    kualitas: kwalitas
    legalisasi: dilegalisir legalisir
    luring: offline
    pensiun: purnabakti purnatugas
    ponsel: handphone hape hp
    praktik: praktek
    risiko: resiko
    sandi: password pasword
    sistem: sistim
    situs: web website
    telepon: telp telpon
    update: diperbarui diupdate dimutakhirkan memperbarui mengupdate pembaruan pemutakhiran
    """
)
"""One spelling, or one word, for what is written in several ways."""
