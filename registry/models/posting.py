"""Postings: who serves in which unit, from when until when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from epk.lib import history
from registry.models.terms import Jenjang
from registry.models.versioned import one_writer_an_officer
from registry.queries import PostingQuerySet

if TYPE_CHECKING:
    from registry.models.officer import Officer


@history.track()
class Posting(models.Model):
    """One officer at one unit in one jenjang, over a half-open range of days.

    `period` is `[first day, day after the last)`, without an upper bound while it lasts. It may
    lie in the future; which posting is current is a question about a date.
    """

    officer: models.ForeignKey[Officer] = models.ForeignKey(
        "registry.Officer",
        on_delete=models.PROTECT,
        related_name="postings",
        verbose_name="petugas",
    )
    unit = models.ForeignKey(
        "registry.Unit",
        on_delete=models.PROTECT,
        related_name="postings",
        verbose_name="unit kerja",
    )
    jenjang = models.CharField(
        "jenjang",
        max_length=12,
        choices=Jenjang,
        blank=True,
        help_text="Kosong untuk Petugas Antar Kerja, yang tidak berjenjang.",
    )
    position_title = models.CharField(
        "bidang atau seksi",
        max_length=200,
        blank=True,
        help_text="Misalnya “Bidang Penempatan Tenaga Kerja”.",
    )
    period = DateRangeField("masa tugas", help_text="Hari pertama sampai sebelum hari akhir.")
    sk_number = models.CharField("nomor SK", max_length=100, blank=True)
    sk_date = models.DateField("tanggal SK", null=True, blank=True)
    document = models.ForeignKey(
        "registry.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="berkas SK",
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "riwayat penempatan"
        ordering = ["officer", "-period"]
        triggers = [one_writer_an_officer()]
        constraints = [
            ExclusionConstraint(
                name="posting_no_overlap",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Masa tugas ini bertumpuk dengan penempatan lain.",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False),
                name="posting_has_a_first_day",
                violation_error_message="Penempatan harus punya hari pertama sebelum hari akhir.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_jenjang_display()})" if self.jenjang else str(self.unit)

    @property
    def first_day(self) -> dt.date:
        first: dt.date = self.period.lower
        return first

    @property
    def last_day(self) -> dt.date | None:
        """The last day served, or None while the posting has no end."""
        return self.period.upper - dt.timedelta(days=1) if self.period.upper else None
