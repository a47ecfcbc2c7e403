"""Links of published articles that lead nowhere, as the weekly check has found them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from news.models.article import Article


class BrokenLink(models.Model):
    """An address in the live version of an article that cannot be opened by its readers."""

    class Fault(models.TextChoices):
        NO_PAGE = "halaman", "halaman ini tidak ada"
        NOT_PUBLIC = "tertutup", "tidak dapat dibuka oleh siapa saja"
        MALFORMED = "alamat", "alamatnya salah tulis"
        NO_ANSWER = "jawaban", "situsnya tidak menjawab"
        REFUSED = "ditolak", "situsnya menjawab bahwa halaman itu tidak ada"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="broken_links", verbose_name="artikel"
    )
    address = models.CharField("alamat", max_length=500)
    fault = models.CharField("sebab", max_length=10, choices=Fault)
    checked_at = models.DateTimeField("diperiksa", default=timezone.now)

    class Meta:
        verbose_name = "tautan rusak"
        verbose_name_plural = "tautan rusak"
        ordering = ["-checked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "address"], name="brokenlink_once")
        ]

    def __str__(self) -> str:
        return self.address
