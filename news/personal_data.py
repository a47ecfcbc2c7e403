"""What the news board holds about a person: what they wrote and looked over, where they registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from epk.lib.personal_data import LongSection, Table
from news.models import Evaluation

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
        "edaran-ditujukan",
        "Edaran yang ditujukan kepada Anda",
        "news.Reader",
        ("user", "officer__user"),
        {
            "version__title": "Edaran",
            "name": "",
            "unit": "",
            "jenjang": "",
            "province_code": "",
            "asked_at": "",
            "acknowledged_at": "",
            "reminded": "",
        },
        order="-asked_at",
    ),
    Table(
        "edaran-ditulis",
        "Edaran yang Anda tulis",
        "news.CircularVersion",
        ("writer",),
        {"title": "", "number": "", "state": "", "created_at": ""},
        order="-created_at",
    ),
    Table(
        "edaran-ditelaah",
        "Edaran yang Anda telaah",
        "news.CircularVersion",
        ("reviewer",),
        {"title": "", "number": "", "state": "", "decided_at": ""},
        order="-decided_at",
    ),
    Table(
        "pendaftaran-kegiatan",
        "Kegiatan tempat Anda mendaftar",
        "news.Registration",
        ("officer__user",),
        {"event__title": "", "state": "", "created_at": "", "reason": ""},
        order="-created_at",
    ),
    Table(
        "kehadiran-kegiatan",
        "Kehadiran Anda di sesi kegiatan",
        "news.Attendance",
        ("registration__officer__user",),
        {
            "registration__event__title": "",
            "session__title": "",
            "at": "",
            "method": "",
            "undone_at": "",
            "undo_reason": "",
        },
        order="-at",
    ),
    Table(
        "evaluasi-kegiatan",
        "Evaluasi kegiatan yang Anda isi",
        "news.Evaluation",
        ("registration__officer__user",),
        {
            "registration__event__title": "",
            **dict.fromkeys((*Evaluation.RATINGS, *Evaluation.TEXTS), ""),
            "created_at": "",
            "changed_at": "",
        },
        order="-created_at",
    ),
    Table(
        "sertifikat-kegiatan",
        "Sertifikat Anda",
        "news.Certificate",
        ("registration__officer__user",),
        {
            "event_title": "",
            "year": "",
            "serial": "",
            "officer_name": "",
            "position": "",
            "issued_at": "",
            "revoked_at": "",
            "revoke_reason": "",
            "code": "",
        },
        order="-issued_at",
        url=lambda row: reverse("news:certificate", args=[row["code"]]),
    ),
    Table(
        "komentar-berita",
        "Komentar Anda pada berita",
        "news.Comment",
        ("author",),
        {"article__title": "", "text": "", "state": "", "created_at": "", "reason": ""},
        order="-created_at",
    ),
    Table(
        "laporan-komentar",
        "Komentar yang Anda laporkan",
        "news.CommentReport",
        ("reporter",),
        {"reason": "", "details": "", "created_at": "", "handled_at": ""},
        order="-created_at",
    ),
)


def long_sections(user: User) -> list[LongSection]:  # noqa: ARG001  (every app is asked with it)
    return []
