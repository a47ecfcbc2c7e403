"""Very many posts, to measure with: a few hundred texts repeated, topics of all lengths."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from epk.lib import indonesian, markdown
from epk.lib.text import format_number
from epk.lib.text_search import vector_of
from forum.models import Category, Topic
from registry.models import Jenjang, Officer

BATCH: Final = 10_000
LONGEST: Final = 100_000
"""Posts of the one longest topic, where there are that many at all."""
TEXTS: Final = 600
AT_ONCE: Final = 100
"""Vectors that one statement makes."""
# The first are in most of the posts, the last in hardly any.
SUBJECTS: Final = """
angka kredit penempatan pencari kerja pelatihan uji kompetensi jenjang pangkat formasi
penyetaraan laporan semester bursa khusus lowongan perusahaan wawancara kartu kuning pekerja
migran dokumen kontrak negara tujuan penyuluhan jabatan bimbingan minat bakat disabilitas padat
karya wirausaha tenaga asing pendamping aplikasi nomor akun panduan usulan syarat berkas pegawai
dinas kabupaten provinsi surat masa aturan permohonan jadwal sertifikat pembina penilaian
predikat kinerja tahunan triwulan data sistem verifikasi alamat peserta mediator konseling
sekolah kejuruan alumni magang industri upah perjanjian izin tinggal paspor visa agensi
pelindungan keberangkatan kepulangan keluarga desa kader sosialisasi anggaran honor narasumber
modul silabus asesor portofolio rekomendasi mutasi promosi pensiun integrasi konversi koefisien
sanksi teguran pencabutan akreditasi monitoring evaluasi survei statistik proyeksi kuesioner
responden disertasi podcast
"""
TOWNS: Final = """
Indramayu Karawang Bekasi Bogor Garut Cianjur Sukabumi Majalengka Kuningan Ciamis Sumedang
Cilacap Banyumas Kebumen Purworejo Magelang Boyolali Klaten Sragen Grobogan Blora Rembang Pati
Kudus Jepara Demak Kendal Batang Pemalang Tegal Brebes Ponorogo Pacitan Trenggalek Tulungagung
Blitar Kediri Malang Lumajang Jember Banyuwangi Bondowoso Situbondo Probolinggo Pasuruan
Sidoarjo Mojokerto Jombang Nganjuk Madiun Magetan Ngawi Bojonegoro Tuban Lamongan Gresik
Bangkalan Sampang Pamekasan Sumenep Jayapura Merauke Biak Nabire Sorong Manokwari Fakfak Ternate
Tidore Ambon Buru Seram Kupang Ende Sikka Manggarai Sumba Alor Belu Dompu Bima
"""
WORDS: Final = SUBJECTS.split()
PLACES: Final = TOWNS.split()
SOME: Final = list(accumulate(1 / (place + 4) for place in range(len(WORDS))))
DRAWN: Final = """
CREATE TEMPORARY TABLE @name (@columns) ON COMMIT DROP
"""
TABLES: Final = {
    "said": "text integer, source text, html text, search tsvector",
    "writer": "writer integer, author_id bigint, name text, number integer, jenjang text, unit text",
    "drawn": (
        "topic_id bigint, number integer, text integer, writer integer, at timestamptz,"
        " standing smallint, search tsvector"
    ),
}
WRITE: Final = """
INSERT INTO forum_post (topic_id, number, source, html, renderer, state, standing, created_at,
    version, thanks_count, attachment_count, author_id, author_name, author_number, author_jenjang,
    author_unit, author_role, search, indexer)
SELECT d.topic_id, d.number, s.source, s.html, %s, 'tampil', d.standing, d.at, 1, 0, 0,
    w.author_id, w.name, w.number, w.jenjang, w.unit, '', coalesce(d.search, s.search), %s
