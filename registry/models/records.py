"""The dated records of an officer: status, jenjang, pangkat, education, training, competency."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from epk.lib import history
from registry.models.terms import Golongan, Jenjang
from registry.models.versioned import one_writer_an_officer

if TYPE_CHECKING:
    from registry.models.officer import Officer


def _keep_periods() -> pgtrigger.Trigger:
    """Keep `period` of every row of an officer: from its TMT to the next row's TMT.

    The database does it, so that "what held on that date" is one join and stays right when rows
    are added, moved or removed by any path.
    """
    return pgtrigger.Trigger(
        name="keep_periods",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("since", "officer_id"),
        func=pgtrigger.Func(
            """
            UPDATE {meta.db_table} AS record SET period = daterange(record.since, line.next_since)
            FROM (
                SELECT id, lead(since) OVER (PARTITION BY officer_id ORDER BY since) AS next_since
                FROM {meta.db_table}
                WHERE officer_id IN (NEW.officer_id, OLD.officer_id)
            ) AS line
            WHERE record.id = line.id
            AND record.period IS DISTINCT FROM daterange(record.since, line.next_since);
            RETURN NULL;
            """
        ),
    )


class Evidence(models.Model):
    """The letter or certificate a record rests on."""

    sk_number = models.CharField("nomor SK", max_length=100, blank=True)
    sk_date = models.DateField("tanggal SK", null=True, blank=True)
    document = models.ForeignKey(
        "registry.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="berkas",
    )

    class Meta:
        abstract = True


class SinceRecord(Evidence):
    """Something that holds from its TMT until the next record of the same kind begins."""

    since = models.DateField("TMT", help_text="Tanggal mulai terhitung.")
    period = DateRangeField("masa berlaku", null=True, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["officer", "-since"]


@history.track(exclude=["period"])
class StatusRecord(SinceRecord):
    """Since when an officer is in service, on study leave, retired and so on."""

    class Status(models.TextChoices):
        AKTIF = "aktif", "Aktif"
        TUGAS_BELAJAR = "tugas_belajar", "Tugas belajar"
        DIBERHENTIKAN_SEMENTARA = "diberhentikan_sementara", "Diberhentikan sementara"
        PINDAH_INSTANSI = "pindah_instansi", "Pindah instansi"
        MENGUNDURKAN_DIRI = "mengundurkan_diri", "Mengundurkan diri"
        PENSIUN = "pensiun", "Pensiun"
        MENINGGAL = "meninggal", "Meninggal"

    IN_SERVICE = (Status.AKTIF, Status.TUGAS_BELAJAR, Status.DIBERHENTIKAN_SEMENTARA)

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="statuses",
        verbose_name="petugas",
    )
    status = models.CharField("status", max_length=24, choices=Status)

    class Meta(SinceRecord.Meta):
        verbose_name = "status"
        verbose_name_plural = "riwayat status"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "since"],
                name="status_changes_once_a_day",
                violation_error_message="Status petugas ini sudah tercatat dengan TMT yang sama.",
            )
        ]
        triggers = [one_writer_an_officer(), _keep_periods()]

    def __str__(self) -> str:
        return self.get_status_display()


@history.track(exclude=["period"])
class JenjangRecord(SinceRecord):
    """Appointment to a jenjang."""

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="jenjang_records",
        verbose_name="petugas",
    )
    jenjang = models.CharField("jenjang", max_length=12, choices=Jenjang)

    class Meta(SinceRecord.Meta):
        verbose_name = "jenjang"
        verbose_name_plural = "riwayat jenjang"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "since"],
                name="jenjang_changes_once_a_day",
                violation_error_message="Jenjang petugas ini sudah tercatat dengan TMT yang sama.",
            )
        ]
        triggers = [one_writer_an_officer(), _keep_periods()]

    def __str__(self) -> str:
        return self.get_jenjang_display()


@history.track(exclude=["period"])
class PangkatRecord(SinceRecord):
    """Promotion to a pangkat/golongan."""

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="pangkat_records",
        verbose_name="petugas",
    )
    golongan = models.CharField("pangkat/golongan", max_length=5, choices=Golongan)

    class Meta(SinceRecord.Meta):
        verbose_name = "pangkat"
        verbose_name_plural = "riwayat pangkat"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "since"],
                name="pangkat_changes_once_a_day",
                violation_error_message="Pangkat petugas ini sudah tercatat dengan TMT yang sama.",
            )
        ]
        triggers = [one_writer_an_officer(), _keep_periods()]

    def __str__(self) -> str:
        return self.get_golongan_display()


@history.track()
class Education(Evidence):
    """A completed education; the diploma is its evidence."""

    class Level(models.TextChoices):
        SMA = "sma", "SMA/sederajat"
        D3 = "d3", "Diploma III"
        D4 = "d4", "Diploma IV"
        S1 = "s1", "Sarjana (S-1)"
        S2 = "s2", "Magister (S-2)"
        S3 = "s3", "Doktor (S-3)"

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="educations",
        verbose_name="petugas",
    )
    level = models.CharField("jenjang pendidikan", max_length=4, choices=Level)
    institution = models.CharField("lembaga", max_length=150)
    major = models.CharField("jurusan", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("tahun lulus")

    class Meta:
        verbose_name = "pendidikan"
        verbose_name_plural = "riwayat pendidikan"
        ordering = ["officer", "-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1940, year__lte=2100),
                name="education_year_plausible",
                violation_error_message="Tahun lulus harus antara 1940 dan 2100.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.institution}"


@history.track()
class Training(Evidence):
    """A training (diklat) attended to its end."""

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="trainings",
        verbose_name="petugas",
    )
    name = models.CharField("nama diklat", max_length=200)
    organiser = models.CharField("penyelenggara", max_length=150, blank=True)
    start = models.DateField("mulai")
    end = models.DateField("selesai")
    hours = models.PositiveSmallIntegerField("jam pelajaran", null=True, blank=True)

    class Meta:
        verbose_name = "diklat"
        verbose_name_plural = "riwayat diklat"
        ordering = ["officer", "-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="training_ends_after_it_begins",
                violation_error_message="Tanggal selesai diklat mendahului tanggal mulainya.",
            )
        ]

    def __str__(self) -> str:
        return self.name


@history.track()
class CompetencyTest(Evidence):
    """A competency test (uji kompetensi) for a jenjang, passed or not."""

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="competency_tests",
        verbose_name="petugas",
    )
    jenjang = models.CharField("untuk jenjang", max_length=12, choices=Jenjang)
    date = models.DateField("tanggal uji")
    passed = models.BooleanField("lulus", default=True)

    class Meta:
        verbose_name = "uji kompetensi"
        verbose_name_plural = "riwayat uji kompetensi"
        ordering = ["officer", "-date"]

    def __str__(self) -> str:
        outcome = "lulus" if self.passed else "belum lulus"
        return f"Uji kompetensi {self.get_jenjang_display()}, {outcome}"
