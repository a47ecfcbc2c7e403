"""Scans of letters and certificates, kept outside the static tree and served after a check."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from epk.lib import history
from epk.lib.files import new_name

if TYPE_CHECKING:
    from registry.models.officer import Officer


def _stored_name(document: Document, _filename: str) -> str:
    return new_name("dokumen", document.extension)


@history.track()
class Document(models.Model):
    """One checked file about one officer. The name under which it lies is ours alone."""

    class Kind(models.TextChoices):
        SK = "sk", "Surat keputusan"
        IJAZAH = "ijazah", "Ijazah"
        SERTIFIKAT = "sertifikat", "Sertifikat"
        LAIN = "lain", "Lain-lain"

    EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name="petugas",
    )
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.SK)
    file = models.FileField("berkas", upload_to=_stored_name, max_length=120)
    original_name = models.CharField("nama asal", max_length=120)
    content_type = models.CharField("jenis isi", max_length=40)
    size = models.PositiveIntegerField("ukuran (byte)")
    pages = models.PositiveSmallIntegerField("halaman")
    sha256 = models.CharField("sidik berkas", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="document_is_pdf_or_image",
                violation_error_message="Berkas harus PDF, JPEG, atau PNG.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="document_has_a_fingerprint",
                violation_error_message="Sidik berkas tidak terbaca; unggah berkasnya sekali lagi.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def extension(self) -> str:
        return self.EXTENSIONS[self.content_type]