FROM drawn d JOIN said s USING (text) JOIN writer w USING (writer)
ORDER BY d.at
"""
ACCEPT: Final = """
UPDATE forum_topic topic SET accepted_id = post.id FROM forum_post post
WHERE post.topic_id = topic.id AND topic.id = ANY(%s) AND post.standing = 1
"""
Rows = list[tuple[Any, ...]]


def fill_posts(count: int, *, on: dt.date, progress: Callable[[str], None]) -> None:
    """Add so many posts of officers of the register, the same ones every time."""
    if not count:
        return
    dice = random.Random(20180507)  # noqa: S311  (the day the portal was launched, no secret)
    texts = [_text(dice) for _ in range(TEXTS)]
    vectors = _vectors([("", text) for text in texts])
    said: Rows = [
        (place, text, markdown.render(text).html, vectors[place])
        for place, text in enumerate(texts)
    ]
    writers = _writers(dice)
    categories = list(Category.objects.all())
    last = timezone.make_aware(dt.datetime.combine(on, dt.time(8)))
    step = dt.timedelta(days=3650) / count
    written = 0
    for sizes in _in_batches(_sizes(count, dice)):
        with transaction.atomic():
            topics, drawn = [], []
            for size in sizes:
                begun = last - step * (count - written)
                topic = _topic(dice, size, categories, writers, begun, step)
                topics.append(topic)
                written += size
            Topic.objects.bulk_create(topics, batch_size=2_000)
            for topic in topics:
                drawn += _posts(dice, topic, writers, step)
            titles = {topic.pk: topic.title for topic in topics}
            titled = [row for row in drawn if row[1] == 1 or row[5]]
            words = _vectors([(titles[row[0]], texts[row[2]]) for row in titled])
            found = {row[:2]: vector for row, vector in zip(titled, words, strict=True)}
            _write(
                said,
                writers,
                [(*row, found.get(row[:2])) for row in drawn],
                [topic.pk for topic in topics],
            )
        progress(f"{format_number(written)} dari {format_number(count)} tulisan ...")


def _write(said: Rows, writers: Rows, drawn: Rows, topics: list[int]) -> None:
    """Join what was drawn to its texts in the database: each text is sent once, not a thousand times."""
    with connection.cursor() as cursor:
        for (name, columns), rows in zip(TABLES.items(), (said, writers, drawn), strict=True):
            cursor.execute(DRAWN.replace("@name", name).replace("@columns", columns))
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.execute(WRITE, [markdown.VERSION, indonesian.VERSION])
        cursor.execute(ACCEPT, [topics])


def _writers(dice: random.Random) -> Rows:
    officers = Officer.objects.order_by("pk")[:500]
    return [
        (
            place,
            officer.user_id,
            officer.full_name,
            officer.number,
            dice.choice(Jenjang.values),
            f"Dinas Tenaga Kerja Kabupaten {dice.choice(PLACES)}",
        )
        for place, officer in enumerate(officers)
    ]


def _sizes(count: int, dice: random.Random) -> Iterator[int]:
    """How long each topic is: one very long, the others mostly short."""
    left = count
    if count > LONGEST:
        left -= LONGEST
        yield LONGEST
    while left > 0:
        size = min(left, 1 + int(dice.paretovariate(0.9)))
        size = min(size, 2_000)
        left -= size
        yield size


def _in_batches(sizes: Iterator[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for size in sizes:
        batch.append(size)
        if sum(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _topic(
    dice: random.Random,
    size: int,
    categories: list[Category],
    writers: Rows,
    begun: dt.datetime,
    step: dt.timedelta,
) -> Topic:
    kind = Topic.Kind.QUESTION if dice.random() < 0.7 else Topic.Kind.DISCUSSION
    writer = dice.choice(writers)
    title = " ".join(_some(dice, 6))
    return Topic(
        kind=kind,
        category=dice.choice(categories),
        title=f"{title} {dice.choice(PLACES)}".capitalize(),
        author_id=writer[1],
        author_name=writer[2],
        created_at=begun,
        last_number=size,
        reply_count=size - 1,
        last_posted_at=begun + step * (size - 1),
        last_author_name=dice.choice(writers)[2],
        thanks_count=0,
    )


def _posts(dice: random.Random, topic: Topic, writers: Rows, step: dt.timedelta) -> Rows:
    """The posts of a topic as rows of the table `drawn`, without their vector."""
    answered = topic.kind == Topic.Kind.QUESTION and dice.random() < 0.6
    return [
        (
            topic.pk,
            number,
            dice.randrange(TEXTS),
            dice.randrange(len(writers)),
            topic.created_at + step * (number - 1),
            1 if number == 2 and answered else 0,
        )
        for number in range(1, topic.last_number + 1)
    ]


def _vectors(texts: Sequence[tuple[str, str]]) -> list[str]:
    """What the action would write, a hundred to a statement."""
    found: list[str] = []
    for first in range(0, len(texts), AT_ONCE):
        part = texts[first : first + AT_ONCE]
        made = {f"v{place}": vector_of(*text) for place, text in enumerate(part)}
        row = Category.objects.order_by().values_list(*made.values()).first()
        found += map(str, row or ())
    return found


def _some(dice: random.Random, count: int) -> list[str]:
    return dice.choices(WORDS, cum_weights=SOME, k=count)


def _text(dice: random.Random) -> str:
    """A few sentences, some with the name of a place, some with a list or a quotation."""
    words = _some(dice, dice.randrange(8, 60))
    if dice.random() < 0.4:
        words[dice.randrange(len(words))] = dice.choice(PLACES)
    text = " ".join(words).capitalize() + "."
    ending = dice.random()
    if ending < 0.15:
        text += "\n\n" + "\n".join(f"- {' '.join(_some(dice, 5))}" for _ in range(3))
    elif ending < 0.3:
        text = f"> {' '.join(_some(dice, 9)).capitalize()}.\n\n{text}"
    return text
