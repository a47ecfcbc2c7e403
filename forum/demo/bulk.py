"""Very many posts, to measure with: a few texts repeated, topics of all lengths."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from epk.lib import markdown
from epk.lib.text import format_number
from epk.lib.text_search import vector_of
from forum.models import Category, Post, Topic
from registry.models import Officer

BATCH: Final = 5_000
LONGEST: Final = 100_000
"""Posts of the one longest topic, where there are that many at all."""
WORDS: Final = [
    "angka",
    "kredit",
    "penempatan",
    "pencari",
    "kerja",
    "pelatihan",
    "uji",
    "kompetensi",
    "jenjang",
    "pangkat",
    "formasi",
    "penyetaraan",
    "laporan",
    "semester",
    "bursa",
    "kerja",
    "khusus",
    "lowongan",
    "perusahaan",
    "wawancara",
    "kartu",
    "kuning",
    "pekerja",
    "migran",
    "dokumen",
    "kontrak",
    "negara",
    "tujuan",
    "penyuluhan",
    "jabatan",
    "bimbingan",
    "minat",
    "bakat",
    "disabilitas",
    "padat",
    "karya",
    "wirausaha",
    "tenaga",
    "kerja",
    "asing",
    "pendamping",
    "aplikasi",
    "nomor",
    "akun",
    "panduan",
]
TEXTS: Final = 400


@dataclass(frozen=True)
class _Author:
    name: str
    number: int


def fill_posts(count: int, *, on: dt.date, progress: Callable[[str], None]) -> None:
    """Add so many posts of officers of the register, the same ones every time."""
    dice = random.Random(20180507)  # noqa: S311  (the day the portal was launched, no secret)
    texts = [_text(dice) for _ in range(TEXTS)]
    rendered = [markdown.render(text).html for text in texts]
    vectors = [_vector(text) for text in texts]
    authors = [
        _Author(officer.full_name, officer.number) for officer in Officer.objects.all()[:500]
    ]
    categories = list(Category.objects.all())
    last = timezone.make_aware(dt.datetime.combine(on, dt.time(8)))
    step = dt.timedelta(days=3650) / max(count, 1)
    written = 0
    for sizes in _in_batches(_sizes(count, dice)):
        with transaction.atomic():
            topics = Topic.objects.bulk_create(
                _topic(dice, size, categories, authors) for size in sizes
            )
            posts: list[Post] = []
            for topic, size in zip(topics, sizes, strict=True):
                for number in range(1, size + 1):
                    place = dice.randrange(TEXTS)
                    author = dice.choice(authors)
                    posts.append(
                        Post(
                            topic=topic,
                            number=number,
                            source=texts[place],
                            html=rendered[place],
                            renderer=markdown.VERSION,
                            search=vectors[place]
                            if number > 1
                            else _vector(texts[place], topic.title),
                            author_name=author.name,
                            author_number=author.number,
                            created_at=last - step * (count - written),
                        )
                    )
                    written += 1
                topic.last_posted_at = posts[-1].created_at
                topic.last_author_name = posts[-1].author_name
            Post.objects.bulk_create(posts, batch_size=2_000)
            Topic.objects.bulk_update(
                topics, ["last_posted_at", "last_author_name"], batch_size=500
            )
        progress(f"{format_number(written)} dari {format_number(count)} tulisan ...")


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
    dice: random.Random, size: int, categories: list[Category], authors: list[_Author]
) -> Topic:
    kind = Topic.Kind.QUESTION if dice.random() < 0.7 else Topic.Kind.DISCUSSION
    return Topic(
        kind=kind,
        category=dice.choice(categories),
        title=" ".join(dice.sample(WORDS, 7)).capitalize(),
        author_name=dice.choice(authors).name,
        last_number=size,
        reply_count=size - 1,
        thanks_count=0,
    )


def _vector(text: str, title: str = "") -> str:
    """As the action writes it, computed once for each text."""
    words = Category.objects.order_by().values_list(vector_of(title, text), flat=True)
    return str(words.first())


def _text(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randrange(8, 60))).capitalize() + "."
