"""Units, regions and fields of expertise as the clerk types them."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from registry.forms.admin.base import RegisterForm
from registry.models import Expertise, Region, Unit

REGENCY_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}")
PROVINCE_CODE = re.compile(r"[0-9]{2}")


class UnitForm(RegisterForm):
    """A unit whose region must be of the kind its tier asks for."""

    class Meta:
        model = Unit
        fields = "__all__"

    def clean_successor(self) -> Unit | None:
        successor: Unit | None = self.cleaned_data["successor"]
        if successor is not None and successor.pk == self.instance.pk:
            raise ValidationError("Unit tidak dapat menjadi penerus dirinya sendiri.")
        return successor

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "region" not in self.errors:
            self._check_region()
        _check_dates(self, "berdiri sejak")
        return self.cleaned_data

    def _check_region(self) -> None:
        region: Region | None = self.cleaned_data.get("region")
        tier = self.cleaned_data.get("tier")
        if tier == Unit.Tier.PROVINSI and (region is None or not region.is_province):
            found = f"; yang dipilih {region.name}" if region else ""
            self.add_error("region", f"Dinas provinsi memerlukan sebuah provinsi{found}.")
        elif tier == Unit.Tier.KABUPATEN_KOTA and (region is None or region.is_province):
            found = f"; yang dipilih provinsi {region.name}" if region else ""
            self.add_error("region", f"Dinas kabupaten/kota memerlukan kabupaten atau kota{found}.")


class RegionForm(RegisterForm):
    """A region; once it stands its code, level and province no longer change."""

    class Meta:
        model = Region
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "code" in self.fields and "code" not in self.errors:
            self._check_code()
        successor: Region | None = self.cleaned_data.get("successor")
        if successor is not None and successor.pk == self.instance.pk:
            self.add_error("successor", "Wilayah tidak dapat menjadi penerus dirinya sendiri.")
        _check_dates(self, "berlaku sejak")
        return self.cleaned_data

    def _check_code(self) -> None:
        code: str = self.cleaned_data.get("code", "")
        level, parent = self.cleaned_data.get("level"), self.cleaned_data.get("parent")
        if level == Region.Level.PROVINSI:
            if not PROVINCE_CODE.fullmatch(code):
                self.add_error("code", "Kode provinsi terdiri atas dua angka, misalnya “32”.")
            elif parent is not None:
                self.add_error("parent", "Provinsi tidak berada di dalam provinsi lain.")
        elif not REGENCY_CODE.fullmatch(code):
            self.add_error("code", "Kode kabupaten/kota ditulis seperti “32.12”.")
        elif parent is None or parent.code != code[:2]:
            self.add_error("parent", f"Pilih provinsi dengan kode {code[:2]}, sesuai kode wilayah.")


class ExpertiseForm(RegisterForm):
    class Meta:
        model = Expertise
        fields = "__all__"


def _check_dates(form: RegisterForm, beginning: str) -> None:
    start, end = form.cleaned_data.get("valid_from"), form.cleaned_data.get("valid_until")
    if start and end and end < start:
        form.add_error("valid_until", f"“Berlaku sampai” mendahului “{beginning}”.")
