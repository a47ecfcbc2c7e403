"""Answers that the Pembina has verified, and the regulations they rest on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from epk.lib import history
from forum.models.post import Post
from forum.queries import RegulationQuerySet, VerificationQuerySet


@history.track()
class Regulation(models.Model):
    """A regulation that answers cite; once it is replaced, they are to be looked at again."""

    name = models.CharField(
        "nama", max_length=80, unique=True, help_text="Misalnya Permenaker 1/2026."
    )
    title = models.CharField("tentang", max_length=300, blank=True)
    in_force_from = models.DateField("berlaku sejak")
    replaced_on = models.DateField("tidak berlaku sejak", null=True, blank=True)
    replaced_by: models.ForeignKey[Regulation | None] = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="diganti dengan",
    )

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = "peraturan"
        verbose_name_plural = "peraturan"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gt=F("in_force_from")),
                name="regulation_ends_after_it_begins",
                violation_error_message="Peraturan berakhir setelah mulai berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True)
                | (Q(replaced_on__isnull=False) & ~Q(replaced_by=F("id"))),
                name="regulation_replaced_on_a_day",
                violation_error_message="Isi juga sejak kapan peraturan ini diganti, dengan peraturan lain.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@history.track()
class Verification(models.Model):
    """A Pembina's word that an answer is right, on a legal basis, until a day.

    It is "perlu ditinjau" from `review_from` on: the day after `valid_until`, or the day on which
    a regulation that it cites was replaced, whichever comes first. An ended one is kept.
    """

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="verifications", verbose_name="jawaban"
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diverifikasi oleh",
    )
    verified_by_name = models.CharField("nama Pembina", max_length=280, blank=True)
    verified_at = models.DateTimeField("diverifikasi", default=timezone.now)
    post_version = models.PositiveIntegerField("versi jawaban", default=1)
    note = models.CharField("catatan", max_length=500, blank=True)
    valid_until = models.DateField("berlaku sampai")
    review_from = models.DateField("ditinjau mulai", db_index=True)
    ended_at = models.DateTimeField("dicabut", null=True, blank=True)
    end_reason = models.CharField("alasan dicabut", max_length=300, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = "verifikasi"
        verbose_name_plural = "verifikasi"
        ordering = ["-verified_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(ended_at__isnull=True), name="verification_once_a_post"
            )
        ]

    def __str__(self) -> str:
        return f"tulisan {self.post_id}, sampai {self.valid_until}"


@history.track()
class Citation(models.Model):
    """The article of a regulation on which a verification rests."""

    verification = models.ForeignKey(
        Verification, on_delete=models.CASCADE, related_name="citations", verbose_name="verifikasi"
    )
    regulation = models.ForeignKey(
        Regulation, on_delete=models.PROTECT, related_name="citations", verbose_name="peraturan"
    )
    article = models.CharField("pasal", max_length=80, help_text="Misalnya Pasal 12 ayat (3).")

    class Meta:
        verbose_name = "dasar hukum"
        verbose_name_plural = "dasar hukum"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verification", "regulation", "article"], name="citation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.regulation}, {self.article}"
