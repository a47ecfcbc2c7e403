"""The first visit to an article with a photo: all that a phone has to fetch, within 120 kB."""

from __future__ import annotations

import gzip
import io
import random
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFilter

from epk.lib.files import CheckedPicture, check_picture
from news.models import WIDTHS, Category, Picture
from tests.news.made import attach, make_article, make_file

pytestmark = pytest.mark.django_db

MOST = 120_000
HTML = 20_000
PHONE = 390
"""CSS pixels of its screen, one dot each."""
IMPORT = re.compile(r'@import "([^"]+)";')
PARAGRAPH = (
    "Peserta dari Dinas provinsi dan kabupaten/kota membahas cara menyampaikan data penempatan, "
    "menutup lowongan yang sudah terisi, dan mendampingi pencari kerja yang tidak terjangkau "
    "aplikasi; hasilnya dirangkum dalam rencana tindak lanjut untuk semester berikutnya. "
)


def photo(width: int = 4000, height: int = 2250) -> bytes:
    """As a phone takes it of a full room: hundreds of faces, a bright window, grain everywhere."""
    dice = random.Random(2018)
    drawn = Image.new("RGB", (width, height), "#8d7f6c")
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((0, 0, width, height // 3), fill="#cfc6b4")
    draw.rectangle((width // 2, 90, width - 300, height // 3), fill="#f4f6f2")
    for _ in range(420):
        x, y = dice.randrange(width), dice.randrange(height // 3, height)
        size = 30 + (y - height // 3) // 9
        shade = dice.randrange(60, 190)
        shirt = tuple(dice.randrange(30, 230) for _ in range(3))
        draw.ellipse((x - size, y, x + size, y + 3 * size), fill=shirt)
        skin = (shade + 40, shade, shade - 30)
        draw.ellipse((x - size // 2, y - size, x + size // 2, y + size // 3), fill=skin)
        draw.arc((x - size // 2, y - size, x + size // 2, y), 180, 360, fill="#1c1512", width=14)
    seen = drawn.filter(ImageFilter.GaussianBlur(2))
    for scale in (16, 8, 4, 1):  # folds and shadows of all sizes, and the grain of the sensor
        grain = Image.effect_noise((width // scale, height // scale), 60).resize((width, height))
        seen = Image.blend(seen, grain.convert("RGB"), 0.18)
    out = io.BytesIO()
    seen.save(out, "JPEG", quality=88)
    return out.getvalue()


@pytest.fixture(scope="module")
def sizes() -> CheckedPicture:
    """What the check makes of it; drawn once."""
    return check_picture(SimpleUploadedFile("aula.jpg", photo(), "image/jpeg"), WIDTHS)


def stored(sizes: CheckedPicture) -> Picture:
    picture = Picture(
        alt="Peserta memenuhi aula, dilihat dari belakang; di depan layar putih menyala",
        width=sizes.width,
        height=sizes.height,
        original_name=sizes.original_name,
    )
    files = (picture.small, picture.medium, picture.large)
    for file, data in zip(files, sizes.sizes, strict=True):
        file.save("", ContentFile(data), save=False)
    picture.save()
    return picture


def test_is_within_its_budget(client: Client, sizes: CheckedPicture) -> None:
    article = make_article("Aula penuh", source="\n\n".join([PARAGRAPH * 3] * 12))
    assert article.live is not None
    picture = stored(sizes)
    article.live.cover = picture
    article.live.save(update_fields=["cover"])
    article.live.pictures.add(picture)
    article.categories.set(Category.objects.all())
    for number in range(4):
        attach(article, make_file(f"materi-{number}.pdf"), f"Bahan tayang sesi {number}")
    path = reverse("news:article", args=[article.slug])
    html = client.get(path).content.decode()
    page = len(gzip.compress(html.encode(), 6))
    assert page <= HTML
    parts = {"page": page, **linked(html), **pictures(client, html)}
    assert sum(name.endswith(".webp") for name in parts) == 1
    assert sum(parts.values()) <= MOST, parts


def test_the_photo_is_one_that_is_hard_to_make_small(sizes: CheckedPicture) -> None:
    """Or the budget would be kept by a drawing of nothing."""
    assert sizes.width == WIDTHS[-1]
    assert len(photo()) > 1_500_000
    assert len(sizes.sizes[0]) > 25_000


def linked(html: str) -> dict[str, int]:
    """Style sheets and programs as they travel: whole, without what they are put together from."""
    found = re.findall(r'<link rel="stylesheet" href="/static/([^"?]+)', html)
    found += re.findall(r'<script src="/static/([^"?]+)', html)
    found += re.findall(r'<(?:img src|link rel="icon" href)="/static/([^"?]+)', html)
    return {name: len(gzip.compress(source(name).encode(), 6)) for name in set(found)}


def source(name: str) -> str:
    place = finders.find(name)
    assert isinstance(place, str)
    text = Path(place).read_text(encoding="utf-8")
    folder = name.rpartition("/")[0]
    return IMPORT.sub(lambda line: source(f"{folder}/{line[1]}"), text)


def pictures(client: Client, html: str) -> dict[str, int]:
    """Those that a phone chooses: the narrowest that is as wide as its screen."""
    found = {}
    for srcset in re.findall(r'srcset="([^"]+)"', html):
        choices = [tuple(one.split()) for one in srcset.split(", ")]
        widths = {int(width.removesuffix("w")): path for path, width in choices}
        path = widths[min(width for width in widths if width >= PHONE)]
        answer: Any = client.get(path)
        found[path] = len(b"".join(answer.streaming_content))
    return found
