"""Who was there, what they thought of it, and the certificate they got."""

from __future__ import annotations

import secrets
import string
from typing import Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from epk.lib.files import new_name
from news.models.event import Registration, Session
from news.queries.attendance import AttendanceQuerySet, CertificateQuerySet
from registry.models import Training

LETTERS: Final = string.ascii_letters + string.digits
CODE_LENGTH: Final = 20


class Attendance(models.Model):
    """An officer was in a session. A row that was undone stays, and says why."""

    class Method(models.TextChoices):
        QR = "qr", "Kode QR petugas"
        LIST = "daftar", "Daftar hadir"
        SELF = "mandiri", "Kode sesi"

    registration = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name="pendaftaran",
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendances", verbose_name="sesi"
    )
    at = models.DateTimeField("hadir", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dicatat oleh",
    )
    method = models.CharField("cara", max_length=8, choices=Method)
    undone_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dibatalkan oleh",
    )
    undo_reason = models.CharField("alasan pembatalan", max_length=300, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                name="attendance_once_a_session",
                condition=Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undo_reason=""),
                name="attendance_undone_says_why",
                violation_error_message="Tulis alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} di sesi {self.session_id}"


def _rating(label: str) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        label, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class Evaluation(models.Model):
    """What somebody who was there thought of it; editors read it without a name."""

    RATINGS = ("content", "speakers", "organisation", "usefulness")
    TEXTS = ("liked", "improve")

    registration = models.OneToOneField(
        Registration,
        on_delete=models.PROTECT,
        related_name="evaluation",
        verbose_name="pendaftaran",
    )
    content = _rating("materi")
    speakers = _rating("narasumber")
    organisation = _rating("penyelenggaraan")
    usefulness = _rating("manfaat untuk pekerjaan")
    liked = models.TextField("yang paling bermanfaat", max_length=1_000, blank=True)
    improve = models.TextField("yang perlu diperbaiki", max_length=1_000, blank=True)
    created_at = models.DateTimeField("diisi", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("diubah", default=timezone.now)

    class Meta:
        verbose_name = "evaluasi"
        verbose_name_plural = "evaluasi"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                name=f"evaluation_{name}_from_1_to_5",
            )
            for name in ("content", "speakers", "organisation", "usefulness")
        ]

    def __str__(self) -> str:
        return f"evaluasi {self.pk}"


class CertificateYear(models.Model):
    """How many certificates a year has; its row is held while one is numbered."""

    year = models.PositiveSmallIntegerField("tahun", primary_key=True)
    last_serial = models.PositiveIntegerField("nomor urut terakhir", default=0)

    class Meta:
        verbose_name = "tahun sertifikat"
        verbose_name_plural = "tahun sertifikat"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


def _certificate_name(_certificate: Certificate, _name: str) -> str:
    return new_name("sertifikat", "pdf")


def new_code() -> str:
    """20 letters and digits nobody guesses: what the QR code on a certificate leads to."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


class Certificate(models.Model):
    """That an officer took part, in the words of the day on which it was issued.

    What it says of the person and of the event is copied: it stays true of that day. No NIP is
    on it; the register number says which officer it is, and everybody may know that.
    """

    registration = models.OneToOneField(
        Registration,
        on_delete=models.PROTECT,
        related_name="certificate",
        verbose_name="pendaftaran",
    )
    year = models.PositiveSmallIntegerField("tahun")
    serial = models.PositiveIntegerField("nomor urut")
    code = models.CharField("kode bukti", max_length=CODE_LENGTH, default=new_code, unique=True)
    officer_name = models.CharField("nama", max_length=250, blank=True)
    """With titles; empty once the person has been taken out of the register."""
    register_number = models.CharField("nomor register", max_length=12)
    position = models.CharField("jabatan", max_length=300, blank=True)
    event_title = models.CharField("kegiatan", max_length=150)
    event_theme = models.CharField("tema", max_length=200, blank=True)
    organiser = models.CharField("penyelenggara", max_length=150, blank=True)
    place = models.CharField("tempat", max_length=200, blank=True)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")
    hours = models.PositiveSmallIntegerField("jam pelajaran (JP)", null=True, blank=True)
    issued_at = models.DateTimeField("terbit", default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diterbitkan oleh",
    )
    revoked_at = models.DateTimeField("dicabut", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dicabut oleh",
    )
    revoke_reason = models.CharField("alasan pencabutan", max_length=300, blank=True)
    training = models.ForeignKey(
        Training,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diklat dalam register",
    )
    file = models.FileField("berkas", upload_to=_certificate_name, max_length=120, blank=True)
    """Empty until the job has drawn it."""
    sha256 = models.CharField("sidik berkas", max_length=64, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat"
        verbose_name_plural = "sertifikat"
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="certificate_numbered_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoke_reason=""),
                name="certificate_revoked_says_why",
                violation_error_message="Tulis alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`SERT/2026/000123`: without gaps within a year."""
        return f"SERT/{self.year}/{self.serial:06d}"
