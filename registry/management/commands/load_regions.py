"""Bring provinces and kabupaten/kota up to the official list; safe to repeat."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.models import Region
from registry.regions import (
    OFFICIAL_LIST,
    RegionFileError,
    RegionReport,
    load_regions,
    read_regions,
)

SHOWN = 10
"""How many regions of one kind are named before the rest are only counted."""
LARGEST_FILE = 5_000_000


class Command(BaseCommand):
    help = "Memutakhirkan daftar provinsi dan kabupaten/kota; aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=OFFICIAL_LIST,
            metavar="BERKAS",
            help="CSV dengan susunan registry/data/regions.csv; tanpa ini: daftar resmi bawaan.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except (OSError, ValueError):  # a name with NUL is a ValueError
            raise CommandError(f"Berkas “{path}” tidak dapat dibaca.") from None
        if len(content) > LARGEST_FILE:
            raise CommandError("Berkas lebih dari 5 MB; itu bukan daftar wilayah.")
        try:
            rows = read_regions(content)
        except RegionFileError as error:
            raise CommandError(str(error)) from None
        for line in _sentences(load_regions(rows, on=timezone.localdate())):
            self.stdout.write(line)


def _sentences(report: RegionReport) -> list[str]:
    if not report:
        return ["Daftar wilayah sudah mutakhir; tidak ada yang diubah."]
    renamed = [f"{old} menjadi {region.name} ({region.code})" for old, region in report.renamed]
    kinds = (
        ("ditambahkan", _named(report.added)),
        ("berganti nama", renamed),
        ("diperbarui", _named(report.updated)),
        ("ditutup", _named(report.closed)),
        ("dibuka kembali", _named(report.reopened)),
    )
    return [_sentence(what, names) for what, names in kinds if names]


def _named(regions: Sequence[Region]) -> list[str]:
    return [f"{region.name} ({region.code})" for region in regions]


def _sentence(what: str, names: list[str]) -> str:
    rest = len(names) - SHOWN
    more = f", dan {rest} lainnya" if rest > 0 else ""
    return f"{len(names)} wilayah {what}: {', '.join(names[:SHOWN])}{more}."
