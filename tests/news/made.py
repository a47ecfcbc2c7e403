"""Articles, pictures and files for the tests of the news board."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from news.models import Article, ArticleFile, ArticleVersion, File, Picture
from news.rendering import rendered
from tests.factories import make_user


def make_editor(email: str = "lina@demo.example", name: str = "Lina Marpaung") -> User:
    """A second editor, beside Agus."""
    return make_user(email, name, "redaksi")


def make_article(
    title: str = "Pemutakhiran data penempatan",
    *,
    source: str = "Data penempatan semester II diperbarui.",
    state: str = "terbit",
    by: User | None = None,
    published: dt.datetime | None = None,
    slug: str = "",
    **values: Any,
) -> Article:
    """Published an hour ago, unless `state` says that it is only being written."""
    number = Article.objects.count() + 1
    is_live = state == "terbit"
    moment = published or timezone.now() - dt.timedelta(hours=1)
    article = Article.objects.create(
        title=title,
        slug=slug or f"artikel-{number}",
        publish_from=moment if is_live or published else None,
        created_by=by,
        **values,
    )
    version = ArticleVersion.objects.create(
        article=article,
        number=1,
        state=state,
        title=title,
        source=source,
        html=rendered(source, {}),
        change="pertama",
        writer=by,
        writer_name=by.name if by else "",
        saved_by=by,
    )
    if is_live:
        article.live = version
        article.save(update_fields=["live"])
    return article


def png(width: int = 640, height: int = 360) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5563").save(out, "PNG")
    return out.getvalue()


def make_picture(alt: str = "Peserta di ruang sidang", **values: Any) -> Picture:
    """Stored as it would be after the check, in one size."""
    out = io.BytesIO()
    Image.new("RGB", (480, 270), "#0b5563").save(out, "WEBP")
    picture = Picture(alt=alt, width=480, height=270, original_name="foto.png", **values)
    picture.small.save("foto.webp", ContentFile(out.getvalue()), save=False)
    picture.save()
    return picture


def make_file(name: str = "materi.pdf", **values: Any) -> File:
    file = File(
        original_name=name,
        content_type="application/pdf",
        size=1_400_000,
        pages=12,
        sha256="0" * 64,
        **values,
    )
    file.file.save(name, ContentFile(b"%PDF-1.4 materi"), save=False)
    file.save()
    return file


def attach(article: Article, file: File, title: str = "Materi") -> ArticleFile:
    assert article.live is not None
    return ArticleFile.objects.create(version=article.live, file=file, title=title)
