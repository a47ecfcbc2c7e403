"""Articles: news, announcements and material, with their versions."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from epk.lib import history
from news.models.media import File, Picture
from news.models.text import Version
from news.queries.article import ArticleQuerySet, PreviewLinkQuerySet, VersionQuerySet


class Category(models.Model):
    """A subject by which news can be found."""

    name = models.CharField("nama", max_length=60, unique=True)
    slug = models.SlugField("alamat", max_length=60, unique=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "kategori berita"
        verbose_name_plural = "kategori berita"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@history.track(exclude=["search", "indexer", "comment_count"])
class Article(models.Model):
    """One address at `/berita/`. What stands there is its live version, from one moment to another.

    That it is published is a question to the clock and no state: no job has to run for it.
    """

    class Kind(models.TextChoices):
        NEWS = "berita", "Berita"
        ANNOUNCEMENT = "pengumuman", "Pengumuman"
        MATERIAL = "materi", "Materi"

    class Audience(models.TextChoices):
        PUBLIC = "umum", "Siapa saja"
        OFFICERS = "petugas", "Pengantar Kerja dan pengelola yang sudah masuk"

    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.NEWS)
    slug = models.SlugField("alamat", max_length=80, unique=True, editable=False)
    """Made from the first title; it stays when the title changes."""
    title = models.CharField("judul", max_length=150, editable=False)
    """Of the live version, else of the one that is being written."""
    audience = models.CharField("pembaca", max_length=12, choices=Audience, default=Audience.PUBLIC)
    categories = models.ManyToManyField(
        Category, blank=True, related_name="articles", verbose_name="kategori"
    )
    live: models.ForeignKey[ArticleVersion | None] = models.ForeignKey(
        "ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="versi terbit",
    )
    publish_from = models.DateTimeField("terbit mulai", null=True, blank=True)
    publish_until = models.DateTimeField("terbit sampai", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True, blank=True, editable=False)
    withdraw_reason = models.CharField(
        "alasan penarikan", max_length=300, blank=True, editable=False
    )
    pinned_at = models.DateTimeField("disematkan", null=True, blank=True, editable=False)
    updated_at = models.DateTimeField("diperbarui", null=True, blank=True, editable=False)
    """When a version after the first one went live."""
    announced = models.PositiveIntegerField(
        "versi yang sudah diberitahukan", default=0, editable=False
    )
    comments_open = models.BooleanField("komentar dibuka", default=True)
    comments_until = models.DateTimeField("komentar sampai", null=True, blank=True)
    gallery = models.ManyToManyField(
        Picture, blank=True, editable=False, related_name="+", verbose_name="gambar tersedia"
    )
    """What was uploaded for it, whether a version shows it or not."""
    sent_key = models.UUIDField("kunci kiriman", null=True, blank=True, unique=True, editable=False)
    """Of the form in which it was begun: a second click begins no second one."""
    comment_count = models.PositiveIntegerField("komentar yang tampil", default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="dibuat oleh",
    )
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)
    search = SearchVectorField("untuk pencarian", null=True, editable=False)
    """Of the live version; written by `news.actions.indexing` when one goes live."""
    indexer = models.PositiveSmallIntegerField(
        "versi pengindeks", default=0, db_default=0, editable=False
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikel"
        ordering = ["-publish_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_until__isnull=True) | Q(publish_until__gt=F("publish_from")),
                name="article_ends_after_it_begins",
                violation_error_message="Akhir terbit harus setelah mulai terbit.",
            ),
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(publish_from__isnull=False),
                name="article_that_is_live_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["-publish_from", "-id"], name="article_newest"),
            models.Index(fields=["kind", "-publish_from", "-id"], name="article_newest_of_kind"),
            models.Index(
                fields=["pinned_at"], name="article_pinned", condition=Q(pinned_at__isnull=False)
            ),
            GinIndex(fields=["search"], name="article_search"),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(Version):
    """A version of an article, with its cover, the pictures in it and its files."""

    OWNER = "article"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="versions", verbose_name="artikel"
    )
    cover = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gambar sampul",
    )
    pictures = models.ManyToManyField(
        Picture, blank=True, related_name="versions", verbose_name="gambar"
    )
    """The cover and those that the text shows, kept by the action that saves."""

    objects = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        verbose_name = "versi artikel"
        verbose_name_plural = "versi artikel"
        ordering = ["article", "-number"]
        constraints = [
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["article", "number"], name="articleversion_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["article"],
                name="articleversion_one_is_worked_on",
                condition=Q(state__in=["draf", "telaah"]),
                violation_error_message="Artikel ini sudah punya versi yang sedang dikerjakan.",
            ),
            models.UniqueConstraint(
                fields=["article"],
                name="articleversion_one_is_live",
                condition=Q(state="terbit"),
            ),
        ]


class ArticleFile(models.Model):
    """A file below a version of an article."""

    version = models.ForeignKey(
        ArticleVersion, on_delete=models.CASCADE, related_name="files", verbose_name="versi"
    )
    file = models.ForeignKey(
        File, on_delete=models.PROTECT, related_name="article_files", verbose_name="berkas"
    )
    title = models.CharField("judul", max_length=150)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "lampiran artikel"
        verbose_name_plural = "lampiran artikel"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "file"], name="articlefile_once_a_version")
        ]

    def __str__(self) -> str:
        return self.title


def _new_key() -> str:
    return secrets.token_urlsafe(24)


class PreviewLink(models.Model):
    """Lets whoever has its key see the version that is being worked on, until it expires."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="preview_links", verbose_name="artikel"
    )
    key = models.CharField("kunci", max_length=40, default=_new_key, unique=True, editable=False)
    expires_at = models.DateTimeField("berlaku sampai")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="dibuat oleh",
    )
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan pratinjau"
        verbose_name_plural = "tautan pratinjau"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.article_id}, sampai {self.expires_at:%Y-%m-%d %H:%M}"
