"""Circulars: letters to an audience, who was asked to read them, and who has said that they did."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import RoleGrant
from epk.lib import history
from news.models.media import File
from news.models.text import Version
from news.queries.circular import CircularQuerySet, CircularVersionQuerySet, ReaderQuerySet
from registry.models import Officer, Unit
from registry.models.terms import Jenjang


@history.track()
class Circular(models.Model):
    """One address at `/edaran/`: its live version, and the version whose audience is asked.

    A small correction keeps the audience, so `asking` stays behind `live` then. What a second editor
    has to approve (letter number, deadline, audience) stands with the version.
    """

    title = models.CharField("judul", max_length=150, editable=False)
    """Of the live version, else of the one that is being written."""
    live: models.ForeignKey[CircularVersion | None] = models.ForeignKey(
        "CircularVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="versi terbit",
    )
    asking: models.ForeignKey[CircularVersion | None] = models.ForeignKey(
        "CircularVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="versi yang diminta dibaca",
    )
    publish_from = models.DateTimeField("terbit mulai", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True, blank=True, editable=False)
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

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = "edaran"
        verbose_name_plural = "edaran"
        ordering = ["-publish_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live__isnull=True)
                | Q(publish_from__isnull=False, asking__isnull=False),
                name="circular_that_is_live_asks_somebody",
            )
        ]
        indexes = [models.Index(fields=["-publish_from", "-id"], name="circular_newest")]

    def __str__(self) -> str:
        return self.title


class CircularVersion(Version):
    """A version of a circular, with its letter number, deadline, audience and files.

    Each empty list of the audience means all. Provinces, tiers and jenjang choose among the
    officers in service; roles other than Pengantar Kerja add those who hold them.
    """

    OWNER = "circular"
    AUDIENCE = ("provinces", "tiers", "jenjang", "roles")

    circular = models.ForeignKey(
        Circular, on_delete=models.CASCADE, related_name="versions", verbose_name="edaran"
    )
    letter = models.CharField("nomor surat", max_length=80, blank=True)
    deadline = models.DateField("batas waktu", null=True, blank=True)
    provinces = ArrayField(
        models.CharField(max_length=2), verbose_name="provinsi", default=list, blank=True
    )
    tiers = ArrayField(
        models.CharField(max_length=20, choices=Unit.Tier),
        verbose_name="tingkat unit",
        default=list,
        blank=True,
    )
    jenjang = ArrayField(
        models.CharField(max_length=12, choices=Jenjang),
        verbose_name="jenjang",
        default=list,
        blank=True,
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=RoleGrant.Role),
        verbose_name="peran",
        default=list,
        blank=True,
    )
    told_at = models.DateTimeField("diberitahukan", null=True, blank=True, editable=False)
    reminded = models.PositiveSmallIntegerField("pengingat terkirim", default=0, editable=False)

    objects = CircularVersionQuerySet.as_manager()

    class Meta(Version.Meta):
        verbose_name = "versi edaran"
        verbose_name_plural = "versi edaran"
        ordering = ["circular", "-number"]
        constraints = [
            *Version.Meta.constraints,
            models.UniqueConstraint(
                fields=["circular", "number"], name="circularversion_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["circular"],
                name="circularversion_one_is_worked_on",
                condition=Q(state__in=["draf", "telaah"]),
                violation_error_message="Edaran ini sudah punya versi yang sedang dikerjakan.",
            ),
            models.UniqueConstraint(
                fields=["circular"],
                name="circularversion_one_is_live",
                condition=Q(state="terbit"),
            ),
        ]

    @property
    def audience(self) -> tuple[list[str], ...]:
        """The rule, to be compared with that of another version."""
        return tuple(sorted(getattr(self, name)) for name in self.AUDIENCE)


class CircularFile(models.Model):
    """A file below a version of a circular."""

    version = models.ForeignKey(
        CircularVersion, on_delete=models.CASCADE, related_name="files", verbose_name="versi"
    )
    file = models.ForeignKey(
        File, on_delete=models.PROTECT, related_name="circular_files", verbose_name="berkas"
    )
    title = models.CharField("judul", max_length=150)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "lampiran edaran"
        verbose_name_plural = "lampiran edaran"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "file"], name="circularfile_once_a_version")
        ]

    def __str__(self) -> str:
        return self.title


class Reader(models.Model):
    """Somebody a version asks to read it: name and place as they were on the day it was sent.

    The row says nothing of later moves. A small correction keeps it; `acknowledged` is the version
    that this person had before their eyes.
    """

    version = models.ForeignKey(
        CircularVersion, on_delete=models.PROTECT, related_name="readers", verbose_name="versi"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="akun",
    )
    officer = models.ForeignKey(
        Officer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="petugas",
    )
    position = models.PositiveIntegerField("urutan")
    """By province and name, from 1: lists begin where a page ended."""
    name = models.CharField("nama", max_length=280, blank=True)
    unit = models.CharField("unit kerja", max_length=200, blank=True)
    tier = models.CharField("tingkat unit", max_length=20, blank=True)
    jenjang = models.CharField("jenjang", max_length=12, blank=True)
    province_code = models.CharField("provinsi", max_length=2, blank=True)
    """Which answers for the reader; empty for the centre and other agencies."""
    asked_at = models.DateTimeField("diminta membaca")
    acknowledged_at = models.DateTimeField("dibaca", null=True, blank=True)
    acknowledged = models.ForeignKey(
        CircularVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="versi yang dibaca",
    )
    reminded = models.PositiveSmallIntegerField("kali diingatkan", default=0)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = "pembaca edaran"
        verbose_name_plural = "pembaca edaran"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="reader_asked_once_a_version"),
            models.UniqueConstraint(fields=["version", "position"], name="reader_has_a_place"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged__isnull=True)
                | Q(acknowledged_at__gte=F("asked_at"), acknowledged__isnull=False),
                name="reader_acknowledges_a_version",
            ),
        ]
        indexes = [
            models.Index(
                fields=["version", "province_code", "position"],
                include=["acknowledged_at"],
                name="reader_in_province",
            ),
            models.Index(
                fields=["version", "province_code", "position"],
                condition=Q(acknowledged_at__isnull=True),
                name="reader_still_to_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version_id})"
