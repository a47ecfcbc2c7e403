"""What an editor sends: the form of an article, a button, a file."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from accounts.models import User
from news.models import Article, ArticleVersion


def typed(**values: Any) -> dict[str, Any]:
    """What the form of a new article sends."""
    return {
        "title": "Pemutakhiran data penempatan",
        "summary": "Ringkas saja.",
        "source": "Isi **tebal** artikel.",
        "kind": "berita",
        "audience": "umum",
        "zone": "Asia/Jakarta",
        "key": str(uuid.uuid4()),
        "seen": "0",
        "aksi": "simpan",
    } | values


def begun(client: Client, by: User, **values: Any) -> Article:
    client.force_login(by)
    answer = client.post(reverse("news:article_new"), typed(**values))
    assert answer.status_code == 302, answer.content.decode()
    return Article.objects.latest("pk")


def path_of(article: Article) -> str:
    return reverse("news:article_edit", args=[article.pk])


def act(client: Client, article: Article, name: str, **values: Any) -> Any:
    return client.post(reverse("news:article_act", args=[article.pk]), {"aksi": name} | values)


def working(article: Article) -> ArticleVersion:
    return article.versions.working().get()


def pdf(pages: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
