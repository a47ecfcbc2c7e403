"""Who was shown private data, and whose was removed, when and why: written once, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.utils import timezone

from registry.queries.access import AccessRecordQuerySet

if TYPE_CHECKING:
    from registry.models.officer import Officer


_WRITTEN_ONCE = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="no_truncate",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'the access log cannot be emptied (%)', TG_TABLE_NAME;",
    ),
]


class AccessRecord(models.Model):
    """One view of private data by somebody else (UU 27/2022, PDP).

    The officer is named by number as well, and by no constraint: the record outlives the row.
    """

    class Channel(models.TextChoices):
        PROFILE = "profil", "Halaman petugas"
        ADMIN = "admin", "Halaman admin"
        HISTORY = "riwayat", "Riwayat perubahan di admin"
        DOCUMENT = "dokumen", "Unduhan dokumen"
        EXPORT = "ekspor", "Ekspor data"

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="access_records",
        verbose_name="petugas",
    )
    register_number = models.CharField("nomor register", max_length=12)
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="access_records",
        verbose_name="dilihat oleh",
    )
    fields = ArrayField(
        models.CharField(max_length=20),
        verbose_name="data yang dilihat",
        help_text="Nama dari `registry.rules.Field`, huruf kecil.",
    )
    channel = models.CharField("lewat", max_length=10, choices=Channel)
    reason = models.CharField("alasan", max_length=300, blank=True)
    address = models.GenericIPAddressField("alamat jaringan", null=True, blank=True)
    viewed_at = models.DateTimeField("waktu", default=timezone.now, editable=False)

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan akses"
        verbose_name_plural = "catatan akses"
        ordering = ["-viewed_at", "-id"]
        indexes = [
            models.Index(F("officer"), F("viewed_at").desc(), name="access_of_officer"),
            models.Index(F("viewer"), F("viewed_at").desc(), name="access_by_viewer"),
            models.Index(F("viewed_at"), name="access_in_time"),
        ]
        triggers = _WRITTEN_ONCE

    def __str__(self) -> str:
        return f"{self.register_number}, {self.viewed_at:%Y-%m-%d %H:%M}"


class Anonymisation(models.Model):
    """The personal data of one officer was removed. Names nobody but the one who did it."""

    register_number = models.CharField("nomor register", max_length=12, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dilakukan oleh",
    )
    reason = models.CharField("alasan", max_length=300)
    done_at = models.DateTimeField("waktu", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "anonimisasi"
        verbose_name_plural = "anonimisasi"
        ordering = ["-done_at", "-id"]
        triggers = _WRITTEN_ONCE
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="anonymisation_has_a_reason",
                violation_error_message="Tulis alasan anonimisasi.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.register_number}, {self.done_at:%Y-%m-%d %H:%M}"
