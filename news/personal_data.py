"""What the news board holds about a person: what they wrote and looked over, where they registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epk.lib.personal_data import LongSection, Table

if TYPE_CHECKING:
    from accounts.models import User

TABLES = (
    Table(
        "berita-ditulis",
        "Berita yang Anda tulis",
        "news.ArticleVersion",
        ("writer",),
        {"title": "", "number": "", "state": "", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "berita-ditelaah",
        "Berita yang Anda telaah",
        "news.ArticleVersion",
        ("reviewer",),
        {"title": "", "number": "", "state": "", "decided_at": ""},
        order="-decided_at",
    ),
    Table(
        "gambar-berita",
        "Gambar yang Anda unggah untuk berita",
        "news.Picture",
        ("uploaded_by",),
        {"alt": "", "original_name": "", "uploaded_at": ""},
        order="-uploaded_at",
    ),
    Table(
        "berkas-berita",
        "Berkas yang Anda unggah untuk berita",
        "news.File",
        ("uploaded_by",),
        {"original_name": "", "uploaded_at": ""},
        order="-uploaded_at",
    ),
    Table(
        "tautan-pratinjau",
        "Tautan pratinjau yang Anda buat",
        "news.PreviewLink",
        ("created_by",),
        {"article__title": "", "created_at": "", "expires_at": ""},
        order="-created_at",
    ),
    Table(
        "pendaftaran-kegiatan",
        "Kegiatan tempat Anda mendaftar",
        "news.Registration",
        ("officer__user",),
        {"event__title": "", "state": "", "created_at": "", "reason": ""},
        order="-created_at",
    ),
)


def long_sections(user: User) -> list[LongSection]:  # noqa: ARG001  (every app is asked with it)
    return []
