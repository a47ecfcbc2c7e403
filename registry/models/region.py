"""Provinces and kabupaten/kota, by the codes of Kemendagri."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from epk.lib import history
from registry.queries import RegionQuerySet


@history.track()
class Region(models.Model):
    """A province or a kabupaten/kota (Kepmendagri 300.2.2-2430/2025). Codes are not BPS codes."""

    class Level(models.TextChoices):
        PROVINSI = "provinsi", "Provinsi"
        KABUPATEN = "kabupaten", "Kabupaten"
        KOTA = "kota", "Kota"

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    code = models.CharField("kode", max_length=5, primary_key=True)
    level = models.CharField("tingkat", max_length=10, choices=Level)
    name = models.CharField("nama resmi", max_length=80)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="provinsi",
    )
    iso = models.CharField("kode ISO 3166-2", max_length=5, blank=True)
    time_zone = models.CharField("zona waktu", max_length=20, choices=Zone, default=Zone.WIB)
    tile_row = models.PositiveSmallIntegerField("baris pada peta", null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField("kolom pada peta", null=True, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="penerus",
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}(\.[0-9]{2})?$"),
                name="region_code_well_formed",
                violation_error_message="Kode wilayah ditulis “32” untuk provinsi atau “32.12” untuk kabupaten/kota.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(level="provinsi", parent__isnull=True) & Q(code__regex=r"^[0-9]{2}$")
                    | ~Q(level="provinsi")
                    & Q(parent__isnull=False)
                    & Q(parent=Left("code", 2))
                    & Q(code__regex=r"^[0-9]{2}\.[0-9]{2}$")
                ),
                name="region_lies_in_the_province_of_its_code",
                violation_error_message="Tingkat, kode, dan provinsi wilayah ini tidak cocok satu sama lain.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="region_ends_after_it_begins",
                violation_error_message="“Berlaku sampai” mendahului “berlaku sejak”.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_province(self) -> bool:
        return self.level == self.Level.PROVINSI

    @property
    def province_code(self) -> str:
        """The two digits of the province this region is or lies in."""
        return self.code[:2]

    @property
    def short_name(self) -> str:
        """`Kab. Indramayu` for `Kabupaten Indramayu`; other names are short enough."""
        prefix = "Kabupaten "
        return f"Kab. {self.name[len(prefix) :]}" if self.name.startswith(prefix) else self.name
