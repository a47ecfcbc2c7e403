"""Pictures and files that texts and events show; who may have one follows from what shows it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from epk.lib.files import new_name
from news.queries.media import FileQuerySet, PictureQuerySet

WIDTHS = (480, 960, 1600)
"""Pixels of the drawn sizes: a phone over a slow line, a sharp phone or a page, a wide screen."""


def _picture_name(_picture: Picture, _name: str) -> str:
    return new_name("berita_gambar", "webp")


def _file_name(file: File, _name: str) -> str:
    return new_name("berita_berkas", File.EXTENSIONS[file.content_type])


class Uploaded(models.Model):
    """By whom, when, under which name and how large."""

    key = models.UUIDField("kunci", default=uuid.uuid4, unique=True, editable=False)
    original_name = models.CharField("nama asal", max_length=120)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Picture(Uploaded):
    """A picture drawn anew in up to three widths, in WebP; without a text instead of it there is none.

    In a text it stands on a line of its own as `![teks pengganti](gambar:17)`.
    """

    alt = models.CharField("teks pengganti", max_length=250)
    credit = models.CharField("sumber gambar", max_length=120, blank=True)
    width = models.PositiveIntegerField("lebar (piksel)")
    height = models.PositiveIntegerField("tinggi (piksel)")
    small = models.FileField("kecil", upload_to=_picture_name, max_length=120)
    medium = models.FileField("sedang", upload_to=_picture_name, max_length=120, blank=True)
    large = models.FileField("besar", upload_to=_picture_name, max_length=120, blank=True)
    """Empty where the picture that came in was no wider than the size before."""

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = "gambar"
        verbose_name_plural = "gambar"
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt=""),
                name="picture_says_what_it_shows",
                violation_error_message="Tulis apa yang tampak di gambar, untuk yang tidak melihatnya.",
            )
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def widths(self) -> list[int]:
        """The widths there are, the smallest first."""
        files = (self.small, self.medium, self.large)
        return [min(width, self.width) for width, file in zip(WIDTHS, files, strict=True) if file]


class File(Uploaded):
    """A checked document or scan that can be downloaded."""

    EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}

    file = models.FileField("berkas", upload_to=_file_name, max_length=120)
    content_type = models.CharField("jenis isi", max_length=40)
    size = models.PositiveIntegerField("ukuran (byte)")
    pages = models.PositiveSmallIntegerField("halaman")
    sha256 = models.CharField("sidik berkas", max_length=64)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.original_name
