"""Workshops and other events: programme, speakers, material, and who takes part."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from epk.lib import history
from news.models.media import File, Picture
from news.models.text import LONGEST_SOURCE
from news.queries.event import EventQuerySet, RegistrationQuerySet, SessionQuerySet
from registry.models import Officer, Region


@history.track()
class Event(models.Model):
    """One event at `/kegiatan/`. Past, running or to come is a question to the clock."""

    class Place(models.TextChoices):
        ON_SITE = "luring", "Luring"
        ONLINE = "daring", "Daring"
        BOTH = "hibrida", "Luring dan daring"

    slug = models.SlugField("alamat", max_length=80, unique=True, editable=False)
    title = models.CharField("judul", max_length=150)
    theme = models.CharField("tema", max_length=200, blank=True)
    summary = models.CharField("ringkasan", max_length=300, blank=True)
    source = models.TextField("uraian", max_length=LONGEST_SOURCE, blank=True)
    html = models.TextField("uraian, siap tampil", blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField("versi penampil", default=0, editable=False)
    cover = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gambar sampul",
    )
    pictures = models.ManyToManyField(
        Picture, blank=True, related_name="events", verbose_name="gambar"
    )
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    time_zone = models.CharField(
        "zona waktu", max_length=20, choices=Region.Zone, default=Region.Zone.WIB
    )
    """Of the place: times are shown by its clock first, and by the viewer's where that differs."""
    place_kind = models.CharField("cara", max_length=10, choices=Place, default=Place.ON_SITE)
    place = models.CharField("tempat", max_length=200, blank=True)
    link = models.URLField("tautan daring", blank=True)
    """For those who are registered only."""
    organiser = models.CharField("penyelenggara", max_length=150, blank=True)
    attended_by = models.PositiveIntegerField("jumlah peserta", null=True, blank=True)
    """For events that were held before the portal kept the list."""
    quota = models.PositiveIntegerField("kuota", null=True, blank=True)
    needs_approval = models.BooleanField("pendaftaran perlu disetujui", default=False)
    takes_registrations = models.BooleanField("menerima pendaftaran", default=True)
    registration_from = models.DateTimeField("pendaftaran mulai", null=True, blank=True)
    registration_until = models.DateTimeField("pendaftaran sampai", null=True, blank=True)
    seats_taken = models.PositiveIntegerField("kursi terisi", default=0, editable=False)
    """Counted under the lock of this row: those who are registered or wait for approval."""
    lesson_hours = models.PositiveSmallIntegerField("jam pelajaran (JP)", null=True, blank=True)
    gives_certificate = models.BooleanField("memberi sertifikat", default=False)
    published_at = models.DateTimeField("terbit", null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField("dibatalkan", null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        "alasan pembatalan", max_length=300, blank=True, editable=False
    )
    edits = models.PositiveIntegerField("kali disimpan", default=1, editable=False)
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

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_begins",
                violation_error_message="Waktu selesai harus setelah waktu mulai.",
            ),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(seats_taken__lte=F("quota")),
                name="event_is_never_overbooked",
                violation_error_message="Kuota lebih kecil daripada jumlah yang sudah terdaftar.",
            ),
            models.CheckConstraint(
                condition=Q(registration_from__isnull=True)
                | Q(registration_until__isnull=True)
                | Q(registration_until__gt=F("registration_from")),
                name="event_registration_ends_after_it_begins",
                violation_error_message="Akhir pendaftaran harus setelah awalnya.",
            ),
        ]
        indexes = [models.Index(fields=["-starts_at", "-id"], name="event_newest")]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """A part of the programme."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="sessions", verbose_name="kegiatan"
    )
    title = models.CharField("judul", max_length=200)
    summary = models.CharField("uraian", max_length=500, blank=True)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai", null=True, blank=True)
    room = models.CharField("ruang", max_length=100, blank=True)
    takes_attendance = models.BooleanField("mencatat kehadiran", default=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message="Sesi harus selesai setelah mulai.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """Somebody who speaks in a session, as it was announced."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="speakers", verbose_name="sesi"
    )
    name = models.CharField("nama", max_length=120)
    about = models.CharField("jabatan atau lembaga", max_length=150, blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "narasumber"
        verbose_name_plural = "narasumber"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class SessionFile(models.Model):
    """Material of a session."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="files", verbose_name="sesi"
    )
    file = models.ForeignKey(
        File, on_delete=models.PROTECT, related_name="session_files", verbose_name="berkas"
    )
    title = models.CharField("judul", max_length=150)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "materi sesi"
        verbose_name_plural = "materi sesi"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "file"], name="sessionfile_once_a_session")
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """An officer and an event. Who is on the waiting list moves up in the order of `queued_at`."""

    class State(models.TextChoices):
        ASKED = "diajukan", "Menunggu persetujuan"
        IN = "terdaftar", "Terdaftar"
        WAITING = "menunggu", "Daftar tunggu"
        REFUSED = "ditolak", "Ditolak"
        CANCELLED = "batal", "Dibatalkan"

    SEATED = (State.ASKED, State.IN)
    """These take a seat."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="registrations", verbose_name="kegiatan"
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="registrations", verbose_name="petugas"
    )
    key = models.UUIDField("kunci", default=uuid.uuid4, unique=True, editable=False)
    """Stands in the QR code by which its holder is checked in."""
    state = models.CharField("keadaan", max_length=10, choices=State)
    queued_at = models.DateTimeField("masuk antrean", default=timezone.now)
    changed_at = models.DateTimeField("berubah", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diputuskan oleh",
    )
    reason = models.CharField("alasan", max_length=300, blank=True)
    created_at = models.DateTimeField("mendaftar", default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "pendaftaran"
        verbose_name_plural = "pendaftaran"
        ordering = ["event", "queued_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "officer"],
                name="registration_once_an_officer",
                violation_error_message="Petugas ini sudah terdaftar.",
            )
        ]
        indexes = [
            models.Index(fields=["event", "state", "queued_at"], name="registration_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} di {self.event_id}: {self.get_state_display()}"
