"""Very many articles, to measure with: two hundred texts repeated over ten years."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from epk.lib import indonesian
from epk.lib.text_search import vector_of
from news.models import Article, ArticleFile, ArticleVersion, Category, File, Picture
from news.rendering import rendered

TEXTS: Final = 200
AT_ONCE: Final = 2_000
YEARS: Final = 10
# The first are in most of the texts, the last in hardly any.
SUBJECTS: Final = """
penempatan pencari kerja pelatihan uji kompetensi jenjang pangkat formasi penyetaraan laporan
semester bursa khusus lowongan perusahaan wawancara kartu migran dokumen kontrak negara tujuan
penyuluhan jabatan bimbingan minat bakat disabilitas padat karya wirausaha pendamping aplikasi
akun panduan usulan syarat berkas dinas kabupaten provinsi surat masa aturan jadwal sertifikat
pembina penilaian predikat kinerja tahunan triwulan data sistem alamat peserta mediator konseling
sekolah kejuruan alumni magang industri upah perjanjian izin paspor agensi pelindungan
keberangkatan kepulauan keluarga desa kader sosialisasi anggaran narasumber modul asesor
portofolio rekomendasi mutasi promosi integrasi konversi koefisien akreditasi evaluasi survei
statistik proyeksi kuesioner responden disertasi podcast
"""
WORDS: Final = SUBJECTS.split()
WEIGHTS: Final = [1 / (place + 4) for place in range(len(WORDS))]
GIVE_LIVE: Final = """
UPDATE news_article article SET live_id = version.id FROM news_articleversion version
WHERE version.article_id = article.id AND article.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class _Text:
    title: str
    summary: str
    source: str
    html: str
    vector: str


def fill_more_articles(count: int, *, on: dt.date) -> None:
    """Add so many articles, all live, the same ones every time; a third have a cover of the demo."""
    if not count:
        return
    dice = random.Random(20180507)  # noqa: S311  (the day the portal was launched, no secret)
    texts = [_text(dice) for _ in range(TEXTS)]
    last = timezone.make_aware(dt.datetime.combine(on, dt.time(8)))
    step = dt.timedelta(days=365 * YEARS) / count
    pictures, files = list(Picture.objects.all()), list(File.objects.all())
    for first in range(0, count, AT_ONCE):
        places = range(first, min(first + AT_ONCE, count))
        with transaction.atomic():
            articles = Article.objects.bulk_create(
                _article(place, texts, last - step * place) for place in places
            )
            _give_versions(articles, texts, pictures, files)
            _give_categories(articles, dice)


def _article(place: int, texts: list[_Text], moment: dt.datetime) -> Article:
    text = texts[place % TEXTS]
    kinds = Article.Kind.values
    return Article(
        kind=kinds[place % len(kinds)],
        slug=f"artikel-uji-{place + 1}",
        title=text.title,
        audience=Article.Audience.PUBLIC if place % 10 else Article.Audience.OFFICERS,
        publish_from=moment,
        created_at=moment,
        announced=1,
        search=Cast(Value(text.vector, output_field=TextField()), SearchVectorField()),
        indexer=indonesian.VERSION,
    )


def _give_versions(
    articles: list[Article], texts: list[_Text], pictures: list[Picture], files: list[File]
) -> None:
    versions = []
    for place, article in enumerate(articles):
        text = texts[place % TEXTS]
        moment: Any = article.publish_from
        versions.append(
            ArticleVersion(
                article=article,
                number=1,
                state=ArticleVersion.State.LIVE,
                title=text.title,
                summary=text.summary,
                source=text.source,
                html=text.html,
                change=ArticleVersion.Change.FIRST,
                cover=pictures[place % len(pictures)] if pictures and place % 3 == 0 else None,
                writer_name="Penulis Rekaan",
                reviewer_name="Penelaah Rekaan",
                created_at=moment,
            )
        )
    made = ArticleVersion.objects.bulk_create(versions)
    shown: Any = ArticleVersion.pictures.through
    shown.objects.bulk_create(
        shown(articleversion=version, picture_id=version.cover_id)
        for version in made
        if version.cover_id
    )
    ArticleFile.objects.bulk_create(
        ArticleFile(version=version, file=file, title=file.original_name, position=place)
        for version in made[::5]
        for place, file in enumerate(files[:3])
    )
    with connection.cursor() as cursor:
        cursor.execute(GIVE_LIVE, [[article.pk for article in articles]])


def _give_categories(articles: list[Article], dice: random.Random) -> None:
    categories = list(Category.objects.all())
    links: Any = Article.categories.through
    links.objects.bulk_create(
        links(article=article, category=category)
        for article in articles
        for category in dice.sample(categories, dice.randrange(1, 3))
    )


def _text(dice: random.Random) -> _Text:
    title = " ".join(_some(dice, 6)).capitalize()
    summary = " ".join(_some(dice, 22)).capitalize() + "."
    parts = [f"## {' '.join(_some(dice, 4)).capitalize()}\n\n{_paragraph(dice)}" for _ in range(5)]
    source = "\n\n".join(parts)
    row = Category.objects.order_by().values_list(vector_of(title, f"{summary}\n{source}")).first()
    return _Text(title, summary, source, rendered(source, {}), str(row[0]) if row else "")


def _paragraph(dice: random.Random) -> str:
    return " ".join(_some(dice, dice.randrange(40, 90))).capitalize() + "."


def _some(dice: random.Random, count: int) -> list[str]:
    return dice.choices(WORDS, WEIGHTS, k=count)
