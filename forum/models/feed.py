"""The key by which a program reads somebody's feeds: a digest of it, for one person one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.queries import FeedKeyQuerySet


class FeedKey(models.Model):
    """What stands in the address of a feed. The key itself is known to its owner alone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="akun",
    )
    digest = models.BinaryField("sidik kunci", max_length=32, unique=True)
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    used_at = models.DateTimeField("terakhir dipakai", null=True, blank=True)

    objects = FeedKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "kunci umpan"
        verbose_name_plural = "kunci umpan"

    def __str__(self) -> str:
        return f"akun {self.user_id}, {self.created_at:%Y-%m-%d}"
