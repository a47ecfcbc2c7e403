"""Unit kerja: the offices where officers serve."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from epk.lib import history
from registry.models.versioned import bump_version
from registry.queries import PROVINCIAL, UnitQuerySet
from registry.queries.functions import UnitKey


@history.track(exclude=["search_key"])
class Unit(models.Model):
    """An office under its own name; which Dinas it is varies wildly from region to region."""

    class Tier(models.TextChoices):
        PUSAT = "pusat", "Kemnaker (pusat)"
        LEMBAGA = "lembaga", "Kementerian/lembaga lain"
        PROVINSI = "provinsi", "Dinas provinsi"
        KABUPATEN_KOTA = "kabupaten_kota", "Dinas kabupaten/kota"

    name = models.CharField("nama unit", max_length=200)
    short_name = models.CharField(
        "nama singkat", max_length=80, help_text="Dipakai dalam daftar, misalnya “Disnaker Kab. X”."
    )
    tier = models.CharField("tingkat", max_length=20, choices=Tier)
    region = models.ForeignKey(
        "registry.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name="wilayah",
        help_text="Provinsi untuk dinas provinsi, kabupaten/kota untuk dinas kabupaten/kota.",
    )
    address = models.TextField("alamat", max_length=500, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telepon", max_length=40, blank=True)
    valid_from = models.DateField("berdiri sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="unit penerus",
    )
    version = models.PositiveIntegerField("versi", db_default=1, editable=False)
    search_key = models.GeneratedField(
        expression=UnitKey(F("name"), F("short_name")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "unit kerja"
        verbose_name_plural = "unit kerja"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(Exact(Length("region"), 2), tier="provinsi", region__isnull=False)
                    | Q(Exact(Length("region"), 5), tier="kabupaten_kota", region__isnull=False)
                    | Q(tier__in=["pusat", "lembaga"])
                ),
                name="unit_region_fits_its_tier",
                violation_error_message="Dinas provinsi memerlukan provinsi, dinas kabupaten/kota memerlukan kabupaten/kota.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="“Berlaku sampai” mendahului “berdiri sejak”.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="unit_does_not_succeed_itself",
                violation_error_message="Unit tidak dapat menjadi penerus dirinya sendiri.",
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("search_key"), "gin_trgm_ops"), name="unit_search_key"),
        ]
        triggers = [bump_version("search_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def answering_province(self) -> str:
        """The code of the province that maintains this unit; "": the Ditjen alone."""
        return (self.region_id or "")[:2] if self.tier in PROVINCIAL else ""
